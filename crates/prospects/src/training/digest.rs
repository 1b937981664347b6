//! The digest of a training set: SHA-256 over its feature names and the bytes of its rows in their order. The same data and
//! arguments give the same digest, another value anywhere another one.

use super::plan::Part;
use super::population::Status;
use crate::labels::Tier;
use sha2::{Digest as _, Sha256};

/// Said first, so that a digest of another form could never be mistaken for this one.
const FORM: &[u8] = b"dynasty training set 1\n";

/// A row as it goes into the digest.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Row<'a> {
    /// Whose.
    pub prospect_id: i32,
    /// The year of the features.
    pub as_of_year: i32,
    /// The last season of the window.
    pub evaluation_year: i32,
    /// The features; every set has as many as it has names.
    pub values: &'a [Option<f64>],
    /// The label, if its window is closed.
    pub is_success: Option<bool>,
    /// The tier, if its window is closed.
    pub tier: Option<Tier>,
    /// How much it counts; nothing when its window is open.
    pub weight: Option<f64>,
    /// Train, test or open.
    pub part: Part,
    /// How far he had come by then. It does not go into the digest: it follows from other columns.
    pub status: Status,
}

/// A digest in the making.
#[derive(Clone)]
pub struct Digest {
    hash: Sha256,
    room: Vec<u8>,
}

impl Digest {
    /// Of rows with these features.
    pub fn new<'a>(names: impl Iterator<Item = &'a str>) -> Digest {
        let mut hash = Sha256::new();
        hash.update(FORM);
        for name in names {
            // The length stands before the name: no two lists of names run together to the same bytes.
            hash.update((name.len() as u64).to_le_bytes());
            hash.update(name.as_bytes());
        }
        hash.update([0xff; 8]);
        Digest { hash, room: Vec::new() }
    }

    /// Adds a row.
    pub fn add(&mut self, row: &Row<'_>) {
        let room = &mut self.room;
        room.clear();
        for number in [row.prospect_id, row.as_of_year, row.evaluation_year] {
            room.extend_from_slice(&number.to_le_bytes());
        }
        let mut put = |value: Option<f64>| {
            room.push(u8::from(value.is_some()));
            room.extend_from_slice(&value.unwrap_or(0.0).to_bits().to_le_bytes());
        };
        row.values.iter().copied().for_each(&mut put);
        put(row.weight);
        room.push(row.is_success.map_or(2, u8::from));
        room.push(match row.tier {
            None => 0,
            Some(Tier::Star) => 1,
            Some(Tier::Solid) => 2,
            Some(Tier::Marginal) => 3,
            Some(Tier::Failed) => 4,
        });
        room.push(match row.part {
            Part::Train => 0,
            Part::Test => 1,
            Part::Open => 2,
        });
        self.hash.update(&self.room);
    }

    /// The digest: 64 hexadecimal digits.
    pub fn hex(self) -> String {
        self.hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const VALUES: [Option<f64>; 3] = [Some(1.5), None, Some(-0.25)];

    fn row() -> Row<'static> {
        Row {
            prospect_id: 7,
            as_of_year: 2018,
            evaluation_year: 2022,
            values: &VALUES,
            is_success: Some(true),
            tier: Some(Tier::Solid),
            weight: Some(0.5),
            part: Part::Train,
            status: Status::Rookie,
        }
    }

    fn hex(names: &[&str], rows: &[Row<'_>]) -> String {
        let mut digest = Digest::new(names.iter().copied());
        rows.iter().for_each(|row| digest.add(row));
        digest.hex()
    }

    /// The bytes put together by hand, as the description of the form says.
    #[test]
    fn the_form() {
        let mut bytes = b"dynasty training set 1\n".to_vec();
        bytes.extend_from_slice(b"\x03\0\0\0\0\0\0\0age");
        bytes.extend_from_slice(&[0xff; 8]);
        bytes.extend_from_slice(&[7, 0, 0, 0, 0xe2, 7, 0, 0, 0xe6, 7, 0, 0]);
        bytes.extend_from_slice(&[1, 0, 0, 0, 0, 0, 0, 0xf8, 0x3f]); // 1.5
        bytes.extend_from_slice(&[1, 0, 0, 0, 0, 0, 0, 0xe0, 0x3f]); // 0.5
        bytes.extend_from_slice(&[1, 2, 0]);
        let right: String = Sha256::digest(&bytes).iter().map(|b| format!("{b:02x}")).collect();
        assert_eq!(
            hex(
                &["age"],
                &[Row {
                    values: &VALUES[..1],
                    ..row()
                }]
            ),
            right
        );
    }

    #[test]
    fn any_other_value_is_another_digest() {
        let names = ["a", "b", "c"];
        let with = |values: &[Option<f64>]| hex(&names, &[Row { values, ..row() }]);
        let base = row();
        let all = [
            hex(&names, &[base]),
            hex(&["a", "bc", ""], &[base]),
            hex(&["ab", "", "c"], &[base]),
            hex(&names, &[]),
            hex(&names, &[base, base]),
            with(&[Some(1.5), None, Some(-0.250_000_000_000_000_06)]),
            with(&[Some(1.5), Some(0.0), Some(-0.25)]),
            with(&[None, Some(1.5), Some(-0.25)]),
            hex(&names, &[Row { prospect_id: 8, ..base }]),
            hex(
                &names,
                &[Row {
                    as_of_year: 2019,
                    ..base
                }],
            ),
            hex(
                &names,
                &[Row {
                    evaluation_year: 2023,
                    ..base
                }],
            ),
            hex(
                &names,
                &[Row {
                    is_success: Some(false),
                    ..base
                }],
            ),
            hex(
                &names,
                &[Row {
                    is_success: None,
                    ..base
                }],
            ),
            hex(
                &names,
                &[Row {
                    tier: Some(Tier::Star),
                    ..base
                }],
            ),
            hex(&names, &[Row { tier: None, ..base }]),
            hex(
                &names,
                &[Row {
                    weight: Some(1.0),
                    ..base
                }],
            ),
            hex(&names, &[Row { weight: None, ..base }]),
            hex(
                &names,
                &[Row {
                    part: Part::Test,
                    ..base
                }],
            ),
            hex(
                &names,
                &[Row {
                    part: Part::Open,
                    ..base
                }],
            ),
        ];
        let different: std::collections::BTreeSet<&String> = all.iter().collect();
        assert_eq!(different.len(), all.len());
        assert_eq!(hex(&names, &[base]), all[0]);
    }

    proptest! {
        #[test]
        fn a_bit_of_a_value_and_the_order_of_rows_count(
            values in prop::collection::vec(any::<Option<f64>>(), 1..6), at in any::<prop::sample::Index>(), bit in 0..64u32,
        ) {
            let names: Vec<&str> = vec!["x"; values.len()];
            let of = |rows: &[&[Option<f64>]]| {
                let rows: Vec<Row<'_>> = rows.iter().map(|values| Row { values, ..row() }).collect();
                hex(&names, &rows)
            };
            let mut other = values.clone();
            let at = at.index(values.len());
            other[at] = Some(f64::from_bits(values[at].unwrap_or(0.0).to_bits() ^ (1 << bit)));
            prop_assert_ne!(of(&[&values]), of(&[&other]));
            prop_assert_ne!(of(&[&values, &other]), of(&[&other, &values]));
        }
    }
}
