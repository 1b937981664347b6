//! Scouts' grades and ranks: category `scouting`.

use super::{AppliesTo::*, Category::Scouting, Feature, Window::*, count, mean};
use crate::features::scouting::Grade;
use crate::features::subject::Subject;

const PRESENT: [Grade; 6] = [
    Grade::HitPresent,
    Grade::PowerPresent,
    Grade::RawPowerPresent,
    Grade::SpeedPresent,
    Grade::FieldPresent,
    Grade::ArmPresent,
];
const FUTURE: [Grade; 6] = [
    Grade::HitFuture,
    Grade::PowerFuture,
    Grade::RawPowerFuture,
    Grade::SpeedFuture,
    Grade::FieldFuture,
    Grade::ArmFuture,
];
const PITCHES: [Grade; 4] = [Grade::Fastball, Grade::Slider, Grade::Curveball, Grade::Changeup];

/// The grades there are.
pub(super) fn grades<const N: usize>(s: &Subject<'_>, of: [Grade; N]) -> impl Iterator<Item = f64> {
    of.into_iter().filter_map(|grade| s.scouting.grade(grade))
}

fn delta(s: &Subject<'_>, future: Grade, present: Grade) -> Option<f64> {
    Some(s.scouting.grade(future)? - s.scouting.grade(present)?)
}

/// How many are plus grades.
fn plus(grades: impl Iterator<Item = f64>) -> Option<f64> {
    let (mut plus, mut any) = (0, false);
    for grade in grades {
        any = true;
        plus += i32::from(grade >= 60.0);
    }
    any.then(|| f64::from(plus))
}

