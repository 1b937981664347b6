//! One label from a prospect's seasons in the majors.

use super::config::Thresholds;
use super::tier::{Basis, Tier, Work};
use super::window::Window;
use dynasty_numbers::days::year_and_month;
use rust_decimal::{Decimal, RoundingStrategy};
use std::fmt;

/// A row of `mlb_stats`, as far as labels read it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)] // the names are those of the columns
pub struct MajorSeason {
    pub season: i32,
    /// The day, 0 = 2000-01-01.
    pub mlb_debut_date: Option<i32>,
    pub games_played: Option<i32>,
    pub plate_appearances: Option<i32>,
    pub at_bats: Option<i32>,
    pub games_pitched: Option<i32>,
    pub outs_pitched: Option<i32>,
    pub batters_faced: Option<i32>,
    pub war: Option<Decimal>,
}

impl MajorSeason {
    /// Whether he was on the field at all.
    pub fn is_appearance(&self) -> bool {
        [
            self.games_played,
            self.plate_appearances,
            self.games_pitched,
            self.outs_pitched,
            self.batters_faced,
        ]
        .iter()
        .any(|count| count.is_some_and(|n| n > 0))
    }
}

/// What became of a prospect: the columns of `ml_labels` (contract 7.2).
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // the names are those of the columns
pub struct Label {
    pub reached_mlb: Option<bool>,
    /// The day, 0 = 2000-01-01.
    pub mlb_debut_date: Option<i32>,
    pub years_to_mlb: Option<i32>,
    pub total_pa: i32,
    pub total_games: i32,
    pub total_innings_pitched: Decimal,
    pub peak_war: Option<Decimal>,
    pub cumulative_war: Option<Decimal>,
    pub is_success: Option<bool>,
    pub success_tier: Option<Tier>,
    pub total_outs_pitched: i32,
    pub tier_basis: Option<Basis>,
    pub window_complete: bool,
}

/// A total that does not fit its column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutOfRange(
    /// The column.
    pub &'static str,
);

impl fmt::Display for OutOfRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is out of range", self.0)
    }
}

impl Label {
    /// The label of a prospect, from all his rows in any order.
    pub fn derive(window: &Window, seasons: &[MajorSeason], thresholds: &Thresholds) -> Result<Label, OutOfRange> {
        let inside = || seasons.iter().filter(|row| window.contains(row.season));
        let sum = |name, column: fn(&MajorSeason) -> Option<i32>| {
            let total: i64 = inside().filter_map(column).map(i64::from).sum();
            i32::try_from(total).map_err(|_| OutOfRange(name))
        };
        let total_pa = sum("total_pa", |row| row.plate_appearances)?;
        let total_games = sum("total_games", |row| row.games_played)?;
        let total_outs_pitched = sum("total_outs_pitched", |row| row.outs_pitched)?;
        let (peak_war, cumulative_war) = war(inside().filter(|row| row.is_appearance()))?;

        let mlb_debut_date = debut(seasons).filter(|day| *day <= window.last_day());
        let first_year = mlb_debut_date
            .map(|day| year_and_month(day).0)
            .or_else(|| first_season(seasons).filter(|season| *season <= window.evaluation_year));
        let window_complete = window.is_complete();
        let work = Work {
            pa: total_pa.into(),
            outs: total_outs_pitched.into(),
            peak_war,
            cumulative_war,
        };
        // While the window is open nothing is said about success, not even when it is reached already: early failures are
        // not known, so keeping early successes would make every recent class look better than it is.
        let judged = window_complete.then(|| work.tier(thresholds));
        Ok(Label {
            reached_mlb: first_year.map(|_| true).or(window_complete.then_some(false)),
            mlb_debut_date,
            years_to_mlb: first_year.map(|year| year.saturating_sub(window.prospect_year)),
            total_pa,
            total_games,
            total_innings_pitched: innings(total_outs_pitched),
            peak_war,
            cumulative_war,
            is_success: window_complete.then(|| work.is_success(thresholds)),
            success_tier: judged.map(|(tier, _)| tier),
            total_outs_pitched,
            tier_basis: judged.map(|(_, basis)| basis),
            window_complete,
        })
    }
}

/// Peak and sum. Both are unknown when one season's is: a partial total would mislead.
fn war<'a>(rows: impl Iterator<Item = &'a MajorSeason>) -> Result<(Option<Decimal>, Option<Decimal>), OutOfRange> {
    let mut peak: Option<Decimal> = None;
    let mut total = Decimal::new(0, 1);
    for row in rows {
        let Some(war) = row.war else {
            return Ok((None, None));
        };
        peak = Some(peak.map_or(war, |highest| highest.max(war)));
        total = total.checked_add(war).ok_or(OutOfRange("cumulative_war"))?;
    }
    Ok((peak, Some(total)))
}

/// His first game, as far as any row knows it: every row may carry it, whatever its season.
fn debut(seasons: &[MajorSeason]) -> Option<i32> {
    seasons.iter().filter_map(|row| row.mlb_debut_date).min()
}

fn first_season(seasons: &[MajorSeason]) -> Option<i32> {
    let appearances = seasons.iter().filter(|row| row.is_appearance());
    appearances.map(|row| row.season).min()
}

/// Innings as a true decimal: 16 outs are 5.3.
fn innings(outs: i32) -> Decimal {
    let mut innings =
        (Decimal::from(outs) / Decimal::from(3)).round_dp_with_strategy(1, RoundingStrategy::MidpointAwayFromZero);
    innings.rescale(1);
    innings
}

#[cfg(test)]
mod tests;
