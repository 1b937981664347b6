-- Statements of all kinds by chance (the same each run), some of them undone, some inside one another by triggers of the user's:
-- after each the lines are the recomputed ones and the seed's. The first that breaks them is shown.
\getenv abs_srcdir PG_ABS_SRCDIR
\set setup :abs_srcdir '/season_setup.sql'
\i :setup
SET client_min_messages = error;
CREATE FUNCTION pg_temp.pick(VARIADIC of_these text[]) RETURNS text LANGUAGE sql VOLATILE AS
$$ SELECT of_these[1 + floor(random() * cardinality(of_these))::int] $$;
CREATE FUNCTION pg_temp.n(most int) RETURNS int LANGUAGE sql VOLATILE AS $$ SELECT floor(random() * (most + 1))::int $$;
CREATE FUNCTION pg_temp.val() RETURNS text LANGUAGE sql VOLATILE AS $$ SELECT CASE WHEN random() < 0.2 THEN 'NULL' ELSE pg_temp.n(5)::text END $$;
CREATE FUNCTION pg_temp.col() RETURNS text LANGUAGE sql VOLATILE AS
$$ SELECT pg_temp.pick('plate_appearances', 'at_bats', 'runs', 'hits', 'hits', 'doubles', 'home_runs', 'rbi', 'walks', 'strikeouts',
                       'hit_by_pitch', 'ground_into_double_play', 'outs_pitched', 'earned_runs', 'hit_batsmen', 'wins', 'saves', 'ground_outs') $$;
CREATE FUNCTION pg_temp.day() RETURNS text LANGUAGE sql VOLATILE AS $$ SELECT format('date ''2020-04-01'' + %s', pg_temp.n(60)) $$;
CREATE FUNCTION pg_temp.lev() RETURNS text LANGUAGE sql VOLATILE AS $$ SELECT pg_temp.pick('''A''', '''A+''', '''AA''') $$;
CREATE FUNCTION pg_temp.rows_of(many int) RETURNS text LANGUAGE sql VOLATILE AS $$
    SELECT string_agg(format('(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)', 1 + pg_temp.n(2), pg_temp.day(), 2020 + pg_temp.n(1), pg_temp.lev(), k,
                             pg_temp.val(), pg_temp.val(), pg_temp.val(), pg_temp.val(), pg_temp.val(), pg_temp.val()), ', ')
    FROM (SELECT k FROM generate_series(1, 40) k ORDER BY random() LIMIT 1 + pg_temp.n(many - 1)) k $$;
CREATE FUNCTION pg_temp.inserted() RETURNS text LANGUAGE sql VOLATILE AS $$
    SELECT 'INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, game_pk, at_bats, hits, walks, rbi, outs_pitched, wins) VALUES '
           || pg_temp.rows_of(6) || pg_temp.pick(' ON CONFLICT DO NOTHING', ' ON CONFLICT (prospect_id, game_pk) DO UPDATE SET hits = excluded.hits, rbi = excluded.rbi',
               ' ON CONFLICT (prospect_id, game_pk) DO UPDATE SET level = excluded.level, season = excluded.season, wins = excluded.wins') $$;
CREATE FUNCTION pg_temp.wanted() RETURNS text LANGUAGE sql VOLATILE AS $$
    SELECT pg_temp.pick(format('prospect_id = %s', 1 + pg_temp.n(2)), format('game_pk %% %s = 0', 2 + pg_temp.n(3)), 'level = ' || pg_temp.lev(),
                        format('game_pk = %s', 1 + pg_temp.n(39)), format('season = %s AND game_pk > %s', 2020 + pg_temp.n(1), pg_temp.n(40))) $$;
CREATE FUNCTION pg_temp.updated() RETURNS text LANGUAGE sql VOLATILE AS $$
    SELECT format('UPDATE dynasty.milb_game_logs SET %s WHERE %s',
        pg_temp.pick(format('%s = %s', pg_temp.col(), pg_temp.val()), format('%1$s = %1$s + 1', pg_temp.col()), 'level = ' || pg_temp.lev(),
                     format('season = %s', 2020 + pg_temp.n(1)), 'game_date = ' || pg_temp.day(), format('prospect_id = %s', 1 + pg_temp.n(2)), 'team = ''x''',
                     format('hits = %s, level = %s', pg_temp.val(), pg_temp.lev())), pg_temp.wanted()) $$;
CREATE FUNCTION pg_temp.deleted() RETURNS text LANGUAGE sql VOLATILE AS $$
    SELECT format('DELETE FROM dynasty.milb_game_logs WHERE %s AND game_pk %% 3 = %s', pg_temp.wanted(), pg_temp.n(2)) $$;
CREATE FUNCTION pg_temp.merged() RETURNS text LANGUAGE sql VOLATILE AS $$
    SELECT format('MERGE INTO dynasty.milb_game_logs t USING (VALUES %s) s (p, day, season, level, pk, ab, h, bb, rbi, outs, w)
                   ON t.prospect_id = s.p AND t.game_pk = s.pk WHEN MATCHED AND s.h::text = ''0'' THEN DELETE WHEN MATCHED THEN UPDATE SET hits = s.h::text::int, level = s.level
                   WHEN NOT MATCHED THEN INSERT (prospect_id, game_date, season, level, game_pk, hits) VALUES (s.p, s.day, s.season, s.level, s.pk, s.h::text::int)',
                  pg_temp.rows_of(10)) $$;
