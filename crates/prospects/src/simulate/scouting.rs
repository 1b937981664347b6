//! What the lists say before a season: grades on the 20-80 scale in steps of five, blurred the more the further away a
//! player is.

use super::calendar::{Day, civil, day};
use super::career::Career;
use super::circuit::Circuit;
use super::signing::is_active;
use dynasty_numbers::dice::{Dice, Purpose};

/// A row of scouting_grades.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScoutingRow {
    /// His number in the league, from 0.
    pub player: u32,
    /// Whose list it is.
    pub source: &'static str,
    /// The season the list is made for.
    pub year: i32,
    /// His place among the first hundred.
    pub rank: Option<u32>,
    /// What he is likely to become, 20-80.
    pub future_value: Option<i32>,
    /// How sure they are: Safe, Medium, High, Extreme.
    pub risk: Option<&'static str>,
    /// The year he is expected in the majors.
    pub eta: Option<i32>,
    /// Hit, power, raw power, speed, field, arm: today and at the peak.
    pub tools: Option<[(i32, i32); 6]>,
    /// Fastball, slider, curveball, changeup, control, command.
    pub pitches: Option<[Option<i32>; 6]>,
    /// His place among the first two hundred for fantasy leagues.
    pub dynasty_rank: Option<u32>,
    /// The day the list came out.
    pub recorded: Day,
}

/// A grade: the nearest step of five within 20 to 80.
fn grade(x: f64) -> i32 {
    5 * ((x.clamp(20.0, 80.0) / 5.0 + 0.5) as i32)
}

/// How far off a list is, in points.
fn blur(circuit: Circuit, seasons: u32) -> f64 {
    let far = [8.0, 7.5, 6.8, 6.2, 5.6, 5.0, 4.4][circuit as usize];
    if seasons == 0 { far + 0.5 } else { far }
}

/// Everybody the lists of a year name. `share` of the players still called prospects get a FanGraphs row.
pub fn lists(seed: u64, year: i32, careers: &[Career]) -> Vec<ScoutingRow> {
    let today = day(year, 2, 1);
    let mut seen: Vec<(f64, u32)> = Vec::new();
    let mut pool = 0u32;
    for career in careers {
        let p = &career.person;
        // Rookies and everybody before that, once they have signed.
        let rookie = career.majors_pa <= 130 && career.majors_outs <= 150;
        if !is_active(career) || p.signed >= year || !rookie || p.age(today) > 28.0 {
            continue;
        }
        pool += 1;
        let mut dice = Dice::new(seed, Purpose::Scout, u64::from(p.number), year as u64);
        let eye = p.outlook(today) + blur(career.circuit, career.seasons) * dice.bell();
        // What he already does counts more than what he may do.
        seen.push((eye - 0.22 * p.shortfall(today), p.number));
    }
    seen.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let listed = (pool * 23 / 100).max(pool.min(3)) as usize;
    let mut rows = Vec::new();
    for (rank, (value, number)) in seen.iter().take(listed).enumerate() {
        let career = &careers[*number as usize];
        let rank = rank as u32 + 1;
        rows.push(row(seed, year, career, "fangraphs", rank, *value, 41));
        // The others print shorter lists.
        let mut dice = Dice::new(seed, Purpose::Scout, u64::from(*number), (year as u64) << 16);
        if rank as usize * 10 <= listed * 6 && dice.chance(0.85) {
            rows.push(row(
                seed,
                year,
                career,
                "mlb_pipeline",
                rank,
                *value + 1.6 * dice.bell(),
                25,
            ));
        }
        if rank as usize * 10 <= listed * 4 && dice.chance(0.85) {
            rows.push(row(seed, year, career, "ba", rank, *value + 1.6 * dice.bell(), 18));
        }
    }
    rows
}

fn row(seed: u64, year: i32, career: &Career, source: &'static str, rank: u32, value: f64, from: i32) -> ScoutingRow {
    let p = &career.person;
    let key = (year as u64) << 20 | u64::from(source.as_bytes()[0]);
    let mut dice = Dice::new(seed, Purpose::Scout, u64::from(p.number), key);
    let recorded = day(year, 1, 15) + from + dice.between(-6, 6);
    let below = p.shortfall(recorded);
    let moved = p.fate.at(p.age(recorded));
    let blur = blur(career.circuit, career.seasons);
    // A list of prospects grades the likely outcome: nobody listed is below 35, and an 80 has never been given.
    let future_value = grade(36.0 + 0.62 * (value - 42.0)).clamp(35, 70);
    let risk = match career.circuit {
        Circuit::AAA => "Safe",
        Circuit::AA => "Medium",
        Circuit::A | Circuit::HighA => "High",
        _ => "Extreme",
    };
    let torn = career.available > day(year, 6, 1);
    let away = Circuit::AAA as i32 - career.circuit as i32;
    let tools = p.bat.map(|b| {
        let mut tool = |peak: f64, gap: f64| {
            let future = grade(peak + 0.7 * blur * dice.bell());
            // Today's grade is his ability against the major leagues, and never above the future one.
            (grade(f64::from(future) - gap + 1.5 * dice.bell()).min(future), future)
        };
        [
            tool(b.hit + moved + 4.0, 0.85 * below),
            tool(b.power + moved + 4.0, 0.95 * below),
            tool(b.raw + moved + 5.0, 0.45 * below),
            tool(b.speed, 0.0),
            tool(b.field, 0.30 * below),
            tool(b.arm, 0.0),
        ]
    });
    let pitches = p.arm.map(|a| {
        let mut pitch = |peak: f64, thrown: f64| {
            let g = grade(peak + 0.8 * blur * dice.bell());
            dice.chance(thrown).then_some(g)
        };
        let variety = if a.starter { 0.15 } else { -0.25 };
        let fastball = pitch(a.stuff + moved + 7.0, 1.0);
        [
            fastball,
            pitch(a.stuff + moved + 5.0, 0.85),
            pitch(a.stuff + moved + 2.0, 0.5 + variety),
            pitch(
                a.stuff + moved + 1.0 + if a.starter { 3.0 } else { 0.0 },
                0.75 + variety,
            ),
            pitch(a.control + moved + 4.0, 1.0),
            pitch(a.control + moved + 2.5, 1.0),
        ]
    });
    let eta =
        civil(recorded).0 + away.min(5) + i32::from(career.circuit < Circuit::AA) * i32::from(p.age(recorded) < 20.0);
    ScoutingRow {
        player: p.number,
        source,
        year,
        rank: (rank <= 100).then_some(rank),
        future_value: (source != "mlb_pipeline" || rank <= 300).then_some(future_value),
        risk: (source != "mlb_pipeline").then_some(if torn && risk == "Safe" { "Medium" } else { risk }),
        eta: Some(eta.max(career.debut.map_or(eta, |d| civil(d).0.min(year)))),
        tools,
        pitches,
        dynasty_rank: (source == "fangraphs" && rank <= 200 && p.bat.is_some() | (rank <= 80)).then_some(rank),
        recorded,
    }
}
