//! Season lines the box score does not give: linear weights from the lines themselves, the mix of batted balls as it was,
//! direction and plate discipline as they go with the player.

use super::career::{Career, LevelLine};
use super::lines::Batting;
use crate::levels::Level;
use dynasty_numbers::dice::{Dice, Purpose};

/// A row of milb_advanced_stats. Percentages and wBsR in tenths, wOBA and ISO in thousandths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AdvancedRow {
    /// His number in the league, from 0.
    pub player: u32,
    /// The season.
    pub season: i32,
    /// The level; never `None` in a row the league hands out.
    pub level: Option<Level>,
    /// Weighted runs created.
    pub wrc: i32,
    /// Weighted runs above the average of the level.
    pub wraa: i32,
    /// Weighted on-base average.
    pub woba: i32,
    /// Weighted runs created against the level, which is 100.
    pub wrc_plus: i32,
    /// Isolated power; `None` without an at-bat.
    pub iso: Option<i32>,
    /// Ground balls, flies and line drives; `None` without a batted ball.
    pub mix: Option<[i32; 3]>,
    /// Pop-ups of the flies.
    pub iffb: Option<i32>,
    /// Home runs of the flies.
    pub hr_per_fb: Option<i32>,
    /// Pulled, up the middle, the other way.
    pub spray: Option<[i32; 3]>,
    /// Swinging strikes, contact, zone, swings outside and inside of it.
    pub discipline: [i32; 5],
    /// Bill James' speed score, in tenths.
    pub speed_score: i32,
    /// Runs won on the bases.
    pub wbsr: i32,
    /// Hard, medium, soft.
    pub quality: [i32; 3],
}

/// Least plate appearances for a row: below that nobody publishes one.
const LEAST: u32 = 10;

/// numerator / denominator in the given unit, half up.
fn share(part: u32, whole: u32, unit: u64) -> i32 {
    ((2 * unit * u64::from(part) + u64::from(whole)) / (2 * u64::from(whole))) as i32
}

fn round(x: f64) -> i32 {
    if x < 0.0 { -((0.5 - x) as i32) } else { (x + 0.5) as i32 }
}

/// The row of a season at a level; `league` is everything batted at that level in that season.
pub fn row(seed: u64, season: i32, career: &Career, line: &LevelLine, league: &Batting) -> Option<AdvancedRow> {
    let bat = &line.bat;
    if bat.pa < LEAST || career.person.bat.is_none() {
        return None;
    }
    let (sum, n) = bat.woba_parts();
    if n == 0 || league.pa == 0 {
        return None;
    }
    let key = (season as u64) << 8 | line.level.ordinal() as u64;
    let mut dice = Dice::new(seed, Purpose::Tracking, u64::from(career.person.number), key);
    let woba = sum as f64 / (1000.0 * n as f64);
    let mean = league.woba().unwrap_or(0.32);
    let runs = f64::from(league.r) / f64::from(league.pa);
    let pa = f64::from(bat.pa);
    let wraa = (woba - mean) / 1.24 * pa;
    let balls = bat.grounders + bat.liners + bat.flies + bat.pops;
    let flies = bat.flies + bat.pops;
    let mix = (balls > 0).then(|| {
        let (ground, fly) = (share(bat.grounders, balls, 1000), share(flies, balls, 1000));
        [ground, fly, (1000 - ground - fly).max(0)]
    });
    let k = f64::from(bat.so) / pa;
    let walks = f64::from(bat.bb) / pa;
    let swinging = (30.0 + 400.0 * k + 8.0 * dice.bell()).clamp(10.0, 260.0);
    let outside = (340.0 - 620.0 * (walks - 0.10) + 22.0 * dice.bell()).clamp(120.0, 550.0);
    let inside = (650.0 + 25.0 * dice.bell()).clamp(480.0, 850.0);
    let contact = 1000.0 - swinging / 0.46;
    let zone = 470.0 + 18.0 * dice.bell();
    // Power hitters pull.
    let iso = (bat.ab > 0).then(|| share(bat.b2 + 2 * bat.b3 + 3 * bat.hr, bat.ab, 1000));
    let slug = f64::from(iso.unwrap_or(0));
    let pull = (390.0 + 0.25 * (slug - 130.0) + 40.0 * dice.bell()).clamp(150.0, 700.0) as i32;
    let oppo = (330.0 - 0.15 * (slug - 130.0) + 35.0 * dice.bell()).clamp(100.0, 600.0) as i32;
    let oppo = oppo.min(1000 - pull);
    let hard = (270.0 + 0.55 * (slug - 130.0) + 30.0 * dice.bell()).clamp(60.0, 600.0) as i32;
    let soft = (200.0 - 0.25 * (slug - 130.0) + 25.0 * dice.bell()).clamp(30.0, 400.0) as i32;
    let times_on_first = f64::from(bat.h - bat.b2 - bat.b3 - bat.hr + bat.bb + bat.hbp).max(1.0);
    let tries = f64::from(bat.sb + bat.cs);
    let success = (f64::from(bat.sb) + 3.0) / (tries + 7.0);
    let runs_scored = f64::from(bat.r.saturating_sub(bat.hr)) / f64::from(bat.h + bat.bb + bat.hbp - bat.hr).max(1.0);
    // Bill James' parts, each 0 to 10: steals' success, their frequency, triples, runs.
    let parts = [
        (success - 0.4) * 20.0,
        tries / times_on_first * 28.0,
        f64::from(bat.b3) / f64::from((bat.ab - bat.so).max(1)) * 400.0,
        (runs_scored - 0.1) * 25.0,
    ];
    let speed = parts.iter().map(|p| p.clamp(0.0, 10.0)).sum::<f64>() / 4.0;
    Some(AdvancedRow {
        player: career.person.number,
        season,
        level: Some(line.level),
        wrc: round(wraa + runs * pa),
        wraa: round(wraa),
        woba: ((2 * sum + n) / (2 * n)) as i32,
        wrc_plus: round(100.0 * ((woba - mean) / 1.24 + runs) / runs),
        iso,
        mix,
        iffb: (flies > 0).then(|| share(bat.pops, flies, 1000)),
        hr_per_fb: (flies > 0).then(|| share(bat.hr, flies, 1000)),
        spray: (balls > 0).then_some([pull, 1000 - pull - oppo, oppo]),
        discipline: [
            round(swinging),
            round(contact),
            round(zone),
            round(outside),
            round(inside),
        ],
        speed_score: round(10.0 * speed),
        wbsr: round(2.0 * f64::from(bat.sb) - 4.2 * f64::from(bat.cs) + 3.0 * dice.bell() * pa / 500.0),
        quality: [hard, 1000 - hard - soft, soft],
    })
}
