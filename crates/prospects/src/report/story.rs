//! What speaks for a prospect and what against him, from the largest contributions of a prediction.

use super::peers::{Peers, Standing};
use super::phrases::{Good, Phrase, Show, phrase_of};
use crate::features::catalogue::{Category, catalogue, ordinal_of};

/// At most this many strengths, and concerns.
pub const MOST: usize = 5;
/// A contribution below this part of all of them is not worth a word.
const NOTEWORTHY: f64 = 0.01;
/// This share of his peers is worse than he is, or better: with less he is like them, which is neither a strength nor a concern.
const CLEARLY: f64 = 0.6;

/// A feature of a prediction, in words.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The sentence, with how he stands among his peers.
    pub sentence: Option<String>,
    /// How he stands.
    pub standing: Option<Standing>,
}

/// A prospect's value of a feature of `v1.0` in words.
pub fn reading(peers: &Peers<'_>, row: &[f64], feature: &str) -> Reading {
    let (Some(phrase), Some(ordinal)) = (phrase_of(feature), ordinal_of(feature)) else {
        return Reading {
            sentence: None,
            standing: None,
        };
    };
    let standing = match phrase.show {
        Show::Flag => None,
        _ => peers.standing(row, ordinal - 1, phrase.good),
    };
    let sentence = row
        .get(ordinal - 1)
        .and_then(|value| match (phrase.show, &standing) {
            (Show::Standing, Some(standing)) => phrase.among_peers(verdict(standing)?),
            _ => phrase.of(*value),
        })
        .map(|sentence| match &standing {
            Some(standing) if phrase.compares() => format!("{sentence}, {}", compared(phrase, standing)),
            _ => sentence,
        });
    Reading { sentence, standing }
}

/// `better than 83 % of AA hitters`. Shares are rounded down: nobody is better than all when one is as good.
fn compared(phrase: &Phrase, standing: &Standing) -> String {
    let fewer = if phrase.show == Show::Whole { "fewer" } else { "less" };
    let (good, bad) = match phrase.good {
        Good::Few if phrase.topic == "climb" => ("faster", "slower"),
        Good::Low if phrase.topic == "draft" => ("earlier", "later"),
        Good::Young => ("younger", "older"),
        Good::Many => ("more", fewer),
        Good::Few => (fewer, "more"),
        _ => ("better", "worse"),
    };
    // Who has no value is not among them.
    let scouted = ordinal_of(phrase.feature).is_some_and(|o| catalogue()[o - 1].category == Category::Scouting);
    let which = match phrase.topic {
        "draft" | "draft age" => "drafted ",
        _ if scouted => "ranked ",
        _ => "",
    };
    let group = format!("{which}{}", standing.group.name());
    let than = |word: &str, share: f64| match (share * 100.0 + 1e-9).floor() {
        100.0.. => format!("{word} than all other {group}"),
        percent => format!("{word} than {percent} % of {group}"),
    };
    if standing.worse >= 0.5 {
        than(good, standing.worse)
    } else if standing.better >= 0.5 {
        than(bad, standing.better)
    } else {
        format!("like most {group}")
    }
}

/// Whether he stands well or badly; `None` in the middle.
fn verdict(standing: &Standing) -> Option<bool> {
    if standing.worse >= CLEARLY {
        Some(true)
    } else {
        (standing.better >= CLEARLY).then_some(false)
    }
}

/// Whether the value is good: by its standing, else by its sign where that says it. Where both speak they must agree: an ERA over that
/// of his levels is no strength, even where most have a worse one.
fn is_good(phrase: &Phrase, value: f64, standing: Option<&Standing>) -> Option<bool> {
    let by_sign = (value > 0.0) == matches!(phrase.good, Good::High | Good::Many);
    match (phrase.good, standing) {
        (Good::Fact, _) => None,
        (_, Some(s)) => verdict(s).filter(|good| *good == by_sign || !phrase.is_judged_by_sign()),
        (_, None) if phrase.is_signed() || phrase.show == Show::Flag => Some(by_sign),
        _ => None,
    }
}

/// What speaks for him and against him.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Balance {
    /// Sentences, what counts most first.
    pub strengths: Vec<String>,
    /// The same against him.
    pub concerns: Vec<String>,
}

