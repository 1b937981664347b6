//! What the order of a prospect's games tells: streaks, spread, memory (category `milb_consistency`).

use super::game::{Arm, Bat, GameLog};
use super::scratch::Scratch;
use dynasty_numbers::series::{autocorrelation, cv, longest_run, mean_abs_change, rolling_sd, share};

/// What the order of the batting rows tells.
#[derive(Clone, Debug, Default)]
#[allow(missing_docs)] // the names are those of the features
pub struct BatSeries {
    pub hits_cv: Option<f64>,
    pub hits_cv_last_season: Option<f64>,
    pub total_bases_cv: Option<f64>,
    pub times_on_base_cv: Option<f64>,
    pub strikeouts_cv: Option<f64>,
    pub rolling10_obp_sd: Option<f64>,
    pub rolling30_obp_sd: Option<f64>,
    pub longest_hit_streak: Option<i64>,
    pub longest_hitless_streak: Option<i64>,
    pub longest_on_base_streak: Option<i64>,
    pub multi_hit_rate: Option<f64>,
    pub hitless_rate: Option<f64>,
    pub xbh_game_rate: Option<f64>,
    pub sombrero_rate: Option<f64>,
    pub hits_autocorrelation: Option<f64>,
    pub on_base_autocorrelation: Option<f64>,
    pub hits_mean_abs_change: Option<f64>,
    pub rest_days: Option<f64>,
}

/// What the order of the pitching rows tells.
#[derive(Clone, Debug, Default)]
#[allow(missing_docs)] // as above
pub struct ArmSeries {
    pub outs_cv: Option<f64>,
    pub earned_runs_cv: Option<f64>,
    pub strikeouts_cv: Option<f64>,
    pub walks_cv: Option<f64>,
    pub rolling5_k_minus_bb_sd: Option<f64>,
    pub longest_scoreless: Option<i64>,
    pub longest_homerless: Option<i64>,
    pub scoreless_rate: Option<f64>,
    pub quality_start_rate: Option<f64>,
    pub blowup_rate: Option<f64>,
    pub earned_runs_autocorrelation: Option<f64>,
    pub rest_days: Option<f64>,
}

const fn knows(mask: u32, counts: &[u32]) -> bool {
    let mut i = 0;
    while i < counts.len() {
        if mask & (1 << counts[i]) == 0 {
            return false;
        }
        i += 1;
    }
    true
}

/// Mean days from one row to the next of the same season.
fn rest_days<'a>(games: impl Iterator<Item = &'a GameLog>) -> Option<f64> {
    let (mut days, mut pairs) = (0_i64, 0_i64);
    let mut before: Option<&GameLog> = None;
    for game in games {
        if let Some(before) = before.filter(|b| b.season == game.season) {
            days += i64::from(game.date - before.date);
            pairs += 1;
        }
        before = Some(game);
    }
    (pairs > 0).then(|| days as f64 / pairs as f64)
}

