//! One walk over a prospect's games, in their order: everything the features need of them.

use super::game::GameLog;
use super::scratch::Scratch;
use super::sequences::{ArmSeries, BatSeries};
use super::sums::{ArmSums, BatSums};
use dynasty_numbers::days::{day, year_and_month};

/// The rows of one season at one level.
#[derive(Clone, Debug)]
pub struct Stint {
    /// The season.
    pub season: i32,
    /// The ordinal of the level.
    pub level: u8,
    /// `N(s,l)`: rows, whatever he did in them.
    pub games: i64,
    /// The batting rows.
    pub bat: BatSums,
    /// The pitching rows.
    pub arm: ArmSums,
}

/// The ends of the career and what lies between.
#[derive(Clone, Debug, Default)]
pub struct Path {
    /// Day and level of the first game.
    pub first: Option<(i32, u8)>,
    /// Day and level of the last game.
    pub last: Option<(i32, u8)>,
    /// Day of the first game at AA or above.
    pub first_aa: Option<i32>,
    /// Day of the first game at AAA.
    pub first_aaa: Option<i32>,
    /// Steps up from one game to the next.
    pub promotions: i64,
    /// Steps down.
    pub demotions: i64,
    /// Games by ordinal of the level.
    pub games_at: [i64; 7],
}

/// A prospect's games as of a year.
#[derive(Clone, Debug, Default)]
pub struct Played {
    /// How many rows.
    pub games: i64,
    /// By season, then level.
    pub stints: Vec<Stint>,
    /// The career.
    pub path: Path,
    /// Batting rows by calendar month (months since year 0).
    pub bat_months: Vec<(i32, BatSums)>,
    /// Pitching rows by calendar month.
    pub arm_months: Vec<(i32, ArmSums)>,
    /// Batting rows away and at home.
    pub bat_home: [BatSums; 2],
    /// Pitching rows away and at home.
    pub arm_home: [ArmSums; 2],
    /// The last 30 batting rows.
    pub last30: BatSums,
    /// The last 10 pitching rows.
    pub last10: ArmSums,
    /// Batting rows of the last season: how many, and the sums of the two halves.
    pub bat_halves: (usize, [BatSums; 2]),
    /// The same of pitching rows.
    pub arm_halves: (usize, [ArmSums; 2]),
    /// Sequences of batting rows.
    pub bat_series: BatSeries,
    /// Sequences of pitching rows.
    pub arm_series: ArmSeries,
}

/// Whether a row may count as of a year (1.7): of a season that has begun by then, and not dated after its own season.
pub fn is_in_time(season: i32, date: i32, year: i32) -> bool {
    season <= year && date <= day(season, 12, 31)
}

/// Puts rows into the game order; they mostly are in it.
pub fn sort(games: &mut [GameLog]) {
    if !games.is_sorted_by_key(GameLog::order) {
        games.sort_unstable_by_key(GameLog::order);
    }
}

impl Played {
    /// Walks over rows in the game order, all of them counted (1.8) and in time.
    pub fn walk(games: &[GameLog], scratch: &mut Scratch) -> Played {
        let mut played = Played {
            games: games.len() as i64,
            ..Played::default()
        };
        scratch.batted.clear();
        scratch.pitched.clear();
        let mut calendar = Calendar::default();
        for (i, game) in games.iter().enumerate() {
            played.path.step(game);
            let month = calendar.month_of(game.date);
            let stint = stint_of(&mut played.stints, game);
            stint.games += 1;
            if let Some(pa) = game.pa().filter(|pa| *pa > 0) {
                stint.bat.add_game(game, pa);
                latest(&mut played.bat_months, month).add_game(game, pa);
                if let Some(home) = game.home {
                    played.bat_home[usize::from(home)].add_game(game, pa);
                }
                scratch.batted.push((i as u32, pa));
            }
            if game.pitched() {
                stint.arm.add_game(game);
                latest(&mut played.arm_months, month).add_game(game);
                if let Some(home) = game.home {
                    played.arm_home[usize::from(home)].add_game(game);
                }
                scratch.pitched.push(i as u32);
            }
        }
        played.stints.sort_unstable_by_key(|s| (s.season, s.level));
        played.recent_batting(games, scratch);
        played.recent_pitching(games, scratch);
        played.bat_series = BatSeries::of(games, scratch, played.last_season_at_bat());
        played.arm_series = ArmSeries::of(games, scratch);
        played
    }

