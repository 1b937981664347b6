//! Whom a prospect resembles: the nearest of earlier years in standardised features.

use super::matrix::place;

/// What hitters are compared by.
pub const HITTER: &[&str] = &[
    "age",
    "last_level",
    "days_since_last_game",
    "reached_mlb_by_as_of",
    "age_vs_level_last_season",
    "height_inches",
    "weight_lbs",
    "positional_adjustment",
    "future_value",
    "career_pa",
    "career_avg",
    "career_bb_rate",
    "career_k_rate",
    "career_iso",
    "career_babip",
    "career_sb_attempt_rate",
    "last_season_ops",
    "last_season_k_rate",
    "last_season_bb_rate",
    "last_season_iso",
    "ops_vs_level",
    "k_rate_vs_level",
    "bb_rate_vs_level",
    "iso_vs_level",
];

/// What pitchers are compared by.
pub const PITCHER: &[&str] = &[
    "age",
    "last_level",
    "days_since_last_game",
    "reached_mlb_by_as_of",
    "age_vs_level_last_season",
    "height_inches",
    "weight_lbs",
    "throws_left",
    "future_value",
    "pitch_career_ip",
    "pitch_career_starts_share",
    "pitch_career_ip_per_game",
    "pitch_career_k_rate",
    "pitch_career_bb_rate",
    "pitch_career_hr9",
    "pitch_career_babip",
    "pitch_career_fip",
    "pitch_career_go_ao_ratio",
    "pitch_last_season_k_rate",
    "pitch_last_season_bb_rate",
    "pitch_last_season_fip",
    "pitch_fip_vs_level",
    "pitch_k_minus_bb_vs_level",
];

/// What hitters are compared by of whom there are lines of seasons and no games.
pub const BY_LINES: &[&str] = &[
    "age",
    "last_level",
    "days_since_last_game",
    "reached_mlb_by_as_of",
    "height_inches",
    "weight_lbs",
    "positional_adjustment",
    "future_value",
    "adv_wrc_plus",
    "adv_wrc_plus_last_season",
    "adv_woba",
    "adv_wraa_total",
    "adv_speed_score",
    "adv_gb_pct",
    "adv_swstr_pct",
];

/// The difference of the level is taken so many times: whoever hits like him three levels below is not like him.
const LEVEL_COUNTS: f64 = 2.0;

/// Up to this many years apart is a similar age.
pub const SIMILAR_AGE: f64 = 1.0;

/// Who is further away is not like him, even if nobody is nearer: in the mean by one standard deviation in everything.
pub const ALIKE: f64 = 1.0;

/// What a value counts that one of the two has and the other has not, squared and in standard deviations.
const ONE_MISSING: f32 = 1.0;

/// A prospect of some year in the pool.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Entry {
    /// Who.
    pub id: i32,
    /// As of when.
    pub year: i32,
}

/// Somebody near.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Near {
    /// Who, and as of when.
    pub entry: Entry,
    /// Root of the mean squared difference in standard deviations, that of the level taken twice.
    pub distance: f64,
}

/// Those who may be found, of one role.
#[derive(Debug, Default)]
struct RolePool {
    places: Vec<usize>,
    mean: Vec<f64>,
    /// 1 over the standard deviation; 0 for what is the same for all.
    rate: Vec<f64>,
    /// In the order of age.
    entries: Vec<(f64, Entry)>,
    z: Vec<f32>,
}

/// Prospects of earlier years.
#[derive(Debug)]
pub struct Pool {
    columns: [usize; 4],
    hitters: RolePool,
    pitchers: RolePool,
    /// Hitters again, by the lines of their seasons.
    by_lines: RolePool,
}

/// Collects a [`Pool`].
#[derive(Debug, Default)]
pub struct PoolBuilder {
    rows: [Vec<(f64, Entry, Vec<f64>)>; 3],
}

fn columns() -> [usize; 4] {
    [
        place("age"),
        place("is_pitcher"),
        place("career_pa"),
        place("pitch_career_ip"),
    ]
}

/// Hitters 0, pitchers 1: by position. `None` without an age or without having batted (pitched).
fn side_of(row: &[f64], [age, pitcher, pa, ip]: [usize; 4]) -> Option<usize> {
    let value = |place: usize| row.get(place).copied().unwrap_or(f64::NAN);
    let is_pitcher = value(pitcher) > 0.0;
    let played = if is_pitcher { value(ip) } else { value(pa) };
    (value(age).is_finite() && played > 0.0).then_some(usize::from(is_pitcher))
}

/// Whether he is a hitter with a line of a season, who has been somewhere.
fn has_line(row: &[f64], [age, pitcher, ..]: [usize; 4]) -> bool {
    let known = |place: usize| row.get(place).is_some_and(|v| v.is_finite());
    let hits = !row.get(pitcher).is_some_and(|v| *v > 0.0);
    hits && known(age) && known(place("last_level")) && (known(place("adv_woba")) || known(place("adv_wrc_plus")))
}

fn places(side: usize) -> Vec<usize> {
    let names = [HITTER, PITCHER, BY_LINES][side];
    names.iter().map(|name| place(name)).collect()
}

