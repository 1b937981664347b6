//! What was known at a moment: people, games, grades and advanced lines as they were served then.
//!
//! The histories say what a row was until a moment: the first such row after T is what was there at T, whatever came later.
//! What changed in a transaction that was open at T was served as before until it committed, though its statements came
//! earlier; and what it added was not there yet, though `created_at` is its start.

use super::inputs::Inputs;
use super::inputs::games::{InTime, counted_rows, log_columns, log_of};
use super::inputs::lists::{grade_columns, line_columns};
use crate::pg::query::{Argument, read_rows};

/// The transactions that were open at a moment (`$n`).
macro_rules! open_at {
    ($moment:literal) => {
        concat!(
            "open AS MATERIALIZED (
                 SELECT t.transaction, t.started_at FROM dynasty.history_transactions t
                 WHERE t.started_at OPERATOR(pg_catalog.<=) ",
            $moment,
            " AND t.committed_at OPERATOR(pg_catalog.>) ",
            $moment,
            ")"
        )
    };
}

/// The rows of a history that say what was there at a moment (`$n`): by key, the id, the first that was superseded later. Of a
/// transaction's changes the first command's comes first, whichever trigger ran first.
macro_rules! as_it_was {
    ($table:literal, $moment:literal) => {
        as_it_was!($table, $moment, "h.id")
    };
    ($table:literal, $moment:literal, $key:literal) => {
        concat!(
            "was AS MATERIALIZED (
                 SELECT DISTINCT ON (",
            $key,
            ") h.* FROM (
                     SELECT h.*, pg_catalog.min(h.superseded_at) OVER (PARTITION BY ",
            $key,
            ", h.transaction) AS changed_at
                     FROM ",
            $table,
            " h
                     WHERE h.superseded_at OPERATOR(pg_catalog.>) LEAST(",
            $moment,
            ", (SELECT pg_catalog.min(o.started_at) FROM open o))
                       AND (h.superseded_at OPERATOR(pg_catalog.>) ",
            $moment,
            " OR h.transaction OPERATOR(pg_catalog.=) ANY (SELECT o.transaction FROM open o))) h
                 ORDER BY ",
            $key,
            ", h.changed_at, h.command, h.superseded_at)"
        )
    };
}

/// A row that had been recorded at `$2`.
macro_rules! recorded {
    () => {
        recorded!("l.created_at")
    };
    ($since:literal) => {
        concat!(
            "(",
            $since,
            " IS NULL OR ",
            $since,
            " OPERATOR(pg_catalog.<=) $2)
             AND NOT EXISTS (SELECT FROM open o WHERE o.started_at OPERATOR(pg_catalog.=) ",
            $since,
            ")"
        )
    };
}

impl Inputs {
    /// Everybody, as he was; those who are gone since for the sake of the norms.
    pub(super) fn read_people_known_at(&mut self, moment: i64) {
        let query = concat!(
            "WITH ",
            open_at!("$1"),
            ", ",
            as_it_was!("dynasty.prospects_history", "$1"),
            " SELECT p.id, p.position::pg_catalog.text, p.bats::pg_catalog.text, p.throws::pg_catalog.text, p.height_inches,
                     p.weight_lbs, p.birth_date, p.birth_country::pg_catalog.text, p.draft_year, p.draft_round, p.draft_pick,
                     p.signing_bonus_usd, false
              FROM dynasty.prospects p WHERE NOT EXISTS (SELECT FROM was w WHERE w.id OPERATOR(pg_catalog.=) p.id)
              UNION ALL
              SELECT w.id, w.position, w.bats, w.throws, w.height_inches, w.weight_lbs, w.birth_date, w.birth_country, w.draft_year,
                     w.draft_round, w.draft_pick, w.signing_bonus_usd,
                     NOT EXISTS (SELECT FROM dynasty.prospects p WHERE p.id OPERATOR(pg_catalog.=) w.id)
              FROM was w ORDER BY 1"
        );
        read_rows(query, &[Argument::timestamptz(moment)], &mut |row| {
            if let (Some(true), Some(id)) = (row.bool(12), row.int4(0)) {
                self.gone.insert(id);
            }
            self.take_person(row);
        });
    }

    /// Games as they were: without what was recorded later, and with the rows that have been superseded since in the place of
    /// their successors.
    pub(super) fn read_logs_known_at(&mut self, moment: i64, in_time: &mut InTime) {
        let query = concat!(
            "WITH ",
            open_at!("$2"),
            ", ",
            as_it_was!("dynasty.milb_game_logs_history", "$2"),
            " ",
            log_columns!(" FROM dynasty.milb_game_logs l"),
            " WHERE ",
            counted_rows!(),
            " AND ",
            recorded!(),
            " AND NOT EXISTS (SELECT FROM was w WHERE w.id OPERATOR(pg_catalog.=) l.id)
              UNION ALL ",
            log_columns!(" FROM was l"),
            // Without a prospect: no game had the id.
            " WHERE l.prospect_id IS NOT NULL AND ",
            counted_rows!(),
            " AND ",
            recorded!()
        );
        let arguments = [Argument::int4(in_time.year()), Argument::timestamptz(moment)];
        read_rows(query, &arguments, &mut |row| {
            if let Some(id) = row.int4(0) {
                self.take(id, log_of(row), in_time);
            }
        });
    }

    /// Grades as they stood in their table, and the editions that had been kept by then. An edition that was kept later still stood
    /// in the table; only where the history does not tell what was in its place is it taken from where it is now.
    pub(super) fn read_reports_known_at(&mut self, moment: i64, year: i32) {
        let query = concat!(
            "WITH ",
            open_at!("$2"),
            ", ",
            as_it_was!("dynasty.scouting_grades_history", "$2", "h.of_edition, h.id"),
            " ",
            grade_columns!(
                "g.id::pg_catalog.int4",
                "NULL::pg_catalog.int4",
                " FROM dynasty.scouting_grades g"
            ),
            " WHERE g.ranking_year OPERATOR(pg_catalog.<=) $1 AND ",
            recorded!("g.created_at"),
            " AND NOT EXISTS (SELECT FROM was w WHERE NOT w.of_edition AND w.id OPERATOR(pg_catalog.=) g.id)
              UNION ALL ",
            grade_columns!(
                "COALESCE(g.grade_id, g.id)",
                "g.id",
                " FROM dynasty.scouting_editions g"
            ),
            " WHERE g.ranking_year OPERATOR(pg_catalog.<=) $1 AND ",
            recorded!("g.created_at"),
            " AND (",
            recorded!("g.kept_at"),
            " OR NOT EXISTS (SELECT FROM was w WHERE NOT w.of_edition AND w.id OPERATOR(pg_catalog.=) g.grade_id))
              AND NOT EXISTS (SELECT FROM was w WHERE w.of_edition AND w.id OPERATOR(pg_catalog.=) g.id)
              UNION ALL ",
            grade_columns!(
                "g.id::pg_catalog.int4",
                "CASE WHEN g.of_edition THEN g.id::pg_catalog.int4 END",
                " FROM was g"
            ),
            // Without a prospect: no row had the id.
            " WHERE g.prospect_id IS NOT NULL AND g.ranking_year OPERATOR(pg_catalog.<=) $1 AND ",
            recorded!("g.created_at")
        );
        let arguments = [Argument::int4(year), Argument::timestamptz(moment)];
        read_rows(query, &arguments, &mut |row| self.take_report(row));
    }

    /// Advanced lines as they were.
    pub(super) fn read_advanced_known_at(&mut self, moment: i64, year: i32) {
        let query = concat!(
            "WITH ",
            open_at!("$2"),
            ", ",
            as_it_was!("dynasty.milb_advanced_stats_history", "$2"),
            " ",
            line_columns!(" FROM dynasty.milb_advanced_stats a"),
            " WHERE a.season OPERATOR(pg_catalog.<=) $1 AND ",
            recorded!("a.created_at"),
            " AND NOT EXISTS (SELECT FROM was w WHERE w.id OPERATOR(pg_catalog.=) a.id)
              UNION ALL ",
            line_columns!(" FROM was a"),
            " WHERE a.prospect_id IS NOT NULL AND a.season OPERATOR(pg_catalog.<=) $1 AND ",
            recorded!("a.created_at")
        );
        let arguments = [Argument::int4(year), Argument::timestamptz(moment)];
        read_rows(query, &arguments, &mut |row| self.take_line(row));
    }
}
