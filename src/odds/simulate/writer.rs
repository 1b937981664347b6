//! A board written down as it is played: snapshots and their prices, by COPY.

use super::{OF, Placed, draw_ids, stamp};
use crate::odds::tables::{PRICES, SNAPSHOTS};
use crate::pg::copy::copy_in;
use crate::pg::memory::checkpoint;
use crate::shared::progress::Progress;
use dynasty_odds::simulate::*;
use std::fmt::Write;

/// So much text of one table is loaded at once.
const PORTION: usize = 8 << 20;

/// Ids of snapshots are drawn in such lots.
const LOT: i64 = 10_000;

const SNAPSHOT_COLUMNS: &str = "id,event_id,bookmaker_id,captured_at,source_updated_at,scrape_run_id,content_hash,is_unchanged,same_as_id,same_as_captured_at,market_count";

const PRICE_COLUMNS: &str =
    "snapshot_id,captured_at,event_id,bookmaker_id,market_kind_id,period,line,outcome,price,is_suspended";

/// Writes down what is seen.
pub(super) struct Writer<'a> {
    placed: &'a Placed,
    books: usize,
    drawn: std::vec::IntoIter<i64>,
    /// Of every snapshot its id, by number.
    ids: Vec<i64>,
    /// Of every bookmaker's offer of a game the first and the last time.
    pub(super) seen: Vec<Option<(i64, i64)>>,
    text: [String; 2],
    pub(super) loaded: [i64; 2],
    pub(super) unchanged: i64,
    progress: Progress,
}

impl Writer<'_> {
    pub(super) fn new(placed: &Placed) -> Writer<'_> {
        Writer {
            placed,
            books: placed.books.len(),
            drawn: Vec::new().into_iter(),
            ids: Vec::new(),
            seen: vec![None; placed.events.len() * placed.books.len()],
            text: Default::default(),
            loaded: [0; 2],
            unchanged: 0,
            progress: Progress::of(OF.0),
        }
    }

    /// Snapshots first: their prices look for them.
    pub(super) fn load(&mut self) {
        checkpoint();
        let tables = [(SNAPSHOTS, SNAPSHOT_COLUMNS), (PRICES, PRICE_COLUMNS)];
        for (n, (table, columns)) in tables.into_iter().enumerate() {
            self.loaded[n] += copy_in(table, columns, &self.text[n]) as i64;
            self.text[n].clear();
        }
        let prices = self.loaded[1];
        self.progress
            .report(|seconds| format!("{prices} prices so far, {seconds:.0} s"));
    }

    fn id(&mut self) -> i64 {
        loop {
            if let Some(id) = self.drawn.next() {
                return id;
            }
            self.drawn = OF.done(draw_ids(SNAPSHOTS, LOT)).into_iter();
        }
    }
}

impl Sink for Writer<'_> {
    fn look(&mut self) {
        checkpoint();
    }

    fn snapshot(&mut self, s: &Snapshot<'_>) {
        let id = self.id();
        self.ids.push(id);
        let pair = s.event as usize * self.books + s.book as usize;
        let seen = self.seen[pair].get_or_insert((s.captured_at, s.captured_at));
        seen.1 = s.captured_at;
        let (event, book) = (self.placed.events[s.event as usize], self.placed.books[s.book as usize]);
        let [snapshots, prices] = &mut self.text;
        let _ = write!(snapshots, "{id}\t{event}\t{book}\t");
        stamp(snapshots, s.captured_at);
        snapshots.push('\t');
        stamp(snapshots, s.source_updated_at);
        let _ = write!(
            snapshots,
            "\t{}\t{}\t{}\t",
            self.placed.run,
            s.content_hash,
            s.same_as.is_some()
        );
        match s.same_as {
            Some((number, at)) => {
                let _ = write!(snapshots, "{}\t", self.ids[number as usize]);
                stamp(snapshots, at);
                self.unchanged += 1;
            }
            None => snapshots.push_str("\\N\t\\N"),
        }
        let _ = writeln!(snapshots, "\t{}", s.market_count);
        if s.same_as.is_none() {
            let mut at = String::with_capacity(32);
            stamp(&mut at, s.captured_at);
            for p in s.prices {
                let kind = self.placed.kinds[usize::from(p.kind)];
                let _ = write!(prices, "{id}\t{at}\t{event}\t{book}\t{kind}\t{}\t", p.period);
                let _ = match p.line {
                    Some(line) => write!(
                        prices,
                        "{}{}.{:02}",
                        if line < 0 { "-" } else { "" },
                        line.abs() / 100,
                        line.abs() % 100
                    ),
                    None => write!(prices, "\\N"),
                };
                let _ = writeln!(
                    prices,
                    "\t{}\t{}.{:06}\t{}",
                    OUTCOMES[usize::from(p.outcome)],
                    p.price / 1_000_000,
                    p.price % 1_000_000,
                    p.suspended
                );
            }
        }
        if self.text.iter().any(|text| text.len() >= PORTION) {
            self.load();
        }
    }
}
