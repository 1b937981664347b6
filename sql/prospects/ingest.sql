-- Loading. They write with the caller's own rights: for whom it is granted to (grants.sql). The answer is the same for all six (that of
-- ingest_game_logs has removed besides): one row, with received = inserted + updated + unchanged + rejected, and rejects a JSON array of
-- {index, path, mlb_id, reason}.

CREATE FUNCTION dynasty.ingest_game_logs(
    payload jsonb,
    unknown_players text DEFAULT 'create',
    data_source text DEFAULT 'mlb_api',
    mlb_id integer DEFAULT NULL,
    complete boolean DEFAULT false
) RETURNS TABLE (
    received bigint, inserted bigint, updated bigint, unchanged bigint, rejected bigint, rejects jsonb, removed bigint
) LANGUAGE c VOLATILE SET search_path = pg_catalog, pg_temp
AS 'MODULE_PATHNAME', 'ingest_game_logs_wrapper';
COMMENT ON FUNCTION dynasty.ingest_game_logs(jsonb, text, text, integer, boolean) IS
'Loads a whole game-log reply of the MLB Stats API (stats[].splits[], or people[].stats[].splits[]; any number of groups) into dynasty.milb_game_logs.
Hitting and pitching splits of one player and game become one row and count once. Fielding splits, other types and splits with an empty stat are passed over and not counted.
A player''s lines with both clubs of a suspended game, or under both of its days, are added up: team names both clubs, is_home is NULL, and each line counts in received. The same line twice is one; of two lines that cannot both be right the later is rejected, as is a line with the other club than that of the stored one (load both in one call).
Rows are matched by (prospect, game_pk), without gamePk by (prospect, game_date, game_number, level, team); a game that is stored without gamePk and comes with it, or the other way round, is one game. A newer value replaces an older one, a missing one (also ".---", "-.--", "-", "") erases nothing: the same payload twice changes nothing.
Innings are stored as outs (thirds): "5.1" is 16. The level follows sport.id; major-league games and splits that lack player, date, season or sport.id are rejected with the reason.
unknown_players: ''create'' makes a stub prospect for a player not known, ''reject'' rejects his rows. mlb_id: whose reply it is, for splits that do not say.
complete: the reply is all that the source has of its players in the seasons, levels and game types it holds: their stored games of the same data_source that are not in it are deleted (dynasty.milb_game_logs_history keeps them) and counted in removed. A game with a batting or pitching line stays when the reply has no line of that group of the player. Where an element of a player was rejected, nothing of him is removed (a warning says so). It takes DELETE on dynasty.milb_game_logs, which dynasty_admin has and dynasty_ingest has not unless you grant it.
gameType: R Regular; F, D, L, W, C, N, P Playoffs; S, E, I Spring; A All-Star.
Returns one row: received (rows after merging plus rejects) = inserted + updated + unchanged + rejected; rejects: [{index, path, mlb_id, reason}], of which the first 10,000 are listed; removed.
An element (split, person, row) larger than 1 MB or nested deeper than 128 is rejected.
A row that breaks a constraint or that a trigger refuses (SQLSTATE class 22, 23, 44 or P0001) is rejected with the message; any other error ends the call.
Errors: 22004 payload or complete null; 22023 payload not of this shape, or a bad unknown_players, data_source or mlb_id; 25006 in a read-only transaction; 53200 out of memory.';

CREATE FUNCTION dynasty.ingest_boxscore(
    payload jsonb,
    unknown_players text DEFAULT 'create',
    data_source text DEFAULT 'mlb_api'
) RETURNS TABLE (
    received bigint, inserted bigint, updated bigint, unchanged bigint, rejected bigint, rejects jsonb
) LANGUAGE c VOLATILE SET search_path = pg_catalog, pg_temp
AS 'MODULE_PATHNAME', 'ingest_boxscore_wrapper';
COMMENT ON FUNCTION dynasty.ingest_boxscore(jsonb, text, text) IS
'Loads a live-feed reply of the MLB Stats API (gamePk, gameData, liveData.boxscore) into dynasty.milb_game_logs: one row, batting and pitching together, for everyone who appeared; players with empty stats or 0 games are passed over.
The date is officialDate, else originalDate, else the day of dateTime; the level is that of the player''s own club. A bare /boxscore reply has neither and is an error.
Matching, merging, unknown_players, the returned row and the errors are those of dynasty.ingest_game_logs.';

