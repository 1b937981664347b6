-- The trigger function that notes when the people behind the norms change. Which triggers call it: ../triggers.sql.

CREATE FUNCTION dynasty.note_changed_people() RETURNS trigger
    LANGUAGE c AS 'MODULE_PATHNAME', 'note_changed_people';
COMMENT ON FUNCTION dynasty.note_changed_people() IS
'Trigger on dynasty.prospects that notes in dynasty.norm_stamps that birth dates or positions changed, whatever changed them, so that sessions compute the norms of the levels anew; and keeps in dynasty.prospects_history what the features read of a prospect before it was changed or deleted, for known_at (unless dynasty.game_log_history is off). Errors: 39P01 when called otherwise or for another table, 0A000 for a table that Citus has distributed, 55000 when dynasty.prospects_history is not as it was made.';
