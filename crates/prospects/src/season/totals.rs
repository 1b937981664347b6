//! Season statistics of one (prospect, season, level): exact totals that merge, and the rates that follow from them.
//!
//! Flagship contract, section 3. Totals are integers, so adding rows one by one, in batches, in parallel or
//! incrementally gives the same state, and every rate is a function of that state alone: maintained and recomputed
//! statistics are equal to the last byte.

use dynasty_numbers::cv::cv_of_integers;
use dynasty_numbers::decimal::Fixed;

/// The counts of one game that are summed over a season, in the order of the columns of `milb_game_logs`: counts that
/// lie side by side in a stored row are read as one block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
#[allow(missing_docs)] // the names are those of the columns of `milb_game_logs`
pub enum Count {
    PlateAppearances,
    AtBats,
    Runs,
    Hits,
    Doubles,
    Triples,
    HomeRuns,
    Rbi,
    Walks,
    IntentionalWalks,
    Strikeouts,
    StolenBases,
    CaughtStealing,
    HitByPitch,
    SacrificeFlies,
    SacrificeHits,
    GroundIntoDoublePlay,
    GamesStarted,
    OutsPitched,
    BattersFaced,
    HitsAllowed,
    RunsAllowed,
    EarnedRuns,
    HomeRunsAllowed,
    WalksAllowed,
    StrikeoutsPitched,
    HitBatsmen,
    PitchesThrown,
    Wins,
    Losses,
    Saves,
}

use Count::*;

/// How many counts of a game are summed.
pub const COUNTS: usize = 31;

/// For each count: its column in `milb_game_logs` and the column of its sum in `milb_season_stats`.
pub const COUNT_COLUMNS: [(&str, &str); COUNTS] = [
    ("plate_appearances", "total_pa"),
    ("at_bats", "total_ab"),
    ("runs", "total_r"),
    ("hits", "total_hits"),
    ("doubles", "total_2b"),
    ("triples", "total_3b"),
    ("home_runs", "total_hr"),
    ("rbi", "total_rbi"),
    ("walks", "total_bb"),
    ("intentional_walks", "total_ibb"),
    ("strikeouts", "total_so"),
    ("stolen_bases", "total_sb"),
    ("caught_stealing", "total_cs"),
    ("hit_by_pitch", "total_hbp"),
    ("sacrifice_flies", "total_sf"),
    ("sacrifice_hits", "total_sh"),
    ("ground_into_double_play", "total_gidp"),
    ("games_started", "games_started"),
    ("outs_pitched", "total_outs"),
    ("batters_faced", "total_bf"),
    ("hits_allowed", "total_hits_allowed"),
    ("runs_allowed", "total_runs_allowed"),
    ("earned_runs", "total_er"),
    ("home_runs_allowed", "total_hr_allowed"),
    ("walks_allowed", "total_bb_allowed"),
    ("strikeouts_pitched", "total_so_pitched"),
    ("hit_batsmen", "total_hit_batsmen"),
    ("pitches_thrown", "total_pitches_thrown"),
    ("wins", "total_wins"),
    ("losses", "total_losses"),
    ("saves", "total_saves"),
];

/// One game as the season statistics read it. Unknown counts are 0 in `counts` and have no bit in `known`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(C)]
pub struct Game {
    /// The counts, 0 where unknown.
    pub counts: [i32; COUNTS],
    /// Day number of the game; any fixed epoch.
    pub date: i32,
    /// Bit `i` is set when count `i` is known (not NULL).
    pub known: u32,
}

impl Game {
    /// A game of that day of which nothing is known yet.
    pub fn on(date: i32) -> Game {
        Game {
            date,
            counts: [0; COUNTS],
            known: 0,
        }
    }

    /// Sets a count.
    pub fn set(&mut self, count: Count, value: i32) {
        self.counts[count as usize] = value;
        self.known |= 1 << count as usize;
    }

    #[inline(always)]
    fn knows(&self, count: Count) -> bool {
        self.known & (1 << count as usize) != 0
    }

    #[inline(always)]
    fn z(&self, count: Count) -> i64 {
        self.counts[count as usize] as i64
    }
}

/// The exact state of a season line. Sums, never averages: it can be merged and, row for row, subtracted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub struct Totals {
    /// Sum of squared hits over the games whose hits are known.
    pub hits_squared: i128,
    /// Number of games (rows).
    pub games: i64,
    /// Sums of the counts, unknown values left out.
    pub sums: [i64; COUNTS],
    /// Games with at least two hits.
    pub multi_hit_games: i64,
    /// Games with an extra-base hit.
    pub extra_base_hit_games: i64,
    /// Games with at least four strikeouts.
    pub golden_sombrero_games: i64,
    /// Games with a pitching appearance.
    pub games_pitched: i64,
    /// Games whose hits are known.
    pub hits_known_games: i64,
    /// Bit `i` is set when count `i` is known in at least one game: SQL's SUM is NULL otherwise.
    pub known: u32,
    /// First day.
    pub first_date: i32,
    /// Last day.
    pub last_date: i32,
}

