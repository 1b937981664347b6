use proptest::prelude::*;

use super::*;

/// Split 0: a <= 0.5 (missing NaN, right) -> split 1, else leaf -2 (20). Split 1: b <= -1 (missing none) -> leaf -1 (10), else -3 (30).
const DOCUMENT: &str = "tree
version=v4
num_class=1
num_tree_per_iteration=1
label_index=0
max_feature_idx=1
objective=regression
feature_names=a b
feature_infos=[0:1] [0:1]
tree_sizes=400

Tree=0
num_leaves=3
num_cat=0
split_feature=0 1
split_gain=1 1
threshold=0.5 -1
decision_type=8 0
left_child=1 -1
right_child=-2 -3
leaf_value=10 20 30
leaf_weight=1 1 1
leaf_count=1 5 4
internal_value=0 0
internal_weight=1 1
internal_count=10 5
is_linear=0
shrinkage=1


end of trees

feature_importances:
a=1
";

fn read(document: &str) -> Result<Model, ModelError> {
    Model::parse(Format::Lightgbm, document)
}

/// The document with another line instead of the one that begins so.
fn with(key: &str, line: &str) -> String {
    let lines: Vec<_> = DOCUMENT
        .lines()
        .map(|l| if l.starts_with(&format!("{key}=")) { line } else { l })
        .collect();
    assert!(lines.contains(&line));
    lines.join("\n")
}

fn margin(document: &str, row: [f64; 2]) -> f64 {
    read(document).expect("a model").margin(&row).expect("a row")[0]
}

/// The first split asks whether a is one of 0, 2 and 33 (these go left; missing right).
fn categorical() -> String {
    DOCUMENT
        .replace("num_cat=0", "num_cat=1\ncat_boundaries=0 2\ncat_threshold=5 2")
        .replace("threshold=0.5 -1", "threshold=0 -1")
        .replace("decision_type=8 0", "decision_type=1 0")
}

#[test]
fn categories_that_are_named_go_left() {
    let document = categorical();
    for (a, left) in [
        (0.0, true),
        (-0.5, true),
        (1.0, false),
        (2.7, true),
        (33.0, true),
        (32.0, false),
        (64.0, false),
        (-1.0, false),
        (1e12, false),
        (f64::NAN, false),
    ] {
        assert_eq!(margin(&document, [a, 5.0]), if left { 30.0 } else { 20.0 }, "{a}");
    }
    for (from, to) in [
        ("cat_boundaries=0 2", "cat_boundaries=0 3"),
        ("cat_boundaries=0 2", "cat_boundaries=2 1"),
        ("threshold=0 -1", "threshold=1 -1"),
        ("threshold=0 -1", "threshold=-1 -1"),
    ] {
        assert!(read(&document.replace(from, to)).is_err(), "{to}");
    }
    assert!(read(&document.replace("cat_boundaries=0 2", "cat_boundaries=0 4000000000")).is_err());
}

#[test]
fn numbered_columns_are_no_names() {
    let mut bare = read(&DOCUMENT.replace("feature_names=a b", "feature_names=Column_0 Column_1")).expect("a model");
    assert!(bare.is_unnamed());
    bare.name_features(vec!["age".to_owned(), "ops".to_owned()])
        .expect("names");
    assert_eq!(bare.feature_names(), ["age", "ops"]);
    assert!(!read(DOCUMENT).expect("a model").is_unnamed());
}

#[test]
fn by_hand() {
    assert_eq!(margin(DOCUMENT, [0.5, -1.0]), 10.0);
    assert_eq!(margin(DOCUMENT, [0.500_000_000_000_1, -1.0]), 20.0);
    assert_eq!(margin(DOCUMENT, [0.0, 0.0]), 30.0);
    assert_eq!(margin(DOCUMENT, [f64::NAN, 0.0]), 20.0);
    // None: a missing value is 0, and 0 is not below -1.
    assert_eq!(margin(DOCUMENT, [0.0, f64::NAN]), 30.0);
    let model = read(DOCUMENT).expect("a model");
    assert_eq!(model.base_values(), [0.1 * 10.0 + 0.5 * 20.0 + 0.4 * 30.0]);
    assert_eq!(model.size(), (1, 5));
    assert_eq!(
        read(&DOCUMENT.replace('\n', "\r\n")).expect("a model").base_values(),
        model.base_values()
    );
}

