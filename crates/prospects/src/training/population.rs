//! Who has a row as of a year. Only what was known then decides: choosing by what came later would leak.

use std::fmt;
use std::str::FromStr;

/// What there was of a prospect as of a year.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sight {
    /// The latest year with a sign of him: a counted game, a scouts' list, an advanced line, the draft or a season in the majors.
    pub latest: Option<i32>,
    /// The same without the draft and the majors: what is written down of a minor leaguer.
    pub in_the_minors: Option<i32>,
    /// Whether he has been in the majors.
    pub reached: bool,
    /// Plate appearances in the majors so far.
    pub majors_pa: i64,
    /// At-bats in the majors so far.
    pub majors_at_bats: i64,
    /// Outs pitched in the majors so far.
    pub majors_outs: i64,
}

/// Which prospects have a row as of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Population {
    /// Whom a scout would call a prospect: seen in the minors in that year or the one before, within the limits of a rookie.
    Prospects,
    /// Whoever has been seen by then.
    Known,
    /// Who has been seen anywhere in that year or the one before, with few plate appearances in the majors.
    Active,
    /// Everybody in the database, seen or not.
    All,
}

/// The limits of a rookie: 130 at-bats or 50 innings in the majors. `active` counts plate appearances.
const ROOKIE_AT_BATS: i64 = 130;
const ROOKIE_PA: i64 = 130;
const ROOKIE_OUTS: i64 = 150;

/// A regular of the majors: plate appearances or outs, as of a label that is a success.
const ESTABLISHED_PA: i64 = 500;
const ESTABLISHED_OUTS: i64 = 300;

/// How far he had come in the majors: reports tell players apart by it, since the further one is, the easier he is to foresee.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Has not been in the majors.
    NeverDebuted,
    /// Has, within the limits of a rookie.
    Rookie,
    /// Is beyond them.
    Beyond,
    /// Is a regular.
    Established,
}

impl Status {
    /// All of them, in their order.
    pub const ALL: [Status; 4] = [
        Status::NeverDebuted,
        Status::Rookie,
        Status::Beyond,
        Status::Established,
    ];

    /// Its name in SQL.
    pub fn name(self) -> &'static str {
        match self {
            Self::NeverDebuted => "never debuted",
            Self::Rookie => "within rookie limits",
            Self::Beyond => "beyond rookie limits",
            Self::Established => "established",
        }
    }

    /// That of a prospect.
    pub fn of(sight: &Sight) -> Status {
        if !sight.reached {
            Self::NeverDebuted
        } else if sight.majors_pa >= ESTABLISHED_PA || sight.majors_outs >= ESTABLISHED_OUTS {
            Self::Established
        } else if sight.is_beyond_rookie_limits() {
            Self::Beyond
        } else {
            Self::Rookie
        }
    }
}

impl Sight {
    fn is_beyond_rookie_limits(&self) -> bool {
        self.majors_at_bats > ROOKIE_AT_BATS || self.majors_outs > ROOKIE_OUTS
    }
}

/// No such population.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownPopulation(String);

impl fmt::Display for UnknownPopulation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "population must be prospects, known, active or all, not \"{}\"",
            self.0
        )
    }
}

impl FromStr for Population {
    type Err = UnknownPopulation;

    fn from_str(name: &str) -> Result<Self, UnknownPopulation> {
        Ok(match name {
            "prospects" => Self::Prospects,
            "known" => Self::Known,
            "active" => Self::Active,
            "all" => Self::All,
            _ => return Err(UnknownPopulation(name.chars().take(40).collect())),
        })
    }
}

impl Population {
    /// Whether he has a row as of that year.
    pub fn includes(self, sight: &Sight, year: i32) -> bool {
        match self {
            Self::All => true,
            Self::Known => sight.latest.is_some(),
            // The year before counts as well: in 2020 there was no minor-league season, and injuries take whole years.
            Self::Prospects => {
                sight.in_the_minors.is_some_and(|latest| latest >= year - 1) && !sight.is_beyond_rookie_limits()
            }
            Self::Active => {
                sight.latest.is_some_and(|latest| latest >= year - 1)
                    && sight.majors_pa <= ROOKIE_PA
                    && sight.majors_outs <= ROOKIE_OUTS
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_in() {
        let seen = |latest, majors_pa, majors_outs| Sight {
            latest,
            in_the_minors: None,
            reached: majors_pa > 0,
            majors_pa,
            majors_at_bats: 0,
            majors_outs,
        };
        let is_in = |s: Sight| [Population::Known, Population::Active, Population::All].map(|p| p.includes(&s, 2020));
        assert_eq!(is_in(seen(None, 0, 0)), [false, false, true]);
        assert_eq!(is_in(seen(Some(2018), 0, 0)), [true, false, true]);
        assert_eq!(is_in(seen(Some(2019), 0, 0)), [true, true, true]);
        assert_eq!(is_in(seen(Some(2020), 130, 150)), [true, true, true]);
        assert_eq!(is_in(seen(Some(2020), 131, 0)), [true, false, true]);
        assert_eq!(is_in(seen(Some(2020), 0, 151)), [true, false, true]);
    }

    fn sight(in_the_minors: Option<i32>, majors_at_bats: i64, majors_outs: i64) -> Sight {
        Sight {
            // The draft and the majors make nobody a prospect.
            latest: Some(2020),
            in_the_minors,
            reached: majors_at_bats + majors_outs > 0,
            majors_pa: majors_at_bats,
            majors_at_bats,
            majors_outs,
        }
    }

    #[test]
    fn prospects() {
        let is_in = |s: Sight| Population::Prospects.includes(&s, 2020);
        assert!(!is_in(sight(None, 0, 0)));
        assert!(!is_in(sight(Some(2018), 0, 0)));
        assert!(is_in(sight(Some(2019), 0, 0)));
        assert!(is_in(sight(Some(2020), 130, 150)));
        assert!(!is_in(sight(Some(2020), 131, 0)));
        assert!(!is_in(sight(Some(2020), 0, 151)));
        // At-bats decide, not plate appearances.
        let walks = Sight {
            majors_pa: 160,
            ..sight(Some(2020), 125, 0)
        };
        assert!(is_in(walks) && !Population::Active.includes(&walks, 2020));
    }

    #[test]
    fn status() {
        let of = |at_bats, outs| Status::of(&sight(None, at_bats, outs));
        assert_eq!(of(0, 0), Status::NeverDebuted);
        assert_eq!((of(1, 0), of(130, 150)), (Status::Rookie, Status::Rookie));
        assert_eq!((of(131, 0), of(499, 299)), (Status::Beyond, Status::Beyond));
        assert_eq!((of(500, 0), of(0, 300)), (Status::Established, Status::Established));
        // A pinch runner has been there.
        let runner = Sight {
            reached: true,
            ..sight(None, 0, 0)
        };
        assert_eq!(Status::of(&runner), Status::Rookie);
        let names = Status::ALL.map(Status::name);
        assert_eq!(names[0], "never debuted");
        assert!(Status::ALL.is_sorted());
    }

    #[test]
    fn names() {
        assert_eq!("active".parse(), Ok(Population::Active));
        assert_eq!("prospects".parse(), Ok(Population::Prospects));
        assert_eq!(
            "Known".parse::<Population>().unwrap_err().to_string(),
            "population must be prospects, known, active or all, not \"Known\""
        );
    }
}
