//! All 290 features of a small awkward database against an independent implementation of the contract.
//!
//! The expected values lie beside the real data (`DYNASTY_DATA`, default `../shared/data`): not part of this repository.

use dynasty_numbers::days::day;
use dynasty_prospects::features::advanced::{ADV_COLUMNS, Advanced, AdvancedLine};
use dynasty_prospects::features::catalogue::catalogue;
use dynasty_prospects::features::game::{GameLog, LOG_COLUMNS};
use dynasty_prospects::features::norms::{NormPools, Norms};
use dynasty_prospects::features::person::Person;
use dynasty_prospects::features::played::{Played, is_in_time, sort};
use dynasty_prospects::features::scouting::{GRADE_COLUMNS, Report, Scouting, risk_ordinal};
use dynasty_prospects::features::scratch::Scratch;
use dynasty_prospects::features::subject::{MajorsToDate, Subject};
use dynasty_prospects::levels::Level;
use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;

type Row = HashMap<String, String>;

fn expected_dir() -> Option<PathBuf> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let data = std::env::var_os("DYNASTY_DATA").map_or_else(|| root.join("../shared/data"), PathBuf::from);
    let dir = data.join("../expected");
    if dir.is_dir() {
        return Some(dir);
    }
    println!("SKIPPED: no expected values at {}", dir.display());
    None
}

fn read(dir: &std::path::Path, name: &str) -> Vec<Row> {
    let mut reader = csv::Reader::from_path(dir.join(name)).unwrap();
    let header = reader.headers().unwrap().clone();
    let row = |record: csv::StringRecord| header.iter().zip(&record).map(|(h, v)| (h.into(), v.into())).collect();
    reader.records().map(|record| row(record.unwrap())).collect()
}

fn text<'a>(row: &'a Row, name: &str) -> Option<&'a str> {
    row.get(name).map(String::as_str).filter(|v| !v.is_empty())
}

fn int(row: &Row, name: &str) -> Option<i32> {
    text(row, name).map(|v| v.parse().unwrap())
}

fn date(row: &Row, name: &str) -> Option<i32> {
    let parts: Vec<i32> = text(row, name)?.split('-').map(|p| p.parse().unwrap()).collect();
    Some(day(parts[0], parts[1] as u8, parts[2] as u8))
}

fn level(row: &Row) -> u8 {
    text(row, "level")
        .and_then(Level::from_name)
        .map_or(0, |l| l.ordinal() as u8)
}

fn game(row: &Row) -> GameLog {
    let mut game = GameLog {
        id: int(row, "id").unwrap().into(),
        date: date(row, "game_date").unwrap(),
        season: int(row, "season").unwrap(),
        game_number: int(row, "game_number").unwrap_or(1),
        level: level(row),
        home: text(row, "is_home").map(|v| v == "t"),
        ..GameLog::EMPTY
    };
    for (i, column) in LOG_COLUMNS.iter().enumerate() {
        if let Some(value) = int(row, column) {
            game.counts[i] = value;
            game.known |= 1 << i;
        }
    }
    game
}

struct Tables {
    people: Vec<Person>,
    games: HashMap<i32, Vec<GameLog>>,
    reports: HashMap<i32, Vec<Report>>,
    advanced: HashMap<i32, Vec<AdvancedLine>>,
    majors: HashMap<i32, Vec<Row>>,
}

fn by_prospect<T>(rows: &[Row], keep: impl Fn(&Row) -> bool, make: impl Fn(&Row) -> T) -> HashMap<i32, Vec<T>> {
    let mut map: HashMap<i32, Vec<T>> = HashMap::new();
    for row in rows.iter().filter(|row| keep(row)) {
        map.entry(int(row, "prospect_id").unwrap()).or_default().push(make(row));
    }
    map
}

impl Tables {
    fn read(dir: &std::path::Path) -> Tables {
        let tables = dir.join("tables");
        let letter = |row: &Row, name: &str| text(row, name).and_then(|v| v.chars().next());
        let people = read(&tables, "prospects.csv");
        Tables {
            people: people
                .iter()
                .map(|row| Person {
                    id: int(row, "id").unwrap(),
                    position: text(row, "position").unwrap().into(),
                    bats: letter(row, "bats"),
                    throws: letter(row, "throws"),
                    height_inches: int(row, "height_inches"),
                    weight_lbs: int(row, "weight_lbs"),
                    birth_date: date(row, "birth_date"),
                    birth_country: text(row, "birth_country").map(Into::into),
                    draft_year: int(row, "draft_year"),
                    draft_round: int(row, "draft_round"),
                    draft_pick: int(row, "draft_pick"),
                    signing_bonus_usd: int(row, "signing_bonus_usd"),
                })
                .collect(),
            games: by_prospect(
                &read(&tables, "milb_game_logs.csv"),
                |row| text(row, "game_type").is_none_or(|t| t == "Regular"),
                game,
            ),
            reports: by_prospect(
                &read(&tables, "scouting_grades.csv"),
                |_| true,
                |row| Report {
                    id: int(row, "id").unwrap(),
                    edition: None,
                    source: text(row, "source").unwrap().to_lowercase(),
                    list: text(row, "source").unwrap().to_string(),
                    ranking_year: int(row, "ranking_year").unwrap(),
                    recorded: date(row, "date_recorded").unwrap(),
                    grades: GRADE_COLUMNS.map(|column| match column {
                        "risk_level" => text(row, column).and_then(risk_ordinal),
                        _ => int(row, column),
                    }),
                },
            ),
            advanced: by_prospect(
                &read(&tables, "milb_advanced_stats.csv"),
                |_| true,
                |row| AdvancedLine {
                    season: int(row, "season").unwrap(),
                    level: level(row),
                    values: ADV_COLUMNS.map(|column| text(row, column).map(|v| v.parse().unwrap())),
                },
            ),
            majors: by_prospect(&read(&tables, "mlb_stats.csv"), |_| true, Clone::clone),
        }
    }

