//! What a bookmaker makes of a game: his margin, his steps of prices, how fast he follows, when he stops.

use super::games::{Game, H2H, LAY, Status, THREE};
use super::names::BOOKMAKERS;
use crate::convert::{american_to_decimal, decimal_to_american};
use crate::offer::{Entry, fingerprint};
use crate::simulate::{KINDS, OUTCOMES};
use dynasty_numbers::dice::{Dice, Purpose};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// A price on offer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Price {
    /// Number of the kind in [`KINDS`].
    pub kind: u8,
    /// The part of the game.
    pub period: u8,
    /// Hundredths.
    pub line: Option<i64>,
    /// Number of the outcome in [`OUTCOMES`].
    pub outcome: u8,
    /// Millionths.
    pub price: i64,
    /// Whether no bets are taken.
    pub suspended: bool,
}

/// The steps in which prices are told.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Steps {
    Decimal,
    American,
    Exchange,
}

/// A bookmaker.
pub struct Bookmaker {
    /// His number in [`BOOKMAKERS`].
    pub number: usize,
    margin: f64,
    /// Looks until he follows, at most.
    lag: u32,
    steps: Steps,
    plays_on: bool,
    /// Looks during which he is not heard of, and during which his feed stands still.
    out: std::ops::Range<i64>,
    frozen: std::ops::Range<i64>,
}

impl Bookmaker {
    pub(super) fn new(seed: u64, number: usize, steps: i64) -> Bookmaker {
        let mut dice = Dice::new(seed, Purpose::Quote, u64::MAX, number as u64);
        let exchange = BOOKMAKERS[number].2 > 0;
        let mut span = |chance: f64, least: i64, most: i64| {
            let begin = i64::from(dice.below(steps.max(1) as u32));
            let length = least + i64::from(dice.below((most - least) as u32));
            if dice.chance(chance) {
                begin..begin + length
            } else {
                0..0
            }
        };
        let (out, frozen) = (span(0.6, 5, 18), span(0.3, 6, 24));
        Bookmaker {
            number,
            margin: if exchange {
                0.004
            } else {
                0.02 + 0.012 * (number % 5) as f64
            },
            lag: if number == 0 { 1 } else { 1 + (number % 4) as u32 },
            steps: match (exchange, number % 3) {
                (true, _) => Steps::Exchange,
                (_, 2) => Steps::American,
                _ => Steps::Decimal,
            },
            plays_on: exchange || number.is_multiple_of(2),
            out,
            frozen,
        }
    }

    /// Whether a look at him finds nothing.
    pub(super) fn is_out(&self, step: i64) -> bool {
        self.out.contains(&step)
    }

    /// Since when his feed stands still, if it does.
    pub(super) fn frozen_since(&self, step: i64) -> Option<i64> {
        self.frozen.contains(&step).then_some(self.frozen.start)
    }

    /// The nearest price he tells that is not better than this one, millionths.
    fn told(&self, price: f64) -> i64 {
        const MILLION: f64 = 1_000_000.0;
        let price = price.clamp(1.01, 900.0);
        let step = match (self.steps, price) {
            (Steps::American, _) => return american(price),
            (Steps::Exchange, p) if p < 3.0 => 0.01,
            (Steps::Exchange, p) if p < 10.0 => 0.05,
            (Steps::Decimal, p) if p < 2.0 => 0.01,
            (Steps::Decimal, p) if p < 5.0 => 0.05,
            (_, p) if p < 20.0 => 0.25,
            _ => 1.0,
        };
        let hundredths = (((price / step) as i64) as f64 * step * 100.0 + 0.5) as i64;
        hundredths.max(101) * (MILLION / 100.0) as i64
    }
}

/// By way of the American price, in fives beyond two hundred.
fn american(price: f64) -> i64 {
    let near = || {
        let exact = Decimal::from((price * 1000.0) as i64) / Decimal::from(1000);
        let american = decimal_to_american(exact).ok()?;
        let step = if american.abs() > 200 { 5 } else { 1 };
        let rounded = (american.div_euclid(step) * step).max(-10_000);
        let rounded = if (-99..100).contains(&rounded) { -100 } else { rounded };
        (american_to_decimal(Decimal::from(rounded)).ok()? * Decimal::from(1_000_000)).to_i64()
    };
    near().unwrap_or(1_010_000)
}

/// A bookmaker's offer of a game, from look to look.
pub(super) struct Quote {
    dice: Dice,
    version: u32,
    due: i64,
    stopped_until: i64,
    pub prices: Vec<Price>,
    pub hash: i64,
    /// When it last changed.
    pub changed: i64,
    over: bool,
}

impl Quote {
    pub(super) fn new(seed: u64, game: u32, book: usize) -> Quote {
        Quote {
            dice: Dice::new(seed, Purpose::Quote, u64::from(game), book as u64),
            version: 0,
            due: i64::MAX,
            stopped_until: -1,
            prices: Vec::new(),
            hash: fingerprint(&[]),
            changed: 0,
            over: false,
        }
    }

