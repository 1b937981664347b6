//! What is known of a man, and how two of them compare.

use super::organization::organization_key;
use crate::api::position::is_pitcher;
use dynasty_intake::names::name_key;
use dynasty_numbers::days::year_and_month;

/// What his position says he does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// P, SP, RP, RHP or LHP.
    Pitcher,
    /// Any other position but IF, which also stands where nobody said one.
    Batter,
}

impl Role {
    /// The role of a position of the tables' list.
    pub fn of(position: &str) -> Option<Role> {
        match position {
            "IF" => None,
            position if is_pitcher(position) => Some(Role::Pitcher),
            _ => Some(Role::Batter),
        }
    }

    fn shown(self) -> &'static str {
        match self {
            Role::Pitcher => "pitcher",
            Role::Batter => "batter",
        }
    }
}

/// When he was born, in days as [`dynasty_numbers::days`] counts them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Born {
    /// On this day.
    On(i32),
    /// About this day: reckoned from an age.
    About(i32),
}

impl Born {
    fn day(self) -> i32 {
        match self {
            Born::On(day) | Born::About(day) => day,
        }
    }

    fn year(self) -> i32 {
        year_and_month(self.day()).0
    }
}

/// What a source, or the table, says of a man.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Man {
    /// His name as written.
    pub name: String,
    /// MLBAM id.
    pub mlb_id: Option<i32>,
    /// Every FanGraphs id.
    pub fangraphs: Vec<String>,
    /// His position, where the source says it.
    pub role: Option<Role>,
    /// His birth.
    pub born: Option<Born>,
    /// His organization, in the source's words.
    pub organization: Option<String>,
}

/// How two descriptions compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// One man, as far as one can tell.
    Same,
    /// Nothing speaks against it, and not enough for it.
    Maybe,
    /// Two men.
    Different,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Word {
    Agree,
    Unknown,
    Differ,
}

const YEAR: i32 = 366;

fn births(a: Option<Born>, b: Option<Born>) -> Word {
    let (Some(a), Some(b)) = (a, b) else {
        return Word::Unknown;
    };
    let apart = (a.day() - b.day()).abs();
    match (a, b) {
        // The birth year; a day or two off over New Year is a slip of somebody's.
        (Born::On(_), Born::On(_)) if a.year() == b.year() || apart <= 7 => Word::Agree,
        (Born::On(_), Born::On(_)) if apart > YEAR => Word::Differ,
        (Born::On(_), Born::On(_)) => Word::Unknown,
        _ if apart <= YEAR => Word::Agree,
        _ if apart > 2 * YEAR => Word::Differ,
        _ => Word::Unknown,
    }
}

fn roles(a: Option<Role>, b: Option<Role>) -> Word {
    match (a, b) {
        (Some(a), Some(b)) if a == b => Word::Agree,
        (Some(_), Some(_)) => Word::Differ,
        _ => Word::Unknown,
    }
}

fn organizations(a: Option<&str>, b: Option<&str>) -> Word {
    let (Some(a), Some(b)) = (a, b) else {
        return Word::Unknown;
    };
    match (organization_key(a), organization_key(b)) {
        (Some(a), Some(b)) if a == b => Word::Agree,
        (Some(_), Some(_)) => Word::Differ,
        _ if a.trim().eq_ignore_ascii_case(b.trim()) => Word::Agree,
        _ => Word::Unknown,
    }
}

/// A FanGraphs id of a minor leaguer: `sa` and digits.
fn is_minor(id: &str) -> bool {
    id.len() > 2 && id.starts_with("sa") && id.as_bytes().iter().skip(2).all(u8::is_ascii_digit)
}

/// Whether a row without a common id is of the man of the table who has its name. `stored` has the same [`name_key`].
pub fn fit(stored: &Man, row: &Man) -> Fit {
    let (born, role) = (births(stored.born, row.born), roles(stored.role, row.role));
    let organization = organizations(stored.organization.as_deref(), row.organization.as_deref());
    if born == Word::Differ || role == Word::Differ {
        return Fit::Different;
    }
    if stored.mlb_id.is_some() && row.mlb_id.is_some() && stored.mlb_id != row.mlb_id {
        return Fit::Different;
    }
    let same_day = matches!((stored.born, row.born), (Some(Born::On(a)), Some(Born::On(b))) if a == b);
    // Of another organization is a namesake, unless he was born on the very day: players are traded.
    if organization == Word::Differ && !same_day {
        return Fit::Different;
    }
    let known = born == Word::Agree;
    if !stored.fangraphs.is_empty() && !row.fangraphs.is_empty() {
        // One id at a time is current: sa and a number can be one man's, two of a kind are two men's.
        let minors = |man: &Man| man.fangraphs.iter().all(|id| is_minor(id));
        let succeeds = minors(stored) != minors(row);
        return match (succeeds, known && role == Word::Agree && organization == Word::Agree) {
            (true, true) => Fit::Same,
            (true, false) => Fit::Maybe,
            (false, _) => Fit::Different,
        };
    }
    if row.mlb_id.is_some() {
        return if known { Fit::Same } else { Fit::Maybe };
    }
    Fit::Same
}

/// Whether two names can be one man's: a nickname, a second surname, the order of the parts.
pub fn names_agree(a: &str, b: &str) -> bool {
    let (a, b) = (name_key(a), name_key(b));
    if a.is_empty() || b.is_empty() || a == b {
        return true;
    }
    // Of names in different scripts nothing can be said.
    if a.is_ascii() != b.is_ascii() {
        return true;
    }
    let has = |of: &str, word: Option<&str>| word.is_some_and(|word| of.split(' ').any(|w| w == word));
    has(&a, b.rsplit(' ').next()) || has(&b, a.rsplit(' ').next())
}

/// Why a row that has a man's id cannot be his, if so. `of_another`: whether the row's name is the name of somebody else in the table.
pub fn same_id_contradiction(stored: &Man, row: &Man, of_another: bool) -> Option<String> {
    if let (Some(a), Some(b)) = (stored.mlb_id, row.mlb_id)
        && a != b
    {
        return Some(format!("that prospect ({:?}) has the mlb_id {a}, not {b}", stored.name));
    }
    if births(stored.born, row.born) == Word::Differ {
        let year = |born: Option<Born>| born.map_or_else(String::new, |b| b.year().to_string());
        return Some(format!(
            "that prospect ({:?}) was born in {}, not about {}",
            stored.name,
            year(stored.born),
            year(row.born)
        ));
    }
    if row.name.is_empty() || names_agree(&stored.name, &row.name) {
        return None;
    }
    if let (Some(a), Some(b)) = (stored.role, row.role)
        && a != b
    {
        return Some(format!(
            "that prospect is {:?}, a {}, not a {}",
            stored.name,
            a.shown(),
            b.shown()
        ));
    }
    of_another.then(|| format!("that prospect is {:?}, and the name is another prospect's", stored.name))
}

#[cfg(test)]
mod tests;
