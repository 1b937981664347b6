"""SQLAlchemy 2: the extension's tables as classes, without writing a column down."""

import datetime
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.ext.automap import automap_base
from sqlalchemy.orm import Session

engine = sa.create_engine("postgresql+psycopg://")  # PG* environment variables say where

# Tables with a primary key become classes with relationships; milb_season_stats has a unique key instead: say so.
Base = automap_base(metadata=sa.MetaData(schema="dynasty"))
sa.Table("milb_season_stats", Base.metadata, *[sa.Column(name, primary_key=True) for name in ("prospect_id", "season", "level")],
         autoload_with=engine, schema="dynasty", extend_existing=True)
Base.prepare(autoload_with=engine, schema="dynasty")
Prospect, GameLog, Season = (Base.classes[name] for name in ("prospects", "milb_game_logs", "milb_season_stats"))
assert {"ml_features", "ml_labels", "ml_predictions", "mlb_stats", "scouting_grades"} <= set(Base.classes.keys())

opening = datetime.date(2023, 4, 6)
with Session(engine) as session:
    # INSERT ... RETURNING fills in the key.
    prospect = Prospect(name="Mo Trade", position="CF", birth_date=datetime.date(2002, 1, 1), data_sources={"hand": True})
    session.add(prospect)
    session.flush()
    assert prospect.id > 0
    # Objects one by one, and many rows at once.
    session.add_all(GameLog(prospect_id=prospect.id, game_date=opening + datetime.timedelta(days=g), season=2023, level="AA", at_bats=4, hits=1) for g in range(3))
    session.flush()
    ids = session.scalars(
        sa.insert(GameLog).returning(GameLog.id),
        [{"prospect_id": prospect.id, "game_date": opening + datetime.timedelta(days=g), "season": 2023, "level": "AA", "at_bats": 4, "hits": 2} for g in range(3, 40)],
    ).all()
    assert len(ids) == 37
    session.commit()

    line = session.get(Season, (prospect.id, 2023, "AA"))
    assert (line.games_played, line.total_hits, line.avg) == (40, 77, Decimal("0.481"))

    # COPY is the driver's: it works within the session's transaction.
    driver = session.connection().connection.driver_connection
    with driver.cursor().copy("COPY dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits) FROM STDIN") as copy:
        for g in range(40, 50):
            copy.write_row((prospect.id, opening + datetime.timedelta(days=g), 2023, "AA", 4, 3))
    session.refresh(line)
    assert (line.games_played, line.total_hits, line.season_end) == (50, 107, opening + datetime.timedelta(days=49))
    session.rollback()

    # Change a game: the line follows in the same transaction.
    game = session.get(GameLog, ids[0])
    assert game.hits == 2 and game.prospects.name == "Mo Trade"
    game.hits = 4
    session.flush()
    session.refresh(line)
    assert line.total_hits == 79
    session.rollback()
    assert session.get(Season, (prospect.id, 2023, "AA")).total_hits == 77

    # A function as a table.
    features = sa.func.dynasty.prospect_features(prospect.id, 2023).table_valued(
        sa.column("prospect_id", sa.Integer), sa.column("feature_vector", sa.dialects.postgresql.JSONB),
        sa.column("feature_values", sa.ARRAY(sa.Float)), name="f")
    row = session.execute(sa.select(features.c.feature_vector, features.c.feature_values)).one()
    assert row.feature_vector["is_outfielder"] == 1 and len(row.feature_values) == 290 and None in row.feature_values

    try:
        session.add(GameLog(prospect_id=prospect.id, game_date=opening, season=2023, level="Majors", at_bats=1))
        session.flush()
        raise SystemExit("an unknown level was let in")
    except sa.exc.IntegrityError as e:
        assert e.orig.sqlstate == "23514"
        session.rollback()

    # Deleting a prospect takes what is his along: that is the database's doing, not the ORM's.
    session.execute(sa.delete(Prospect).where(Prospect.id == prospect.id))
    session.commit()
    assert session.scalar(sa.select(sa.func.count()).select_from(Season).where(Season.prospect_id == prospect.id)) == 0

print("ok")
