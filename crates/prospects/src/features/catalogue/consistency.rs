//! How even he plays: category `milb_consistency`.

use super::{AppliesTo::*, Category::MilbConsistency, Feature, Window::*};
use crate::features::subject::{ENOUGH_OUTS, ENOUGH_PA, Subject};
use crate::features::sums::{ArmSums, BatSums};
use dynasty_numbers::series::sd;

/// A rate of each part that has enough volume.
fn over<S>(by: &[(i32, S)], enough: i64, volume: fn(&S) -> i64, rate: fn(&S) -> Option<f64>) -> Vec<f64> {
    let parts = by.iter().filter(|(_, sums)| volume(sums) >= enough);
    parts.filter_map(|(_, sums)| rate(sums)).collect()
}

fn home_less_away<S>(by: &[S; 2], enough: i64, volume: fn(&S) -> i64, rate: fn(&S) -> Option<f64>) -> Option<f64> {
    let [away, home] = by;
    let enough = volume(away) >= enough && volume(home) >= enough;
    enough.then_some(rate(home)? - rate(away)?)
}

fn later_less_earlier<S>(halves: &(usize, [S; 2]), least: usize, rate: fn(&S) -> Option<f64>) -> Option<f64> {
    let (rows, [earlier, later]) = halves;
    (*rows >= least).then_some(rate(later)? - rate(earlier)?)
}

fn lately_at_bat<'a>(s: &'a Subject<'_>) -> Option<&'a BatSums> {
    Some(&s.played.last30).filter(|sums| sums.rows() >= 10)
}

fn lately_on_the_mound<'a>(s: &'a Subject<'_>) -> Option<&'a ArmSums> {
    Some(&s.played.last10).filter(|sums| sums.rows() >= 5)
}

