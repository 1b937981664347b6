//! LightGBM's text documents (`Booster.save_model('model.txt')`, `model_to_string()`), version v3 and v4 of the form.
//!
//! What is read: boosting gbdt, dart (its weights are in the leaves), rf (outputs averaged) and goss; all objectives but
//! user-made ones; categorical splits. Refused: linear trees.
//!
//! Precision. Everything is a double: `x <= threshold`, leaves added in the order of the trees. Margins are equal to the bit.
//!
//! Missing values, by split: type none takes NaN as 0; type zero sends values within 1e-35 of 0, and NaN, to the default
//! side; type NaN sends NaN there.
//!
//! The library itself gives raw scores and contributions of a random forest as sums over the trees; here they are averages, as its
//! predictions are, so that they still add up to the margin that goes into the link.

use std::collections::HashMap;
use std::fmt::Display;
use std::str::FromStr;

use super::error::{ModelError, shown};
use super::forest::{CategorySet, DEFAULT_LEFT, Forest, Source, Sum, Test, ZERO_IS_MISSING};
use super::limits::{MAX_CATEGORIES, MAX_NODES, MAX_TREES, shape, within};
use super::link::Link;
use super::{Format, Model, check_names};

/// The `key=value` lines up to an empty line or the next section.
struct Section<'a> {
    /// `header`, `Tree=7`.
    name: String,
    values: HashMap<&'a str, &'a str>,
}

impl<'a> Section<'a> {
    fn place(&self, key: &str) -> String {
        format!("{}, {key}", self.name)
    }

    fn get(&self, key: &str) -> Result<&'a str, ModelError> {
        match self.values.get(key) {
            Some(value) => Ok(value),
            None => Err(ModelError::malformed(self.place(key), "missing")),
        }
    }

    fn number<T: FromStr>(&self, key: &str) -> Result<T, ModelError> {
        let text = self.get(key)?;
        text.trim()
            .parse()
            .map_err(|_| self.wrong(key, format!("expected a count, found {}", shown(text))))
    }

    /// A list of exactly `length` numbers.
    fn list<T: FromStr>(&self, key: &str, length: usize) -> Result<Vec<T>, ModelError> {
        let text = self.get(key)?;
        let mut list = Vec::with_capacity(length.min(text.len()));
        for (i, word) in text.split_ascii_whitespace().enumerate() {
            if i == length {
                return Err(self.wrong(key, format!("more than {length} elements")));
            }
            match word.parse() {
                Ok(value) => list.push(value),
                Err(_) => {
                    return Err(self.wrong(
                        &format!("{key}[{i}]"),
                        format!("expected a number, found {}", shown(word)),
                    ));
                }
            }
        }
        if list.len() < length {
            return Err(self.wrong(key, format!("{} elements, expected {length}", list.len())));
        }
        Ok(list)
    }

    fn wrong(&self, key: &str, reason: impl Display) -> ModelError {
        ModelError::malformed(self.place(key), reason.to_string())
    }

    /// The sets of categories of a tree: words of 32 bits each.
    fn sets(&self) -> Result<Vec<Box<[u32]>>, ModelError> {
        let sets: usize = self.number("num_cat")?;
        if sets == 0 {
            return Ok(Vec::new());
        }
        within("tree nodes", MAX_NODES, sets)?;
        let boundaries: Vec<usize> = self.list("cat_boundaries", sets + 1)?;
        let length = boundaries[sets];
        within("categories", MAX_CATEGORIES, length)?;
        let words: Vec<u32> = self.list("cat_threshold", length)?;
        let set = |i: usize| match words.get(boundaries[i]..boundaries[i + 1]) {
            Some(words) => Ok(words.into()),
            None => Err(self.wrong(&format!("cat_boundaries[{i}]"), "the boundaries are in no order")),
        };
        (0..sets).map(set).collect()
    }
}

