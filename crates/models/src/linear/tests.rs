use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::error::RowError;

fn document() -> Value {
    json!({
        "kind": "logistic", "feature_names": ["a", "b"], "classes": [false, true],
        "coef": [[2.0, -3.0, 0.5]], "intercept": [0.25],
        "impute": [1.0, 5.0], "missing_indicator": ["b"], "mean": [1.0, 4.0, 0.2], "scale": [2.0, 0.5, 0.4]
    })
}

fn read(document: &Value) -> Result<Model, ModelError> {
    Model::parse(Format::Linear, &document.to_string())
}

fn with(key: &str, value: Value) -> Value {
    let mut document = document();
    document[key] = value;
    document
}

#[test]
fn by_hand() {
    let model = read(&document()).expect("a model");
    assert_eq!(model.classes(), ["false", "true"]);
    assert_eq!((model.outputs(), model.size()), (1, (0, 0)));
    // 2 * (3 - 1) / 2 = 2; -3 * (4.5 - 4) / 0.5 = -3, its indicator 0.5 * (0 - 0.2) / 0.4 = -0.25.
    let margin = model.margin(&[3.0, 4.5]).expect("a row");
    assert!((margin[0] - (0.25 + 2.0 - 3.0 - 0.25)).abs() < 1e-15);
    let p = model.prediction(&[3.0, 4.5]).expect("a row");
    assert!((p[0] - 1.0 / (1.0 + 1f64.exp())).abs() < 1e-15);
    // Missing: 1 for a, which is its mean; 5 for b: -6, its indicator 0.5 * 0.8 / 0.4 = 1.
    let phi = model.contributions(&[f64::NAN, f64::NAN]).expect("a row");
    assert!(phi[0] == 0.0 && (phi[1] + 5.0).abs() < 1e-15);
    assert_eq!(model.base_values(), [0.25]);
    assert_eq!(
        model.margin(&[1.0, f64::NEG_INFINITY]),
        Err(RowError::Infinite { feature: 1 })
    );
    assert_eq!(model.margin(&[1.0]), Err(RowError::Length { expected: 2, found: 1 }));
}

#[test]
fn the_least_document() {
    let model =
        read(&json!({"kind": "linear", "feature_names": ["a", "b"], "coef": [2, 3], "intercept": 1})).expect("a model");
    assert_eq!(model.margin(&[10.0, 100.0]), Ok(vec![321.0]));
    assert_eq!(model.margin(&[10.0, f64::NAN]), Ok(vec![21.0]));
    assert!(model.classes().is_empty());
    let constant =
        read(&json!({"kind": "linear", "feature_names": [], "coef": [[]], "intercept": [7]})).expect("a model");
    assert_eq!(
        (constant.margin(&[]), constant.contributions(&[])),
        (Ok(vec![7.0]), Ok(vec![]))
    );
}

#[test]
fn several_outputs() {
    let document = json!({
        "kind": "multinomial", "feature_names": ["a"], "coef": [[1], [2], [3]], "intercept": [0, 0, 1],
        "classes": ["Failed", "Solid", "Star"]
    });
    let model = read(&document).expect("a model");
    assert_eq!(model.margin(&[2.0]), Ok(vec![2.0, 4.0, 7.0]));
    assert_eq!(model.contributions(&[2.0]), Ok(vec![2.0, 4.0, 6.0]));
    let p = model.prediction(&[2.0]).expect("a row");
    assert!((p.iter().sum::<f64>() - 1.0).abs() < 1e-15 && p[2] > p[1]);
}

#[test]
fn malformed_documents_name_the_place() {
    for (key, value, at) in [
        ("kind", json!("ridge"), "kind"),
        ("kind", json!("multinomial"), "coef"),
        ("coef", json!([[1, 2, 3], [1, 2, 3]]), "coef"),
        ("coef", json!([]), "coef"),
        ("coef", json!([[1, 2]]), "coef[0]"),
        ("coef", json!([["x", 2, 3]]), "coef"),
        ("intercept", json!([1, 2]), "intercept"),
        ("intercept", json!("x"), "intercept"),
        ("classes", json!(["a", "b", "c"]), "classes"),
        ("classes", json!(["a", "a"]), "classes[1]"),
        ("classes", json!(["a", null]), "classes[1]"),
        ("impute", json!([1]), "impute"),
        ("mean", json!([1, 2]), "mean"),
        ("scale", json!([1, 2, 0]), "scale[2]"),
        ("scale", json!([1, -2, 1]), "scale[1]"),
        ("scale", json!([1, 1]), "scale"),
        ("missing_indicator", json!(["c"]), "missing_indicator[0]"),
        ("missing_indicator", json!(["b", "b"]), "missing_indicator[1]"),
        ("feature_names", json!(["a", "a"]), "feature_names[1]"),
        ("means", json!([1]), "means"),
    ] {
        match read(&with(key, value.clone())) {
            Err(ModelError::Malformed { place, .. }) => assert_eq!(place, at, "{key} {value}"),
            other => panic!("{key} {value}: {:?}", other.map(|_| ())),
        }
    }
    let names: Vec<String> = (0..10_001).map(|i| i.to_string()).collect();
    assert!(matches!(
        read(&with("feature_names", json!(names))),
        Err(ModelError::TooLarge { what: "features", .. })
    ));
    let overflow = document().to_string().replace("0.25", "1e999");
    assert!(Model::parse(Format::Linear, &overflow).is_err());
    let text = document().to_string();
    for end in 0..text.len() {
        assert!(Model::parse(Format::Linear, &text[..end]).is_err());
    }
}

proptest! {
    #[test]
    fn changed_bytes_never_panic(changes in prop::collection::vec((any::<prop::sample::Index>(), 0x20u8..0x7f), 1..4)) {
        let mut bytes = document().to_string().into_bytes();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Ok(model) = Model::parse(Format::Linear, &String::from_utf8(bytes).expect("ASCII")) {
            let row = vec![0.1; model.feature_names().len()];
            let _ = (model.prediction(&row), model.contributions(&row));
        }
    }

    #[test]
    fn adds_up(row in prop::collection::vec(prop_oneof![Just(f64::NAN), -9.0..9.0f64], 2)) {
        let model = read(&document()).expect("a model");
        let total = model.base_values()[0] + model.contributions(&row).expect("a row").iter().sum::<f64>();
        prop_assert!((total - model.margin(&row).expect("a row")[0]).abs() < 1e-12);
    }
}
