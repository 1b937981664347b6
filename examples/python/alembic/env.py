"""Alembic for your own tables, beside the extension: its schemas are passed over, or autogenerate would propose to drop them."""

import sqlalchemy as sa
from alembic import context

metadata = sa.MetaData()
# Named only so that your tables can refer to it.
sa.Table("prospects", metadata, sa.Column("id", sa.Integer, primary_key=True), schema="dynasty")
sa.Table(
    "notes",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("prospect_id", sa.Integer, sa.ForeignKey("dynasty.prospects.id", ondelete="CASCADE"), nullable=False),
    sa.Column("body", sa.Text, nullable=False),
)


def include_name(name, kind, parent_names):
    """What is compared: not the schemas of the extension."""
    return not (kind == "schema" and name is not None and name.startswith("dynasty"))


def include_object(obj, name, kind, reflected, compare_to):
    """What is proposed: nothing for the table that is only named."""
    return not (kind == "table" and (obj.schema or "").startswith("dynasty"))


engine = sa.create_engine(context.config.get_main_option("sqlalchemy.url"))
with engine.connect() as connection:
    context.configure(connection, target_metadata=metadata, include_schemas=True, include_name=include_name, include_object=include_object)
    with context.begin_transaction():
        context.run_migrations()
