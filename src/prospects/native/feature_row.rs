//! A row of `milb_game_logs` as the features read it.

use super::log_reader::LogRow;
use crate::pg::stored_row::{Column, RowKind, StoredRow};
use crate::pg::table::Table;
use crate::prospects::tables::GAME_LOGS;
use dynasty_numbers::fingerprint::fingerprint;
use dynasty_prospects::features::game::{ARMS, BATS, GameLog, LOG_COLUMNS};

const COUNTS: usize = BATS + ARMS;

/// A row. The integers lie one after the other, so that a slot number is all that is needed to write one.
#[repr(C)]
pub struct FeatureRow {
    counts: [i32; COUNTS],
    date: i32,
    pub prospect_id: i32,
    season: i32,
    known: u32,
    id: i64,
    game_number: i32,
    home: Option<bool>,
    /// The ordinal of the level, 0 for none of the six.
    level: u8,
    /// Whether the game type is Regular or not said.
    counted: bool,
}

/// Slots after the counts.
const GAME_DATE: usize = COUNTS;
const PROSPECT_ID: usize = COUNTS + 1;
const SEASON: usize = COUNTS + 2;
const _: () = assert!(std::mem::offset_of!(FeatureRow, season) == 4 * SEASON);

const LEVEL: usize = 0;
const GAME_TYPE: usize = 1;
const ID: usize = 0;
const GAME_NUMBER: usize = 1;
const IS_HOME: usize = 2;

/// Rows for the features.
pub struct FeatureRows;

impl RowKind for FeatureRows {
    const TABLE: Table = GAME_LOGS;
    type Row<'a> = FeatureRow;
    const COUNTS: usize = COUNTS;
    const READER: &'static str = "The features";

    fn columns() -> Vec<(&'static str, Column)> {
        let counts = LOG_COLUMNS.iter().enumerate();
        counts
            .map(|(slot, column)| (*column, Column::Int(slot)))
            .chain([
                ("game_date", Column::Date(GAME_DATE)),
                ("prospect_id", Column::Int(PROSPECT_ID)),
                ("season", Column::Int(SEASON)),
                ("level", Column::Text(LEVEL)),
                ("game_type", Column::Text(GAME_TYPE)),
                ("id", Column::Big(ID)),
                ("game_number", Column::Small(GAME_NUMBER)),
                ("is_home", Column::Bool(IS_HOME)),
            ])
            .collect()
    }
}

impl LogRow for FeatureRow {
    #[inline(always)]
    fn prospect_id(&self) -> i32 {
        self.prospect_id
    }

    #[inline(always)]
    fn season(&self) -> i32 {
        self.season
    }
}

// SAFETY: repr(C), and the integers of all slots come first, which the check above holds in place.
unsafe impl<'a> StoredRow<'a> for FeatureRow {
    const INTS: usize = SEASON + 1;
    const EMPTY: FeatureRow = FeatureRow {
        counts: [0; COUNTS],
        date: 0,
        prospect_id: 0,
        season: 0,
        known: 0,
        id: 0,
        game_number: 1,
        home: None,
        level: 0,
        counted: true,
    };

    #[inline(always)]
    fn set_known(&mut self, known: u32) {
        self.known = known;
    }

    #[inline(always)]
    fn set_text(&mut self, slot: usize, text: &'a [u8]) {
        if slot == LEVEL {
            self.level = level_ordinal(text);
        } else {
            self.counted = text == b"Regular";
        }
    }

    #[inline(always)]
    fn set_number(&mut self, slot: usize, value: i64) {
        match slot {
            ID => self.id = value,
            GAME_NUMBER => self.game_number = value as i32,
            _ => self.home = Some(value != 0),
        }
    }
}

/// The ordinal of a level name; 0 for none of the six.
#[inline(always)]
fn level_ordinal(name: &[u8]) -> u8 {
    match name {
        b"AAA" => 6,
        b"AA" => 5,
        b"A+" => 4,
        b"A" => 3,
        b"Rookie" => 2,
        b"Complex" => 1,
        _ => 0,
    }
}

impl FeatureRow {
    /// A number that tells rows apart, as far as they differ to the features.
    pub fn fingerprint(&self) -> u64 {
        let who = (self.prospect_id, self.season, self.level, self.counted);
        let when = (self.id, self.date, self.game_number, self.home);
        fingerprint(&(self.counts, self.known, who, when))
    }

    /// The row, if it counts (flagship contract 1.8).
    #[inline(always)]
    pub fn counted(&self) -> Option<GameLog> {
        (self.counted && self.level > 0).then_some(GameLog {
            id: self.id,
            date: self.date,
            season: self.season,
            game_number: self.game_number,
            level: self.level,
            home: self.home,
            known: self.known,
            counts: self.counts,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::level_ordinal;
    use dynasty_prospects::levels::Level;

    #[test]
    fn levels_are_those_of_the_core() {
        for level in Level::ALL {
            assert_eq!(i32::from(level_ordinal(level.name().as_bytes())), level.ordinal());
        }
        assert_eq!(level_ordinal(b"MLB"), 0);
    }
}
