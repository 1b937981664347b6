//! Documents of another kind than the one that was named: which one it is, and which is wanted.

use super::Format;
use super::error::ModelError;

/// Documents that people have, and what they are to do with each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Known {
    Ours(Format),
    /// What it is, and what to take instead.
    Other(&'static str, &'static str),
}

const XGBOOST: &str = "Take the file of Booster.save_model('model.json').";
const LIGHTGBM: &str = "Take the text of Booster.save_model('model.txt') or model_to_string().";
const TRAIN_AGAIN: &str = "Models of XGBoost, LightGBM and scikit-learn's linear models can be registered.";

/// The error, or a better one where the document is plainly of another kind.
pub(super) fn named(wanted: Format, document: &str, error: ModelError) -> ModelError {
    if !matches!(error, ModelError::Malformed { .. }) {
        return error;
    }
    match recognized(document) {
        Some(Known::Ours(format)) if format != wanted => ModelError::Foreign {
            found: words(format),
            wanted: words(wanted),
            hint: kind(format),
        },
        Some(Known::Other(found, hint)) => ModelError::Foreign {
            found,
            wanted: words(wanted),
            hint,
        },
        _ => error,
    }
}

fn words(format: Format) -> &'static str {
    match format {
        Format::Xgboost => "the JSON of XGBoost's Booster.save_model()",
        Format::Lightgbm => "the text of LightGBM's Booster.save_model()",
        Format::Linear => "the JSON of a linear model",
    }
}

fn kind(format: Format) -> &'static str {
    match format {
        Format::Xgboost => "Register it as kind 'xgboost'.",
        Format::Lightgbm => "Register it as kind 'lightgbm'.",
        Format::Linear => "Register it as kind 'linear'.",
    }
}

/// What the document is, by marks that no other kind has. (By the whole of it: keys come in any order.)
fn recognized(document: &str) -> Option<Known> {
    let start = document.trim_start_matches('\u{feff}').trim_start();
    let has = |mark: &str| start.contains(mark);
    Some(match start.as_bytes().first()? {
        b'{' if has("\"oblivious_trees\"") => Known::Other("CatBoost's JSON", TRAIN_AGAIN),
        b'{' if has("\"tree_structure\"") => Known::Other("the JSON of LightGBM's dump_model()", LIGHTGBM),
        b'{' if has("\"gradient_booster\"") && has("\"tree_param\"") => Known::Ours(Format::Xgboost),
        b'{' if has("\"gradient_booster\"") && has("\"updater\"") => {
            Known::Other("XGBoost's configuration (save_config()), which has no trees", XGBOOST)
        }
        b'{' if has("\"gradient_booster\"") => Known::Ours(Format::Xgboost),
        b'{' if has("\"coef\"") && has("\"intercept\"") => Known::Ours(Format::Linear),
        b'{' if start.starts_with("{L") => Known::Other("XGBoost's binary form (UBJSON)", XGBOOST),
        b'[' if has("\"nodeid\"") => {
            Known::Other("a dump of XGBoost (get_dump()), which is not the whole model", XGBOOST)
        }
        b'b' if start.starts_with("booster[") => Known::Other(
            "a dump of XGBoost (dump_model()), which is not the whole model",
            XGBOOST,
        ),
        b'b' if start.starts_with("binf") || start.starts_with("bs64") => {
            Known::Other("XGBoost's old binary form", XGBOOST)
        }
        b'0' if start.starts_with("0:[") || start.starts_with("0:leaf") => {
            Known::Other("a dump of XGBoost (get_dump()), which is not the whole model", XGBOOST)
        }
        b't' if start.starts_with("tree\n") || start.starts_with("tree\r") => Known::Ours(Format::Lightgbm),
        b'<' if has("<PMML") => Known::Other("PMML", TRAIN_AGAIN),
        b'g' if start.starts_with("gASV") || start.starts_with("gAR") => Known::Other("a pickle in base64", XGBOOST),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Model;

    #[test]
    fn what_was_given_and_what_is_wanted() {
        let linear = r#"{"kind": "logistic", "feature_names": ["a"], "coef": [1], "intercept": 0}"#;
        for (wanted, document, found) in [
            (Format::Xgboost, "tree\nversion=v4\n", "the text of LightGBM's"),
            (
                Format::Lightgbm,
                r#"{"learner": {"gradient_booster": {"model": {}}}}"#,
                "the JSON of XGBoost's",
            ),
            (Format::Xgboost, linear, "the JSON of a linear model"),
            (Format::Xgboost, r#"[{"nodeid": 0, "leaf": 0.1}]"#, "a dump of XGBoost"),
            (Format::Xgboost, "booster[0]:\n0:leaf=0.1", "a dump of XGBoost"),
            (
                Format::Lightgbm,
                r#"{"name":"tree","tree_info":[{"tree_structure":{}}]}"#,
                "the JSON of LightGBM's dump_model()",
            ),
            (Format::Linear, "<?xml version=\"1.0\"?><PMML>", "PMML"),
        ] {
            let error = Model::parse(wanted, document).expect_err("another kind");
            let message = error.to_string();
            assert!(matches!(error, ModelError::Foreign { .. }), "{message}");
            assert!(message.contains(found) && message.contains(words(wanted)), "{message}");
        }
    }

    #[test]
    fn a_damaged_document_of_the_right_kind_keeps_its_place() {
        for (format, document) in [
            (Format::Lightgbm, "tree\nversion=v4\n"),
            (Format::Linear, r#"{"coef": [1], "intercept": "x"}"#),
        ] {
            let error = Model::parse(format, document).expect_err("damaged");
            assert!(matches!(error, ModelError::Malformed { .. }), "{error}");
        }
    }
}
