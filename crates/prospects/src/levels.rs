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

/// Where a game was played, as the MLB Stats API says it: the sport id and the names that tell the short-season
/// leagues of sport 16 apart.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sport<'a> {
    /// `sport.id`.
    pub id: i64,
    /// `league.name`, when the payload has it.
    pub league: Option<&'a str>,
    /// `team.name`, when the payload has it.
    pub team: Option<&'a str>,
}

/// The level of a game (flagship contract 1.5); an error says why the game is not a minor-league one.
///
/// Sport 16 holds complex and Dominican leagues (Complex) and, to 2020, the two advanced-rookie leagues (Rookie). The
/// league's name decides; without it the club's does, because complex and Dominican clubs carry their league in front
/// (`DSL Rays`, `FCL Mets`) and Appalachian and Pioneer clubs carry a town.
pub fn level_from_sport(sport: Sport<'_>, season: i32) -> Result<Level, String> {
    match sport.id {
        1 => Err("a major-league game (sport 1) is not a minor-league level".to_string()),
        11 => Ok(Level::AAA),
        12 => Ok(Level::AA),
        13 => Ok(Level::APlus),
        14 => Ok(Level::A),
        15 | 5442 => Ok(Level::Rookie),
        16 => sport_16(sport, season),
        21 => Err("sport 21 is the minor leagues as a whole, not one level".to_string()),
        other => Err(format!("sport {other} is not an affiliated minor league")),
    }
}

/// The last season of the advanced-rookie leagues as affiliated ball.
const LAST_ADVANCED_ROOKIE_SEASON: i32 = 2020;

/// What a complex or Dominican club's name begins with.
const COMPLEX_CLUBS: [&str; 7] = ["ACL ", "AZL ", "FCL ", "GCL ", "DSL ", "VSL ", "CPX "];

fn sport_16(sport: Sport<'_>, season: i32) -> Result<Level, String> {
    if season > LAST_ADVANCED_ROOKIE_SEASON {
        return Ok(Level::Complex);
    }
    if let Some(league) = sport.league {
        let league = league.to_ascii_lowercase();
        let advanced = league.contains("appalachian") || league.contains("pioneer");
        return Ok(if advanced { Level::Rookie } else { Level::Complex });
    }
    match sport.team {
        Some(team) if COMPLEX_CLUBS.iter().any(|c| team.starts_with(c)) => Ok(Level::Complex),
        Some(_) => Ok(Level::Rookie),
        None => Err(format!(
            "sport 16 in {season} needs a league or team name to tell Complex from Rookie"
        )),
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

    fn level(id: i64, league: Option<&str>, team: Option<&str>, season: i32) -> Result<Level, String> {
        level_from_sport(Sport { id, league, team }, season)
    }

    #[test]
    fn sports_are_levels() {
        let full_season = [(11, Level::AAA), (12, Level::AA), (13, Level::APlus), (14, Level::A)];
        let short_season = [(15, Level::Rookie), (5442, Level::Rookie)];
        for (id, expected) in full_season.into_iter().chain(short_season) {
            assert_eq!(level(id, None, None, 2019), Ok(expected), "sport {id}");
        }
    }

    #[test]
    fn sport_16_is_told_apart_by_league_then_club() {
        assert_eq!(level(16, Some("Appalachian League"), None, 2019), Ok(Level::Rookie));
        assert_eq!(level(16, Some("Pioneer League"), None, 2015), Ok(Level::Rookie));
        assert_eq!(
            level(16, Some("Dominican Summer League"), None, 2019),
            Ok(Level::Complex)
        );
        assert_eq!(
            level(16, Some("Arizona League"), Some("AZL Cubs"), 2019),
            Ok(Level::Complex)
        );
        assert_eq!(level(16, None, Some("GCL Yankees East"), 2018), Ok(Level::Complex));
        assert_eq!(level(16, None, Some("Bluefield Blue Jays"), 2018), Ok(Level::Rookie));
        assert_eq!(level(16, None, None, 2023), Ok(Level::Complex));
        assert!(level(16, None, None, 2019).is_err());
    }

    #[test]
    fn other_sports_are_refused_with_the_reason() {
        assert!(level(1, None, None, 2022).is_err_and(|e| e.contains("major-league")));
        for id in [-1, 0, 17, 21, 22, 23, 51, i64::MAX] {
            assert!(level(id, None, None, 2022).is_err(), "sport {id}");
        }
    }
}
