//! Games under construction: one row per player and game, whatever number of lines the payload has of it.
//!
//! A batting and a pitching line complete each other. Two batting (or pitching) lines are two lines: a player who was traded
//! while a game was suspended has one with each club, and a game may be listed once for each of its days. They are added up; the
//! same line once more is not; and of two lines that cannot both be right the second is rejected.

use super::GameLogRow;
use crate::api::{Item, Place, Player, Rejects, numbered};
use dynasty_intake::lenient::shown;
use dynasty_intake::packed::Packed;
use dynasty_intake::row::Row;
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, RandomState};

/// A key in little room: two hashes whose seeds are this process' own, 128 bits that nobody can make collide.
type Hashed = (u64, u64);

/// Rows under construction, one per player and game.
#[derive(Default)]
pub(crate) struct Games {
    items: Vec<Item<Packed<GameLogRow>>>,
    /// Rows of which no line says the number of the game: they stand with 1, which must not undo what another line says.
    unnumbered: HashSet<usize>,
    /// Rows of players whose position nothing has said, and the one that their lines show.
    shown: HashMap<usize, &'static str>,
    /// By player and gamePk.
    by_pk: HashMap<Hashed, u32>,
    /// By player, date, number, level and club: a game is the same with gamePk and without. Whether it had a gamePk when it was
    /// put there: it will not lose it.
    by_date: HashMap<Hashed, (u32, bool)>,
    /// A key while it is hashed.
    key: Vec<u8>,
    /// The lines of the rows that are sums.
    lines: HashMap<usize, Vec<Packed<GameLogRow>>>,
    hashers: (RandomState, RandomState),
}

impl Games {
    /// The rows; a player of no stated position has the one his lines show.
    pub(crate) fn finish(mut self) -> Vec<Item<Packed<GameLogRow>>> {
        for (at, position) in self.shown {
            if let Some(item) = self.items.get_mut(at) {
                item.player.position = item.player.position.or(Some(position));
            }
        }
        self.items
    }

    pub(crate) fn add(&mut self, place: Place, player: Player, mut row: GameLogRow, rejects: &mut Rejects) {
        let pk = row.game_pk.map(|pk| self.hashed(player.mlb_id, &[], &pk.to_ne_bytes()));
        let texts = [&row.game_date, &row.level, &row.team].map(Option::as_deref);
        let date = self.hashed(player.mlb_id, &texts, &row.game_number.unwrap_or(1).to_ne_bytes());
        let known = pk.and_then(|pk| self.by_pk.get(&pk)).map(|at| *at as usize);
        let at = known.or_else(|| self.same_day(date, &row));
        let Some((at, item)) = at.and_then(|at| self.items.get_mut(at).map(|item| (at, item))) else {
            let at = self.items.len();
            if let Some(pk) = pk {
                self.by_pk.insert(pk, numbered(at));
            }
            self.by_date.insert(date, (numbered(at), row.game_pk.is_some()));
            if player.position.is_none() {
                self.shown.insert(at, shown_by(&row));
            }
            if row.game_number.is_none() {
                row.game_number = Some(1);
                self.unnumbered.insert(at);
            }
            self.items.push(Item {
                place,
                player,
                row: Packed::of(&row),
                lines: 1,
            });
            return;
        };
        let lines = self.lines.remove(&at).unwrap_or_else(|| {
            let mut line = item.row.clone();
            if self.unnumbered.contains(&at) {
                line.change(|row| row.game_number = None);
            }
            vec![line]
        });
        match joined(lines, row) {
            Ok((mut row, lines)) => {
                if let Some(position) = self.shown.get_mut(&at) {
                    *position = shown_by(&row);
                }
                if row.game_number.is_some() {
                    self.unnumbered.remove(&at);
                }
                row.game_number = row.game_number.or(Some(1));
                item.row = Packed::of(&row);
                item.lines = numbered(lines.len());
                if lines.len() > 1 {
                    self.lines.insert(at, lines);
                }
                item.player.name = item.player.name.take().or(player.name);
                item.player.position = item.player.position.or(player.position);
                if let Some(pk) = pk {
                    self.by_pk.insert(pk, numbered(at));
                }
                self.by_date
                    .entry(date)
                    .or_insert((numbered(at), row.game_pk.is_some()));
            }
            Err((lines, reason)) => {
                if lines.len() > 1 {
                    self.lines.insert(at, lines);
                }
                rejects.push(place.reject(player.mlb_id, reason));
            }
        }
    }

