//! Who he is: the columns of `prospects` that features may read (flagship contract 1.7).

/// A prospect. Present-day facts (team, organisation, level) are left out: they would leak.
#[derive(Clone, Debug, Default, Hash)]
#[allow(missing_docs)] // the names are those of the columns
pub struct Person {
    pub id: i32,
    pub position: String,
    pub bats: Option<char>,
    pub throws: Option<char>,
    pub height_inches: Option<i32>,
    pub weight_lbs: Option<i32>,
    /// The day, 0 = 2000-01-01.
    pub birth_date: Option<i32>,
    pub birth_country: Option<String>,
    pub draft_year: Option<i32>,
    pub draft_round: Option<i32>,
    pub draft_pick: Option<i32>,
    pub signing_bonus_usd: Option<i32>,
}

/// Countries and territories whose players come through the draft.
const DOMESTIC: [&str; 15] = [
    "USA",
    "US",
    "U.S.",
    "U.S.A.",
    "UNITED STATES",
    "UNITED STATES OF AMERICA",
    "CAN",
    "CANADA",
    "P.R.",
    "PR",
    "PUERTO RICO",
    "V.I.",
    "VIRGIN ISLANDS",
    "U.S. VIRGIN ISLANDS",
    "GUAM",
];

impl Person {
    /// Whether he is listed as a pitcher.
    pub fn is_pitcher(&self) -> bool {
        matches!(self.position.as_str(), "P" | "SP" | "RP" | "RHP" | "LHP")
    }

    /// The draft, if it was by that year.
    pub fn drafted_by(&self, year: i32) -> Option<i32> {
        self.draft_year.filter(|drafted| *drafted <= year)
    }

    /// Runs per season that the position is worth, before any fielding.
    pub fn positional_adjustment(&self) -> Option<f64> {
        Some(match self.position.as_str() {
            "C" => 12.5,
            "SS" => 7.5,
            "2B" | "3B" | "CF" => 2.5,
            "LF" | "RF" => -7.5,
            "1B" => -12.5,
            "DH" => -17.5,
            "IF" => (2.5 + 2.5 + 7.5) / 3.0,
            "OF" => (2.5 - 7.5 - 7.5) / 3.0,
            _ => return None,
        })
    }

    /// Whether he came from outside the countries of the draft.
    pub fn is_international(&self) -> Option<bool> {
        let country = self.birth_country.as_deref()?.trim_matches(' ').to_uppercase();
        (!country.is_empty()).then(|| country != "AMERICAN SAMOA" && !DOMESTIC.contains(&country.as_str()))
    }
}
