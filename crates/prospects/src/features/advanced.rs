//! Advanced season lines, weighted by plate appearances (flagship contract 5.8).

use super::played::Played;
use super::trace::{self, Look};

/// The columns of `milb_advanced_stats` that features read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
#[allow(missing_docs)] // the names are those of the columns
pub enum Adv {
    WrcPlus,
    Woba,
    Wraa,
    GbPercent,
    FbPercent,
    LdPercent,
    IffbPercent,
    HrPerFb,
    PullPercent,
    OppoPercent,
    SwingStrikePercent,
    ContactPercent,
    ZonePercent,
    OSwingPercent,
    ZSwingPercent,
    SpeedScore,
    Wbsr,
    HardContactPercent,
    SoftContactPercent,
}

/// How many there are.
pub const ADVS: usize = 19;

/// Their columns in `milb_advanced_stats`.
pub const ADV_COLUMNS: [&str; ADVS] = [
    "wrc_plus",
    "woba",
    "wraa",
    "gb_percent",
    "fb_percent",
    "ld_percent",
    "iffb_percent",
    "hr_per_fb",
    "pull_percent",
    "oppo_percent",
    "swing_strike_percent",
    "contact_percent",
    "zone_percent",
    "o_swing_percent",
    "z_swing_percent",
    "speed_score",
    "wbsr",
    "hard_contact_percent",
    "soft_contact_percent",
];

/// A row of `milb_advanced_stats`.
#[derive(Clone, Debug)]
pub struct AdvancedLine {
    /// The season.
    pub season: i32,
    /// The ordinal of the level; 0 for one that is no minor-league level.
    pub level: u8,
    /// The values.
    pub values: [Option<f64>; ADVS],
}

impl std::hash::Hash for AdvancedLine {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        (self.season, self.level, self.values.map(|v| v.map(f64::to_bits))).hash(state);
    }
}

/// The lines of a prospect as of a year, with their plate appearances from the game logs.
#[derive(Clone, Debug, Default)]
pub struct Advanced {
    lines: Vec<(i64, AdvancedLine)>,
}

impl Advanced {
    /// Takes the lines that may count as of a year.
    pub fn as_of(lines: &[AdvancedLine], year: i32, played: &Played) -> Advanced {
        let pa_of = |line: &AdvancedLine| {
            let stint = played
                .stints
                .iter()
                .find(|s| (s.season, s.level) == (line.season, line.level));
            stint.map_or(0, |s| s.bat.pa())
        };
        let in_time = lines.iter().filter(|line| line.season <= year);
        let mut lines: Vec<(i64, AdvancedLine)> = in_time.map(|line| (pa_of(line), line.clone())).collect();
        // A sum of floats depends on the order of its terms; rows come in any.
        lines.sort_by_key(|(_, line)| (line.season, line.level));
        Advanced { lines }
    }

    /// The latest season with a line.
    pub fn latest_season(&self) -> Option<i32> {
        self.lines.iter().map(|(_, line)| line.season).max()
    }

    fn mean_over<'a>(&self, lines: impl Iterator<Item = &'a (i64, AdvancedLine)>, value: Adv) -> Option<f64> {
        let (mut sum, mut weights) = (0.0, 0_i64);
        for (pa, line) in lines {
            if let Some(x) = line.values[value as usize] {
                let weight = (*pa).max(1);
                sum += weight as f64 * x;
                weights += weight;
            }
        }
        let mean = (weights > 0).then(|| sum / weights as f64);
        self.look(value, mean);
        mean
    }

    fn look(&self, value: Adv, result: Option<f64>) {
        trace::note(|| {
            let with = self
                .lines
                .iter()
                .filter(|(_, line)| line.values[value as usize].is_some());
            Look::Advanced(ADV_COLUMNS[value as usize], with.count() as i64, result)
        });
    }

    /// The mean of a value, weighted by plate appearances.
    pub fn mean(&self, value: Adv) -> Option<f64> {
        self.mean_over(self.lines.iter(), value)
    }

    /// The same over the latest season.
    pub fn mean_of_last_season(&self, value: Adv) -> Option<f64> {
        let last = self.lines.iter().map(|(_, line)| line.season).max()?;
        self.mean_over(self.lines.iter().filter(|(_, line)| line.season == last), value)
    }

    /// The largest value among lines with at least so many plate appearances.
    pub fn best(&self, value: Adv, least_pa: i64) -> Option<f64> {
        let lines = self.lines.iter().filter(|(pa, _)| *pa >= least_pa);
        lines
            .filter_map(|(_, line)| line.values[value as usize])
            .reduce(f64::max)
    }

    /// The sum of a value.
    pub fn total(&self, value: Adv) -> Option<f64> {
        let values = self.lines.iter().filter_map(|(_, line)| line.values[value as usize]);
        let total = values.reduce(|a, b| a + b);
        self.look(value, total);
        total
    }
}
