//! XGBoost's JSON documents (`Booster.save_model('model.json')`), versions 1.6 to 3.x.
//!
//! What is read: boosters gbtree and dart, categorical splits among them; binary:logistic, reg:logistic, multi:softprob, multi:softmax (taken as softprob: all
//! probabilities), and the regressions with an identity or exponential link. Refused: gblinear, trees with a
//! vector in each leaf (multi_output_tree), several targets, survival and hinge objectives.
//!
//! Precision. XGBoost holds values, thresholds and leaves as floats, compares floats with `<` and adds floats in the order
//! of the trees, from the base score. The margin here repeats that step by step and is equal to the bit; the link is
//! computed in doubles, which differs from the library's float by its rounding, 6e-8 of a probability. Contributions are
//! computed in doubles and differ from the library's by the library's own rounding (some 1e-6 of the margin).
//!
//! The library's own dialect of JSON has the bare words NaN and Infinity ([`super::dialect`]): before 3.0 a categorical split
//! has the threshold NaN, and so has a tree with a vector in each leaf.
//!
//! base_score is the prediction where nothing is known, so for the logistic and exponential objectives it goes through the
//! inverse of the link. Documents of 3.1 and later hold an array in that string, one for each class.

use serde::Deserialize;
use std::collections::HashMap;

use super::dialect::{Single, standard};
use super::error::{ModelError, shown};
use super::forest::{CategorySet, DEFAULT_LEFT, Forest, Source, Sum, Test};
use super::limits::{MAX_TREES, shape, within};
use super::link::Link;
use super::{Format, Model, check_names};

#[derive(Deserialize)]
struct Document {
    learner: Learner,
    #[serde(default)]
    version: Vec<u32>,
}

#[derive(Deserialize)]
struct Learner {
    #[serde(default)]
    feature_names: Vec<String>,
    gradient_booster: Booster,
    learner_model_param: ModelParam,
    objective: Objective,
    #[serde(default)]
    attributes: Attributes,
}

/// Notes of the library beside the model.
#[derive(Default, Deserialize)]
struct Attributes {
    best_iteration: Option<String>,
    /// The arguments of the scikit-learn class, as JSON; of versions before 2.0.
    scikit_learn: Option<String>,
}

#[derive(Deserialize)]
struct ScikitLearn {
    missing: Option<Single>,
}

#[derive(Deserialize)]
struct Objective {
    name: String,
}

#[derive(Deserialize)]
struct ModelParam {
    base_score: String,
    #[serde(default)]
    num_class: Option<String>,
    num_feature: String,
    #[serde(default)]
    num_target: Option<String>,
}

/// gbtree has `model`, dart has `gbtree` and `weight_drop`; gblinear's `model` has none of these fields.
#[derive(Deserialize)]
struct Booster {
    name: String,
    model: Option<Trees>,
    gbtree: Option<TreeBooster>,
    weight_drop: Option<Vec<f32>>,
}

#[derive(Deserialize)]
struct TreeBooster {
    model: Trees,
}

#[derive(Deserialize)]
struct Trees {
    tree_info: Option<Vec<i32>>,
    trees: Option<Vec<Tree>>,
    /// Where each round of boosting begins; since 2.0.
    #[serde(default)]
    iteration_indptr: Vec<i32>,
    #[serde(default)]
    gbtree_model_param: RoundParam,
}

#[derive(Default, Deserialize)]
struct RoundParam {
    /// Trees of a round and class: more than one in boosted random forests.
    num_parallel_tree: Option<String>,
}

#[derive(Deserialize)]
struct Tree {
    left_children: Vec<i32>,
    right_children: Vec<i32>,
    split_indices: Vec<i32>,
    split_conditions: Vec<Single>,
    default_left: Vec<Flag>,
    sum_hessian: Vec<Single>,
    #[serde(default)]
    split_type: Vec<u8>,
    /// The nodes with a categorical split, where their categories begin in `categories`, and how many they are.
    #[serde(default)]
    categories_nodes: Vec<u32>,
    #[serde(default)]
    categories_segments: Vec<u64>,
    #[serde(default)]
    categories_sizes: Vec<u64>,
    #[serde(default)]
    categories: Vec<i64>,
    tree_param: TreeParam,
}

