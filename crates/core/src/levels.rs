//! The minor-league levels, their order, and the sport ids of the MLB Stats API that stand for them.

/// A minor-league level, in ascending order of play (flagship contract 1.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Complex leagues (Arizona, Florida).
    Complex = 1,
    /// Dominican Summer League, short-season and advanced-rookie leagues.
    Rookie = 2,
    /// Low A.
    A = 3,
    /// High A.
    APlus = 4,
    /// Double-A.
    AA = 5,
    /// Triple-A.
    AAA = 6,
}

impl Level {
    /// All levels, lowest first.
    pub const ALL: [Level; 6] = [
        Level::Complex,
        Level::Rookie,
        Level::A,
        Level::APlus,
        Level::AA,
        Level::AAA,
    ];

    /// The ordinal `L(level)` of the contract: Complex 1 … AAA 6.
    pub fn ordinal(self) -> i32 {
        self as i32
    }

    /// The name stored in the tables.
    pub fn name(self) -> &'static str {
        match self {
            Level::Complex => "Complex",
            Level::Rookie => "Rookie",
            Level::A => "A",
            Level::APlus => "A+",
            Level::AA => "AA",
            Level::AAA => "AAA",
        }
    }

    /// The level of a stored name; `None` for anything else (such as `MLB`, which is no minor-league level).
    pub fn from_name(name: &str) -> Option<Level> {
        Level::ALL.into_iter().find(|l| l.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_round_trip_and_ordinals_ascend() {
        for (i, level) in Level::ALL.into_iter().enumerate() {
            assert_eq!(Level::from_name(level.name()), Some(level));
            assert_eq!(level.ordinal(), i as i32 + 1);
        }
        assert_eq!(Level::from_name("MLB"), None);
        assert_eq!(Level::from_name("aaa"), None);
    }
}
