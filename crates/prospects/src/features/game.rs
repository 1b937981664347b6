//! A game-log row as the features read it.

/// The batting counts, in the order of the table's columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
#[allow(missing_docs)] // the names are those of the symbols in flagship contract 5.4
pub enum Bat {
    Pa,
    Ab,
    R,
    H,
    B2,
    B3,
    Hr,
    Bb,
    Ibb,
    So,
    Sb,
    Cs,
    Hbp,
    Sf,
    Sh,
    Go,
    Ao,
    Pitches,
}

/// How many batting counts there are.
pub const BATS: usize = 18;

/// The pitching counts, in the order of the table's columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
#[allow(missing_docs)] // as above
pub enum Arm {
    Gs,
    Outs,
    Bf,
    H,
    R,
    Er,
    Hr,
    Bb,
    K,
    Hb,
    Pitches,
    Strikes,
    Go,
    Ao,
}

/// How many pitching counts there are.
pub const ARMS: usize = 14;

/// The columns of `milb_game_logs` behind the counts: the batting ones, then the pitching ones.
pub const LOG_COLUMNS: [&str; BATS + ARMS] = [
    "plate_appearances",
    "at_bats",
    "runs",
    "hits",
    "doubles",
    "triples",
    "home_runs",
    "walks",
    "intentional_walks",
    "strikeouts",
    "stolen_bases",
    "caught_stealing",
    "hit_by_pitch",
    "sacrifice_flies",
    "sacrifice_hits",
    "ground_outs",
    "air_outs",
    "pitches_seen",
    "games_started",
    "outs_pitched",
    "batters_faced",
    "hits_allowed",
    "runs_allowed",
    "earned_runs",
    "home_runs_allowed",
    "walks_allowed",
    "strikeouts_pitched",
    "hit_batsmen",
    "pitches_thrown",
    "strikes_thrown",
    "ground_outs_pitched",
    "air_outs_pitched",
];

/// One row. Unknown counts are 0 and have no bit in `known`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GameLog {
    /// The row's id, the last resort of the game order.
    pub id: i64,
    /// The day, 0 = 2000-01-01.
    pub date: i32,
    /// The season.
    pub season: i32,
    /// The number of the game on its day.
    pub game_number: i32,
    /// The ordinal of the level, 1 (Complex) to 6 (AAA).
    pub level: u8,
    /// Whether at home; unknown for `None`.
    pub home: Option<bool>,
    /// Bit `i` is set when count `i` is not NULL.
    pub known: u32,
    /// The counts: batting, then pitching.
    pub counts: [i32; BATS + ARMS],
}

impl GameLog {
    /// A row of which nothing is known.
    pub const EMPTY: GameLog = GameLog {
        id: 0,
        date: 0,
        season: 0,
        game_number: 1,
        level: 1,
        home: None,
        known: 0,
        counts: [0; BATS + ARMS],
    };

    /// The batting counts.
    #[inline(always)]
    pub fn bat(&self) -> &[i32; BATS] {
        self.counts.first_chunk().unwrap_or(&[0; BATS])
    }

    /// The pitching counts.
    #[inline(always)]
    pub fn arm(&self) -> &[i32; ARMS] {
        self.counts.last_chunk().unwrap_or(&[0; ARMS])
    }

    /// Bits of the batting counts that are known.
    #[inline(always)]
    pub fn bat_known(&self) -> u32 {
        self.known & ((1 << BATS) - 1)
    }

    /// Bits of the pitching counts that are known.
    #[inline(always)]
    pub fn arm_known(&self) -> u32 {
        self.known >> BATS
    }

    /// Effective plate appearances (5.2), for counts of which NULLs are 0; `None` when they cannot be told.
    #[inline(always)]
    pub fn pa(&self) -> Option<i64> {
        let n = |c: Bat| i64::from(self.counts[c as usize]);
        if self.known & (1 << Bat::Pa as u32) != 0 {
            Some(n(Bat::Pa))
        } else if self.known & (1 << Bat::Ab as u32) != 0 {
            Some(n(Bat::Ab) + n(Bat::Bb) + n(Bat::Hbp) + n(Bat::Sf) + n(Bat::Sh))
        } else {
            None
        }
    }

    /// Effective batters faced (5.2) of a row with known outs.
    #[inline(always)]
    pub fn bf(&self) -> i64 {
        let n = |c: Arm| i64::from(self.counts[BATS + c as usize]);
        if self.arm_known() & (1 << Arm::Bf as u32) != 0 {
            n(Arm::Bf)
        } else {
            n(Arm::Outs) + n(Arm::H) + n(Arm::Bb) + n(Arm::Hb)
        }
    }

    /// Whether it is a row of `P[career]`.
    #[inline(always)]
    pub fn pitched(&self) -> bool {
        self.arm_known() & (1 << Arm::Outs as u32) != 0
            && (self.counts[BATS + Arm::Outs as usize] > 0 || self.counts[BATS + Arm::Bf as usize] > 0)
    }

    /// The key of the game order (1.6).
    #[inline(always)]
    pub fn order(&self) -> (i32, i32, i64) {
        (self.date, self.game_number, self.id)
    }
}
