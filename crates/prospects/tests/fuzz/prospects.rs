//! Rows of the tables with anything in them that their types allow: the whole catalogue, explained, and labels.

use crate::dice::Dice;
use crate::fuzz;
use dynasty_prospects::features::advanced::{ADVS, Advanced, AdvancedLine};
use dynasty_prospects::features::catalogue::catalogue;
use dynasty_prospects::features::explain::explain;
use dynasty_prospects::features::game::GameLog;
use dynasty_prospects::features::norms::NormPools;
use dynasty_prospects::features::person::Person;
use dynasty_prospects::features::played::{Played, is_in_time, sort};
use dynasty_prospects::features::scouting::{GRADES, Report, Scouting};
use dynasty_prospects::features::scratch::Scratch;
use dynasty_prospects::features::subject::{MajorsToDate, Subject};
use dynasty_prospects::labels::config::Thresholds;
use dynasty_prospects::labels::derive::{Label, MajorSeason};
use dynasty_prospects::labels::window::Window;
use rust_decimal::Decimal;

#[derive(Debug)]
struct Rows {
    year: i32,
    person: Person,
    games: Vec<GameLog>,
    reports: Vec<Report>,
    advanced: Vec<AdvancedLine>,
    majors: MajorsToDate,
}

fn maybe(dice: &mut Dice, most: i64) -> Option<i32> {
    (!dice.one_in(4)).then(|| dice.whole().clamp(-most, most) as i32)
}

/// A count as the checks of the tables let it in: not negative, now and then as large as its type.
fn count(dice: &mut Dice) -> i32 {
    match dice.below(5) {
        0 => i32::MAX - dice.below(3) as i32,
        1 => 0,
        _ => dice.below(9) as i32,
    }
}

fn rows(dice: &mut Dice) -> Rows {
    const INT: i64 = i32::MAX as i64;
    let positions = ["SS", "P", "RP", "C", "OF", "1B", "IF", "", "?"];
    let year = [1900, 2020, 2021, 2022, 2100][dice.below(5)];
    let day = |dice: &mut Dice| (year - 2000) * 365 + dice.below(2000) as i32 - 1800;
    // Days and years that the tables' checks let in, 1850 to 2200, as days since 2000.
    let any_day = |dice: &mut Dice| dice.below(127_800) as i32 - 54_700;
    let person = Person {
        id: dice.whole() as i32,
        position: dice.pick(&positions).to_string(),
        bats: [None, Some('L'), Some('R'), Some('S')][dice.below(4)],
        throws: [None, Some('L'), Some('R')][dice.below(3)],
        height_inches: maybe(dice, INT),
        weight_lbs: maybe(dice, INT),
        birth_date: (!dice.one_in(4)).then(|| {
            if dice.one_in(2) {
                any_day(dice)
            } else {
                day(dice) - 20 * 365
            }
        }),
        birth_country: [None, Some("USA".into()), Some(String::new()), Some("\u{df}".repeat(50))][dice.below(4)]
            .clone(),
        draft_year: maybe(dice, 2200),
        draft_round: maybe(dice, INT),
        draft_pick: maybe(dice, INT),
        signing_bonus_usd: maybe(dice, INT),
    };
    let few = [3, 20, 200][dice.below(3)];
    let games = (0..dice.below(few))
        .map(|id| {
            let date = day(dice);
            let mut game = GameLog {
                id: id as i64,
                date,
                season: if dice.one_in(9) {
                    dice.below(331) as i32 + 1870
                } else {
                    2000 + date.div_euclid(366)
                },
                game_number: 1 + dice.below(3) as i32,
                level: dice.below(7) as u8,
                home: [None, Some(true), Some(false)][dice.below(3)],
                known: if dice.one_in(2) { u32::MAX } else { dice.bits() as u32 },
                ..GameLog::EMPTY
            };
            let known = game.known;
            game.counts
                .iter_mut()
                .enumerate()
                .filter(|(i, _)| known >> i & 1 == 1)
                .for_each(|(_, n)| *n = count(dice));
            game
        })
        .collect();
    let reports = (0..dice.below(6))
        .map(|id| Report {
            id: id as i32,
            edition: dice.one_in(2).then_some(id as i32),
            source: dice.pick(&["fangraphs", "ba", "", "mlb_pipeline"]).to_string(),
            list: dice.pick(&["fangraphs", "ba", "BA"]).to_string(),
            ranking_year: year - dice.below(4) as i32,
            recorded: day(dice),
            grades: [(); GRADES].map(|()| maybe(dice, INT)),
        })
        .collect();
    let advanced = (0..dice.below(5))
        .map(|_| AdvancedLine {
            season: year - dice.below(4) as i32,
            level: dice.below(7) as u8,
            // The tables' columns are numerics of few digits, without NaN.
            values: [(); ADVS].map(|()| {
                dice.float_or_none()
                    .filter(|x| x.is_finite())
                    .map(|x| x.clamp(-1e6, 1e6))
            }),
        })
        .collect();
    let majors = MajorsToDate {
        reached: dice.one_in(2),
        games: dice.whole() & 0xffff_ffff,
    };
    Rows {
        year,
        person,
        games,
        reports,
        advanced,
        majors,
    }
}

