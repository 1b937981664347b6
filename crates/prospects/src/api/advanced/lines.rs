//! Several lines of one player, season and level: the Dominican and the complex league are one level here, and who changes clubs
//! within a level may have a line with each. Never is one taken for the other.

use super::{AdvancedRow, decimal};
use crate::api::{Item, Parsed, Place, Player, Reject, numbered};
use dynasty_intake::fields::Fields;
use dynasty_intake::lenient::{Count, shown};
use dynasty_intake::packed::Packed;
use dynasty_intake::row::Row;
use rust_decimal::Decimal;
use std::collections::HashMap;
use std::str::FromStr;

/// Which of a player's lines of a season and level a row is.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Stint {
    /// The level in the source's words, in upper case.
    league: Box<str>,
    team: Option<Box<str>>,
    /// What its rates weigh.
    plate_appearances: Option<i32>,
}

impl Stint {
    pub(super) fn of(fields: &Fields<'_>, level: &str) -> Result<Stint, String> {
        let team = fields.text(&["team", "Team", "aTeam", "AffAbbName", "Tm"])?;
        Ok(Stint {
            league: level.trim().to_uppercase().into(),
            team: team.map(Into::into),
            plate_appearances: fields.get::<Count>(&["plate_appearances", "PA", "pa"])?.0,
        })
    }

    /// Whether the line is of all his clubs: `2 Tms`, `TOT`, `- - -`.
    fn is_total(&self) -> bool {
        self.team.as_deref().is_some_and(is_total)
    }

    /// Whether both may be the same line.
    fn same_as(&self, other: &Stint) -> bool {
        let same_team = match (&self.team, &other.team) {
            (Some(a), Some(b)) => a.eq_ignore_ascii_case(b),
            _ => true,
        };
        self.league == other.league && same_team
    }

    fn shown(&self) -> String {
        match &self.team {
            Some(team) => format!("{} {}", shown(team), shown(&self.league)),
            None => shown(&self.league),
        }
    }
}

/// Whether a club's name stands for all of a player's clubs.
pub(crate) fn is_total(team: &str) -> bool {
    let team = team.trim().to_ascii_uppercase();
    let count = team
        .trim_end_matches("TEAMS")
        .trim_end_matches("TMS")
        .trim_end_matches("TM")
        .trim_end();
    let several = count.len() < team.len() && !count.is_empty() && count.bytes().all(|b| b.is_ascii_digit());
    several || team == "TOT" || team == "TOTAL" || team.bytes().all(|b| matches!(b, b'-' | b' '))
}

/// The lines of a player, season and level, and the row that is made of them.
struct Known {
    item: usize,
    lines: Vec<(Stint, Packed<AdvancedRow>)>,
}

type Key = (Player, Option<i32>, Option<String>);

/// The rows of a document under construction.
#[derive(Default)]
pub(super) struct Lines {
    parsed: Parsed<Packed<AdvancedRow>>,
    known: HashMap<Key, Known>,
}

impl Lines {
    pub(super) fn reject(&mut self, reject: Reject) {
        self.parsed.rejects.push(reject);
    }

    pub(super) fn add(&mut self, place: Place, player: Player, row: AdvancedRow, stint: Stint) {
        let key = (player.whose(), row.season, row.level.clone());
        let Some(known) = self.known.get_mut(&key) else {
            self.known.insert(
                key,
                Known {
                    item: self.parsed.items.len(),
                    lines: vec![(stint, Packed::of(&row))],
                },
            );
            self.parsed.items.push(Item {
                place,
                player,
                row: Packed::of(&row),
                lines: 1,
            });
            return;
        };
        match joined(&mut known.lines, stint, row) {
            Ok((row, lines)) => {
                if let Some(item) = self.parsed.items.get_mut(known.item) {
                    item.row = Packed::of(&row);
                    item.lines = lines;
                }
            }
            Err(reason) => self.parsed.rejects.push(place.reject(player.mlb_id, reason)),
        }
    }

    pub(super) fn finish(self) -> Parsed<Packed<AdvancedRow>> {
        self.parsed
    }
}

