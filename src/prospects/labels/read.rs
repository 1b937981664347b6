//! The rows a label is made of.

use crate::pg::errors::error;
use crate::pg::query::{Argument, QueryRow, read_rows};
use dynasty_prospects::labels::{Label, MajorSeason, Thresholds, Window};
use pgrx::PgSqlErrorCode::*;
use rust_decimal::Decimal;

/// The labels of the prospects, or of those named, in the order of their ids. Reads both tables once.
pub fn labels(window: &Window, thresholds: &Thresholds, ids: Option<Vec<Option<i32>>>) -> Vec<(i32, Label)> {
    let mut labels = Vec::new();
    each_career(ids, &mut |id, seasons| {
        labels.push((id, label(id, window, &seasons, thresholds)));
    });
    labels
}

/// The label of a prospect from his seasons.
pub fn label(id: i32, window: &Window, seasons: &[MajorSeason], thresholds: &Thresholds) -> Label {
    Label::derive(window, seasons, thresholds).unwrap_or_else(|e| {
        error(
            ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE,
            format!("the label of prospect {id}: {e}"),
        )
        .raise()
    })
}

/// Calls `each` with every prospect, or with those named, in the order of their ids, and his seasons in the majors.
pub fn each_career(ids: Option<Vec<Option<i32>>>, each: &mut dyn FnMut(i32, Vec<MajorSeason>)) {
    let mut current: Option<(i32, Vec<MajorSeason>)> = None;
    read_rows(
        "SELECT p.id, s.season, (s.mlb_debut_date OPERATOR(pg_catalog.-) '2000-01-01'::pg_catalog.date) AS mlb_debut_date,
                 s.games_played, s.plate_appearances, s.games_pitched, s.outs_pitched, s.batters_faced, s.war::pg_catalog.text,
                 s.at_bats
          FROM dynasty.prospects p
          LEFT JOIN dynasty.mlb_stats s ON s.prospect_id OPERATOR(pg_catalog.=) p.id
          WHERE $1 IS NULL OR p.id OPERATOR(pg_catalog.=) ANY ($1)
          ORDER BY p.id",
        &[Argument::int4_array_or_null(ids)],
        &mut |row| {
            let Some(id) = row.int4(0) else { return };
            match &mut current {
                Some((of, seasons)) if *of == id => seasons.extend(season(id, row)),
                _ => {
                    if let Some((of, seasons)) = current.take() {
                        each(of, seasons);
                    }
                    current = Some((id, season(id, row).into_iter().collect()));
                }
            }
        },
    );
    if let Some((id, seasons)) = current {
        each(id, seasons);
    }
}

/// The season of a row; `None` for a prospect without any.
fn season(id: i32, row: &QueryRow<'_>) -> Option<MajorSeason> {
    let season = row.int4(1)?;
    Some(MajorSeason {
        season,
        mlb_debut_date: row.int4(2),
        games_played: row.int4(3),
        plate_appearances: row.int4(4),
        games_pitched: row.int4(5),
        outs_pitched: row.int4(6),
        batters_faced: row.int4(7),
        at_bats: row.int4(9),
        war: row.text(8).map(|text| {
            // The table's CHECK keeps NaN out; a table of the user's own may lack it.
            Decimal::from_str_exact(&text).unwrap_or_else(|_| {
                error(
                    ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE,
                    format!("the label of prospect {id}: war {text} of season {season} is out of range"),
                )
                .raise()
            })
        }),
    })
}