    /// The game of that date, number, level and club, unless gamePk says that it is another one.
    fn same_day(&self, date: Hashed, row: &GameLogRow) -> Option<usize> {
        let &(at, has_pk) = self.by_date.get(&date)?;
        if has_pk && row.game_pk.is_some() {
            return None;
        }
        let other = self.items.get(at as usize)?.row.row().game_pk;
        (row.game_pk.is_none() || other.is_none()).then_some(at as usize)
    }

    /// Of one run of bytes, in which no two keys are the same: every text has its length before it.
    fn hashed(&mut self, player: Option<i32>, texts: &[Option<&str>], number: &[u8]) -> Hashed {
        let key = &mut self.key;
        key.clear();
        key.push(player.is_some().into());
        key.extend(player.unwrap_or(0).to_ne_bytes());
        for text in texts {
            key.extend(text.map_or(u64::MAX, |text| text.len() as u64).to_ne_bytes());
            key.extend(text.unwrap_or_default().as_bytes());
        }
        key.extend(number);
        (self.hashers.0.hash_one(&*key), self.hashers.1.hash_one(&*key))
    }
}

/// The position that lines show.
fn shown_by(row: &GameLogRow) -> &'static str {
    let pitched = row.outs_pitched.is_some() || row.batters_faced.is_some();
    let batted = row.plate_appearances.or(row.at_bats).is_some_and(|n| n > 0);
    if pitched && !batted { "P" } else { "IF" }
}

type Lines = Vec<Packed<GameLogRow>>;

/// The row of a game's lines and one more of it, with the lines as they are then; or why the one more is left out.
fn joined(mut lines: Lines, row: GameLogRow) -> Result<(GameLogRow, Lines), (Lines, String)> {
    for known in &mut lines {
        let mut known_row = known.row();
        let same_counts = counts(&known_row).contradiction(&counts(&row)).is_none();
        let overlap = known_row.batted() && row.batted() || known_row.pitched() && row.pitched();
        // A line that is here already, or a half of one.
        let halves = !overlap && !differ(&known_row.team, &row.team);
        if same_counts && !other_club(&known_row, &row) || halves {
            let days = (known_row.game_date.clone(), row.game_date.clone());
            known_row.merge(row);
            known_row.game_date = earlier(days);
            *known = Packed::of(&known_row);
            return Ok(sum(lines));
        }
    }
    let overlap = |known: &GameLogRow| known.batted() && row.batted() || known.pitched() && row.pitched();
    let is_apart = |known: &GameLogRow| other_club(known, &row) || differ(&known.game_date, &row.game_date);
    let clash = lines
        .iter()
        .map(Packed::row)
        .find(|known| overlap(known) && !is_apart(known));
    if let Some(known) = clash {
        let column = counts(&known).contradiction(&counts(&row)).unwrap_or("line");
        let club = known
            .team
            .as_deref()
            .map_or_else(String::new, |team| format!(" for {}", shown(team)));
        let hint = if known.game_pk.is_none() || row.game_pk.is_none() {
            " (two games of a day are told apart by gamePk or game.gameNumber)"
        } else {
            ""
        };
        return Err((
            lines,
            format!(
                "another line of this game{club} stands before it and says another {column}: this one is left out{hint}"
            ),
        ));
    }
    let added = Packed::of(&row);
    let mut more = lines.clone();
    more.push(added);
    match in_range(&more) {
        true => Ok(sum(more)),
        false => Err((
            lines,
            "the sum with his other line of this game is out of range".to_string(),
        )),
    }
}

fn differ<T: PartialEq>(a: &Option<T>, b: &Option<T>) -> bool {
    matches!((a, b), (Some(a), Some(b)) if a != b)
}

