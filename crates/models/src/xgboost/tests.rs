use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::error::RowError;
use crate::limits::{MAX_DEPTH, MAX_FEATURES, MAX_NODES};

/// x0 < 0.5 (missing left): -1, else x1 < 2 (missing right): 1, else 3.
fn tree() -> Value {
    json!({
        "left_children": [1, -1, 3, -1, -1], "right_children": [2, -1, 4, -1, -1],
        "split_indices": [0, 0, 1, 0, 0], "split_conditions": [0.5, -1.0, 2.0, 1.0, 3.0],
        "default_left": [1, 0, 0, 0, 0], "sum_hessian": [10.0, 4.0, 6.0, 2.0, 4.0], "split_type": [0, 0, 0, 0, 0],
        "tree_param": {"num_nodes": "5", "num_feature": "2", "num_deleted": "0", "size_leaf_vector": "1"}
    })
}

fn document() -> Value {
    json!({"learner": {
        "feature_names": ["a", "b"], "attributes": {},
        "gradient_booster": {"name": "gbtree", "model": {"tree_info": [0], "trees": [tree()]}},
        "learner_model_param": {"base_score": "[5E-1]", "num_class": "0", "num_feature": "2", "num_target": "1"},
        "objective": {"name": "reg:squarederror"}
    }, "version": [3, 2, 0]})
}

fn read(document: &Value) -> Result<Model, ModelError> {
    Model::parse(Format::Xgboost, &document.to_string())
}

/// The document with something else at `pointer`.
fn with(pointer: &str, value: Value) -> Value {
    let mut document = document();
    let (parent, key) = pointer.rsplit_once('/').expect("a pointer");
    document.pointer_mut(parent).expect("a place")[key.to_owned()] = value;
    document
}

const MODEL: &str = "/learner/gradient_booster/model";

fn with_tree(key: &str, value: Value) -> Value {
    let mut tree = tree();
    tree[key] = value;
    with(&format!("{MODEL}/trees"), json!([tree]))
}

fn place(result: Result<Model, ModelError>) -> String {
    match result.expect_err("it is refused") {
        ModelError::Malformed { place, .. } | ModelError::Unsupported { place, .. } => place,
        ModelError::TooLarge { what, .. } => what.to_owned(),
        ModelError::Foreign { found, .. } => found.to_owned(),
    }
}

/// The first split asks whether a is 1 or 3 (these go right; missing left).
fn categorical() -> Value {
    let mut tree = tree();
    for (key, value) in [
        ("split_type", json!([1, 0, 0, 0, 0])),
        ("categories", json!([3, 1])),
        ("categories_nodes", json!([0])),
        ("categories_segments", json!([0])),
        ("categories_sizes", json!([2])),
    ] {
        tree[key] = value;
    }
    tree
}

#[test]
fn categories_that_are_named_go_right() {
    let model = read(&with(&format!("{MODEL}/trees"), json!([categorical()]))).expect("a model");
    let mut scorer = model.scorer();
    for (a, left) in [
        (0.0, true),
        (1.0, false),
        (1.9, false),
        (2.0, true),
        (3.0, false),
        (4.0, true),
        (-1.0, true),
        (-0.5, true),
        (1e9, true),
        (f64::NAN, true),
    ] {
        let margin = if left { -0.5 } else { 3.5 };
        assert_eq!(model.margin(&[a, 2.0]).expect("a row")[0], margin, "{a}");
        // Many rows at a time go the same ways.
        let row: &[f64] = &[a, 2.0];
        assert_eq!(scorer.margins(&[row, row]).expect("rows"), [margin, margin], "{a}");
        let phi: f64 = model.contributions(row).expect("a row").iter().sum();
        assert!((model.base_values()[0] + phi - margin).abs() < 1e-12, "{a}");
    }
}

#[test]
fn categories_must_be_there() {
    for (key, value, at) in [
        ("categories_nodes", json!([2]), "split_type[0]"),
        ("categories_nodes", json!([7]), "categories_nodes[0]"),
        ("categories_sizes", json!([3]), "categories_segments[0]"),
        ("categories_sizes", json!([]), "categories_sizes"),
        ("categories", json!([3, -1]), "categories[1]"),
        ("split_type", json!([2, 0, 0, 0, 0]), "split_type[0]"),
    ] {
        let mut tree = categorical();
        tree[key] = value;
        let place = place(read(&with(&format!("{MODEL}/trees"), json!([tree]))));
        assert!(place.ends_with(at), "{place}");
    }
    // One list for many splits would make a large model of a small document.
    let mut tree = categorical();
    tree["split_type"] = json!([1, 0, 1, 0, 0]);
    tree["categories_nodes"] = json!([0, 2]);
    tree["categories_segments"] = json!([0, 0]);
    tree["categories_sizes"] = json!([2, 2]);
    assert!(place(read(&with(&format!("{MODEL}/trees"), json!([tree])))).ends_with("categories_segments[1]"));
}

