-- Readers of text cells: what is no such value is NULL, never an error.

CREATE FUNCTION pg_temp.to_int(t text) RETURNS int LANGUAGE sql IMMUTABLE AS
$$ SELECT CASE WHEN t ~ '^-?\d{1,9}(\.0*)?$' THEN t::numeric::int END $$;

CREATE FUNCTION pg_temp.to_count(t text) RETURNS int LANGUAGE sql IMMUTABLE AS
$$ SELECT CASE WHEN t ~ '^\d{1,6}(\.0*)?$' THEN t::numeric::int END $$;

CREATE FUNCTION pg_temp.to_decimal(t text, digits int, below numeric) RETURNS numeric LANGUAGE sql IMMUTABLE AS
$$ SELECT CASE WHEN t ~ '^-?\d{0,6}(\.\d+)?$' AND t ~ '\d' AND abs(round(t::numeric, digits)) < below
               THEN round(t::numeric, digits) END $$;

CREATE FUNCTION pg_temp.to_grade(t text) RETURNS int LANGUAGE sql IMMUTABLE AS
$$ SELECT CASE WHEN t ~ '^\d{2}\+?$' AND left(t, 2)::int BETWEEN 20 AND 80 THEN left(t, 2)::int END $$;

CREATE FUNCTION pg_temp.to_percent(t text) RETURNS numeric LANGUAGE sql IMMUTABLE AS
$$ SELECT CASE WHEN t ~ '^\d{1,3}(\.\d+)?$' AND t::numeric <= 100 THEN round(t::numeric, 1) END $$;

CREATE FUNCTION pg_temp.to_date(t text) RETURNS date LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    RETURN CASE WHEN t ~ '^(18[7-9]|19\d|20\d|21\d)\d-\d\d-\d\d$' THEN t::date END;
EXCEPTION WHEN datetime_field_overflow THEN
    RETURN NULL;
END $$;

-- The level a file names, as the tables name it and the loaders of the API do: short-season A ended in 2020 and stood with the advanced
-- rookie leagues, which ended then as well. What a later file calls Rookie is the Dominican Summer League: Complex (contract 1.5).
CREATE FUNCTION pg_temp.to_level(t text, season text) RETURNS text LANGUAGE sql IMMUTABLE AS
$$ SELECT CASE WHEN t = 'Rookie' AND pg_temp.to_int(season) > 2020 OR t IN ('DSL', 'CPX', 'ACL', 'FCL') THEN 'Complex'
               WHEN t IN ('AAA', 'AA', 'A+', 'A', 'Rookie', 'Complex') THEN t WHEN t = 'A-' THEN 'Rookie' END $$;

-- One line of the report, with or without a count.
CREATE FUNCTION pg_temp.remark(file text, note text) RETURNS void LANGUAGE sql AS
$$ INSERT INTO pg_temp.load_notes (file, note) VALUES ($1, $2) $$;

CREATE FUNCTION pg_temp.note(file text, n numeric, note text) RETURNS void LANGUAGE sql AS
$$ INSERT INTO pg_temp.load_notes (file, n, note) SELECT $1, $2, $3 WHERE $2 > 0 $$;

CREATE FUNCTION pg_temp.loaded(file text, n bigint) RETURNS void LANGUAGE sql AS
$$ UPDATE pg_temp.load_report r SET loaded = coalesce(r.loaded, 0) + $2 WHERE r.file = $1 $$;