/// Whether two lines are for two clubs.
fn other_club(a: &GameLogRow, b: &GameLogRow) -> bool {
    differ(&a.team, &b.team) || differ(&a.is_home, &b.is_home)
}

fn earlier(days: (Option<String>, Option<String>)) -> Option<String> {
    match days {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

/// A line without what says which game it is of: the rest are its counts.
fn counts(row: &GameLogRow) -> GameLogRow {
    GameLogRow {
        game_date: None,
        season: None,
        game_type: None,
        team: None,
        opponent: None,
        is_home: None,
        level: None,
        game_pk: None,
        game_number: None,
        // Rates may be season to date.
        batting_avg: None,
        on_base_pct: None,
        slugging_pct: None,
        ops: None,
        babip: None,
        ..row.clone()
    }
}

/// Calls `$with!` with the counts that are added up, batting and pitching.
macro_rules! summed {
    ($with:ident) => {
        $with! {
            batted: plate_appearances at_bats runs hits doubles triples home_runs rbi walks intentional_walks strikeouts
                stolen_bases caught_stealing hit_by_pitch sacrifice_flies sacrifice_hits ground_outs air_outs fly_outs
                ground_into_double_play pitches_seen left_on_base;
            pitched: outs_pitched batters_faced hits_allowed runs_allowed earned_runs home_runs_allowed walks_allowed
                intentional_walks_allowed strikeouts_pitched hit_batsmen wild_pitches pitches_thrown strikes_thrown
                ground_outs_pitched air_outs_pitched wins losses saves holds;
        }
    };
}

fn in_range(lines: &[Packed<GameLogRow>]) -> bool {
    let rows: Vec<GameLogRow> = lines.iter().map(Packed::row).collect();
    let mut fits = true;
    macro_rules! check {
        ($($group:ident: $($field:ident)*;)*) => {
            $($(fits &= rows.iter().filter_map(|row| row.$field).try_fold(0_i32, i32::checked_add).is_some();)*)*
        };
    }
    summed!(check);
    fits
}

/// The row of the lines of one game. One line is the row; of several the counts are added up, a count that one of them lacks is not
/// known, and he has been at home and away.
fn sum(lines: Lines) -> (GameLogRow, Lines) {
    let rows: Vec<GameLogRow> = lines.iter().map(Packed::row).collect();
    let Some((first, others)) = rows.split_first() else {
        return (GameLogRow::default(), lines);
    };
    let mut total = first.clone();
    if others.is_empty() {
        return (total, lines);
    }
    for row in others {
        let (team, opponent) = (both(&total.team, &row.team), both(&total.opponent, &row.opponent));
        let is_home = if differ(&total.is_home, &row.is_home) {
            None
        } else {
            total.is_home.or(row.is_home)
        };
        let day = earlier((total.game_date.take(), row.game_date.clone()));
        let started = total.games_started.max(row.games_started);
        total.merge(row.clone());
        total.game_date = day;
        total.team = team;
        total.opponent = opponent;
        total.is_home = is_home;
        total.games_started = started;
    }
    macro_rules! add {
        ($($group:ident: $($field:ident)*;)*) => {
            $($(total.$field = rows
                .iter()
                .filter(|row| row.$group())
                .try_fold(None, |sum: Option<i32>, row| Some(Some(sum.unwrap_or(0).checked_add(row.$field?)?)))
                .flatten();)*)*
        };
    }
    summed!(add);
    if rows.iter().filter(|row| row.batted()).count() > 1 {
        total.batting_avg = None;
        total.on_base_pct = None;
        total.slugging_pct = None;
        total.ops = None;
        total.babip = None;
    }
    (total, lines)
}

/// Two clubs' names as one; as long as the column is.
fn both(a: &Option<String>, b: &Option<String>) -> Option<String> {
    match (a, b) {
        (Some(a), Some(b)) if !a.split(" / ").any(|part| part == b) => {
            Some(format!("{a} / {b}").chars().take(100).collect())
        }
        (a, b) => a.clone().or_else(|| b.clone()),
    }
}
