//! Half an inning: the mound, the bases, and one plate appearance after the other.

use super::bases::{Bases, Home, Runner};
use super::decisions::Record;
use super::lines::BattingLine;
use super::matchup::{self, Ball, BatRates, Outcome, Stage};
use super::side::{Batter, Conditions, Pitcher, Side};
use dynasty_numbers::dice::Dice;

/// Half an inning; what it needs at hand.
pub struct Half<'a> {
    bat: &'a mut Side,
    field: &'a mut Side,
    batting: usize,
    record: &'a mut Option<Record>,
    pub bases: Bases,
    pub outs: u8,
    /// Outs the errors of this half cost: from three on no run is earned.
    lost_outs: u8,
    runs: u8,
}

/// Plays half an inning.
pub fn half(
    conditions: &Conditions<'_>,
    inning: u32,
    batting: usize,
    sides: &mut [Side; 2],
    record: &mut Option<Record>,
    dice: &mut Dice,
) {
    let [away, home] = sides;
    let (bat, field) = if batting == 0 { (away, home) } else { (home, away) };
    let mut half = Half::new(bat, field, batting, record);
    half.change_pitcher(conditions, inning, true, dice);
    if conditions.placed_runner && inning > conditions.innings {
        let before = (half.bat.next + 8) % 9;
        let runner = half.bat.order[before];
        half.bases.0[1] = Some(half.runner(runner, false));
    }
    while half.outs < 3 {
        half.change_pitcher(conditions, inning, false, dice);
        half.steal(dice);
        if half.outs == 3 {
            break;
        }
        half.wild_pitch(dice);
        if half.walked_off(conditions, inning) {
            break;
        }
        half.pinch_hit(inning, dice);
        half.plate_appearance(conditions, inning, dice);
        if half.walked_off(conditions, inning) {
            break;
        }
    }
}

