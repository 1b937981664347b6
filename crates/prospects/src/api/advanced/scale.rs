//! In what scale a document writes its shares: FanGraphs' API and its exports write fractions (0.431), a table made from the
//! page writes percent (43.1). That is a property of the document. Whether JSON puts a number in quotes says nothing about it;
//! a percent sign says it for its own value.

use super::{Decimal, shown};
use dynasty_intake::fields::Fields;
use dynasty_intake::lenient::{Scalar, decimal, number, read};
use serde_json::Value;

/// A share: its column, FanGraphs' label, and the numbers that with it make up the whole.
pub(super) struct Share {
    pub column: &'static str,
    pub label: &'static str,
    whole: Option<usize>,
}

/// Three shares of one thing: they add up to all of it.
const WHOLES: [&str; 3] = [
    "ground balls, line drives and flies",
    "pull, centre and opposite field",
    "soft, medium and hard contact",
];

const fn share(column: &'static str, label: &'static str, whole: Option<usize>) -> Share {
    Share { column, label, whole }
}

/// Every share of `milb_advanced_stats`.
pub(super) const SHARES: [Share; 16] = [
    share("gb_percent", "GB%", Some(0)),
    share("fb_percent", "FB%", Some(0)),
    share("ld_percent", "LD%", Some(0)),
    share("pull_percent", "Pull%", Some(1)),
    share("oppo_percent", "Oppo%", Some(1)),
    share("cent_percent", "Cent%", Some(1)),
    share("hard_contact_percent", "Hard%", Some(2)),
    share("soft_contact_percent", "Soft%", Some(2)),
    share("medium_contact_percent", "Med%", Some(2)),
    share("iffb_percent", "IFFB%", None),
    share("swing_strike_percent", "SwStr%", None),
    share("contact_percent", "Contact%", None),
    share("zone_percent", "Zone%", None),
    share("o_swing_percent", "O-Swing%", None),
    share("z_swing_percent", "Z-Swing%", None),
    share("hr_per_fb", "HR/FB", None),
];

/// The names they come under.
pub(super) const NAMES: [&str; 2 * SHARES.len()] = {
    let mut names = [""; 2 * SHARES.len()];
    let mut i = 0;
    while i < SHARES.len() {
        names[2 * i] = SHARES[i].column;
        names[2 * i + 1] = SHARES[i].label;
        i += 1;
    }
    names
};

/// The one that is no share of its whole: in the smallest samples there are more home runs than flies.
const HR_PER_FB: usize = 15;

/// As a fraction it does not get this high, not even there (the real files have up to 3).
const HIGHEST_HR_PER_FB: f64 = 5.0;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reading {
    Fraction,
    Percent,
}

/// Under which name a value stands: the table's (percent, as the table has it) or FanGraphs' (whatever the document writes).
#[derive(Clone, Copy, PartialEq, Eq)]
enum Named {
    Column,
    Label,
}

/// The bare numbers of a row's shares, by [`SHARES`].
type Bare = [Option<(Named, f64)>; SHARES.len()];

fn find<'a>(fields: &Fields<'a>, share: &Share) -> Option<(Named, &'static str, &'a Value)> {
    let (name, value) = fields.find(&[share.column, share.label])?;
    let named = if name == share.column {
        Named::Column
    } else {
        Named::Label
    };
    Some((named, name, value))
}

fn bare(fields: &Fields<'_>) -> Bare {
    SHARES.each_ref().map(|share| {
        let (named, name, value) = find(fields, share)?;
        let text = read::<Scalar>(value, name).ok().filter(|s| !has_sign(s))?;
        // To be compared with 1 and 100, no more.
        let n: f64 = number(&text).ok().flatten()?.try_into().ok()?;
        Some((named, n))
    })
}

fn has_sign(value: &Scalar) -> bool {
    matches!(value, Scalar::Text(t) if t.contains('%'))
}

