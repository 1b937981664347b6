//! Whom a prospect is compared with: those of his role, level and age who played that year.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use super::matrix::{Matrix, place};
use super::phrases::Good;
use crate::features::catalogue::{AppliesTo, catalogue};
use crate::levels::Level;

/// With fewer others the group is widened.
pub const ENOUGH: usize = 10;

/// A group of peers; what is `None` is not asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Group {
    /// Pitchers, else hitters.
    pub pitchers: bool,
    /// The level they last played at.
    pub level: Option<u8>,
    /// Their age, as a bracket.
    pub age: Option<u8>,
}

/// The brackets end at these ages, in whole years.
const BRACKETS: [i32; 5] = [18, 20, 22, 24, 26];

fn bracket(age: f64) -> Option<u8> {
    if !age.is_finite() {
        return None;
    }
    let years = age.floor() as i32;
    Some(BRACKETS.iter().take_while(|&&last| years > last).count() as u8)
}

impl Group {
    /// The group in words: `AA hitters aged 21-22`.
    pub fn name(&self) -> String {
        let role = if self.pitchers { "pitchers" } else { "hitters" };
        let level = Level::ALL
            .into_iter()
            .find(|l| Some(l.ordinal()) == self.level.map(i32::from));
        let level = match level {
            Some(Level::Complex) => "complex-league ",
            Some(Level::Rookie) => "rookie-league ",
            Some(level) => &format!("{} ", level.name()),
            None => "",
        };
        let age = match self.age.map(usize::from) {
            None => String::new(),
            Some(0) => format!(" aged up to {}", BRACKETS[0]),
            Some(n) => match BRACKETS.get(n) {
                Some(last) => format!(" aged {}-{}", BRACKETS[n - 1] + 1, last),
                None => format!(" aged {} or more", BRACKETS[BRACKETS.len() - 1] + 1),
            },
        };
        format!("{level}{role}{age}")
    }
}

/// How a value stands in a group: shares of the others, 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Standing {
    /// Who is worse: higher or lower, as the feature is good.
    pub worse: f64,
    /// Who is better.
    pub better: f64,
    /// The others with a value.
    pub others: usize,
    /// The group.
    pub group: Group,
}

/// Values in order.
type Column = Rc<Vec<f64>>;

struct Columns {
    games: usize,
    level: usize,
    age: usize,
    absence: usize,
    pitcher: usize,
    bat: usize,
    arm: usize,
}

/// Everybody of a year.
pub struct Peers<'a> {
    matrix: &'a Matrix,
    columns: Columns,
    members: HashMap<Group, Vec<u32>>,
    /// Values in order, by group and feature: made when first asked for.
    sorted: RefCell<HashMap<(Group, u16), Column>>,
}

impl<'a> Peers<'a> {
    /// Puts everybody into his groups. Who did not play in the year is nobody's peer.
    pub fn of(matrix: &'a Matrix) -> Self {
        let mut peers = Peers {
            matrix,
            columns: Columns {
                games: place("games_total"),
                level: place("last_level"),
                age: place("age"),
                absence: place("days_since_last_game"),
                pitcher: place("is_pitcher"),
                bat: place("career_pa"),
                arm: place("pitch_career_ip"),
            },
            members: HashMap::new(),
            sorted: RefCell::default(),
        };
        for at in 0..matrix.ids().len() {
            let row = matrix.row(at);
            if !peers.plays(row) {
                continue;
            }
            let roles = [
                (false, row[peers.columns.bat] > 0.0),
                (true, row[peers.columns.arm] > 0.0),
            ];
            for (pitchers, _) in roles.into_iter().filter(|(_, has)| *has) {
                for group in peers.groups(row, pitchers) {
                    peers.members.entry(group).or_default().push(at as u32);
                }
            }
        }
        peers
    }

    /// Whether he played in the year.
    fn plays(&self, row: &[f64]) -> bool {
        row[self.columns.games] > 0.0 && row[self.columns.absence] < 366.0
    }

    /// Whether a prospect is first of all a pitcher.
    pub fn is_pitcher(&self, row: &[f64]) -> bool {
        row[self.columns.pitcher] > 0.0
    }

    /// His groups, the narrowest first.
    fn groups(&self, row: &[f64], pitchers: bool) -> Vec<Group> {
        let level = row[self.columns.level];
        let level = level.is_finite().then_some(level as u8);
        let age = bracket(row[self.columns.age]);
        let group = |level, age| Group { pitchers, level, age };
        let mut groups = vec![];
        if level.is_some() && age.is_some() {
            groups.push(group(level, age));
        }
        if level.is_some() {
            groups.push(group(level, None));
        }
        groups.push(group(None, None));
        groups
    }

    fn column(&self, group: Group, feature: usize) -> Column {
        let key = (group, feature as u16);
        if let Some(column) = self.sorted.borrow().get(&key) {
            return Rc::clone(column);
        }
        let members = self.members.get(&group).map(Vec::as_slice).unwrap_or_default();
        let mut values: Vec<f64> = members
            .iter()
            .map(|&at| self.matrix.row(at as usize)[feature])
            .filter(|v| v.is_finite())
            .collect();
        values.sort_unstable_by(f64::total_cmp);
        let column = Rc::new(values);
        self.sorted.borrow_mut().insert(key, Rc::clone(&column));
        column
    }

    /// How his value of a feature stands, in the narrowest group that has enough others. Ages are compared with the whole level:
    /// among those of his age there is nothing to compare.
    pub fn standing(&self, row: &[f64], feature: usize, good: Good) -> Option<Standing> {
        let value = *row.get(feature).filter(|v| v.is_finite())?;
        let pitchers = match catalogue().get(feature)?.applies_to {
            AppliesTo::Hitter => false,
            AppliesTo::Pitcher => true,
            AppliesTo::All => self.is_pitcher(row),
        };
        for group in self.groups(row, pitchers) {
            if good == Good::Young && group.age.is_some() {
                continue;
            }
            let column = self.column(group, feature);
            let below = column.partition_point(|v| *v < value);
            let above = column.len() - column.partition_point(|v| *v <= value);
            // He is among them himself if he played.
            let others = column.len() - usize::from(self.plays(row) && below + above < column.len());
            if others < ENOUGH {
                continue;
            }
            let (below, above) = (below as f64 / others as f64, above as f64 / others as f64);
            let (worse, better) = match good {
                Good::High | Good::Many | Good::Fact => (below, above),
                Good::Low | Good::Few | Good::Young => (above, below),
            };
            return Some(Standing {
                worse,
                better,
                others,
                group,
            });
        }
        None
    }
}

#[cfg(test)]
mod tests;
