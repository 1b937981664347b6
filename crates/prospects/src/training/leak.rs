//! What a feature gives away beside its value: whether its mere presence tells who succeeded (flagship contract 10.3).

use crate::features::catalogue::Inputs;
use dynasty_numbers::scoring::auc;

/// From this AUC of presence alone on, or below one less it, a feature is suspicious.
pub const SUSPICIOUS: f64 = 0.65;
/// Successes that are needed to say so.
const FEWEST: usize = 30;

/// A feature's values against what became of those who have it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Presence {
    /// Rows with the value, failures and successes.
    pub there: [usize; 2],
    /// Rows without it.
    pub missing: [usize; 2],
    /// AUC of the value alone, where it is there; `None` without both outcomes.
    pub value_auc: Option<f64>,
}

impl Presence {
    /// Counts. NaN is missing.
    pub fn of(rows: impl Iterator<Item = (f64, bool)>) -> Presence {
        let mut found = Presence::default();
        let mut scored = Vec::new();
        for (value, success) in rows {
            found.add(value, success);
            if !value.is_nan() {
                scored.push((value, success));
            }
        }
        found.value_auc = auc(scored);
        found
    }

    /// Counts a row, without its value.
    pub fn add(&mut self, value: f64, success: bool) {
        let side = if value.is_nan() {
            &mut self.missing
        } else {
            &mut self.there
        };
        side[usize::from(success)] += 1;
    }

    /// Rows in all.
    pub fn rows(&self) -> usize {
        self.there.iter().chain(&self.missing).sum()
    }

    /// AUC of the presence alone: how often a success has the value and a failure does not, ties half. `None` without both outcomes.
    pub fn presence_auc(&self) -> Option<f64> {
        let share = |outcome: usize| {
            let all = self.there[outcome] + self.missing[outcome];
            (all > 0).then(|| self.there[outcome] as f64 / all as f64)
        };
        Some(0.5 + (share(1)? - share(0)?) / 2.0)
    }

    /// Whether that is too much to be let pass in silence.
    pub fn is_suspicious(&self) -> bool {
        let enough = self.there[1] + self.missing[1] >= FEWEST;
        // The shares are rounded, and the limits belong to what they limit.
        enough
            && self
                .presence_auc()
                .is_some_and(|auc| (auc - 0.5).abs() >= SUSPICIOUS - 0.5 - 1e-12)
    }
}

/// For each feature the columns whose being filled in explains that it is there: those of its undated inputs whose presence is
/// suspicious by itself, or of which no feature tells. An age at the first game in AAA is missing where there was no such game, not
/// where the day of birth is unknown.
pub fn to_blame(features: &[(Inputs, Presence)]) -> Vec<Vec<&'static str>> {
    let tells = |column: &str| {
        let of_column = |(inputs, _): &&(Inputs, Presence)| !inputs.dated && inputs.undated.contains(column);
        let of_column: Vec<_> = features.iter().filter(of_column).collect();
        // Where a feature of several columns is missing it is not said which: those of this one alone go before.
        let alone = of_column.iter().any(|(inputs, _)| inputs.undated.len() == 1);
        let nearest = |(inputs, _): &&&(Inputs, Presence)| !alone || inputs.undated.len() == 1;
        of_column.is_empty()
            || of_column
                .iter()
                .filter(nearest)
                .any(|(_, presence)| presence.is_suspicious())
    };
    let columns = features.iter().map(|(inputs, _)| {
        let of = inputs.undated.iter().copied();
        of.filter(|column| tells(column)).collect()
    });
    columns.collect()
}