#[test]
fn the_dialect_of_the_library_is_read() {
    let text = with(&format!("{MODEL}/trees"), json!([categorical()])).to_string();
    let text = text.replacen("[0.5,", "[NaN,", 1);
    assert!(text.contains("NaN"));
    let model = Model::parse(Format::Xgboost, &text).expect("a model");
    assert_eq!(model.margin(&[1.0, 2.0]).expect("a row")[0], 3.5);
    // Where a number is wanted it is still none.
    let text = document().to_string().replacen("[0.5,", "[NaN,", 1);
    assert!(place(Model::parse(Format::Xgboost, &text)).ends_with("split_conditions[0]"));
}

#[test]
fn another_missing_value() {
    let mut model = read(&document()).expect("a model");
    model.set_missing(0.1).expect("a tree takes one");
    // Compared as floats, as the library does.
    assert_eq!(model.margin(&[9.0, 0.1]).expect("a row")[0], 3.5);
    assert_eq!(model.margin(&[9.0, 0.2]).expect("a row")[0], 1.5);
    assert_eq!(model.margin(&[9.0, f64::NAN]).expect("a row")[0], 3.5);
    assert!(model.set_missing(f64::NAN).is_err());
    let noted = |missing: &str| {
        let note = format!("{{\"missing\": {missing}, \"n_estimators\": 10}}");
        read(&with("/learner/attributes", json!({"scikit_learn": note})))
            .expect("a model")
            .missing()
    };
    assert_eq!(
        (noted("0"), noted("-999.5"), noted("NaN"), noted("null")),
        (Some(0.0), Some(-999.5), None, None)
    );
}

#[test]
fn names_for_a_bare_matrix() {
    let mut bare = read(&with("/learner/feature_names", json!([]))).expect("a model");
    assert!(bare.is_unnamed());
    assert_eq!(bare.feature_names(), ["f0", "f1"]);
    let names = |list: &[&str]| list.iter().map(|n| (*n).to_owned()).collect::<Vec<_>>();
    assert!(bare.name_features(names(&["age"])).is_err());
    assert!(bare.name_features(names(&["age", "age"])).is_err());
    bare.name_features(names(&["age", "ops"])).expect("names");
    assert_eq!(bare.feature_names(), ["age", "ops"]);
    let mut named = read(&document()).expect("a model");
    assert!(named.name_features(names(&["b", "a"])).is_err());
    named.name_features(names(&["a", "b"])).expect("its own names");
}

#[test]
fn the_best_round_counts_parallel_trees() {
    let with_best = |best: &str, parallel: &str| {
        let mut document = with("/learner/attributes", json!({"best_iteration": best}));
        let model = document.pointer_mut(MODEL).expect("a model");
        model["trees"] = json!([tree(), tree(), tree(), tree()]);
        model["tree_info"] = json!([0, 0, 0, 0]);
        model["gbtree_model_param"] = json!({"num_parallel_tree": parallel});
        read(&document).expect("a model").best_round()
    };
    assert_eq!(
        (with_best("1", "2"), with_best("0", "2"), with_best("3", "1")),
        (None, Some(0), None)
    );
}

#[test]
fn scores_and_explains_by_hand() {
    let model = read(&document()).expect("a model");
    assert_eq!(model.feature_names(), ["a", "b"]);
    assert_eq!(
        (model.outputs(), model.size(), model.objective()),
        (1, (1, 5), "reg:squarederror")
    );
    let margin = |row: [f64; 2]| model.margin(&row).expect("a row")[0];
    assert_eq!(margin([0.0, 9.0]), -0.5);
    assert_eq!(margin([0.5, 1.9]), 1.5);
    assert_eq!(margin([0.5, 2.0]), 3.5);
    assert_eq!(margin([f64::NAN, 2.0]), -0.5);
    assert_eq!(margin([1.0, f64::NAN]), 3.5);
    // As a float it is 0.5, which is not below 0.5.
    assert_eq!(margin([0.499_999_999_9, 2.0]), 3.5);
    assert_eq!(margin([0.499_999, 2.0]), -0.5);
    // Leaves by cover: 0.4 * -1 + 0.2 * 1 + 0.4 * 3 = 1.
    assert!((model.base_values()[0] - 1.5).abs() < 1e-15);
    // f({}) = 1, f({a}) = 7/3, f({b}) = 0.4 * -1 + 0.6 * 3 = 1.4, f({a, b}) = 3.
    let phi = model.contributions(&[1.0, 5.0]).expect("a row");
    assert!((phi[0] - ((7.0 / 3.0 - 1.0) + (3.0 - 1.4)) / 2.0).abs() < 1e-14);
    assert!((phi[1] - ((1.4 - 1.0) + (3.0 - 7.0 / 3.0)) / 2.0).abs() < 1e-14);
}

