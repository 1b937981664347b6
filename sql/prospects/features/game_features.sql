-- The features that can be told from games alone, as an aggregate. Computed in src/prospects/features/game_features.rs.

CREATE FUNCTION dynasty.game_features_transition(internal, as_of_year integer, "position" text, game record) RETURNS internal
    LANGUAGE c IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'game_features_transition';
COMMENT ON FUNCTION dynasty.game_features_transition IS 'Transition function of the aggregate dynasty.game_features.';
CREATE FUNCTION dynasty.game_features_combine(internal, internal) RETURNS internal
    LANGUAGE c IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'game_features_combine';
COMMENT ON FUNCTION dynasty.game_features_combine IS 'Combine function of the aggregate dynasty.game_features.';
CREATE FUNCTION dynasty.game_features_serialize(internal) RETURNS bytea
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'game_features_serialize';
COMMENT ON FUNCTION dynasty.game_features_serialize IS 'Serialisation function of the aggregate dynasty.game_features.';
CREATE FUNCTION dynasty.game_features_deserialize(bytea, internal) RETURNS internal
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'game_features_deserialize';
COMMENT ON FUNCTION dynasty.game_features_deserialize IS 'Deserialisation function of the aggregate dynasty.game_features.';
CREATE FUNCTION dynasty.game_features_final(internal) RETURNS double precision[]
    LANGUAGE c IMMUTABLE PARALLEL SAFE COST 1000 AS 'MODULE_PATHNAME', 'game_features_final';
COMMENT ON FUNCTION dynasty.game_features_final IS 'Final function of the aggregate dynasty.game_features.';

CREATE AGGREGATE dynasty.game_features(as_of_year integer, "position" text, game record) (
    sfunc = dynasty.game_features_transition,
    stype = internal,
    sspace = 4096,
    finalfunc = dynasty.game_features_final,
    combinefunc = dynasty.game_features_combine,
    serialfunc = dynasty.game_features_serialize,
    deserialfunc = dynasty.game_features_deserialize,
    parallel = safe
);
COMMENT ON AGGREGATE dynasty.game_features(integer, text, record) IS
'The features of v1.0 that can be told from somebody''s games and his position, in the order of dynasty.feature_names(); the others (age, grades, advanced lines, the majors, and what compares with the level''s norms) are NULL. Arguments: the year; prospects.position (it decides which role''s features there are); the row of dynasty.milb_game_logs, or any row with its columns: SELECT p.id, dynasty.game_features(2024, p.position, l) FROM dynasty.prospects p JOIN dynasty.milb_game_logs l ON l.prospect_id = p.id GROUP BY p.id. Rows that do not count as of the year are passed over; a NULL row too. The values are those of feature_matrix to the bit. No rows or as_of_year NULL: NULL. Parallel-safe. Errors: 22023 year outside 1900 to 2100, several prospects or years in a group; 42703 and 42804 a row without the columns.';