    /// The stints alone, in any order: what the norms need.
    pub fn stints(games: &[GameLog]) -> Vec<Stint> {
        let mut stints = vec![];
        for game in games {
            let stint = stint_of(&mut stints, game);
            stint.games += 1;
            if let Some(pa) = game.pa().filter(|pa| *pa > 0) {
                stint.bat.add_game(game, pa);
            }
            if game.pitched() {
                stint.arm.add_game(game);
            }
        }
        stints
    }

    /// The latest season with a batting row.
    pub fn last_season_at_bat(&self) -> Option<i32> {
        self.stints.iter().filter(|s| s.bat.rows() > 0).map(|s| s.season).max()
    }

    /// The latest season with a pitching row.
    pub fn last_season_on_the_mound(&self) -> Option<i32> {
        self.stints.iter().filter(|s| s.arm.rows() > 0).map(|s| s.season).max()
    }

    /// The batting sums of some stints.
    pub fn bat_of(&self, of: impl Fn(&Stint) -> bool) -> BatSums {
        let mut sums = BatSums::default();
        self.stints.iter().filter(|s| of(s)).for_each(|s| sums.merge(&s.bat));
        sums
    }

    /// The pitching sums of some stints.
    pub fn arm_of(&self, of: impl Fn(&Stint) -> bool) -> ArmSums {
        let mut sums = ArmSums::default();
        self.stints.iter().filter(|s| of(s)).for_each(|s| sums.merge(&s.arm));
        sums
    }

    fn recent_batting(&mut self, games: &[GameLog], scratch: &Scratch) {
        let rows = &scratch.batted;
        for (at, pa) in &rows[rows.len().saturating_sub(30)..] {
            self.last30.add_game(&games[*at as usize], *pa);
        }
        let Some(season) = self.last_season_at_bat() else {
            return;
        };
        let of_season = || rows.iter().filter(|(at, _)| games[*at as usize].season == season);
        let n = of_season().count();
        self.bat_halves.0 = n;
        for (i, (at, pa)) in of_season().enumerate() {
            self.bat_halves.1[usize::from(i >= n / 2)].add_game(&games[*at as usize], *pa);
        }
    }

    fn recent_pitching(&mut self, games: &[GameLog], scratch: &Scratch) {
        let rows = &scratch.pitched;
        for at in &rows[rows.len().saturating_sub(10)..] {
            self.last10.add_game(&games[*at as usize]);
        }
        let Some(season) = self.last_season_on_the_mound() else {
            return;
        };
        let of_season = || rows.iter().filter(|at| games[**at as usize].season == season);
        let n = of_season().count();
        self.arm_halves.0 = n;
        for (i, at) in of_season().enumerate() {
            self.arm_halves.1[usize::from(i >= n / 2)].add_game(&games[*at as usize]);
        }
    }
}

impl Path {
    fn step(&mut self, game: &GameLog) {
        let here = (game.date, game.level);
        match self.last {
            None => self.first = Some(here),
            Some((_, level)) => {
                self.promotions += i64::from(level < game.level);
                self.demotions += i64::from(level > game.level);
            }
        }
        self.last = Some(here);
        if game.level >= 5 {
            self.first_aa.get_or_insert(game.date);
        }
        if game.level >= 6 {
            self.first_aaa.get_or_insert(game.date);
        }
        self.games_at[usize::from(game.level.min(6))] += 1;
    }
}

/// The stint of a game. Games of one stint mostly follow each other.
fn stint_of<'a>(stints: &'a mut Vec<Stint>, game: &GameLog) -> &'a mut Stint {
    let at = stints
        .iter()
        .rposition(|s| s.season == game.season && s.level == game.level)
        .unwrap_or_else(|| {
            stints.push(Stint {
                season: game.season,
                level: game.level,
                games: 0,
                bat: BatSums::default(),
                arm: ArmSums::default(),
            });
            stints.len() - 1
        });
    &mut stints[at]
}

/// The sums of a month. In the game order months never go back.
fn latest<T: Default>(months: &mut Vec<(i32, T)>, month: i32) -> &mut T {
    if months.last().is_none_or(|(m, _)| *m != month) {
        months.push((month, T::default()));
    }
    let at = months.len() - 1;
    &mut months[at].1
}

/// Months of days; days mostly lie in the month of the day before.
#[derive(Default)]
struct Calendar {
    days: std::ops::Range<i32>,
    month: i32,
}

impl Calendar {
    fn month_of(&mut self, date: i32) -> i32 {
        if !self.days.contains(&date) {
            let (year, month) = year_and_month(date);
            let end = if month == 12 {
                day(year + 1, 1, 1)
            } else {
                day(year, month + 1, 1)
            };
            self.days = day(year, month, 1)..end;
            self.month = 12 * year + i32::from(month);
        }
        self.month
    }
}
