//! What the replies of the MLB Stats API share: references, game types, and the walk through `stats[].splits[]`.

use super::lenient::{Count, Date, Flag, GameNumber, GamePk, Id, Innings, Label, Name, PersonName, Season};
use super::{Place, Reject, ShapeError, kind};
use crate::innings::outs_or_innings;
use serde::Deserialize;
use serde_json::Value;

/// `{id, name}` of a team, league or sport.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ref {
    /// The API's id.
    pub id: Id,
    /// The name, in the season of the reply.
    pub name: Name,
}

/// `{id, fullName}` of a person.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Person {
    /// MLBAM person id.
    pub id: Id,
    /// Full name.
    pub full_name: PersonName,
    /// Debut in the majors, in `/people` replies.
    pub mlb_debut_date: Date,
    /// Position, in `/people` replies.
    #[serde(deserialize_with = "super::lenient::object")]
    pub primary_position: Option<Position>,
}

/// A position.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Position {
    /// `SS`, `P`, `TWP` …
    pub abbreviation: Label,
}

/// `game` of a game-log split.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct GameRef {
    /// The game's key.
    pub game_pk: GamePk,
    /// 1, or 1 and 2 in a doubleheader.
    pub game_number: GameNumber,
}

/// One split, without its `stat`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Split {
    /// Season, text or number.
    pub season: Season,
    /// Date of the game.
    pub date: Date,
    /// One letter, see [`game_type`].
    pub game_type: Label,
    /// Whether his club was the home club.
    pub is_home: Flag,
    /// His club.
    #[serde(deserialize_with = "super::lenient::object")]
    pub team: Option<Ref>,
    /// The other club.
    #[serde(deserialize_with = "super::lenient::object")]
    pub opponent: Option<Ref>,
    /// Which leagues' game it was.
    #[serde(deserialize_with = "super::lenient::object")]
    pub league: Option<Ref>,
    /// See [`crate::levels::level_from_sport`].
    #[serde(deserialize_with = "super::lenient::object")]
    pub sport: Option<Ref>,
    /// The game.
    #[serde(deserialize_with = "super::lenient::object")]
    pub game: Option<GameRef>,
    /// The player, when the reply is about several.
    #[serde(deserialize_with = "super::lenient::object")]
    pub player: Option<Person>,
    /// Where he played in the game, in hitting splits.
    pub positions_played: Option<Vec<Position>>,
    /// How many clubs a season line covers.
    pub num_teams: Count,
}

/// The pitching counts both the game log and the season line read.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
#[allow(missing_docs)] // the API's own names; api_mapping.csv says which column each one is
pub struct PitchingStat {
    pub games_played: Count,
    pub games_pitched: Count,
    pub games_started: Count,
    pub outs: Count,
    pub outs_pitched: Count,
    pub innings_pitched: Innings,
    pub batters_faced: Count,
    pub hits: Count,
    pub runs: Count,
    pub earned_runs: Count,
    pub home_runs: Count,
    pub base_on_balls: Count,
    pub intentional_walks: Count,
    pub strike_outs: Count,
    pub hit_batsmen: Count,
    pub hit_by_pitch: Count,
    pub wild_pitches: Count,
    pub number_of_pitches: Count,
    pub pitches_thrown: Count,
    pub strikes: Count,
    pub ground_outs: Count,
    pub air_outs: Count,
    pub wins: Count,
    pub losses: Count,
    pub saves: Count,
    pub holds: Count,
}

impl PitchingStat {
    /// Outs recorded: the API's count, else its innings text.
    pub fn outs(&self) -> Result<Option<i32>, String> {
        outs_or_innings(self.outs.0.or(self.outs_pitched.0), self.innings_pitched.0.as_deref())
            .map_err(|e| format!("stat.inningsPitched: {e}"))
    }

    /// Batters hit by pitch; in a pitching group both names mean the same.
    pub fn hit_batsmen(&self) -> Option<i32> {
        self.hit_batsmen.0.or(self.hit_by_pitch.0)
    }
}

/// The stored game type of the API's letter; None when the reply does not say.
pub fn game_type(letter: Option<&str>) -> Result<Option<&'static str>, String> {
    match letter {
        None => Ok(None),
        Some("R") => Ok(Some("Regular")),
        Some("F" | "D" | "L" | "W" | "P") => Ok(Some("Playoffs")),
        Some("S" | "E") => Ok(Some("Spring")),
        Some("A") => Ok(Some("All-Star")),
        Some(other) => Err(format!("gameType: {:?} is not known", super::lenient::shown(other))),
    }
}

/// The two groups that become rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Batting lines.
    Hitting,
    /// Pitching lines.
    Pitching,
}

/// A split on the walk through a reply.
pub struct Visit<'a> {
    /// Its place.
    pub place: Place,
    /// The kind of statistics, in lower case (`gamelog`, `season`).
    pub stat_type: String,
    /// Hitting or pitching.
    pub group: Group,
    /// The person it stands under in a `/people` reply.
    pub person: Option<&'a Value>,
    /// The split.
    pub split: &'a Value,
}

