//! What follows from other features: category `derived`.

use super::bio;
use super::performance::bat_vs_level;
use super::pitching::arm_vs_level;
use super::progression::{age_vs_level, max_level};
use super::scouting::grades;
use super::{AppliesTo::*, Category::Derived, Feature, Window::*, mean};
use crate::features::scouting::Grade;
use crate::features::subject::Subject;
use crate::features::sums::{ArmSums, BatSums};

fn positive(x: Option<f64>) -> Option<f64> {
    x.filter(|x| *x > 0.0)
}

fn top(s: &Subject<'_>) -> Option<f64> {
    max_level(s).map(f64::from)
}

fn per_50(s: &Subject<'_>, grade: Grade) -> Option<f64> {
    Some(s.scouting.grade(grade)? / 50.0)
}

/// A performance on the scouts' scale: 50 is the mean, 10 a standard deviation.
fn as_grade(above_mean: f64, deviation: f64) -> f64 {
    (50.0 + 10.0 * above_mean / deviation).clamp(20.0, 80.0)
}

fn ops_vs_level(s: &Subject<'_>) -> Option<f64> {
    bat_vs_level(s, BatSums::ops, |norm| norm.ops)
}

fn k_minus_bb_vs_level(s: &Subject<'_>) -> Option<f64> {
    arm_vs_level(s, ArmSums::k_minus_bb, |norm| norm.k_minus_bb)
}

fn age_vs_level_career(s: &Subject<'_>) -> Option<f64> {
    age_vs_level(s, |_| true)
}

fn youth_adjusted_ops(s: &Subject<'_>) -> Option<f64> {
    Some(ops_vs_level(s)? - 0.030 * age_vs_level_career(s)?)
}

fn youth_adjusted_k_minus_bb(s: &Subject<'_>) -> Option<f64> {
    Some(k_minus_bb_vs_level(s)? - 0.015 * age_vs_level_career(s)?)
}

fn performance_grade(s: &Subject<'_>) -> Option<f64> {
    youth_adjusted_ops(s).map(|ops| as_grade(ops, 0.100))
}

fn pitch_performance_grade(s: &Subject<'_>) -> Option<f64> {
    youth_adjusted_k_minus_bb(s).map(|share| as_grade(share, 0.050))
}

/// Wins per season that a future value stands for.
fn war_equivalent(future_value: f64) -> f64 {
    const WAR: [f64; 11] = [-1.0, 0.0, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 7.0];
    let at = ((future_value - 30.0) / 5.0).clamp(0.0, 10.0);
    let below = (at.floor() as usize).min(9);
    WAR[below] + (WAR[below + 1] - WAR[below]) * (at - below as f64)
}

