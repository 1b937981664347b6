"""SQLAlchemy 2, async: snapshots of odds as classes. The tables are partitioned by time, so a key is (id, captured_at)."""

import asyncio
import datetime
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncAttrs, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship, selectinload

Time = sa.DateTime(timezone=True)


class Base(AsyncAttrs, DeclarativeBase):
    metadata = sa.MetaData(schema="dynasty_odds")


class Sport(Base):
    __tablename__ = "sports"
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str]
    name: Mapped[str]
    tournaments: Mapped[list["Tournament"]] = relationship(back_populates="sport")


class Tournament(Base):
    __tablename__ = "tournaments"
    id: Mapped[int] = mapped_column(primary_key=True)
    sport_id: Mapped[int] = mapped_column(sa.ForeignKey(Sport.id))
    name: Mapped[str]
    sport: Mapped[Sport] = relationship(back_populates="tournaments")
    events: Mapped[list["Event"]] = relationship(back_populates="tournament")


class Event(Base):
    __tablename__ = "events"
    id: Mapped[int] = mapped_column(primary_key=True)
    tournament_id: Mapped[int] = mapped_column(sa.ForeignKey(Tournament.id))
    name: Mapped[str]
    home_team: Mapped[str | None]
    away_team: Mapped[str | None]
    kickoff: Mapped[datetime.datetime] = mapped_column(Time)
    original_kickoff: Mapped[datetime.datetime] = mapped_column(Time, server_default=sa.FetchedValue())  # by a trigger
    tournament: Mapped[Tournament] = relationship(back_populates="events")
    snapshots: Mapped[list["OddsSnapshot"]] = relationship(back_populates="event", order_by="OddsSnapshot.captured_at")


class Bookmaker(Base):
    __tablename__ = "bookmakers"
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str]
    name: Mapped[str]


class MarketKind(Base):
    __tablename__ = "market_kinds"
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str]


class OddsSnapshot(Base):
    __tablename__ = "odds_snapshots"
    id: Mapped[int] = mapped_column(sa.BigInteger, sa.Identity(), primary_key=True)
    captured_at: Mapped[datetime.datetime] = mapped_column(Time, primary_key=True, server_default=sa.func.now())
    event_id: Mapped[int] = mapped_column(sa.ForeignKey(Event.id))
    bookmaker_id: Mapped[int] = mapped_column(sa.ForeignKey(Bookmaker.id))
    raw_response: Mapped[dict | None] = mapped_column(JSONB)
    is_unchanged: Mapped[bool] = mapped_column(server_default=sa.false())
    event: Mapped[Event] = relationship(back_populates="snapshots")
    # No foreign key is declared between the two partitioned tables (a trigger stands for it): the join is said here.
    odds: Mapped[list["MarketOdds"]] = relationship(
        primaryjoin="and_(OddsSnapshot.id == MarketOdds.snapshot_id, OddsSnapshot.captured_at == MarketOdds.captured_at)",
        foreign_keys="[MarketOdds.snapshot_id, MarketOdds.captured_at]", back_populates="snapshot", order_by="MarketOdds.outcome",
    )


class MarketOdds(Base):
    __tablename__ = "market_odds"
    id: Mapped[int] = mapped_column(sa.BigInteger, sa.Identity(), primary_key=True)
    captured_at: Mapped[datetime.datetime] = mapped_column(Time, primary_key=True)
    snapshot_id: Mapped[int] = mapped_column(sa.BigInteger)
    event_id: Mapped[int]
    bookmaker_id: Mapped[int]
    market_kind_id: Mapped[int] = mapped_column(sa.ForeignKey(MarketKind.id))
    line: Mapped[Decimal | None] = mapped_column(sa.Numeric(8, 2))
    outcome: Mapped[str]
    price: Mapped[Decimal] = mapped_column(sa.Numeric(12, 6))
    market: Mapped[MarketKind] = relationship()
    snapshot: Mapped[OddsSnapshot] = relationship(
        primaryjoin="and_(OddsSnapshot.id == MarketOdds.snapshot_id, OddsSnapshot.captured_at == MarketOdds.captured_at)",
        foreign_keys="[MarketOdds.snapshot_id, MarketOdds.captured_at]", back_populates="odds",
    )