impl PoolBuilder {
    /// Adds a prospect of a year with his vector. Who has neither played nor a line of a season is left out.
    pub fn add(&mut self, entry: Entry, row: &[f64]) {
        let columns = columns();
        if let Some(side) = side_of(row, columns) {
            let values = places(side).into_iter().map(|place| row[place]).collect();
            self.rows[side].push((row[columns[0]], entry, values));
        }
        if has_line(row, columns) {
            let values = places(2).into_iter().map(|place| row[place]).collect();
            self.rows[2].push((row[columns[0]], entry, values));
        }
    }

    /// The pool.
    pub fn build(self) -> Pool {
        let [hitters, pitchers, by_lines] = self.rows;
        Pool {
            columns: columns(),
            hitters: RolePool::of(places(0), hitters),
            pitchers: RolePool::of(places(1), pitchers),
            by_lines: RolePool::of(places(2), by_lines),
        }
    }
}

impl RolePool {
    fn of(places: Vec<usize>, mut rows: Vec<(f64, Entry, Vec<f64>)>) -> RolePool {
        rows.sort_by(|a, b| {
            a.0.total_cmp(&b.0)
                .then(a.1.id.cmp(&b.1.id))
                .then(a.1.year.cmp(&b.1.year))
        });
        let mut side = RolePool {
            mean: vec![0.0; places.len()],
            rate: vec![0.0; places.len()],
            places,
            ..RolePool::default()
        };
        for column in 0..side.places.len() {
            let there = || rows.iter().map(|r| r.2[column]).filter(|v| v.is_finite());
            let n = there().count() as f64;
            if n < 2.0 {
                continue;
            }
            let mean = there().sum::<f64>() / n;
            let sd = (there().map(|v| (v - mean) * (v - mean)).sum::<f64>() / (n - 1.0)).sqrt();
            side.mean[column] = mean;
            let counts = if side.places[column] == place("last_level") {
                LEVEL_COUNTS
            } else {
                1.0
            };
            side.rate[column] = if sd > 0.0 { counts / sd } else { 0.0 };
        }
        for (age, entry, values) in rows {
            side.entries.push((age, entry));
            side.z.extend(side.standard(values.into_iter()));
        }
        side
    }

    fn standard(&self, values: impl Iterator<Item = f64>) -> Vec<f32> {
        let z = values
            .enumerate()
            .map(|(i, v)| ((v - self.mean[i]) * self.rate[i]) as f32);
        z.collect()
    }

    fn nearest(&self, who: Entry, age: f64, row: &[f64], n: usize) -> Vec<Near> {
        let own = self.standard(self.places.iter().map(|&place| row[place]));
        let width = own.len();
        let first = self.entries.partition_point(|(a, _)| *a < age - SIMILAR_AGE);
        let mut found: Vec<(f32, Entry)> = vec![];
        for (at, (theirs, entry)) in self.entries.iter().enumerate().skip(first) {
            if *theirs > age + SIMILAR_AGE {
                break;
            }
            if entry.id == who.id || entry.year > who.year {
                continue;
            }
            let most = match found.get(n.wrapping_sub(1)) {
                Some((worst, _)) => *worst,
                None => f32::INFINITY,
            };
            let mut sum = 0.0;
            for (a, b) in own.iter().zip(&self.z[at * width..][..width]) {
                let apart = a - b;
                sum += if apart.is_nan() {
                    if a.is_nan() && b.is_nan() { 0.0 } else { ONE_MISSING }
                } else {
                    apart * apart
                };
                if sum > most {
                    break;
                }
            }
            if sum > most {
                continue;
            }
            // Everybody once: in the year in which he was nearest.
            match found.iter().position(|(_, e)| e.id == entry.id) {
                Some(same) if found[same].0 <= sum => continue,
                Some(same) => {
                    found.remove(same);
                }
                None => {}
            }
            let after = found.partition_point(|(d, e)| (*d, e.id) <= (sum, entry.id));
            found.insert(after, (sum, *entry));
            found.truncate(n);
        }
        let near = |(sum, entry)| Near {
            entry,
            distance: (f64::from(sum) / width as f64).sqrt(),
        };
        found.into_iter().map(near).collect()
    }
}

impl Pool {
    /// At most `n` others like him, the nearest first: of his role, of an age within [`SIMILAR_AGE`], of no later year, each once.
    /// By games; where that finds nobody, because he has none or those years have none, by the lines of their seasons.
    pub fn nearest(&self, who: Entry, row: &[f64], n: usize) -> Vec<Near> {
        let by_games = self.by_games(who, row, n);
        if by_games.is_empty() && n > 0 && has_line(row, self.columns) {
            return self.by_lines.nearest(who, row[self.columns[0]], row, n);
        }
        by_games
    }

    fn by_games(&self, who: Entry, row: &[f64], n: usize) -> Vec<Near> {
        let [age, ..] = self.columns;
        match side_of(row, self.columns) {
            Some(0) if n > 0 => self.hitters.nearest(who, row[age], row, n),
            Some(_) if n > 0 => self.pitchers.nearest(who, row[age], row, n),
            _ => vec![],
        }
    }
}

#[cfg(test)]
mod tests;
