//! Grouping game rows into season lines.

use crate::pg::heap_scan::prefetch;
use crate::pg::sql_text::StoredText;
use crate::prospects::native::game_row::GameRow;
use crate::prospects::native::stored_lines::LineKey;
use dynasty_prospects::season::Totals;
use rustc_hash::FxHashMap;

/// Which rows count: game types by name (as they are stored, in the database's encoding), a NULL type standing for Regular;
/// `None`: all.
pub struct GameTypes(Option<Vec<StoredText>>);

impl GameTypes {
    /// A filter as SQL passes it; NULL elements match nothing.
    pub fn new(names: Option<Vec<Option<StoredText>>>) -> GameTypes {
        GameTypes(names.map(|names| names.into_iter().flatten().collect()))
    }

    #[inline]
    pub fn include(&self, game_type: Option<&[u8]>) -> bool {
        self.0.as_ref().is_none_or(|names| {
            let game_type = game_type.unwrap_or(b"Regular");
            names.iter().any(|n| n.0 == game_type)
        })
    }
}

/// Equality of short texts, without the call that comparing slices makes.
#[inline(always)]
fn same_text(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(x, y)| x == y)
}

/// Totals by (prospect, season, level).
#[derive(Default)]
pub struct SeasonGroups {
    /// The few level names met, so that a key is three numbers.
    levels: Vec<Box<[u8]>>,
    /// Where each row of the page at hand goes.
    page: Vec<Option<u32>>,
    index: FxHashMap<(i32, i32, u32), u32>,
    groups: Vec<((i32, i32, u32), Totals)>,
    /// For each group of an UPDATE a number that tells sets of rows apart.
    fingerprints: Vec<u64>,
}

impl SeasonGroups {
    /// Adds a row to its line.
    #[inline]
    pub fn add(&mut self, row: &GameRow) {
        self.add_and_place(row);
    }

    /// Adds a row to its line and says which one that is.
    #[inline]
    pub fn add_and_place(&mut self, row: &GameRow) -> usize {
        let at = self.position(row.prospect_id, row.season, row.level) as usize;
        self.groups[at].1.add(&row.game);
        at
    }

    /// Adds a row's fingerprint to that of its line.
    pub fn add_fingerprint(&mut self, at: usize, of_row: u64) {
        self.fingerprints.resize(self.groups.len(), 0);
        // A sum: rows come in any order.
        self.fingerprints[at] = self.fingerprints[at].wrapping_add(of_row);
    }

    /// The fingerprint of a line's rows; 0 for none.
    pub fn fingerprint(&self, key: LineKey) -> u64 {
        self.place(key)
            .and_then(|at| self.fingerprints.get(at))
            .copied()
            .unwrap_or(0)
    }

    fn place(&self, key: LineKey) -> Option<usize> {
        let level = self.levels.iter().position(|l| **l == *key.level)?;
        let at = self.index.get(&(key.prospect_id, key.season, level as u32))?;
        Some(*at as usize)
    }

    /// Adds a row if its game type counts.
    #[inline]
    pub fn add_of_type(&mut self, row: &GameRow, types: &GameTypes) {
        if types.include(row.game_type) {
            self.add(row);
        }
    }

    /// Adds those rows whose game type counts. The totals of all are asked for before the first is needed: there are
    /// more of them than a processor's cache holds.
    pub fn add_page(&mut self, rows: &[GameRow], types: &GameTypes) {
        let mut page = std::mem::take(&mut self.page);
        page.clear();
        page.extend(rows.iter().map(|row| {
            let at = types
                .include(row.game_type)
                .then(|| self.position(row.prospect_id, row.season, row.level))?;
            prefetch(&self.groups[at as usize], size_of::<Totals>().div_ceil(64));
            Some(at)
        }));
        for (row, at) in rows.iter().zip(&page) {
            if let Some(at) = at {
                self.groups[*at as usize].1.add(&row.game);
            }
        }
        self.page = page;
    }

    #[inline]
    fn totals_mut(&mut self, prospect_id: i32, season: i32, level: &[u8]) -> &mut Totals {
        let at = self.position(prospect_id, season, level);
        &mut self.groups[at as usize].1
    }

    #[inline(always)]
    fn position(&mut self, prospect_id: i32, season: i32, level: &[u8]) -> u32 {
        let level = match self.levels.iter().position(|l| same_text(l, level)) {
            Some(known) => known,
            None => {
                self.levels.push(level.into());
                self.levels.len() - 1
            }
        };
        let key = (prospect_id, season, level as u32);
        *self.index.entry(key).or_insert_with(|| {
            self.groups.push((key, Totals::default()));
            self.groups.len() as u32 - 1
        })
    }

    /// Makes sure that the line is among the groups.
    pub fn touch(&mut self, key: LineKey) {
        self.totals_mut(key.prospect_id, key.season, key.level);
    }

    /// The totals of a line.
    pub fn get(&self, key: LineKey) -> Option<&Totals> {
        self.place(key).map(|at| &self.groups[at].1)
    }

    /// All lines, in the order of their keys. Every writer goes in this order, so two of them never wait for each
    /// other in a circle.
    pub fn in_key_order(&self) -> Vec<(LineKey<'_>, &Totals)> {
        let mut lines: Vec<_> = self
            .groups
            .iter()
            .map(|((prospect_id, season, level), totals)| {
                let level: &[u8] = &self.levels[*level as usize];
                (
                    LineKey {
                        prospect_id: *prospect_id,
                        season: *season,
                        level,
                    },
                    totals,
                )
            })
            .collect();
        lines.sort_unstable_by_key(|(key, _)| (key.prospect_id, key.season, key.level));
        lines
    }
}
