//! How fast he climbs: category `milb_progression`.

use super::{AppliesTo::*, Category::MilbProgression, Feature, Window::*, count, flag};
use crate::features::norms::age_against;
use crate::features::played::Stint;
use crate::features::subject::{ENOUGH_OUTS, ENOUGH_PA, Subject};
use crate::features::sums::{ArmSums, BatSums};
use dynasty_numbers::days;
use dynasty_numbers::series::slope;

/// The stints of each season, in order.
fn seasons<'a>(s: &'a Subject<'_>) -> impl Iterator<Item = &'a [Stint]> {
    s.played.stints.chunk_by(|a, b| a.season == b.season)
}

fn last_season(s: &Subject<'_>) -> Option<i32> {
    s.played.stints.last().map(|stint| stint.season)
}

/// Seasons between the first and the last without a game.
fn missed_seasons(s: &Subject<'_>) -> i64 {
    let (Some(first), Some(last)) = (s.played.stints.first(), last_season(s)) else {
        return 0;
    };
    i64::from(last - first.season) + 1 - seasons(s).count() as i64
}

/// The highest level he played at.
pub(super) fn max_level(s: &Subject<'_>) -> Option<u8> {
    s.played.stints.iter().map(|stint| stint.level).max()
}

fn games_share(s: &Subject<'_>, levels: std::ops::RangeInclusive<usize>) -> Option<f64> {
    share_of(s.played.path.games_at[levels].iter().sum(), s.played.games)
}