#[test]
fn rows_are_checked() {
    let model = read(&document()).expect("a model");
    assert_eq!(model.margin(&[1.0]), Err(RowError::Length { expected: 2, found: 1 }));
    assert_eq!(
        model.margin(&[1.0, f64::INFINITY]),
        Err(RowError::Infinite { feature: 1 })
    );
    assert!(model.margin(&[1e300, -1e300]).is_ok());
}

#[test]
fn base_scores() {
    let start = |objective: &str, score: &str| {
        let mut document = with("/learner/objective", json!({"name": objective}));
        document["learner"]["learner_model_param"]["base_score"] = json!(score);
        read(&document).map(|m| m.margin(&[0.0, 0.0]).expect("a row")[0] + 1.0)
    };
    assert_eq!(start("reg:squarederror", "5E-1"), Ok(0.5));
    assert_eq!(start("reg:squarederror", "-3"), Ok(-3.0));
    assert_eq!(start("binary:logistic", "[5E-1]"), Ok(0.0));
    assert!((start("binary:logistic", "0.25").expect("read") + 3f64.ln()).abs() < 1e-6);
    assert!((start("binary:logistic", "0").expect("read") + 13.8155).abs() < 1e-4);
    assert!((start("reg:gamma", "2").expect("read") - 2f64.ln()).abs() < 1e-6);
    for (objective, score) in [
        ("binary:logistic", "1.5"),
        ("binary:logistic", "-0.1"),
        ("reg:gamma", "0"),
        ("reg:squarederror", "nan"),
        ("reg:squarederror", "1e60"),
        ("reg:squarederror", "[1,2]"),
        ("reg:squarederror", "[]"),
        ("reg:squarederror", ""),
        ("reg:squarederror", "[[[1]]]"),
    ] {
        let found = start(objective, score).map(|_| ());
        assert!(
            matches!(found, Err(ModelError::Malformed { .. })),
            "{objective} {score}"
        );
    }
}

#[test]
fn classes_and_parallel_trees() {
    let mut document = with("/learner/objective", json!({"name": "multi:softprob"}));
    document["learner"]["learner_model_param"] = json!({"base_score": "[1,2,3]", "num_class": "3", "num_feature": "2"});
    document["learner"]["gradient_booster"]["model"] =
        json!({"tree_info": [0, 0, 2, 2, 1, 1], "trees": vec![tree(); 6]});
    let model = read(&document).expect("a model");
    assert_eq!(model.margin(&[0.0, 0.0]), Ok(vec![-1.0, 0.0, 1.0]));
    let p = model.prediction(&[0.0, 0.0]).expect("a row");
    assert!((p.iter().sum::<f64>() - 1.0).abs() < 1e-15);
    document["learner"]["gradient_booster"]["model"]["tree_info"] = json!([0, 0, 2, 2, 1, 3]);
    assert_eq!(place(read(&document)), "learner.gradient_booster.model.tree_info[5]");
}

#[test]
fn dart_weighs_its_trees() {
    let model = json!({"tree_info": [0, 0], "trees": [tree(), tree()]});
    let booster = json!({"name": "dart", "gbtree": {"name": "gbtree", "model": model}, "weight_drop": [0.5, 0.25]});
    let document = with("/learner/gradient_booster", booster);
    assert_eq!(
        read(&document).expect("a model").margin(&[1.0, 5.0]),
        Ok(vec![0.5 + 1.5 + 0.75])
    );
}

#[test]
fn what_is_not_supported_says_so() {
    let unsupported = |document: Value, at: &str| {
        let error = read(&document).expect_err("it is refused");
        assert!(
            matches!(&error, ModelError::Unsupported { place, .. } if place == at),
            "{error}"
        );
    };
    let linear = json!({"name": "gblinear", "model": {"boosted_rounds": 3, "weights": [0.1, 0.2]}});
    unsupported(
        with("/learner/gradient_booster", linear),
        "learner.gradient_booster.name",
    );
    for objective in ["survival:cox", "binary:hinge", "survival:aft", "custom"] {
        unsupported(
            with("/learner/objective", json!({"name": objective})),
            "learner.objective.name",
        );
    }
    let tree = "learner.gradient_booster.model.trees[0]";
    let vector = json!({"num_nodes": "5", "size_leaf_vector": "3"});
    unsupported(
        with_tree("tree_param", vector),
        &format!("{tree}.tree_param.size_leaf_vector"),
    );
    unsupported(
        with("/learner/learner_model_param/num_target", json!("2")),
        "learner.learner_model_param.num_target",
    );
}