CREATE FUNCTION pg_temp.several() RETURNS text LANGUAGE sql VOLATILE AS $$
    SELECT format('WITH a AS (%s RETURNING 1), b AS (%s RETURNING 1) %s', pg_temp.inserted(), pg_temp.pick(pg_temp.updated(), pg_temp.deleted()),
                  pg_temp.pick(pg_temp.updated(), pg_temp.deleted())) $$;
CREATE FUNCTION pg_temp.statement() RETURNS text LANGUAGE sql VOLATILE AS $$
    SELECT CASE pg_temp.n(11) WHEN 0 THEN pg_temp.inserted() WHEN 1 THEN pg_temp.inserted() WHEN 2 THEN pg_temp.inserted() WHEN 3 THEN pg_temp.updated()
        WHEN 4 THEN pg_temp.updated() WHEN 5 THEN pg_temp.updated() WHEN 6 THEN pg_temp.deleted() WHEN 7 THEN pg_temp.merged() WHEN 8 THEN pg_temp.merged()
        WHEN 9 THEN pg_temp.several() WHEN 10 THEN pg_temp.several()
        ELSE CASE WHEN random() < 0.3 THEN 'TRUNCATE dynasty.milb_game_logs' ELSE format('DELETE FROM dynasty.prospects WHERE id = %s', 1 + pg_temp.n(2)) END END $$;
CREATE TABLE wrong (round int, wrote text, diff bigint, seed_diff bigint);

CREATE FUNCTION pg_temp.play(rounds int) RETURNS TABLE (done bigint, refused bigint) LANGUAGE plpgsql AS $$
DECLARE
    wrote text;
BEGIN
    done := 0;
    refused := 0;
    FOR i IN 1 .. rounds LOOP
        INSERT INTO dynasty.prospects (id, name, position) SELECT k, 'Player ' || k, 'SS' FROM generate_series(1, 3) k ON CONFLICT DO NOTHING;
        wrote := pg_temp.statement();
        BEGIN
            EXECUTE wrote;
            IF random() < 0.1 THEN RAISE EXCEPTION 'undone'; END IF;
            done := done + 1;
        EXCEPTION WHEN raise_exception OR unique_violation OR cardinality_violation OR triggered_data_change_violation THEN refused := refused + 1;
        END;
        INSERT INTO wrong SELECT i, wrote, h.diff, h.seed_diff FROM healthy h WHERE h.diff + h.seed_diff > 0;
        EXIT WHEN FOUND;
    END LOOP;
    RETURN NEXT;
END $$;
SELECT setseed(0.23) \g /dev/null
SELECT done + refused AS statements, done > 200 AS most_done FROM pg_temp.play(400);
SELECT * FROM wrong;

-- Triggers that write too: the rows they fire for, and others, once.
CREATE FUNCTION pg_temp.of_row() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() > 1 THEN RETURN NULL; END IF;
    IF TG_OP <> 'DELETE' AND NEW.game_pk % 5 = 0 THEN
        UPDATE dynasty.milb_game_logs SET hits = coalesce(hits, 0) + 1, level = CASE WHEN game_pk % 10 = 0 THEN 'AA' ELSE level END WHERE id = NEW.id;
    END IF;
    IF TG_OP <> 'DELETE' AND NEW.game_pk % 7 = 0 THEN DELETE FROM dynasty.milb_game_logs WHERE id = NEW.id; END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION pg_temp.of_statement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() > 1 THEN RETURN NULL; END IF;
    UPDATE dynasty.milb_game_logs SET walks = coalesce(walks, 0) + 1 WHERE game_pk % 9 = 0;
    DELETE FROM dynasty.milb_game_logs WHERE game_pk = 17;
    INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, game_pk, hits)
    SELECT id, '2020-05-05', 2020, 'A', 17, 2 FROM dynasty.prospects WHERE id = 1 ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER a_row AFTER INSERT OR UPDATE OR DELETE ON dynasty.milb_game_logs FOR EACH ROW EXECUTE FUNCTION pg_temp.of_row();
CREATE TRIGGER a_statement AFTER INSERT OR UPDATE OR DELETE ON dynasty.milb_game_logs FOR EACH STATEMENT EXECUTE FUNCTION pg_temp.of_statement();
CREATE TRIGGER b_statement BEFORE INSERT OR UPDATE ON dynasty.milb_game_logs FOR EACH STATEMENT EXECUTE FUNCTION pg_temp.of_statement();
CREATE TRIGGER z_statement AFTER INSERT OR UPDATE ON dynasty.milb_game_logs FOR EACH STATEMENT EXECUTE FUNCTION pg_temp.of_statement();
SELECT done + refused AS statements, done > 80 AS many_done FROM pg_temp.play(300);
SELECT * FROM wrong;