#[derive(Deserialize)]
struct TreeParam {
    num_nodes: String,
    #[serde(default)]
    size_leaf_vector: Option<String>,
}

/// Written as 0 and 1, and as false and true by versions before 1.6.
#[derive(Clone, Copy, Deserialize)]
#[serde(untagged)]
enum Flag {
    Number(u8),
    Truth(bool),
}

impl Flag {
    fn is_set(self) -> bool {
        matches!(self, Self::Truth(true) | Self::Number(1..))
    }
}

const BOOSTER: &str = "learner.gradient_booster";
const PARAM: &str = "learner.learner_model_param";

/// Reads a document.
pub(super) fn parse(document: &str) -> Result<Model, ModelError> {
    let document = &*standard(document);
    // Keeping track of the path costs time, so that is done only when it is needed.
    let Document { learner, version } = match serde_json::from_str::<Document>(document) {
        Ok(document) => document,
        Err(error) => return Err(located(document, &error)),
    };
    let objective = learner.objective.name;
    let (link, start) = link(&objective, version.as_slice() >= &[3, 2])?;
    let param = learner.learner_model_param;
    let features = count(&format!("{PARAM}.num_feature"), &param.num_feature)?;
    let classes = match &param.num_class {
        Some(text) => count(&format!("{PARAM}.num_class"), text)?,
        None => 0,
    };
    if let Some(text) = &param.num_target {
        let place = format!("{PARAM}.num_target");
        if count(&place, text)? > 1 {
            return Err(ModelError::unsupported(place, "a model of several targets"));
        }
    }
    let outputs = match (link, classes) {
        (Link::Softmax, 2..) => classes,
        (Link::Softmax, _) => {
            let reason = format!("{objective} needs at least 2 classes, there are {classes}");
            return Err(ModelError::malformed(format!("{PARAM}.num_class"), reason));
        }
        (_, 0 | 1) => 1,
        _ => {
            let reason = format!("{objective} has one output, but there are {classes} classes");
            return Err(ModelError::malformed(format!("{PARAM}.num_class"), reason));
        }
    };
    shape(features, outputs)?;
    let unnamed = learner.feature_names.is_empty();
    let names = names(learner.feature_names, features)?;
    let missing = learner.attributes.scikit_learn.as_deref().and_then(missing);
    let start = base_score(&param.base_score, outputs, start)?;
    let Boosted {
        place,
        trees,
        info,
        weights,
        rounds,
    } = booster(learner.gradient_booster, outputs)?;
    let best = learner
        .attributes
        .best_iteration
        .and_then(|best| best.parse::<usize>().ok());
    let mut forest = Forest::new(start, Sum::Single);
    for (i, tree) in trees.iter().enumerate() {
        let output = match info.get(i).map(|&output| usize::try_from(output)) {
            Some(Ok(output)) if output < outputs => output as u32,
            _ => {
                let reason = format!("expected an output, 0 to {}", outputs - 1);
                return Err(ModelError::malformed(format!("{place}.tree_info[{i}]"), reason));
            }
        };
        let weight = weights.as_ref().and_then(|w| w.get(i)).copied().unwrap_or(1.0);
        push(
            &mut forest,
            &format!("{place}.trees[{i}]"),
            tree,
            output,
            features,
            weight,
        )?;
    }
    let mut model = Model::of_trees(Format::Xgboost, objective, names, link, forest);
    model.best_round = best.filter(|best| best.saturating_add(1) < rounds);
    model.unnamed = unnamed;
    if let Some(missing) = missing {
        model.set_missing(missing)?;
    }
    Ok(model)
}