/// What the three shares of a whole add up to, where a row has all of them under names of one kind.
fn sum_of(row: &Bare, whole: usize, named: Named) -> Option<f64> {
    let mut sum = 0.0;
    for (share, value) in SHARES.iter().zip(row) {
        if share.whole == Some(whole) {
            sum += value.filter(|(n, _)| *n == named)?.1;
        }
    }
    Some(sum)
}

fn about(x: f64, whole: f64) -> bool {
    (x - whole).abs() <= whole * 0.03
}

/// What a row says of itself: shares that add up to 1 are fractions.
fn of_row(row: &Bare, named: Named) -> Option<Reading> {
    let beyond = row
        .iter()
        .take(HR_PER_FB)
        .flatten()
        .any(|(n, x)| *n == named && *x > 1.0);
    let sums = || (0..WHOLES.len()).filter_map(|whole| sum_of(row, whole, named));
    if beyond {
        Some(Reading::Percent)
    } else if sums().any(|sum| about(sum, 1.0)) {
        Some(Reading::Fraction)
    } else {
        None
    }
}

/// What a column of a document holds, of the bare numbers under names of one kind.
#[derive(Clone, Copy, Debug, Default)]
struct Column {
    above_one: usize,
    /// More than 0 and less than 1: as percent a hitter's share is hardly ever so small.
    below_one: usize,
}

#[derive(Clone, Copy, Debug, Default)]
struct Kind {
    columns: [Column; SHARES.len()],
    /// Rows in which the shares of a whole add up to 1.
    ones: [usize; WHOLES.len()],
}

/// The scales of a document.
#[derive(Debug, Default)]
pub(super) struct Scales {
    label: Kind,
    column: Kind,
    /// Rows whose shares, as they were read, do not add up to 100: how many, of how many, and what the first adds up to.
    off: [(usize, usize, f64); WHOLES.len()],
}

impl Scales {
    /// Takes a row's evidence.
    pub(super) fn see(&mut self, value: &Value) {
        let Ok(fields) = Fields::of(value) else { return };
        let row = bare(&fields);
        for (i, value) in row.iter().enumerate() {
            let Some((named, x)) = *value else { continue };
            let column = &mut self.kind_mut(named).columns[i];
            let beyond = if i == HR_PER_FB { HIGHEST_HR_PER_FB } else { 1.0 };
            column.above_one += usize::from(x > beyond);
            column.below_one += usize::from(x > 0.0 && x < 1.0);
        }
        for named in [Named::Column, Named::Label] {
            for whole in 0..WHOLES.len() {
                let one = sum_of(&row, whole, named).is_some_and(|sum| about(sum, 1.0));
                self.kind_mut(named).ones[whole] += usize::from(one);
            }
        }
    }

    fn kind(&self, named: Named) -> &Kind {
        match named {
            Named::Column => &self.column,
            Named::Label => &self.label,
        }
    }

    fn kind_mut(&mut self, named: Named) -> &mut Kind {
        match named {
            Named::Column => &mut self.column,
            Named::Label => &mut self.label,
        }
    }

    /// How a column of the document is read: what its own numbers prove, else what those beside it prove, else what the names
    /// promise.
    fn of_column(&self, i: usize, named: Named) -> Reading {
        let kind = self.kind(named);
        let beyond = |i: usize| kind.columns.get(i).is_some_and(|c| c.above_one > 0);
        if beyond(i) {
            Reading::Percent
        } else if kind.ones.iter().any(|n| *n > 0) {
            Reading::Fraction
        } else if (0..HR_PER_FB).any(beyond) || named == Named::Column {
            Reading::Percent
        } else {
            Reading::Fraction
        }
    }

