//! What scouts wrote down: the picks of flagship contract 5.7.

use super::trace::{self, Look};
use dynasty_numbers::days::day;

/// The columns of `scouting_grades` that features read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
#[allow(missing_docs)] // the names are those of the columns
pub enum Grade {
    FutureValue,
    RankOverall,
    /// Safe 1, Medium 2, High 3, Extreme 4.
    Risk,
    EtaYear,
    DynastyRank,
    HitPresent,
    HitFuture,
    PowerPresent,
    PowerFuture,
    RawPowerPresent,
    RawPowerFuture,
    SpeedPresent,
    SpeedFuture,
    FieldPresent,
    FieldFuture,
    ArmPresent,
    ArmFuture,
    Fastball,
    Slider,
    Curveball,
    Changeup,
    Control,
    Command,
}

/// How many there are.
pub const GRADES: usize = 23;

/// Their columns in `scouting_grades`.
pub const GRADE_COLUMNS: [&str; GRADES] = [
    "future_value",
    "rank_overall",
    "risk_level",
    "eta_year",
    "dynasty_rank",
    "hit_present",
    "hit_future",
    "power_present",
    "power_future",
    "raw_power_present",
    "raw_power_future",
    "speed_present",
    "speed_future",
    "field_present",
    "field_future",
    "arm_present",
    "arm_future",
    "fastball_grade",
    "slider_grade",
    "curveball_grade",
    "changeup_grade",
    "control_grade",
    "command_grade",
];

/// The ordinal of a risk level.
pub fn risk_ordinal(risk: &str) -> Option<i32> {
    ["Safe", "Medium", "High", "Extreme"]
        .iter()
        .position(|r| *r == risk)
        .map(|i| i as i32 + 1)
}

/// A row of `scouting_grades`, or of `scouting_editions`.
#[derive(Clone, Debug, Hash)]
pub struct Report {
    /// The id it has or had in `scouting_grades`.
    pub id: i32,
    /// Its id in `scouting_editions`, if it stands there.
    pub edition: Option<i32>,
    /// `lower(source)`.
    pub source: String,
    /// The source as it is written, which the key goes by.
    pub list: String,
    /// The year of the list.
    pub ranking_year: i32,
    /// The day it was written down.
    pub recorded: i32,
    /// The grades.
    pub grades: [Option<i32>; GRADES],
}

/// The reports on a prospect as of a year.
#[derive(Clone, Debug, Default)]
pub struct Scouting {
    /// Latest list first; within a year in the order in which a value is looked for.
    reports: Vec<Report>,
}

fn priority(source: &str) -> u8 {
    match source {
        "fangraphs" => 1,
        "mlb_pipeline" => 2,
        "ba" => 3,
        _ => 4,
    }
}

impl Scouting {
    /// Takes the reports that may count as of a year: of each list's editions the latest of its time.
    pub fn as_of(reports: &[Report], year: i32) -> Scouting {
        let end = day(year, 12, 31);
        let in_time = |r: &&Report| r.ranking_year <= year && r.recorded <= end;
        let mut reports: Vec<Report> = reports.iter().filter(in_time).cloned().collect();
        // Without editions the key sees to it that each list is there once.
        if reports.iter().any(|r| r.edition.is_some()) {
            let list = |r: &Report| (r.ranking_year, r.list.clone());
            // Of one date the row that stands in `scouting_grades`, and then what was kept last.
            let latest = |r: &Report| (r.recorded, r.edition.is_none(), r.edition);
            reports.sort_by(|a, b| list(a).cmp(&list(b)).then_with(|| latest(b).cmp(&latest(a))));
            reports.dedup_by(|a, b| list(a) == list(b));
        }
        reports.sort_by(|a, b| {
            let key = |r: &Report| (-i64::from(r.ranking_year), priority(&r.source));
            key(a)
                .cmp(&key(b))
                .then_with(|| a.source.cmp(&b.source))
                .then_with(|| (b.recorded, b.id).cmp(&(a.recorded, a.id)))
        });
        Scouting { reports }
    }

    /// The reports, latest list first.
    pub fn reports(&self) -> &[Report] {
        &self.reports
    }

    /// The year of the latest list.
    pub fn latest_year(&self) -> Option<i32> {
        self.reports.first().map(|r| r.ranking_year)
    }

    fn pick_at(&self, year: i32, grade: Grade) -> Option<i32> {
        let mut of_year = self.reports.iter().filter(|r| r.ranking_year == year);
        of_year.find_map(|r| r.grades[grade as usize])
    }

    /// The value of the latest year's lists, from the first source that has one.
    pub fn pick(&self, grade: Grade) -> Option<i32> {
        let latest = self.latest_year();
        let picked = latest.and_then(|year| self.pick_at(year, grade));
        trace::note(|| Look::Grade(GRADE_COLUMNS[grade as usize], picked, latest));
        picked
    }

    /// The same as a float.
    pub fn grade(&self, grade: Grade) -> Option<f64> {
        self.pick(grade).map(f64::from)
    }

    /// All values of a grade, whatever the year and source.
    pub fn all(&self, grade: Grade) -> impl Iterator<Item = i32> + '_ {
        self.reports.iter().filter_map(move |r| r.grades[grade as usize])
    }

    /// Future value now less the one of the latest earlier year that has one.
    pub fn future_value_change(&self) -> Option<i32> {
        let latest = self.latest_year()?;
        let now = self.pick_at(latest, Grade::FutureValue)?;
        let earlier = self.reports.iter().filter(|r| r.ranking_year < latest);
        let before = earlier
            .filter_map(|r| self.pick_at(r.ranking_year, Grade::FutureValue))
            .next()?;
        now.checked_sub(before)
    }

    /// Sources of the latest year.
    pub fn sources(&self) -> usize {
        let latest = self.latest_year();
        let of_year = self.reports.iter().filter(|r| Some(r.ranking_year) == latest);
        of_year
            .map(|r| r.source.as_str())
            .collect::<std::collections::BTreeSet<_>>()
            .len()
    }

    /// Years with a list.
    pub fn years(&self) -> usize {
        let mut years: Vec<i32> = self.reports.iter().map(|r| r.ranking_year).collect();
        years.dedup();
        years.len()
    }
}

#[cfg(test)]
mod tests;