CREATE FUNCTION dynasty.ingest_people(
    payload jsonb
) RETURNS TABLE (
    received bigint, inserted bigint, updated bigint, unchanged bigint, rejected bigint, rejects jsonb
) LANGUAGE c VOLATILE SET search_path = pg_catalog, pg_temp
AS 'MODULE_PATHNAME', 'ingest_people_wrapper';
COMMENT ON FUNCTION dynasty.ingest_people(jsonb) IS
'Loads a /people reply of the MLB Stats API into dynasty.prospects, by mlb_id. Height is stored in inches, weight in pounds, draft_pick is the overall pick (pickNumber), the bonus US dollars; drafts and currentTeam are read where the reply was hydrated with them.
Positions are mapped to the table''s list (TWP P, INF and UT IF, PH and PR DH, SIRP, MIRP and CL RP); a person without id, name or known position is rejected. A missing value erases nothing.
A prospect who is known without an mlb_id (from a scouting list) gets it where name, birth year, role and organization agree and nobody else fits.
mlbDebutDate goes to the rows of dynasty.mlb_stats of that player that lack one.
Returns one row: received = inserted + updated + unchanged + rejected; rejects: [{index, path, mlb_id, reason}]. Errors: 22004 payload null; 22023 payload not of this shape; 25006 in a read-only transaction.';

CREATE FUNCTION dynasty.ingest_mlb_stats(
    payload jsonb,
    unknown_players text DEFAULT 'create',
    data_source text DEFAULT 'mlb_api',
    mlb_id integer DEFAULT NULL
) RETURNS TABLE (
    received bigint, inserted bigint, updated bigint, unchanged bigint, rejected bigint, rejects jsonb
) LANGUAGE c VOLATILE SET search_path = pg_catalog, pg_temp
AS 'MODULE_PATHNAME', 'ingest_mlb_stats_wrapper';
COMMENT ON FUNCTION dynasty.ingest_mlb_stats(jsonb, text, text, integer) IS
'Loads major-league regular seasons into dynasty.mlb_stats, by (prospect, season): a season or yearByYear reply of the MLB Stats API, or a JSON array of rows that name the columns (mlb_id, prospect_id or name; season; war and any other column; innings_pitched as "5.1").
Of a traded player the total split is taken; only where there is none the clubs are added up (a count one club lacks is then NULL, rates are computed from the sums). In rows, stints are told apart by team, Tm, teamID or stint and added up likewise, WAR too; TOT or 2TM is their total; rows of one stint complete each other. Lines that were added up count each in received; of two lines that cannot both be right the later is rejected. Hitting and pitching of a season are one row and count once; games_played counts games in any role.
Other sports, other game types, and rows without season or player are rejected. A newer value replaces an older one, a missing one erases nothing.
unknown_players, mlb_id, the returned row and the errors are those of dynasty.ingest_game_logs.';

