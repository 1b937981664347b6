-- The coefficient of variation of flagship contract 1.3 and 4.
CREATE FUNCTION dynasty.consistency_cv_add(internal, double precision) RETURNS internal
    LANGUAGE c IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'consistency_cv_add';
COMMENT ON FUNCTION dynasty.consistency_cv_add IS 'Transition function of the aggregate dynasty.consistency_cv.';
CREATE FUNCTION dynasty.consistency_cv_remove(internal, double precision) RETURNS internal
    LANGUAGE c IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'consistency_cv_remove';
COMMENT ON FUNCTION dynasty.consistency_cv_remove IS 'Inverse transition function (window frames) of the aggregate dynasty.consistency_cv.';
CREATE FUNCTION dynasty.consistency_cv_combine(internal, internal) RETURNS internal
    LANGUAGE c IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'consistency_cv_combine';
COMMENT ON FUNCTION dynasty.consistency_cv_combine IS 'Combine function of the aggregate dynasty.consistency_cv.';
CREATE FUNCTION dynasty.consistency_cv_serialize(internal) RETURNS bytea
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'consistency_cv_serialize';
COMMENT ON FUNCTION dynasty.consistency_cv_serialize IS 'Serialisation function of the aggregate dynasty.consistency_cv.';
CREATE FUNCTION dynasty.consistency_cv_deserialize(bytea, internal) RETURNS internal
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'consistency_cv_deserialize';
COMMENT ON FUNCTION dynasty.consistency_cv_deserialize IS 'Deserialisation function of the aggregate dynasty.consistency_cv.';
CREATE FUNCTION dynasty.consistency_cv_final(internal) RETURNS double precision
    LANGUAGE c IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'consistency_cv_final';
COMMENT ON FUNCTION dynasty.consistency_cv_final IS 'Final function of the aggregate dynasty.consistency_cv.';

CREATE AGGREGATE dynasty.consistency_cv(double precision) (
    sfunc = dynasty.consistency_cv_add,
    stype = internal,
    sspace = 128,
    finalfunc = dynasty.consistency_cv_final,
    combinefunc = dynasty.consistency_cv_combine,
    serialfunc = dynasty.consistency_cv_serialize,
    deserialfunc = dynasty.consistency_cv_deserialize,
    msfunc = dynasty.consistency_cv_add,
    minvfunc = dynasty.consistency_cv_remove,
    mstype = internal,
    msspace = 128,
    mfinalfunc = dynasty.consistency_cv_final,
    parallel = safe
);
COMMENT ON AGGREGATE dynasty.consistency_cv(double precision) IS
'Coefficient of variation: sample standard deviation / mean of the non-NULL values (unitless, negative when the mean is). NULL for fewer than two values, mean 0, or NaN or infinity among them; exactly 0 when all are equal. Sums are exact, so window frames, parallel plans and the order of rows do not change the result.';