/// The balance of a prediction. `contributions` go with `features`, names of which those of `v1.0` are put into words.
///
/// A strength is a good value that raised the prediction, a concern a bad value that lowered it: what a model makes of a value
/// against all sense is not told as a strength.
pub fn balance(peers: &Peers<'_>, row: &[f64], features: &[String], contributions: &[f64]) -> Balance {
    let total: f64 = contributions.iter().map(|c| c.abs()).sum();
    let mut order: Vec<usize> = (0..features.len().min(contributions.len()))
        .filter(|&i| contributions[i].abs() >= NOTEWORTHY * total && contributions[i] != 0.0)
        .collect();
    order.sort_by(|&a, &b| {
        contributions[b]
            .abs()
            .total_cmp(&contributions[a].abs())
            .then(a.cmp(&b))
    });
    let mut balance = Balance::default();
    let mut topics: Vec<&str> = vec![];
    for i in order {
        let (Some(phrase), Some(ordinal)) = (phrase_of(&features[i]), ordinal_of(&features[i])) else {
            continue;
        };
        let raises = contributions[i] > 0.0;
        let list = if raises {
            &mut balance.strengths
        } else {
            &mut balance.concerns
        };
        let value = row.get(ordinal - 1).copied().unwrap_or(f64::NAN);
        let category = catalogue()[ordinal - 1].category;
        let told = match category {
            Category::Scouting if value.is_nan() && of(row, "ranking_sources") == 0.0 => {
                Some(("rankings", "Is on no scouting list"))
            }
            Category::MilbPerformance | Category::MilbProgression | Category::MilbConsistency
                if of(row, "games_total") == 0.0 && !has_lines(row) =>
            {
                Some(("no games", "Has not played a minor-league game yet"))
            }
            _ => None,
        };
        if let Some((topic, sentence)) = told
            && !raises
            && !topics.contains(&topic)
            && list.len() < MOST
        {
            topics.push(topic);
            list.push(sentence.into());
        }
        // Who is in the majors is not away from the minors.
        let away = ["absence", "missed seasons"].contains(&phrase.topic) && of(row, "reached_mlb_by_as_of") > 0.0;
        if value.is_nan() || told.is_some() || away {
            continue;
        }
        if list.len() >= MOST || topics.contains(&phrase.topic) {
            continue;
        }
        let reading = reading(peers, row, phrase.feature);
        let fits = match is_good(phrase, value, reading.standing.as_ref()) {
            Some(good) => good == raises,
            None => {
                phrase.good == Good::Fact && phrase.show == Show::Flag
                    || reading.standing.is_none() && phrase.good != Good::Fact
            }
        };
        if let (true, Some(sentence)) = (fits, reading.sentence) {
            topics.push(phrase.topic);
            list.push(sentence);
        }
    }
    balance
}

/// Whether lines of seasons say that he has played, though no game is stored.
fn has_lines(row: &[f64]) -> bool {
    ["adv_woba", "adv_wrc_plus", "adv_wraa_total"]
        .iter()
        .any(|feature| of(row, feature).is_finite())
}

/// His value of a feature.
fn of(row: &[f64], feature: &str) -> f64 {
    row.get(super::matrix::place(feature)).copied().unwrap_or(f64::NAN)
}

/// Who a prediction is about, and what it says.
#[derive(Clone, Debug, Default)]
pub struct Card<'a> {
    /// His name.
    pub name: &'a str,
    /// His listed position.
    pub position: &'a str,
    /// His vector of `v1.0`.
    pub row: &'a [f64],
    /// The year.
    pub year: i32,
    /// The probability of success.
    pub success: Option<f64>,
    /// What the model says when nothing is known.
    pub unknown: Option<f64>,
    /// The likeliest tier and its probability.
    pub tier: Option<(&'a str, f64)>,
    /// What else it predicts.
    pub value: Option<f64>,
    /// `Mike Smith (2016, AA, Solid)`, if anybody is really like him.
    pub nearest: Option<&'a str>,
}

fn percent(p: f64) -> String {
    match p * 100.0 {
        p if p > 0.0 && p < 0.5 => "less than 1 %".into(),
        p if (99.5..100.0).contains(&p) => "more than 99 %".into(),
        p => format!("{p:.0} %"),
    }
}

/// `a 72 % chance`.
fn chance(p: f64) -> String {
    let percent = percent(p);
    match percent
        .strip_prefix("less than ")
        .map(|p| ("less", p))
        .or(percent.strip_prefix("more than ").map(|p| ("more", p)))
    {
        Some((which, percent)) => format!("{which} than a {percent} chance"),
        None => {
            let an = percent.starts_with('8') || percent.starts_with("11 ") || percent.starts_with("18 ");
            format!("{} {percent} chance", if an { "an" } else { "a" })
        }
    }
}

/// A prediction as a paragraph.
pub fn narrative(card: &Card<'_>, balance: &Balance) -> String {
    let value = |feature: &str| {
        card.row
            .get(super::matrix::place(feature))
            .copied()
            .filter(|v| v.is_finite())
    };
    let mut who = vec![card.position.to_string()];
    if let Some(age) = value("age") {
        who.push(format!("{age:.1} years old"));
    }
    if let Some(level) = value("last_level") {
        who.push(match Show::Level.text(level).as_str() {
            "Complex" => "last in a complex league".into(),
            "Rookie" => "last in a rookie league".into(),
            level => format!("last at {level}"),
        });
    }
    who.retain(|part| !part.is_empty());
    let mut text = card.name.to_string();
    if !who.is_empty() {
        text += &format!(" ({})", who.join(", "));
    }
    match (card.success, card.value) {
        (Some(p), _) => {
            text += &format!(" has {} to succeed in the majors after {}.", chance(p), card.year);
        }
        (None, Some(v)) => text += &format!(" is predicted at {v:.3} after {}.", card.year),
        (None, None) => text += &format!(" as of {}.", card.year),
    }
    if let Some(p) = card.unknown {
        text += &format!(
            " The model begins at {} for a prospect it knows nothing about.",
            percent(p)
        );
    }
    if let Some((tier, p)) = card.tier {
        text += &format!(" Likeliest outcome: {tier} ({}).", percent(p));
    }
    for (what, list) in [("For him", &balance.strengths), ("Against him", &balance.concerns)] {
        if !list.is_empty() {
            let parts: Vec<String> = list.iter().take(3).map(|s| lower_first(s)).collect();
            text += &format!(" {what}: {}.", parts.join("; "));
        }
    }
    if let Some(nearest) = card.nearest {
        text += &format!(" Most like {nearest}.");
    }
    text
}

fn lower_first(sentence: &str) -> String {
    let mut chars = sentence.chars();
    match chars.next() {
        Some(first) => first.to_lowercase().chain(chars).collect(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests;
