//! What he did at bat: the hitting part of category `milb_performance`.

use super::{AppliesTo::*, Category::MilbPerformance, Feature, Window::*, count};
use crate::features::advanced::Adv;
use crate::features::norms::{Norm, weighted};
use crate::features::subject::Subject;
use crate::features::sums::BatSums;
use dynasty_numbers::days;

/// A rate against the norms of the levels he played at, weighted by plate appearances.
pub(super) fn bat_vs_level(
    s: &Subject<'_>,
    rate: fn(&BatSums) -> Option<f64>,
    norm: fn(&Norm) -> Option<f64>,
) -> Option<f64> {
    weighted(s.played.stints.iter().map(|stint| {
        let usual = norm(&s.norms.of(stint.season, stint.level))?;
        Some((stint.bat.pa(), rate(&stint.bat)? - usual))
    }))
}

/// The features of this file, in the order of their ordinals.
pub(super) const FEATURES: &[Feature] = &[
    entry! {
        career_games: MilbPerformance, Hitter, Career, "games", reads "milb_game_logs.plate_appearances";
        is "COUNT(*) of H[career]";
        null "never (0 when no rows)";
        about "Games with a plate appearance";
        |s| count(s.bat.career.rows())
    },
    entry! {
        career_pa: MilbPerformance, Hitter, Career, "PA", reads "milb_game_logs.plate_appearances";
        is "SUM(pa) over H[career]; 0 when no rows";
        null "never (0 when no rows)";
        about "Career minor-league plate appearances";
        |s| count(s.bat.career.pa())
    },
    entry! {
        career_avg: MilbPerformance, Hitter, Career, "rate", reads "milb_game_logs.hits; milb_game_logs.at_bats";
        is "AVG = SUM(h)/SUM(ab), over rows of H[career] with h, ab NOT NULL";
        null "no such row; or SUM(ab) = 0";
        about "Career batting average";
        |s| s.bat.career.avg()
    },
    entry! {
        career_obp: MilbPerformance, Hitter, Career, "rate", reads "milb_game_logs.hits; milb_game_logs.walks; milb_game_logs.hit_by_pitch; milb_game_logs.at_bats; milb_game_logs.sacrifice_flies";
        is "OBP = (SUM(h)+SUM(bb)+Z(hbp)) / (SUM(ab)+SUM(bb)+Z(hbp)+Z(sf)), over rows of H[career] with h, bb, ab NOT NULL";
        null "no such row; or denominator = 0";
        about "Career on-base percentage";
        |s| s.bat.career.obp()
    },
    entry! {
        career_slg: MilbPerformance, Hitter, Career, "rate", reads "milb_game_logs.hits; milb_game_logs.doubles; milb_game_logs.triples; milb_game_logs.home_runs; milb_game_logs.at_bats";
        is "SLG = (SUM(h)+SUM(b2)+2*SUM(b3)+3*SUM(hr)) / SUM(ab), over rows of H[career] with h, b2, b3, hr, ab NOT NULL";
        null "no such row; or SUM(ab) = 0";
        about "Career slugging percentage";
        |s| s.bat.career.slg()
    },
    entry! {
        career_ops: MilbPerformance, Hitter, Career, "rate", reads "milb_game_logs.hits; milb_game_logs.doubles; milb_game_logs.triples; milb_game_logs.home_runs; milb_game_logs.walks; milb_game_logs.hit_by_pitch; milb_game_logs.at_bats; milb_game_logs.sacrifice_flies";
        is "OPS = OBP + SLG, each over its own complete rows of H[career]";
        null "OBP or SLG NULL";
        about "Career on-base plus slugging";
        |s| s.bat.career.ops()
    },
    entry! {
        career_iso: MilbPerformance, Hitter, Career, "rate", reads "milb_game_logs.doubles; milb_game_logs.triples; milb_game_logs.home_runs; milb_game_logs.at_bats";
        is "ISO = (SUM(b2)+2*SUM(b3)+3*SUM(hr)) / SUM(ab), over rows of H[career] with b2, b3, hr, ab NOT NULL";
        null "no such row; or SUM(ab) = 0";
        about "Career isolated power";
        |s| s.bat.career.iso()
    },
    entry! {
        career_babip: MilbPerformance, Hitter, Career, "rate", reads "milb_game_logs.hits; milb_game_logs.home_runs; milb_game_logs.at_bats; milb_game_logs.strikeouts; milb_game_logs.sacrifice_flies";
        is "BABIP = (SUM(h)-SUM(hr)) / (SUM(ab)-SUM(so)-SUM(hr)+Z(sf)), over rows of H[career] with h, hr, ab, so NOT NULL";
        null "no such row; or denominator <= 0";
        about "Career batting average on balls in play";
        |s| s.bat.career.babip()
    },
    entry! {
        career_woba: MilbPerformance, Hitter, Career, "rate", reads "milb_game_logs.hits; milb_game_logs.doubles; milb_game_logs.triples; milb_game_logs.home_runs; milb_game_logs.walks; milb_game_logs.intentional_walks; milb_game_logs.hit_by_pitch; milb_game_logs.at_bats; milb_game_logs.sacrifice_flies";
        is "WOBA = (0.690*(SUM(bb)-Z(ibb)) + 0.722*Z(hbp) + 0.888*S1 + 1.271*SUM(b2) + 1.616*SUM(b3) + 2.101*SUM(hr)) / (SUM(ab)+SUM(bb)-Z(ibb)+Z(sf)+Z(hbp)), S1 = SUM(h)-SUM(b2)-SUM(b3)-SUM(hr), over rows of H[career] with bb, h, b2, b3, hr, ab NOT NULL";
        null "no such row; or denominator <= 0";
        about "Career weighted on-base average (fixed FanGraphs 2013 weights)";
        |s| s.bat.career.woba()
    },
    entry! {
        career_bb_rate: MilbPerformance, Hitter, Career, "rate", reads "milb_game_logs.walks; milb_game_logs.plate_appearances";
        is "BBR = SUM(bb)/SUM(pa), over rows of H[career] with bb NOT NULL";
        null "no such row; or SUM(pa) = 0";
        about "Career walks per plate appearance";
        |s| s.bat.career.bb_rate()
    },
    entry! {
        career_k_rate: MilbPerformance, Hitter, Career, "rate", reads "milb_game_logs.strikeouts; milb_game_logs.plate_appearances";
        is "KR = SUM(so)/SUM(pa), over rows of H[career] with so NOT NULL";
        null "no such row; or SUM(pa) = 0";
        about "Career strikeouts per plate appearance";
        |s| s.bat.career.k_rate()
    },
    entry! {
        career_hr_rate: MilbPerformance, Hitter, Career, "rate", reads "milb_game_logs.home_runs; milb_game_logs.plate_appearances";
        is "HRR = SUM(hr)/SUM(pa), over rows of H[career] with hr NOT NULL";
        null "no such row; or SUM(pa) = 0";
        about "Career home runs per plate appearance";
        |s| s.bat.career.hr_rate()
    },
    entry! {
        career_xbh_rate: MilbPerformance, Hitter, Career, "rate", reads "milb_game_logs.doubles; milb_game_logs.triples; milb_game_logs.home_runs; milb_game_logs.plate_appearances";
        is "(SUM(b2)+SUM(b3)+SUM(hr)) / SUM(pa) over rows of H[career] with b2, b3, hr NOT NULL";
        null "no such row";
        about "Extra-base hits per plate appearance";
        |s| s.bat.career.xbh_rate()
    },
    entry! {
        career_sb_attempt_rate: MilbPerformance, Hitter, Career, "rate", reads "milb_game_logs.stolen_bases; milb_game_logs.caught_stealing; milb_game_logs.hits; milb_game_logs.doubles; milb_game_logs.triples; milb_game_logs.home_runs; milb_game_logs.walks; milb_game_logs.hit_by_pitch";
        is "SBA = (SUM(sb)+Z(cs)) / (S1+SUM(bb)+Z(hbp)) over rows of H[career] with sb, h, b2, b3, hr, bb NOT NULL, S1 = SUM(h)-SUM(b2)-SUM(b3)-SUM(hr)";
        null "no such row, or denominator <= 0";
        about "Stolen-base attempts per time on first";
        |s| s.bat.career.steal_attempt_rate()
    },
    entry! {
        career_sb_success_rate: MilbPerformance, Hitter, Career, "rate", reads "milb_game_logs.stolen_bases; milb_game_logs.caught_stealing";
        is "SUM(sb) / (SUM(sb)+Z(cs)) over rows of H[career] with sb NOT NULL";
        null "no such row, or denominator = 0";
        about "Stolen-base success rate";
        |s| s.bat.career.steal_success_rate()
    },
    entry! {
        career_speed_score: MilbPerformance, Hitter, Career, "score 0-10", reads "milb_game_logs.stolen_bases; milb_game_logs.caught_stealing; milb_game_logs.hits; milb_game_logs.doubles; milb_game_logs.triples; milb_game_logs.home_runs; milb_game_logs.walks; milb_game_logs.hit_by_pitch; milb_game_logs.at_bats; milb_game_logs.strikeouts; milb_game_logs.runs";
        is "SPD = mean(clip(F1),clip(F2),clip(F3),clip(F4)) over rows of H[career] with sb, h, b2, b3, hr, bb, ab, so, r NOT NULL, clip to [0,10]; F1 = 20*((SUM(sb)+3)/(SUM(sb)+Z(cs)+7)-0.4); F2 = sqrt((SUM(sb)+Z(cs))/(S1+SUM(bb)+Z(hbp)))/0.07; F3 = 625*SUM(b3)/(SUM(ab)-SUM(hr)-SUM(so)); F4 = 25*((SUM(r)-SUM(hr))/(SUM(h)+SUM(bb)+Z(hbp)-SUM(hr))-0.1)";
        null "no such row, or the denominator of F2, F3 or F4 <= 0";
        about "Four-component speed score (Bill James, FanGraphs variant)";
        |s| s.bat.career.speed_score()
    },
    entry! {
        career_go_ao_ratio: MilbPerformance, Hitter, Career, "ratio", reads "milb_game_logs.ground_outs; milb_game_logs.air_outs";
        is "SUM(go)/SUM(ao) over rows of H[career] with go, ao NOT NULL";
        null "no such row, or SUM(ao) = 0";
        about "Ground outs per air out";
        |s| s.bat.career.go_ao()
    },
    entry! {
        career_pitches_per_pa: MilbPerformance, Hitter, Career, "pitches/PA", reads "milb_game_logs.pitches_seen; milb_game_logs.plate_appearances";
        is "SUM(pitches_seen)/SUM(pa) over the rows of H[career] with pitches_seen > 0";
        null "no such row";
        about "Pitches seen per plate appearance (only games with a pitch count)";
        |s| s.bat.career.pitches_per_pa()
    },
    entry! {
        last_season_pa: MilbPerformance, Hitter, LastSeason, "PA", reads "milb_game_logs.plate_appearances";
        is "SUM(pa) over H[last]; 0 when no rows";
        null "never (0 when no rows)";
        about "Plate appearances in the last season with a hitting game";
        |s| count(s.bat.last.pa())
    },
    entry! {
        last_season_obp: MilbPerformance, Hitter, LastSeason, "rate", reads "milb_game_logs.hits; milb_game_logs.walks; milb_game_logs.hit_by_pitch; milb_game_logs.at_bats; milb_game_logs.sacrifice_flies";
        is "OBP = (SUM(h)+SUM(bb)+Z(hbp)) / (SUM(ab)+SUM(bb)+Z(hbp)+Z(sf)), over rows of H[last] with h, bb, ab NOT NULL";
        null "no such row; or denominator = 0";
        about "Last-season on-base percentage";
        |s| s.bat.last.obp()
    },
    entry! {
        last_season_slg: MilbPerformance, Hitter, LastSeason, "rate", reads "milb_game_logs.hits; milb_game_logs.doubles; milb_game_logs.triples; milb_game_logs.home_runs; milb_game_logs.at_bats";
        is "SLG = (SUM(h)+SUM(b2)+2*SUM(b3)+3*SUM(hr)) / SUM(ab), over rows of H[last] with h, b2, b3, hr, ab NOT NULL";
        null "no such row; or SUM(ab) = 0";
        about "Last-season slugging percentage";
        |s| s.bat.last.slg()
    },
    entry! {
        last_season_ops: MilbPerformance, Hitter, LastSeason, "rate", reads "milb_game_logs.hits; milb_game_logs.doubles; milb_game_logs.triples; milb_game_logs.home_runs; milb_game_logs.walks; milb_game_logs.hit_by_pitch; milb_game_logs.at_bats; milb_game_logs.sacrifice_flies";
        is "OPS = OBP + SLG, each over its own complete rows of H[last]";
        null "OBP or SLG NULL";
        about "Last-season on-base plus slugging";
        |s| s.bat.last.ops()
    },
    entry! {
        last_season_iso: MilbPerformance, Hitter, LastSeason, "rate", reads "milb_game_logs.doubles; milb_game_logs.triples; milb_game_logs.home_runs; milb_game_logs.at_bats";
        is "ISO = (SUM(b2)+2*SUM(b3)+3*SUM(hr)) / SUM(ab), over rows of H[last] with b2, b3, hr, ab NOT NULL";
        null "no such row; or SUM(ab) = 0";
        about "Last-season isolated power";
        |s| s.bat.last.iso()
    },
    entry! {
        last_season_woba: MilbPerformance, Hitter, LastSeason, "rate", reads "milb_game_logs.hits; milb_game_logs.doubles; milb_game_logs.triples; milb_game_logs.home_runs; milb_game_logs.walks; milb_game_logs.intentional_walks; milb_game_logs.hit_by_pitch; milb_game_logs.at_bats; milb_game_logs.sacrifice_flies";
        is "WOBA = (0.690*(SUM(bb)-Z(ibb)) + 0.722*Z(hbp) + 0.888*S1 + 1.271*SUM(b2) + 1.616*SUM(b3) + 2.101*SUM(hr)) / (SUM(ab)+SUM(bb)-Z(ibb)+Z(sf)+Z(hbp)), S1 = SUM(h)-SUM(b2)-SUM(b3)-SUM(hr), over rows of H[last] with bb, h, b2, b3, hr, ab NOT NULL";
        null "no such row; or denominator <= 0";
        about "Last-season weighted on-base average (fixed FanGraphs 2013 weights)";
        |s| s.bat.last.woba()
    },
    entry! {
        last_season_bb_rate: MilbPerformance, Hitter, LastSeason, "rate", reads "milb_game_logs.walks; milb_game_logs.plate_appearances";
        is "BBR = SUM(bb)/SUM(pa), over rows of H[last] with bb NOT NULL";
        null "no such row; or SUM(pa) = 0";
        about "Last-season walks per plate appearance";
        |s| s.bat.last.bb_rate()
    },
    entry! {
        last_season_k_rate: MilbPerformance, Hitter, LastSeason, "rate", reads "milb_game_logs.strikeouts; milb_game_logs.plate_appearances";
        is "KR = SUM(so)/SUM(pa), over rows of H[last] with so NOT NULL";
        null "no such row; or SUM(pa) = 0";
        about "Last-season strikeouts per plate appearance";
        |s| s.bat.last.k_rate()
    },
    entry! {
        best_season_pa: MilbPerformance, Hitter, BestSeason, "PA", reads "milb_game_logs.plate_appearances";
        is "SUM(pa) over H[best]";
        null "no season qualifies for H[best]";
        about "Plate appearances of the best season";
        |s| count(s.bat.best_season()?.pa())
    },
    entry! {
        best_season_ops: MilbPerformance, Hitter, BestSeason, "rate", reads "milb_game_logs.hits; milb_game_logs.doubles; milb_game_logs.triples; milb_game_logs.home_runs; milb_game_logs.walks; milb_game_logs.hit_by_pitch; milb_game_logs.at_bats; milb_game_logs.sacrifice_flies";
        is "OPS = OBP + SLG, each over its own complete rows of H[best]";
        null "OBP or SLG NULL; or no season qualifies";
        about "Best-season (by OPS, PA >= 100) on-base plus slugging";
        |s| s.bat.best_season()?.ops()
    },
    entry! {
        best_season_iso: MilbPerformance, Hitter, BestSeason, "rate", reads "milb_game_logs.doubles; milb_game_logs.triples; milb_game_logs.home_runs; milb_game_logs.at_bats";
        is "ISO = (SUM(b2)+2*SUM(b3)+3*SUM(hr)) / SUM(ab), over rows of H[best] with b2, b3, hr, ab NOT NULL";
        null "no such row; or SUM(ab) = 0; or no season qualifies";
        about "Best-season (by OPS, PA >= 100) isolated power";
        |s| s.bat.best_season()?.iso()
    },
    entry! {
        best_season_k_rate: MilbPerformance, Hitter, BestSeason, "rate", reads "milb_game_logs.strikeouts; milb_game_logs.plate_appearances";
        is "KR = SUM(so)/SUM(pa), over rows of H[best] with so NOT NULL";
        null "no such row; or SUM(pa) = 0; or no season qualifies";
        about "Best-season (by OPS, PA >= 100) strikeouts per plate appearance";
        |s| s.bat.best_season()?.k_rate()
    },
    entry! {
        best_season_age: MilbPerformance, Hitter, BestSeason, "years", reads "prospects.birth_date; milb_game_logs.season";
        is "AGE(birth_date, date(s_best,7,1)), s_best the season of H[best]";
        null "no season qualifies or birth_date NULL";
        about "Age in the best season";
        |s| Some(days::age(s.person.birth_date?, days::day(s.bat.best.as_ref()?.0, 7, 1)))
    },
    entry! {
        top_level_pa: MilbPerformance, Hitter, Career, "PA", reads "milb_game_logs.plate_appearances; milb_game_logs.level";
        is "SUM(pa) over H[top]; 0 when no rows";
        null "never (0 when no rows)";
        about "Plate appearances at the highest level batted at";
        |s| count(s.bat.top.pa())
    },
    entry! {
        top_level_ops: MilbPerformance, Hitter, Career, "rate", reads "milb_game_logs.hits; milb_game_logs.doubles; milb_game_logs.triples; milb_game_logs.home_runs; milb_game_logs.walks; milb_game_logs.hit_by_pitch; milb_game_logs.at_bats; milb_game_logs.sacrifice_flies";
        is "OPS = OBP + SLG, each over its own complete rows of H[top]";
        null "OBP or SLG NULL";
        about "Highest-level on-base plus slugging";
        |s| s.bat.top.ops()
    },
    entry! {
        top_level_k_rate: MilbPerformance, Hitter, Career, "rate", reads "milb_game_logs.strikeouts; milb_game_logs.plate_appearances";
        is "KR = SUM(so)/SUM(pa), over rows of H[top] with so NOT NULL";
        null "no such row; or SUM(pa) = 0";
        about "Highest-level strikeouts per plate appearance";
        |s| s.bat.top.k_rate()
    },
    entry! {
        top_level_bb_rate: MilbPerformance, Hitter, Career, "rate", reads "milb_game_logs.walks; milb_game_logs.plate_appearances";
        is "BBR = SUM(bb)/SUM(pa), over rows of H[top] with bb NOT NULL";
        null "no such row; or SUM(pa) = 0";
        about "Highest-level walks per plate appearance";
        |s| s.bat.top.bb_rate()
    },
    entry! {
        ops_vs_level: MilbPerformance, Hitter, Career, "rate", reads "milb_game_logs.hits; milb_game_logs.doubles; milb_game_logs.triples; milb_game_logs.home_runs; milb_game_logs.walks; milb_game_logs.hit_by_pitch; milb_game_logs.at_bats; milb_game_logs.sacrifice_flies; milb_game_logs.season; milb_game_logs.level";
        is "SUM over (s,l) of PA(s,l)*(OPS(H[s,l]) - HNORM(s,l).OPS) / SUM of PA(s,l), over the (s,l) stints of H[career] where both terms are non-NULL";
        null "no stint with both terms non-NULL";
        about "On-base plus slugging relative to the season-level average of the data, PA-weighted";
        |s| bat_vs_level(s, BatSums::ops, |norm| norm.ops)
    },
    entry! {
        k_rate_vs_level: MilbPerformance, Hitter, Career, "rate", reads "milb_game_logs.strikeouts; milb_game_logs.plate_appearances; milb_game_logs.season; milb_game_logs.level";
        is "SUM over (s,l) of PA(s,l)*(KR(H[s,l]) - HNORM(s,l).KR) / SUM of PA(s,l), over the (s,l) stints of H[career] where both terms are non-NULL";
        null "no stint with both terms non-NULL";
        about "Strikeouts per plate appearance relative to the season-level average of the data, PA-weighted";
        |s| bat_vs_level(s, BatSums::k_rate, |norm| norm.k_rate)
    },
    entry! {
        bb_rate_vs_level: MilbPerformance, Hitter, Career, "rate", reads "milb_game_logs.walks; milb_game_logs.plate_appearances; milb_game_logs.season; milb_game_logs.level";
        is "SUM over (s,l) of PA(s,l)*(BBR(H[s,l]) - HNORM(s,l).BBR) / SUM of PA(s,l), over the (s,l) stints of H[career] where both terms are non-NULL";
        null "no stint with both terms non-NULL";
        about "Walks per plate appearance relative to the season-level average of the data, PA-weighted";
        |s| bat_vs_level(s, BatSums::bb_rate, |norm| norm.bb_rate)
    },
    entry! {
        iso_vs_level: MilbPerformance, Hitter, Career, "rate", reads "milb_game_logs.doubles; milb_game_logs.triples; milb_game_logs.home_runs; milb_game_logs.at_bats; milb_game_logs.season; milb_game_logs.level";
        is "SUM over (s,l) of PA(s,l)*(ISO(H[s,l]) - HNORM(s,l).ISO) / SUM of PA(s,l), over the (s,l) stints of H[career] where both terms are non-NULL";
        null "no stint with both terms non-NULL";
        about "Isolated power relative to the season-level average of the data, PA-weighted";
        |s| bat_vs_level(s, BatSums::iso, |norm| norm.iso)
    },
    entry! {
        babip_vs_level: MilbPerformance, Hitter, Career, "rate", reads "milb_game_logs.hits; milb_game_logs.home_runs; milb_game_logs.at_bats; milb_game_logs.strikeouts; milb_game_logs.sacrifice_flies; milb_game_logs.season; milb_game_logs.level";
        is "SUM over (s,l) of PA(s,l)*(BABIP(H[s,l]) - HNORM(s,l).BABIP) / SUM of PA(s,l), over the (s,l) stints of H[career] where both terms are non-NULL";
        null "no stint with both terms non-NULL";
        about "Batting average on balls in play relative to the season-level average of the data, PA-weighted";
        |s| bat_vs_level(s, BatSums::babip, |norm| norm.babip)
    },
    entry! {
        adv_wrc_plus: MilbPerformance, Hitter, Career, "index", reads "milb_advanced_stats.wrc_plus; milb_game_logs.plate_appearances; milb_game_logs.season; milb_game_logs.level";
        is "SUM(w*wrc_plus)/SUM(w) over rows of ADV with wrc_plus NOT NULL, w = GREATEST(PA(season,level),1)";
        null "no row of ADV with wrc_plus";
        about "wRC+, PA-weighted over career";
        |s| s.advanced.mean(Adv::WrcPlus)
    },
    entry! {
        adv_wrc_plus_last_season: MilbPerformance, Hitter, LastSeason, "index", reads "milb_advanced_stats.wrc_plus; milb_game_logs.plate_appearances; milb_game_logs.season; milb_game_logs.level";
        is "SUM(w*wrc_plus)/SUM(w) over rows of ADV with season = MAX(season) of ADV and wrc_plus NOT NULL, w as adv_wrc_plus";
        null "no such row";
        about "wRC+ of the last season with advanced stats";
        |s| s.advanced.mean_of_last_season(Adv::WrcPlus)
    },
    entry! {
        adv_wrc_plus_best: MilbPerformance, Hitter, Career, "index", reads "milb_advanced_stats.wrc_plus; milb_game_logs.plate_appearances; milb_game_logs.season; milb_game_logs.level";
        is "MAX(wrc_plus) over rows of ADV with PA(season,level) >= 100";
        null "no such row";
        about "Best single season-level wRC+ with at least 100 PA in the game logs";
        |s| s.advanced.best(Adv::WrcPlus, 100)
    },
    entry! {
        adv_woba: MilbPerformance, Hitter, Career, "rate", reads "milb_advanced_stats.woba; milb_game_logs.plate_appearances; milb_game_logs.season; milb_game_logs.level";
        is "SUM(w*woba)/SUM(w) over rows of ADV with woba NOT NULL, w = GREATEST(PA(season,level),1)";
        null "no row of ADV with woba";
        about "FanGraphs wOBA, PA-weighted over career";
        |s| s.advanced.mean(Adv::Woba)
    },
    entry! {
        adv_wraa_total: MilbPerformance, Hitter, Career, "runs", reads "milb_advanced_stats.wraa";
        is "SUM(wraa) over ADV";
        null "no non-NULL wraa in ADV";
        about "Career weighted runs above average";
        |s| s.advanced.total(Adv::Wraa)
    },
    entry! {
        adv_gb_pct: MilbPerformance, Hitter, Career, "percent", reads "milb_advanced_stats.gb_percent; milb_game_logs.plate_appearances; milb_game_logs.season; milb_game_logs.level";
        is "SUM(w*gb_percent)/SUM(w) over rows of ADV with gb_percent NOT NULL, w = GREATEST(PA(season,level),1)";
        null "no row of ADV with gb_percent";
        about "Ground-ball percentage, PA-weighted over career";
        |s| s.advanced.mean(Adv::GbPercent)
    },
    entry! {
        adv_fb_pct: MilbPerformance, Hitter, Career, "percent", reads "milb_advanced_stats.fb_percent; milb_game_logs.plate_appearances; milb_game_logs.season; milb_game_logs.level";
        is "SUM(w*fb_percent)/SUM(w) over rows of ADV with fb_percent NOT NULL, w = GREATEST(PA(season,level),1)";
        null "no row of ADV with fb_percent";
        about "Fly-ball percentage, PA-weighted over career";
        |s| s.advanced.mean(Adv::FbPercent)
    },
    entry! {
        adv_ld_pct: MilbPerformance, Hitter, Career, "percent", reads "milb_advanced_stats.ld_percent; milb_game_logs.plate_appearances; milb_game_logs.season; milb_game_logs.level";
        is "SUM(w*ld_percent)/SUM(w) over rows of ADV with ld_percent NOT NULL, w = GREATEST(PA(season,level),1)";
        null "no row of ADV with ld_percent";
        about "Line-drive percentage, PA-weighted over career";
        |s| s.advanced.mean(Adv::LdPercent)
    },
    entry! {
        adv_iffb_pct: MilbPerformance, Hitter, Career, "percent", reads "milb_advanced_stats.iffb_percent; milb_game_logs.plate_appearances; milb_game_logs.season; milb_game_logs.level";
        is "SUM(w*iffb_percent)/SUM(w) over rows of ADV with iffb_percent NOT NULL, w = GREATEST(PA(season,level),1)";
        null "no row of ADV with iffb_percent";
        about "Infield-fly percentage, PA-weighted over career";
        |s| s.advanced.mean(Adv::IffbPercent)
    },
    entry! {
        adv_hr_per_fb: MilbPerformance, Hitter, Career, "percent", reads "milb_advanced_stats.hr_per_fb; milb_game_logs.plate_appearances; milb_game_logs.season; milb_game_logs.level";
        is "SUM(w*hr_per_fb)/SUM(w) over rows of ADV with hr_per_fb NOT NULL, w = GREATEST(PA(season,level),1)";
        null "no row of ADV with hr_per_fb";
        about "Home runs per fly ball, PA-weighted over career";
        |s| s.advanced.mean(Adv::HrPerFb)
    },
    entry! {
        adv_pull_pct: MilbPerformance, Hitter, Career, "percent", reads "milb_advanced_stats.pull_percent; milb_game_logs.plate_appearances; milb_game_logs.season; milb_game_logs.level";
        is "SUM(w*pull_percent)/SUM(w) over rows of ADV with pull_percent NOT NULL, w = GREATEST(PA(season,level),1)";
        null "no row of ADV with pull_percent";
        about "Pull percentage, PA-weighted over career";
        |s| s.advanced.mean(Adv::PullPercent)
    },
    entry! {
        adv_oppo_pct: MilbPerformance, Hitter, Career, "percent", reads "milb_advanced_stats.oppo_percent; milb_game_logs.plate_appearances; milb_game_logs.season; milb_game_logs.level";
        is "SUM(w*oppo_percent)/SUM(w) over rows of ADV with oppo_percent NOT NULL, w = GREATEST(PA(season,level),1)";
        null "no row of ADV with oppo_percent";
        about "Opposite-field percentage, PA-weighted over career";
        |s| s.advanced.mean(Adv::OppoPercent)
    },
    entry! {
        adv_swstr_pct: MilbPerformance, Hitter, Career, "percent", reads "milb_advanced_stats.swing_strike_percent; milb_game_logs.plate_appearances; milb_game_logs.season; milb_game_logs.level";
        is "SUM(w*swing_strike_percent)/SUM(w) over rows of ADV with swing_strike_percent NOT NULL, w = GREATEST(PA(season,level),1)";
        null "no row of ADV with swing_strike_percent";
        about "Swinging-strike percentage, PA-weighted over career";
        |s| s.advanced.mean(Adv::SwingStrikePercent)
    },
    entry! {
        adv_contact_pct: MilbPerformance, Hitter, Career, "percent", reads "milb_advanced_stats.contact_percent; milb_game_logs.plate_appearances; milb_game_logs.season; milb_game_logs.level";
        is "SUM(w*contact_percent)/SUM(w) over rows of ADV with contact_percent NOT NULL, w = GREATEST(PA(season,level),1)";
        null "no row of ADV with contact_percent";
        about "Contact percentage, PA-weighted over career";
        |s| s.advanced.mean(Adv::ContactPercent)
    },
    entry! {
        adv_zone_pct: MilbPerformance, Hitter, Career, "percent", reads "milb_advanced_stats.zone_percent; milb_game_logs.plate_appearances; milb_game_logs.season; milb_game_logs.level";
        is "SUM(w*zone_percent)/SUM(w) over rows of ADV with zone_percent NOT NULL, w = GREATEST(PA(season,level),1)";
        null "no row of ADV with zone_percent";
        about "Zone percentage, PA-weighted over career";
        |s| s.advanced.mean(Adv::ZonePercent)
    },
    entry! {
        adv_o_swing_pct: MilbPerformance, Hitter, Career, "percent", reads "milb_advanced_stats.o_swing_percent; milb_game_logs.plate_appearances; milb_game_logs.season; milb_game_logs.level";
        is "SUM(w*o_swing_percent)/SUM(w) over rows of ADV with o_swing_percent NOT NULL, w = GREATEST(PA(season,level),1)";
        null "no row of ADV with o_swing_percent";
        about "Outside-zone swing percentage, PA-weighted over career";
        |s| s.advanced.mean(Adv::OSwingPercent)
    },
    entry! {
        adv_z_swing_pct: MilbPerformance, Hitter, Career, "percent", reads "milb_advanced_stats.z_swing_percent; milb_game_logs.plate_appearances; milb_game_logs.season; milb_game_logs.level";
        is "SUM(w*z_swing_percent)/SUM(w) over rows of ADV with z_swing_percent NOT NULL, w = GREATEST(PA(season,level),1)";
        null "no row of ADV with z_swing_percent";
        about "In-zone swing percentage, PA-weighted over career";
        |s| s.advanced.mean(Adv::ZSwingPercent)
    },
    entry! {
        adv_speed_score: MilbPerformance, Hitter, Career, "score", reads "milb_advanced_stats.speed_score; milb_game_logs.plate_appearances; milb_game_logs.season; milb_game_logs.level";
        is "SUM(w*speed_score)/SUM(w) over rows of ADV with speed_score NOT NULL, w = GREATEST(PA(season,level),1)";
        null "no row of ADV with speed_score";
        about "FanGraphs speed score, PA-weighted over career";
        |s| s.advanced.mean(Adv::SpeedScore)
    },
    entry! {
        adv_hard_pct: MilbPerformance, Hitter, Career, "percent", reads "milb_advanced_stats.hard_contact_percent; milb_game_logs.plate_appearances; milb_game_logs.season; milb_game_logs.level";
        is "SUM(w*hard_contact_percent)/SUM(w) over rows of ADV with hard_contact_percent NOT NULL, w = GREATEST(PA(season,level),1)";
        null "no row of ADV with hard_contact_percent";
        about "Hard-contact percentage, PA-weighted over career";
        |s| s.advanced.mean(Adv::HardContactPercent)
    },
    entry! {
        adv_soft_pct: MilbPerformance, Hitter, Career, "percent", reads "milb_advanced_stats.soft_contact_percent; milb_game_logs.plate_appearances; milb_game_logs.season; milb_game_logs.level";
        is "SUM(w*soft_contact_percent)/SUM(w) over rows of ADV with soft_contact_percent NOT NULL, w = GREATEST(PA(season,level),1)";
        null "no row of ADV with soft_contact_percent";
        about "Soft-contact percentage, PA-weighted over career";
        |s| s.advanced.mean(Adv::SoftContactPercent)
    },
    entry! {
        adv_wbsr_total: MilbPerformance, Hitter, Career, "runs", reads "milb_advanced_stats.wbsr";
        is "SUM(wbsr) over ADV";
        null "no non-NULL wbsr in ADV";
        about "Career weighted base-running runs";
        |s| s.advanced.total(Adv::Wbsr)
    },
];
