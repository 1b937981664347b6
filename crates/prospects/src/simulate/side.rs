//! Who plays a game, and under which conditions.

use super::circuit::Environment;
use super::lines::{BattingLine, PitchingLine};
use super::matchup::{ArmRates, BatRates};
use super::person::Hand;
use dynasty_numbers::dice::Dice;

/// The number of somebody who is no prospect of ours.
pub const NOBODY: u32 = u32::MAX;

/// A batter in the game.
#[derive(Clone, Copy, Debug)]
pub struct Batter {
    pub player: u32,
    pub bats: Hand,
    pub rates: BatRates,
    pub line: BattingLine,
}

/// A pitcher in the game.
#[derive(Clone, Copy, Debug)]
pub struct Pitcher {
    pub player: u32,
    pub throws: Hand,
    pub rates: ArmRates,
    pub line: PitchingLine,
    /// After so many pitches he is done.
    pub limit: u8,
    /// A reliever's job ends with the inning in which he has so many outs.
    pub job: u8,
    /// Runs ahead (or behind) when he came in and when he left.
    pub lead_in: i16,
    pub lead_out: i16,
}

impl Batter {
    /// Somebody who is nobody's prospect.
    pub fn anybody(dice: &mut Dice) -> Batter {
        let bats = *dice.weighted(&[(Hand::Right, 58), (Hand::Left, 31), (Hand::Switch, 11)]);
        Batter {
            player: NOBODY,
            bats,
            rates: BatRates::anybody(dice),
            line: BattingLine::default(),
        }
    }
}

impl Pitcher {
    /// A reliever who is nobody's prospect.
    pub fn anybody(relief_outs: u8, dice: &mut Dice) -> Pitcher {
        let throws = *dice.weighted(&[(Hand::Right, 73), (Hand::Left, 27)]);
        Pitcher {
            player: NOBODY,
            throws,
            rates: ArmRates::anybody(dice),
            line: PitchingLine::default(),
            limit: 32 + dice.below(10) as u8,
            job: relief_outs.saturating_sub(1) + dice.below(3) as u8,
            lead_in: 0,
            lead_out: 0,
        }
    }
}

/// One side.
#[derive(Default)]
pub struct Side {
    /// Everybody who bats; the first nine start.
    pub batters: Vec<Batter>,
    /// Who bats in which place, by number among `batters`.
    pub order: [u8; 9],
    /// Whose turn it is, as a place in the order.
    pub next: usize,
    /// Who may pinch-hit.
    pub bench: Vec<Batter>,
    /// Those who have pitched, the starter first.
    pub pitchers: Vec<Pitcher>,
    /// Who comes next, the last one first.
    pub pen: Vec<Pitcher>,
    /// Kept for a small lead in the last inning.
    pub closer: Option<Pitcher>,
    pub runs: i16,
}

impl Side {
    /// Empties it for the next game; keeps the memory.
    pub fn clear(&mut self) {
        self.batters.clear();
        self.bench.clear();
        self.pitchers.clear();
        self.pen.clear();
        self.closer = None;
        self.runs = 0;
        self.next = 0;
        self.order = [0, 1, 2, 3, 4, 5, 6, 7, 8];
    }

    /// Who is pitching.
    pub fn arm(&mut self) -> &mut Pitcher {
        let last = self.pitchers.len() - 1;
        &mut self.pitchers[last]
    }
}

/// The conditions of a game.
pub struct Conditions<'a> {
    pub environment: &'a Environment,
    pub park: f64,
    /// Nine, or seven in a doubleheader.
    pub innings: u32,
    /// Extra innings begin with a man on second.
    pub placed_runner: bool,
    /// An intentional walk needs four pitches.
    pub pitched_walks: bool,
    /// How many outs an ordinary reliever is asked for.
    pub relief_outs: u8,
}