CREATE FUNCTION dynasty.ingest_scouting(
    payload jsonb,
    source text DEFAULT 'fangraphs',
    ranking_year integer DEFAULT NULL,
    date_recorded date DEFAULT CURRENT_DATE,
    unknown_players text DEFAULT 'create'
) RETURNS TABLE (
    received bigint, inserted bigint, updated bigint, unchanged bigint, rejected bigint, rejects jsonb
) LANGUAGE c VOLATILE SET search_path = pg_catalog, pg_temp
AS 'MODULE_PATHNAME', 'ingest_scouting_wrapper';
COMMENT ON FUNCTION dynasty.ingest_scouting(jsonb, text, integer, date, text) IS
'Loads rows of a prospect board (JSON array, or {"data": [...]}) into dynasty.scouting_grades: FanGraphs'' own keys (playerName, PlayerId, FV, ETA, Ovr_Rank, Hit, Game, Raw, Spd, Fld, Arm, FB, SL, CB, CH, CMD ...) or the names of the columns.
Grades are on the 20-80 scale: "45+" is 45, "40 / 50" present and future, a lone number the future, blank and 0 NULL; pitches keep the future grade. Grades off the scale are rejected.
source, ranking_year and date_recorded hold for rows that do not name their own. Of several lists of one (prospect, source, ranking_year) the one with the latest date_recorded stands there whole, and each earlier edition in dynasty.scouting_editions, in whatever order they are loaded: as of a year the latest dated by its December 31 counts. Lists of one date complete each other.
A player is found by prospect_id, mlb_id or FanGraphs id, any that he ever had (dynasty.prospect_identifiers); else by name (dynasty.name_key()), age or birth date, position and organization of the row, where one prospect fits and nobody else: one who has no id of the source yet needs nothing to speak against him, an id that replaces the one he has (FanGraphs'' sa and digits become a number at the debut) needs all of them to agree. New ids are noted. Two ids in one row are one man''s: his two rows are merged where the caller may call dynasty.merge_prospects(), else dynasty.duplicate_prospects says it.
Where an id and what the row says contradict (birth years apart; another name and the other role, or the name of somebody else; two mlb_ids), the row is rejected and nothing of it is written.
unknown_players: ''create'' makes a prospect of who has an id, or name, position and age or birth date, with the height, weight, hands, birth and organization of the row (an age of two decimals is a birth date, which data_sources says; any other is noted there as birth_year_about); ''reject'' rejects him.
Returns one row: received = inserted + updated + unchanged + rejected; rejects: [{index, path, mlb_id, reason}]. Errors: 22004 payload null; 22023 payload not of this shape, or a bad source, ranking_year, date_recorded or unknown_players.';

CREATE FUNCTION dynasty.ingest_advanced(
    payload jsonb,
    unknown_players text DEFAULT 'create',
    data_source text DEFAULT 'fangraphs'
) RETURNS TABLE (
    received bigint, inserted bigint, updated bigint, unchanged bigint, rejected bigint, rejects jsonb
) LANGUAGE c VOLATILE SET search_path = pg_catalog, pg_temp
AS 'MODULE_PATHNAME', 'ingest_advanced_wrapper';
COMMENT ON FUNCTION dynasty.ingest_advanced(jsonb, text, text) IS
'Loads rows of the FanGraphs minor-league leaders (JSON array, or {"data": [...]}) into dynasty.milb_advanced_stats, by (prospect, season, level): FanGraphs'' own labels (PlayerName, playerid, Season, aLevel, wRC, wRC+, wOBA, GB%, SwStr% ...) or the names of the columns.
Percentages are stored as 0-100 with one decimal. Whether bare numbers, quoted or not, are fractions or percent is decided by the document: fractions add up to 1 and none is above it; "43.1 %" is percent anywhere; columns by their own name are percent unless their shares add up to 1. What does not fit (shares that do not add up, a column of another scale) is said in a WARNING. wRC, wRAA and wRC+ are rounded to whole numbers.
Level A- and R are Rookie; CPX and DSL are Complex, as in the game logs of the MLB Stats API; MLB and lines over several levels are rejected.
Several lines of a player, season and level (Dominican and complex league, two clubs) are added up where all have PA: runs as sums, rates and shares weighed by PA; each counts in received. A total ("2 Tms", "- - -") stands for its parts. Without PA, or where two lines cannot both be right, the later is rejected.
Players are found and made as by dynasty.ingest_scouting. A newer value replaces an older one, a missing one erases nothing.
Returns one row: received = inserted + updated + unchanged + rejected; rejects: [{index, path, mlb_id, reason}]. Errors: 22004 payload null; 22023 payload not of this shape, or a bad unknown_players or data_source.';
