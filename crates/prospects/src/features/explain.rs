//! Why a feature has the value it has: formula, inputs with their values and row counts, and the reason of a NULL.

use super::catalogue::{AppliesTo, Feature, catalogue};
use super::scouting::{GRADE_COLUMNS, Grade};
use super::subject::Subject;
use super::trace::{Look, traced};
use crate::levels::Level;
use dynasty_numbers::days::date_text;

/// An input of a feature.
#[derive(Clone, Debug, PartialEq)]
pub struct Input {
    /// What it is.
    pub name: String,
    /// Its value, as text; `None` where there is none.
    pub value: Option<String>,
    /// Over how many rows, where it is over rows.
    pub rows: Option<i64>,
    /// What else is worth knowing.
    pub note: Option<String>,
}

/// A feature, explained.
#[derive(Clone, Debug)]
pub struct Explanation {
    /// Its value.
    pub value: Option<f64>,
    /// Why it is NULL, if it is.
    pub why_null: Option<String>,
    /// What it was computed from.
    pub inputs: Vec<Input>,
}

fn input(name: impl Into<String>, value: Option<impl ToString>) -> Input {
    Input {
        name: name.into(),
        value: value.map(|v| v.to_string()),
        rows: None,
        note: None,
    }
}

/// Explains a feature of a subject.
pub fn explain(feature: &Feature, subject: &Subject<'_>) -> Explanation {
    let (value, looks) = traced(|| feature.value(subject));
    let mut inputs = personal(feature, subject);
    inputs.extend(played(feature, subject));
    inputs.extend(written(feature, subject));
    inputs.extend(majors(feature, subject));
    inputs.extend(built_on(feature, subject));
    let names = SetNames::of(subject);
    for input in looks.iter().flat_map(|look| inputs_of(look, subject, &names)) {
        // Two rates of a feature may count the same.
        if !inputs.contains(&input) {
            inputs.push(input);
        }
    }
    let why_null = value.is_none().then(|| why_null(feature, subject, &looks, &names));
    Explanation {
        value,
        why_null,
        inputs,
    }
}

/// The columns of `prospects` among its sources.
fn personal(feature: &Feature, s: &Subject<'_>) -> Vec<Input> {
    let p = s.person;
    let column = |source: &str| {
        Some(match source.strip_prefix("prospects.")? {
            "birth_date" => input("birth_date", p.birth_date.map(date_text)),
            "position" => input("position", Some(&p.position)),
            "bats" => input("bats", p.bats),
            "throws" => input("throws", p.throws),
            "height_inches" => input("height_inches", p.height_inches),
            "weight_lbs" => input("weight_lbs", p.weight_lbs),
            "birth_country" => input("birth_country", p.birth_country.as_ref()),
            "draft_year" => input("draft_year", p.draft_year),
            "draft_round" => input("draft_round", p.draft_round),
            "draft_pick" => input("draft_pick", p.draft_pick),
            "signing_bonus_usd" => input("signing_bonus_usd", p.signing_bonus_usd),
            _ => return None,
        })
    };
    feature
        .sources
        .split(';')
        .filter_map(|source| column(source.trim()))
        .collect()
}

/// How many rows there are at all, for features of the game logs.
fn played(feature: &Feature, s: &Subject<'_>) -> Vec<Input> {
    if !feature.sources.contains("milb_game_logs") {
        return vec![];
    }
    let rows = |name: &str, rows: i64, note: String| Input {
        name: name.into(),
        value: None,
        rows: Some(rows),
        note: Some(note),
    };
    let span = match (s.played.path.first, s.played.path.last) {
        (Some((first, _)), Some((last, _))) => format!("{} to {}", date_text(first), date_text(last)),
        _ => "no counted game".into(),
    };
    let mut inputs = vec![rows("counted games", s.played.games, span)];
    if feature.applies_to != AppliesTo::Pitcher {
        let pa = s.bat.career.pa();
        inputs.push(rows(
            "batting games",
            s.bat.career.rows(),
            format!("{pa} plate appearances"),
        ));
    }
    if feature.applies_to != AppliesTo::Hitter {
        let outs = s.arm.career.outs();
        inputs.push(rows("pitching games", s.arm.career.rows(), format!("{outs} outs")));
    }
    inputs
}

