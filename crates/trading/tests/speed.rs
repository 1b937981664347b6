//! How long the mathematics take of what the contract sets times for. Run with `--ignored --nocapture`, optimised.

use dynasty_trading::backtest::{Config, Signal};
use dynasty_trading::history::{Marks, Price, Record, Snapshot, Walk};
use dynasty_trading::*;
use rust_decimal::Decimal;
use std::time::{Duration, Instant};

const DAY: i64 = days::DAY;

/// Numbers that look random and are the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % limit
    }
}

/// What this thread has had of a processor, where the system says it: on a machine that others use, too, the clock says more of them.
fn used() -> Option<Duration> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
}

fn timed<T>(what: &str, work: impl FnOnce() -> T) -> (T, Duration) {
    let (start, before) = (Instant::now(), used());
    let done = work();
    let clock = start.elapsed();
    let took = used().zip(before).map_or(clock, |(after, before)| after - before);
    println!(
        "{what}: {:.1} ms (by the clock {:.1})",
        took.as_secs_f64() * 1000.0,
        clock.as_secs_f64() * 1000.0
    );
    (done, took)
}

/// Prices of so many markets at so many moments, each a minute apart.
fn snapshots(dice: &mut Dice, markets: u32, moments: i64, apart: i64) -> Vec<Snapshot> {
    let mut all = Vec::new();
    for market in 0..markets {
        let mut p = 100_000 + dice.below(800_000) as u32;
        for moment in 0..moments {
            p = (p + dice.below(2001) as u32).saturating_sub(1000).clamp(1000, 999_000);
            let (yes, no) = (Price::of_millionths(p), Price::of_millionths(1_000_000 - p));
            let at = moment * apart;
            all.push(Snapshot {
                market,
                at,
                id: all.len() as i64,
                yes,
                no,
            });
        }
    }
    all
}

fn trades(dice: &mut Dice, count: usize, open: usize, markets: u64, span: i64) -> Vec<Record> {
    let fees = FeeSchedule::new(Decimal::new(2, 2), 1).unwrap();
    let trade = |n: usize| {
        let action = if dice.below(2) == 0 {
            Action::BuyYes
        } else {
            Action::BuyNo
        };
        let amount = Decimal::new(100 + dice.below(20_000) as i64, 2);
        let price = Decimal::new(1 + dice.below(999_999) as i64, 6);
        let terms = Terms::new(action, amount, price, dice.below(span as u64) as i64).unwrap();
        let mut fills = vec![terms.entry(fees).unwrap()];
        if n >= open {
            let exit = Decimal::new(dice.below(1_000_001) as i64, 6);
            let at = terms.entered_at + dice.below(DAY as u64) as i64;
            fills.push(terms.close(amount, exit, at, fees, Mode::Shares).unwrap_or(fills[0]));
        }
        Record {
            market: dice.below(markets) as u32,
            terms,
            fills,
        }
    };
    (0..count).map(trade).collect()
}

#[test]
#[ignore = "measures; run optimised with --ignored --nocapture"]
fn times() {
    let mut dice = Dice(20_261_129);
    let prices: Vec<[Decimal; 3]> = (0..1_000_000)
        .map(|_| [2, 6, 6].map(|scale| Decimal::new(1 + dice.below(999_999) as i64, scale)))
        .collect();
    timed("position_pnl, 1 M", || {
        let pnl =
            |[a, e, p]: &[Decimal; 3]| position_pnl(Action::BuyYes, *a, *e, *p, Decimal::ZERO, Mode::Shares).unwrap();
        prices.iter().map(pnl).sum::<Decimal>()
    });
    timed("trade_fee, 1 M", || {
        let fee = |[a, e, _]: &[Decimal; 3]| trade_fee(*a, *e, Decimal::new(5, 2), 1).unwrap();
        prices.iter().map(fee).sum::<Decimal>()
    });
    timed("trade_fee with exponent 2, 1 M", || {
        let fee = |[a, e, _]: &[Decimal; 3]| trade_fee(*a, *e, Decimal::new(5, 2), 2).unwrap();
        prices.iter().map(fee).sum::<Decimal>()
    });
    let returns: Vec<f64> = (0..1_000_000).map(|_| dice.below(2001) as f64 / 1e5 - 0.01).collect();
    timed("sharpe of 1 M returns", || sharpe(&returns, 365.0, 0.0).unwrap());
    timed("sortino of 1 M returns", || sortino(&returns, 365.0, 0.0).unwrap());

    let book = trades(&mut dice, 1_000_000, 200, 500, 365 * DAY);
    let year = snapshots(&mut dice, 500, 24 * 365 / 12, 12 * DAY / 24);
    println!("{} trades, {} snapshots", book.len(), year.len());
    let walk = || {
        Walk::new(
            Decimal::from(1_000_000_000),
            Mode::Shares,
            Marks::AfterEntry,
            &book,
            &year,
        )
        .unwrap()
    };
    timed("portfolio_at of the last day, from nothing", || {
        walk().at(400 * DAY).unwrap()
    });
    timed("state_at of the last day, in one pass", || {
        history::state_at(
            Decimal::from(1_000_000_000),
            Mode::Shares,
            Marks::AfterEntry,
            &book,
            &year,
            400 * DAY,
        )
        .unwrap()
    });
    let (days, _) = timed("daily_pnl of a year", || daily_pnl(&mut walk(), 0, 365).unwrap());
    timed("Curve of a year", || {
        daily::Curve::of(days.0, days.1.iter().map(|d| d.equity))
    });
    let series: Vec<(String, Vec<f64>)> = (0..100)
        .map(|n| (n.to_string(), returns[n * 365..(n + 1) * 365].to_vec()))
        .collect();
    timed("trade_correlation of 100 strategies, a year", || {
        trade_correlation(&series).unwrap().len()
    });

    let few = trades(&mut dice, 200, 200, 500, DAY);
    let now = snapshots(&mut dice, 500, 1, 1)
        .into_iter()
        .map(|s| Snapshot { at: 2 * DAY, ..s })
        .collect::<Vec<_>>();
    let mut marking = Walk::new(Decimal::from(100_000), Mode::Shares, Marks::AfterEntry, &few, &now).unwrap();
    marking.at(DAY).unwrap();
    timed("mark of 500 markets, 200 open positions", || {
        marking.at(3 * DAY).unwrap()
    });

    let minutes = snapshots(&mut dice, 100, 10_000, 60_000_000);
    let signals: Vec<Signal> = (0..10_000)
        .map(|id| Signal {
            id,
            market: dice.below(100) as u32,
            at: dice.below(9_000 * 60_000_000) as i64,
            action: if dice.below(2) == 0 {
                Action::BuyYes
            } else {
                Action::BuyNo
            },
            amount: Decimal::from(10),
        })
        .collect();
    let base = Config::new(Decimal::from(1_000_000), FeeSchedule::FREE, Mode::Shares);
    for json in [
        "{}",
        r#"{"take_profit": 0.9, "stop_loss": 0.1, "fee_rate": 0.05, "slippage": 0.01}"#,
    ] {
        let config = base.read(json, &|_| None).unwrap();
        let run = || backtest(&signals, &minutes, 0, 10_000 * 60_000_000, &config).unwrap();
        let (run, took) = timed(
            &format!("backtest of 10,000 signals on {} snapshots, {json}", minutes.len()),
            run,
        );
        println!(
            "  {} trades, {} ended, {} skipped",
            run.trades.len(),
            run.tally.closed,
            run.skipped
        );
        assert!(took < Duration::from_secs(5), "the contract allows 5 s");
    }
}
