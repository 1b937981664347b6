"""Keeps a Redis in step: LISTEN dynasty_cache, delete the keys that a committed statement made stale.

    python cache_listener.py [REDIS_URL]         (the usual PGHOST, PGPORT, PGUSER, PGDATABASE say which database)

A key that ends in * is a prefix: all that begin with it go. Notices are not kept for who is away, so whatever was missed
is unknown: after every (re)connection all prefixes of the rules are deleted once. TTLs are the safety net, and stand in
dynasty_ops.cache_rules.
"""

import asyncio
import json
import sys

import asyncpg
import redis.asyncio as redis


async def delete(cache: redis.Redis, key: str) -> int:
    """Deletes a key, or all that a pattern of ours means; values in it are percent-encoded, so its stars are ours."""
    if "*" not in key:
        return await cache.delete(key)
    gone = 0
    # SCAN, never KEYS: the cache goes on serving others. What our own keys may hold is not special to it but * itself.
    async for found in cache.scan_iter(match=key, count=1000):
        gone += await cache.delete(found)
    return gone


async def listen(cache: redis.Redis, dsn: str | None = None, ready: asyncio.Event | None = None, handled: asyncio.Queue | None = None) -> None:
    """One connection's worth of listening; returns when it is lost."""
    connection = await asyncpg.connect(dsn)
    notices: asyncio.Queue[str] = asyncio.Queue()
    lost = asyncio.Event()
    connection.add_termination_listener(lambda _: lost.set())
    await connection.add_listener("dynasty_cache", lambda _c, _pid, _channel, payload: notices.put_nowait(payload))
    # What came while nobody listened is not known.
    for template in [r["key_template"] for r in await connection.fetch("SELECT key_template FROM dynasty_ops.cache_rules WHERE enabled")]:
        await delete(cache, template.split("{")[0].rstrip("*") + "*")
    if ready:
        ready.set()
    ended = asyncio.create_task(lost.wait())
    while not lost.is_set():
        next_one = asyncio.create_task(notices.get())
        await asyncio.wait([next_one, ended], return_when=asyncio.FIRST_COMPLETED)
        if not next_one.done():
            next_one.cancel()
            break
        notice = json.loads(next_one.result())
        for key in notice["keys"]:
            await delete(cache, key)
        if handled:
            handled.put_nowait(notice)


async def main() -> None:
    """Listens for ever, and comes back when the connection is lost."""
    cache = redis.from_url(sys.argv[1] if len(sys.argv) > 1 else "redis://localhost")
    while True:
        try:
            await listen(cache)
        except (OSError, asyncpg.PostgresConnectionError) as error:
            print(f"cache_listener: {error}; again in a second", file=sys.stderr)
        await asyncio.sleep(1)


if __name__ == "__main__":
    asyncio.run(main())
