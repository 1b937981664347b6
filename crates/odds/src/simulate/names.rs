//! Who plays where, and who takes bets. Nobody of this name exists, nor is anybody meant.

/// A sport: its word, its name, its tournaments (name, country), how its clubs are called.
pub struct Sport {
    /// The word in `sports.key`.
    pub key: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Its tournaments.
    pub tournaments: [(&'static str, &'static str); 2],
    /// What follows the town in the name of a club.
    pub(super) clubs: [&'static str; 4],
}

/// The sports of a board.
pub const SPORTS: [Sport; 3] = [
    Sport {
        key: "simulated_soccer",
        name: "Soccer (simulated)",
        tournaments: [("Premier Division", "England"), ("Primera", "Spain")],
        clubs: ["United", "City", "Rovers", "Athletic"],
    },
    Sport {
        key: "simulated_basketball",
        name: "Basketball (simulated)",
        tournaments: [("National League", "USA"), ("Continental Cup", "Europe")],
        clubs: ["Comets", "Rangers", "Giants", "Pilots"],
    },
    Sport {
        key: "simulated_icehockey",
        name: "Ice hockey (simulated)",
        tournaments: [("Northern League", "Canada"), ("Elite Series", "Sweden")],
        clubs: ["Wolves", "Falcons", "Blades", "Bears"],
    },
];

/// The towns of one tournament; of the other every name has a word before it.
const TOWNS: [&str; 24] = [
    "Ashford",
    "Barrow",
    "Calder",
    "Darnley",
    "Eastmoor",
    "Fairview",
    "Glenholm",
    "Hartwell",
    "Ingleby",
    "Juniper",
    "Kirkdale",
    "Langston",
    "Marlow",
    "Norwick",
    "Oakham",
    "Pendle",
    "Queensport",
    "Redcliff",
    "Selby",
    "Thornton",
    "Upton",
    "Valemont",
    "Westbrook",
    "Yarrow",
];

/// How many clubs a tournament has.
pub(super) const CLUBS: u32 = TOWNS.len() as u32;

/// The name of a club.
pub(super) fn club(sport: usize, tournament: usize, number: u32) -> String {
    let town = TOWNS[number as usize % TOWNS.len()];
    let word = SPORTS[sport].clubs[(number as usize + tournament) % 4];
    let north = if tournament == 0 { "" } else { "North " };
    format!("{north}{town} {word}")
}

/// Bookmakers: word, name, commission in ten-thousandths.
pub const BOOKMAKERS: [(&str, &str, u32); 24] = [
    ("sharpline", "Sharpline", 0),
    ("exchange_one", "Exchange One", 200),
    ("liberty", "Liberty Sportsbook", 0),
    ("goldfield", "Goldfield", 0),
    ("harbour", "Harbour Bets", 0),
    ("matchpoint", "Matchpoint Exchange", 500),
    ("crown", "Crown Turf", 0),
    ("riverside", "Riverside", 0),
    ("nordbet", "Nord", 0),
    ("eagle", "Eagle Sportsbook", 0),
    ("fairplay", "Fairplay", 0),
    ("castle", "Castle", 0),
    ("lagoon", "Lagoon", 0),
    ("summit", "Summit", 0),
    ("union", "Union Bets", 0),
    ("orion", "Orion", 0),
    ("delta", "Delta Sportsbook", 0),
    ("arena", "Arena", 0),
    ("bluebell", "Bluebell", 0),
    ("cobalt", "Cobalt", 0),
    ("meridian", "Meridian Exchange", 300),
    ("tower", "Tower", 0),
    ("quarry", "Quarry", 0),
    ("zephyr", "Zephyr", 0),
];
