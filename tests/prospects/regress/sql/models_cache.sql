-- A session keeps models it has read, and notices every change of their rows.
SELECT dynasty.register_model('m', '1', 'linear', '{"kind": "linear", "feature_names": ["age"], "coef": [1], "intercept": 0}');
SELECT value FROM dynasty.predict('m', '{"age": 20}');
SELECT value FROM dynasty.predict('m', '{"age": 20}');
UPDATE dynasty.ml_models SET document = replace(document, '"intercept": 0', '"intercept": 7');
SELECT value FROM dynasty.predict('m', '{"age": 20}');
-- Within a transaction, and after it is rolled back.
BEGIN;
UPDATE dynasty.ml_models SET document = replace(document, '7', '8');
SELECT value FROM dynasty.predict('m', '{"age": 20}');
UPDATE dynasty.ml_models SET document = replace(document, '8', '9');
SELECT value FROM dynasty.predict('m', '{"age": 20}');
SAVEPOINT s;
SELECT dynasty.drop_model('m', '1');
SELECT dynasty.register_model('m', '1', 'linear', '{"kind": "linear", "feature_names": ["age"], "coef": [2], "intercept": 0}') > 0 AS registered;
SELECT value FROM dynasty.predict('m', '{"age": 20}');
ROLLBACK TO s;
SELECT value FROM dynasty.predict('m', '{"age": 20}');
ROLLBACK;
SELECT value FROM dynasty.predict('m', '{"age": 20}');
SELECT dynasty.register_model('m', '2', 'linear', '{"kind": "linear", "feature_names": ["age"], "coef": [3], "intercept": 0}') > 0 AS registered;
SELECT a.value, b.value FROM dynasty.predict('m', '{"age": 20}') a, dynasty.predict('m:1', '{"age": 20}') b;
-- What somebody wrote past register_model is read with the same care.
UPDATE dynasty.ml_models SET document = 'oops' WHERE version = '2';
SELECT value FROM dynasty.predict('m', '{"age": 20}');
\echo :LAST_ERROR_SQLSTATE
UPDATE dynasty.ml_models SET document = '{"kind": "linear", "feature_names": ["agee"], "coef": [3], "intercept": 0}' WHERE version = '2';
SELECT value FROM dynasty.predict('m', '{"age": 20}');
-- More models than are kept.
SELECT count(dynasty.register_model('n', i::text, 'linear', format('{"kind": "linear", "feature_names": ["age"], "coef": [%s], "intercept": 0}', i))) FROM generate_series(1, 40) i;
SELECT count(*) FROM generate_series(1, 40) i, dynasty.predict('n:' || i, '{"age": 2}') p WHERE p.value = 2 * i;
SELECT count(*) FROM generate_series(1, 40) i, dynasty.predict('n:' || i, '{"age": 2}') p WHERE p.value = 2 * i;