/// The features of this file, in the order of their ordinals.
pub(super) const FEATURES: &[Feature] = &[
    entry! {
        hits_cv: MilbConsistency, Hitter, Career, "ratio", reads "milb_game_logs.hits";
        is "CV(h) over B = sample sd / mean";
        null "fewer than 2 values, or mean = 0";
        about "Coefficient of variation of hits per game (seed: STDDEV(hits)/AVG(hits))";
        |s| s.played.bat_series.hits_cv
    },
    entry! {
        hits_cv_last_season: MilbConsistency, Hitter, LastSeason, "ratio", reads "milb_game_logs.hits; milb_game_logs.season";
        is "CV(h) over B restricted to the season of H[last]";
        null "fewer than 2 values, or mean = 0";
        about "Coefficient of variation of hits per game in the last season";
        |s| s.played.bat_series.hits_cv_last_season
    },
    entry! {
        total_bases_cv: MilbConsistency, Hitter, Career, "ratio", reads "milb_game_logs.hits; milb_game_logs.doubles; milb_game_logs.triples; milb_game_logs.home_runs";
        is "CV(tb) over X, tb = h+b2+2*b3+3*hr per row";
        null "fewer than 2 values, or mean = 0";
        about "Coefficient of variation of total bases per game";
        |s| s.played.bat_series.total_bases_cv
    },
    entry! {
        times_on_base_cv: MilbConsistency, Hitter, Career, "ratio", reads "milb_game_logs.hits; milb_game_logs.walks; milb_game_logs.hit_by_pitch";
        is "CV(ob) over O, ob = h+bb+z(hbp) per row";
        null "fewer than 2 values, or mean = 0";
        about "Coefficient of variation of times on base per game";
        |s| s.played.bat_series.times_on_base_cv
    },
    entry! {
        strikeouts_cv: MilbConsistency, Hitter, Career, "ratio", reads "milb_game_logs.strikeouts";
        is "CV(so) over rows of H[career] with so NOT NULL";
        null "fewer than 2 values, or mean = 0";
        about "Coefficient of variation of strikeouts per game";
        |s| s.played.bat_series.strikeouts_cv
    },
    entry! {
        rolling10_obp_sd: MilbConsistency, Hitter, Career, "rate", reads "milb_game_logs.hits; milb_game_logs.walks; milb_game_logs.hit_by_pitch; milb_game_logs.at_bats; milb_game_logs.sacrifice_flies";
        is "sample sd of OBP(W) over all windows W of 10 consecutive rows of O, windows with NULL OBP (denominator 0) skipped";
        null "fewer than 2 windows with a value";
        about "Spread of 10-game rolling OBP";
        |s| s.played.bat_series.rolling10_obp_sd
    },
    entry! {
        rolling30_obp_sd: MilbConsistency, Hitter, Career, "rate", reads "milb_game_logs.hits; milb_game_logs.walks; milb_game_logs.hit_by_pitch; milb_game_logs.at_bats; milb_game_logs.sacrifice_flies";
        is "sample sd of OBP(W) over all windows W of 30 consecutive rows of O, windows with NULL OBP (denominator 0) skipped";
        null "fewer than 2 windows with a value";
        about "Spread of 30-game rolling OBP";
        |s| s.played.bat_series.rolling30_obp_sd
    },
    entry! {
        longest_hit_streak: MilbConsistency, Hitter, Career, "games", reads "milb_game_logs.hits";
        is "longest run of consecutive rows of B with h >= 1";
        null "B empty";
        about "Longest hitting streak (across seasons and levels)";
        |s| s.played.bat_series.longest_hit_streak.map(|games| games as f64)
    },
    entry! {
        longest_hitless_streak: MilbConsistency, Hitter, Career, "games", reads "milb_game_logs.hits";
        is "longest run of consecutive rows of B with h = 0";
        null "B empty";
        about "Longest hitless streak";
        |s| s.played.bat_series.longest_hitless_streak.map(|games| games as f64)
    },
    entry! {
        longest_on_base_streak: MilbConsistency, Hitter, Career, "games", reads "milb_game_logs.hits; milb_game_logs.walks; milb_game_logs.hit_by_pitch";
        is "longest run of consecutive rows of O with ob >= 1";
        null "O empty";
        about "Longest on-base streak";
        |s| s.played.bat_series.longest_on_base_streak.map(|games| games as f64)
    },
    entry! {
        multi_hit_game_rate: MilbConsistency, Hitter, Career, "rate", reads "milb_game_logs.hits";
        is "COUNT(rows of B with h >= 2)/COUNT(B)";
        null "B empty";
        about "Share of multi-hit games";
        |s| s.played.bat_series.multi_hit_rate
    },
    entry! {
        xbh_game_rate: MilbConsistency, Hitter, Career, "rate", reads "milb_game_logs.doubles; milb_game_logs.triples; milb_game_logs.home_runs; milb_game_logs.hits";
        is "COUNT(rows of X with b2+b3+hr > 0)/COUNT(X)";
        null "X empty";
        about "Share of games with an extra-base hit";
        |s| s.played.bat_series.xbh_game_rate
    },
    entry! {
        golden_sombrero_rate: MilbConsistency, Hitter, Career, "rate", reads "milb_game_logs.strikeouts";
        is "COUNT(so >= 4)/COUNT(*) over rows of H[career] with so NOT NULL";
        null "no such row";
        about "Share of games with four or more strikeouts";
        |s| s.played.bat_series.sombrero_rate
    },
    entry! {
        hitless_game_rate: MilbConsistency, Hitter, Career, "rate", reads "milb_game_logs.hits";
        is "COUNT(rows of B with h = 0)/COUNT(B)";
        null "B empty";
        about "Share of hitless games";
        |s| s.played.bat_series.hitless_rate
    },
    entry! {
        monthly_ops_sd: MilbConsistency, Hitter, Career, "rate", reads "milb_game_logs.hits; milb_game_logs.doubles; milb_game_logs.triples; milb_game_logs.home_runs; milb_game_logs.walks; milb_game_logs.hit_by_pitch; milb_game_logs.at_bats; milb_game_logs.sacrifice_flies; milb_game_logs.game_date";
        is "sample sd of OPS over calendar months (year, month of game_date) of H[career] with SUM(pa) >= 20 and OPS non-NULL";
        null "fewer than 2 such months";
        about "Month-to-month spread of OPS";
        |s| sd(&over(&s.played.bat_months, 20, BatSums::pa, BatSums::ops))
    },
    entry! {
        season_ops_sd: MilbConsistency, Hitter, Career, "rate", reads "milb_game_logs.hits; milb_game_logs.doubles; milb_game_logs.triples; milb_game_logs.home_runs; milb_game_logs.walks; milb_game_logs.hit_by_pitch; milb_game_logs.at_bats; milb_game_logs.sacrifice_flies; milb_game_logs.season";
        is "sample sd of OPS(H[s]) over seasons s with SUM(pa) >= 50 and OPS non-NULL";
        null "fewer than 2 such seasons";
        about "Season-to-season spread of OPS";
        |s| sd(&over(&s.bat.seasons, ENOUGH_PA, BatSums::pa, BatSums::ops))
    },
    entry! {
        home_away_ops_delta: MilbConsistency, Hitter, Career, "rate", reads "milb_game_logs.hits; milb_game_logs.doubles; milb_game_logs.triples; milb_game_logs.home_runs; milb_game_logs.walks; milb_game_logs.hit_by_pitch; milb_game_logs.at_bats; milb_game_logs.sacrifice_flies; milb_game_logs.is_home";
        is "OPS(rows of H[career] with is_home = TRUE) - OPS(rows with is_home = FALSE)";
        null "either side has SUM(pa) < 20 or NULL OPS";
        about "Home minus away OPS";
        |s| home_less_away(&s.played.bat_home, 20, BatSums::pa, BatSums::ops)
    },
    entry! {
        half_season_ops_delta: MilbConsistency, Hitter, LastSeason, "rate", reads "milb_game_logs.hits; milb_game_logs.doubles; milb_game_logs.triples; milb_game_logs.home_runs; milb_game_logs.walks; milb_game_logs.hit_by_pitch; milb_game_logs.at_bats; milb_game_logs.sacrifice_flies; milb_game_logs.game_date";
        is "OPS(rows k+1..n of H[last]) - OPS(rows 1..k of H[last]), n = COUNT(H[last]), k = floor(n/2)";
        null "n < 20 or either OPS NULL";
        about "Second half minus first half of the last season";
        |s| later_less_earlier(&s.played.bat_halves, 20, BatSums::ops)
    },
    entry! {
        hits_autocorr_lag1: MilbConsistency, Hitter, Career, "correlation", reads "milb_game_logs.hits";
        is "r1 = SUM_{t=1..n-1}((x_t-m)*(x_{t+1}-m)) / SUM_{t=1..n}((x_t-m)^2), m = mean of x, x = h over B";
        null "n < 10 or max(x) = min(x)";
        about "Lag-1 autocorrelation of hits per game";
        |s| s.played.bat_series.hits_autocorrelation
    },
    entry! {
        on_base_autocorr_lag1: MilbConsistency, Hitter, Career, "correlation", reads "milb_game_logs.hits; milb_game_logs.walks; milb_game_logs.hit_by_pitch";
        is "r1 = SUM_{t=1..n-1}((x_t-m)*(x_{t+1}-m)) / SUM_{t=1..n}((x_t-m)^2), m = mean of x, x = ob over O";
        null "n < 10 or max(x) = min(x)";
        about "Lag-1 autocorrelation of times on base per game";
        |s| s.played.bat_series.on_base_autocorrelation
    },
    entry! {
        hits_mean_abs_change: MilbConsistency, Hitter, Career, "hits", reads "milb_game_logs.hits";
        is "SUM_{t=1..n-1} |x_{t+1}-x_t| / (n-1), x = h over B";
        null "n < 2";
        about "Mean absolute change of hits between consecutive games";
        |s| s.played.bat_series.hits_mean_abs_change
    },
    entry! {
        last30_ops: MilbConsistency, Hitter, Last30Games, "rate", reads "milb_game_logs.hits; milb_game_logs.doubles; milb_game_logs.triples; milb_game_logs.home_runs; milb_game_logs.walks; milb_game_logs.hit_by_pitch; milb_game_logs.at_bats; milb_game_logs.sacrifice_flies";
        is "OPS(H[last30])";
        null "H[last30] has fewer than 10 rows or NULL OPS";
        about "OPS over the last 30 games";
        |s| lately_at_bat(s)?.ops()
    },
    entry! {
        last30_ops_delta: MilbConsistency, Hitter, Last30Games, "rate", reads "milb_game_logs.hits; milb_game_logs.doubles; milb_game_logs.triples; milb_game_logs.home_runs; milb_game_logs.walks; milb_game_logs.hit_by_pitch; milb_game_logs.at_bats; milb_game_logs.sacrifice_flies";
        is "OPS(H[last30]) - OPS(H[last])";
        null "H[last30] has fewer than 10 rows, or either term NULL";
        about "Last 30 games minus last season: on-base plus slugging";
        |s| Some(lately_at_bat(s)?.ops()? - s.bat.last.ops()?)
    },
    entry! {
        last30_k_rate_delta: MilbConsistency, Hitter, Last30Games, "rate", reads "milb_game_logs.strikeouts; milb_game_logs.plate_appearances";
        is "KR(H[last30]) - KR(H[last])";
        null "H[last30] has fewer than 10 rows, or either term NULL";
        about "Last 30 games minus last season: strikeouts per plate appearance";
        |s| Some(lately_at_bat(s)?.k_rate()? - s.bat.last.k_rate()?)
    },
    entry! {
        last30_bb_rate_delta: MilbConsistency, Hitter, Last30Games, "rate", reads "milb_game_logs.walks; milb_game_logs.plate_appearances";
        is "BBR(H[last30]) - BBR(H[last])";
        null "H[last30] has fewer than 10 rows, or either term NULL";
        about "Last 30 games minus last season: walks per plate appearance";
        |s| Some(lately_at_bat(s)?.bb_rate()? - s.bat.last.bb_rate()?)
    },
    entry! {
        days_between_games_mean: MilbConsistency, Hitter, Career, "days", reads "milb_game_logs.game_date; milb_game_logs.season";
        is "mean over consecutive row pairs of H[career] with equal season of (later game_date - earlier game_date in days)";
        null "no such pair";
        about "Average days between games within a season (playing-time regularity)";
        |s| s.played.bat_series.rest_days
    },
    entry! {
        pitch_outs_cv: MilbConsistency, Pitcher, Career, "ratio", reads "milb_game_logs.outs_pitched";
        is "CV(outs) over rows of P[career] with outs NOT NULL";
        null "fewer than 2 values, or mean = 0";
        about "Coefficient of variation of outs per appearance";
        |s| s.played.arm_series.outs_cv
    },
    entry! {
        pitch_earned_runs_cv: MilbConsistency, Pitcher, Career, "ratio", reads "milb_game_logs.earned_runs";
        is "CV(er) over rows of P[career] with er NOT NULL";
        null "fewer than 2 values, or mean = 0";
        about "Coefficient of variation of earned runs per appearance";
        |s| s.played.arm_series.earned_runs_cv
    },
    entry! {
        pitch_strikeouts_cv: MilbConsistency, Pitcher, Career, "ratio", reads "milb_game_logs.strikeouts_pitched";
        is "CV(kp) over rows of P[career] with kp NOT NULL";
        null "fewer than 2 values, or mean = 0";
        about "Coefficient of variation of strikeouts per appearance";
        |s| s.played.arm_series.strikeouts_cv
    },
    entry! {
        pitch_walks_cv: MilbConsistency, Pitcher, Career, "ratio", reads "milb_game_logs.walks_allowed";
        is "CV(bba) over rows of P[career] with bba NOT NULL";
        null "fewer than 2 values, or mean = 0";
        about "Coefficient of variation of walks per appearance";
        |s| s.played.arm_series.walks_cv
    },
    entry! {
        pitch_rolling5_k_minus_bb_sd: MilbConsistency, Pitcher, Career, "rate", reads "milb_game_logs.strikeouts_pitched; milb_game_logs.walks_allowed; milb_game_logs.batters_faced";
        is "sample sd of KBB(W) over all windows W of 5 consecutive rows of the sequence of rows of P[career] with kp, bba NOT NULL, windows with NULL KBB (SUM(bf) = 0) skipped";
        null "fewer than 2 windows with a value";
        about "Spread of 5-appearance rolling K-BB rate";
        |s| s.played.arm_series.rolling5_k_minus_bb_sd
    },
    entry! {
        pitch_longest_scoreless_streak: MilbConsistency, Pitcher, Career, "games", reads "milb_game_logs.runs_allowed";
        is "longest run of ra = 0 over the sequence of rows of P[career] with ra NOT NULL";
        null "no such row";
        about "Longest scoreless streak in appearances";
        |s| s.played.arm_series.longest_scoreless.map(|games| games as f64)
    },
    entry! {
        pitch_longest_homerless_streak: MilbConsistency, Pitcher, Career, "games", reads "milb_game_logs.home_runs_allowed";
        is "longest run of hra = 0 over the sequence of rows of P[career] with hra NOT NULL";
        null "no such row";
        about "Longest streak of appearances without a home run allowed";
        |s| s.played.arm_series.longest_homerless.map(|games| games as f64)
    },
    entry! {
        pitch_scoreless_rate: MilbConsistency, Pitcher, Career, "rate", reads "milb_game_logs.runs_allowed";
        is "COUNT(ra = 0)/COUNT(*) over rows of P[career] with ra NOT NULL";
        null "no such row";
        about "Share of scoreless appearances";
        |s| s.played.arm_series.scoreless_rate
    },
    entry! {
        pitch_quality_start_rate: MilbConsistency, Pitcher, Career, "rate", reads "milb_game_logs.games_started; milb_game_logs.outs_pitched; milb_game_logs.earned_runs";
        is "COUNT(outs >= 18 AND er <= 3)/COUNT(*) over rows of P[career] with games_started >= 1 and er NOT NULL";
        null "no such row";
        about "Share of starts that were quality starts";
        |s| s.played.arm_series.quality_start_rate
    },
    entry! {
        pitch_blowup_rate: MilbConsistency, Pitcher, Career, "rate", reads "milb_game_logs.earned_runs";
        is "COUNT(er >= 5)/COUNT(*) over rows of P[career] with er NOT NULL";
        null "no such row";
        about "Share of appearances with five or more earned runs";
        |s| s.played.arm_series.blowup_rate
    },
    entry! {
        pitch_monthly_fip_sd: MilbConsistency, Pitcher, Career, "runs/9IP", reads "milb_game_logs.home_runs_allowed; milb_game_logs.walks_allowed; milb_game_logs.hit_batsmen; milb_game_logs.strikeouts_pitched; milb_game_logs.outs_pitched; milb_game_logs.game_date";
        is "sample sd of FIP over calendar months (year, month of game_date) of P[career] with SUM(outs) >= 15 and FIP non-NULL";
        null "fewer than 2 such months";
        about "Month-to-month spread of FIP";
        |s| sd(&over(&s.played.arm_months, 15, ArmSums::outs, ArmSums::fip))
    },
    entry! {
        pitch_season_fip_sd: MilbConsistency, Pitcher, Career, "runs/9IP", reads "milb_game_logs.home_runs_allowed; milb_game_logs.walks_allowed; milb_game_logs.hit_batsmen; milb_game_logs.strikeouts_pitched; milb_game_logs.outs_pitched; milb_game_logs.season";
        is "sample sd of FIP(P[s]) over seasons s with SUM(outs) >= 45 and FIP non-NULL";
        null "fewer than 2 such seasons";
        about "Season-to-season spread of FIP";
        |s| sd(&over(&s.arm.seasons, ENOUGH_OUTS, ArmSums::outs, ArmSums::fip))
    },
    entry! {
        pitch_home_away_fip_delta: MilbConsistency, Pitcher, Career, "runs/9IP", reads "milb_game_logs.home_runs_allowed; milb_game_logs.walks_allowed; milb_game_logs.hit_batsmen; milb_game_logs.strikeouts_pitched; milb_game_logs.outs_pitched; milb_game_logs.is_home";
        is "FIP(rows of P[career] with is_home = TRUE) - FIP(rows with is_home = FALSE)";
        null "either side has SUM(outs) < 15 or NULL FIP";
        about "Home minus away FIP";
        |s| home_less_away(&s.played.arm_home, 15, ArmSums::outs, ArmSums::fip)
    },
    entry! {
        pitch_half_season_k_minus_bb_delta: MilbConsistency, Pitcher, LastSeason, "rate", reads "milb_game_logs.strikeouts_pitched; milb_game_logs.walks_allowed; milb_game_logs.batters_faced; milb_game_logs.game_date";
        is "KBB(rows k+1..n of P[last]) - KBB(rows 1..k of P[last]), n = COUNT(P[last]), k = floor(n/2)";
        null "n < 10 or either KBB NULL";
        about "Second half minus first half of the last season: K-BB rate";
        |s| later_less_earlier(&s.played.arm_halves, 10, ArmSums::k_minus_bb)
    },
    entry! {
        pitch_earned_runs_autocorr_lag1: MilbConsistency, Pitcher, Career, "correlation", reads "milb_game_logs.earned_runs";
        is "r1 = SUM_{t=1..n-1}((x_t-m)*(x_{t+1}-m)) / SUM_{t=1..n}((x_t-m)^2), m = mean of x, x = er over rows of P[career] with er NOT NULL";
        null "n < 10 or max(x) = min(x)";
        about "Lag-1 autocorrelation of earned runs per appearance";
        |s| s.played.arm_series.earned_runs_autocorrelation
    },
    entry! {
        pitch_last10_fip: MilbConsistency, Pitcher, Last10Appearances, "runs/9IP", reads "milb_game_logs.home_runs_allowed; milb_game_logs.walks_allowed; milb_game_logs.hit_batsmen; milb_game_logs.strikeouts_pitched; milb_game_logs.outs_pitched";
        is "FIP(P[last10])";
        null "P[last10] has fewer than 5 rows or NULL FIP";
        about "FIP over the last 10 appearances";
        |s| lately_on_the_mound(s)?.fip()
    },
    entry! {
        pitch_last10_fip_delta: MilbConsistency, Pitcher, Last10Appearances, "runs/9IP", reads "milb_game_logs.home_runs_allowed; milb_game_logs.walks_allowed; milb_game_logs.hit_batsmen; milb_game_logs.strikeouts_pitched; milb_game_logs.outs_pitched";
        is "FIP(P[last10]) - FIP(P[last])";
        null "P[last10] has fewer than 5 rows, or either term NULL";
        about "Last 10 appearances minus last season: FIP";
        |s| Some(lately_on_the_mound(s)?.fip()? - s.arm.last.fip()?)
    },
    entry! {
        pitch_last10_k_minus_bb_delta: MilbConsistency, Pitcher, Last10Appearances, "rate", reads "milb_game_logs.strikeouts_pitched; milb_game_logs.walks_allowed; milb_game_logs.batters_faced";
        is "KBB(P[last10]) - KBB(P[last])";
        null "P[last10] has fewer than 5 rows, or either term NULL";
        about "Last 10 appearances minus last season: K-BB rate";
        |s| Some(lately_on_the_mound(s)?.k_minus_bb()? - s.arm.last.k_minus_bb()?)
    },
    entry! {
        pitch_days_between_games_mean: MilbConsistency, Pitcher, Career, "days", reads "milb_game_logs.game_date; milb_game_logs.season";
        is "mean over consecutive row pairs of P[career] with equal season of (later game_date - earlier game_date in days)";
        null "no such pair";
        about "Average rest between appearances within a season";
        |s| s.played.arm_series.rest_days
    },
];
