-- Documents that nobody should write: a clear error with the place, no crash, bounded memory and time.
SET client_min_messages = warning;
CREATE FUNCTION pg_temp.xgb(left_children text, right_children text, thresholds text, covers text DEFAULT '[9, 4, 5]', indices text DEFAULT '[0, 0, 0]', nodes text DEFAULT '3')
RETURNS text LANGUAGE sql AS $$
    SELECT format('{"learner": {"feature_names": ["age"], "gradient_booster": {"name": "gbtree", "model": {"tree_info": [0], "trees": [{"left_children": %s,
        "right_children": %s, "split_indices": %s, "split_conditions": %s, "default_left": %s, "sum_hessian": %s, "split_type": [],
        "tree_param": {"num_nodes": "%s"}}]}}, "learner_model_param": {"base_score": "5E-1", "num_class": "0", "num_feature": "1"},
        "objective": {"name": "binary:logistic"}}, "version": [2, 1, 0]}', left_children, right_children, indices, thresholds,
        regexp_replace(left_children, '-?\d+', '0', 'g'), covers, nodes)
$$;
CREATE FUNCTION pg_temp.refused(kind text, document text, features text DEFAULT NULL) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    PERFORM dynasty.register_model('m', '1', kind, document, features);
    PERFORM dynasty.drop_model('m', '1');
    RETURN 'taken';
EXCEPTION WHEN OTHERS THEN RETURN SQLSTATE || ': ' || left(SQLERRM, 200);
END
$$;
-- The frame is good.
SELECT pg_temp.refused('xgboost', pg_temp.xgb('[1, -1, -1]', '[2, -1, -1]', '[20.5, 0.3, -0.3]'));
-- Truncated, empty, of another kind.
SELECT cut, pg_temp.refused('xgboost', left(d, cut)) FROM pg_temp.xgb('[1, -1, -1]', '[2, -1, -1]', '[20.5, 0.3, -0.3]') d, unnest('{0, 1, 20, 200, 500}'::int[]) cut;
SELECT pg_temp.refused('xgboost', '[]'), pg_temp.refused('xgboost', 'null'), pg_temp.refused('lightgbm', ''), pg_temp.refused('lightgbm', 'tree' || E'\nversion=v4\n');
SELECT pg_temp.refused('lightgbm', pg_temp.xgb('[1, -1, -1]', '[2, -1, -1]', '[20.5, 0.3, -0.3]'));
-- Nested a hundred thousand deep.
SELECT pg_temp.refused('xgboost', repeat('[', 100000)), pg_temp.refused('linear', repeat('{"a":', 100000));
-- Children that go round, that two parents share, that are not there.
SELECT pg_temp.refused('xgboost', pg_temp.xgb('[1, 0, -1]', '[2, 2, -1]', '[20.5, 0.3, -0.3]'));
SELECT pg_temp.refused('xgboost', pg_temp.xgb('[1, -1, -1]', '[1, -1, -1]', '[20.5, 0.3, -0.3]'));
SELECT pg_temp.refused('xgboost', pg_temp.xgb('[0, -1, -1]', '[2, -1, -1]', '[20.5, 0.3, -0.3]'));
SELECT pg_temp.refused('xgboost', pg_temp.xgb('[1, -1, -1]', '[3, -1, -1]', '[20.5, 0.3, -0.3]'));
SELECT pg_temp.refused('xgboost', pg_temp.xgb('[1, -1, -1]', '[-7, -1, -1]', '[20.5, 0.3, -0.3]'));
-- Numbers that are none.
SELECT pg_temp.refused('xgboost', pg_temp.xgb('[1, -1, -1]', '[2, -1, -1]', '[NaN, 0.3, -0.3]'));
SELECT pg_temp.refused('xgboost', pg_temp.xgb('[1, -1, -1]', '[2, -1, -1]', '[1e999, 0.3, -0.3]'));
SELECT pg_temp.refused('xgboost', pg_temp.xgb('[1, -1, -1]', '[2, -1, -1]', '[20.5, 1e39, -0.3]'));
SELECT pg_temp.refused('xgboost', pg_temp.xgb('[1, -1, -1]', '[2, -1, -1]', '[null, 0.3, -0.3]'));
SELECT pg_temp.refused('xgboost', pg_temp.xgb('[1, -1, -1]', '[2, -1, -1]', '[20.5, 0.3, -0.3]', '[9, -4, 5]'));
-- Lengths and places that do not fit.
SELECT pg_temp.refused('xgboost', pg_temp.xgb('[1, -1]', '[2, -1, -1]', '[20.5, 0.3, -0.3]'));
SELECT pg_temp.refused('xgboost', pg_temp.xgb('[1, -1, -1]', '[2, -1, -1]', '[20.5, 0.3, -0.3]', nodes => '4000000000'));
SELECT pg_temp.refused('xgboost', pg_temp.xgb('[1, -1, -1]', '[2, -1, -1]', '[20.5, 0.3, -0.3]', indices => '[1, 0, 0]'));
SELECT pg_temp.refused('xgboost', replace(pg_temp.xgb('[1, -1, -1]', '[2, -1, -1]', '[20.5, 0.3, -0.3]'), '"num_feature": "1"', '"num_feature": "99999999"'));
SELECT pg_temp.refused('xgboost', replace(pg_temp.xgb('[1, -1, -1]', '[2, -1, -1]', '[20.5, 0.3, -0.3]'), '5E-1', '5'));
-- What is not supported says so.
SELECT pg_temp.refused('xgboost', replace(pg_temp.xgb('[1, -1, -1]', '[2, -1, -1]', '[20.5, 0.3, -0.3]'), 'binary:logistic', 'survival:cox'));
SELECT pg_temp.refused('xgboost', replace(pg_temp.xgb('[1, -1, -1]', '[2, -1, -1]', '[20.5, 0.3, -0.3]'), '"gbtree"', '"gblinear"'));
-- A million nodes, and one more.
SELECT pg_temp.refused('xgboost', pg_temp.xgb(l, l, '[0' || repeat(',0', 1000000) || ']', '[1' || repeat(',1', 1000000) || ']', '[0' || repeat(',0', 1000000) || ']', '1000001'))
FROM (SELECT '[-1' || repeat(',-1', 1000000) || ']' AS l) t;
-- A chain deeper than any library grows.
SELECT pg_temp.refused('xgboost', pg_temp.xgb(l, r, z, replace(z, '0', '1'), z, '100001')) FROM (
    SELECT '[' || string_agg(CASE WHEN i % 2 = 0 AND i < 100000 THEN i + 1 ELSE -1 END::text, ',' ORDER BY i) || ']' AS l,
           '[' || string_agg(CASE WHEN i % 2 = 0 AND i < 100000 THEN i + 2 ELSE -1 END::text, ',' ORDER BY i) || ']' AS r,
           '[0' || repeat(',0', 100000) || ']' AS z
    FROM generate_series(0, 100000) i) t;
