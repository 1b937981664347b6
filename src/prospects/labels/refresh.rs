//! `refresh_labels`: what `derive_labels` says, written down.

use crate::pg::border::connect_mut;
use crate::pg::jsonb::JsonbText;
use crate::pg::relation::refuse_when_read_only;
use crate::pg::sql_text::Text;
use crate::prospects::arguments::thresholds;
use crate::prospects::tables::LABELS;
use crate::shared::arguments::Of;
use crate::shared::ids::keep_ids_ahead;
use dynasty_prospects::labels::Window;
use pgrx::prelude::*;

/// Unchanged rows are left out before the upsert, so that they are neither locked nor cost a number of the identity column; the
/// upsert compares again, because another session may have written the row meanwhile. The old rows are narrowed by hand to those
/// that can match: nothing tells the planner how few the function returns.
const UPSERT: &str = "
    WITH written AS (
        INSERT INTO dynasty.ml_labels AS l (
            prospect_id, prospect_year, evaluation_year, years_to_evaluate, reached_mlb, mlb_debut_date, years_to_mlb, total_pa,
            total_games, total_innings_pitched, peak_war, cumulative_war, is_success, success_tier, total_outs_pitched, tier_basis,
            window_complete)
        SELECT d.*
        FROM dynasty.derive_labels($1, $2, $3, $4::pg_catalog.jsonb, $5) d
        LEFT JOIN (SELECT m.* FROM dynasty.ml_labels m WHERE m.prospect_year = $1 AND ($5 IS NULL OR m.prospect_id = ANY ($5))) o
             USING (prospect_id, prospect_year, evaluation_year)
        WHERE o.prospect_id IS NULL
           OR ROW(d.years_to_evaluate, d.reached_mlb, d.mlb_debut_date, d.years_to_mlb, d.total_pa, d.total_games,
                  d.total_innings_pitched, d.peak_war, d.cumulative_war, d.is_success, d.success_tier, d.total_outs_pitched,
                  d.tier_basis, d.window_complete)
              IS DISTINCT FROM
              ROW(o.years_to_evaluate, o.reached_mlb, o.mlb_debut_date, o.years_to_mlb, o.total_pa, o.total_games,
                  o.total_innings_pitched, o.peak_war, o.cumulative_war, o.is_success, o.success_tier, o.total_outs_pitched,
                  o.tier_basis, o.window_complete)
        ORDER BY d.prospect_id
        ON CONFLICT (prospect_id, prospect_year, evaluation_year) DO UPDATE SET
            years_to_evaluate = excluded.years_to_evaluate,
            reached_mlb = excluded.reached_mlb,
            mlb_debut_date = excluded.mlb_debut_date,
            years_to_mlb = excluded.years_to_mlb,
            total_pa = excluded.total_pa,
            total_games = excluded.total_games,
            total_innings_pitched = excluded.total_innings_pitched,
            peak_war = excluded.peak_war,
            cumulative_war = excluded.cumulative_war,
            is_success = excluded.is_success,
            success_tier = excluded.success_tier,
            total_outs_pitched = excluded.total_outs_pitched,
            tier_basis = excluded.tier_basis,
            window_complete = excluded.window_complete,
            updated_at = pg_catalog.now()
        WHERE ROW(l.years_to_evaluate, l.reached_mlb, l.mlb_debut_date, l.years_to_mlb, l.total_pa, l.total_games,
                  l.total_innings_pitched, l.peak_war, l.cumulative_war, l.is_success, l.success_tier, l.total_outs_pitched,
                  l.tier_basis, l.window_complete)
              IS DISTINCT FROM
              ROW(excluded.years_to_evaluate, excluded.reached_mlb, excluded.mlb_debut_date, excluded.years_to_mlb,
                  excluded.total_pa, excluded.total_games, excluded.total_innings_pitched, excluded.peak_war,
                  excluded.cumulative_war, excluded.is_success, excluded.success_tier, excluded.total_outs_pitched,
                  excluded.tier_basis, excluded.window_complete)
        RETURNING 1)
    SELECT pg_catalog.count(*) FROM written";

/// Writes the labels of a window into `ml_labels` and returns how many rows were new or changed.
#[pg_extern(sql = false)]
fn refresh_labels(
    prospect_year: Option<i32>,
    evaluation_year: Option<i32>,
    data_through_year: Option<i32>,
    config: Option<JsonbText>,
    prospect_ids: Option<Vec<Option<i32>>>,
) -> i64 {
    refuse_when_read_only(c"dynasty.refresh_labels()");
    let of = Of("refresh_labels");
    if let Some(year) = prospect_year {
        // Said here in this function's name; derive_labels() would say the same in its own.
        of.taken(Window::new(year, evaluation_year, data_through_year));
        thresholds(of, config.as_ref());
    }
    let config = config.map(|JsonbText(json)| Text(json));
    of.done(keep_ids_ahead(LABELS));
    let written = connect_mut(|client| {
        let args = [
            prospect_year.into(),
            evaluation_year.into(),
            data_through_year.into(),
            config.into(),
            prospect_ids.into(),
        ];
        client.update(UPSERT, None, &args)?.first().get_one::<i64>()
    });
    of.done(written).unwrap_or(0)
}
