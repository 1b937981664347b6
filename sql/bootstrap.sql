-- The schema belongs to the database, not to the extension (released at the end of the install script), so it may
-- already be there: after DROP EXTENSION ... CASCADE, or because a dump made it.
DO $$
BEGIN
    IF to_regnamespace('dynasty') IS NULL THEN
        CREATE SCHEMA dynasty;
    END IF;
END
$$;