-- Linear documents.
SELECT pg_temp.refused('linear', d) FROM unnest(ARRAY[
    '{"kind": "logistic", "feature_names": ["age"], "coef": [1, 2], "intercept": 0}',
    '{"kind": "logistic", "feature_names": ["age", "age"], "coef": [1, 2], "intercept": 0}',
    '{"kind": "logistic", "feature_names": ["age"], "coef": [1], "intercept": 0, "scale": [0]}',
    '{"kind": "logistic", "feature_names": ["age"], "coef": [1], "intercept": 0, "surprise": 1}',
    '{"kind": "logistic", "feature_names": ["age"], "coef": ["1"], "intercept": 0}',
    '{"kind": "logistic", "feature_names": [], "coef": [], "intercept": 0}']) d;
-- LightGBM's text, spoilt one line at a time.
CREATE FUNCTION pg_temp.lgb() RETURNS text LANGUAGE sql AS $$ SELECT E'tree\nversion=v4\nnum_class=1\nnum_tree_per_iteration=1\nlabel_index=0\nmax_feature_idx=0\nobjective=binary sigmoid:1\nfeature_names=age\nfeature_infos=[0:1]\ntree_sizes=300\n\nTree=0\nnum_leaves=2\nnum_cat=0\nsplit_feature=0\nsplit_gain=1\nthreshold=20.5\ndecision_type=2\nleft_child=-1\nright_child=-2\nleaf_value=0.1 -0.1\nleaf_weight=1 1\nleaf_count=5 5\ninternal_value=0\ninternal_weight=2\ninternal_count=10\nis_linear=0\nshrinkage=1\n\n\nend of trees\n' $$;
SELECT spoilt, pg_temp.refused('lightgbm', replace(pg_temp.lgb(), split_part(spoilt, '>', 1), split_part(spoilt, '>', 2)))
FROM unnest(ARRAY['left_child=-1>left_child=0', 'left_child=-1>left_child=-9', 'threshold=20.5>threshold=nan', 'leaf_value=0.1 -0.1>leaf_value=0.1',
    'num_leaves=2>num_leaves=99999999', 'split_feature=0>split_feature=7', 'num_tree_per_iteration=1>num_tree_per_iteration=500', 'leaf_value=0.1 -0.1>leaf_value=inf 0']) spoilt;
SELECT pg_temp.refused('lightgbm', left(pg_temp.lgb(), 320)), pg_temp.refused('lightgbm', pg_temp.lgb());