/// The features of this file, in the order of their ordinals.
pub(super) const FEATURES: &[Feature] = &[
    entry! {
        fv_war_equivalent: Derived, All, AsOf, "WAR/season", reads "features: future_value";
        is "piecewise-linear interpolation of future_value in (30,-1.0),(35,0.0),(40,1.0),(45,1.5),(50,2.0),(55,2.5),(60,3.0),(65,4.0),(70,5.0),(75,6.0),(80,7.0); below 30 = -1.0; above 80 = 7.0";
        null "future_value NULL";
        about "Seasonal WAR implied by FV (public FanGraphs table)";
        |s| Some(war_equivalent(s.scouting.grade(Grade::FutureValue)?))
    },
    entry! {
        fv_per_age: Derived, All, AsOf, "grade/year", reads "features: future_value, age";
        is "future_value / age";
        null "either NULL or age <= 0";
        about "Future Value per year of age";
        |s| Some(s.scouting.grade(Grade::FutureValue)? / positive(bio::age(s))?)
    },
    entry! {
        level_for_age: Derived, All, AsOf, "levels", reads "features: max_level, age";
        is "max_level - (age - 17)";
        null "either NULL";
        about "Level ordinal reached minus the level ordinal expected at his age (one level per year from 18)";
        |s| Some(top(s)? - (bio::age(s)? - 17.0))
    },
    entry! {
        fv_x_max_level: Derived, All, AsOf, "grade", reads "features: future_value, max_level";
        is "future_value * max_level / 6";
        null "either NULL";
        about "Future Value scaled by proximity";
        |s| Some(s.scouting.grade(Grade::FutureValue)? * top(s)? / 6.0)
    },
    entry! {
        bb_k_ratio: Derived, Hitter, Career, "ratio", reads "milb_game_logs.walks; milb_game_logs.strikeouts";
        is "SUM(bb)/SUM(so) over rows of H[career] with bb, so NOT NULL";
        null "no such row, or SUM(so) = 0";
        about "Walks per strikeout";
        |s| s.bat.career.bb_per_k()
    },
    entry! {
        power_speed_number: Derived, Hitter, Career, "number", reads "milb_game_logs.home_runs; milb_game_logs.stolen_bases";
        is "2*SUM(hr)*SUM(sb)/(SUM(hr)+SUM(sb)) over rows of H[career] with hr, sb NOT NULL; 0 if SUM(hr)+SUM(sb) = 0";
        null "no such row";
        about "Power-speed number (harmonic mean of HR and SB)";
        |s| s.bat.career.power_speed()
    },
    entry! {
        contact_x_power: Derived, Hitter, Career, "rate", reads "features: career_k_rate, career_iso";
        is "(1 - career_k_rate) * career_iso";
        null "either NULL";
        about "Contact times power";
        |s| Some((1.0 - s.bat.career.k_rate()?) * s.bat.career.iso()?)
    },
    entry! {
        three_true_outcomes_rate: Derived, Hitter, Career, "rate", reads "milb_game_logs.home_runs; milb_game_logs.walks; milb_game_logs.strikeouts; milb_game_logs.plate_appearances";
        is "(SUM(hr)+SUM(bb)+SUM(so))/SUM(pa) over rows of H[career] with hr, bb, so NOT NULL";
        null "no such row";
        about "Three-true-outcomes rate";
        |s| s.bat.career.three_true_outcomes()
    },
    entry! {
        ops_per_age: Derived, Hitter, Career, "rate/year", reads "features: career_ops, age";
        is "career_ops / age";
        null "either NULL or age <= 0";
        about "Career OPS per year of age";
        |s| Some(s.bat.career.ops()? / positive(bio::age(s))?)
    },
    entry! {
        ops_x_age_vs_level: Derived, Hitter, Career, "rate*years", reads "features: ops_vs_level, age_vs_level_career";
        is "ops_vs_level * age_vs_level_career";
        null "either NULL";
        about "Interaction of performance and age relative to level";
        |s| Some(ops_vs_level(s)? * age_vs_level_career(s)?)
    },
    entry! {
        youth_adjusted_ops: Derived, Hitter, Career, "rate", reads "features: ops_vs_level, age_vs_level_career";
        is "ops_vs_level - 0.030 * age_vs_level_career";
        null "either NULL";
        about "OPS relative to level credited 30 points per year younger than the level";
        |s| youth_adjusted_ops(s)
    },
    entry! {
        hit_future_x_contact: Derived, Hitter, Career, "rate", reads "features: hit_future, career_k_rate";
        is "(hit_future / 50) * (1 - career_k_rate)";
        null "either NULL";
        about "Hit grade times contact rate";
        |s| Some(per_50(s, Grade::HitFuture)? * (1.0 - s.bat.career.k_rate()?))
    },
    entry! {
        power_future_x_iso: Derived, Hitter, Career, "rate", reads "features: power_future, career_iso";
        is "(power_future / 50) * career_iso";
        null "either NULL";
        about "Power grade times isolated power";
        |s| Some(per_50(s, Grade::PowerFuture)? * s.bat.career.iso()?)
    },
    entry! {
        speed_future_x_sb_attempts: Derived, Hitter, Career, "rate", reads "features: speed_future, career_sb_attempt_rate";
        is "(speed_future / 50) * career_sb_attempt_rate";
        null "either NULL";
        about "Speed grade times stolen-base attempts";
        |s| Some(per_50(s, Grade::SpeedFuture)? * s.bat.career.steal_attempt_rate()?)
    },
    entry! {
        fv_x_last_season_ops: Derived, Hitter, LastSeason, "rate", reads "features: future_value, last_season_ops";
        is "(future_value / 50) * last_season_ops";
        null "either NULL";
        about "Future Value times last-season OPS";
        |s| Some(per_50(s, Grade::FutureValue)? * s.bat.last.ops()?)
    },
    entry! {
        performance_grade: Derived, Hitter, Career, "grade 20-80", reads "features: youth_adjusted_ops";
        is "clip(50 + 10*youth_adjusted_ops/0.100, 20, 80)";
        null "youth_adjusted_ops NULL";
        about "Performance on the scouting scale (one grade step of 10 per 100 OPS points)";
        |s| performance_grade(s)
    },
    entry! {
        fv_performance_residual: Derived, Hitter, Career, "grade points", reads "features: future_value, performance_grade";
        is "future_value - performance_grade";
        null "either NULL";
        about "Scouts above (positive) or below the performance";
        |s| Some(s.scouting.grade(Grade::FutureValue)? - performance_grade(s)?)
    },
    entry! {
        hit_grade_residual: Derived, Hitter, Career, "grade points", reads "features: hit_present, career_avg";
        is "hit_present - clip(50 + 10*(career_avg - 0.255)/0.025, 20, 80)";
        null "either NULL";
        about "Present hit grade minus the grade implied by batting average";
        |s| Some(s.scouting.grade(Grade::HitPresent)? - as_grade(s.bat.career.avg()? - 0.255, 0.025))
    },
    entry! {
        power_grade_residual: Derived, Hitter, Career, "grade points", reads "features: power_present, career_iso";
        is "power_present - clip(50 + 10*(career_iso - 0.140)/0.050, 20, 80)";
        null "either NULL";
        about "Present power grade minus the grade implied by ISO";
        |s| Some(s.scouting.grade(Grade::PowerPresent)? - as_grade(s.bat.career.iso()? - 0.140, 0.050))
    },
    entry! {
        pitch_era_minus_fip: Derived, Pitcher, Career, "runs/9IP", reads "features: pitch_career_era, pitch_career_fip";
        is "pitch_career_era - pitch_career_fip";
        null "either NULL";
        about "Results above (positive) or below the fielding-independent level";
        |s| Some(s.arm.career.era()? - s.arm.career.fip()?)
    },
    entry! {
        pitch_k_minus_bb_x_age_vs_level: Derived, Pitcher, Career, "rate*years", reads "features: pitch_k_minus_bb_vs_level, age_vs_level_career";
        is "pitch_k_minus_bb_vs_level * age_vs_level_career";
        null "either NULL";
        about "Interaction of performance and age relative to level";
        |s| Some(k_minus_bb_vs_level(s)? * age_vs_level_career(s)?)
    },
    entry! {
        pitch_youth_adjusted_k_minus_bb: Derived, Pitcher, Career, "rate", reads "features: pitch_k_minus_bb_vs_level, age_vs_level_career";
        is "pitch_k_minus_bb_vs_level - 0.015 * age_vs_level_career";
        null "either NULL";
        about "K-BB relative to level credited 1.5 points per year younger";
        |s| youth_adjusted_k_minus_bb(s)
    },
    entry! {
        pitch_performance_grade: Derived, Pitcher, Career, "grade 20-80", reads "features: pitch_youth_adjusted_k_minus_bb";
        is "clip(50 + 10*pitch_youth_adjusted_k_minus_bb/0.050, 20, 80)";
        null "pitch_youth_adjusted_k_minus_bb NULL";
        about "Performance on the scouting scale (one grade step of 10 per 5 points of K-BB)";
        |s| pitch_performance_grade(s)
    },
    entry! {
        pitch_fv_performance_residual: Derived, Pitcher, Career, "grade points", reads "features: future_value, pitch_performance_grade";
        is "future_value - pitch_performance_grade";
        null "either NULL";
        about "Scouts above (positive) or below the performance";
        |s| Some(s.scouting.grade(Grade::FutureValue)? - pitch_performance_grade(s)?)
    },
    entry! {
        fastball_x_k_rate: Derived, Pitcher, Career, "rate", reads "features: fastball_grade, pitch_career_k_rate";
        is "(fastball_grade / 50) * pitch_career_k_rate";
        null "either NULL";
        about "Fastball grade times strikeout rate";
        |s| Some(per_50(s, Grade::Fastball)? * s.arm.career.k_rate()?)
    },
    entry! {
        control_command_x_bb_rate: Derived, Pitcher, Career, "rate", reads "features: control_command_avg, pitch_career_bb_rate";
        is "(control_command_avg / 50) * (1 - pitch_career_bb_rate)";
        null "either NULL";
        about "Control/command grade times walk avoidance";
        |s| Some(mean(grades(s, [Grade::Control, Grade::Command]))? / 50.0 * (1.0 - s.arm.career.bb_rate()?))
    },
    entry! {
        pitch_starter_profile: Derived, Pitcher, Career, "innings/game", reads "features: pitch_career_starts_share, pitch_career_ip_per_game";
        is "pitch_career_starts_share * pitch_career_ip_per_game";
        null "either NULL";
        about "Starter usage: share of starts times innings per appearance";
        |s| Some(s.arm.career.starts_share()? * s.arm.career.innings_per_game()?)
    },
];
