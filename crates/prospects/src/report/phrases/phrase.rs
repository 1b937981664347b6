//! What is said of a feature, and how its value is written.

/// Which way is good for a prospect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Good {
    /// More is better.
    High,
    /// Less is better.
    Low,
    /// More is better, and is called more.
    Many,
    /// Less is better, and is called less.
    Few,
    /// Less is better, and is called young.
    Young,
    /// Neither.
    Fact,
}

/// How a value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Show {
    /// 0.142 as 14.2 %.
    Share,
    /// 14.2 as 14.2 %.
    Percent,
    /// 0.031 as 3.1 points: a difference of two shares.
    Points,
    /// .285, 1.012.
    Average,
    /// 4.25.
    Two,
    /// 20.4.
    One,
    /// 1,204.
    Whole,
    /// 5 as AA.
    Level,
    /// 2 as medium.
    Risk,
    /// 2.7726, the log of 1 + dollars, as $15,000,000.
    Dollars,
    /// 730 days as 2.0: years.
    Years,
    /// Not written: the two halves of the sentence are good and bad among his peers.
    Standing,
    /// Only whether it is above zero: the two halves of the sentence are yes and no.
    Flag,
}

/// A feature in words.
#[derive(Clone, Copy, Debug)]
pub struct Phrase {
    /// The feature.
    pub feature: &'static str,
    /// Which way is good.
    pub good: Good,
    /// What it is about: one sentence for each.
    pub topic: &'static str,
    /// How its value is written.
    pub show: Show,
    /// The sentence, without its point; empty for none.
    pub sentence: &'static str,
}

pub(super) use Good::*;
pub(super) use Show::*;

pub(super) const fn phrase(
    feature: &'static str,
    good: Good,
    topic: &'static str,
    show: Show,
    sentence: &'static str,
) -> Phrase {
    Phrase {
        feature,
        good,
        topic,
        show,
        sentence,
    }
}

impl Phrase {
    /// The sentence about a value, without its point; `None` where there is nothing to say.
    pub fn of(&self, value: f64) -> Option<String> {
        if !value.is_finite() || self.sentence.is_empty() {
            return None;
        }
        let halves = self.sentence.split_once(';');
        if self.show == Flag {
            let half = match halves {
                Some((yes, _)) if value > 0.0 => yes,
                Some((_, no)) => no,
                None => self.sentence,
            };
            return (!half.is_empty()).then(|| half.to_string());
        }
        // Nothing to be proud or ashamed of: no games, no innings. And what is good or bad among peers, the value does not say.
        if self.show == Whole && value == 0.0 && self.good != Fact || self.show == Standing {
            return None;
        }
        let (half, shown) = match halves {
            Some(_) if value == 0.0 => return None,
            Some((above, _)) if value > 0.0 => (above, value),
            Some((_, below)) => (below, -value),
            None => (self.sentence, value),
        };
        // Who played this season is not away.
        if half.is_empty() || self.topic == "absence" && value < 366.0 {
            return None;
        }
        let text = self.show.text(shown);
        // A difference that is written as none is none.
        if halves.is_some() && !text.contains(|c: char| ('1'..='9').contains(&c)) {
            return None;
        }
        if self.show == Level && ["Complex", "Rookie"].contains(&text.as_str()) {
            let league = format!("a {} league", text.to_lowercase());
            return Some(half.replace("at {}", &format!("in {league}")).replace("{}", &league));
        }
        let said = half.replace("{}", &text);
        Some(if text == "1" { singular(&said) } else { said })
    }

    /// The sentence where only the peers tell which of the two it is.
    pub fn among_peers(&self, is_good: bool) -> Option<String> {
        let (good, bad) = self.sentence.split_once(';').filter(|_| self.show == Standing)?;
        Some(if is_good { good } else { bad }.to_string())
    }

    /// Whether his peers are worth a word: where they all have the same, or less is not better in so many words, they are not.
    pub fn compares(&self) -> bool {
        !matches!(self.show, Flag | Level | Risk | Standing)
            && !["absence", "eta", "grade age", "missed seasons"].contains(&self.topic)
            && self.good != Fact
    }

    /// Whether the sign of the value alone says good or bad: it is a difference from something.
    pub fn is_signed(&self) -> bool {
        let halves = self.sentence.split_once(';');
        !matches!(self.show, Flag | Standing)
            && halves.is_some_and(|(above, below)| !above.is_empty() && !below.is_empty())
    }

    /// Whether above zero is good and below is bad (or the reverse), and not only more and less: nearly everybody strikes out more
    /// batters than he walks, climbs rather than falls, and is worth something.
    pub fn is_judged_by_sign(&self) -> bool {
        let more_or_less =
            self.feature.ends_with("k_minus_bb") || ["fv_war_equivalent", "levels_per_season"].contains(&self.feature);
        self.is_signed() && !more_or_less
    }
}

impl Show {
    /// A value as it is written.
    pub fn text(self, value: f64) -> String {
        match self {
            Share if value == 1.0 => "100 %".into(),
            Share => format!("{:.1} %", value * 100.0),
            Years => format!("{:.1}", value / 365.25),
            Percent => format!("{value:.1} %"),
            Points => format!("{:.1} points", value * 100.0),
            Average => {
                let text = format!("{value:.3}");
                // Baseball writes no zero in front: .285.
                match text.strip_prefix("0.") {
                    Some(rest) => format!(".{rest}"),
                    None => text,
                }
            }
            Two => format!("{value:.2}"),
            One => format!("{value:.1}"),
            Whole => thousands(value),
            Dollars => format!("${}", thousands(((value.exp() - 1.0) / 100.0).round() * 100.0)),
            Risk => match value as i64 {
                1 => "safe".into(),
                2 => "medium".into(),
                3 => "high".into(),
                4 => "extreme".into(),
                _ => format!("{value}"),
            },
            Level => match crate::levels::Level::ALL
                .into_iter()
                .find(|l| f64::from(l.ordinal()) == value)
            {
                Some(level) => level.name().to_string(),
                None => format!("{value}"),
            },
            Flag | Standing => String::new(),
        }
    }
}

/// `1 games` as `1 game`: the first plural of the three words after the number.
fn singular(sentence: &str) -> String {
    const PLURALS: [&str; 10] = [
        "games", "seasons", "years", "days", "times", "lists", "levels", "tools", "pitches", "innings",
    ];
    let words: Vec<&str> = sentence.split(' ').collect();
    let one = words.iter().position(|w| *w == "1").unwrap_or(words.len());
    let plural = words
        .iter()
        .enumerate()
        .skip(one)
        .take(4)
        .find(|(_, w)| PLURALS.contains(w))
        .map(|(i, _)| i);
    let said: Vec<&str> = words
        .iter()
        .enumerate()
        .map(|(i, word)| match *word {
            "pitches" if Some(i) == plural => "pitch",
            _ if Some(i) == plural => word.trim_end_matches('s'),
            _ => word,
        })
        .collect();
    said.join(" ")
}

/// A whole number with commas.
pub(super) fn thousands(value: f64) -> String {
    let digits = format!("{value:.0}");
    let (sign, digits) = match digits.strip_prefix('-') {
        Some(rest) if rest.chars().any(|c| c != '0') => ("-", rest),
        Some(rest) => ("", rest),
        None => ("", digits.as_str()),
    };
    let mut out = String::from(sign);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
