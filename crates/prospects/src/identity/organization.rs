//! Major-league organizations under the names that sources have for them.

/// The key, the abbreviations, the place, the nickname. A place that two clubs share is nobody's.
const CLUBS: [(&str, &[&str], &str, &str); 30] = [
    ("ARI", &["AZ"], "Arizona", "Diamondbacks"),
    ("ATH", &["OAK", "ATH"], "Oakland", "Athletics"),
    ("ATL", &[], "Atlanta", "Braves"),
    ("BAL", &[], "Baltimore", "Orioles"),
    ("BOS", &[], "Boston", "Red Sox"),
    ("CHC", &["CHN"], "", "Cubs"),
    ("CHW", &["CWS", "CHA"], "", "White Sox"),
    ("CIN", &[], "Cincinnati", "Reds"),
    ("CLE", &[], "Cleveland", "Guardians"),
    ("COL", &[], "Colorado", "Rockies"),
    ("DET", &[], "Detroit", "Tigers"),
    ("HOU", &[], "Houston", "Astros"),
    ("KCR", &["KC", "KCA"], "Kansas City", "Royals"),
    ("LAA", &["ANA"], "", "Angels"),
    ("LAD", &["LA", "LAN"], "", "Dodgers"),
    ("MIA", &["FLA", "FLO"], "Miami", "Marlins"),
    ("MIL", &[], "Milwaukee", "Brewers"),
    ("MIN", &[], "Minnesota", "Twins"),
    ("NYM", &["NYN"], "", "Mets"),
    ("NYY", &["NYA"], "", "Yankees"),
    ("PHI", &[], "Philadelphia", "Phillies"),
    ("PIT", &[], "Pittsburgh", "Pirates"),
    ("SDP", &["SD", "SDN"], "San Diego", "Padres"),
    ("SEA", &[], "Seattle", "Mariners"),
    ("SFG", &["SF", "SFN"], "San Francisco", "Giants"),
    ("STL", &["SLN"], "St. Louis", "Cardinals"),
    ("TBR", &["TB", "TBA", "TBD"], "Tampa Bay", "Rays"),
    ("TEX", &[], "Texas", "Rangers"),
    ("TOR", &[], "Toronto", "Blue Jays"),
    ("WSN", &["WSH", "WAS", "WS", "MON"], "Washington", "Nationals"),
];

/// The key of a major-league organization, by its abbreviation, its place, its nickname or both; `None` for anything else: then
/// nothing is known of two texts that differ.
pub fn organization_key(text: &str) -> Option<&'static str> {
    let text = text.trim();
    let lower = dynasty_intake::names::name_key(text);
    if lower.is_empty() {
        return None;
    }
    let of = |name: &str| dynasty_intake::names::name_key(name);
    let found = CLUBS.iter().find(|(key, others, place, nickname)| {
        key.eq_ignore_ascii_case(text)
            || others.iter().any(|other| other.eq_ignore_ascii_case(text))
            || (!place.is_empty() && lower == of(place))
            || lower == of(nickname)
            || lower.strip_suffix(&of(nickname)).is_some_and(|before| before.ends_with(' ') && is_place(before, place))
            // Clubs that had another nickname.
            || matches!((*key, lower.as_str()), ("CLE", "cleveland indians") | ("TBR", "tampa bay devil rays") | ("MIA", "florida marlins"))
    });
    found.map(|(key, ..)| *key)
}

/// Whether what stands before the nickname is a place of the majors: "Palm Beach Cardinals" are a club of St. Louis's, not St. Louis.
fn is_place(before: &str, place: &str) -> bool {
    let before = before.trim();
    if !place.is_empty() && before == dynasty_intake::names::name_key(place) {
        return true;
    }
    matches!(
        before,
        "chicago" | "new york" | "los angeles" | "anaheim" | "los angeles angels of" | "california"
    ) && place.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_club_under_its_names() {
        for (key, names) in [
            ("BAL", &["BAL", "bal", " Orioles", "Baltimore", "Baltimore Orioles"][..]),
            ("WSN", &["WSN", "WAS", "WSH", "Washington Nationals"]),
            ("CHW", &["CHW", "CWS", "Chicago White Sox", "White Sox"]),
            ("CHC", &["CHC", "Chicago Cubs"]),
            ("STL", &["STL", "St. Louis Cardinals", "St Louis"]),
            ("TBR", &["TBR", "TB", "Rays", "Tampa Bay Devil Rays"]),
            ("ATH", &["OAK", "ATH", "Athletics", "Oakland Athletics"]),
            ("CLE", &["CLE", "Cleveland Indians", "Guardians"]),
            ("NYM", &["NYM", "New York Mets"]),
            ("LAD", &["LAD", "LA", "Los Angeles Dodgers"]),
        ] {
            for name in names {
                assert_eq!(organization_key(name), Some(key), "{name}");
            }
        }
    }

    #[test]
    fn what_is_no_organization() {
        for name in [
            "",
            "-",
            "Norfolk Tides",
            "Palm Beach Cardinals",
            "Gwinnett Braves",
            "New York",
            "Chicago",
            "2 Tms",
        ] {
            assert_eq!(organization_key(name), None, "{name}");
        }
    }
}