/// What the scikit-learn class took for missing, where it was not NaN.
fn missing(scikit_learn: &str) -> Option<f64> {
    let arguments: ScikitLearn = serde_json::from_str(&standard(scikit_learn)).ok()?;
    let missing = f64::from(arguments.missing?.0);
    missing.is_finite().then_some(missing)
}

fn located(document: &str, error: &serde_json::Error) -> ModelError {
    let mut reader = serde_json::Deserializer::from_str(document);
    match serde_path_to_error::deserialize::<_, Document>(&mut reader) {
        Err(error) => ModelError::malformed(error.path().to_string(), error.inner().to_string()),
        // What follows the document.
        Ok(_) => ModelError::malformed("document", error.to_string()),
    }
}

/// From the prediction where nothing is known to the margin.
type ToMargin = fn(f32) -> Option<f32>;

fn link(objective: &str, bounded: bool) -> Result<(Link, ToMargin), ModelError> {
    // Since 3.2 the probability is bounded, so that labels all of one kind have a margin.
    let logit: ToMargin = match bounded {
        true => |p| {
            (0.0..=1.0)
                .contains(&p)
                .then(|| -(1.0 / p.clamp(1e-6, 1.0 - 1e-6) - 1.0).ln())
        },
        false => |p| (p > 0.0 && p < 1.0).then(|| -(1.0 / p - 1.0).ln()),
    };
    let log: ToMargin = |x| (x > 0.0).then(|| x.ln());
    Ok(match objective {
        "binary:logistic" | "reg:logistic" => (Link::Logistic { slope: 1.0 }, logit),
        "multi:softprob" | "multi:softmax" => (Link::Softmax, Some),
        "reg:gamma" | "reg:tweedie" | "count:poisson" => (Link::Exp, log),
        "reg:squarederror"
        | "reg:linear"
        | "reg:squaredlogerror"
        | "reg:pseudohubererror"
        | "reg:absoluteerror"
        | "reg:quantileerror"
        | "binary:logitraw"
        | "rank:pairwise"
        | "rank:ndcg"
        | "rank:map" => (Link::Identity, Some),
        _ => {
            let what = format!("the objective {}", shown(objective));
            return Err(ModelError::unsupported("learner.objective.name", what));
        }
    })
}

fn count(place: &str, text: &str) -> Result<usize, ModelError> {
    match text.parse::<u32>() {
        Ok(n) => Ok(n as usize),
        Err(_) => Err(ModelError::malformed(
            place,
            format!("expected a count, found {}", shown(text)),
        )),
    }
}

/// The features have numbers only when the library was given no names: then they get the names of its own dumps.
fn names(names: Vec<String>, features: usize) -> Result<Vec<String>, ModelError> {
    const PLACE: &str = "learner.feature_names";
    if names.is_empty() {
        return Ok((0..features).map(|i| format!("f{i}")).collect());
    }
    if names.len() != features {
        let reason = format!("{} names for {features} features", names.len());
        return Err(ModelError::malformed(PLACE, reason));
    }
    check_names(PLACE, &names)?;
    Ok(names)
}

fn base_score(text: &str, outputs: usize, to_margin: ToMargin) -> Result<Vec<f64>, ModelError> {
    let wrong = || {
        let reason = format!(
            "expected 1 or {outputs} numbers the objective allows, found {}",
            shown(text)
        );
        ModelError::malformed(format!("{PARAM}.base_score"), reason)
    };
    let inner = text.trim();
    let inner = inner
        .strip_prefix('[')
        .and_then(|t| t.strip_suffix(']'))
        .unwrap_or(inner);
    let mut scores = Vec::new();
    for number in inner.split(',') {
        let score: f32 = number.trim().parse().map_err(|_| wrong())?;
        let margin = to_margin(score).filter(|m| m.is_finite()).ok_or_else(wrong)?;
        scores.push(f64::from(margin));
        if scores.len() > outputs {
            return Err(wrong());
        }
    }
    if let [one] = scores[..] {
        scores.resize(outputs, one);
    }
    if scores.len() == outputs {
        Ok(scores)
    } else {
        Err(wrong())
    }
}

