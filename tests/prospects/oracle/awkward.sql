-- Makes a simulated league awkward, for one seed always in the same way: what a value depends on is a hash of the row's id
-- and a salt. Every statement is a transaction of its own, so that the triggers have all their ways to go.
-- psql -v seed=1 -f awkward.sql, in a database of its own, after dynasty.simulate_league(300, 2016, 2024, 7).
SET client_min_messages = warning;
SET oracle.seed = :seed;

-- In [0, 1).
CREATE FUNCTION pg_temp.roll(of bigint, salt bigint) RETURNS float8 LANGUAGE sql STABLE AS
$$SELECT (hashint8extended(of, salt + 10000 * current_setting('oracle.seed')::bigint) & 1048575) / 1048576.0::float8$$;
-- A whole number from low to high.
CREATE FUNCTION pg_temp.pick(of bigint, salt bigint, low integer, high integer) RETURNS integer LANGUAGE sql STABLE AS
$$SELECT low + floor(pg_temp.roll(of, salt) * (high - low + 1))::integer$$;

\ir awkward_games.sql
\ir awkward_people.sql