impl Default for Totals {
    fn default() -> Self {
        Totals {
            hits_squared: 0,
            games: 0,
            sums: [0; COUNTS],
            multi_hit_games: 0,
            extra_base_hit_games: 0,
            golden_sombrero_games: 0,
            games_pitched: 0,
            hits_known_games: 0,
            known: 0,
            first_date: i32::MAX,
            last_date: i32::MIN,
        }
    }
}

impl Totals {
    /// Adds one game.
    #[inline(always)]
    pub fn add(&mut self, game: &Game) {
        self.add_first::<COUNTS>(game);
    }

    /// Adds one game of which only the first `N` counts are known.
    #[inline(always)]
    pub fn add_first<const N: usize>(&mut self, game: &Game) {
        self.games += 1;
        for i in 0..N {
            self.sums[i] += game.counts[i] as i64;
        }
        self.known |= game.known;
        let hits = game.z(Hits);
        self.multi_hit_games += (hits >= 2) as i64;
        self.extra_base_hit_games += (game.z(Doubles) + game.z(Triples) + game.z(HomeRuns) > 0) as i64;
        self.golden_sombrero_games += (game.z(Strikeouts) >= 4) as i64;
        self.games_pitched += (game.knows(OutsPitched) && (game.z(OutsPitched) > 0 || game.z(BattersFaced) > 0)) as i64;
        self.hits_known_games += game.knows(Hits) as i64;
        self.hits_squared += (hits as i128) * (hits as i128);
        self.first_date = self.first_date.min(game.date);
        self.last_date = self.last_date.max(game.date);
    }

    /// Adds the games of another state.
    pub fn merge(&mut self, other: &Totals) {
        self.each_sum(other, |a, b| a + b);
        self.hits_squared += other.hits_squared;
        self.known |= other.known;
        self.first_date = self.first_date.min(other.first_date);
        self.last_date = self.last_date.max(other.last_date);
    }

    /// Whether replacing the games `old` of a season by `new` can be done by adding the difference of the sums: true
    /// when what cannot be subtracted (which counts are known, first and last day) is the same on both sides.
    pub fn is_subtractable(old: &Totals, new: &Totals) -> bool {
        old.known == new.known && old.first_date == new.first_date && old.last_date == new.last_date
    }

    /// Whether these games can have `part` among them. They have not when `part` is still to be added: then taking it away
    /// first could leave a sum below zero, or one of a count that no game knows.
    pub fn may_hold(&self, part: &Totals) -> bool {
        self.games >= part.games
            && self.known & part.known == part.known
            && self.first_date <= part.first_date
            && self.last_date >= part.last_date
            && self.hits_squared >= part.hits_squared
            && self.sums.iter().zip(part.sums).all(|(whole, part)| *whole >= part)
            && self.multi_hit_games >= part.multi_hit_games
            && self.extra_base_hit_games >= part.extra_base_hit_games
            && self.golden_sombrero_games >= part.golden_sombrero_games
            && self.games_pitched >= part.games_pitched
            && self.hits_known_games >= part.hits_known_games
    }

    /// Replaces the games `old` by `new`; only for pairs that [`Totals::is_subtractable`] allows.
    pub fn replace(&mut self, old: &Totals, new: &Totals) {
        self.each_sum(old, |a, b| a - b);
        self.each_sum(new, |a, b| a + b);
        self.hits_squared += new.hits_squared - old.hits_squared;
    }

    fn each_sum(&mut self, other: &Totals, op: impl Fn(i64, i64) -> i64) {
        for (a, b) in self.sums.iter_mut().zip(other.sums) {
            *a = op(*a, b);
        }
        self.games = op(self.games, other.games);
        self.multi_hit_games = op(self.multi_hit_games, other.multi_hit_games);
        self.extra_base_hit_games = op(self.extra_base_hit_games, other.extra_base_hit_games);
        self.golden_sombrero_games = op(self.golden_sombrero_games, other.golden_sombrero_games);
        self.games_pitched = op(self.games_pitched, other.games_pitched);
        self.hits_known_games = op(self.hits_known_games, other.hits_known_games);
    }

    /// The state as bytes, for handing it to another process of the same server.
    pub fn to_bytes(&self) -> Vec<u8> {
        let longs = [
            self.games,
            self.multi_hit_games,
            self.extra_base_hit_games,
            self.golden_sombrero_games,
            self.games_pitched,
            self.hits_known_games,
        ];
        let mut bytes = self.hits_squared.to_ne_bytes().to_vec();
        bytes.extend(longs.iter().chain(&self.sums).flat_map(|v| v.to_ne_bytes()));
        bytes.extend(self.known.to_ne_bytes());
        bytes.extend([self.first_date, self.last_date].iter().flat_map(|v| v.to_ne_bytes()));
        bytes
    }

