//! A row of `milb_game_logs` as the season statistics read it.

use super::log_reader::LogRow;
use crate::pg::stored_row::{Column, RowKind, StoredRow};
use crate::pg::table::Table;
use crate::prospects::tables::GAME_LOGS;
use dynasty_prospects::season::{COUNT_COLUMNS, COUNTS, Game};

/// A row; texts point into the stored one. The integers lie one after the other, so that a slot number is all that is needed to
/// write one.
#[repr(C)]
pub struct GameRow<'a> {
    pub game: Game,
    pub prospect_id: i32,
    pub season: i32,
    pub level: &'a [u8],
    pub game_type: Option<&'a [u8]>,
}

/// Slots of the integers in [`GameRow`]: the counts, then these.
const GAME_DATE: usize = COUNTS;
/// `COUNTS + 1` holds the bits of the known counts in `Game`; no column's.
const PROSPECT_ID: usize = COUNTS + 2;
const SEASON: usize = COUNTS + 3;
const _: () = assert!(std::mem::offset_of!(GameRow, season) == 4 * SEASON && size_of::<Game>() == 4 * PROSPECT_ID);

const LEVEL: usize = 0;
const GAME_TYPE: usize = 1;

/// Rows for the season statistics.
pub struct SeasonRows;

impl RowKind for SeasonRows {
    const TABLE: Table = GAME_LOGS;
    type Row<'a> = GameRow<'a>;
    const COUNTS: usize = COUNTS;
    const READER: &'static str = "The season statistics";

    fn columns() -> Vec<(&'static str, Column)> {
        let counts = COUNT_COLUMNS.iter().enumerate();
        counts
            .map(|(slot, (column, _))| (*column, Column::Int(slot)))
            .chain([
                ("game_date", Column::Date(GAME_DATE)),
                ("prospect_id", Column::Int(PROSPECT_ID)),
                ("season", Column::Int(SEASON)),
                ("level", Column::Text(LEVEL)),
                ("game_type", Column::Text(GAME_TYPE)),
            ])
            .collect()
    }
}

impl LogRow for GameRow<'_> {
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
unsafe impl<'a> StoredRow<'a> for GameRow<'a> {
    const INTS: usize = SEASON + 1;
    const EMPTY: GameRow<'a> = GameRow {
        game: Game {
            counts: [0; COUNTS],
            date: 0,
            known: 0,
        },
        prospect_id: 0,
        season: 0,
        level: b"",
        game_type: None,
    };

    #[inline(always)]
    fn set_known(&mut self, known: u32) {
        self.game.known = known;
    }

    #[inline(always)]
    fn set_text(&mut self, slot: usize, text: &'a [u8]) {
        if slot == LEVEL {
            self.level = text;
        } else {
            self.game_type = Some(text);
        }
    }
}
