//! The primitives of flagship contract 5.5 and the career rates built like them: each over its own complete rows, each
//! one division of two exact integers where it is one.

use super::game::{ARMS, Arm, BATS, Bat, LOG_COLUMNS};
use super::sums::{ArmSums, BatSums, Group, Sums};
use super::trace::{self, Look};

fn ratio(numerator: i64, denominator: i64) -> Option<f64> {
    (denominator != 0).then(|| numerator as f64 / denominator as f64)
}

fn positive_ratio(numerator: i64, denominator: i64) -> Option<f64> {
    (denominator > 0).then(|| numerator as f64 / denominator as f64)
}

/// What a rate looks at: the counts it needs and those that count as 0 where unknown, over the rows that know all of the
/// former; and how often he came to bat or was faced in these rows.
fn look<const N: usize>(
    set: &Sums<N>,
    complete: &Option<Group<N>>,
    counts: impl Iterator<Item = usize>,
    names_from: usize,
    volume: usize,
) -> Look {
    let sum = |count: usize| complete.as_ref().map_or(0, |group| group.sums[count]);
    let mut sums: Vec<(&'static str, i64)> = counts.map(|c| (LOG_COLUMNS[names_from + c], sum(c))).collect();
    let times = complete.as_ref().map_or(0, |group| group.volume);
    sums.push((LOG_COLUMNS[names_from + volume], times));
    Look::Sums {
        set: std::ptr::from_ref(set).addr(),
        rows: set.rows(),
        complete: complete.as_ref().map_or(0, |group| group.rows),
        sums,
    }
}

/// Complete batting rows.
struct B(Group<BATS>);

impl B {
    fn n(&self, count: Bat) -> i64 {
        self.0.sums[count as usize]
    }

    fn singles(&self) -> i64 {
        self.n(Bat::H) - self.n(Bat::B2) - self.n(Bat::B3) - self.n(Bat::Hr)
    }

    /// Times on first base: singles, walks, hit by pitch.
    fn on_first(&self) -> i64 {
        self.singles() + self.n(Bat::Bb) + self.n(Bat::Hbp)
    }
}

/// Complete pitching rows.
struct P(Group<ARMS>);

impl P {
    fn n(&self, count: Arm) -> i64 {
        self.0.sums[count as usize]
    }

    fn outs(&self) -> i64 {
        self.n(Arm::Outs)
    }
}

impl BatSums {
    fn with(&self, essential: &[Bat]) -> Option<B> {
        self.with_also(essential, &[])
    }

    /// The rows that know the essential counts; `also` says which others are read, as 0 where unknown.
    fn with_also(&self, essential: &[Bat], also: &[Bat]) -> Option<B> {
        let complete = self.complete(essential.iter().fold(0, |mask, c| mask | 1 << *c as u32));
        trace::note(|| {
            let counts = essential.iter().chain(also).map(|c| *c as usize);
            look(self, &complete, counts, 0, Bat::Pa as usize)
        });
        complete.map(B)
    }

    /// Batting average.
    pub fn avg(&self) -> Option<f64> {
        let w = self.with(&[Bat::H, Bat::Ab])?;
        ratio(w.n(Bat::H), w.n(Bat::Ab))
    }

    /// On-base percentage.
    pub fn obp(&self) -> Option<f64> {
        let w = self.with_also(&[Bat::H, Bat::Bb, Bat::Ab], &[Bat::Hbp, Bat::Sf])?;
        let walked = w.n(Bat::Bb) + w.n(Bat::Hbp);
        ratio(w.n(Bat::H) + walked, w.n(Bat::Ab) + walked + w.n(Bat::Sf))
    }

    /// Slugging percentage.
    pub fn slg(&self) -> Option<f64> {
        let w = self.with(&[Bat::H, Bat::B2, Bat::B3, Bat::Hr, Bat::Ab])?;
        let bases = w.n(Bat::H) + w.n(Bat::B2) + 2 * w.n(Bat::B3) + 3 * w.n(Bat::Hr);
        ratio(bases, w.n(Bat::Ab))
    }

    /// On-base plus slugging, each over its own complete rows.
    pub fn ops(&self) -> Option<f64> {
        Some(self.obp()? + self.slg()?)
    }

    /// Isolated power.
    pub fn iso(&self) -> Option<f64> {
        let w = self.with(&[Bat::B2, Bat::B3, Bat::Hr, Bat::Ab])?;
        ratio(w.n(Bat::B2) + 2 * w.n(Bat::B3) + 3 * w.n(Bat::Hr), w.n(Bat::Ab))
    }

    /// Batting average on balls in play.
    pub fn babip(&self) -> Option<f64> {
        let w = self.with_also(&[Bat::H, Bat::Hr, Bat::Ab, Bat::So], &[Bat::Sf])?;
        let hr = w.n(Bat::Hr);
        positive_ratio(w.n(Bat::H) - hr, w.n(Bat::Ab) - w.n(Bat::So) - hr + w.n(Bat::Sf))
    }

    /// Weighted on-base average, weights of 2013.
    pub fn woba(&self) -> Option<f64> {
        let w = self.with_also(
            &[Bat::Bb, Bat::H, Bat::B2, Bat::B3, Bat::Hr, Bat::Ab],
            &[Bat::Ibb, Bat::Sf, Bat::Hbp],
        )?;
        let unintended = w.n(Bat::Bb) - w.n(Bat::Ibb);
        let denominator = w.n(Bat::Ab) + unintended + w.n(Bat::Sf) + w.n(Bat::Hbp);
        let f = |x: i64| x as f64;
        let value = 0.690 * f(unintended)
            + 0.722 * f(w.n(Bat::Hbp))
            + 0.888 * f(w.singles())
            + 1.271 * f(w.n(Bat::B2))
            + 1.616 * f(w.n(Bat::B3))
            + 2.101 * f(w.n(Bat::Hr));
        (denominator > 0).then(|| value / f(denominator))
    }

    fn per_pa(&self, count: Bat) -> Option<f64> {
        let w = self.with(&[count])?;
        ratio(w.n(count), w.0.volume)
    }

    /// Walks per plate appearance.
    pub fn bb_rate(&self) -> Option<f64> {
        self.per_pa(Bat::Bb)
    }

    /// Strikeouts per plate appearance.
    pub fn k_rate(&self) -> Option<f64> {
        self.per_pa(Bat::So)
    }

    /// Home runs per plate appearance.
    pub fn hr_rate(&self) -> Option<f64> {
        self.per_pa(Bat::Hr)
    }

    /// Extra-base hits per plate appearance.
    pub fn xbh_rate(&self) -> Option<f64> {
        let w = self.with(&[Bat::B2, Bat::B3, Bat::Hr])?;
        ratio(w.n(Bat::B2) + w.n(Bat::B3) + w.n(Bat::Hr), w.0.volume)
    }

    /// Attempted steals per time on first.
    pub fn steal_attempt_rate(&self) -> Option<f64> {
        let w = self.with_also(
            &[Bat::Sb, Bat::H, Bat::B2, Bat::B3, Bat::Hr, Bat::Bb],
            &[Bat::Cs, Bat::Hbp],
        )?;
        positive_ratio(w.n(Bat::Sb) + w.n(Bat::Cs), w.on_first())
    }

    /// Share of attempted steals that succeeded.
    pub fn steal_success_rate(&self) -> Option<f64> {
        let w = self.with_also(&[Bat::Sb], &[Bat::Cs])?;
        ratio(w.n(Bat::Sb), w.n(Bat::Sb) + w.n(Bat::Cs))
    }

    /// The four-part speed score, 0 to 10.
    pub fn speed_score(&self) -> Option<f64> {
        let w = self.with_also(
            &[
                Bat::Sb,
                Bat::H,
                Bat::B2,
                Bat::B3,
                Bat::Hr,
                Bat::Bb,
                Bat::Ab,
                Bat::So,
                Bat::R,
            ],
            &[Bat::Cs, Bat::Hbp],
        )?;
        let (sb, hr, attempts) = (w.n(Bat::Sb), w.n(Bat::Hr), w.n(Bat::Sb) + w.n(Bat::Cs));
        let times_on = w.on_first();
        let in_play = w.n(Bat::Ab) - hr - w.n(Bat::So);
        let on_base = w.n(Bat::H) + w.n(Bat::Bb) + w.n(Bat::Hbp) - hr;
        if times_on <= 0 || in_play <= 0 || on_base <= 0 {
            return None;
        }
        let f = |x: i64| x as f64;
        let parts = [
            20.0 * (f(sb + 3) / f(attempts + 7) - 0.4),
            (f(attempts) / f(times_on)).sqrt() / 0.07,
            625.0 * f(w.n(Bat::B3)) / f(in_play),
            25.0 * (f(w.n(Bat::R) - hr) / f(on_base) - 0.1),
        ];
        Some(parts.into_iter().map(|part| part.clamp(0.0, 10.0)).sum::<f64>() / 4.0)
    }

    /// Ground outs per air out.
    pub fn go_ao(&self) -> Option<f64> {
        let w = self.with(&[Bat::Go, Bat::Ao])?;
        ratio(w.n(Bat::Go), w.n(Bat::Ao))
    }

    /// Pitches seen per plate appearance.
    pub fn pitches_per_pa(&self) -> Option<f64> {
        let w = self.with(&[Bat::Pitches])?;
        ratio(w.n(Bat::Pitches), w.0.volume)
    }

    /// Walks per strikeout.
    pub fn bb_per_k(&self) -> Option<f64> {
        let w = self.with(&[Bat::Bb, Bat::So])?;
        ratio(w.n(Bat::Bb), w.n(Bat::So))
    }

    /// The harmonic mean of home runs and stolen bases.
    pub fn power_speed(&self) -> Option<f64> {
        let w = self.with(&[Bat::Hr, Bat::Sb])?;
        let (hr, sb) = (w.n(Bat::Hr) as f64, w.n(Bat::Sb) as f64);
        Some(if hr + sb == 0.0 { 0.0 } else { 2.0 * hr * sb / (hr + sb) })
    }

    /// Plate appearances that ended without a ball in play, but for hit batters.
    pub fn three_true_outcomes(&self) -> Option<f64> {
        let w = self.with(&[Bat::Hr, Bat::Bb, Bat::So])?;
        ratio(w.n(Bat::Hr) + w.n(Bat::Bb) + w.n(Bat::So), w.0.volume)
    }
}

impl ArmSums {
    fn with(&self, essential: &[Arm]) -> Option<P> {
        self.with_also(essential, &[])
    }

    /// The rows that know the essential counts; `also` says which others are read, as 0 where unknown.
    fn with_also(&self, essential: &[Arm], also: &[Arm]) -> Option<P> {
        let complete = self.complete(essential.iter().fold(0, |mask, c| mask | 1 << *c as u32));
        trace::note(|| {
            let counts = essential.iter().chain(also).map(|c| *c as usize);
            look(self, &complete, counts, BATS, Arm::Bf as usize)
        });
        complete.map(P)
    }

    /// Innings: outs / 3.
    pub fn innings(&self) -> f64 {
        self.outs() as f64 / 3.0
    }

    /// Earned runs per nine innings.
    pub fn era(&self) -> Option<f64> {
        let w = self.with_also(&[Arm::Er], &[Arm::Outs])?;
        ratio(27 * w.n(Arm::Er), w.outs())
    }

    /// Fielding-independent pitching, constant 3.10.
    pub fn fip(&self) -> Option<f64> {
        let w = self.with_also(&[Arm::Hr, Arm::Bb, Arm::K], &[Arm::Hb, Arm::Outs])?;
        let weighted = 13 * w.n(Arm::Hr) + 3 * (w.n(Arm::Bb) + w.n(Arm::Hb)) - 2 * w.n(Arm::K);
        Some(ratio(3 * weighted, w.outs())? + 3.10)
    }

    /// Walks and hits per inning.
    pub fn whip(&self) -> Option<f64> {
        let w = self.with_also(&[Arm::Bb, Arm::H], &[Arm::Outs])?;
        ratio(3 * (w.n(Arm::Bb) + w.n(Arm::H)), w.outs())
    }

    /// Strikeouts per batter.
    pub fn k_rate(&self) -> Option<f64> {
        let w = self.with(&[Arm::K])?;
        ratio(w.n(Arm::K), w.0.volume)
    }

    /// Walks per batter.
    pub fn bb_rate(&self) -> Option<f64> {
        let w = self.with(&[Arm::Bb])?;
        ratio(w.n(Arm::Bb), w.0.volume)
    }

    /// Strikeouts less walks, per batter.
    pub fn k_minus_bb(&self) -> Option<f64> {
        let w = self.with(&[Arm::K, Arm::Bb])?;
        ratio(w.n(Arm::K) - w.n(Arm::Bb), w.0.volume)
    }

    /// Strikeouts per walk.
    pub fn k_per_bb(&self) -> Option<f64> {
        let w = self.with(&[Arm::K, Arm::Bb])?;
        ratio(w.n(Arm::K), w.n(Arm::Bb))
    }

    /// Home runs per nine innings.
    pub fn hr_per_9(&self) -> Option<f64> {
        let w = self.with_also(&[Arm::Hr], &[Arm::Outs])?;
        ratio(27 * w.n(Arm::Hr), w.outs())
    }

    /// Batting average on balls in play allowed.
    pub fn babip(&self) -> Option<f64> {
        let w = self.with_also(&[Arm::H, Arm::Hr, Arm::K, Arm::Bb], &[Arm::Hb])?;
        let not_in_play = w.n(Arm::K) + w.n(Arm::Hr) + w.n(Arm::Bb) + w.n(Arm::Hb);
        positive_ratio(w.n(Arm::H) - w.n(Arm::Hr), w.0.volume - not_in_play)
    }

    /// Share of runners left on base.
    pub fn lob_rate(&self) -> Option<f64> {
        let w = self.with_also(&[Arm::H, Arm::Bb, Arm::R, Arm::Hr], &[Arm::Hb])?;
        let on = w.n(Arm::H) + w.n(Arm::Bb) + w.n(Arm::Hb);
        let denominator = on as f64 - 1.4 * w.n(Arm::Hr) as f64;
        (denominator > 0.0).then(|| (on - w.n(Arm::R)) as f64 / denominator)
    }

    /// Ground outs per air out.
    pub fn go_ao(&self) -> Option<f64> {
        let w = self.with(&[Arm::Go, Arm::Ao])?;
        ratio(w.n(Arm::Go), w.n(Arm::Ao))
    }

    /// Share of pitches that were strikes.
    pub fn strike_rate(&self) -> Option<f64> {
        let w = self.with(&[Arm::Strikes, Arm::Pitches])?;
        ratio(w.n(Arm::Strikes), w.n(Arm::Pitches))
    }

    /// Pitches per batter.
    pub fn pitches_per_bf(&self) -> Option<f64> {
        let w = self.with(&[Arm::Pitches])?;
        ratio(w.n(Arm::Pitches), w.0.volume)
    }

    /// Share of appearances that were starts.
    pub fn starts_share(&self) -> Option<f64> {
        let w = self.with(&[Arm::Gs])?;
        ratio(w.n(Arm::Gs), w.0.rows)
    }

    /// Innings per appearance.
    pub fn innings_per_game(&self) -> Option<f64> {
        (self.rows() > 0).then(|| self.innings() / self.rows() as f64)
    }
}
