//! What the replies of the MLB Stats API share: references, game types, and the walk through `stats[].splits[]`.

use super::{Path, Place, Rejects, ShapeError, numbered};
use crate::api::fields::{GameNumber, GamePk, Innings, Season};
use crate::innings::outs_or_innings;
use dynasty_intake::lenient::{Count, Date, Flag, Id, Label, Name, PersonName};
use dynasty_intake::node::kind;
use dynasty_intake::node::{Kind, Node, array_at};
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
    #[serde(deserialize_with = "dynasty_intake::lenient::object")]
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
    #[serde(deserialize_with = "dynasty_intake::lenient::object")]
    pub team: Option<Ref>,
    /// The other club.
    #[serde(deserialize_with = "dynasty_intake::lenient::object")]
    pub opponent: Option<Ref>,
    /// Which leagues' game it was.
    #[serde(deserialize_with = "dynasty_intake::lenient::object")]
    pub league: Option<Ref>,
    /// See [`crate::levels::level_from_sport`].
    #[serde(deserialize_with = "dynasty_intake::lenient::object")]
    pub sport: Option<Ref>,
    /// The game.
    #[serde(deserialize_with = "dynasty_intake::lenient::object")]
    pub game: Option<GameRef>,
    /// The player, when the reply is about several.
    #[serde(deserialize_with = "dynasty_intake::lenient::object")]
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
///
/// All of the API's own list (`/api/v1/gameTypes`): S spring training, R regular season, F wild card, D division series, L league
/// championship, W world series, C championship, N nineteenth-century series, P playoffs, A all-star, I intrasquad, E exhibition.
pub fn game_type(letter: Option<&str>) -> Result<Option<&'static str>, String> {
    match letter {
        None => Ok(None),
        Some("R") => Ok(Some("Regular")),
        Some("F" | "D" | "L" | "W" | "C" | "N" | "P") => Ok(Some("Playoffs")),
        Some("S" | "E" | "I") => Ok(Some("Spring")),
        Some("A") => Ok(Some("All-Star")),
        Some(other) => Err(format!(
            "gameType: {:?} is not known",
            dynasty_intake::lenient::shown(other)
        )),
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
    /// The person it stands under in a `/people` reply, without his statistics.
    pub person: Option<&'a Value>,
    /// The split.
    pub split: &'a Value,
}

/// What is done with a split: it becomes rows, or one of the rejects.
type Visitor<'v> = dyn FnMut(Visit<'_>, &mut Rejects) + 'v;

/// Walks every split of a reply: `{"stats": […]}` or `{"people": [{"stats": […]}]}`. Groups other than hitting and pitching and
/// types the caller does not want are passed over; a broken element on the way is a reject.
pub fn walk<N: Node>(
    payload: &N,
    wanted: &[&str],
    rejects: &mut Rejects,
    visit: &mut Visitor<'_>,
) -> Result<(), ShapeError> {
    const EXPECTED: &str =
        "a Stats API reply (an object with an array \"stats\", or an array \"people\" of such objects)";
    if payload.kind() != Kind::Object {
        return Err(ShapeError::new(EXPECTED, payload.kind().to_string()));
    }
    let mut walker = Walker { wanted, index: 0 };
    let is_array = |node: &Option<N>| node.as_ref().is_some_and(|node| node.kind() == Kind::Array);
    let (stats, people) = (payload.get("stats"), payload.get("people"));
    if !is_array(&stats) && (is_array(&people) || stats.is_none() && people.is_some()) {
        array_at(payload, "people", EXPECTED)?.each_element(&mut |i, person| {
            walker.person(numbered(i), &person, rejects, visit);
        });
    } else {
        walker.groups(
            &array_at(payload, "stats", EXPECTED)?,
            &Owner::default(),
            rejects,
            visit,
        );
    }
    Ok(())
}

/// Whose groups are walked, in a `/people` reply.
#[derive(Default)]
struct Owner {
    number: Option<u32>,
    person: Option<Value>,
}

struct Walker<'w> {
    wanted: &'w [&'w str],
    index: usize,
}

impl Walker<'_> {
    /// The place of the next element.
    fn next(&mut self, path: Path) -> Place {
        let index = self.index;
        self.index += 1;
        Place { index, path }
    }

    fn person<N: Node>(&mut self, number: u32, person: &N, rejects: &mut Rejects, visit: &mut Visitor<'_>) {
        let reason = match person.get("stats").map(|stats| (stats.kind(), stats)) {
            Some((Kind::Array, groups)) => match person.value_without("stats") {
                Ok(value) => {
                    let owner = Owner {
                        number: Some(number),
                        person: Some(value),
                    };
                    return self.groups(&groups, &owner, rejects, visit);
                }
                Err(reason) => reason,
            },
            Some((other, _)) => format!("stats is {other}, not an array"),
            // A hydrated reply leaves "stats" out for a player without any.
            None if person.kind() == Kind::Object => return,
            None => format!("a person must be an object, this is {}", person.kind()),
        };
        rejects.push(self.next(Path::Person(number)).reject(None, reason));
    }

    fn groups<N: Node>(&mut self, groups: &N, owner: &Owner, rejects: &mut Rejects, visit: &mut Visitor<'_>) {
        groups.each_element(&mut |g, group| {
            let path = Path::Group {
                person: owner.number,
                group: numbered(g),
            };
            if group.kind() != Kind::Object {
                let reason = format!("a group must be an object, this is {}", group.kind());
                return rejects.push(self.next(path).reject(None, reason));
            }
            let splits = match group.get("splits").map(|splits| (splits.kind(), splits)) {
                Some((Kind::Array, splits)) => splits,
                None | Some((Kind::Null, _)) => return,
                Some((other, _)) => {
                    let reason = format!("splits is {other}, not an array");
                    return rejects.push(self.next(path).reject(None, reason));
                }
            };
            match group.pick(&["group", "type"]) {
                Ok(group) => self.splits(&splits, &group, numbered(g), owner, rejects, visit),
                Err(reason) => rejects.push(self.next(path).reject(None, reason)),
            }
        });
    }

    fn splits<N: Node>(
        &mut self,
        splits: &N,
        group: &Value,
        number: u32,
        owner: &Owner,
        rejects: &mut Rejects,
        visit: &mut Visitor<'_>,
    ) {
        splits.each_element(&mut |s, node| {
            let place = self.next(Path::Split {
                person: owner.number,
                group: number,
                split: numbered(s),
            });
            let split = node.value();
            let kind = match &split {
                Ok(split) => self.kind_of(group, split),
                Err(reason) => Err(reason.clone()),
            };
            match (kind, &split) {
                (Err(reason), _) => rejects.push(place.reject(None, reason)),
                (Ok(Some((stat_type, group))), Ok(split)) => visit(
                    Visit {
                        place,
                        stat_type,
                        group,
                        person: owner.person.as_ref(),
                        split,
                    },
                    rejects,
                ),
                (Ok(_), _) => {}
            }
        });
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
