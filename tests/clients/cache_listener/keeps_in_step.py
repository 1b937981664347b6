"""What goes from a cache when rows change, and what stays: the example's listener between Postgres and Redis."""

import asyncio
import sys

import asyncpg
import redis.asyncio as redis

import cache_listener


async def main() -> None:
    cache = redis.from_url(sys.argv[1], decode_responses=True)
    for _ in range(100):
        try:
            await cache.ping()
            break
        except redis.ConnectionError:
            await asyncio.sleep(0.1)
    db = await asyncpg.connect()
    await db.execute("""
        CREATE TABLE markets (id integer PRIMARY KEY, league text, week integer);
        INSERT INTO dynasty_ops.cache_rules (schema_name, table_name, key_template, ttl_seconds) VALUES ('public', 'markets', 'markets:{league}:{week}', 60)""")
    await db.fetch("SELECT dynasty_ops.enable_cache_notices('public', 'markets')")

    async def keys() -> list[str]:
        return sorted([k async for k in cache.scan_iter(match="*")])

    async def fill() -> None:
        await cache.flushall()
        for key in ["markets:NFL:1", "markets:NFL:2", "markets:NBA:1", "markets:N%2AL:1", "other:NFL:1"]:
            await cache.set(key, "x")

    await fill()
    ready, handled = asyncio.Event(), asyncio.Queue()
    task = asyncio.create_task(cache_listener.listen(cache, ready=ready, handled=handled))
    await asyncio.wait_for(ready.wait(), 60)
    assert await keys() == ["other:NFL:1"], f"what was missed is unknown: {await keys()}"

    async def after(statement: str) -> list[str]:
        await fill()
        await db.execute(statement)
        await asyncio.wait_for(handled.get(), 60)
        return await keys()

    rest = ["markets:N%2AL:1", "markets:NBA:1", "markets:NFL:2", "other:NFL:1"]
    assert (got := await after("INSERT INTO markets VALUES (1, 'NFL', 1)")) == rest, got
    # A user's star is a letter: it flushes his key and nobody else's.
    assert (got := await after("INSERT INTO markets VALUES (2, 'N*L', 1)")) == ["markets:NBA:1", "markets:NFL:1", "markets:NFL:2", "other:NFL:1"], got
    # A row that moves makes both stale; a value that is not known, all weeks.
    assert (got := await after("UPDATE markets SET league = 'NBA' WHERE id = 1")) == ["markets:N%2AL:1", "markets:NFL:2", "other:NFL:1"], got
    assert (got := await after("INSERT INTO markets VALUES (3, 'NFL', NULL)")) == ["markets:N%2AL:1", "markets:NBA:1", "other:NFL:1"], got
    assert (got := await after("TRUNCATE markets")) == ["other:NFL:1"], got
    # Rolled back: nothing is told. The next notice that comes is the next statement's.
    await fill()
    async with db.transaction():
        nested = db.transaction()
        await nested.start()
        await db.execute("INSERT INTO markets VALUES (4, 'NFL', 1)")
        await nested.rollback()
    assert len(await keys()) == 5, "rolled back"
    # The listener's connection is lost: it ends, and says so to whoever called it.
    await db.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' OR query LIKE 'SELECT key_template%' AND pid <> pg_backend_pid()")
    await asyncio.wait_for(task, 60)
    await db.close()
    await cache.aclose()
    print("the cache is kept in step")


asyncio.run(main())