fn share_of(part: i64, whole: i64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// Age against the mean age of those he played with, weighted by games.
pub(super) fn age_vs_level(s: &Subject<'_>, of: impl Fn(&Stint) -> bool) -> Option<f64> {
    let stints = s.played.stints.iter().filter(|stint| of(stint));
    age_against(
        s.norms,
        s.person.birth_date,
        stints.map(|stint| (stint.season, stint.level, stint.games)),
    )
}

/// A volume at AA and above.
fn upper<S>(levels: &[(i32, S)], volume: fn(&S) -> i64) -> i64 {
    let upper = levels.iter().filter(|(level, _)| *level >= 5);
    upper.map(|(_, sums)| volume(sums)).sum()
}

/// A rate by season or level, where there is enough of it.
fn bat_points(by: &[(i32, BatSums)], rate: fn(&BatSums) -> Option<f64>) -> Vec<(i32, f64)> {
    let enough = by.iter().filter(|(_, sums)| sums.pa() >= ENOUGH_PA);
    enough.filter_map(|(key, sums)| Some((*key, rate(sums)?))).collect()
}

fn arm_points(by: &[(i32, ArmSums)], rate: fn(&ArmSums) -> Option<f64>) -> Vec<(i32, f64)> {
    let enough = by.iter().filter(|(_, sums)| sums.outs() >= ENOUGH_OUTS);
    enough.filter_map(|(key, sums)| Some((*key, rate(sums)?))).collect()
}

/// The last value less the one before it.
fn step(points: &[(i32, f64)]) -> Option<f64> {
    match points {
        [.., (_, before), (_, last)] => Some(last - before),
        _ => None,
    }
}

/// The features of this file, in the order of their ordinals.
pub(super) const FEATURES: &[Feature] = &[
    entry! {
        seasons_played: MilbProgression, All, Career, "count", reads "milb_game_logs.season";
        is "COUNT(DISTINCT season) over A";
        null "never (0 when no rows)";
        about "Seasons with a minor-league game";
        |s| count(seasons(s).count())
    },
    entry! {
        games_total: MilbProgression, All, Career, "games", reads "milb_game_logs.id";
        is "COUNT(*) of A";
        null "never (0 when no rows)";
        about "Minor-league games";
        |s| count(s.played.games)
    },
    entry! {
        max_level: MilbProgression, All, Career, "ordinal 1-6", reads "milb_game_logs.level";
        is "MAX(L(level)) over A";
        null "A empty";
        about "Highest level reached";
        |s| max_level(s).map(f64::from)
    },
    entry! {
        first_level: MilbProgression, All, Career, "ordinal 1-6", reads "milb_game_logs.level";
        is "L(level) of the first row of A";
        null "A empty";
        about "Level of the first professional game";
        |s| s.played.path.first.map(|(_, level)| f64::from(level))
    },
    entry! {
        last_level: MilbProgression, All, Career, "ordinal 1-6", reads "milb_game_logs.level";
        is "L(level) of the last row of A";
        null "A empty";
        about "Level of the most recent game";
        |s| s.played.path.last.map(|(_, level)| f64::from(level))
    },
    entry! {
        levels_played: MilbProgression, All, Career, "count", reads "milb_game_logs.level";
        is "COUNT(DISTINCT L(level)) over A";
        null "never (0 when no rows)";
        about "Number of distinct levels";
        |s| count(s.played.path.games_at.iter().filter(|games| **games > 0).count())
    },
    entry! {
        levels_per_season: MilbProgression, All, Career, "levels/season", reads "milb_game_logs.level; milb_game_logs.season";
        is "(max_level - first_level) / seasons_played";
        null "A empty";
        about "Net level climb per season";
        |s| Some((f64::from(max_level(s)?) - f64::from(s.played.path.first?.1)) / seasons(s).count() as f64)
    },
    entry! {
        promotions: MilbProgression, All, Career, "count", reads "milb_game_logs.level; milb_game_logs.game_date";
        is "number of consecutive row pairs of A with L(level) of the later row > L(level) of the earlier row";
        null "never (0 when no rows)";
        about "Upward moves in game order";
        |s| count(s.played.path.promotions)
    },
    entry! {
        demotions: MilbProgression, All, Career, "count", reads "milb_game_logs.level; milb_game_logs.game_date";
        is "number of consecutive row pairs of A with L(level) of the later row < L(level) of the earlier row";
        null "never (0 when no rows)";
        about "Downward moves in game order";
        |s| count(s.played.path.demotions)
    },
    entry! {
        multi_level_seasons: MilbProgression, All, Career, "count", reads "milb_game_logs.level; milb_game_logs.season";
        is "number of seasons of A with at least 2 distinct L(level)";
        null "never (0 when no rows)";
        about "Seasons played at more than one level";
        |s| count(seasons(s).filter(|season| season.len() >= 2).count())
    },
    entry! {
        age_at_first_game: MilbProgression, All, Career, "years", reads "prospects.birth_date; milb_game_logs.game_date";
        is "AGE(birth_date, game_date of the first row of A)";
        null "A empty or birth_date NULL";
        about "Age at the first professional game";
        |s| Some(days::age(s.person.birth_date?, s.played.path.first?.0))
    },
    entry! {
        pro_experience_years: MilbProgression, All, Career, "years", reads "milb_game_logs.game_date";
        is "(date(Y,12,31) - game_date of the first row of A in days) / 365.25";
        null "A empty";
        about "Years from the first game to the end of the as-of year";
        |s| Some(days::age(s.played.path.first?.0, days::day(s.year, 12, 31)))
    },
    entry! {
        age_at_first_aa: MilbProgression, All, Career, "years", reads "prospects.birth_date; milb_game_logs.game_date; milb_game_logs.level";
        is "AGE(birth_date, game_date of the first row of A with L(level) >= 5)";
        null "no such row or birth_date NULL";
        about "Age at the first game at AA or above";
        |s| Some(days::age(s.person.birth_date?, s.played.path.first_aa?))
    },
    entry! {
        age_at_first_aaa: MilbProgression, All, Career, "years", reads "prospects.birth_date; milb_game_logs.game_date; milb_game_logs.level";
        is "AGE(birth_date, game_date of the first row of A with L(level) = 6)";
        null "no such row or birth_date NULL";
        about "Age at the first AAA game";
        |s| Some(days::age(s.person.birth_date?, s.played.path.first_aaa?))
    },
    entry! {
        years_to_aa: MilbProgression, All, Career, "years", reads "milb_game_logs.game_date; milb_game_logs.level";
        is "(game_date of the first row of A with L(level) >= 5 - game_date of the first row of A in days) / 365.25";
        null "no such row";
        about "Years from first game to AA or above";
        |s| Some(days::age(s.played.path.first?.0, s.played.path.first_aa?))
    },
    entry! {
        years_to_aaa: MilbProgression, All, Career, "years", reads "milb_game_logs.game_date; milb_game_logs.level";
        is "(game_date of the first row of A with L(level) = 6 - game_date of the first row of A in days) / 365.25";
        null "no such row";
        about "Years from first game to AAA";
        |s| Some(days::age(s.played.path.first?.0, s.played.path.first_aaa?))
    },
    entry! {
        games_share_rookie: MilbProgression, All, Career, "rate", reads "milb_game_logs.level";
        is "COUNT(rows of A with L(level) <= 2) / COUNT(*) of A";
        null "A empty";
        about "Share of games at Complex or Rookie";
        |s| games_share(s, 1..=2)
    },
    entry! {
        games_share_a: MilbProgression, All, Career, "rate", reads "milb_game_logs.level";
        is "COUNT(rows of A with L(level) = 3) / COUNT(*) of A";
        null "A empty";
        about "Share of games at A";
        |s| games_share(s, 3..=3)
    },
    entry! {
        games_share_a_plus: MilbProgression, All, Career, "rate", reads "milb_game_logs.level";
        is "COUNT(rows of A with L(level) = 4) / COUNT(*) of A";
        null "A empty";
        about "Share of games at A+";
        |s| games_share(s, 4..=4)
    },
    entry! {
        games_share_aa: MilbProgression, All, Career, "rate", reads "milb_game_logs.level";
        is "COUNT(rows of A with L(level) = 5) / COUNT(*) of A";
        null "A empty";
        about "Share of games at AA";
        |s| games_share(s, 5..=5)
    },
    entry! {
        games_share_aaa: MilbProgression, All, Career, "rate", reads "milb_game_logs.level";
        is "COUNT(rows of A with L(level) = 6) / COUNT(*) of A";
        null "A empty";
        about "Share of games at AAA";
        |s| games_share(s, 6..=6)
    },
    entry! {
        age_vs_level_career: MilbProgression, All, Career, "years", reads "prospects.birth_date; milb_game_logs.season; milb_game_logs.level";
        is "SUM over (s,l) of N(s,l)*(AGE(birth_date, date(s,7,1)) - AGENORM(s,l)) / SUM of N(s,l), over the (s,l) stints of A with AGENORM non-NULL";
        null "birth_date NULL or no such stint";
        about "Age relative to the average age at the level, game-weighted (negative = young)";
        |s| age_vs_level(s, |_| true)
    },
    entry! {
        age_vs_level_last_season: MilbProgression, All, LastSeason, "years", reads "prospects.birth_date; milb_game_logs.season; milb_game_logs.level";
        is "SUM over (s,l) of N(s,l)*(AGE(birth_date, date(s,7,1)) - AGENORM(s,l)) / SUM of N(s,l), over the (s,l) stints of A restricted to season = MAX(season) of A with AGENORM non-NULL";
        null "birth_date NULL or no such stint";
        about "Age relative to level in the last season";
        |s| last_season(s).and_then(|last| age_vs_level(s, |stint| stint.season == last))
    },
    entry! {
        age_vs_top_level: MilbProgression, All, Career, "years", reads "prospects.birth_date; milb_game_logs.season; milb_game_logs.level";
        is "SUM over (s,l) of N(s,l)*(AGE(birth_date, date(s,7,1)) - AGENORM(s,l)) / SUM of N(s,l), over the (s,l) stints of A restricted to L(level) = max_level with AGENORM non-NULL";
        null "birth_date NULL or no such stint";
        about "Age relative to level at the highest level";
        |s| max_level(s).and_then(|top| age_vs_level(s, |stint| stint.level == top))
    },
    entry! {
        games_last_season: MilbProgression, All, LastSeason, "games", reads "milb_game_logs.season";
        is "COUNT(*) of A with season = MAX(season) of A";
        null "never (0 when no rows)";
        about "Games in the last season";
        |s| count(seasons(s).last().map_or(0, |season| season.iter().map(|stint| stint.games).sum()))
    },
    entry! {
        max_games_in_season: MilbProgression, All, Career, "games", reads "milb_game_logs.season";
        is "MAX over seasons of COUNT(*) of A in that season";
        null "never (0 when no rows)";
        about "Most games in one season";
        |s| count(seasons(s).map(|season| season.iter().map(|stint| stint.games).sum()).max().unwrap_or(0))
    },
    entry! {
        missed_seasons: MilbProgression, All, Career, "count", reads "milb_game_logs.season";
        is "MAX(season) - MIN(season) + 1 - seasons_played over A";
        null "never (0 when no rows)";
        about "Seasons without a game between first and last";
        |s| count(missed_seasons(s))
    },
    entry! {
        days_since_last_game: MilbProgression, All, AsOf, "days", reads "milb_game_logs.game_date";
        is "date(Y,12,31) - game_date of the last row of A in days";
        null "A empty";
        about "Days from the last game to the end of the as-of year";
        |s| Some(f64::from(days::day(s.year, 12, 31) - s.played.path.last?.0))
    },
    entry! {
        reached_mlb_by_as_of: MilbProgression, All, AsOf, "flag", reads "mlb_stats.season; mlb_stats.games_played; mlb_stats.plate_appearances; mlb_stats.outs_pitched; mlb_stats.batters_faced";
        is "1 if an mlb_stats row with season <= Y is an MLB appearance, else 0";
        null "never";
        about "Had already reached MLB by the end of Y";
        |s| flag(s.majors.reached)
    },
    entry! {
        mlb_games_to_date: MilbProgression, All, AsOf, "games", reads "mlb_stats.games_played";
        is "Z(games_played) over mlb_stats with season <= Y";
        null "never (0 when no rows)";
        about "MLB games through Y";
        |s| count(s.majors.games)
    },
    entry! {
        pa_share_upper_minors: MilbProgression, Hitter, Career, "rate", reads "milb_game_logs.plate_appearances; milb_game_logs.level";
        is "SUM(pa) over rows of H[career] with L(level) >= 5 (0 if none) / SUM(pa) over H[career]";
        null "H[career] has no rows";
        about "Share of plate appearances at AA and AAA";
        |s| share_of(upper(&s.bat.levels, BatSums::pa), s.bat.career.pa())
    },
    entry! {
        ops_slope: MilbProgression, Hitter, Career, "per season", reads "milb_game_logs.hits; milb_game_logs.doubles; milb_game_logs.triples; milb_game_logs.home_runs; milb_game_logs.walks; milb_game_logs.hit_by_pitch; milb_game_logs.at_bats; milb_game_logs.sacrifice_flies; milb_game_logs.season";
        is "OLS slope of y = OPS(H[s]) on x = s over seasons s with SUM(pa) >= 50 and y non-NULL: SUM((x-xm)*(y-ym))/SUM((x-xm)^2)";
        null "fewer than 2 such seasons";
        about "Least-squares trend of on-base plus slugging per season";
        |s| slope(&bat_points(&s.bat.seasons, BatSums::ops))
    },
    entry! {
        k_rate_slope: MilbProgression, Hitter, Career, "per season", reads "milb_game_logs.strikeouts; milb_game_logs.plate_appearances; milb_game_logs.season";
        is "OLS slope of y = KR(H[s]) on x = s over seasons s with SUM(pa) >= 50 and y non-NULL: SUM((x-xm)*(y-ym))/SUM((x-xm)^2)";
        null "fewer than 2 such seasons";
        about "Least-squares trend of strikeouts per plate appearance per season";
        |s| slope(&bat_points(&s.bat.seasons, BatSums::k_rate))
    },
    entry! {
        bb_rate_slope: MilbProgression, Hitter, Career, "per season", reads "milb_game_logs.walks; milb_game_logs.plate_appearances; milb_game_logs.season";
        is "OLS slope of y = BBR(H[s]) on x = s over seasons s with SUM(pa) >= 50 and y non-NULL: SUM((x-xm)*(y-ym))/SUM((x-xm)^2)";
        null "fewer than 2 such seasons";
        about "Least-squares trend of walks per plate appearance per season";
        |s| slope(&bat_points(&s.bat.seasons, BatSums::bb_rate))
    },
    entry! {
        iso_slope: MilbProgression, Hitter, Career, "per season", reads "milb_game_logs.doubles; milb_game_logs.triples; milb_game_logs.home_runs; milb_game_logs.at_bats; milb_game_logs.season";
        is "OLS slope of y = ISO(H[s]) on x = s over seasons s with SUM(pa) >= 50 and y non-NULL: SUM((x-xm)*(y-ym))/SUM((x-xm)^2)";
        null "fewer than 2 such seasons";
        about "Least-squares trend of isolated power per season";
        |s| slope(&bat_points(&s.bat.seasons, BatSums::iso))
    },
    entry! {
        ops_yoy: MilbProgression, Hitter, LastSeason, "rate", reads "milb_game_logs.hits; milb_game_logs.doubles; milb_game_logs.triples; milb_game_logs.home_runs; milb_game_logs.walks; milb_game_logs.hit_by_pitch; milb_game_logs.at_bats; milb_game_logs.sacrifice_flies; milb_game_logs.season";
        is "OPS(H[s1]) - OPS(H[s0]), s1 and s0 the latest and second latest seasons with SUM(pa) >= 50 and OPS non-NULL";
        null "fewer than 2 such seasons";
        about "Change of on-base plus slugging against the previous qualifying season";
        |s| step(&bat_points(&s.bat.seasons, BatSums::ops))
    },
    entry! {
        k_rate_yoy: MilbProgression, Hitter, LastSeason, "rate", reads "milb_game_logs.strikeouts; milb_game_logs.plate_appearances; milb_game_logs.season";
        is "KR(H[s1]) - KR(H[s0]), s1 and s0 the latest and second latest seasons with SUM(pa) >= 50 and KR non-NULL";
        null "fewer than 2 such seasons";
        about "Change of strikeouts per plate appearance against the previous qualifying season";
        |s| step(&bat_points(&s.bat.seasons, BatSums::k_rate))
    },
    entry! {
        bb_rate_yoy: MilbProgression, Hitter, LastSeason, "rate", reads "milb_game_logs.walks; milb_game_logs.plate_appearances; milb_game_logs.season";
        is "BBR(H[s1]) - BBR(H[s0]), s1 and s0 the latest and second latest seasons with SUM(pa) >= 50 and BBR non-NULL";
        null "fewer than 2 such seasons";
        about "Change of walks per plate appearance against the previous qualifying season";
        |s| step(&bat_points(&s.bat.seasons, BatSums::bb_rate))
    },
    entry! {
        iso_yoy: MilbProgression, Hitter, LastSeason, "rate", reads "milb_game_logs.doubles; milb_game_logs.triples; milb_game_logs.home_runs; milb_game_logs.at_bats; milb_game_logs.season";
        is "ISO(H[s1]) - ISO(H[s0]), s1 and s0 the latest and second latest seasons with SUM(pa) >= 50 and ISO non-NULL";
        null "fewer than 2 such seasons";
        about "Change of isolated power against the previous qualifying season";
        |s| step(&bat_points(&s.bat.seasons, BatSums::iso))
    },
    entry! {
        ops_level_step: MilbProgression, Hitter, Career, "rate", reads "milb_game_logs.hits; milb_game_logs.doubles; milb_game_logs.triples; milb_game_logs.home_runs; milb_game_logs.walks; milb_game_logs.hit_by_pitch; milb_game_logs.at_bats; milb_game_logs.sacrifice_flies; milb_game_logs.level";
        is "OPS(H[l1]) - OPS(H[l0]), l1 and l0 the highest and second highest levels with SUM(pa) >= 50 and OPS non-NULL, all career rows at the level pooled";
        null "fewer than 2 such levels";
        about "Change of on-base plus slugging from the next lower level to the highest level";
        |s| step(&bat_points(&s.bat.levels, BatSums::ops))
    },
    entry! {
        k_rate_level_step: MilbProgression, Hitter, Career, "rate", reads "milb_game_logs.strikeouts; milb_game_logs.plate_appearances; milb_game_logs.level";
        is "KR(H[l1]) - KR(H[l0]), l1 and l0 the highest and second highest levels with SUM(pa) >= 50 and KR non-NULL, all career rows at the level pooled";
        null "fewer than 2 such levels";
        about "Change of strikeouts per plate appearance from the next lower level to the highest level";
        |s| step(&bat_points(&s.bat.levels, BatSums::k_rate))
    },
    entry! {
        bb_rate_level_step: MilbProgression, Hitter, Career, "rate", reads "milb_game_logs.walks; milb_game_logs.plate_appearances; milb_game_logs.level";
        is "BBR(H[l1]) - BBR(H[l0]), l1 and l0 the highest and second highest levels with SUM(pa) >= 50 and BBR non-NULL, all career rows at the level pooled";
        null "fewer than 2 such levels";
        about "Change of walks per plate appearance from the next lower level to the highest level";
        |s| step(&bat_points(&s.bat.levels, BatSums::bb_rate))
    },
    entry! {
        iso_level_step: MilbProgression, Hitter, Career, "rate", reads "milb_game_logs.doubles; milb_game_logs.triples; milb_game_logs.home_runs; milb_game_logs.at_bats; milb_game_logs.level";
        is "ISO(H[l1]) - ISO(H[l0]), l1 and l0 the highest and second highest levels with SUM(pa) >= 50 and ISO non-NULL, all career rows at the level pooled";
        null "fewer than 2 such levels";
        about "Change of isolated power from the next lower level to the highest level";
        |s| step(&bat_points(&s.bat.levels, BatSums::iso))
    },
    entry! {
        pitch_outs_share_upper_minors: MilbProgression, Pitcher, Career, "rate", reads "milb_game_logs.outs_pitched; milb_game_logs.level";
        is "SUM(outs) over rows of P[career] with L(level) >= 5 (0 if none) / SUM(outs) over P[career]";
        null "P[career] has no rows or SUM(outs) = 0";
        about "Share of outs at AA and AAA";
        |s| share_of(upper(&s.arm.levels, ArmSums::outs), s.arm.career.outs())
    },
    entry! {
        pitch_fip_slope: MilbProgression, Pitcher, Career, "per season", reads "milb_game_logs.home_runs_allowed; milb_game_logs.walks_allowed; milb_game_logs.hit_batsmen; milb_game_logs.strikeouts_pitched; milb_game_logs.outs_pitched; milb_game_logs.season";
        is "OLS slope of y = FIP(P[s]) on x = s over seasons s with SUM(outs) >= 45 and y non-NULL: SUM((x-xm)*(y-ym))/SUM((x-xm)^2)";
        null "fewer than 2 such seasons";
        about "Least-squares trend of fielding independent pitching (constant 3.10) per season";
        |s| slope(&arm_points(&s.arm.seasons, ArmSums::fip))
    },
    entry! {
        pitch_k_minus_bb_slope: MilbProgression, Pitcher, Career, "per season", reads "milb_game_logs.strikeouts_pitched; milb_game_logs.walks_allowed; milb_game_logs.batters_faced; milb_game_logs.season";
        is "OLS slope of y = KBB(P[s]) on x = s over seasons s with SUM(outs) >= 45 and y non-NULL: SUM((x-xm)*(y-ym))/SUM((x-xm)^2)";
        null "fewer than 2 such seasons";
        about "Least-squares trend of strikeout rate minus walk rate per season";
        |s| slope(&arm_points(&s.arm.seasons, ArmSums::k_minus_bb))
    },
    entry! {
        pitch_fip_yoy: MilbProgression, Pitcher, LastSeason, "runs/9IP", reads "milb_game_logs.home_runs_allowed; milb_game_logs.walks_allowed; milb_game_logs.hit_batsmen; milb_game_logs.strikeouts_pitched; milb_game_logs.outs_pitched; milb_game_logs.season";
        is "FIP(P[s1]) - FIP(P[s0]), s1 and s0 the latest and second latest seasons with SUM(outs) >= 45 and FIP non-NULL";
        null "fewer than 2 such seasons";
        about "Change of fielding independent pitching (constant 3.10) against the previous qualifying season";
        |s| step(&arm_points(&s.arm.seasons, ArmSums::fip))
    },
    entry! {
        pitch_k_rate_yoy: MilbProgression, Pitcher, LastSeason, "rate", reads "milb_game_logs.strikeouts_pitched; milb_game_logs.batters_faced; milb_game_logs.season";
        is "KPR(P[s1]) - KPR(P[s0]), s1 and s0 the latest and second latest seasons with SUM(outs) >= 45 and KPR non-NULL";
        null "fewer than 2 such seasons";
        about "Change of strikeouts per batter faced against the previous qualifying season";
        |s| step(&arm_points(&s.arm.seasons, ArmSums::k_rate))
    },
    entry! {
        pitch_bb_rate_yoy: MilbProgression, Pitcher, LastSeason, "rate", reads "milb_game_logs.walks_allowed; milb_game_logs.batters_faced; milb_game_logs.season";
        is "BBPR(P[s1]) - BBPR(P[s0]), s1 and s0 the latest and second latest seasons with SUM(outs) >= 45 and BBPR non-NULL";
        null "fewer than 2 such seasons";
        about "Change of walks per batter faced against the previous qualifying season";
        |s| step(&arm_points(&s.arm.seasons, ArmSums::bb_rate))
    },
    entry! {
        pitch_fip_level_step: MilbProgression, Pitcher, Career, "runs/9IP", reads "milb_game_logs.home_runs_allowed; milb_game_logs.walks_allowed; milb_game_logs.hit_batsmen; milb_game_logs.strikeouts_pitched; milb_game_logs.outs_pitched; milb_game_logs.level";
        is "FIP(P[l1]) - FIP(P[l0]), l1 and l0 the highest and second highest levels with SUM(outs) >= 45 and FIP non-NULL, all career rows at the level pooled";
        null "fewer than 2 such levels";
        about "Change of fielding independent pitching (constant 3.10) from the next lower level to the highest level";
        |s| step(&arm_points(&s.arm.levels, ArmSums::fip))
    },
    entry! {
        pitch_k_rate_level_step: MilbProgression, Pitcher, Career, "rate", reads "milb_game_logs.strikeouts_pitched; milb_game_logs.batters_faced; milb_game_logs.level";
        is "KPR(P[l1]) - KPR(P[l0]), l1 and l0 the highest and second highest levels with SUM(outs) >= 45 and KPR non-NULL, all career rows at the level pooled";
        null "fewer than 2 such levels";
        about "Change of strikeouts per batter faced from the next lower level to the highest level";
        |s| step(&arm_points(&s.arm.levels, ArmSums::k_rate))
    },
    entry! {
        pitch_bb_rate_level_step: MilbProgression, Pitcher, Career, "rate", reads "milb_game_logs.walks_allowed; milb_game_logs.batters_faced; milb_game_logs.level";
        is "BBPR(P[l1]) - BBPR(P[l0]), l1 and l0 the highest and second highest levels with SUM(outs) >= 45 and BBPR non-NULL, all career rows at the level pooled";
        null "fewer than 2 such levels";
        about "Change of walks per batter faced from the next lower level to the highest level";
        |s| step(&arm_points(&s.arm.levels, ArmSums::bb_rate))
    },
];