/// Why a feature is suspicious, in words; `None` when it is not. `blamed`: see [`to_blame`].
pub fn suspicion(found: &Presence, blamed: &[&str]) -> Option<String> {
    if !found.is_suspicious() {
        return None;
    }
    let rate = |of: [usize; 2]| 100.0 * of[1] as f64 / (of[0] + of[1]).max(1) as f64;
    let seen = format!(
        "missing in {:.0} % of the rows: {:.0} % of these succeeded, and {:.0} % of those that have it",
        100.0 * (found.missing[0] + found.missing[1]) as f64 / found.rows().max(1) as f64,
        rate(found.missing),
        rate(found.there)
    );
    Some(match blamed {
        [] => format!("{seen}; its absence is dated, so it may be no more than who had played or been graded by then"),
        columns => format!(
            "{seen}; nobody knows when {} was filled in, so its presence may be later knowledge",
            columns.join(", ")
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn presence(there: [usize; 2], missing: [usize; 2]) -> Presence {
        Presence {
            there,
            missing,
            value_auc: None,
        }
    }

    #[test]
    fn counted() {
        let nan = f64::NAN;
        let found = Presence::of([(1.0, true), (nan, false), (2.0, false), (nan, true), (3.0, true)].into_iter());
        assert_eq!((found.there, found.missing, found.rows()), ([1, 2], [1, 1], 5));
        assert_eq!(found.value_auc, Some(0.5));
        assert_eq!(Presence::of([(1.0, true)].into_iter()).presence_auc(), None);
    }

    #[test]
    fn when_it_is_suspicious() {
        // Every success has it, 7 in 10 failures too: 0.65.
        assert!(presence([70, 30], [30, 0]).is_suspicious());
        assert!(!presence([71, 30], [29, 0]).is_suspicious());
        assert!(!presence([0, 29], [100, 0]).is_suspicious(), "too few successes");
        // Absence that tells who succeeds is as bad.
        assert!(presence([100, 21], [0, 9]).presence_auc().is_some_and(|auc| auc < 0.5));
        assert!(presence([100, 21], [0, 9]).is_suspicious());
        assert!(!presence([100, 30], [0, 0]).is_suspicious(), "always there");
    }

    #[test]
    fn in_words() {
        let found = presence([40, 100], [160, 0]);
        assert_eq!(
            suspicion(&found, &["height_inches", "weight_lbs"]).as_deref(),
            Some(
                "missing in 53 % of the rows: 0 % of these succeeded, and 71 % of those that have it; nobody knows when height_inches, \
                 weight_lbs was filled in, so its presence may be later knowledge"
            )
        );
        assert!(suspicion(&found, &[]).is_some_and(|s| s.ends_with("graded by then")));
        assert_eq!(suspicion(&presence([100, 30], [0, 0]), &["bats"]), None);
    }

    #[test]
    fn who_is_to_blame() {
        let inputs = |undated: &[&'static str], dated| Inputs {
            undated: undated.iter().copied().collect(),
            dated,
        };
        let (telling, harmless) = (presence([40, 100], [160, 0]), presence([200, 95], [0, 5]));
        let blamed = to_blame(&[
            (inputs(&["birth_date"], false), harmless),
            // Missing where there was no such game.
            (inputs(&["birth_date"], true), telling),
            (inputs(&["height_inches"], false), telling),
            (inputs(&["height_inches", "weight_lbs"], false), telling),
            (inputs(&["weight_lbs"], false), harmless),
            // An expression that makes something of a missing height.
            (inputs(&["height_inches"], false), presence([200, 100], [0, 0])),
            (inputs(&[], true), telling),
            // No feature tells whether the bonus alone is known.
            (inputs(&["signing_bonus_usd"], true), telling),
        ]);
        assert_eq!(
            blamed,
            [
                vec![],
                vec![],
                vec!["height_inches"],
                vec!["height_inches"],
                vec![],
                vec!["height_inches"],
                vec![],
                vec!["signing_bonus_usd"]
            ]
        );
    }

    proptest! {
        /// The AUC of presence is the AUC of a score of 1 and 0.
        #[test]
        fn presence_is_a_score(rows in prop::collection::vec((any::<bool>(), any::<bool>()), 1..60)) {
            let found = Presence::of(rows.iter().map(|(there, y)| (if *there { 1.0 } else { f64::NAN }, *y)));
            let scored = rows.iter().map(|(there, y)| (f64::from(u8::from(*there)), *y)).collect();
            match (found.presence_auc(), auc(scored)) {
                (Some(a), Some(b)) => prop_assert!((a - b).abs() < 1e-12),
                (a, b) => prop_assert_eq!(a, b),
            }
        }
    }
}
