//! How good a success was.

use super::config::Thresholds;
use rust_decimal::Decimal;

/// The tiers of contract 7.4, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)] // named as in the contract
pub enum Tier {
    Star,
    Solid,
    Marginal,
    Failed,
}

impl Tier {
    /// As `ml_labels.success_tier` writes it.
    pub fn name(self) -> &'static str {
        match self {
            Tier::Star => "Star",
            Tier::Solid => "Solid",
            Tier::Marginal => "Marginal",
            Tier::Failed => "Failed",
        }
    }
}

/// What a tier was judged by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Basis {
    /// Wins above replacement.
    War,
    /// How much he played.
    PlayingTime,
}

impl Basis {
    /// As `ml_labels.tier_basis` writes it.
    pub fn name(self) -> &'static str {
        match self {
            Basis::War => "war",
            Basis::PlayingTime => "playing_time",
        }
    }
}

/// What he did in the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Work {
    /// Plate appearances.
    pub pa: i64,
    /// Outs pitched.
    pub outs: i64,
    /// WAR of the best season, when every season's is known.
    pub peak_war: Option<Decimal>,
    /// WAR of all of them, when every season's is known.
    pub cumulative_war: Option<Decimal>,
}

impl Work {
    /// Whether he made it.
    pub fn is_success(&self, thresholds: &Thresholds) -> bool {
        self.pa >= thresholds.min_pa || self.outs >= thresholds.min_outs
    }

    /// His tier. Nobody is a Star without WAR.
    pub fn tier(&self, t: &Thresholds) -> (Tier, Basis) {
        if !self.is_success(t) {
            return (Tier::Failed, Basis::PlayingTime);
        }
        let Some(total) = self.cumulative_war else {
            let solid = self.pa >= t.solid_fallback_pa || self.outs >= t.solid_fallback_outs;
            return (if solid { Tier::Solid } else { Tier::Marginal }, Basis::PlayingTime);
        };
        let reaches = |peak, cumulative| self.peak_war.is_some_and(|war| war >= peak) || total >= cumulative;
        let tier = if reaches(t.star_peak_war, t.star_cumulative_war) {
            Tier::Star
        } else if reaches(t.solid_peak_war, t.solid_cumulative_war) {
            Tier::Solid
        } else {
            Tier::Marginal
        };
        (tier, Basis::War)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// WAR in tenths.
    fn tier(pa: i64, outs: i64, war: Option<(i64, i64)>) -> (&'static str, &'static str) {
        let work = Work {
            pa,
            outs,
            peak_war: war.map(|w| Decimal::new(w.0, 1)),
            cumulative_war: war.map(|w| Decimal::new(w.1, 1)),
        };
        let (tier, basis) = work.tier(&Thresholds::default());
        (tier.name(), basis.name())
    }

    #[test]
    fn playing_time_decides_about_success() {
        assert_eq!(
            tier(499, 299, Some((90, 200))),
            ("Failed", "playing_time"),
            "however good"
        );
        assert_eq!(tier(0, 0, None), ("Failed", "playing_time"));
        assert_eq!(tier(500, 0, Some((0, 0))), ("Marginal", "war"));
        assert_eq!(tier(0, 300, Some((-15, -30))), ("Marginal", "war"));
    }

    #[test]
    fn war_decides_how_good() {
        assert_eq!(tier(500, 0, Some((40, 40))), ("Star", "war"), "one All-Star season");
        assert_eq!(tier(500, 0, Some((39, 99))), ("Solid", "war"));
        assert_eq!(tier(500, 0, Some((39, 100))), ("Star", "war"), "2.5 a season");
        assert_eq!(tier(500, 0, Some((20, 20))), ("Solid", "war"));
        assert_eq!(tier(500, 0, Some((19, 39))), ("Marginal", "war"));
        assert_eq!(tier(500, 0, Some((19, 40))), ("Solid", "war"));
        assert_eq!(
            tier(3000, 3000, Some((19, 39))),
            ("Marginal", "war"),
            "playing time is no way in when WAR is known"
        );
    }

    #[test]
    fn without_war_playing_time_decides() {
        assert_eq!(tier(1499, 1349, None), ("Marginal", "playing_time"));
        assert_eq!(tier(1500, 0, None), ("Solid", "playing_time"));
        assert_eq!(tier(0, 1350, None), ("Solid", "playing_time"));
        assert_eq!(
            tier(9999, 9999, None),
            ("Solid", "playing_time"),
            "nobody is a Star without WAR"
        );
    }

    #[test]
    fn comparisons_are_exact() {
        // 0.1 + 0.2 >= 0.3 is false in doubles the other way round: 3 * 1.1 > 3.3.
        let thresholds = Thresholds::parse(r#"{"star_cumulative_war": 3.3, "star_peak_war": 99}"#).unwrap();
        let one = Decimal::new(11, 1);
        let work = |total| Work {
            pa: 500,
            peak_war: Some(one),
            cumulative_war: Some(total),
            ..Work::default()
        };
        assert_eq!(work(one + one + one).tier(&thresholds).0, Tier::Star);
        assert_eq!(
            work(one + one + one - Decimal::new(1, 20)).tier(&thresholds).0,
            Tier::Marginal
        );
    }
}
