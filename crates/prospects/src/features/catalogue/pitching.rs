//! What he did on the mound: the pitching part of category `milb_performance`.

use super::{AppliesTo::*, Category::MilbPerformance, Feature, Window::*, count};
use crate::features::norms::{Norm, weighted};
use crate::features::subject::Subject;
use crate::features::sums::ArmSums;

/// A rate against the norms of the levels he pitched at, weighted by outs.
pub(super) fn arm_vs_level(
    s: &Subject<'_>,
    rate: fn(&ArmSums) -> Option<f64>,
    norm: fn(&Norm) -> Option<f64>,
) -> Option<f64> {
    weighted(s.played.stints.iter().map(|stint| {
        let usual = norm(&s.norms.of(stint.season, stint.level))?;
        let outs = stint.arm.outs();
        (outs > 0).then_some((outs, rate(&stint.arm)? - usual))
    }))
}

/// The features of this file, in the order of their ordinals.
pub(super) const FEATURES: &[Feature] = &[
    entry! {
        pitch_career_games: MilbPerformance, Pitcher, Career, "games", reads "milb_game_logs.outs_pitched; milb_game_logs.batters_faced";
        is "COUNT(*) of P[career]";
        null "never (0 when no rows)";
        about "Pitching appearances";
        |s| count(s.arm.career.rows())
    },
    entry! {
        pitch_career_starts_share: MilbPerformance, Pitcher, Career, "rate", reads "milb_game_logs.games_started";
        is "SUM(games_started) / COUNT(*) over rows of P[career] with games_started NOT NULL";
        null "no such row";
        about "Share of appearances that were starts";
        |s| s.arm.career.starts_share()
    },
    entry! {
        pitch_career_ip: MilbPerformance, Pitcher, Career, "innings", reads "milb_game_logs.outs_pitched";
        is "SUM(outs)/3 over P[career]; 0 when no rows";
        null "never (0 when no rows)";
        about "Innings pitched as a true decimal (outs / 3)";
        |s| Some(s.arm.career.innings())
    },
    entry! {
        pitch_career_era: MilbPerformance, Pitcher, Career, "runs/9IP", reads "milb_game_logs.earned_runs; milb_game_logs.outs_pitched";
        is "ERA = 27*SUM(er)/SUM(outs), over rows of P[career] with er NOT NULL";
        null "no such row; or SUM(outs) = 0";
        about "Career earned run average";
        |s| s.arm.career.era()
    },
    entry! {
        pitch_career_fip: MilbPerformance, Pitcher, Career, "runs/9IP", reads "milb_game_logs.home_runs_allowed; milb_game_logs.walks_allowed; milb_game_logs.hit_batsmen; milb_game_logs.strikeouts_pitched; milb_game_logs.outs_pitched";
        is "FIP = 3*(13*SUM(hra)+3*(SUM(bba)+Z(hb))-2*SUM(kp))/SUM(outs) + 3.10, over rows of P[career] with hra, bba, kp NOT NULL";
        null "no such row; or SUM(outs) = 0";
        about "Career fielding independent pitching (constant 3.10)";
        |s| s.arm.career.fip()
    },
    entry! {
        pitch_career_whip: MilbPerformance, Pitcher, Career, "per IP", reads "milb_game_logs.walks_allowed; milb_game_logs.hits_allowed; milb_game_logs.outs_pitched";
        is "WHIP = 3*(SUM(bba)+SUM(ha))/SUM(outs), over rows of P[career] with bba, ha NOT NULL";
        null "no such row; or SUM(outs) = 0";
        about "Career walks plus hits per inning";
        |s| s.arm.career.whip()
    },
    entry! {
        pitch_career_k_rate: MilbPerformance, Pitcher, Career, "rate", reads "milb_game_logs.strikeouts_pitched; milb_game_logs.batters_faced";
        is "KPR = SUM(kp)/SUM(bf), over rows of P[career] with kp NOT NULL";
        null "no such row; or SUM(bf) = 0";
        about "Career strikeouts per batter faced";
        |s| s.arm.career.k_rate()
    },
    entry! {
        pitch_career_bb_rate: MilbPerformance, Pitcher, Career, "rate", reads "milb_game_logs.walks_allowed; milb_game_logs.batters_faced";
        is "BBPR = SUM(bba)/SUM(bf), over rows of P[career] with bba NOT NULL";
        null "no such row; or SUM(bf) = 0";
        about "Career walks per batter faced";
        |s| s.arm.career.bb_rate()
    },
    entry! {
        pitch_career_k_minus_bb: MilbPerformance, Pitcher, Career, "rate", reads "milb_game_logs.strikeouts_pitched; milb_game_logs.walks_allowed; milb_game_logs.batters_faced";
        is "KBB = (SUM(kp)-SUM(bba))/SUM(bf), over rows of P[career] with kp, bba NOT NULL";
        null "no such row; or SUM(bf) = 0";
        about "Career strikeout rate minus walk rate";
        |s| s.arm.career.k_minus_bb()
    },
    entry! {
        pitch_career_k_bb_ratio: MilbPerformance, Pitcher, Career, "ratio", reads "milb_game_logs.strikeouts_pitched; milb_game_logs.walks_allowed";
        is "SUM(kp)/SUM(bba) over rows of P[career] with kp, bba NOT NULL";
        null "no such row, or SUM(bba) = 0";
        about "Strikeouts per walk";
        |s| s.arm.career.k_per_bb()
    },
    entry! {
        pitch_career_hr9: MilbPerformance, Pitcher, Career, "per 9IP", reads "milb_game_logs.home_runs_allowed; milb_game_logs.outs_pitched";
        is "27*SUM(hra)/SUM(outs) over rows of P[career] with hra NOT NULL";
        null "no such row, or SUM(outs) = 0";
        about "Home runs allowed per nine innings";
        |s| s.arm.career.hr_per_9()
    },
    entry! {
        pitch_career_babip: MilbPerformance, Pitcher, Career, "rate", reads "milb_game_logs.hits_allowed; milb_game_logs.home_runs_allowed; milb_game_logs.batters_faced; milb_game_logs.strikeouts_pitched; milb_game_logs.walks_allowed; milb_game_logs.hit_batsmen";
        is "(SUM(ha)-SUM(hra)) / (SUM(bf)-SUM(kp)-SUM(hra)-SUM(bba)-Z(hb)) over rows of P[career] with ha, hra, kp, bba NOT NULL";
        null "no such row, or denominator <= 0";
        about "Batting average on balls in play allowed";
        |s| s.arm.career.babip()
    },
    entry! {
        pitch_career_lob_rate: MilbPerformance, Pitcher, Career, "rate", reads "milb_game_logs.hits_allowed; milb_game_logs.walks_allowed; milb_game_logs.hit_batsmen; milb_game_logs.runs_allowed; milb_game_logs.home_runs_allowed";
        is "(SUM(ha)+SUM(bba)+Z(hb)-SUM(ra)) / (SUM(ha)+SUM(bba)+Z(hb)-1.4*SUM(hra)) over rows of P[career] with ha, bba, ra, hra NOT NULL";
        null "no such row, or denominator <= 0";
        about "Left-on-base rate (FanGraphs LOB%)";
        |s| s.arm.career.lob_rate()
    },
    entry! {
        pitch_career_go_ao_ratio: MilbPerformance, Pitcher, Career, "ratio", reads "milb_game_logs.ground_outs_pitched; milb_game_logs.air_outs_pitched";
        is "SUM(gop)/SUM(aop) over rows of P[career] with gop, aop NOT NULL";
        null "no such row, or SUM(aop) = 0";
        about "Ground outs per air out induced";
        |s| s.arm.career.go_ao()
    },
    entry! {
        pitch_career_strike_rate: MilbPerformance, Pitcher, Career, "rate", reads "milb_game_logs.strikes_thrown; milb_game_logs.pitches_thrown";
        is "SUM(strikes_thrown)/SUM(pitches_thrown) over rows of P[career] with strikes_thrown NOT NULL and pitches_thrown > 0";
        null "no such row";
        about "Strikes per pitch";
        |s| s.arm.career.strike_rate()
    },
    entry! {
        pitch_career_pitches_per_bf: MilbPerformance, Pitcher, Career, "pitches/BF", reads "milb_game_logs.pitches_thrown; milb_game_logs.batters_faced";
        is "SUM(pitches_thrown)/SUM(bf) over rows of P[career] with pitches_thrown > 0";
        null "no such row, or SUM(bf) = 0 there";
        about "Pitches per batter faced";
        |s| s.arm.career.pitches_per_bf()
    },
    entry! {
        pitch_career_ip_per_game: MilbPerformance, Pitcher, Career, "innings/game", reads "milb_game_logs.outs_pitched";
        is "SUM(outs)/3/COUNT(*) over P[career]";
        null "no rows";
        about "Innings per appearance";
        |s| s.arm.career.innings_per_game()
    },
    entry! {
        pitch_last_season_ip: MilbPerformance, Pitcher, LastSeason, "innings", reads "milb_game_logs.outs_pitched";
        is "SUM(outs)/3 over P[last]; 0 when no rows";
        null "never (0 when no rows)";
        about "Innings in the last season with a pitching appearance";
        |s| Some(s.arm.last.innings())
    },
    entry! {
        pitch_last_season_era: MilbPerformance, Pitcher, LastSeason, "runs/9IP", reads "milb_game_logs.earned_runs; milb_game_logs.outs_pitched";
        is "ERA = 27*SUM(er)/SUM(outs), over rows of P[last] with er NOT NULL";
        null "no such row; or SUM(outs) = 0";
        about "Last-season earned run average";
        |s| s.arm.last.era()
    },
    entry! {
        pitch_last_season_fip: MilbPerformance, Pitcher, LastSeason, "runs/9IP", reads "milb_game_logs.home_runs_allowed; milb_game_logs.walks_allowed; milb_game_logs.hit_batsmen; milb_game_logs.strikeouts_pitched; milb_game_logs.outs_pitched";
        is "FIP = 3*(13*SUM(hra)+3*(SUM(bba)+Z(hb))-2*SUM(kp))/SUM(outs) + 3.10, over rows of P[last] with hra, bba, kp NOT NULL";
        null "no such row; or SUM(outs) = 0";
        about "Last-season fielding independent pitching (constant 3.10)";
        |s| s.arm.last.fip()
    },
    entry! {
        pitch_last_season_whip: MilbPerformance, Pitcher, LastSeason, "per IP", reads "milb_game_logs.walks_allowed; milb_game_logs.hits_allowed; milb_game_logs.outs_pitched";
        is "WHIP = 3*(SUM(bba)+SUM(ha))/SUM(outs), over rows of P[last] with bba, ha NOT NULL";
        null "no such row; or SUM(outs) = 0";
        about "Last-season walks plus hits per inning";
        |s| s.arm.last.whip()
    },
    entry! {
        pitch_last_season_k_rate: MilbPerformance, Pitcher, LastSeason, "rate", reads "milb_game_logs.strikeouts_pitched; milb_game_logs.batters_faced";
        is "KPR = SUM(kp)/SUM(bf), over rows of P[last] with kp NOT NULL";
        null "no such row; or SUM(bf) = 0";
        about "Last-season strikeouts per batter faced";
        |s| s.arm.last.k_rate()
    },
    entry! {
        pitch_last_season_bb_rate: MilbPerformance, Pitcher, LastSeason, "rate", reads "milb_game_logs.walks_allowed; milb_game_logs.batters_faced";
        is "BBPR = SUM(bba)/SUM(bf), over rows of P[last] with bba NOT NULL";
        null "no such row; or SUM(bf) = 0";
        about "Last-season walks per batter faced";
        |s| s.arm.last.bb_rate()
    },
    entry! {
        pitch_last_season_k_minus_bb: MilbPerformance, Pitcher, LastSeason, "rate", reads "milb_game_logs.strikeouts_pitched; milb_game_logs.walks_allowed; milb_game_logs.batters_faced";
        is "KBB = (SUM(kp)-SUM(bba))/SUM(bf), over rows of P[last] with kp, bba NOT NULL";
        null "no such row; or SUM(bf) = 0";
        about "Last-season strikeout rate minus walk rate";
        |s| s.arm.last.k_minus_bb()
    },
    entry! {
        pitch_best_season_ip: MilbPerformance, Pitcher, BestSeason, "innings", reads "milb_game_logs.outs_pitched";
        is "SUM(outs)/3 over P[best]";
        null "no season qualifies for P[best]";
        about "Innings of the best season";
        |s| s.arm.best_season().map(ArmSums::innings)
    },
    entry! {
        pitch_best_season_fip: MilbPerformance, Pitcher, BestSeason, "runs/9IP", reads "milb_game_logs.home_runs_allowed; milb_game_logs.walks_allowed; milb_game_logs.hit_batsmen; milb_game_logs.strikeouts_pitched; milb_game_logs.outs_pitched";
        is "FIP = 3*(13*SUM(hra)+3*(SUM(bba)+Z(hb))-2*SUM(kp))/SUM(outs) + 3.10, over rows of P[best] with hra, bba, kp NOT NULL";
        null "no such row; or SUM(outs) = 0; or no season qualifies";
        about "Best-season (lowest FIP, outs >= 90) fielding independent pitching (constant 3.10)";
        |s| s.arm.best_season()?.fip()
    },
    entry! {
        pitch_best_season_k_minus_bb: MilbPerformance, Pitcher, BestSeason, "rate", reads "milb_game_logs.strikeouts_pitched; milb_game_logs.walks_allowed; milb_game_logs.batters_faced";
        is "KBB = (SUM(kp)-SUM(bba))/SUM(bf), over rows of P[best] with kp, bba NOT NULL";
        null "no such row; or SUM(bf) = 0; or no season qualifies";
        about "Best-season (lowest FIP, outs >= 90) strikeout rate minus walk rate";
        |s| s.arm.best_season()?.k_minus_bb()
    },
    entry! {
        pitch_top_level_ip: MilbPerformance, Pitcher, Career, "innings", reads "milb_game_logs.outs_pitched; milb_game_logs.level";
        is "SUM(outs)/3 over P[top]; 0 when no rows";
        null "never (0 when no rows)";
        about "Innings at the highest level pitched at";
        |s| Some(s.arm.top.innings())
    },
    entry! {
        pitch_top_level_fip: MilbPerformance, Pitcher, Career, "runs/9IP", reads "milb_game_logs.home_runs_allowed; milb_game_logs.walks_allowed; milb_game_logs.hit_batsmen; milb_game_logs.strikeouts_pitched; milb_game_logs.outs_pitched";
        is "FIP = 3*(13*SUM(hra)+3*(SUM(bba)+Z(hb))-2*SUM(kp))/SUM(outs) + 3.10, over rows of P[top] with hra, bba, kp NOT NULL";
        null "no such row; or SUM(outs) = 0";
        about "Highest-level fielding independent pitching (constant 3.10)";
        |s| s.arm.top.fip()
    },
    entry! {
        pitch_top_level_k_minus_bb: MilbPerformance, Pitcher, Career, "rate", reads "milb_game_logs.strikeouts_pitched; milb_game_logs.walks_allowed; milb_game_logs.batters_faced";
        is "KBB = (SUM(kp)-SUM(bba))/SUM(bf), over rows of P[top] with kp, bba NOT NULL";
        null "no such row; or SUM(bf) = 0";
        about "Highest-level strikeout rate minus walk rate";
        |s| s.arm.top.k_minus_bb()
    },
    entry! {
        pitch_era_vs_level: MilbPerformance, Pitcher, Career, "runs/9IP", reads "milb_game_logs.earned_runs; milb_game_logs.outs_pitched; milb_game_logs.season; milb_game_logs.level";
        is "SUM over (s,l) of OUTS(s,l)*(ERA(P[s,l]) - PNORM(s,l).ERA) / SUM of OUTS(s,l), over the (s,l) stints of P[career] where both terms are non-NULL and OUTS(s,l) > 0";
        null "no such stint";
        about "Earned run average relative to the season-level average of the data, outs-weighted";
        |s| arm_vs_level(s, ArmSums::era, |norm| norm.era)
    },
    entry! {
        pitch_fip_vs_level: MilbPerformance, Pitcher, Career, "runs/9IP", reads "milb_game_logs.home_runs_allowed; milb_game_logs.walks_allowed; milb_game_logs.hit_batsmen; milb_game_logs.strikeouts_pitched; milb_game_logs.outs_pitched; milb_game_logs.season; milb_game_logs.level";
        is "SUM over (s,l) of OUTS(s,l)*(FIP(P[s,l]) - PNORM(s,l).FIP) / SUM of OUTS(s,l), over the (s,l) stints of P[career] where both terms are non-NULL and OUTS(s,l) > 0";
        null "no such stint";
        about "Fielding independent pitching (constant 3.10) relative to the season-level average of the data, outs-weighted";
        |s| arm_vs_level(s, ArmSums::fip, |norm| norm.fip)
    },
    entry! {
        pitch_k_minus_bb_vs_level: MilbPerformance, Pitcher, Career, "rate", reads "milb_game_logs.strikeouts_pitched; milb_game_logs.walks_allowed; milb_game_logs.batters_faced; milb_game_logs.season; milb_game_logs.level";
        is "SUM over (s,l) of OUTS(s,l)*(KBB(P[s,l]) - PNORM(s,l).KBB) / SUM of OUTS(s,l), over the (s,l) stints of P[career] where both terms are non-NULL and OUTS(s,l) > 0";
        null "no such stint";
        about "Strikeout rate minus walk rate relative to the season-level average of the data, outs-weighted";
        |s| arm_vs_level(s, ArmSums::k_minus_bb, |norm| norm.k_minus_bb)
    },
];