/// The trees as they stand in one of the boosters.
struct Boosted {
    place: String,
    trees: Vec<Tree>,
    info: Vec<i32>,
    weights: Option<Vec<f32>>,
    rounds: usize,
}

fn booster(booster: Booster, outputs: usize) -> Result<Boosted, ModelError> {
    let (at, model, weights) = match booster.name.as_str() {
        "gbtree" => ("model", booster.model, None),
        "dart" => {
            let Some(weights) = booster.weight_drop else {
                return Err(ModelError::malformed(
                    format!("{BOOSTER}.weight_drop"),
                    "dart needs the weights of its trees",
                ));
            };
            ("gbtree.model", booster.gbtree.map(|b| b.model), Some(weights))
        }
        other => {
            let what = format!("the booster {}", shown(other));
            return Err(ModelError::unsupported(format!("{BOOSTER}.name"), what));
        }
    };
    let place = format!("{BOOSTER}.{at}");
    let missing = |what: &str| ModelError::malformed(format!("{place}.{what}"), "missing");
    let model = model.ok_or_else(|| missing("trees"))?;
    let trees = model.trees.ok_or_else(|| missing("trees"))?;
    let info = model.tree_info.ok_or_else(|| missing("tree_info"))?;
    within("trees", MAX_TREES, trees.len())?;
    let lengths = [
        ("tree_info", Some(info.len())),
        ("weight_drop", weights.as_ref().map(Vec::len)),
    ];
    for (what, length) in lengths {
        if length.is_some_and(|n| n != trees.len()) {
            let reason = format!("{} elements for {} trees", length.unwrap_or(0), trees.len());
            return Err(ModelError::malformed(format!("{place}.{what}"), reason));
        }
    }
    if let Some(i) = weights.iter().flatten().position(|w| !w.is_finite()) {
        return Err(ModelError::malformed(
            format!("{BOOSTER}.weight_drop[{i}]"),
            "not finite",
        ));
    }
    // Before 2.0 the document does not say where a round begins: each has so many trees for every output.
    let parallel = model.gbtree_model_param.num_parallel_tree.and_then(|n| n.parse().ok());
    let a_round = outputs.saturating_mul(parallel.unwrap_or(1).max(1));
    let rounds = model.iteration_indptr.len().checked_sub(1);
    Ok(Boosted {
        rounds: rounds.unwrap_or(trees.len() / a_round),
        place,
        trees,
        info,
        weights,
    })
}

