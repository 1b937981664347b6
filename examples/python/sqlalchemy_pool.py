"""A pool of connections for SQLAlchemy's async engine that fits what dynasty_ops watches: how large it may be, and what it does about
connections that are gone or sessions whose prepared statements are from before an update.

    python sqlalchemy_pool.py         (the usual PGHOST, PGPORT, PGUSER, PGDATABASE say which database)
"""

import asyncio
import os

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

# Per process. All processes together stay below the alert connection_pool_exhaustion: 80 % of max_connections.
POOL = {"pool_size": 5, "max_overflow": 5, "pool_timeout": 10, "pool_pre_ping": True, "pool_recycle": 1800}


def engine() -> AsyncEngine:
    """An engine whose connections name themselves, so that connection_usage() and blocking_locks() say whose they are."""
    url = "postgresql+asyncpg:///{}?host={}&port={}&user={}".format(
        os.environ.get("PGDATABASE", ""), os.environ.get("PGHOST", "localhost"), os.environ.get("PGPORT", "5432"), os.environ.get("PGUSER", "")
    )
    return create_async_engine(url, connect_args={"server_settings": {"application_name": "predictions"}}, **POOL)


async def processes_that_fit(db: AsyncEngine) -> int:
    """How many processes with this pool the server takes before the alert fires."""
    async with db.connect() as connection:
        row = (await connection.execute(text(
            "SELECT u.max_connections, t.threshold FROM dynasty_ops.connection_usage() u, dynasty_ops.alert_thresholds t WHERE t.name = 'connection_pool_exhaustion'"
        ))).one()
    return int(row.max_connections * float(row.threshold) / 100) // (POOL["pool_size"] + POOL["max_overflow"])


async def main() -> None:
    db = engine()
    print("processes with this pool:", await processes_that_fit(db))

    async def work(n: int) -> int:
        async with db.connect() as connection:
            return (await connection.execute(text("SELECT count(*) FROM dynasty.prospects WHERE id > :n"), {"n": n})).scalar_one()

    # More tasks than connections: they wait their turn.
    await asyncio.gather(*(work(n) for n in range(40)))
    async with db.connect() as connection:
        used = (await connection.execute(text("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'predictions'"))).scalar_one()
        assert used <= POOL["pool_size"] + POOL["max_overflow"], used
        # The server ends the others, as an administrator or a failover does: pre_ping finds out before anybody's query does.
        await connection.execute(text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'predictions' AND pid <> pg_backend_pid()"))
    await asyncio.gather(*(work(n) for n in range(20)))
    print("lost connections were replaced")
    await db.dispose()


if __name__ == "__main__":
    asyncio.run(main())
