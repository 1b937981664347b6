//! A season in the major leagues, plate appearance by plate appearance, and what it was worth.

use super::bases::Bases;
use super::calendar::{Day, day};
use super::career::{Career, MAJOR_PAR};
use super::circuit::major_league;
use super::matchup::{self, ArmRates, Ball, BatRates, Outcome, Stage};
use super::person::Hand;
use dynasty_numbers::dice::{Dice, Purpose};

/// A row of mlb_stats.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MajorsRow {
    /// His number in the league, from 0.
    pub player: u32,
    /// The season.
    pub season: i32,
    /// The day he first was with a major-league club.
    pub debut: Day,
    /// Days of service in this season.
    pub service_days: i32,
    /// Games he was in, at bat or on the mound.
    pub games: u32,
    /// What he did at bat.
    pub bat: Option<MajorsBatting>,
    /// What he did on the mound.
    pub arm: Option<MajorsPitching>,
    /// Wins above replacement, in tenths.
    pub war: i32,
}

/// The batting of a major-league season.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MajorsBatting {
    pub pa: u32,
    pub ab: u32,
    pub r: u32,
    pub h: u32,
    pub b2: u32,
    pub b3: u32,
    pub hr: u32,
    pub rbi: u32,
    pub bb: u32,
    pub so: u32,
    pub sb: u32,
    pub cs: u32,
    pub hbp: u32,
    pub sf: u32,
    pub ops_plus: i32,
    pub ground_balls: u32,
    pub fly_balls: u32,
    pub line_drives: u32,
}

/// The pitching of a major-league season.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MajorsPitching {
    pub games: u32,
    pub starts: u32,
    pub outs: u32,
    pub bf: u32,
    pub h: u32,
    pub r: u32,
    pub er: u32,
    pub hr: u32,
    pub bb: u32,
    pub k: u32,
    pub hb: u32,
    pub w: u32,
    pub l: u32,
    pub s: u32,
}

/// First and last day of a major-league season; the one of 2020 had 60 games.
pub fn season(year: i32) -> (Day, Day) {
    if year == 2020 {
        (day(year, 7, 23), day(year, 9, 27))
    } else {
        (day(year, 3, 30), day(year, 9, 29))
    }
}

/// Round half away from zero.
fn round(x: f64) -> i32 {
    if x < 0.0 { -((0.5 - x) as i32) } else { (x + 0.5) as i32 }
}

/// What somebody did in the majors in a year; `None` when he was not there.
pub fn year_in_the_majors(seed: u64, year: i32, career: &Career) -> Option<MajorsRow> {
    let (opening, last) = season(year);
    let since = career.majors_since?.max(opening);
    let there = last - since + 1;
    if there < 2 {
        return None;
    }
    let p = &career.person;
    let mut dice = Dice::new(seed, Purpose::Majors, u64::from(p.number), year as u64);
    // Most who come up go down again, until they are no longer to be done without.
    let options = (0.50 - 0.0009 * f64::from(career.majors_pa + career.majors_outs)).max(0.0);
    let days = if dice.chance(options) {
        (f64::from(there) * (0.05 + 0.6 * dice.unit())) as i32
    } else {
        there
    }
    .max(2);
    // The disabled list takes its part.
    let hurt = if dice.chance(0.3) { 0.9 * dice.unit() } else { 0.05 };
    let team_games = f64::from(days) * 0.885 * (1.0 - hurt * dice.unit());
    let debut = career.debut?;
    let service = days.min(172);
    let mut row = MajorsRow {
        player: p.number,
        season: year,
        debut,
        service_days: service,
        ..MajorsRow::default()
    };
    let mid = day(year, 7, 1);
    // What he is worth here, which is not what he was worth below.
    let (lag, par) = (p.below(mid) - p.fate.in_the_majors, MAJOR_PAR - p.fate.in_the_majors);
    let mut war = 0.0;
    if let Some(bat) = BatRates::of(p, mid, par) {
        let level = p.peak() - lag - 44.0;
        // Who helps plays; who does not sits.
        let share = (0.62 + 0.055 * level + 0.20 * dice.bell()).clamp(0.10, 0.97);
        let games = round(team_games * share).max(1) as u32;
        let (line, value) = batting(year, &bat, p.bats, games, &mut dice);
        let b = p.bat.unwrap_or_default();
        let time = f64::from(line.pa) / 600.0;
        let glove = 0.45 * (b.field - 50.0) + 1.7 * super::person::position_value(p.position) + 0.10 * (b.speed - 50.0);
        war += (value + (glove + 19.5) * time) / 9.7;
        row.games = games;
        row.bat = Some(line);
    }
    if let Some(arm) = ArmRates::of(p, mid, par) {
        let level = p.peak_arm().unwrap_or(0.0) - lag - 44.0;
        // Only the better ones of those who started below start here.
        let starter = p.arm.is_some_and(|a| a.starter) && level + 2.0 * dice.bell() > 0.5;
        let share = (0.80 + 0.05 * level + 0.20 * dice.bell()).clamp(0.2, 1.0);
        let games = round(team_games * share * if starter { 0.192 } else { 0.40 }).max(1) as u32;
        let line = pitching(year, &arm, p.throws, games, starter, &mut dice);
        let innings = f64::from(line.outs) / 3.0;
        let fip = 3.0 * (13.0 * f64::from(line.hr) + 3.0 * f64::from(line.bb + line.hb) - 2.0 * f64::from(line.k))
            / f64::from(line.outs.max(1))
            + 3.15;
        let allowed = 27.0 * f64::from(line.r) / f64::from(line.outs.max(1));
        let bar = if starter { 5.35 } else { 4.75 };
        war += (bar - (0.65 * (fip + 0.35) + 0.35 * allowed)) * innings / 9.0 / 9.8;
        row.games = row.games.max(line.games);
        row.arm = Some(line);
    }
    row.war = round(10.0 * war).clamp(-60, 140);
    Some(row)
}