/// Reads a document.
pub(super) fn parse(document: &str) -> Result<Model, ModelError> {
    let mut lines = document.lines();
    if lines.next().map(str::trim_end) != Some("tree") {
        return Err(ModelError::malformed(
            "line 1",
            "expected \"tree\": this is no text of LightGBM",
        ));
    }
    let mut section = Section {
        name: String::from("header"),
        values: HashMap::new(),
    };
    let mut reading = None;
    let mut whole = false;
    for line in lines {
        let line = line.trim_end();
        let next = line.starts_with("Tree=");
        if next || line == "end of trees" {
            let done = std::mem::replace(
                &mut section,
                Section {
                    name: line.to_owned(),
                    values: HashMap::new(),
                },
            );
            match &mut reading {
                None => reading = Some(Reading::new(&done)?),
                Some(reading) => reading.tree(&done)?,
            }
            if !next {
                whole = true;
                break;
            }
        } else if let Some((key, value)) = line.split_once('=') {
            if section.values.insert(key, value).is_some() {
                return Err(section.wrong(&shown(key), "comes twice"));
            }
        } else if !line.is_empty() {
            section.values.insert(line, "");
        }
    }
    match reading {
        Some(reading) if whole => reading.finish(),
        _ => Err(ModelError::malformed("document", "it ends before \"end of trees\"")),
    }
}

/// A document whose header is known.
struct Reading {
    objective: String,
    link: Link,
    names: Vec<String>,
    average: bool,
    outputs: usize,
    forest: Forest,
}

impl Reading {
    fn new(header: &Section<'_>) -> Result<Self, ModelError> {
        let outputs = match header.values.contains_key("num_tree_per_iteration") {
            true => header.number("num_tree_per_iteration")?,
            false => header.number::<usize>("num_class")?,
        };
        if outputs == 0 {
            return Err(header.wrong("num_tree_per_iteration", "0"));
        }
        let last: u32 = header.number("max_feature_idx")?;
        let features = last as usize + 1;
        shape(features, outputs)?;
        let names: Vec<String> = header.list("feature_names", features)?;
        check_names("header, feature_names", &names)?;
        // A model of a user's own objective has none: its margin is all there is.
        let objective = header.values.get("objective").copied().unwrap_or("custom");
        Ok(Self {
            link: link(header, objective, outputs)?,
            objective: objective.to_owned(),
            names,
            average: header.values.contains_key("average_output"),
            outputs,
            forest: Forest::new(vec![0.0; outputs], Sum::Double),
        })
    }

    fn tree(&mut self, section: &Section<'_>) -> Result<(), ModelError> {
        within("trees", MAX_TREES, self.forest.trees.len() + 1)?;
        let sets = section.sets()?;
        if section.values.get("is_linear").is_some_and(|v| v.trim() != "0") {
            return Err(ModelError::unsupported(section.place("is_linear"), "a linear tree"));
        }
        let leaves: usize = section.number("num_leaves")?;
        if leaves == 0 {
            return Err(section.wrong("num_leaves", "0"));
        }
        within("tree nodes", MAX_NODES, leaves.saturating_mul(2) - 1)?;
        let splits = leaves - 1;
        let leaf_value: Vec<f64> = section.list("leaf_value", leaves)?;
        let output = (self.forest.trees.len() % self.outputs) as u32;
        let place = section.name.as_str();
        if splits == 0 {
            let value = leaf_value[0];
            return self
                .forest
                .push(place, output, 1, |_| Ok(Source::Leaf { value, cover: 1.0 }));
        }
        // Without counts the model still scores, but has no contributions: covers of 0 say so.
        let counts = |key: &str, n: usize| match section.values.contains_key(key) {
            true => section.list::<f64>(key, n),
            false => Ok(vec![0.0; n]),
        };
        let leaf_count = counts("leaf_count", leaves)?;
        let internal_count = counts("internal_count", splits)?;
        let left: Vec<i64> = section.list("left_child", splits)?;
        let right: Vec<i64> = section.list("right_child", splits)?;
        let feature: Vec<u32> = section.list("split_feature", splits)?;
        let threshold: Vec<f64> = section.list("threshold", splits)?;
        let decision: Vec<u8> = section.list("decision_type", splits)?;
        let features = self.names.len();
        // Splits are 0, 1, ...; leaves are -1, -2, ... in the document and follow the splits here.
        let child = |key: &str, i: usize, index: i64| {
            let place = if index >= 0 { index as u64 } else { (!index) as u64 };
            let most = if index >= 0 { splits } else { leaves } as u64;
            if place >= most {
                return Err(section.wrong(&format!("{key}[{i}]"), format!("there is no node {index}")));
            }
            Ok(if index >= 0 {
                place as usize
            } else {
                splits + place as usize
            })
        };
        self.forest.push(place, output, splits + leaves, |i| {
            if let Some(leaf) = i.checked_sub(splits) {
                return Ok(Source::Leaf {
                    value: leaf_value[leaf],
                    cover: leaf_count[leaf],
                });
            }
            let flags = match decision[i] {
                // A missing category goes right whatever the rest of the type says.
                d if d & 1 != 0 => 0,
                // Which way a zero goes is known here.
                0 | 2 if 0.0 <= threshold[i] => DEFAULT_LEFT,
                0 | 2 => 0,
                4 => ZERO_IS_MISSING,
                6 => ZERO_IS_MISSING | DEFAULT_LEFT,
                8 => 0,
                10 => DEFAULT_LEFT,
                other => {
                    return Err(section.wrong(&format!("decision_type[{i}]"), format!("there is no type {other}")));
                }
            };
            if feature[i] as usize >= features {
                let reason = format!("feature {} is not among the {features}", feature[i]);
                return Err(section.wrong(&format!("split_feature[{i}]"), reason));
            }
            let test = match decision[i] & 1 {
                0 => Test::Threshold(threshold[i]),
                // The number of a set takes the threshold's place.
                _ => match sets.get(threshold[i] as usize) {
                    Some(words) if threshold[i] >= 0.0 => Test::Categories(CategorySet::Bits(words.clone())),
                    _ => {
                        return Err(section.wrong(&format!("threshold[{i}]"), "a categorical split without categories"));
                    }
                },
            };
            Ok(Source::Split {
                feature: feature[i],
                flags,
                test,
                cover: internal_count[i],
                left: child("left_child", i, left[i])?,
                right: child("right_child", i, right[i])?,
            })
        })
    }