/// The features of this file, in the order of their ordinals.
pub(super) const FEATURES: &[Feature] = &[
    entry! {
        future_value: Scouting, All, LatestRankingYear, "grade 20-80", reads "scouting_grades.future_value";
        is "PICK(future_value)";
        null "no candidate row with a value";
        about "Future Value of the latest ranking year";
        |s| s.scouting.grade(Grade::FutureValue)
    },
    entry! {
        future_value_max: Scouting, All, Career, "grade 20-80", reads "scouting_grades.future_value";
        is "MAX(future_value) over E";
        null "no value in E";
        about "Best Future Value ever recorded as of Y";
        |s| s.scouting.all(Grade::FutureValue).max().map(f64::from)
    },
    entry! {
        future_value_change: Scouting, All, Career, "grade points", reads "scouting_grades.future_value";
        is "PICK(future_value) - PICK_AT(R2, future_value), R2 = greatest ranking_year < R in E for which PICK_AT(R2, future_value) IS NOT NULL";
        null "either pick NULL";
        about "Change of FV since the previous ranking year with an FV";
        |s| s.scouting.future_value_change().map(f64::from)
    },
    entry! {
        rank_overall: Scouting, All, LatestRankingYear, "rank", reads "scouting_grades.rank_overall";
        is "PICK(rank_overall)";
        null "no candidate row with a value";
        about "Overall rank of the latest ranking year";
        |s| s.scouting.grade(Grade::RankOverall)
    },
    entry! {
        rank_overall_log: Scouting, All, LatestRankingYear, "ln(rank)", reads "scouting_grades.rank_overall";
        is "ln(rank_overall feature)";
        null "rank_overall feature NULL or < 1";
        about "Log of overall rank";
        |s| s.scouting.grade(Grade::RankOverall).filter(|rank| *rank >= 1.0).map(f64::ln)
    },
    entry! {
        rank_overall_best: Scouting, All, Career, "rank", reads "scouting_grades.rank_overall";
        is "MIN(rank_overall) over E";
        null "no value in E";
        about "Best overall rank ever recorded as of Y";
        |s| s.scouting.all(Grade::RankOverall).min().map(f64::from)
    },
    entry! {
        ranking_sources: Scouting, All, LatestRankingYear, "count", reads "scouting_grades.source";
        is "COUNT(DISTINCT lower(source)) over E with ranking_year = R; 0 if E is empty";
        null "never";
        about "Number of sources that ranked him in the latest ranking year";
        |s| count(s.scouting.sources())
    },
    entry! {
        ranking_years: Scouting, All, Career, "count", reads "scouting_grades.ranking_year";
        is "COUNT(DISTINCT ranking_year) over E; 0 if E is empty";
        null "never";
        about "Number of distinct ranking years";
        |s| count(s.scouting.years())
    },
    entry! {
        grade_age_years: Scouting, All, LatestRankingYear, "years", reads "scouting_grades.ranking_year";
        is "Y - R";
        null "E empty";
        about "Age of the latest grades in years";
        |s| s.scouting.latest_year().map(|latest| f64::from(s.year) - f64::from(latest))
    },
    entry! {
        risk_ordinal: Scouting, All, LatestRankingYear, "ordinal 1-4", reads "scouting_grades.risk_level";
        is "PICK(risk_level) mapped Safe 1, Medium 2, High 3, Extreme 4";
        null "no candidate row with a value";
        about "Risk as an ordinal";
        |s| s.scouting.grade(Grade::Risk)
    },
    entry! {
        eta_years: Scouting, All, LatestRankingYear, "years", reads "scouting_grades.eta_year";
        is "PICK(eta_year) - Y";
        null "no candidate row with a value";
        about "Years until the projected MLB debut (may be negative)";
        |s| s.scouting.pick(Grade::EtaYear).map(|eta| f64::from(eta) - f64::from(s.year))
    },
    entry! {
        dynasty_rank: Scouting, All, LatestRankingYear, "rank", reads "scouting_grades.dynasty_rank";
        is "PICK(dynasty_rank)";
        null "no candidate row with a value";
        about "Dynasty (fantasy) rank";
        |s| s.scouting.grade(Grade::DynastyRank)
    },
    entry! {
        hit_present: Scouting, Hitter, LatestRankingYear, "grade 20-80", reads "scouting_grades.hit_present";
        is "PICK(hit_present)";
        null "no candidate row with a value";
        about "Present hit grade";
        |s| s.scouting.grade(Grade::HitPresent)
    },
    entry! {
        hit_future: Scouting, Hitter, LatestRankingYear, "grade 20-80", reads "scouting_grades.hit_future";
        is "PICK(hit_future)";
        null "no candidate row with a value";
        about "Future hit grade";
        |s| s.scouting.grade(Grade::HitFuture)
    },
    entry! {
        hit_delta: Scouting, Hitter, LatestRankingYear, "grade points", reads "scouting_grades.hit_present; scouting_grades.hit_future";
        is "hit_future - hit_present";
        null "either grade NULL";
        about "Projected improvement of the hit tool";
        |s| delta(s, Grade::HitFuture, Grade::HitPresent)
    },
    entry! {
        power_present: Scouting, Hitter, LatestRankingYear, "grade 20-80", reads "scouting_grades.power_present";
        is "PICK(power_present)";
        null "no candidate row with a value";
        about "Present power grade";
        |s| s.scouting.grade(Grade::PowerPresent)
    },
    entry! {
        power_future: Scouting, Hitter, LatestRankingYear, "grade 20-80", reads "scouting_grades.power_future";
        is "PICK(power_future)";
        null "no candidate row with a value";
        about "Future power grade";
        |s| s.scouting.grade(Grade::PowerFuture)
    },
    entry! {
        power_delta: Scouting, Hitter, LatestRankingYear, "grade points", reads "scouting_grades.power_present; scouting_grades.power_future";
        is "power_future - power_present";
        null "either grade NULL";
        about "Projected improvement of the power tool";
        |s| delta(s, Grade::PowerFuture, Grade::PowerPresent)
    },
    entry! {
        raw_power_present: Scouting, Hitter, LatestRankingYear, "grade 20-80", reads "scouting_grades.raw_power_present";
        is "PICK(raw_power_present)";
        null "no candidate row with a value";
        about "Present raw power grade";
        |s| s.scouting.grade(Grade::RawPowerPresent)
    },
    entry! {
        raw_power_future: Scouting, Hitter, LatestRankingYear, "grade 20-80", reads "scouting_grades.raw_power_future";
        is "PICK(raw_power_future)";
        null "no candidate row with a value";
        about "Future raw power grade";
        |s| s.scouting.grade(Grade::RawPowerFuture)
    },
    entry! {
        raw_power_delta: Scouting, Hitter, LatestRankingYear, "grade points", reads "scouting_grades.raw_power_present; scouting_grades.raw_power_future";
        is "raw_power_future - raw_power_present";
        null "either grade NULL";
        about "Projected improvement of the raw power tool";
        |s| delta(s, Grade::RawPowerFuture, Grade::RawPowerPresent)
    },
    entry! {
        speed_present: Scouting, Hitter, LatestRankingYear, "grade 20-80", reads "scouting_grades.speed_present";
        is "PICK(speed_present)";
        null "no candidate row with a value";
        about "Present speed grade";
        |s| s.scouting.grade(Grade::SpeedPresent)
    },
    entry! {
        speed_future: Scouting, Hitter, LatestRankingYear, "grade 20-80", reads "scouting_grades.speed_future";
        is "PICK(speed_future)";
        null "no candidate row with a value";
        about "Future speed grade";
        |s| s.scouting.grade(Grade::SpeedFuture)
    },
    entry! {
        speed_delta: Scouting, Hitter, LatestRankingYear, "grade points", reads "scouting_grades.speed_present; scouting_grades.speed_future";
        is "speed_future - speed_present";
        null "either grade NULL";
        about "Projected improvement of the speed tool";
        |s| delta(s, Grade::SpeedFuture, Grade::SpeedPresent)
    },
    entry! {
        field_present: Scouting, Hitter, LatestRankingYear, "grade 20-80", reads "scouting_grades.field_present";
        is "PICK(field_present)";
        null "no candidate row with a value";
        about "Present field grade";
        |s| s.scouting.grade(Grade::FieldPresent)
    },
    entry! {
        field_future: Scouting, Hitter, LatestRankingYear, "grade 20-80", reads "scouting_grades.field_future";
        is "PICK(field_future)";
        null "no candidate row with a value";
        about "Future field grade";
        |s| s.scouting.grade(Grade::FieldFuture)
    },
    entry! {
        field_delta: Scouting, Hitter, LatestRankingYear, "grade points", reads "scouting_grades.field_present; scouting_grades.field_future";
        is "field_future - field_present";
        null "either grade NULL";
        about "Projected improvement of the field tool";
        |s| delta(s, Grade::FieldFuture, Grade::FieldPresent)
    },
    entry! {
        arm_present: Scouting, Hitter, LatestRankingYear, "grade 20-80", reads "scouting_grades.arm_present";
        is "PICK(arm_present)";
        null "no candidate row with a value";
        about "Present arm grade";
        |s| s.scouting.grade(Grade::ArmPresent)
    },
    entry! {
        arm_future: Scouting, Hitter, LatestRankingYear, "grade 20-80", reads "scouting_grades.arm_future";
        is "PICK(arm_future)";
        null "no candidate row with a value";
        about "Future arm grade";
        |s| s.scouting.grade(Grade::ArmFuture)
    },
    entry! {
        arm_delta: Scouting, Hitter, LatestRankingYear, "grade points", reads "scouting_grades.arm_present; scouting_grades.arm_future";
        is "arm_future - arm_present";
        null "either grade NULL";
        about "Projected improvement of the arm tool";
        |s| delta(s, Grade::ArmFuture, Grade::ArmPresent)
    },
    entry! {
        tools_present_avg: Scouting, Hitter, LatestRankingYear, "grade 20-80", reads "scouting_grades.hit_present; scouting_grades.power_present; scouting_grades.raw_power_present; scouting_grades.speed_present; scouting_grades.field_present; scouting_grades.arm_present";
        is "mean of the non-NULL values among the 6 *_present features";
        null "all 6 NULL";
        about "Average present tool";
        |s| mean(grades(s, PRESENT))
    },
    entry! {
        tools_future_avg: Scouting, Hitter, LatestRankingYear, "grade 20-80", reads "scouting_grades.hit_future; scouting_grades.power_future; scouting_grades.raw_power_future; scouting_grades.speed_future; scouting_grades.field_future; scouting_grades.arm_future";
        is "mean of the non-NULL values among the 6 *_future features";
        null "all 6 NULL";
        about "Average future tool";
        |s| mean(grades(s, FUTURE))
    },
    entry! {
        tools_delta_avg: Scouting, Hitter, LatestRankingYear, "grade points", reads "scouting_grades.hit_present; scouting_grades.power_present; scouting_grades.raw_power_present; scouting_grades.speed_present; scouting_grades.field_present; scouting_grades.arm_present; scouting_grades.hit_future; scouting_grades.power_future; scouting_grades.raw_power_future; scouting_grades.speed_future; scouting_grades.field_future; scouting_grades.arm_future";
        is "mean of the non-NULL values among the 6 *_delta features";
        null "all 6 NULL";
        about "Average projected tool improvement";
        |s| mean(FUTURE.into_iter().zip(PRESENT).filter_map(|(future, present)| delta(s, future, present)))
    },
    entry! {
        tools_future_max: Scouting, Hitter, LatestRankingYear, "grade 20-80", reads "scouting_grades.hit_future; scouting_grades.power_future; scouting_grades.raw_power_future; scouting_grades.speed_future; scouting_grades.field_future; scouting_grades.arm_future";
        is "max of the non-NULL values among the 6 *_future features";
        null "all 6 NULL";
        about "Carrying tool";
        |s| grades(s, FUTURE).reduce(f64::max)
    },
    entry! {
        tools_future_min: Scouting, Hitter, LatestRankingYear, "grade 20-80", reads "scouting_grades.hit_future; scouting_grades.power_future; scouting_grades.raw_power_future; scouting_grades.speed_future; scouting_grades.field_future; scouting_grades.arm_future";
        is "min of the non-NULL values among the 6 *_future features";
        null "all 6 NULL";
        about "Weakest tool";
        |s| grades(s, FUTURE).reduce(f64::min)
    },
    entry! {
        plus_tools_count: Scouting, Hitter, LatestRankingYear, "count", reads "scouting_grades.hit_future; scouting_grades.power_future; scouting_grades.raw_power_future; scouting_grades.speed_future; scouting_grades.field_future; scouting_grades.arm_future";
        is "number of *_future features >= 60";
        null "all 6 NULL";
        about "Number of plus (60 or better) future tools";
        |s| plus(grades(s, FUTURE))
    },
    entry! {
        fastball_grade: Scouting, Pitcher, LatestRankingYear, "grade 20-80", reads "scouting_grades.fastball_grade";
        is "PICK(fastball_grade)";
        null "no candidate row with a value";
        about "Fastball grade";
        |s| s.scouting.grade(Grade::Fastball)
    },
    entry! {
        slider_grade: Scouting, Pitcher, LatestRankingYear, "grade 20-80", reads "scouting_grades.slider_grade";
        is "PICK(slider_grade)";
        null "no candidate row with a value";
        about "Slider grade";
        |s| s.scouting.grade(Grade::Slider)
    },
    entry! {
        curveball_grade: Scouting, Pitcher, LatestRankingYear, "grade 20-80", reads "scouting_grades.curveball_grade";
        is "PICK(curveball_grade)";
        null "no candidate row with a value";
        about "Curveball grade";
        |s| s.scouting.grade(Grade::Curveball)
    },
    entry! {
        changeup_grade: Scouting, Pitcher, LatestRankingYear, "grade 20-80", reads "scouting_grades.changeup_grade";
        is "PICK(changeup_grade)";
        null "no candidate row with a value";
        about "Changeup grade";
        |s| s.scouting.grade(Grade::Changeup)
    },
    entry! {
        control_grade: Scouting, Pitcher, LatestRankingYear, "grade 20-80", reads "scouting_grades.control_grade";
        is "PICK(control_grade)";
        null "no candidate row with a value";
        about "Control grade";
        |s| s.scouting.grade(Grade::Control)
    },
    entry! {
        command_grade: Scouting, Pitcher, LatestRankingYear, "grade 20-80", reads "scouting_grades.command_grade";
        is "PICK(command_grade)";
        null "no candidate row with a value";
        about "Command grade";
        |s| s.scouting.grade(Grade::Command)
    },
    entry! {
        pitches_avg: Scouting, Pitcher, LatestRankingYear, "grade 20-80", reads "scouting_grades.fastball_grade; scouting_grades.slider_grade; scouting_grades.curveball_grade; scouting_grades.changeup_grade";
        is "mean of the non-NULL values among fastball_grade, slider_grade, curveball_grade, changeup_grade";
        null "all 4 NULL";
        about "Average pitch grade";
        |s| mean(grades(s, PITCHES))
    },
    entry! {
        pitches_max: Scouting, Pitcher, LatestRankingYear, "grade 20-80", reads "scouting_grades.fastball_grade; scouting_grades.slider_grade; scouting_grades.curveball_grade; scouting_grades.changeup_grade";
        is "max of the non-NULL values among fastball_grade, slider_grade, curveball_grade, changeup_grade";
        null "all 4 NULL";
        about "Best pitch grade";
        |s| grades(s, PITCHES).reduce(f64::max)
    },
    entry! {
        breaking_ball_max: Scouting, Pitcher, LatestRankingYear, "grade 20-80", reads "scouting_grades.slider_grade; scouting_grades.curveball_grade";
        is "max of the non-NULL values among slider_grade, curveball_grade";
        null "both NULL";
        about "Best breaking ball";
        |s| grades(s, [Grade::Slider, Grade::Curveball]).reduce(f64::max)
    },
    entry! {
        plus_pitches_count: Scouting, Pitcher, LatestRankingYear, "count", reads "scouting_grades.fastball_grade; scouting_grades.slider_grade; scouting_grades.curveball_grade; scouting_grades.changeup_grade";
        is "number of fastball_grade, slider_grade, curveball_grade, changeup_grade >= 60";
        null "all 4 NULL";
        about "Number of plus pitches";
        |s| plus(grades(s, PITCHES))
    },
    entry! {
        control_command_avg: Scouting, Pitcher, LatestRankingYear, "grade 20-80", reads "scouting_grades.control_grade; scouting_grades.command_grade";
        is "mean of the non-NULL values among control_grade, command_grade";
        null "both NULL";
        about "Average of control and command";
        |s| mean(grades(s, [Grade::Control, Grade::Command]))
    },
];