fn push(
    forest: &mut Forest,
    place: &str,
    tree: &Tree,
    output: u32,
    features: usize,
    weight: f32,
) -> Result<(), ModelError> {
    if let Some(text) = &tree.tree_param.size_leaf_vector {
        let place = format!("{place}.tree_param.size_leaf_vector");
        if count(&place, text)? > 1 {
            return Err(ModelError::unsupported(
                place,
                "a vector in each leaf (multi_output_tree)",
            ));
        }
    }
    let size = count(&format!("{place}.tree_param.num_nodes"), &tree.tree_param.num_nodes)?;
    let lengths = [
        ("left_children", tree.left_children.len()),
        ("right_children", tree.right_children.len()),
        ("split_indices", tree.split_indices.len()),
        ("split_conditions", tree.split_conditions.len()),
        ("default_left", tree.default_left.len()),
        ("sum_hessian", tree.sum_hessian.len()),
        // Not there before 1.5.
        (
            "split_type",
            if tree.split_type.is_empty() {
                size
            } else {
                tree.split_type.len()
            },
        ),
    ];
    if let Some((name, length)) = lengths.iter().find(|(_, length)| *length != size) {
        let reason = format!("{length} elements for {size} nodes");
        return Err(ModelError::malformed(format!("{place}.{name}"), reason));
    }
    let wrong = |name: &str, i: usize, reason: String| ModelError::malformed(format!("{place}.{name}[{i}]"), reason);
    let mut sets = sets(place, tree, size)?;
    forest.push(place, output, size, |i| {
        let (value, cover) = (tree.split_conditions[i].0, f64::from(tree.sum_hessian[i].0));
        if tree.left_children[i] == -1 {
            return Ok(Source::Leaf {
                value: f64::from(value * weight),
                cover,
            });
        }
        let child = |name: &str, index: i32| {
            usize::try_from(index)
                .ok()
                .filter(|&c| c < size)
                .ok_or_else(|| wrong(name, i, format!("child {index} is not among the {size} nodes")))
        };
        let feature = match usize::try_from(tree.split_indices[i]) {
            Ok(feature) if feature < features => feature as u32,
            _ => {
                let reason = format!("feature {} is not among the {features}", tree.split_indices[i]);
                return Err(wrong("split_indices", i, reason));
            }
        };
        let test = match tree.split_type.get(i) {
            None | Some(0) if value.is_finite() =>
            // x < t of floats as x <= the float before t.
            {
                Test::Threshold(f64::from(value.next_down()))
            }
            None | Some(0) => return Err(wrong("split_conditions", i, format!("the threshold is {value}"))),
            Some(1) => match sets.remove(&i) {
                Some(set) => Test::Categories(set),
                None => {
                    return Err(wrong(
                        "split_type",
                        i,
                        String::from("a categorical split without categories"),
                    ));
                }
            },
            Some(other) => return Err(wrong("split_type", i, format!("there is no type {other}"))),
        };
        Ok(Source::Split {
            feature,
            flags: if tree.default_left[i].is_set() { DEFAULT_LEFT } else { 0 },
            test,
            cover,
            left: child("left_children", tree.left_children[i])?,
            right: child("right_children", tree.right_children[i])?,
        })
    })
}

/// The categories of the splits that have some, by node.
fn sets(place: &str, tree: &Tree, size: usize) -> Result<HashMap<usize, CategorySet>, ModelError> {
    let wrong =
        |name: &str, i: usize, reason: String| Err(ModelError::malformed(format!("{place}.{name}[{i}]"), reason));
    let nodes = tree.categories_nodes.len();
    for (name, length) in [
        ("categories_segments", tree.categories_segments.len()),
        ("categories_sizes", tree.categories_sizes.len()),
    ] {
        if length != nodes {
            let reason = format!("{length} elements for {nodes} nodes with categories");
            return Err(ModelError::malformed(format!("{place}.{name}"), reason));
        }
    }
    let mut sets = HashMap::with_capacity(nodes);
    // Segments may not overlap, or a small document would make many large sets.
    let mut taken = 0;
    for (i, node) in tree.categories_nodes.iter().enumerate() {
        let (begin, length) = (tree.categories_segments[i], tree.categories_sizes[i]);
        let end = begin.saturating_add(length);
        if begin < taken || end > tree.categories.len() as u64 {
            return wrong(
                "categories_segments",
                i,
                format!("categories {begin} to {end} are not there"),
            );
        }
        taken = end;
        let mut list = Vec::with_capacity(length as usize);
        for at in begin as usize..end as usize {
            match u32::try_from(tree.categories[at]) {
                Ok(category) => list.push(category),
                Err(_) => {
                    return wrong(
                        "categories",
                        at,
                        format!("there is no category {}", tree.categories[at]),
                    );
                }
            }
        }
        list.sort_unstable();
        if *node as usize >= size || sets.insert(*node as usize, CategorySet::Listed(list.into())).is_some() {
            return wrong(
                "categories_nodes",
                i,
                format!("node {node} is not there, or comes twice"),
            );
        }
    }
    Ok(sets)
}

#[cfg(test)]
mod tests;