impl<'a> Half<'a> {
    /// Nobody on, nobody out. `batting` is 0 for the away side, 1 for the home side.
    pub fn new(bat: &'a mut Side, field: &'a mut Side, batting: usize, record: &'a mut Option<Record>) -> Half<'a> {
        Half {
            bat,
            field,
            batting,
            record,
            bases: Bases::default(),
            outs: 0,
            lost_outs: 0,
            runs: 0,
        }
    }

    fn runner(&self, batter: u8, earned: bool) -> Runner {
        Runner {
            batter,
            arm: (self.field.pitchers.len() - 1) as u8,
            earned,
        }
    }

    fn walked_off(&self, conditions: &Conditions<'_>, inning: u32) -> bool {
        self.batting == 1 && inning >= conditions.innings && self.bat.runs > self.field.runs
    }

    /// Lets runners score; returns how many.
    fn score(&mut self, home: Home) -> u8 {
        for runner in home.iter() {
            let before = self.bat.runs - self.field.runs;
            self.bat.runs += 1;
            self.runs = self.runs.saturating_add(1);
            self.bat.batters[usize::from(runner.batter)].line.r += 1;
            let arm = &mut self.field.pitchers[usize::from(runner.arm)].line;
            arm.r += 1;
            if runner.earned && self.outs + self.lost_outs < 3 {
                arm.er += 1;
            }
            match before {
                0 => {
                    *self.record = Some(Record {
                        side: self.batting,
                        winner: self.bat.pitchers.len() - 1,
                        loser: usize::from(runner.arm),
                    });
                }
                -1 => *self.record = None,
                _ => {}
            }
        }
        home.len()
    }

    fn out(&mut self, n: u8) {
        self.outs += n;
        self.field.arm().line.outs += n;
    }

    /// The mound: a starter who is tired or beaten goes, a reliever goes when his job is done.
    fn change_pitcher(&mut self, conditions: &Conditions<'_>, inning: u32, fresh_inning: bool, dice: &mut Dice) {
        let lead = self.field.runs - self.bat.runs;
        let last = inning >= conditions.innings;
        let save = last && fresh_inning && (1..=3).contains(&lead) && self.field.closer.is_some();
        let starter = self.field.pitchers.len() == 1;
        let arm = self.field.arm();
        let line = &arm.line;
        let tired = line.pitches >= arm.limit;
        let done = if starter {
            // Nobody lifts a starter for the last out of an inning unless he has to.
            tired && (fresh_inning || line.pitches >= arm.limit.saturating_add(12)) || line.r >= 7 || self.runs >= 6
        } else {
            (fresh_inning && line.outs >= arm.job) || tired
        };
        // A gem is finished.
        let gem = starter && last && lead > 0 && line.r == 0 && line.pitches < arm.limit.saturating_add(8);
        if !done && (!save || gem) {
            return;
        }
        arm.lead_out = lead;
        let next = if save {
            self.field.closer.take()
        } else {
            self.field.pen.pop()
        };
        let mut next = next.unwrap_or_else(|| Pitcher::anybody(conditions.relief_outs, dice));
        next.lead_in = lead;
        self.field.pitchers.push(next);
    }

    fn steal(&mut self, dice: &mut Dice) {
        let (Some(runner), None) = (self.bases.0[0], self.bases.0[1]) else {
            return;
        };
        let thief = &mut self.bat.batters[usize::from(runner.batter)];
        if !dice.chance(thief.rates.steal) {
            return;
        }
        if dice.chance(thief.rates.safe) {
            thief.line.sb += 1;
            self.bases.0[1] = self.bases.0[0].take();
        } else {
            thief.line.cs += 1;
            self.bases.0[0] = None;
            self.out(1);
        }
    }

    fn wild_pitch(&mut self, dice: &mut Dice) {
        if self.bases.occupied() > 0 && dice.chance(0.023) {
            self.field.arm().line.wp += 1;
            let home = self.bases.advance();
            self.score(home);
        }
    }

    fn pinch_hit(&mut self, inning: u32, dice: &mut Dice) {
        if inning < 6 || self.bat.batters.len() > 40 {
            return;
        }
        let rout = (self.bat.runs - self.field.runs).abs() >= 7;
        let chance = if rout { 0.16 } else { 0.035 };
        if !dice.chance(chance) {
            return;
        }
        let next = match self.bat.bench.pop() {
            Some(batter) => batter,
            None if rout || dice.chance(0.4) => Batter::anybody(dice),
            None => return,
        };
        self.bat.order[self.bat.next] = self.bat.batters.len() as u8;
        self.bat.batters.push(next);
    }

    fn plate_appearance(&mut self, conditions: &Conditions<'_>, inning: u32, dice: &mut Dice) {
        let index = self.bat.order[self.bat.next];
        self.bat.next = (self.bat.next + 1) % 9;
        let batter = self.bat.batters[usize::from(index)];
        let arm = *self.field.arm();
        let close = (self.bat.runs - self.field.runs).abs() <= 1;

        let first_open = self.bases.0[0].is_none() && self.bases.0[1].is_some();
        let feared = batter.rates.hr > 1.25;
        if inning + 2 >= conditions.innings && close && first_open && feared && dice.chance(0.10) {
            let pitches = if conditions.pitched_walks { 4 } else { 0 };
            self.count(index, pitches, 0);
            self.bat_line(index).ibb += 1;
            self.field.arm().line.ibb += 1;
            return self.walk(index);
        }
        let bunt_on = self.outs == 0 && self.bases.0[0].is_some() && self.bases.0[2].is_none() && inning >= 6 && close;
        if bunt_on && batter.rates.hr < 1.0 && dice.chance(0.34) {
            return self.bunt(index);
        }

        let stage = Stage {
            environment: conditions.environment,
            park: conditions.park,
        };
        let outcome = matchup::plate_appearance(stage, (&batter.rates, batter.bats), (&arm.rates, arm.throws), dice);
        let (pitches, strikes) = matchup::pitches(outcome, dice);
        self.count(index, pitches, strikes);
        let two_out = self.outs == 2;
        match outcome {
            Outcome::Strikeout => {
                let line = self.bat_line(index);
                line.ab += 1;
                line.so += 1;
                self.field.arm().line.k += 1;
                self.out(1);
                self.strand(index);
            }
            Outcome::Walk => self.walk(index),
            Outcome::HitByPitch => {
                self.bat_line(index).hbp += 1;
                self.field.arm().line.hb += 1;
                self.push_in(index);
            }
            Outcome::HomeRun => {
                self.ball(index, Ball::Fly);
                self.hit(index, 4, two_out, dice);
            }
            Outcome::Hit(bases, ball) => {
                self.ball(index, ball);
                self.hit(index, bases, two_out, dice);
            }
            Outcome::Error(ball) => {
                self.ball(index, ball);
                self.error(index);
            }
            Outcome::Out(ball) => {
                self.ball(index, ball);
                self.batted_out(index, ball, &batter.rates, dice);
            }
        }
    }

    fn bat_line(&mut self, index: u8) -> &mut BattingLine {
        &mut self.bat.batters[usize::from(index)].line
    }

    fn count(&mut self, index: u8, pitches: u8, strikes: u8) {
        let line = self.bat_line(index);
        line.pa += 1;
        line.pitches += pitches;
        let arm = &mut self.field.arm().line;
        arm.bf += 1;
        arm.pitches = arm.pitches.saturating_add(pitches);
        arm.strikes = arm.strikes.saturating_add(strikes);
    }

    fn ball(&mut self, index: u8, ball: Ball) {
        let line = self.bat_line(index);
        match ball {
            Ball::Ground => line.grounders += 1,
            Ball::Line => line.liners += 1,
            Ball::Fly => line.flies += 1,
            Ball::Pop => line.pops += 1,
        }
    }

    /// Those he left on base when he made an out.
    fn strand(&mut self, index: u8) {
        let left = self.bases.occupied();
        self.bat_line(index).lob += left;
    }

    fn walk(&mut self, index: u8) {
        self.bat_line(index).bb += 1;
        self.field.arm().line.bb += 1;
        self.push_in(index);
    }

    fn push_in(&mut self, index: u8) {
        let batter = self.runner(index, true);
        let home = self.bases.force(batter);
        self.bat_line(index).rbi += home.len();
        self.score(home);
    }

    fn hit(&mut self, index: u8, bases: u8, two_out: bool, dice: &mut Dice) {
        let line = self.bat_line(index);
        line.ab += 1;
        line.h += 1;
        match bases {
            2 => line.b2 += 1,
            3 => line.b3 += 1,
            4 => line.hr += 1,
            _ => {}
        }
        let arm = &mut self.field.arm().line;
        arm.h += 1;
        arm.hr += u8::from(bases == 4);
        let batter = self.runner(index, true);
        let home = self.bases.hit(bases, batter, two_out, dice);
        self.bat_line(index).rbi += home.len();
        self.score(home);
    }

    /// He reaches on an error.
    pub fn error(&mut self, index: u8) {
        self.bat_line(index).ab += 1;
        // Without it he would have been out: with two out nobody would have scored.
        self.lost_outs += 1;
        let home = self.bases.advance();
        self.score(home);
        self.bases.0[0] = Some(self.runner(index, false));
    }

    fn bunt(&mut self, index: u8) {
        self.count(index, 2, 2);
        self.ball(index, Ball::Ground);
        let line = self.bat_line(index);
        line.sh += 1;
        line.ground_outs += 1;
        self.field.arm().line.ground_outs += 1;
        self.out(1);
        let home = self.bases.advance();
        self.score(home);
    }

    fn batted_out(&mut self, index: u8, ball: Ball, rates: &BatRates, dice: &mut Dice) {
        let on_ground = ball == Ball::Ground;
        let line = self.bat_line(index);
        line.ground_outs += u8::from(on_ground);
        line.air_outs += u8::from(!on_ground);
        line.fly_outs += u8::from(ball == Ball::Fly);
        let arm = &mut self.field.arm().line;
        arm.ground_outs += u8::from(on_ground);
        arm.air_outs += u8::from(!on_ground);

        // The fast ones beat the relay.
        let double_play = 0.42 - 0.6 * rates.steal;
        if on_ground && self.outs < 2 && self.bases.0[0].is_some() && dice.chance(double_play) {
            let line = self.bat_line(index);
            line.ab += 1;
            line.gidp += 1;
            let home = self.bases.double_play(self.outs);
            self.out(2);
            self.score(home);
            return self.strand(index);
        }
        let batter = self.runner(index, true);
        let (home, sacrifice) = self.bases.out(ball, batter, self.outs, dice);
        let line = self.bat_line(index);
        line.sf += u8::from(sacrifice);
        line.ab += u8::from(!sacrifice);
        line.rbi += home.len();
        self.out(1);
        self.score(home);
        self.strand(index);
    }
}
