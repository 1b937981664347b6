-- What several sessions must do one after the other. No advisory locks: everybody may take those.

CREATE FUNCTION dynasty._wait_for_other_installs() RETURNS void
LANGUAGE c VOLATILE AS 'MODULE_PATHNAME', 'wait_for_other_installs_wrapper';
COMMENT ON FUNCTION dynasty._wait_for_other_installs() IS
'Internal: lets one dynasty.install() at a time go on, by a lock on the schema that only its owner''s commands conflict with. Errors: 25006 in a read-only transaction.';