#[test]
fn missing_types() {
    let left = with("decision_type", "decision_type=10 2");
    assert_eq!(margin(&left, [f64::NAN, -2.0]), 10.0);
    // Zero, default right: what is near 0 is missing.
    let zero = with("decision_type", "decision_type=4 6");
    for x in [0.0, f64::NAN, 1e-36, -1e-36] {
        assert_eq!(margin(&zero, [x, 5.0]), 20.0, "{x}");
    }
    assert_eq!(margin(&zero, [1e-34, 5.0]), 30.0);
    // Zero, default left.
    for x in [0.0, f64::NAN, 1e-36] {
        assert_eq!(margin(&zero, [0.3, x]), 10.0, "{x}");
    }
    // None, and 0 is below the threshold.
    let below = with("threshold", "threshold=0.5 1");
    assert_eq!(margin(&below, [0.0, f64::NAN]), 10.0);
}

#[test]
fn objectives() {
    let predict = |line: &str| read(&with("objective", line)).map(|m| m.prediction(&[1.0, 0.0]).expect("a row")[0]);
    for (line, right) in [
        ("objective=regression", 20.0),
        ("objective=regression sqrt", 400.0),
        ("objective=poisson", 20f64.exp()),
        ("objective=binary sigmoid:0.1", 1.0 / (1.0 + (-2f64).exp())),
        ("objective=cross_entropy_lambda", 20f64.exp().ln_1p()),
        ("objective=huber", 20.0),
        ("objective=custom", 20.0),
    ] {
        let found = predict(line).expect("a model");
        assert!((found - right).abs() <= 1e-12 * right, "{line}: {found}");
    }
    for line in ["objective=ndcg", "objective="] {
        assert!(matches!(predict(line), Err(ModelError::Unsupported { .. })), "{line}");
    }
    for line in [
        "objective=binary sigmoid:-1",
        "objective=binary sigmoid:x",
        "objective=multiclass num_class:3",
    ] {
        assert!(matches!(predict(line), Err(ModelError::Malformed { .. })), "{line}");
    }
}

#[test]
fn refused() {
    for (key, line, at) in [("is_linear", "is_linear=1", "Tree=0, is_linear")] {
        match read(&with(key, line)) {
            Err(ModelError::Unsupported { place, .. }) => assert_eq!(place, at),
            other => panic!("{line}: {:?}", other.map(|_| ())),
        }
    }
    for (key, line, at) in [
        ("num_cat", "num_cat=1", "Tree=0, cat_boundaries"),
        ("decision_type", "decision_type=8 1", "Tree=0, threshold[1]"),
        ("num_leaves", "num_leaves=0", "Tree=0, num_leaves"),
        ("num_leaves", "num_leaves=-3", "Tree=0, num_leaves"),
        ("num_leaves", "num_leaves=4", "Tree=0, leaf_value"),
        ("num_leaves", "num_leaves=400000", "Tree=0, leaf_value"),
        ("left_child", "left_child=0 -1", "Tree=0"),
        ("left_child", "left_child=1 1", "Tree=0"),
        ("left_child", "left_child=2 -1", "Tree=0, left_child[0]"),
        ("left_child", "left_child=1 -4", "Tree=0, left_child[1]"),
        (
            "left_child",
            "left_child=1 -9223372036854775808",
            "Tree=0, left_child[1]",
        ),
        ("left_child", "left_child=1", "Tree=0, left_child"),
        ("left_child", "left_child=1 -1 -1", "Tree=0, left_child"),
        ("right_child", "right_child=-1 -3", "Tree=0"),
        ("split_feature", "split_feature=0 2", "Tree=0, split_feature[1]"),
        ("split_feature", "split_feature=0 -1", "Tree=0, split_feature[1]"),
        ("threshold", "threshold=0.5 nan", "Tree=0"),
        ("threshold", "threshold=0.5 x", "Tree=0, threshold[1]"),
        ("leaf_value", "leaf_value=1 inf 2", "Tree=0"),
        ("leaf_count", "leaf_count=1 -5 4", "Tree=0"),
        ("decision_type", "decision_type=8 12", "Tree=0, decision_type[1]"),
        ("decision_type", "decision_type=8 300", "Tree=0, decision_type[1]"),
        ("threshold", "split_gain=1 1", "Tree=0, split_gain"),
        ("threshold", "shreshold=1 1", "Tree=0, threshold"),
        ("max_feature_idx", "max_feature_idx=2", "header, feature_names"),
        ("max_feature_idx", "max_feature_idx=-1", "header, max_feature_idx"),
        (
            "num_tree_per_iteration",
            "num_tree_per_iteration=0",
            "header, num_tree_per_iteration",
        ),
        (
            "num_tree_per_iteration",
            "num_tree_per_iteration=-1",
            "header, num_tree_per_iteration",
        ),
        ("feature_names", "feature_names=a a", "header, feature_names[1]"),
        ("version", "tree", "document"),
    ] {
        match read(&with(key, line)) {
            Err(ModelError::Malformed { place, .. }) => assert_eq!(place.replace('"', ""), at, "{line}"),
            Ok(_) if key == "version" => {}
            other => panic!("{line}: {:?}", other.map(|_| ())),
        }
    }
    for (key, line) in [
        ("num_leaves", "num_leaves=4000000000"),
        ("max_feature_idx", "max_feature_idx=4294967295"),
        ("num_tree_per_iteration", "num_tree_per_iteration=101"),
    ] {
        assert!(
            matches!(read(&with(key, line)), Err(ModelError::TooLarge { .. })),
            "{line}"
        );
    }
}