fn with_subject(rows: &Rows, work: impl FnOnce(&Subject<'_>)) {
    let mut games = rows.games.clone();
    games.retain(|g| is_in_time(g.season, g.date, rows.year));
    sort(&mut games);
    let played = Played::walk(&games, &mut Scratch::default());
    let mut pools = NormPools::default();
    // Everybody at his levels is somebody like him.
    for _ in 0..6 {
        pools.add(&rows.person, &played.stints);
    }
    let norms = pools.norms();
    let scouting = Scouting::as_of(&rows.reports, rows.year);
    let advanced = Advanced::as_of(&rows.advanced, rows.year, &played);
    work(&Subject::new(
        rows.year,
        &rows.person,
        &played,
        scouting,
        advanced,
        rows.majors,
        &norms,
    ));
}

#[test]
fn features() {
    fuzz("features", rows, |rows| {
        with_subject(rows, |subject| {
            for feature in catalogue() {
                let value = feature.value(subject);
                assert!(value.is_none_or(f64::is_finite), "{} is {value:?}", feature.name);
            }
        });
    });
}

#[test]
fn explanations() {
    fuzz(
        "explanations",
        |dice| (rows(dice), dice.below(290)),
        |(rows, at)| {
            with_subject(rows, |subject| {
                let feature = &catalogue()[*at];
                let explanation = explain(feature, subject);
                assert_eq!(
                    explanation.value.map(f64::to_bits),
                    feature.value(subject).map(f64::to_bits),
                    "{}",
                    feature.name
                );
                assert_eq!(
                    explanation.value.is_none(),
                    explanation.why_null.is_some(),
                    "{}",
                    feature.name
                );
            });
        },
    );
}

#[test]
fn labels() {
    let season = |dice: &mut Dice| MajorSeason {
        season: 2015 + dice.below(12) as i32,
        mlb_debut_date: dice.one_in(2).then(|| dice.below(127_800) as i32 - 54_700),
        games_played: dice.one_in(2).then(|| count(dice)),
        plate_appearances: dice.one_in(2).then(|| count(dice)),
        games_pitched: dice.one_in(2).then(|| count(dice)),
        outs_pitched: dice.one_in(2).then(|| count(dice)),
        batters_faced: dice.one_in(2).then(|| count(dice)),
        at_bats: None,
        war: dice.one_in(2).then(|| Decimal::new(dice.whole().clamp(-999, 999), 1)),
    };
    fuzz(
        "labels",
        |dice| {
            let seasons: Vec<MajorSeason> = (0..dice.below(12)).map(|_| season(dice)).collect();
            let year = |dice: &mut Dice| {
                if dice.one_in(3) {
                    dice.whole() as i32
                } else {
                    2015 + dice.below(12) as i32
                }
            };
            (
                year(dice),
                dice.one_in(2).then(|| year(dice)),
                dice.one_in(2).then(|| year(dice)),
                seasons,
            )
        },
        |(from, to, through, seasons)| match Window::new(*from, *to, *through) {
            Ok(window) => match Label::derive(&window, seasons, &Thresholds::default()) {
                Ok(label) => {
                    assert!(label.total_pa >= 0 && label.total_games >= 0 && label.total_outs_pitched >= 0);
                    // A window that is open says nothing final about who has not made it yet.
                    assert!(label.window_complete || label.is_success != Some(false), "{label:?}");
                }
                Err(error) => assert!(error.to_string().ends_with("out of range")),
            },
            Err(error) => assert!(error.to_string().chars().count() < 500),
        },
    );
}