/// What lists there are, for features of the scouts.
fn written(feature: &Feature, s: &Subject<'_>) -> Vec<Input> {
    if !feature.sources.contains("scouting_grades") {
        return vec![];
    }
    let reports = s.scouting.reports();
    let mut lists: Vec<String> = reports
        .iter()
        .map(|r| format!("{} {}", r.ranking_year, r.source))
        .collect();
    lists.dedup();
    let mut all = vec![Input {
        name: "scouting reports".into(),
        value: None,
        rows: Some(reports.len() as i64),
        note: (!lists.is_empty()).then(|| lists.join(", ")),
    }];
    // Grades of all lists, where a feature compares lists.
    for grade in [Grade::FutureValue, Grade::RankOverall] {
        let name = GRADE_COLUMNS[grade as usize];
        if feature.sources.contains(name) {
            all.extend(reports.iter().map(|r| {
                input(
                    format!("{name}, {} {}", r.ranking_year, r.source),
                    r.grades[grade as usize],
                )
            }));
        }
    }
    all
}

/// What is known of the majors, for features of them.
fn majors(feature: &Feature, s: &Subject<'_>) -> Vec<Input> {
    if !feature.sources.contains("mlb_stats") {
        return vec![];
    }
    vec![
        input("major-league appearance", Some(s.majors.reached)),
        input("major-league games", Some(s.majors.games)),
    ]
}

/// The features a feature is built on.
fn built_on(feature: &Feature, s: &Subject<'_>) -> Vec<Input> {
    let names = feature.sources.strip_prefix("features: ").unwrap_or("").split(", ");
    names
        .filter_map(|name| catalogue().iter().find(|f| f.name == name))
        .map(|f| input(f.name, f.value(s)))
        .collect()
}

fn level_name(level: u8) -> &'static str {
    Level::ALL
        .iter()
        .find(|l| l.ordinal() == i32::from(level))
        .map_or("?", |l| l.name())
}

/// The row sets of a subject by where they lie.
struct SetNames(Vec<(usize, String)>);

fn address<T>(of: &T) -> usize {
    std::ptr::from_ref(of).addr()
}

impl SetNames {
    fn of(s: &Subject<'_>) -> SetNames {
        let mut names = vec![
            (address(&s.bat.career), "career".to_string()),
            (address(&s.bat.last), "last season".into()),
            (address(&s.bat.top), "highest level".into()),
            (address(&s.arm.career), "career".into()),
            (address(&s.arm.last), "last season".into()),
            (address(&s.arm.top), "highest level".into()),
            (address(&s.played.last30), "last 30 games".into()),
            (address(&s.played.last10), "last 10 appearances".into()),
        ];
        for (i, side) in ["away", "at home"].iter().enumerate() {
            names.push((address(&s.played.bat_home[i]), side.to_string()));
            names.push((address(&s.played.arm_home[i]), side.to_string()));
        }
        for (i, half) in ["first half of the last season", "second half of the last season"]
            .iter()
            .enumerate()
        {
            names.push((address(&s.played.bat_halves.1[i]), half.to_string()));
            names.push((address(&s.played.arm_halves.1[i]), half.to_string()));
        }
        for stint in &s.played.stints {
            let name = format!("{} {}", stint.season, level_name(stint.level));
            names.push((address(&stint.bat), name.clone()));
            names.push((address(&stint.arm), name));
        }
        let month = |m: i32| format!("{}-{:02}", (m - 1).div_euclid(12), (m - 1).rem_euclid(12) + 1);
        names.extend(s.played.bat_months.iter().map(|(m, sums)| (address(sums), month(*m))));
        names.extend(s.played.arm_months.iter().map(|(m, sums)| (address(sums), month(*m))));
        names.extend(s.bat.seasons.iter().map(|(y, sums)| (address(sums), y.to_string())));
        names.extend(s.arm.seasons.iter().map(|(y, sums)| (address(sums), y.to_string())));
        let level = |l: i32| level_name(l as u8).to_string();
        names.extend(s.bat.levels.iter().map(|(l, sums)| (address(sums), level(*l))));
        names.extend(s.arm.levels.iter().map(|(l, sums)| (address(sums), level(*l))));
        let best = |season: i32| format!("best season, {season}");
        names.extend(s.bat.best.iter().map(|(y, sums)| (address(sums), best(*y))));
        names.extend(s.arm.best.iter().map(|(y, sums)| (address(sums), best(*y))));
        SetNames(names)
    }

