//! Invented people: names and birth places as they are usual in a country.

mod lists;

use dynasty_numbers::dice::{Dice, Purpose};
use lists::*;

/// The letters beyond ASCII that names have, and what is written where an encoding has not all of them.
pub const ACCENTED: &str = "ÁÓáéíñóú";
const PLAIN: [char; 8] = ['A', 'O', 'a', 'e', 'i', 'n', 'o', 'u'];

/// A text with names, for a database whose encoding cannot hold [`ACCENTED`].
pub fn without_accents(text: &str) -> String {
    let plain = |c: char| {
        ACCENTED
            .chars()
            .position(|accented| accented == c)
            .map_or(c, |at| PLAIN[at])
    };
    text.chars().map(plain).collect()
}

/// A country players come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Country {
    Usa,
    PuertoRico,
    Canada,
    DominicanRepublic,
    Venezuela,
    Cuba,
    Mexico,
    Panama,
    Colombia,
    Nicaragua,
    Curacao,
    Japan,
    SouthKorea,
    Taiwan,
    Australia,
}

/// Where drafted players come from.
pub const DRAFTED: [(Country, u32); 3] = [(Country::Usa, 936), (Country::PuertoRico, 40), (Country::Canada, 24)];

/// Where players signed abroad come from.
pub const INTERNATIONAL: [(Country, u32); 12] = [
    (Country::DominicanRepublic, 500),
    (Country::Venezuela, 285),
    (Country::Cuba, 55),
    (Country::Mexico, 45),
    (Country::Panama, 28),
    (Country::Colombia, 32),
    (Country::Nicaragua, 10),
    (Country::Curacao, 10),
    (Country::Japan, 8),
    (Country::SouthKorea, 9),
    (Country::Taiwan, 10),
    (Country::Australia, 8),
];

impl Country {
    /// As the sources spell it.
    pub fn name(self) -> &'static str {
        match self {
            Country::Usa => "USA",
            Country::PuertoRico => "Puerto Rico",
            Country::Canada => "Canada",
            Country::DominicanRepublic => "Dominican Republic",
            Country::Venezuela => "Venezuela",
            Country::Cuba => "Cuba",
            Country::Mexico => "Mexico",
            Country::Panama => "Panama",
            Country::Colombia => "Colombia",
            Country::Nicaragua => "Nicaragua",
            Country::Curacao => "Curacao",
            Country::Japan => "Japan",
            Country::SouthKorea => "South Korea",
            Country::Taiwan => "Taiwan",
            Country::Australia => "Australia",
        }
    }

    /// Signs as a grown man more often than not, out of a league of his own.
    pub fn signs_late(self) -> bool {
        matches!(
            self,
            Country::Cuba | Country::Japan | Country::SouthKorea | Country::Mexico
        )
    }

    fn cities(self) -> &'static [&'static str] {
        match self {
            Country::Usa => &[
                "Houston",
                "San Diego",
                "Tampa",
                "Atlanta",
                "Phoenix",
                "Orlando",
                "Dallas",
                "Sacramento",
                "Jacksonville",
                "Riverside",
                "Nashville",
                "Charlotte",
                "Las Vegas",
                "Miami",
                "St. Louis",
                "Cincinnati",
                "Chicago",
                "Mobile",
                "Baton Rouge",
                "Tulsa",
                "Knoxville",
                "Fresno",
                "Long Beach",
                "Bakersfield",
                "Omaha",
                "Louisville",
                "Birmingham",
                "Raleigh",
                "Portland",
                "Kansas City",
                "Indianapolis",
                "Columbia",
                "Fort Worth",
                "Austin",
                "San Antonio",
                "Lakeland",
                "Mesa",
                "Boise",
            ],
            Country::PuertoRico => &[
                "San Juan", "Ponce", "Carolina", "Bayamon", "Caguas", "Mayaguez", "Arecibo",
            ],
            Country::Canada => &["Toronto", "Mississauga", "Langley", "Montreal", "Ottawa", "Victoria"],
            Country::DominicanRepublic => &[
                "Santo Domingo",
                "San Pedro de Macoris",
                "Santiago",
                "La Romana",
                "Bani",
                "San Cristobal",
                "La Vega",
                "Moca",
                "Puerto Plata",
                "San Francisco de Macoris",
                "Azua",
                "Monte Cristi",
                "Boca Chica",
                "Higuey",
            ],
            Country::Venezuela => &[
                "Caracas",
                "Maracaibo",
                "Valencia",
                "Maracay",
                "Barquisimeto",
                "Puerto Cabello",
                "Cumana",
                "Ciudad Bolivar",
                "Barinas",
            ],
            Country::Cuba => &[
                "La Habana",
                "Santiago de Cuba",
                "Camaguey",
                "Pinar del Rio",
                "Cienfuegos",
                "Villa Clara",
            ],
            Country::Mexico => &[
                "Hermosillo",
                "Culiacan",
                "Ciudad Obregon",
                "Mexicali",
                "Monterrey",
                "Tijuana",
            ],
            Country::Panama => &["Panama City", "Colon", "David", "Chitre"],
            Country::Colombia => &["Cartagena", "Barranquilla", "Monteria"],
            Country::Nicaragua => &["Managua", "Leon", "Rivas"],
            Country::Curacao => &["Willemstad"],
            Country::Japan => &["Osaka", "Tokyo", "Yokohama", "Fukuoka", "Sendai"],
            Country::SouthKorea => &["Seoul", "Busan", "Gwangju", "Incheon"],
            Country::Taiwan => &["Taipei", "Taichung", "Hualien", "Kaohsiung"],
            Country::Australia => &["Perth", "Sydney", "Brisbane", "Adelaide"],
        }
    }
}

/// The name of a player.
pub fn name(seed: u64, number: u32, country: Country) -> String {
    let mut dice = Dice::new(seed, Purpose::Name, u64::from(number), 0);
    let (first, last): (&[&str], &[&str]) = match country {
        // Many Americans and Canadians have Spanish names.
        Country::Usa if dice.chance(0.11) => (&SPANISH_FIRST, &SPANISH_LAST),
        Country::Usa | Country::Canada | Country::Australia => (&ENGLISH_FIRST, &ENGLISH_LAST),
        Country::Curacao if dice.chance(0.5) => (&ENGLISH_FIRST, &SPANISH_LAST),
        Country::Japan => JAPANESE,
        Country::SouthKorea => KOREAN,
        Country::Taiwan => TAIWANESE,
        _ => (&SPANISH_FIRST, &SPANISH_LAST),
    };
    let (first, last) = (*dice.pick::<&str>(first), *dice.pick::<&str>(last));
    if country == Country::Usa && dice.chance(0.02) {
        format!("{first} {last} Jr.")
    } else {
        format!("{first} {last}")
    }
}

/// The town he was born in.
pub fn birth_city(seed: u64, number: u32, country: Country) -> &'static str {
    let mut dice = Dice::new(seed, Purpose::Name, u64::from(number), 1);
    dice.pick::<&str>(country.cities())
}

#[cfg(test)]
mod tests {
    use super::without_accents;

    #[test]
    fn every_name_can_be_written_without_accents() {
        let quoted: Vec<&str> = include_str!("names/lists.rs").split('"').skip(1).step_by(2).collect();
        assert!(quoted.contains(&"José") && quoted.len() > 400);
        for name in quoted {
            let plain = without_accents(name);
            assert!(plain.is_ascii() && plain.len() == name.chars().count(), "{name}");
        }
        assert_eq!(without_accents("Óscar Núñez"), "Oscar Nunez");
    }
}
