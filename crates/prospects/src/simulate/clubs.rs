//! The thirty organisations and their affiliates. Organisations bear the real names; affiliates are invented, except that a
//! complex or Dominican club is called after its organisation, as they are.

use super::circuit::Circuit;
use dynasty_numbers::dice::{Dice, Purpose};

/// Organisations.
pub const ORGANISATIONS: u32 = 30;

const NAMES: [(&str, &str); ORGANISATIONS as usize] = [
    ("Arizona", "Diamondbacks"),
    ("Atlanta", "Braves"),
    ("Baltimore", "Orioles"),
    ("Boston", "Red Sox"),
    ("Chicago", "Cubs"),
    ("Chicago", "White Sox"),
    ("Cincinnati", "Reds"),
    ("Cleveland", "Guardians"),
    ("Colorado", "Rockies"),
    ("Detroit", "Tigers"),
    ("Houston", "Astros"),
    ("Kansas City", "Royals"),
    ("Los Angeles", "Angels"),
    ("Los Angeles", "Dodgers"),
    ("Miami", "Marlins"),
    ("Milwaukee", "Brewers"),
    ("Minnesota", "Twins"),
    ("New York", "Mets"),
    ("New York", "Yankees"),
    ("Oakland", "Athletics"),
    ("Philadelphia", "Phillies"),
    ("Pittsburgh", "Pirates"),
    ("San Diego", "Padres"),
    ("San Francisco", "Giants"),
    ("Seattle", "Mariners"),
    ("St. Louis", "Cardinals"),
    ("Tampa Bay", "Rays"),
    ("Texas", "Rangers"),
    ("Toronto", "Blue Jays"),
    ("Washington", "Nationals"),
];

/// Organisations whose complex lies in Arizona; the others' is in Florida.
const CACTUS: [usize; 15] = [0, 4, 5, 6, 7, 8, 11, 12, 13, 15, 19, 22, 23, 24, 27];

const TOWNS: [&str; 90] = [
    "Alder Falls",
    "Amesbury",
    "Ashford",
    "Bay Harbor",
    "Bellmont",
    "Big Sandy",
    "Birchwood",
    "Blue Ridge",
    "Brandon Valley",
    "Bristow",
    "Cape Henry",
    "Cedar Bluff",
    "Chattaway",
    "Clearfork",
    "Cold Spring",
    "Columbia Falls",
    "Coopersville",
    "Crown Point",
    "Dalton",
    "Deer Creek",
    "Delmar",
    "Dover Plains",
    "Eastlake",
    "Elk River",
    "Emerald Coast",
    "Fairmont",
    "Flint Hills",
    "Fort Adams",
    "Fox Valley",
    "Garden Grove",
    "Glen Allen",
    "Granite City",
    "Great Bend",
    "Green Valley",
    "Hamilton",
    "Harbor Springs",
    "High Desert",
    "Hollow Rock",
    "Huron",
    "Iron Range",
    "Jasper County",
    "Juniper",
    "Kenton",
    "Kings Mountain",
    "Lake Erie",
    "Lake Placid",
    "Laurel",
    "Lehigh Gap",
    "Lone Star",
    "Lower Cape",
    "Madison",
    "Maple Grove",
    "Mesa Verde",
    "Mill River",
    "Mohawk",
    "Monroe",
    "New Albion",
    "New Castle",
    "North Fork",
    "Oak Ridge",
    "Ocean County",
    "Ozark",
    "Palmetto",
    "Pecos Valley",
    "Piedmont",
    "Pine Barrens",
    "Port Royal",
    "Prairie du Lac",
    "Quarry Hill",
    "Red River",
    "Rio Bravo",
    "River Bend",
    "Rock Island",
    "Rosewood",
    "Saline",
    "Salt Fork",
    "San Marcos",
    "Sandhills",
    "Shelby",
    "Silver Lake",
    "Spring Hill",
    "Sugar Creek",
    "Suncoast",
    "Tidewater",
    "Twin Rivers",
    "Upper Valley",
    "Vernon",
    "Wabash",
    "White Pine",
    "Yadkin",
];

