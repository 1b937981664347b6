//! Reading the game logs of one prospect or of one level's season, by index where there is one.

use crate::pg::index_scan::KeyColumn::{Int, Text};
use crate::pg::index_scan::{Key, KeyedIndex, TableReader};
use crate::pg::relation::HeapTable;
use crate::pg::stored_row::RowKind;

/// A game log, whatever else of it was read.
pub trait LogRow {
    /// Whose it is.
    fn prospect_id(&self) -> i32;
    /// Its season.
    fn season(&self) -> i32;
}

/// Finds rows of one table by prospect, or by season and level.
pub struct LogReader<K> {
    reader: TableReader<K>,
    by_prospect: Option<KeyedIndex>,
    by_level: Option<KeyedIndex>,
}

impl<K: RowKind + 'static> LogReader<K>
where
    for<'a> K::Row<'a>: LogRow,
{
    /// A reader of an open table with the columns of `milb_game_logs`.
    pub fn new(table: HeapTable) -> LogReader<K> {
        let reader = TableReader::new(table);
        LogReader {
            by_prospect: reader.index_leading_with(&[Int("prospect_id"), Int("season"), Text("level")]),
            by_level: reader.index_leading_with(&[Int("season"), Text("level")]),
            reader,
        }
    }

    /// Whether single prospects can be found without reading the whole table.
    pub fn is_indexed(&self) -> bool {
        self.by_prospect.is_some()
    }

    /// Calls `each` for every row that the active snapshot sees.
    pub fn all_rows(&self, each: &mut dyn FnMut(&[K::Row<'_>])) {
        self.reader.all_rows(each);
    }

    /// Calls `each` for every row of that prospect (in that season, if given) that the active snapshot sees.
    pub fn rows_of(&mut self, prospect_id: i32, season: Option<i32>, each: &mut dyn FnMut(&K::Row<'_>)) {
        let mut matching = |row: &K::Row<'_>| {
            if row.prospect_id() == prospect_id && season.is_none_or(|s| row.season() == s) {
                each(row);
            }
        };
        let keys = [Key::Int(prospect_id), Key::Int(season.unwrap_or(0))];
        let known = if season.is_some() { 2 } else { 1 };
        match &self.by_prospect {
            Some(index) => self.reader.rows_by(index, &keys[..known], &mut matching),
            None => self.reader.all_rows(&mut |rows| rows.iter().for_each(&mut matching)),
        }
    }

    /// Calls `each` for rows of that season the active snapshot sees: those of the level, and perhaps of others.
    pub fn rows_of_level(&mut self, season: i32, level: &str, each: &mut dyn FnMut(&K::Row<'_>)) {
        let mut matching = |row: &K::Row<'_>| {
            if row.season() == season {
                each(row);
            }
        };
        let keys = [Key::Int(season), Key::Text(level)];
        match &self.by_level {
            Some(index) => self.reader.rows_by(index, &keys, &mut matching),
            None => self.reader.all_rows(&mut |rows| rows.iter().for_each(&mut matching)),
        }
    }
}
