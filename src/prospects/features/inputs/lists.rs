//! Grades, editions of lists and advanced lines among the inputs.

use super::Inputs;
use super::queries::{Whose, by_id};
use crate::pg::query::QueryRow;
use dynasty_prospects::features::advanced::{ADVS, AdvancedLine};
use dynasty_prospects::features::scouting::{GRADES, Report, risk_ordinal};
use dynasty_prospects::levels::Level;

/// The columns of grades (or of editions, or of their history), in the order in which `take_report` takes them: `$id` is the id in
/// `scouting_grades`, `$edition` the one in `scouting_editions`.
macro_rules! grade_columns {
    ($id:literal, $edition:literal, $from:literal) => {
        concat!(
            "SELECT g.prospect_id, ",
            $id,
            ", pg_catalog.lower(g.source::pg_catalog.text), g.ranking_year, g.date_recorded, g.risk_level::pg_catalog.text,
                     g.future_value, g.rank_overall, NULL::pg_catalog.int4, g.eta_year, g.dynasty_rank, g.hit_present, g.hit_future,
                     g.power_present, g.power_future, g.raw_power_present, g.raw_power_future, g.speed_present, g.speed_future,
                     g.field_present, g.field_future, g.arm_present, g.arm_future, g.fastball_grade, g.slider_grade, g.curveball_grade,
                     g.changeup_grade, g.control_grade, g.command_grade, g.source::pg_catalog.text, ",
            $edition,
            $from
        )
    };
}
pub(in crate::prospects::features) use grade_columns;

/// The columns of advanced lines (or of their history), in the order in which `take_line` takes them.
macro_rules! line_columns {
    ($from:literal) => {
        concat!(
            "SELECT a.prospect_id, a.season, a.level::pg_catalog.text, a.wrc_plus::pg_catalog.float8, a.woba::pg_catalog.float8,
                     a.wraa::pg_catalog.float8, a.gb_percent::pg_catalog.float8, a.fb_percent::pg_catalog.float8, a.ld_percent::pg_catalog.float8,
                     a.iffb_percent::pg_catalog.float8, a.hr_per_fb::pg_catalog.float8, a.pull_percent::pg_catalog.float8,
                     a.oppo_percent::pg_catalog.float8, a.swing_strike_percent::pg_catalog.float8, a.contact_percent::pg_catalog.float8,
                     a.zone_percent::pg_catalog.float8, a.o_swing_percent::pg_catalog.float8, a.z_swing_percent::pg_catalog.float8,
                     a.speed_score::pg_catalog.float8, a.wbsr::pg_catalog.float8, a.hard_contact_percent::pg_catalog.float8,
                     a.soft_contact_percent::pg_catalog.float8",
            $from
        )
    };
}
pub(in crate::prospects::features) use line_columns;

impl Inputs {
    pub(super) fn read_reports(&mut self, whose: Whose<'_>, year: i32) {
        if let Whose::KnownAt(moment) = whose {
            return self.read_reports_known_at(moment, year);
        }
        by_id!(
            grade_columns!("g.id", "NULL::pg_catalog.int4", " FROM dynasty.scouting_grades g"),
            "g.prospect_id",
            "g.ranking_year OPERATOR(pg_catalog.<=) $1"
        )
        .read(whose, Some(year), &mut |row| self.take_report(row));
        // Not in one query: the columns may be of other types than here.
        by_id!(
            grade_columns!(
                "COALESCE(g.grade_id, g.id)",
                "g.id",
                " FROM dynasty.scouting_editions g"
            ),
            "g.prospect_id",
            "g.ranking_year OPERATOR(pg_catalog.<=) $1"
        )
        .read(whose, Some(year), &mut |row| self.take_report(row));
    }

    /// Takes a row of [`grade_columns`].
    pub(in crate::prospects::features) fn take_report(&mut self, row: &QueryRow<'_>) {
        let (Some(at), Some(ranking_year), Some(recorded)) = (self.place(row.int4(0)), row.int4(3), row.date(4)) else {
            return;
        };
        let mut grades: [Option<i32>; GRADES] = std::array::from_fn(|i| row.int4(6 + i));
        grades[2] = row.text(5).and_then(|risk| risk_ordinal(&risk));
        self.reports[at].push(Report {
            id: row.int4(1).unwrap_or_default(),
            edition: row.int4(7 + GRADES),
            source: row.text(2).unwrap_or_default().into_owned(),
            list: row.text(6 + GRADES).unwrap_or_default().into_owned(),
            ranking_year,
            recorded,
            grades,
        });
    }

    pub(super) fn read_advanced(&mut self, whose: Whose<'_>, year: i32) {
        if let Whose::KnownAt(moment) = whose {
            return self.read_advanced_known_at(moment, year);
        }
        by_id!(
            line_columns!(" FROM dynasty.milb_advanced_stats a"),
            "a.prospect_id",
            "a.season OPERATOR(pg_catalog.<=) $1"
        )
        .read(whose, Some(year), &mut |row| self.take_line(row));
    }

    /// Takes a row of [`line_columns`].
    pub(in crate::prospects::features) fn take_line(&mut self, row: &QueryRow<'_>) {
        if let (Some(at), Some(season)) = (self.place(row.int4(0)), row.int4(1)) {
            let level = row.text(2).and_then(|name| Level::from_name(&name));
            self.advanced[at].push(AdvancedLine {
                season,
                level: level.map_or(0, |l| l.ordinal() as u8),
                values: std::array::from_fn::<_, ADVS, _>(|i| row.float8(3 + i)),
            });
        }
    }
}