async def main() -> None:
    engine = create_async_engine("postgresql+asyncpg://")  # PG* environment variables say where
    sessions = async_sessionmaker(engine, expire_on_commit=False)
    kickoff = datetime.datetime(2026, 11, 1, 18, tzinfo=datetime.timezone.utc)
    seen = datetime.datetime(2026, 11, 1, 10, 0, 0, 123456, tzinfo=datetime.timezone.utc)

    async with sessions() as session:
        totals = await session.scalar(sa.select(MarketKind).where(MarketKind.key == "totals"))
        event = Event(name="H v A", home_team="H", away_team="A", kickoff=kickoff, tournament=Tournament(name="NHL", sport=Sport(key="orm_nhl", name="NHL")))
        book = Bookmaker(key="orm_book", name="Book")
        session.add_all([event, book])
        await session.flush()
        # INSERT ... RETURNING gives the number of a row of a partitioned table; what hangs on it follows in the same flush.
        snapshots = [OddsSnapshot(event_id=event.id, bookmaker_id=book.id, captured_at=seen + datetime.timedelta(minutes=5 * n), raw_response={"n": n}) for n in range(3)]
        session.add_all(snapshots)
        await session.flush()
        assert len({s.id for s in snapshots}) == 3
        for n, snapshot in enumerate(snapshots):
            for outcome, price in (("over", Decimal("1.9") + n), ("under", Decimal("1.952381"))):
                session.add(MarketOdds(snapshot_id=snapshot.id, captured_at=snapshot.captured_at, event_id=event.id, bookmaker_id=book.id, market_kind_id=totals.id, line=Decimal("5.5"), outcome=outcome, price=price))
        await session.commit()

    async with sessions() as session:
        # Eagerly: an async session loads nothing by being looked at. The event's snapshots with their prices take three statements.
        event = await session.scalar(
            sa.select(Event).where(Event.id == event.id).options(selectinload(Event.snapshots).selectinload(OddsSnapshot.odds).joinedload(MarketOdds.market), selectinload(Event.tournament).selectinload(Tournament.sport))
        )
        assert event.original_kickoff == kickoff and event.tournament.sport.key == "orm_nhl"
        assert [[(o.outcome, o.price, o.line, o.market.key) for o in s.odds] for s in event.snapshots] == [
            [("over", Decimal("1.9") + n, Decimal("5.5"), "totals"), ("under", Decimal("1.952381"), Decimal("5.5"), "totals")] for n in range(3)
        ]
        # By the whole key, and back from a price to its snapshot.
        snapshot = await session.get(OddsSnapshot, (event.snapshots[1].id, event.snapshots[1].captured_at))
        assert snapshot.raw_response == {"n": 1} and snapshot.captured_at.microsecond == 123456
        odds = await session.scalar(sa.select(MarketOdds).where(MarketOdds.price > 3).options(selectinload(MarketOdds.snapshot)))
        assert odds.snapshot.raw_response == {"n": 2}
        # A price moves, and a snapshot goes with its prices: the trigger takes them.
        odds.price = Decimal("3.95")
        await session.commit()
        await session.execute(sa.delete(OddsSnapshot).where(OddsSnapshot.id == snapshot.id, OddsSnapshot.captured_at == snapshot.captured_at))
        await session.commit()
        assert await session.scalar(sa.select(sa.func.count()).select_from(MarketOdds).where(MarketOdds.event_id == event.id)) == 4
        # A price without its snapshot is refused. What was loaded is forgotten by a rollback, and an async session loads nothing by itself.
        event_id, book_id, kind_id = event.id, odds.bookmaker_id, odds.market_kind_id
        session.add(MarketOdds(snapshot_id=-1, captured_at=seen, event_id=event_id, bookmaker_id=book_id, market_kind_id=kind_id, outcome="over", price=2))
        try:
            await session.commit()
            raise SystemExit("a price without a snapshot was let in")
        except sa.exc.IntegrityError as e:
            assert e.orig.sqlstate == "23503", e
        await session.rollback()
        # What ingest() stores is the same rows.
        row = (await session.execute(sa.text("SELECT * FROM dynasty_odds.record_snapshot(:event, :book, '[]', :at)"), {"event": event_id, "book": book_id, "at": seen + datetime.timedelta(hours=1)})).one()
        await session.commit()
        assert (await session.get(OddsSnapshot, (row.snapshot_id, row.captured_at))).is_unchanged is False
    await engine.dispose()
    print("sqlalchemy_odds: ok")


asyncio.run(main())