    fn played(&self, id: i32, year: i32) -> Played {
        let mut games = self.games.get(&id).cloned().unwrap_or_default();
        games.retain(|g| is_in_time(g.season, g.date, year));
        sort(&mut games);
        Played::walk(&games, &mut Scratch::default())
    }

    fn norms(&self, year: i32) -> Norms {
        let mut pools = NormPools::default();
        self.people
            .iter()
            .for_each(|p| pools.add(p, &self.played(p.id, year).stints));
        pools.norms()
    }

    fn features(&self, year: i32) -> BTreeMap<i32, Vec<Option<f64>>> {
        let norms = self.norms(year);
        let of = |person: &Person| {
            let played = self.played(person.id, year);
            let mut majors = MajorsToDate::default();
            for row in self.majors.get(&person.id).into_iter().flatten() {
                if int(row, "season").unwrap() <= year {
                    let appearance = [
                        "games_played",
                        "plate_appearances",
                        "games_pitched",
                        "outs_pitched",
                        "batters_faced",
                    ];
                    majors.reached |= appearance.iter().any(|c| int(row, c).is_some_and(|n| n > 0));
                    majors.games += i64::from(int(row, "games_played").unwrap_or(0));
                }
            }
            let none = vec![];
            let scouting = Scouting::as_of(self.reports.get(&person.id).unwrap_or(&vec![]), year);
            let advanced = Advanced::as_of(self.advanced.get(&person.id).unwrap_or(&none), year, &played);
            let subject = Subject::new(year, person, &played, scouting, advanced, majors, &norms);
            catalogue().iter().map(|f| f.value(&subject)).collect()
        };
        self.people.iter().map(|p| (p.id, of(p))).collect()
    }
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(1.0)
}

#[test]
fn features_are_those_of_the_independent_implementation() {
    let Some(dir) = expected_dir() else { return };
    let tables = Tables::read(&dir);
    let mut wrong: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let mut compared = 0;
    for year in [2017, 2019, 2020, 2022] {
        let mine = tables.features(year);
        let expected = read(&dir, &format!("features_{year}.csv"));
        assert_eq!(mine.len(), expected.len());
        for row in &expected {
            let id = int(row, "prospect_id").unwrap();
            for (feature, value) in catalogue().iter().zip(&mine[&id]) {
                compared += 1;
                let theirs: Option<f64> = text(row, feature.name).map(|v| v.parse().unwrap());
                let same = match (*value, theirs) {
                    (None, None) => true,
                    (Some(a), Some(b)) => close(b, a),
                    _ => false,
                };
                if !same {
                    let what = format!("prospect {id} as of {year}: {value:?}, expected {theirs:?}");
                    wrong.entry(feature.name).or_default().push(what);
                }
            }
        }
    }
    for (name, cases) in &wrong {
        println!("{name}: {} differ, first {}", cases.len(), cases[0]);
    }
    println!("{compared} values compared");
    assert!(wrong.is_empty(), "{} features differ", wrong.len());
}

#[test]
fn norms_are_those_of_the_independent_implementation() {
    let Some(dir) = expected_dir() else { return };
    let norms = Tables::read(&dir).norms(9999);
    for row in read(&dir, "norms.csv") {
        let norm = norms.of(int(&row, "season").unwrap(), level(&row));
        let pairs = [
            ("age", norm.age),
            ("OPS", norm.ops),
            ("KR", norm.k_rate),
            ("BBR", norm.bb_rate),
            ("ISO", norm.iso),
            ("BABIP", norm.babip),
            ("ERA", norm.era),
            ("FIP", norm.fip),
            ("KBB", norm.k_minus_bb),
        ];
        for (name, mine) in pairs {
            let theirs: Option<f64> = text(&row, name).map(|v| v.parse().unwrap());
            let same = match (mine, theirs) {
                (None, None) => true,
                (Some(a), Some(b)) => close(b, a),
                _ => false,
            };
            assert!(same, "{name} of {row:?}: {mine:?}");
        }
    }
}
