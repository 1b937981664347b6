"""SQLAlchemy 2 with an async session over asyncpg: what a web service does."""

import asyncio
import datetime
import os

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship, selectinload

# A host that is a directory (a unix socket) does not fit into a URL's host.
engine = create_async_engine("postgresql+asyncpg://", connect_args={"host": os.environ.get("PGHOST")} if os.environ.get("PGHOST") else {})
sessions = async_sessionmaker(engine, expire_on_commit=False)


class Base(DeclarativeBase):
    """Only the columns this program uses; the others keep their defaults."""


class Prospect(Base):
    __tablename__, __table_args__ = "prospects", {"schema": "dynasty"}
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    position: Mapped[str]
    data_sources: Mapped[dict | None] = mapped_column(JSONB)
    games: Mapped[list["GameLog"]] = relationship(back_populates="prospect", passive_deletes=True)


class GameLog(Base):
    __tablename__, __table_args__ = "milb_game_logs", {"schema": "dynasty"}
    id: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True)
    prospect_id: Mapped[int] = mapped_column(sa.ForeignKey(Prospect.id))
    game_date: Mapped[datetime.date]
    season: Mapped[int]
    level: Mapped[str]
    hits: Mapped[int | None]
    prospect: Mapped[Prospect] = relationship(back_populates="games")


async def main() -> None:
    async with sessions() as session, session.begin():
        days = [datetime.date(2023, 5, d) for d in range(1, 21)]
        prospect = Prospect(name="Ann Sync", position="2B", data_sources={"service": 1},
                            games=[GameLog(game_date=d, season=2023, level="A+", hits=d.day % 3) for d in days])
        session.add(prospect)
    async with sessions() as session:
        again = (await session.scalars(sa.select(Prospect).where(Prospect.id == prospect.id).options(selectinload(Prospect.games)))).one()
        assert len(again.games) == 20 and again.data_sources == {"service": 1}
        cv = await session.scalar(sa.select(sa.func.dynasty.hit_consistency_cv(prospect.id, 2023, "A+")))
        assert 0.5 < cv < 1.5
    # Two requests at once.
    async def hits() -> int:
        async with sessions() as session:
            return await session.scalar(sa.text("SELECT total_hits FROM dynasty.milb_season_stats WHERE prospect_id = :id"), {"id": prospect.id})

    assert set(await asyncio.gather(hits(), hits(), hits())) == {sum(d % 3 for d in range(1, 21))}
    async with sessions() as session, session.begin():
        # COPY is the driver's: asyncpg's own connection, within the session's transaction.
        driver = (await (await session.connection()).get_raw_connection()).driver_connection
        await driver.copy_records_to_table("milb_game_logs", schema_name="dynasty", columns=["prospect_id", "game_date", "season", "level", "hits"],
                                           records=[(prospect.id, datetime.date(2023, 6, d), 2023, "A+", 1) for d in range(1, 11)])
        assert await session.scalar(sa.text("SELECT total_hits FROM dynasty.milb_season_stats WHERE prospect_id = :id"), {"id": prospect.id}) == 31
    # Errors have their SQLSTATE; the transaction is over, the session goes on.
    async with sessions() as session:
        try:
            session.add(GameLog(prospect_id=prospect.id, game_date=datetime.date(2023, 7, 1), season=2023, level="A+", hits=-1))
            await session.flush()
            raise SystemExit("a negative count was let in")
        except sa.exc.IntegrityError as e:
            assert e.orig.sqlstate == "23514"
            await session.rollback()
    # ALTER EXTENSION dynasty UPDATE while connections are open: asyncpg prepares every statement, and one that says * of a table
    # which got a column is refused once on each of them; SQLAlchemy forgets it then, so that trying again is all there is to do.
    grades = sa.text("SELECT * FROM dynasty.scouting_grades")
    async with engine.connect() as admin, engine.connect() as reader:
        admin = await admin.execution_options(isolation_level="AUTOCOMMIT")
        await admin.execute(sa.text("ALTER EXTENSION dynasty UPDATE TO '1.0'"))
        assert "scout" not in (await reader.execute(grades)).keys()
        await reader.commit()
        await admin.execute(sa.text("ALTER EXTENSION dynasty UPDATE"))
        try:
            await reader.execute(grades)
            raise SystemExit("a plan without the new column was used")
        except sa.exc.NotSupportedError:
            await reader.rollback()
        assert "scout" in (await reader.execute(grades)).keys()
    async with sessions() as session, session.begin():
        await session.delete(await session.get(Prospect, prospect.id))
    await engine.dispose()


asyncio.run(main())
print("ok")
