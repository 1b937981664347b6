//! All features of a subject at once.

use super::advanced::Advanced;
use super::catalogue::{Feature, catalogue};
use super::game::GameLog;
use super::norms::Norms;
use super::person::Person;
use super::played::Played;
use super::scouting::Scouting;
use super::scratch::Scratch;
use super::subject::{MajorsToDate, Subject};
use std::sync::LazyLock;

/// The values of set `v1.0`, in the order of the ordinals.
pub fn vector(subject: &Subject<'_>) -> Vec<Option<f64>> {
    catalogue().iter().map(|feature| feature.value(subject)).collect()
}

/// Whether a feature can be told from somebody's games and his position alone: it reads no other table, no other column
/// of `prospects` and no norm, and is not built on a feature that does.
fn is_from_games(feature: &Feature) -> bool {
    if feature.formula.contains("NORM") {
        return false;
    }
    let from_games = |source: &str| match source.strip_prefix("features: ") {
        Some(names) => names
            .split(", ")
            .all(|name| catalogue().iter().any(|f| f.name == name && is_from_games(f))),
        None => source.starts_with("milb_game_logs.") || source == "prospects.position",
    };
    feature.sources.split("; ").all(from_games)
}

static FROM_GAMES: LazyLock<Vec<bool>> = LazyLock::new(|| catalogue().iter().map(is_from_games).collect());

/// By ordinal less one: whether the feature can be told from the games and the position alone.
pub fn from_games() -> &'static [bool] {
    &FROM_GAMES
}

/// The values of set `v1.0` that can be told from the games and the position; the others are NULL.
pub fn games_vector(year: i32, position: &str, games: &[GameLog], scratch: &mut Scratch) -> Vec<Option<f64>> {
    let person = Person {
        position: position.into(),
        ..Person::default()
    };
    let played = Played::walk(games, scratch);
    let (scouting, advanced) = (Scouting::as_of(&[], year), Advanced::as_of(&[], year, &played));
    let norms = Norms::default();
    let majors = MajorsToDate::default();
    let subject = Subject::new(year, &person, &played, scouting, advanced, majors, &norms);
    let pairs = catalogue().iter().zip(from_games());
    pairs
        .map(|(feature, told)| told.then(|| feature.value(&subject)).flatten())
        .collect()
}
