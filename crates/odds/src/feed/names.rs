//! One name for a thing whoever names it, so that sources meet. (Contract 4, "Names are normalised".)

/// Suffixes of market keys and the period they mean.
const PERIODS: [(&str, u8); 11] = [
    ("_h1", 1),
    ("_h2", 2),
    ("_q1", 3),
    ("_q2", 4),
    ("_q3", 5),
    ("_q4", 6),
    ("_p1", 3),
    ("_p2", 4),
    ("_p3", 5),
    ("_1st_5_innings", 7),
    ("_1st_1_innings", 8),
];

/// By which teams are compared: small letters, single blanks.
pub fn team_key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    for word in name.split_whitespace() {
        if !key.is_empty() {
            key.push(' ');
        }
        key.extend(word.chars().flat_map(char::to_lowercase));
    }
    key
}

/// The key of a market and the period that its suffix names. What is no market of ours keeps its name, trimmed.
pub(super) fn market(name: &str) -> (String, Option<u8>) {
    let name = name.trim();
    let suffix = PERIODS.iter().find_map(|(suffix, period)| {
        let at = name.len().checked_sub(suffix.len())?;
        let (base, end) = (name.get(..at)?, name.get(at..)?);
        (end.eq_ignore_ascii_case(suffix) && !base.is_empty()).then_some((base, *period))
    });
    match suffix {
        Some((base, period)) => (canonical(base), Some(period)),
        None => (canonical(name), None),
    }
}

fn canonical(name: &str) -> String {
    let letters = name.chars().filter(|c| !matches!(c, ' ' | '_' | '-'));
    let squeezed: String = letters.flat_map(char::to_lowercase).collect();
    match squeezed.as_str() {
        "h2h" | "2way" | "moneyline" | "winner" => "h2h",
        "h2h3way" | "3way" | "1x2" => "1x2",
        "h2hlay" => "h2h_lay",
        "1x2lay" => "1x2_lay",
        "total" | "totals" => "totals",
        "spread" | "spreads" | "handicap" | "runline" | "puckline" => "spreads",
        "alternatespreads" => "alternate_spreads",
        "alternatetotals" => "alternate_totals",
        "drawnobet" => "draw_no_bet",
        "doublechance" => "double_chance",
        "btts" => "btts",
        _ => return name.trim().to_string(),
    }
    .to_string()
}

/// A market in which a draw can be backed is one of three outcomes, whatever the feed calls it.
pub(super) fn with_draw(market: &str) -> Option<&'static str> {
    match market {
        "h2h" => Some("1x2"),
        "h2h_lay" => Some("1x2_lay"),
        _ => None,
    }
}

/// Markets whose line is the home side's.
pub(super) fn is_spread(market: &str) -> bool {
    matches!(market, "spreads" | "alternate_spreads")
}

/// The teams of an event, for telling its outcomes.
pub(super) struct Sides {
    teams: Option<(String, String)>,
}

impl Sides {
    pub(super) fn of(teams: Option<&(String, String)>) -> Sides {
        Sides {
            teams: teams.map(|(home, away)| (team_key(home), team_key(away))),
        }
    }

    /// The normal name of an outcome.
    pub(super) fn outcome(&self, market: &str, name: &str) -> String {
        let name = name.trim();
        let key = team_key(name);
        if let Some(plain) = self.plain(&key) {
            return plain.to_string();
        }
        if market == "double_chance"
            && let Some(pair) = self.either(&key)
        {
            return pair.to_string();
        }
        name.to_string()
    }

    fn plain(&self, key: &str) -> Option<&'static str> {
        match &self.teams {
            Some((home, _)) if key == home => return Some("home"),
            Some((_, away)) if key == away => return Some("away"),
            _ => {}
        }
        ["home", "away", "draw", "over", "under", "yes", "no"]
            .into_iter()
            .find(|word| *word == key)
    }

    /// "A or B", in whichever order; a team may have an "or" in its own name.
    fn either(&self, key: &str) -> Option<&'static str> {
        if let Some(pair) = ["home_draw", "home_away", "draw_away"]
            .into_iter()
            .find(|pair| *pair == key)
        {
            return Some(pair);
        }
        key.match_indices(" or ").find_map(|(at, or)| {
            let (one, other) = (self.plain(key.get(..at)?)?, self.plain(key.get(at + or.len()..)?)?);
            match (one, other) {
                ("home", "draw") | ("draw", "home") => Some("home_draw"),
                ("home", "away") | ("away", "home") => Some("home_away"),
                ("draw", "away") | ("away", "draw") => Some("draw_away"),
                _ => None,
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markets() {
        for (name, key, period) in [
            ("h2h", "h2h", None),
            ("h2h_3_way", "1x2", None),
            ("3way", "1x2", None),
            ("1X2", "1x2", None),
            ("2way", "h2h", None),
            ("Moneyline", "h2h", None),
            ("winner", "h2h", None),
            ("total", "totals", None),
            ("Run Line", "spreads", None),
            ("puck_line", "spreads", None),
            (" handicap ", "spreads", None),
            ("h2h_h1", "h2h", Some(1)),
            ("h2h_3_way_h2", "1x2", Some(2)),
            ("spreads_q1", "spreads", Some(3)),
            ("totals_q4", "totals", Some(6)),
            ("alternate_spreads_p3", "alternate_spreads", Some(5)),
            ("totals_1st_5_innings", "totals", Some(7)),
            ("h2h_1st_1_innings", "h2h", Some(8)),
            ("h2h_1st_3_innings", "h2h_1st_3_innings", None),
            ("player_points", "player_points", None),
            ("Correct Score", "Correct Score", None),
            ("_h1", "_h1", None),
            ("é_h1", "é", Some(1)),
        ] {
            assert_eq!(market(name), (key.to_string(), period), "{name}");
        }
    }

    #[test]
    fn outcomes() {
        let teams = ("Houston Texans".to_string(), "Life or Death".to_string());
        let sides = Sides::of(Some(&teams));
        for (market, name, outcome) in [
            ("h2h", "Houston Texans", "home"),
            ("h2h", " HOUSTON   texans", "home"),
            ("h2h", "Life or Death", "away"),
            ("h2h", "Texans", "Texans"),
            ("h2h", "Draw", "draw"),
            ("totals", "OVER", "over"),
            ("btts", "No", "no"),
            ("h2h", "Tie", "Tie"),
            ("double_chance", "Draw or Houston Texans", "home_draw"),
            ("double_chance", "Life or Death or Draw", "draw_away"),
            ("double_chance", "Houston Texans or Life or Death", "home_away"),
            (
                "double_chance",
                "Houston Texans or Houston Texans",
                "Houston Texans or Houston Texans",
            ),
            ("double_chance", "Home or Draw", "home_draw"),
            ("h2h", "Draw or Houston Texans", "Draw or Houston Texans"),
        ] {
            assert_eq!(sides.outcome(market, name), outcome, "{name}");
        }
    }

    #[test]
    fn teams_are_compared_in_small_letters_and_single_blanks() {
        assert_eq!(team_key("  1. FC\tKÖLN \u{a0} II"), "1. fc köln ii");
    }
}