#[test]
fn averages_and_several_outputs() {
    let tree = DOCUMENT.split("\n\n").nth(1).expect("a tree");
    let two = DOCUMENT.replace(tree, &format!("{tree}\n\n{}", tree.replace("Tree=0", "Tree=1")));
    assert_eq!(margin(&two, [1.0, 0.0]), 40.0);
    let average = two.replace("label_index=0", "label_index=0\naverage_output");
    assert_eq!(margin(&average, [1.0, 0.0]), 20.0);
    assert_eq!(
        read(&average).expect("a model").base_values(),
        read(DOCUMENT).expect("a model").base_values()
    );
    let classes = two
        .replace("num_tree_per_iteration=1", "num_tree_per_iteration=2")
        .replace("=regression", "=multiclass num_class:2");
    assert_eq!(
        read(&classes).expect("a model").prediction(&[1.0, 0.0]),
        Ok(vec![0.5, 0.5])
    );
    let odd = classes.replace("per_iteration=2", "per_iteration=3");
    assert!(matches!(read(&odd), Err(ModelError::Malformed { place, .. }) if place == "document"));
}

#[test]
fn truncated_before_the_end_of_the_trees() {
    let end = DOCUMENT.find("end of trees").expect("there") + "end of trees".len();
    for cut in 0..end {
        assert!(read(&DOCUMENT[..cut]).is_err(), "{cut}");
    }
    assert!(read(&DOCUMENT[..end]).is_ok());
}

fn use_it(text: &str) {
    if let Ok(model) = read(text) {
        let row = vec![0.1; model.feature_names().len()];
        let _ = (model.prediction(&row), model.contributions(&row));
    }
}

proptest! {
    #[test]
    fn random_text_never_panics(text in "(tree\n)?(.|\n){0,200}") {
        use_it(&text);
    }

    #[test]
    fn changed_bytes_never_panic(changes in prop::collection::vec((any::<prop::sample::Index>(), 0x0au8..0x7f), 1..4)) {
        let mut bytes = DOCUMENT.as_bytes().to_vec();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        use_it(&String::from_utf8(bytes).expect("ASCII"));
    }

    #[test]
    fn changed_digits_never_panic(changes in prop::collection::vec((any::<prop::sample::Index>(), b'-'..=b'9'), 1..6)) {
        let mut bytes = DOCUMENT.as_bytes().to_vec();
        let digits: Vec<usize> = (0..bytes.len()).filter(|&i| bytes[i].is_ascii_digit()).collect();
        for (at, byte) in changes {
            bytes[*at.get(&digits)] = byte;
        }
        use_it(&String::from_utf8(bytes).expect("ASCII"));
    }
}
