-- The end of the install script: make the tables, then let them go, and close what is not for everybody. The tables belong to the
-- database; functions, aggregates and types stay members of the extension.
DO $release$
BEGIN
    PERFORM dynasty._refuse_strange_functions();
    IF NOT dynasty.in_restore() THEN
        CALL dynasty.install();
    END IF;
    PERFORM dynasty._release_tables();
    PERFORM dynasty._close();
END
$release$;