/// Walks every split of a reply: `{"stats": […]}` or `{"people": [{"stats": […]}]}`. Groups other than hitting and pitching and
/// types the caller does not want are passed over; a broken element on the way is a reject.
pub fn walk<'a>(
    payload: &'a Value,
    wanted: &[&str],
    rejects: &mut Vec<Reject>,
    mut visit: impl FnMut(Visit<'a>, &mut Vec<Reject>),
) -> Result<(), ShapeError> {
    const EXPECTED: &str =
        "a Stats API reply (an object with an array \"stats\", or an array \"people\" of such objects)";
    let Value::Object(top) = payload else {
        return Err(ShapeError::new(EXPECTED, kind(payload)));
    };
    let mut walker = Walker { wanted, index: 0 };
    match (top.get("stats"), top.get("people")) {
        (Some(Value::Array(groups)), _) => walker.groups(groups, "", None, rejects, &mut visit),
        (_, Some(Value::Array(people))) => {
            for (i, person) in people.iter().enumerate() {
                let path = format!("people[{i}].");
                match person.get("stats") {
                    Some(Value::Array(groups)) => walker.groups(groups, &path, Some(person), rejects, &mut visit),
                    Some(other) => walker.reject(&path, format!("stats is {}, not an array", kind(other)), rejects),
                    // A hydrated reply leaves "stats" out for a player without any.
                    None if person.is_object() => {}
                    None => walker.reject(
                        &path,
                        format!("a person must be an object, this is {}", kind(person)),
                        rejects,
                    ),
                }
            }
        }
        (Some(other), _) => return Err(ShapeError::new(EXPECTED, format!("\"stats\" that is {}", kind(other)))),
        (_, Some(other)) => return Err(ShapeError::new(EXPECTED, format!("\"people\" that is {}", kind(other)))),
        (None, None) => return Err(ShapeError::new(EXPECTED, without_stats(top))),
    }
    Ok(())
}

/// What an object without `stats` and `people` is: often the API's own error reply.
pub(crate) fn without_stats(top: &serde_json::Map<String, Value>) -> String {
    match top.get("message") {
        Some(Value::String(message)) => format!("an error reply: {:?}", super::lenient::shown(message)),
        _ if top.is_empty() => "an empty object".to_string(),
        _ => {
            let keys: Vec<String> = top
                .keys()
                .take(5)
                .map(|k| format!("{:?}", super::lenient::shown(k)))
                .collect();
            format!("an object with {}", keys.join(", "))
        }
    }
}

struct Walker<'w> {
    wanted: &'w [&'w str],
    index: usize,
}

impl Walker<'_> {
    fn reject(&mut self, path: &str, reason: String, rejects: &mut Vec<Reject>) {
        let place = Place {
            index: self.index,
            path: path.trim_end_matches('.').to_string(),
        };
        rejects.push(place.reject(None, reason));
        self.index += 1;
    }

    fn groups<'a>(
        &mut self,
        groups: &'a [Value],
        prefix: &str,
        person: Option<&'a Value>,
        rejects: &mut Vec<Reject>,
        visit: &mut impl FnMut(Visit<'a>, &mut Vec<Reject>),
    ) {
        for (g, group) in groups.iter().enumerate() {
            let path = format!("{prefix}stats[{g}]");
            if !group.is_object() {
                self.reject(
                    &path,
                    format!("a group must be an object, this is {}", kind(group)),
                    rejects,
                );
                continue;
            }
            let splits = match group.get("splits") {
                Some(Value::Array(splits)) => splits,
                None | Some(Value::Null) => continue,
                Some(other) => {
                    self.reject(&path, format!("splits is {}, not an array", kind(other)), rejects);
                    continue;
                }
            };
            for (s, split) in splits.iter().enumerate() {
                let path = format!("{path}.splits[{s}]");
                match self.kind_of(group, split) {
                    Err(reason) => self.reject(&path, reason, rejects),
                    Ok(None) => self.index += 1,
                    Ok(Some((stat_type, side))) => {
                        let place = Place {
                            index: self.index,
                            path,
                        };
                        self.index += 1;
                        visit(
                            Visit {
                                place,
                                stat_type,
                                group: side,
                                person,
                                split,
                            },
                            rejects,
                        );
                    }
                }
            }
        }
    }

    /// Type and group of a split, its own before its group's; None when it is of a kind that is passed over.
    fn kind_of(&self, group: &Value, split: &Value) -> Result<Option<(String, Group)>, String> {
        if !split.is_object() {
            return Err(format!("a split must be an object, this is {}", kind(split)));
        }
        let own = |key| name_of(split.get(key)).or_else(|| name_of(group.get(key)));
        let side = match own("group").as_deref() {
            Some("hitting") => Group::Hitting,
            Some("pitching") => Group::Pitching,
            Some(_) => return Ok(None),
            None => {
                return Err("neither the split nor its group says which group (hitting, pitching) it is".to_string());
            }
        };
        match own("type") {
            Some(t) if self.wanted.contains(&t.as_str()) => Ok(Some((t, side))),
            Some(_) => Ok(None),
            None => Err("neither the split nor its group says which type it is".to_string()),
        }
    }
}

/// `"gameLog"` or `{"displayName": "gameLog"}`, in lower case.
fn name_of(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(name) => Some(name.to_ascii_lowercase()),
        Value::Object(o) => o
            .get("displayName")
            .and_then(Value::as_str)
            .map(str::to_ascii_lowercase),
        _ => None,
    }
}