    /// Looks at it. `false`: the feed has nothing of it.
    pub(super) fn look(&mut self, game: &Game, book: &Bookmaker, step: i64) -> bool {
        if self.over || self.dice.chance(0.005) {
            return false;
        }
        let lives = match game.status {
            Status::Scheduled => true,
            Status::Live => book.plays_on,
            _ => false,
        };
        let before = std::mem::take(&mut self.prices);
        if !lives {
            // First he takes no more bets, then the game is gone from his offer, at last from the feed.
            let stops = before.iter().any(|price| !price.suspended) && game.shock == step;
            self.prices = if stops { stopped(&before) } else { Vec::new() };
            self.over = !stops;
            // One who has not begun has nothing to end.
            if self.over && before.is_empty() {
                return false;
            }
        } else if book.frozen_since(step).is_some() && self.version > 0 {
            self.prices = before.clone();
        } else {
            if game.shock == step && self.version > 0 && self.dice.chance(0.8) {
                self.stopped_until = step + 1 + i64::from(self.dice.below(2));
            }
            if self.version == 0 {
                self.due = step;
            } else if game.version != self.version && self.due == i64::MAX {
                self.due = step + i64::from(self.dice.below(book.lag + 1));
            }
            // Now and then he thinks again by himself.
            let again = self.dice.chance(0.004);
            self.prices = if self.due <= step || again {
                self.priced(game, book)
            } else {
                before.clone()
            };
            if self.stopped_until > step {
                self.prices = stopped(&self.prices);
            } else if self.stopped_until == step {
                self.prices = self.priced(game, book);
            } else if self.dice.chance(0.002) {
                // One market alone, until he prices anew.
                let at = self.dice.below(self.prices.len().max(1) as u32) as usize;
                if let Some(one) = self.prices.get(at).copied() {
                    let same =
                        |price: &Price| (price.kind, price.period, price.line) == (one.kind, one.period, one.line);
                    self.prices
                        .iter_mut()
                        .filter(|price| same(price))
                        .for_each(|price| price.suspended = true);
                }
            }
        }
        if before != self.prices || self.changed == 0 {
            self.hash = fingerprint(&entries(&self.prices));
            self.changed = step;
        }
        true
    }

    fn priced(&mut self, game: &Game, book: &Bookmaker) -> Vec<Price> {
        self.version = game.version;
        self.due = i64::MAX;
        let exchange = book.steps == Steps::Exchange;
        let mut prices = Vec::with_capacity(16);
        for (number, market) in game.chances.iter().enumerate() {
            // Small books keep to what is asked for most, and now and then a market is missing.
            if (number >= 4 && book.number % 4 == 3) || self.dice.chance(0.003) {
                continue;
            }
            let even = 1.0 / market.count as f64;
            let bias = self.dice.bell() * 0.006;
            let lay = exchange && market.period == 0 && (market.kind == H2H || market.kind == THREE);
            for (at, (outcome, chance)) in market.outcomes[..market.count].iter().enumerate() {
                let bias = if at == 0 {
                    bias
                } else {
                    -bias / (market.count - 1) as f64
                };
                // A favourite bears less of the margin than a long shot.
                let asked = chance * (1.0 + book.margin) + 0.15 * book.margin * (even - chance) + bias;
                let price = Price {
                    kind: market.kind,
                    period: market.period,
                    line: market.line,
                    outcome: *outcome,
                    // In play what is decided is sent at 1.
                    price: if *chance > 0.985 && game.status == Status::Live {
                        1_000_000
                    } else {
                        book.told(1.0 / asked.clamp(0.001, 0.99))
                    },
                    suspended: false,
                };
                prices.push(price);
                if lay && price.price > 1_000_000 {
                    let kind = LAY + u8::from(market.kind == THREE);
                    let price = book.told(price.price as f64 / 1_000_000.0 * 1.012 + 0.012);
                    prices.push(Price {
                        kind,
                        price,
                        ..prices[prices.len() - 1]
                    });
                }
            }
        }
        prices
    }
}

fn stopped(prices: &[Price]) -> Vec<Price> {
    prices
        .iter()
        .map(|price| Price {
            suspended: true,
            ..*price
        })
        .collect()
}

/// As ingest would read it.
pub(super) fn entries(prices: &[Price]) -> Vec<Entry> {
    let mut entries: Vec<Entry> = prices
        .iter()
        .map(|price| Entry {
            market: KINDS[usize::from(price.kind)].into(),
            period: price.period,
            line: price.line,
            outcome: OUTCOMES[usize::from(price.outcome)].into(),
            price: price.price,
            suspended: price.suspended,
        })
        .collect();
    entries.sort_unstable();
    entries
}
