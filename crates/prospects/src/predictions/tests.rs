use super::*;
use crate::features::catalogue::catalogue;
use proptest::prelude::*;

fn record(prediction: Prediction<'_>) -> Record {
    Record::of(&prediction).unwrap()
}

fn error(prediction: Prediction<'_>) -> String {
    Record::of(&prediction).unwrap_err().to_string()
}

fn of(probability: f64) -> Prediction<'static> {
    Prediction {
        success_probability: Some(probability),
        threshold: 0.5,
        ..Prediction::default()
    }
}

fn with_classes(
    star: Option<f64>,
    solid: Option<f64>,
    marginal: Option<f64>,
    failed: Option<f64>,
) -> Prediction<'static> {
    Prediction {
        prob_star: star,
        prob_solid: solid,
        prob_marginal: marginal,
        prob_failed: failed,
        ..Prediction::default()
    }
}

fn with_shap(shap_values: &str) -> Prediction<'_> {
    Prediction {
        shap_values: Some(shap_values),
        ..Prediction::default()
    }
}

#[test]
fn three_decimals_half_away_from_zero() {
    for (probability, text) in [
        (0.0, "0.000"),
        (-0.0, "0.000"),
        (1.0, "1.000"),
        (0.0004, "0.000"),
        (0.0005, "0.001"),
        (0.0045, "0.005"), // the double is below the half
        (0.8005, "0.801"),
        (0.2815, "0.282"),
        (0.9994999, "0.999"),
        (0.9995, "1.000"),
        (1e-300, "0.000"),
        (f64::MIN_POSITIVE, "0.000"),
        (0.123_499_999_999_999_98, "0.124"), // 15 digits: 0.123500000000000
        (0.123_499_999_999_99, "0.123"),
    ] {
        let stored = record(of(probability)).success_probability.unwrap();
        assert_eq!(stored.to_string(), text, "{probability}");
    }
}

#[test]
fn probabilities_are_between_0_and_1() {
    for value in [1.0000001, -0.0001, f64::NAN, 55.0] {
        assert_eq!(
            error(of(value)),
            format!("success_probability must be between 0 and 1, not {value}")
        );
        assert_eq!(
            error(Prediction {
                threshold: value,
                ..of(0.5)
            }),
            format!("threshold must be between 0 and 1, not {value}")
        );
    }
    assert_eq!(
        error(of(f64::NEG_INFINITY)),
        "success_probability must be between 0 and 1, not -Infinity"
    );
    assert_eq!(
        error(with_classes(Some(0.5), Some(-0.5), Some(0.5), Some(0.5))),
        "prob_solid must be between 0 and 1, not -0.5"
    );
}

#[test]
fn classes_come_together_and_add_up() {
    let good = record(with_classes(Some(0.1), Some(0.2), Some(0.3), Some(0.4)));
    assert_eq!(good.prob_failed, Some(Decimal::new(400, 3)));
    assert_eq!(record(Prediction::default()).prob_star, None);
    assert_eq!(
        error(with_classes(Some(0.1), Some(0.2), None, Some(0.7))),
        "prob_marginal must not be null when one of prob_star, prob_solid, prob_marginal and prob_failed is given"
    );
    // Four halves that all round up: 1.002, and up to there it is rounding.
    let halves = with_classes(Some(0.2505), Some(0.2495), Some(0.2505), Some(0.2495));
    assert_eq!(record(halves).prob_star, Some(Decimal::new(251, 3)));
    assert!(Record::of(&with_classes(Some(0.25), Some(0.25), Some(0.25), Some(0.248))).is_ok());
    assert_eq!(
        error(with_classes(Some(0.25), Some(0.25), Some(0.25), Some(0.247))),
        "prob_star, prob_solid, prob_marginal and prob_failed must add up to 1 within 0.002, not to 0.997"
    );
    assert!(Record::of(&with_classes(Some(0.25), Some(0.25), Some(0.25), Some(0.253))).is_err());
    // The stored ones count: 0.2474 is stored as 0.247.
    assert!(Record::of(&with_classes(Some(0.25), Some(0.25), Some(0.25), Some(0.2474))).is_err());
    assert!(Record::of(&with_classes(Some(0.25), Some(0.25), Some(0.25), Some(0.2475))).is_ok());
}

#[test]
fn the_class_follows_from_the_stored_probability() {
    let class = |probability, threshold| {
        record(Prediction {
            threshold,
            ..of(probability)
        })
        .predicted_class
    };
    assert_eq!(class(0.5, 0.5), Some(true));
    assert_eq!(class(0.4994, 0.5), Some(false));
    assert_eq!(class(0.4995, 0.5), Some(true), "stored as 0.500");
    assert_eq!(class(0.3, 0.3), Some(true));
    assert_eq!(class(0.3, 0.3001), Some(false));
    assert_eq!(class(0.0, 0.0), Some(true));
    assert_eq!(
        record(Prediction {
            threshold: 0.5,
            ..Prediction::default()
        })
        .predicted_class,
        None
    );
}