#[test]
fn malformed_documents_name_the_place() {
    let tree = "learner.gradient_booster.model.trees[0]";
    for (key, value, at) in [
        ("left_children", json!([1, -1, 9, -1, -1]), "left_children[2]"),
        ("right_children", json!([-7, -1, 4, -1, -1]), "right_children[0]"),
        ("right_children", json!([2, -1, 4]), "right_children"),
        ("split_indices", json!([2, 0, 1, 0, 0]), "split_indices[0]"),
        ("split_indices", json!([-1, 0, 1, 0, 0]), "split_indices[0]"),
        ("split_conditions", json!([1e60, 0, 1, 0, 0]), "split_conditions[0]"),
        ("split_conditions", json!([0, 0, "x", 0, 0]), "split_conditions[2]"),
        ("sum_hessian", json!([1, 1]), "sum_hessian"),
        ("default_left", json!([]), "default_left"),
        ("tree_param", json!({"num_nodes": "-5"}), "tree_param.num_nodes"),
        (
            "tree_param",
            json!({"num_nodes": "99999999999"}),
            "tree_param.num_nodes",
        ),
        ("tree_param", json!({"num_nodes": "4000000000"}), "left_children"),
    ] {
        assert_eq!(place(read(&with_tree(key, value))), format!("{tree}.{at}"));
    }
    // A cycle, a child of two parents, a negative cover: the tree as a whole.
    for (key, value) in [
        ("left_children", json!([1, -1, 0, -1, -1])),
        ("left_children", json!([1, -1, 2, -1, -1])),
        ("right_children", json!([1, -1, 4, -1, -1])),
        ("sum_hessian", json!([10, -4, 6, 2, 4])),
        ("sum_hessian", json!([1e60, 4, 6, 2, 4])),
    ] {
        assert_eq!(place(read(&with_tree(key, value))), tree);
    }
    let param = "learner.learner_model_param";
    for (key, value, at) in [
        ("num_feature", json!("1"), "learner.feature_names"),
        ("num_feature", json!(2), "learner.learner_model_param.num_feature"),
        ("num_feature", json!("4000000000"), "features"),
        ("num_class", json!("3"), "learner.learner_model_param.num_class"),
        ("num_class", json!("-3"), "learner.learner_model_param.num_class"),
    ] {
        assert_eq!(
            place(read(&with(&format!("/{}/{key}", param.replace('.', "/")), value))),
            at
        );
    }
    assert_eq!(
        place(read(&with("/learner/feature_names", json!(["a", "a"])))),
        "learner.feature_names[1]"
    );
    assert_eq!(
        place(read(&with("/learner/feature_names", json!(["a", ""])))),
        "learner.feature_names[1]"
    );
    assert_eq!(
        place(read(&with("/learner/gradient_booster", json!({"name": "gbtree"})))),
        format!("{BOOSTER}.model.trees")
    );
    let short = json!({"name": "gbtree", "model": {"trees": [super::tests::tree()], "tree_info": []}});
    assert_eq!(
        place(read(&with("/learner/gradient_booster", short))),
        format!("{BOOSTER}.model.tree_info")
    );
}

#[test]
fn a_document_without_trees_is_its_base_score() {
    let model = read(&with(MODEL, json!({"trees": [], "tree_info": []}))).expect("a model");
    assert_eq!(model.margin(&[0.0, 0.0]), Ok(vec![0.5]));
    assert_eq!(model.contributions(&[0.0, 0.0]), Ok(vec![0.0, 0.0]));
    assert_eq!(model.base_values(), [0.5]);
}

#[test]
fn without_covers_there_are_no_contributions() {
    let model = read(&with_tree("sum_hessian", json!([0, 0, 0, 0, 0]))).expect("a model");
    assert_eq!(model.contributions(&[0.0, 0.0]), Err(RowError::NoCovers));
    assert!(model.base_values()[0].is_nan());
    assert_eq!(model.margin(&[0.0, 0.0]), Ok(vec![-0.5]));
}