/// A season at bat, and its runs above average.
fn batting(year: i32, rates: &BatRates, bats: Hand, games: u32, dice: &mut Dice) -> (MajorsBatting, f64) {
    let environment = major_league(year);
    let stage = Stage {
        environment: &environment,
        park: 1.0,
    };
    let ordinary = ArmRates::from_grades(0.0, 0.0);
    let mut line = MajorsBatting::default();
    let (mut grounders, mut flies, mut liners) = (0, 0, 0);
    let pa = (f64::from(games) * (3.5 + 0.5 * dice.unit())) as u32;
    for _ in 0..pa.max(1) {
        let throws = if dice.chance(0.72) { Hand::Right } else { Hand::Left };
        let outcome = matchup::plate_appearance(stage, (rates, bats), (&ordinary, throws), dice);
        line.pa += 1;
        let mut ball = |ball: Ball| match ball {
            Ball::Ground => grounders += 1,
            Ball::Line => liners += 1,
            Ball::Fly | Ball::Pop => flies += 1,
        };
        match outcome {
            Outcome::Strikeout => {
                line.ab += 1;
                line.so += 1;
            }
            Outcome::Walk => line.bb += 1,
            Outcome::HitByPitch => line.hbp += 1,
            Outcome::HomeRun => {
                ball(Ball::Fly);
                line.ab += 1;
                line.h += 1;
                line.hr += 1;
            }
            Outcome::Hit(bases, b) => {
                ball(b);
                line.ab += 1;
                line.h += 1;
                line.b2 += u32::from(bases == 2);
                line.b3 += u32::from(bases == 3);
            }
            Outcome::Out(b) | Outcome::Error(b) => {
                ball(b);
                if b == Ball::Fly && dice.chance(0.045) {
                    line.sf += 1;
                } else {
                    line.ab += 1;
                }
            }
        }
    }
    (line.ground_balls, line.fly_balls, line.line_drives) = (grounders, flies, liners);
    let singles = line.h - line.b2 - line.b3 - line.hr;
    let mut chances = 0;
    for _ in 0..singles + line.bb + line.hbp {
        chances += u32::from(dice.chance(0.7));
    }
    for _ in 0..chances {
        if dice.chance(0.75 * rates.steal) {
            if dice.chance(rates.safe + 0.03) {
                line.sb += 1;
            } else {
                line.cs += 1;
            }
        }
    }
    for _ in 0..singles + line.b2 + line.b3 + line.bb + line.hbp {
        line.r += u32::from(dice.chance(0.29 + 0.15 * rates.steal));
    }
    line.r += line.hr;
    line.rbi = line.hr + line.sf;
    for _ in 0..line.h {
        line.rbi += u32::from(dice.chance(0.31));
    }
    for _ in 0..line.hr {
        line.rbi += u32::from(dice.chance(0.30));
    }
    let f = f64::from;
    let sum = 0.690 * f(line.bb)
        + 0.722 * f(line.hbp)
        + 0.888 * f(singles)
        + 1.271 * f(line.b2)
        + 1.616 * f(line.b3)
        + 2.101 * f(line.hr);
    let woba = sum / f(line.ab + line.bb + line.hbp + line.sf);
    let on = f(line.h + line.bb + line.hbp) / f(line.ab + line.bb + line.hbp + line.sf);
    let slug = if line.ab > 0 {
        f(line.h + line.b2 + 2 * line.b3 + 3 * line.hr) / f(line.ab)
    } else {
        0.0
    };
    line.ops_plus = round(100.0 * (on / 0.320 + slug / 0.412 - 1.0));
    let running = 0.2 * f(line.sb) - 0.42 * f(line.cs);
    (line, (woba - 0.319) / 1.24 * f(line.pa) + running)
}