impl BatSeries {
    pub(super) fn of(games: &[GameLog], scratch: &mut Scratch, last_season: Option<i32>) -> BatSeries {
        let Scratch {
            batted,
            numbers,
            pairs,
            windows,
            ..
        } = scratch;
        if batted.is_empty() {
            return BatSeries::default();
        }
        let rows = || batted.iter().map(|(at, _)| &games[*at as usize]);
        let n = |game: &GameLog, count: Bat| i64::from(game.bat()[count as usize]);
        let mut series = BatSeries {
            rest_days: rest_days(rows()),
            ..BatSeries::default()
        };

        // B: rows with known hits.
        let b = || rows().filter(|g| knows(g.known, &[Bat::H as u32]));
        numbers.clear();
        numbers.extend(b().map(|g| n(g, Bat::H)));
        series.hits_cv = cv(numbers.iter().copied());
        series.hits_cv_last_season = cv(b().filter(|g| Some(g.season) == last_season).map(|g| n(g, Bat::H)));
        series.longest_hit_streak = longest_run(numbers.iter().map(|h| *h >= 1));
        series.longest_hitless_streak = longest_run(numbers.iter().map(|h| *h == 0));
        series.multi_hit_rate = share(numbers.iter().map(|h| *h >= 2));
        series.hitless_rate = share(numbers.iter().map(|h| *h == 0));
        series.hits_autocorrelation = autocorrelation(numbers);
        series.hits_mean_abs_change = mean_abs_change(numbers);

        // O: rows with known hits, walks and at-bats; (times on base, chances).
        let o = || rows().filter(|g| knows(g.known, &[Bat::H as u32, Bat::Bb as u32, Bat::Ab as u32]));
        let on_base = |g: &GameLog| n(g, Bat::H) + n(g, Bat::Bb) + n(g, Bat::Hbp);
        pairs.clear();
        pairs.extend(o().map(|g| {
            (
                on_base(g),
                n(g, Bat::Ab) + n(g, Bat::Bb) + n(g, Bat::Hbp) + n(g, Bat::Sf),
            )
        }));
        series.rolling10_obp_sd = rolling_sd(pairs, 10, windows);
        series.rolling30_obp_sd = rolling_sd(pairs, 30, windows);
        numbers.clear();
        numbers.extend(pairs.iter().map(|p| p.0));
        series.times_on_base_cv = cv(numbers.iter().copied());
        series.longest_on_base_streak = longest_run(numbers.iter().map(|on| *on >= 1));
        series.on_base_autocorrelation = autocorrelation(numbers);

        // X: rows with known hits of every kind.
        let x = || {
            let kinds = [Bat::H as u32, Bat::B2 as u32, Bat::B3 as u32, Bat::Hr as u32];
            rows().filter(move |g| knows(g.known, &kinds))
        };
        series.total_bases_cv = cv(x().map(|g| n(g, Bat::H) + n(g, Bat::B2) + 2 * n(g, Bat::B3) + 3 * n(g, Bat::Hr)));
        series.xbh_game_rate = share(x().map(|g| n(g, Bat::B2) + n(g, Bat::B3) + n(g, Bat::Hr) > 0));

        let struck_out = || {
            rows()
                .filter(|g| knows(g.known, &[Bat::So as u32]))
                .map(|g| n(g, Bat::So))
        };
        series.strikeouts_cv = cv(struck_out());
        series.sombrero_rate = share(struck_out().map(|so| so >= 4));
        series
    }
}

impl ArmSeries {
    pub(super) fn of(games: &[GameLog], scratch: &mut Scratch) -> ArmSeries {
        let Scratch {
            pitched,
            numbers,
            pairs,
            windows,
            ..
        } = scratch;
        if pitched.is_empty() {
            return ArmSeries::default();
        }
        let n = |game: &GameLog, count: Arm| i64::from(game.arm()[count as usize]);
        let rows = || pitched.iter().map(|at| &games[*at as usize]);
        let with = |count: Arm| rows().filter(move |g| knows(g.arm_known(), &[count as u32]));
        let mut series = ArmSeries {
            rest_days: rest_days(rows()),
            outs_cv: cv(rows().map(|g| n(g, Arm::Outs))),
            strikeouts_cv: cv(with(Arm::K).map(|g| n(g, Arm::K))),
            walks_cv: cv(with(Arm::Bb).map(|g| n(g, Arm::Bb))),
            longest_scoreless: longest_run(with(Arm::R).map(|g| n(g, Arm::R) == 0)),
            longest_homerless: longest_run(with(Arm::Hr).map(|g| n(g, Arm::Hr) == 0)),
            scoreless_rate: share(with(Arm::R).map(|g| n(g, Arm::R) == 0)),
            quality_start_rate: share(
                with(Arm::Er)
                    .filter(|g| n(g, Arm::Gs) >= 1)
                    .map(|g| n(g, Arm::Outs) >= 18 && n(g, Arm::Er) <= 3),
            ),
            blowup_rate: share(with(Arm::Er).map(|g| n(g, Arm::Er) >= 5)),
            ..ArmSeries::default()
        };
        numbers.clear();
        numbers.extend(with(Arm::Er).map(|g| n(g, Arm::Er)));
        series.earned_runs_cv = cv(numbers.iter().copied());
        series.earned_runs_autocorrelation = autocorrelation(numbers);
        pairs.clear();
        pairs.extend(
            rows()
                .filter(|g| knows(g.arm_known(), &[Arm::K as u32, Arm::Bb as u32]))
                .map(|g| (n(g, Arm::K) - n(g, Arm::Bb), g.bf())),
        );
        series.rolling5_k_minus_bb_sd = rolling_sd(pairs, 5, windows);
        series
    }
}
