//! The bases: who is where, and who comes home on what.

use super::matchup::Ball;
use dynasty_numbers::dice::Dice;

/// A man on base.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Runner {
    /// Which of the side's batters.
    pub batter: u8,
    /// Which of the other side's pitchers answers for him.
    pub arm: u8,
    /// Did not get on by an error or by rule.
    pub earned: bool,
}

/// First, second and third base.
#[derive(Clone, Copy, Debug, Default)]
pub struct Bases(pub [Option<Runner>; 3]);

/// Those who come home on a play, four at most.
#[derive(Clone, Copy, Debug, Default)]
pub struct Home {
    runners: [Option<Runner>; 4],
    n: usize,
}

impl Home {
    fn push(&mut self, runner: Runner) {
        self.runners[self.n] = Some(runner);
        self.n += 1;
    }

    /// In the order in which they cross the plate.
    pub fn iter(&self) -> impl Iterator<Item = Runner> {
        self.runners.into_iter().flatten()
    }

    /// How many.
    pub fn len(&self) -> u8 {
        self.n as u8
    }
}

impl Bases {
    /// How many men are on.
    pub fn occupied(&self) -> u8 {
        self.0.iter().flatten().count() as u8
    }

    /// A hit of one to four bases.
    pub fn hit(&mut self, bases: u8, batter: Runner, two_out: bool, dice: &mut Dice) -> Home {
        let mut home = Home::default();
        let [first, second, third] = std::mem::take(&mut self.0);
        if let Some(r) = third {
            home.push(r);
        }
        // With two out everybody runs on contact.
        let eager = if two_out { 0.18 } else { 0.0 };
        match bases {
            1 => {
                let mut third_taken = false;
                if let Some(r) = second {
                    if dice.chance(0.56 + eager) {
                        home.push(r);
                    } else {
                        self.0[2] = Some(r);
                        third_taken = true;
                    }
                }
                if let Some(r) = first {
                    let to = if !third_taken && dice.chance(0.30 + eager / 2.0) {
                        2
                    } else {
                        1
                    };
                    self.0[to] = Some(r);
                }
                self.0[0] = Some(batter);
            }
            2 => {
                if let Some(r) = second {
                    home.push(r);
                }
                if let Some(r) = first {
                    if dice.chance(0.40 + eager) {
                        home.push(r);
                    } else {
                        self.0[2] = Some(r);
                    }
                }
                self.0[1] = Some(batter);
            }
            _ => {
                for r in [second, first].into_iter().flatten() {
                    home.push(r);
                }
                if bases == 3 {
                    self.0[2] = Some(batter);
                } else {
                    home.push(batter);
                }
            }
        }
        home
    }

    /// A walk or a hit batsman: only those who are forced move.
    pub fn force(&mut self, batter: Runner) -> Home {
        let mut home = Home::default();
        let mut pushed = Some(batter);
        for base in &mut self.0 {
            pushed = match pushed {
                None => break,
                Some(r) => base.replace(r),
            };
        }
        if let Some(r) = pushed {
            home.push(r);
        }
        home
    }

    /// Everybody one base further: wild pitch, error, bunt.
    pub fn advance(&mut self) -> Home {
        let mut home = Home::default();
        let [first, second, third] = self.0;
        if let Some(r) = third {
            home.push(r);
        }
        self.0 = [None, first, second];
        home
    }

    /// An out on a batted ball that is no double play. Returns who scores, and whether it was a sacrifice fly.
    /// `outs` is the number before the play.
    pub fn out(&mut self, ball: Ball, batter: Runner, outs: u8, dice: &mut Dice) -> (Home, bool) {
        let mut home = Home::default();
        if outs == 2 {
            return (home, false);
        }
        match ball {
            Ball::Ground => {
                if self.0[2].is_some() && dice.chance(0.48) {
                    home.extend_from(&mut self.0[2]);
                }
                if self.0[2].is_none() && self.0[1].is_some() && dice.chance(0.45) {
                    self.0[2] = self.0[1].take();
                }
                if let Some(forced) = self.0[0] {
                    if dice.chance(0.6) {
                        // The force at second: the batter takes his place, and stays the same pitcher's man.
                        self.0[0] = Some(Runner {
                            arm: forced.arm,
                            ..batter
                        });
                    } else if self.0[1].is_none() {
                        self.0[1] = self.0[0].take();
                    }
                }
                (home, false)
            }
            Ball::Fly => {
                let scores = self.0[2].is_some() && dice.chance(0.86);
                if scores {
                    home.extend_from(&mut self.0[2]);
                }
                if self.0[2].is_none() && self.0[1].is_some() && dice.chance(0.30) {
                    self.0[2] = self.0[1].take();
                }
                (home, scores)
            }
            Ball::Line | Ball::Pop => (home, false),
        }
    }

    /// A double play on the ground: the man from first is out with the batter.
    pub fn double_play(&mut self, outs: u8) -> Home {
        let mut home = Home::default();
        self.0[0] = None;
        if outs == 0 {
            home.extend_from(&mut self.0[2]);
            self.0[2] = self.0[1].take();
        }
        home
    }
}

impl Home {
    fn extend_from(&mut self, base: &mut Option<Runner>) {
        if let Some(r) = base.take() {
            self.push(r);
        }
    }
}
