-- The trigger function that notes every id a player has had. Which triggers call it: ../triggers.sql.

CREATE FUNCTION dynasty.keep_prospect_identifiers() RETURNS trigger
    LANGUAGE c AS 'MODULE_PATHNAME', 'keep_prospect_identifiers';
COMMENT ON FUNCTION dynasty.keep_prospect_identifiers() IS
'Trigger on dynasty.prospects that notes in dynasty.prospect_identifiers the ids that players get (mlb_id, fg_player_id, fg_prospect_id, ba_player_id), whatever gives them. No right on that table is needed. An id that another player had goes over to who has it now, unless the other still has it in his row (then dynasty.duplicate_prospects lists both) or the caller may not change dynasty.prospect_identifiers. An id that is replaced or taken away stays the player''s.
Errors: 39P01 when called otherwise or for another table, 42703, 42804 or 55000 when a table is not as it was made.';