/// A tree that only goes down on one side.
fn chain(depth: usize) -> Value {
    let n = 2 * depth + 1;
    let children = |step: usize| -> Vec<i64> {
        let child = |i| if i % 2 == 0 && i + 1 < n { (i + step) as i64 } else { -1 };
        (0..n).map(child).collect()
    };
    let flat = |x: f64| json!(vec![x; n]);
    json!({
        "left_children": children(1), "right_children": children(2),
        "split_indices": vec![0; n], "split_conditions": flat(0.0), "default_left": vec![0; n],
        "sum_hessian": flat(1.0), "split_type": vec![0; n], "tree_param": {"num_nodes": n.to_string()}
    })
}

#[test]
fn limits() {
    let trees = format!("{MODEL}/trees");
    assert!(read(&with(&trees, json!([chain(MAX_DEPTH)]))).is_ok());
    let at = |document| match read(&document) {
        Err(ModelError::TooLarge { what, limit, .. }) => (what, limit),
        other => panic!("{:?}", other.map(|m| m.size())),
    };
    assert_eq!(
        at(with(&trees, json!([chain(MAX_DEPTH + 1)]))),
        ("levels of a tree", MAX_DEPTH)
    );
    let begun = std::time::Instant::now();
    assert_eq!(
        at(with(&trees, json!([chain(MAX_NODES / 2)]))),
        ("tree nodes", MAX_NODES)
    );
    assert_eq!(
        at(with("/learner/learner_model_param/num_feature", json!("10001"))),
        ("features", MAX_FEATURES)
    );
    let mut classes = with("/learner/objective", json!({"name": "multi:softmax"}));
    classes["learner"]["learner_model_param"]["num_class"] = json!("101");
    assert_eq!(at(classes).0, "outputs");
    let long = " ".repeat(crate::limits::MAX_BYTES + 1);
    assert!(matches!(
        Model::parse(Format::Xgboost, &long),
        Err(ModelError::TooLarge { what: "bytes", .. })
    ));
    assert!(begun.elapsed().as_secs() < 60);
}

#[test]
fn every_truncation_is_an_error() {
    let text = document().to_string();
    for end in 0..text.len() {
        assert!(Model::parse(Format::Xgboost, &text[..end]).is_err(), "{end}");
    }
    assert!(Model::parse(Format::Xgboost, &format!("{text} ]")).is_err());
}

/// Whatever was read must also score and explain.
fn use_it(text: &str) {
    if let Ok(model) = Model::parse(Format::Xgboost, text) {
        let row = vec![0.1; model.feature_names().len()];
        let _ = model.prediction(&row);
        let _ = model.contributions(&row);
    }
}

proptest! {
    #[test]
    fn random_text_is_refused(text in ".{0,200}") {
        prop_assert!(Model::parse(Format::Xgboost, &text).is_err());
    }

    #[test]
    fn changed_bytes_never_panic(changes in prop::collection::vec((any::<prop::sample::Index>(), 0x20u8..0x7f), 1..4)) {
        let mut bytes = document().to_string().into_bytes();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        use_it(&String::from_utf8(bytes).expect("ASCII"));
    }

    #[test]
    fn changed_digits_never_panic(changes in prop::collection::vec((any::<prop::sample::Index>(), b'0'..=b'9'), 1..6)) {
        let mut bytes = document().to_string().into_bytes();
        let digits: Vec<usize> = (0..bytes.len()).filter(|&i| bytes[i].is_ascii_digit()).collect();
        for (at, byte) in changes {
            bytes[*at.get(&digits)] = byte;
        }
        use_it(&String::from_utf8(bytes).expect("ASCII"));
    }
}

/// Early stopping leaves the rounds after the best one in the document. They count; the reader is told.
#[test]
fn rounds_after_the_best() {
    let two = |best: &str, rounds: Option<Value>| {
        let mut document = with(
            "/learner/attributes",
            json!({"best_iteration": best, "best_score": "0.3"}),
        );
        let model = &mut document["learner"]["gradient_booster"]["model"];
        *model = json!({"tree_info": [0, 0], "trees": [tree(), tree()]});
        if let Some(rounds) = rounds {
            model["iteration_indptr"] = rounds;
        }
        read(&document).expect("a model").best_round()
    };
    assert_eq!(two("0", None), Some(0));
    assert_eq!(two("1", None), None);
    assert_eq!(two("nonsense", None), None);
    assert_eq!(two("18446744073709551615", None), None);
    // Two trees of one round (num_parallel_tree).
    assert_eq!(two("0", Some(json!([0, 2]))), None);
    assert_eq!(two("0", Some(json!([0, 1, 2]))), Some(0));
    assert_eq!(read(&document()).expect("a model").best_round(), None);
}