/// The row of all `lines` with one more, and how many lines it holds; or why the one more is left out.
fn joined(
    lines: &mut Vec<(Stint, Packed<AdvancedRow>)>,
    stint: Stint,
    row: AdvancedRow,
) -> Result<(AdvancedRow, u32), String> {
    let same = lines
        .iter()
        .position(|(known, _)| known.same_as(&stint) && known.is_total() == stint.is_total());
    if let Some((known, packed)) = same.and_then(|at| lines.get_mut(at)) {
        let mut whole = packed.row();
        if let Some(column) = whole.contradiction(&row) {
            return Err(format!(
                "another line of the same season and level ({}) stands before it and says another {column}: this one is left out",
                known.shown()
            ));
        }
        whole.merge(row);
        *packed = Packed::of(&whole);
        known.plate_appearances = known.plate_appearances.or(stint.plate_appearances);
        known.team = known.team.take().or(stint.team);
    } else {
        let total = stint.is_total() || lines.iter().any(|(known, _)| known.is_total());
        let weighed = |stint: &Stint| stint.plate_appearances.is_some();
        let can_be_summed = weighed(&stint) && lines.iter().all(|(known, _)| weighed(known));
        if !(total || can_be_summed) {
            let other = lines.first().map(|(known, _)| known.shown()).unwrap_or_default();
            return Err(format!(
                "a second line of the season at this level ({} beside {other}): without PA in both they cannot be added up, and this one is left out",
                stint.shown()
            ));
        }
        lines.push((stint, Packed::of(&row)));
    }
    // A total is of all of them.
    if let Some((_, total)) = lines.iter().find(|(stint, _)| stint.is_total()) {
        return Ok((total.row(), 1));
    }
    Ok((sum(lines), numbered(lines.len())))
}

/// Runs are added up, rates and shares weighed by plate appearances. What one line lacks is unknown for all of them.
fn sum(lines: &[(Stint, Packed<AdvancedRow>)]) -> AdvancedRow {
    let rows: Vec<(Decimal, AdvancedRow)> = lines
        .iter()
        .map(|(stint, row)| (Decimal::from(stint.plate_appearances.unwrap_or_default()), row.row()))
        .collect();
    let Some((_, first)) = rows.first() else {
        return AdvancedRow::default();
    };
    if rows.len() == 1 {
        return first.clone();
    }
    let weight: Decimal = rows.iter().map(|(weight, _)| *weight).sum();
    let added = |of: fn(&AdvancedRow) -> Option<Decimal>| {
        rows.iter()
            .try_fold(Decimal::ZERO, |sum, (_, row)| sum.checked_add(of(row)?))
    };
    let mean = |of: &dyn Fn(&AdvancedRow) -> Option<Decimal>| {
        let sum = rows.iter().try_fold(Decimal::ZERO, |sum, (weight, row)| {
            sum.checked_add(weight.checked_mul(of(row)?)?)
        });
        sum?.checked_div(weight)
    };
    let whole = |n: Option<Decimal>| n.and_then(|n| decimal(n, 9, 0).ok()).and_then(|n| n.parse().ok());
    let mut total = AdvancedRow {
        season: first.season,
        level: first.level.clone(),
        wrc: whole(added(|row| row.wrc.map(Decimal::from))),
        wraa: whole(added(|row| row.wraa.map(Decimal::from))),
        wrc_plus: whole(mean(&|row| row.wrc_plus.map(Decimal::from))),
        wbsr: added(|row| parsed(&row.wbsr)).and_then(|n| decimal(n, 4, 1).ok()),
        ..AdvancedRow::default()
    };
    macro_rules! means {
        ($($scale:literal $precision:literal: $($field:ident)*;)*) => {
            $($(total.$field = mean(&|row| parsed(&row.$field)).and_then(|n| decimal(n, $precision, $scale).ok());)*)*
        };
    }
    means! {
        3 4: woba iso;
        1 3: speed_score;
        1 4: gb_percent fb_percent ld_percent iffb_percent hr_per_fb pull_percent oppo_percent cent_percent swing_strike_percent
            contact_percent zone_percent o_swing_percent z_swing_percent hard_contact_percent soft_contact_percent
            medium_contact_percent;
    }
    total
}

fn parsed(text: &Option<String>) -> Option<Decimal> {
    Decimal::from_str(text.as_deref()?).ok()
}