#[test]
fn confidence_has_borders() {
    let level = |p| record(of(p)).confidence_level.map(Confidence::name);
    for (probability, name) in [
        (0.8, "High"),
        (0.7995, "High"), // stored as 0.800
        (0.7994, "Medium"),
        (0.65, "Medium"),
        (0.649, "Low"),
        (0.5, "Low"),
        (0.351, "Low"),
        (0.35, "Medium"),
        (0.201, "Medium"),
        (0.2, "High"),
        (0.0, "High"),
        (1.0, "High"),
    ] {
        assert_eq!(level(probability), Some(name), "{probability}");
    }
    assert_eq!(record(Prediction::default()).confidence_level, None);
}

#[test]
fn importance_takes_the_ten_largest() {
    let names: Vec<&str> = catalogue().iter().map(|f| f.name).take(14).collect();
    let shap: Vec<String> = names
        .iter()
        .enumerate()
        .map(|(i, n)| format!("\"{n}\": {}", (i as f64 - 6.5) / 10.0))
        .collect();
    let importance = record(with_shap(&format!("{{{}}}", shap.join(","))))
        .feature_importance
        .unwrap();
    let entries: Vec<serde_json::Value> = serde_json::from_str(&importance).unwrap();
    let features: Vec<&str> = entries.iter().map(|e| e["feature"].as_str().unwrap()).collect();
    // -0.65 and 0.65 tie: the first of the catalogue first. And so on inwards.
    let expected: Vec<&str> = [0, 13, 1, 12, 2, 11, 3, 10, 4, 9].iter().map(|i| names[*i]).collect();
    assert_eq!(features, expected);
    assert_eq!(entries[0]["value"].as_f64(), Some(-0.65));
}

#[test]
fn importance_keeps_the_digits() {
    let [a, b, c] = [catalogue()[3].name, catalogue()[2].name, catalogue()[1].name];
    let shap = format!(r#"{{"{a}": 0.10000, "{b}": -1, "{c}": 0.10000000000000001}}"#);
    let importance = record(with_shap(&shap)).feature_importance.unwrap();
    let expected = format!(
        r#"[{{"feature": "{b}", "value": -1}}, {{"feature": "{c}", "value": 0.10000000000000001}}, {{"feature": "{a}", "value": 0.10000}}]"#
    );
    assert_eq!(importance, expected, "equal doubles tie");
    assert_eq!(record(with_shap("{}")).feature_importance.unwrap(), "[]");
    assert_eq!(record(Prediction::default()).feature_importance, None);
}

#[test]
fn contributions_belong_to_features() {
    assert_eq!(
        error(with_shap(r#"{"age": 1, "charisma": 2}"#)),
        "shap_values names \"charisma\", which is no feature"
    );
    assert_eq!(
        error(with_shap(r#"{"age": "1"}"#)),
        "shap_values: age must be a number a double can hold, not a string"
    );
    assert_eq!(
        error(with_shap(r#"{"age": null}"#)),
        "shap_values: age must be a number a double can hold, not null"
    );
    let huge = format!(r#"{{"age": 1{}}}"#, "0".repeat(400));
    assert!(error(with_shap(&huge)).starts_with("shap_values: age must be a number a double can hold, not 1000"));
    assert_eq!(
        error(with_shap("[]")),
        "shap_values must be a JSON object, not an array"
    );
    assert_eq!(error(with_shap("null")), "shap_values must be a JSON object, not null");
}

proptest! {
    /// Every entry is one of the contributions, none left out is larger, and the order is that of the sizes.
    #[test]
    fn importance_is_a_sorted_head(values in proptest::collection::vec(-3.0f64..3.0, 0..40)) {
        let shap: serde_json::Map<String, serde_json::Value> =
            catalogue().iter().zip(&values).map(|(f, v)| (f.name.to_string(), (*v).into())).collect();
        let text = serde_json::Value::Object(shap).to_string();
        let importance = record(with_shap(&text)).feature_importance.unwrap();
        let entries: Vec<serde_json::Value> = serde_json::from_str(&importance).unwrap();
        let sizes: Vec<f64> = entries.iter().map(|e| e["value"].as_f64().unwrap().abs()).collect();
        let mut all: Vec<f64> = values.iter().map(|v| v.abs()).collect();
        all.sort_by(|a, b| b.total_cmp(a));
        all.truncate(10);
        // serde_json's reading may be off by a last digit; the text it got was exact.
        prop_assert_eq!(sizes.len(), all.len());
        prop_assert!(sizes.iter().zip(&all).all(|(a, b)| (a - b).abs() < 1e-14));
    }

    /// Class probabilities that add up exactly are never refused for their rounding.
    #[test]
    fn rounding_is_forgiven(a in 0.0f64..1.0, b in 0.0f64..1.0, c in 0.0f64..1.0) {
        let mut cuts = [a, b, c];
        cuts.sort_by(f64::total_cmp);
        let p = [cuts[0], cuts[1] - cuts[0], cuts[2] - cuts[1], 1.0 - cuts[2]];
        prop_assert!(Record::of(&with_classes(Some(p[0]), Some(p[1]), Some(p[2]), Some(p[3]))).is_ok());
    }
}
