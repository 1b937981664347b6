//! The course of time over all games and bookmakers, and what is stored of it.

use super::games::Game;
use super::quotes::{Bookmaker, Price, Quote};
use super::{Config, STEP};

const HOUR: i64 = 12 * STEP;
const DAY: i64 = 24 * HOUR;

/// A look at one bookmaker's offer of one game. Snapshots are numbered from 0 in the order in which they come.
pub struct Snapshot<'a> {
    /// Number of the game.
    pub event: u32,
    /// Number of the bookmaker.
    pub book: u32,
    /// Microseconds since 2000-01-01 UTC.
    pub captured_at: i64,
    /// When the bookmaker says he last touched it.
    pub source_updated_at: i64,
    /// The fingerprint of the offer.
    pub content_hash: i64,
    /// The full snapshot with the same offer, and its time.
    pub same_as: Option<(u64, i64)>,
    /// Markets, each line counted.
    pub market_count: usize,
    /// The offer; of a snapshot that points to another as well.
    pub prices: &'a [Price],
}

/// Takes what is seen.
pub trait Sink {
    /// A look at the whole board begins.
    fn look(&mut self) {}
    /// One snapshot.
    fn snapshot(&mut self, snapshot: &Snapshot<'_>);
}

/// The last full snapshot of an offer.
#[derive(Clone, Copy)]
struct Full {
    number: u64,
    at: i64,
    hash: i64,
}

/// A board; after [`Board::play`] its games are as they stand at the end.
pub struct Board {
    config: Config,
    /// The games.
    pub games: Vec<Game>,
    /// The bookmakers.
    pub books: Vec<Bookmaker>,
}

impl Board {
    /// A board before it is looked at.
    pub fn new(config: &Config) -> Board {
        Board {
            config: *config,
            games: (0..config.events).map(|number| Game::new(config, number)).collect(),
            books: (0..config.books as usize)
                .map(|number| Bookmaker::new(config.seed, number, config.steps()))
                .collect(),
        }
    }

    /// Looks at it from beginning to end.
    pub fn play(&mut self, sink: &mut impl Sink) {
        let config = self.config;
        let books = self.books.len();
        let pairs = self.games.len() * books;
        let mut quotes: Vec<Quote> = (0..pairs)
            .map(|n| Quote::new(config.seed, (n / books.max(1)) as u32, n % books.max(1)))
            .collect();
        let mut fulls: Vec<Option<Full>> = vec![None; pairs];
        let mut number = 0;
        for step in 1..=config.steps() {
            sink.look();
            let now = config.time(step);
            self.games.iter_mut().for_each(|game| game.pass(step, now));
            // As feeds are pulled: a bookmaker, then the next one.
            for (b, book) in self.books.iter().enumerate() {
                if book.is_out(step) {
                    continue;
                }
                for (g, game) in self.games.iter().enumerate() {
                    let quote = &mut quotes[g * books + b];
                    if !game.is_quoted(step) || !quote.look(game, book, step) {
                        continue;
                    }
                    let captured_at = now - STEP / 10 + (b as i64 * 1_100_000 + g as i64 * 9_000) % (STEP / 10);
                    let last = &mut fulls[g * books + b];
                    let same = last.filter(|full| {
                        config.dedupe
                            && full.hash == quote.hash
                            && captured_at - full.at < 6 * HOUR
                            && full.at.div_euclid(DAY) == captured_at.div_euclid(DAY)
                    });
                    if same.is_none() {
                        *last = Some(Full {
                            number,
                            at: captured_at,
                            hash: quote.hash,
                        });
                    }
                    let since = book
                        .frozen_since(step)
                        .map_or(captured_at - 1_000_000 * (5 + (g as i64 * 7 + step) % 40), |begin| {
                            config.time(begin)
                        });
                    sink.snapshot(&Snapshot {
                        event: g as u32,
                        book: b as u32,
                        captured_at,
                        source_updated_at: since.min(captured_at),
                        content_hash: quote.hash,
                        same_as: same.map(|full| (full.number, full.at)),
                        market_count: markets(&quote.prices),
                        prices: &quote.prices,
                    });
                    number += 1;
                }
            }
        }
    }
}

fn markets(prices: &[Price]) -> usize {
    let mut keys: Vec<_> = prices
        .iter()
        .map(|price| (price.kind, price.period, price.line))
        .collect();
    keys.sort_unstable();
    keys.dedup();
    keys.len()
}