    fn finish(mut self) -> Result<Model, ModelError> {
        let trees = self.forest.trees.len();
        if !trees.is_multiple_of(self.outputs) {
            let reason = format!("{trees} trees for {} outputs", self.outputs);
            return Err(ModelError::malformed("document", reason));
        }
        if self.average && trees > 0 {
            self.forest.divisor = (trees / self.outputs) as f64;
        }
        let numbered = |(i, name): (usize, &String)| name.strip_prefix("Column_") == Some(&i.to_string());
        let unnamed = self.names.iter().enumerate().all(numbered);
        let mut model = Model::of_trees(Format::Lightgbm, self.objective, self.names, self.link, self.forest);
        model.unnamed = unnamed;
        Ok(model)
    }
}

/// `binary sigmoid:1`, `multiclass num_class:3`, `regression sqrt`.
fn link(header: &Section<'_>, objective: &str, outputs: usize) -> Result<Link, ModelError> {
    let mut words = objective.split_ascii_whitespace();
    let name = words.next().unwrap_or("");
    let mut slope = 1.0;
    let mut sqrt = false;
    for word in words {
        match word.split_once(':') {
            Some(("sigmoid", value)) => match value.parse::<f64>() {
                Ok(value) if value.is_finite() && value > 0.0 => slope = value,
                _ => return Err(header.wrong("objective", format!("sigmoid is {}", shown(value)))),
            },
            None if word == "sqrt" => sqrt = true,
            _ => {}
        }
    }
    let (link, many) = match name {
        "binary" => (Link::Logistic { slope }, false),
        "multiclass" => (Link::Softmax, true),
        "multiclassova" => (Link::Logistic { slope }, true),
        "cross_entropy" => (Link::Logistic { slope: 1.0 }, false),
        "cross_entropy_lambda" => (Link::Softplus, false),
        "poisson" | "gamma" | "tweedie" => (Link::Exp, false),
        "regression" if sqrt => (Link::SignedSquare, false),
        "regression" | "regression_l1" | "huber" | "fair" | "quantile" | "mape" | "lambdarank" | "rank_xendcg" => {
            (Link::Identity, false)
        }
        "custom" | "none" => (Link::Identity, outputs > 1),
        _ => {
            let what = format!("the objective {}", shown(name));
            return Err(ModelError::unsupported("header, objective", what));
        }
    };
    if many == (outputs > 1) {
        Ok(link)
    } else {
        Err(header.wrong("objective", format!("{name} does not go with {outputs} outputs")))
    }
}

#[cfg(test)]
mod tests;