    fn name(&self, set: usize) -> &str {
        self.0
            .iter()
            .find(|(at, _)| *at == set)
            .map_or("rows", |(_, name)| name)
    }
}

fn inputs_of(look: &Look, s: &Subject<'_>, names: &SetNames) -> Vec<Input> {
    match look {
        Look::Sums {
            set,
            rows,
            complete,
            sums,
        } => {
            let of = names.name(*set);
            let note = (complete < rows).then(|| format!("{} of {rows} rows lack a count", rows - complete));
            let line = |(name, sum): &(&str, i64)| Input {
                name: format!("{name}, {of}"),
                value: (*complete > 0).then(|| sum.to_string()),
                rows: Some(*complete),
                note: note.clone(),
            };
            sums.iter().map(line).collect()
        }
        Look::Grade(name, value, year) => {
            let mut grade = input(*name, *value);
            grade.note = year.map(|year| format!("list of {year}"));
            vec![grade]
        }
        Look::Norm(season, level) => {
            let norm = s.norms.of(*season, *level);
            let of = format!("norm of {season} {}", level_name(*level));
            let parts = [
                ("age", norm.age),
                ("OPS", norm.ops),
                ("K rate", norm.k_rate),
                ("BB rate", norm.bb_rate),
                ("ISO", norm.iso),
                ("BABIP", norm.babip),
                ("ERA", norm.era),
                ("FIP", norm.fip),
                ("K-BB", norm.k_minus_bb),
            ];
            let known: Vec<String> = parts
                .iter()
                .filter_map(|(name, value)| value.map(|v| format!("{name} {v:.3}")))
                .collect();
            let mut line = input(of, (!known.is_empty()).then(|| known.join(", ")));
            line.note = known.is_empty().then(|| "fewer than 5 prospects".into());
            vec![line]
        }
        Look::Advanced(name, lines, value) => vec![Input {
            name: name.to_string(),
            value: value.map(|v| v.to_string()),
            rows: Some(*lines),
            note: Some("weighted by plate appearances where it is a mean".into()),
        }],
    }
}

fn why_null(feature: &Feature, s: &Subject<'_>, looks: &[Look], names: &SetNames) -> String {
    let position = &s.person.position;
    if feature.applies_to == AppliesTo::Hitter && !s.hitter {
        return format!(
            "It is a hitter's feature: he is listed as {position} and has {} of the 100 plate appearances that make a pitcher a hitter too.",
            s.bat.career.pa()
        );
    }
    if feature.applies_to == AppliesTo::Pitcher && !s.pitcher {
        return format!(
            "It is a pitcher's feature: he is listed as {position} and has {} of the 90 outs that make a hitter a pitcher too.",
            s.arm.career.outs()
        );
    }
    let rule = format!("NULL when: {}.", feature.null_rule);
    let lacking = looks.iter().find_map(|look| match look {
        Look::Sums {
            set,
            rows,
            complete: 0,
            sums,
        } => {
            let counts: Vec<&str> = sums.iter().map(|(name, _)| *name).collect();
            Some(format!(
                "None of {rows} rows ({}) knows all of {}.",
                names.name(*set),
                counts.join(", ")
            ))
        }
        Look::Grade(name, None, None) => Some(format!("No scouting report by then has a {name}.")),
        Look::Grade(name, None, Some(year)) => Some(format!("No list of {year} has a {name}.")),
        Look::Advanced(name, 0, _) => Some(format!("No advanced line by then has {name}.")),
        Look::Norm(season, level) if s.norms.of(*season, *level).age.is_none() => Some(format!(
            "The norm of {season} {} is not known: fewer than 5 prospects.",
            level_name(*level)
        )),
        _ => None,
    });
    match lacking {
        Some(lacking) => format!("{lacking} {rule}"),
        None if s.played.games == 0 && feature.sources.contains("milb_game_logs") => {
            format!("He has no counted game by then. {rule}")
        }
        None => rule,
    }
}
