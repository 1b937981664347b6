-- Names of people, compared by every system alike (crates/intake/src/names.rs).

CREATE FUNCTION dynasty.name_key(name text) RETURNS text
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'name_key_wrapper';
COMMENT ON FUNCTION dynasty.name_key(text) IS
'The key of a person''s name, by which sources that write it differently are compared: lower case, accents off, points and apostrophes dropped, other punctuation (hyphens too) a blank, a trailing Jr., Sr., II to V behind two words dropped. "D.J. Moore Jr." is "dj moore".
Names joined by + are keyed one by one and sorted. Chinese, Japanese and Korean stay as they are. Empty when the text has no letter and no digit; NULL for NULL. A key is no proof: two men may have one name.';
