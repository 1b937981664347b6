//! Positions as the sources write them, mapped to the list the tables accept.

/// The positions of the tables.
pub const POSITIONS: [&str; 16] = [
    "P", "C", "1B", "2B", "3B", "SS", "LF", "CF", "RF", "OF", "IF", "DH", "SP", "RP", "RHP", "LHP",
];

/// Whether a position of the tables is a pitcher's.
pub fn is_pitcher(position: &str) -> bool {
    matches!(position, "P" | "SP" | "RP" | "RHP" | "LHP")
}

/// The table's position for a source's; an error names one that is in no list.
///
/// Several positions in one text (`SS/2B`) are his first. A two-way player is a pitcher here: the roles of the features add
/// his bat from his plate appearances.
pub fn map_position(text: &str) -> Result<&'static str, String> {
    let first = text
        .split(['/', ',', '-', ' '])
        .next()
        .unwrap_or_default()
        .to_ascii_uppercase();
    if let Some(known) = POSITIONS.iter().find(|p| **p == first) {
        return Ok(known);
    }
    match first.as_str() {
        "TWP" => Ok("P"),
        "INF" | "UT" | "UTIL" | "UTL" | "MI" | "CI" => Ok("IF"),
        "PH" | "PR" | "EH" => Ok("DH"),
        "SIRP" | "MIRP" | "CL" | "CP" => Ok("RP"),
        "RHS" => Ok("RHP"),
        "LHS" => Ok("LHP"),
        _ => Err(format!(
            "position {:?} is not known",
            dynasty_intake::lenient::shown(text)
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_own_positions_map_to_themselves() {
        for position in POSITIONS {
            assert_eq!(map_position(position), Ok(position));
        }
    }

    #[test]
    fn the_sources_positions_are_mapped() {
        for (source, expected) in [
            ("TWP", "P"),
            ("INF", "IF"),
            ("UTIL", "IF"),
            ("PH", "DH"),
            ("SIRP", "RP"),
            ("MIRP", "RP"),
            ("CL", "RP"),
            ("RHP/CF", "RHP"),
            ("ss/2b", "SS"),
            ("LHS", "LHP"),
        ] {
            assert_eq!(map_position(source), Ok(expected), "{source}");
        }
    }

    #[test]
    fn an_unknown_position_is_named() {
        for bad in ["", "X", "Q8", "/SS", "Coach"] {
            assert!(map_position(bad).is_err(), "{bad}");
        }
    }
}
