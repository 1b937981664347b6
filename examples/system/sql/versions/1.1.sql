-- What version 1.1 brings to the example: whether a game was reviewed on video.

CREATE FUNCTION dynasty_example._up_1_0__1_1(made text[] DEFAULT NULL) RETURNS jsonb
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
BEGIN
    IF coalesce('dynasty_example.umpire_games' = ANY (made), true) AND NOT dynasty._missing('dynasty_example.umpire_games'::text)
       AND NOT EXISTS (SELECT FROM pg_catalog.pg_attribute a
                       WHERE a.attrelid = to_regclass('dynasty_example.umpire_games') AND a.attname = 'reviewed_on' AND NOT a.attisdropped) THEN
        ALTER TABLE dynasty_example.umpire_games ADD COLUMN reviewed_on date;
        COMMENT ON COLUMN dynasty_example.umpire_games.reviewed_on IS 'When the video was looked at. NULL = not yet.';
        PERFORM dynasty._put_column_back('1.1'::text, 'dynasty_example.umpire_games'::text, '{umpire_id,game_date}'::text[], 'reviewed_on'::text);
    END IF;
    RETURN '{}';
END
$fn$;

CREATE FUNCTION dynasty_example._down_1_1__1_0() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $fn$
BEGIN
    IF EXISTS (SELECT FROM pg_catalog.pg_attribute a
               WHERE a.attrelid = to_regclass('dynasty_example.umpire_games') AND a.attname = 'reviewed_on' AND NOT a.attisdropped) THEN
        PERFORM dynasty._save_column('1.1'::text, 'dynasty_example.umpire_games'::text, '{umpire_id,game_date}'::text[], 'reviewed_on'::text);
        ALTER TABLE dynasty_example.umpire_games DROP COLUMN reviewed_on;
    END IF;
END
$fn$;