const NICKNAMES: [&str; 60] = [
    "Anglers",
    "Axemen",
    "Barnstormers",
    "Bees",
    "Bighorns",
    "Black Bears",
    "Blue Herons",
    "Boll Weevils",
    "Bulls",
    "Cannonballers",
    "Catamounts",
    "Charros",
    "Copperheads",
    "Crawdads",
    "Cyclones",
    "Drillers",
    "Drovers",
    "Ducks",
    "Fireflies",
    "Fisher Cats",
    "Flying Squirrels",
    "Foxes",
    "Gold Miners",
    "Grasshoppers",
    "Green Jackets",
    "Hammerheads",
    "Hooks",
    "Hot Rods",
    "Ironmen",
    "Jackrabbits",
    "Keys",
    "Kingfishers",
    "Lake Monsters",
    "Loggers",
    "Lookouts",
    "Lumberjacks",
    "Missions",
    "Mudcats",
    "Muckdogs",
    "Nightcrawlers",
    "Oilmen",
    "Otters",
    "Owls",
    "Patriots",
    "Pelicans",
    "Quarrymen",
    "Railriders",
    "River Cats",
    "Rivermen",
    "Roughnecks",
    "Scrappers",
    "Shuckers",
    "Sounds",
    "Stingrays",
    "Storm",
    "Thunderbolts",
    "Travelers",
    "Wood Ducks",
    "Woodpeckers",
    "Yard Goats",
];

/// The names of all clubs, and how many there are of each kind.
pub struct Clubs {
    /// Affiliates of each organisation in each circuit: one, more when very many prospects have to play somewhere.
    pub affiliates: u32,
    names: Vec<String>,
}

impl Clubs {
    /// The clubs of a league.
    pub fn new(seed: u64, affiliates: u32) -> Clubs {
        let per_circuit = affiliates * ORGANISATIONS;
        let mut names = Vec::with_capacity((per_circuit * 7) as usize);
        // A walk through all pairs of town and nickname: the step shares no factor with 90 * 60, so no pair comes twice.
        let pairs = (TOWNS.len() * NICKNAMES.len()) as u64;
        let mut dice = Dice::new(seed, Purpose::Club, 0, 0);
        let (start, step) = (u64::from(dice.below(pairs as u32)), 1_009);
        let mut walked = 0;
        for circuit in Circuit::ALL {
            for club in 0..per_circuit {
                let org = (club % ORGANISATIONS) as usize;
                let series = match club / ORGANISATIONS {
                    0 => String::new(),
                    n => format!(" {}", n + 1),
                };
                let name = match circuit {
                    Circuit::Dominican => format!("DSL {}{series}", NAMES[org].1),
                    Circuit::Complex if CACTUS.contains(&org) => format!("ACL {}{series}", NAMES[org].1),
                    Circuit::Complex => format!("FCL {}{series}", NAMES[org].1),
                    _ => {
                        let pair = ((start + walked * step) % pairs) as usize;
                        // After all pairs the walk begins again.
                        let again = match walked / pairs {
                            0 => String::new(),
                            n => format!(" {}", n + 1),
                        };
                        walked += 1;
                        let town = TOWNS[pair % TOWNS.len()];
                        format!("{town} {}{again}", NICKNAMES[pair / TOWNS.len()])
                    }
                };
                names.push(name);
            }
        }
        Clubs { affiliates, names }
    }

    /// Clubs in each circuit.
    pub fn per_circuit(&self) -> u32 {
        self.affiliates * ORGANISATIONS
    }

    /// A club's name.
    pub fn name(&self, circuit: Circuit, club: u32) -> &str {
        &self.names[(circuit as u32 * self.per_circuit() + club) as usize]
    }
}

/// An organisation's name.
pub fn organisation(org: u8) -> String {
    let (city, nickname) = NAMES[usize::from(org)];
    format!("{city} {nickname}")
}

/// Who plays whom in a series: the circle method, so that in a full cycle every club meets every other once.
/// Returns (home, away) of each pairing.
pub fn pairings(clubs: u32, series: u32) -> impl Iterator<Item = (u32, u32)> {
    let others = clubs - 1;
    let round = series % others;
    (0..clubs / 2).map(move |i| {
        let seat = |k: u32| if k == 0 { 0 } else { 1 + (k - 1 + round) % others };
        let (a, b) = (seat(i), seat(clubs - 1 - i));
        if (series + i).is_multiple_of(2) { (a, b) } else { (b, a) }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_club_has_its_own_name() {
        let clubs = Clubs::new(1, 3);
        let distinct: BTreeSet<&String> = clubs.names.iter().collect();
        assert_eq!(distinct.len(), clubs.names.len());
        assert_eq!(clubs.names.len(), 7 * 90);
    }

    #[test]
    fn everybody_plays_once_and_meets_everybody() {
        let mut met = BTreeSet::new();
        for series in 0..29 {
            let mut playing = BTreeSet::new();
            for (home, away) in pairings(30, series) {
                assert!(playing.insert(home) && playing.insert(away), "a club plays twice");
                met.insert((home.min(away), home.max(away)));
            }
            assert_eq!(playing.len(), 30);
        }
        assert_eq!(met.len(), 30 * 29 / 2);
    }
}
