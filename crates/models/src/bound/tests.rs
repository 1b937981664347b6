use super::*;
use crate::Format;

fn linear(kind: &str, outputs: usize, extra: &str) -> Model {
    let coef: Vec<String> = (0..outputs).map(|o| format!("[{}, {}]", o, 1.0 - o as f64)).collect();
    let intercept: Vec<String> = (0..outputs).map(|o| format!("{}", o as f64 / 10.0)).collect();
    let document = format!(
        r#"{{"kind": "{kind}", "feature_names": ["age", "career_ops"], "coef": [{}], "intercept": [{}] {extra}}}"#,
        coef.join(","),
        intercept.join(",")
    );
    Model::parse(Format::Linear, &document).expect("a model")
}

fn names(names: &[&str]) -> Option<Vec<String>> {
    Some(names.iter().map(|n| n.to_string()).collect())
}

#[test]
fn targets_are_derived() {
    let target = |model, classes| Bound::new(model, None, None, classes).map(|b| b.target());
    assert_eq!(target(linear("logistic", 1, ""), None), Ok(Target::Success));
    assert_eq!(target(linear("linear", 1, ""), None), Ok(Target::Value));
    assert_eq!(target(linear("linear", 4, ""), None), Ok(Target::Value));
    assert_eq!(target(linear("multinomial", 3, ""), None), Ok(Target::Value));
    let tiers = ["Failed", "Star", "Marginal", "Solid"];
    assert_eq!(target(linear("multinomial", 4, ""), names(&tiers)), Ok(Target::Tier));
    assert_eq!(
        target(linear("multinomial", 4, ""), names(&["a", "b", "c", "d"])),
        Ok(Target::Value)
    );
    let error = target(linear("multinomial", 4, ""), None).unwrap_err();
    assert!(error.message.contains("Star, Solid, Marginal and Failed"), "{error}");
    assert!(error.hint.is_some());
}

#[test]
fn what_does_not_fit_is_refused() {
    let refused = |model, target, classes| Bound::new(model, None, Some(target), classes).unwrap_err().message;
    assert!(refused(linear("linear", 1, ""), Target::Success, None).contains("not of one value"));
    assert!(refused(linear("multinomial", 3, ""), Target::Success, None).contains("3 probabilities"));
    assert!(refused(linear("logistic", 1, ""), Target::Tier, None).contains("not of one probability"));
    assert!(refused(linear("logistic", 1, ""), Target::Success, names(&["true", "false"])).contains("\"false\""));
    assert!(refused(linear("multinomial", 4, ""), Target::Tier, names(&["Star"])).contains("not 1"));
    assert!(refused(linear("multinomial", 3, ""), Target::Value, names(&["a", "b", "a"])).contains("\"a\""));
    let own = linear("logistic", 1, r#", "classes": ["out", "in"]"#);
    assert!(refused(own, Target::Success, names(&["in", "out"])).contains("contradict"));
    let isotonic = Calibration::parse(r#"{"kind": "isotonic", "x": [0, 1], "y": [0, 1]}"#).expect("calibration");
    let error = Bound::new(linear("multinomial", 4, ""), Some(isotonic.clone()), None, None).unwrap_err();
    assert!(error.message.contains("one output"), "{error}");
    let error = Bound::new(linear("linear", 1, ""), Some(isotonic), None, None).unwrap_err();
    assert!(error.message.contains("wants a probability"), "{error}");
}

#[test]
fn tiers_follow_the_order_of_the_classes() {
    let model = linear("multinomial", 4, "");
    let classes = names(&["Failed", "Star", "Marginal", "Solid"]);
    let bound = Bound::new(model, None, None, classes).expect("bound");
    let mut scorer = bound.model().scorer();
    let row = [0.3, 0.7];
    let outcome = bound.outcome(&mut scorer, &row).expect("outcome");
    let p = &outcome.predictions;
    assert_eq!(outcome.tiers, Some([p[1], p[3], p[2], p[0]]));
    assert!((outcome.success.expect("success") - (p[1] + p[2] + p[3])).abs() < 1e-15);
    let m = &outcome.margins;
    assert!((outcome.explained - ((m[1] + m[2] + m[3]) / 3.0 - m[0])).abs() < 1e-15);
    let mut phi = vec![];
    bound.contributions(&mut scorer, &row, &mut phi).expect("contributions");
    assert!((bound.base() + phi.iter().sum::<f64>() - outcome.explained).abs() < 1e-12);
    assert_eq!(bound.output_of("Star"), Some(1));
    assert_eq!(bound.output_of("1"), None);
}

#[test]
fn calibration_gives_the_success() {
    let platt = Calibration::parse(r#"{"kind": "platt", "a": -2, "b": 0.5, "on": "margin"}"#).expect("calibration");
    let bound = Bound::new(linear("linear", 1, ""), Some(platt.clone()), None, None).expect("bound");
    assert_eq!(bound.target(), Target::Success);
    let outcome = bound
        .outcome(&mut bound.model().scorer(), &[1.0, 0.25])
        .expect("outcome");
    assert_eq!(outcome.predictions, outcome.margins);
    assert_eq!(outcome.success, Some(platt.apply(outcome.margins[0])));
}

#[test]
fn features_are_found_by_name() {
    let bound = Bound::new(linear("logistic", 1, ""), None, None, None).expect("bound");
    assert_eq!(bound.places(&["career_ops", "hits_cv", "age"]), Ok(vec![2, 0]));
    let error = bound.places(&["career_ops", "hits_cv", "agee"]).unwrap_err();
    assert!(error.message.contains("\"age\""));
    assert!(error.hint.expect("hint").contains("agee"));
}