    /// The state of [`Totals::to_bytes`]; `None` for bytes of another length.
    pub fn from_bytes(bytes: &[u8]) -> Option<Totals> {
        let (squared, rest) = bytes.split_first_chunk::<16>()?;
        let (longs, rest) = rest.split_at_checked(8 * (6 + COUNTS))?;
        let [known, first, last] = rest.as_chunks::<4>().0 else {
            return None;
        };
        let mut longs = longs.as_chunks::<8>().0.iter().map(|b| i64::from_ne_bytes(*b));
        let mut next = || longs.next().unwrap_or_default();
        let mut totals = Totals {
            hits_squared: i128::from_ne_bytes(*squared),
            games: next(),
            multi_hit_games: next(),
            extra_base_hit_games: next(),
            golden_sombrero_games: next(),
            games_pitched: next(),
            hits_known_games: next(),
            known: u32::from_ne_bytes(*known),
            first_date: i32::from_ne_bytes(*first),
            last_date: i32::from_ne_bytes(*last),
            ..Totals::default()
        };
        totals.sums.fill_with(next);
        Some(totals)
    }

    /// SUM of a count: `None` when it is known in no game.
    pub fn sum(&self, count: Count) -> Option<i64> {
        (self.known & (1 << count as usize) != 0).then_some(self.sums[count as usize])
    }

    /// Coefficient of variation of hits per game over the games whose hits are known.
    pub fn hit_consistency_cv(&self) -> Option<f64> {
        cv_of_integers(
            self.hits_known_games,
            self.sums[Hits as usize] as i128,
            self.hits_squared,
        )
    }

    /// The rates of contract 3.2 and 3.3.
    pub fn rates(&self) -> Rates {
        let sum = |c: Count| self.sum(c).map(i128::from);
        let z = |c: Count| self.sums[c as usize] as i128;
        let (ab, h, bb, so, pa) = (
            sum(AtBats),
            sum(Hits),
            sum(Walks),
            sum(Strikeouts),
            sum(PlateAppearances),
        );
        let extra = || Some(sum(Doubles)? + 2 * sum(Triples)? + 3 * sum(HomeRuns)?);
        let outs = sum(OutsPitched);

        let on_base = || Some((h? + bb? + z(HitByPitch), ab? + bb? + z(HitByPitch) + z(SacrificeFlies)));
        let slugging = || Some((h? + extra()?, ab?));
        let per_outs = |runs: Option<i128>, scale| Fixed::ratio(runs?, outs?, scale);
        Rates {
            avg: (|| Fixed::ratio(h?, ab?, 3))(),
            obp: on_base().and_then(|(n, d)| Fixed::ratio(n, d, 3)),
            slg: slugging().and_then(|(n, d)| Fixed::ratio(n, d, 3)),
            bb_percent: (|| Fixed::ratio(100 * bb?, pa?, 1))(),
            k_percent: (|| Fixed::ratio(100 * so?, pa?, 1))(),
            ops: (|| {
                let ((a, b), (c, d)) = (on_base()?, slugging()?);
                // The exact sum of both fractions, rounded once.
                Fixed::ratio(a.checked_mul(d)?.checked_add(c.checked_mul(b)?)?, b.checked_mul(d)?, 3)
            })(),
            iso: (|| Fixed::ratio(extra()?, ab?, 3))(),
            innings_pitched: (|| Fixed::ratio(outs?, 3, 1))(),
            era: per_outs(sum(EarnedRuns).map(|er| 27 * er), 2),
            whip: per_outs((|| Some(3 * (sum(WalksAllowed)? + sum(HitsAllowed)?)))(), 3),
            fip: per_outs(
                (|| {
                    let walks_and_hit = sum(WalksAllowed)? + z(HitBatsmen);
                    let weighted = 13 * sum(HomeRunsAllowed)? + 3 * walks_and_hit - 2 * sum(StrikeoutsPitched)?;
                    // The constant 3.10 joins the fraction, so that the sum is rounded once: in hundredths here.
                    Some(100 * 3 * weighted + 310 * outs?)
                })(),
                0,
            )
            .map(|hundredths| Fixed {
                units: hundredths.units,
                scale: 2,
            }),
            k_per_9: per_outs(sum(StrikeoutsPitched).map(|k| 27 * k), 2),
            bb_per_9: per_outs(sum(WalksAllowed).map(|w| 27 * w), 2),
        }
    }
}

/// The rates of a season line, each `None` (SQL NULL) when a sum it needs is unknown or its denominator is 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // the names are those of the columns
pub struct Rates {
    pub avg: Option<Fixed>,
    pub obp: Option<Fixed>,
    pub slg: Option<Fixed>,
    pub bb_percent: Option<Fixed>,
    pub k_percent: Option<Fixed>,
    pub ops: Option<Fixed>,
    pub iso: Option<Fixed>,
    pub innings_pitched: Option<Fixed>,
    pub era: Option<Fixed>,
    pub whip: Option<Fixed>,
    pub fip: Option<Fixed>,
    pub k_per_9: Option<Fixed>,
    pub bb_per_9: Option<Fixed>,
}

#[cfg(test)]
mod tests;