    /// The shares of a row as `DECIMAL(4,1)` percent, by [`SHARES`].
    pub(super) fn percents(&mut self, fields: &Fields<'_>) -> Result<[Option<String>; SHARES.len()], String> {
        let row = bare(fields);
        let mut read = [const { None }; SHARES.len()];
        for (i, share) in SHARES.iter().enumerate() {
            let Some((named, name, value)) = find(fields, share) else {
                continue;
            };
            let reading = match of_row(&row, named) {
                Some(Reading::Fraction) => Reading::Fraction,
                // A row in percent is no news to a column that is; where the column proves to be of fractions, one sheet mixes both.
                _ => self.of_column(i, named),
            };
            let highest = if i == HR_PER_FB {
                Decimal::from(999)
            } else {
                Decimal::ONE_HUNDRED
            };
            if let (Some(n), Some(slot)) = (percent(name, value, reading, highest)?, read.get_mut(i)) {
                *slot = Some(n);
            }
        }
        self.check(&read);
        Ok(read.map(|n| n.map(|(text, _)| text)))
    }

    fn check(&mut self, read: &[Option<(String, f64)>; SHARES.len()]) {
        let row: Bare = read.each_ref().map(|n| n.as_ref().map(|(_, x)| (Named::Column, *x)));
        for (whole, (off, all, first)) in self.off.iter_mut().enumerate() {
            let Some(sum) = sum_of(&row, whole, Named::Column).filter(|sum| *sum > 0.0) else {
                continue;
            };
            *all += 1;
            if !(95.0..=105.0).contains(&sum) {
                *off += 1;
                if *off == 1 {
                    *first = sum;
                }
            }
        }
    }

    /// What of the document is not as it should be, when all of it is read.
    pub(super) fn remarks(&self) -> Vec<String> {
        let mut remarks = Vec::new();
        for (whole, (off, all, first)) in WHOLES.iter().zip(self.off) {
            if off > 0 {
                remarks.push(format!(
                    "{whole} do not add up to 100 in {off} of {all} rows (the first: {first:.1})"
                ));
            }
        }
        if self.column.ones.iter().any(|n| *n > 0) {
            remarks.push(
                "columns of their own name hold fractions, not percent: their shares add up to 1; they are multiplied by 100"
                    .to_string(),
            );
        }
        for named in [Named::Column, Named::Label] {
            let kind = self.kind(named);
            let small = SHARES
                .iter()
                .zip(kind.columns)
                .enumerate()
                .take(HR_PER_FB)
                .filter(|(i, (_, column))| {
                    column.below_one >= 3
                        && column.below_one * 2 >= column.above_one
                        && self.of_column(*i, named) == Reading::Percent
                });
            let names: Vec<&str> = small
                .map(|(_, (share, _))| {
                    if named == Named::Column {
                        share.column
                    } else {
                        share.label
                    }
                })
                .collect();
            if !names.is_empty() {
                remarks.push(format!(
                    "read as percent, but with values below 1 as fractions have: {}",
                    names.join(", ")
                ));
            }
        }
        let mixed = |named| (0..HR_PER_FB).any(|i| self.kind(named).columns.get(i).is_some_and(|c| c.above_one > 0));
        if mixed(Named::Label) && self.label.ones.iter().any(|n| *n > 0) {
            remarks.push("some columns or rows hold fractions and some percent".to_string());
        }
        remarks
    }
}

/// A value in percent: as text of `DECIMAL(4,1)`, and as a number for sums.
fn percent(name: &str, value: &Value, reading: Reading, highest: Decimal) -> Result<Option<(String, f64)>, String> {
    let scalar = read::<Scalar>(value, name)?;
    let signed = has_sign(&scalar);
    let scalar = match scalar {
        Scalar::Text(t) => Scalar::Text(t.trim().trim_end_matches('%').trim_end().to_string()),
        other => other,
    };
    let Some(n) = number(&scalar).map_err(|e| format!("{name}: {e}"))? else {
        return Ok(None);
    };
    let n = if reading == Reading::Fraction && !signed {
        n.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(n)
    } else {
        n
    };
    if n < Decimal::ZERO || n > highest {
        let n = shown(&n.normalize().to_string());
        return Err(format!("{name}: {n} is out of range (0 to {highest} percent)"));
    }
    let text = decimal(n, 4, 1).map_err(|e| format!("{name}: {e}"))?;
    Ok(Some((text, n.try_into().unwrap_or_default())))
}
