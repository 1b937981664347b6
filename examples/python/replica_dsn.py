"""Reads from a replica where there is one, from the primary otherwise, and only as long as the replica is not too far behind.

    python replica_dsn.py         (PGHOST and PGPORT may be lists, as in a libpq connection string: primary,replica)

libpq goes through the hosts; target_session_attrs=prefer-standby takes a standby if one answers. Writes: read-write.
"""

import psycopg


def reader(max_lag_seconds: float = 10.0) -> psycopg.Connection:
    """A connection for reading. Everything of dynasty that reads works on a standby (docs/operations.md)."""
    connection = psycopg.connect("target_session_attrs=prefer-standby", autocommit=True)
    role, lag = connection.execute("SELECT coalesce(max(role), 'primary'), max(lag_seconds) FROM dynasty_ops.replication_status() WHERE role = 'standby'").fetchone()
    # A lag that is not known (nothing replayed yet) is no small one.
    if role == "standby" and (lag is None or lag > max_lag_seconds):
        connection.close()
        return writer()
    return connection


def writer() -> psycopg.Connection:
    """A connection that can write, whichever of the hosts is the primary now."""
    return psycopg.connect("target_session_attrs=read-write")


if __name__ == "__main__":
    with reader() as reads, writer() as writes:
        print("reads from", "the primary" if reads.execute("SELECT dynasty_ops.is_primary()").fetchone()[0] else "a replica")
        assert writes.execute("SELECT dynasty_ops.is_primary()").fetchone()[0]