/// A season on the mound.
fn pitching(year: i32, rates: &ArmRates, throws: Hand, games: u32, starter: bool, dice: &mut Dice) -> MajorsPitching {
    let environment = major_league(year);
    let stage = Stage {
        environment: &environment,
        park: 1.0,
    };
    let ordinary = BatRates::from_grades(0.0, 0.0, 0.0, 0.0);
    let mut line = MajorsPitching {
        games,
        starts: if starter { games } else { 0 },
        ..MajorsPitching::default()
    };
    for _ in 0..games {
        let goal = if starter {
            dice.between(12, 21) as u32
        } else {
            dice.between(2, 5) as u32
        };
        let (mut outs, mut runs, mut faced) = (0, 0, 0);
        let mut bases = Bases::default();
        while outs < goal && runs < 7 && faced < 33 {
            faced += 1;
            let bats = if dice.chance(0.45) { Hand::Left } else { Hand::Right };
            let outcome = matchup::plate_appearance(stage, (&ordinary, bats), (rates, throws), dice);
            let batter = super::bases::Runner {
                batter: 0,
                arm: 0,
                earned: true,
            };
            let two_out = outs % 3 == 2;
            let home = match outcome {
                Outcome::Strikeout => {
                    line.k += 1;
                    outs += 1;
                    0
                }
                Outcome::Walk => {
                    line.bb += 1;
                    bases.force(batter).len()
                }
                Outcome::HitByPitch => {
                    line.hb += 1;
                    bases.force(batter).len()
                }
                Outcome::HomeRun => {
                    line.h += 1;
                    line.hr += 1;
                    bases.hit(4, batter, two_out, dice).len()
                }
                Outcome::Hit(n, _) => {
                    line.h += 1;
                    bases.hit(n, batter, two_out, dice).len()
                }
                Outcome::Error(_) => bases.force(batter).len(),
                Outcome::Out(Ball::Ground) if !two_out && bases.0[0].is_some() && dice.chance(0.36) => {
                    let before = (outs % 3) as u8;
                    outs += 2;
                    bases.double_play(before).len()
                }
                Outcome::Out(ball) => {
                    let home = bases.out(ball, batter, (outs % 3) as u8, dice).0.len();
                    outs += 1;
                    home
                }
            };
            runs += u32::from(home);
            for _ in 0..home {
                line.er += u32::from(outcome == Outcome::HomeRun || dice.chance(0.92));
            }
            if outs % 3 == 0
                && !matches!(
                    outcome,
                    Outcome::Walk | Outcome::HitByPitch | Outcome::HomeRun | Outcome::Hit(..) | Outcome::Error(_)
                )
            {
                bases = Bases::default();
            }
        }
        line.bf += faced;
        line.outs += outs;
        line.r += runs;
        // His own work, and luck with the other half of the score.
        let own = 4.5 - f64::from(runs) * if starter { 1.0 } else { 2.5 };
        let score = own + 2.6 * dice.bell();
        if starter {
            line.w += u32::from(score > 2.2 && outs >= 15);
            line.l += u32::from(score < -0.2);
        } else {
            line.w += u32::from(score > 7.6);
            line.l += u32::from(score < -2.0);
            line.s += u32::from((5.6..7.6).contains(&score) && rates.k > 0.01);
        }
    }
    line
}
