use super::*;
use crate::fee::FeeSchedule;
use crate::position::Mode;
use proptest::prelude::*;

const HOUR: i64 = 3_600_000_000;
const DAY: i64 = 24 * HOUR;

fn d(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn hours(text: &str) -> Option<i64> {
    text.strip_suffix(" hours")?.parse::<i64>().ok()?.checked_mul(HOUR)
}

fn config(json: &str) -> Config {
    let fees = FeeSchedule::new(d("0"), 1).unwrap();
    Config::new(d("1000"), fees, Mode::Shares).read(json, &hours).unwrap()
}

fn signal(id: i64, market: u32, at: i64) -> Signal {
    Signal {
        id,
        market,
        at,
        action: Action::BuyYes,
        amount: d("100"),
    }
}

fn snapshot(market: u32, at: i64, id: i64, yes: u32) -> Snapshot {
    let price = Price::of_millionths;
    Snapshot {
        market,
        at,
        id,
        yes: price(yes),
        no: price(1_000_000 - yes),
    }
}

#[test]
fn exits_by_their_order() {
    let run = |json: &str, prices: &[u32]| {
        let snapshots: Vec<_> = prices
            .iter()
            .enumerate()
            .map(|(n, p)| snapshot(1, n as i64 * HOUR, n as i64, *p))
            .collect();
        let run = backtest(&[signal(1, 1, 0)], &snapshots, 0, 100 * HOUR, &config(json)).unwrap();
        let t = run.trades[0];
        (
            t.reason.word(),
            t.exit_at.map(|at| at / HOUR),
            t.exit_price.normalize().to_string(),
            t.pnl.to_string(),
        )
    };
    let is = |reason: &'static str, at: Option<i64>, price: &str, pnl: &str| {
        (reason, at, price.to_string(), pnl.to_string())
    };
    let prices = [990_000, 500_000, 700_000, 300_000, 1_000_000];
    assert_eq!(run("{}", &prices), is("resolved", Some(4), "1", "100.00"));
    assert_eq!(run("{}", &prices[..4]), is("open", None, "0.3", "-40.00"));
    assert_eq!(run("{}", &prices[..2]), is("open", None, "0.5", "0.00"));
    assert_eq!(
        run(r#"{"take_profit": 0.7}"#, &prices),
        is("take_profit", Some(2), "0.7", "40.00")
    );
    assert_eq!(
        run(r#"{"take_profit": "0.7000001", "stop_loss": 0.3}"#, &prices),
        is("stop_loss", Some(3), "0.3", "-40.00")
    );
    assert_eq!(
        run(r#"{"stop_loss": 0.2999999}"#, &prices),
        is("resolved", Some(4), "1", "100.00")
    );
    assert_eq!(
        run(r#"{"max_hold": "2 hours", "slippage": 0.1}"#, &prices),
        is("max_hold", Some(3), "0.2", "-66.67")
    );
    assert_eq!(
        run(r#"{"slippage": 0.1}"#, &prices),
        is("resolved", Some(4), "1", "66.67")
    );
    assert_eq!(
        run(r#"{"take_profit": 0.6, "slippage": 0.1}"#, &[0, 500_000, 0]),
        is("resolved", Some(2), "0", "-100.00")
    );
    // Fees at both ends, by the ledger's own code: 100·.05·.5 and 140·.05·.3.
    assert_eq!(
        run(r#"{"take_profit": 0.7, "fee_rate": 0.05}"#, &prices),
        is("take_profit", Some(2), "0.7", "35.40")
    );
    assert_eq!(run(r#"{"amount": 50}"#, &prices), is("resolved", Some(4), "1", "50.00"));
}

#[test]
fn entries_by_price_time_and_cash() {
    let run = |json: &str, signals: &[Signal], snapshots: &[Snapshot]| {
        let run = backtest(signals, snapshots, 0, DAY, &config(json)).unwrap();
        (
            run.trades
                .iter()
                .map(|t| (t.signal.id, t.terms.entered_at / HOUR))
                .collect::<Vec<_>>(),
            run.skipped,
        )
    };
    let one = [signal(1, 1, HOUR)];
    let at = |hour: i64, p| snapshot(1, hour * HOUR, hour, p);
    // Strictly after the signal, at most an hour; a price of 0 is none, and one that slippage brings to 1.
    assert_eq!(run("{}", &one, &[at(1, 500_000), at(2, 500_000)]), (vec![(1, 2)], 0));
    assert_eq!(run("{}", &one, &[at(1, 500_000), at(3, 500_000)]), (vec![], 1));
    assert_eq!(
        run(
            r#"{"max_wait": "5 hours"}"#,
            &one,
            &[at(2, 0), at(3, 1_000_000), at(4, 400_000)]
        ),
        (vec![(1, 4)], 0)
    );
    assert_eq!(run(r#"{"slippage": 0.1}"#, &one, &[at(2, 900_000)]), (vec![], 1));
    assert_eq!(run("{}", &one, &[snapshot(2, 2 * HOUR, 1, 500_000)]), (vec![], 1));
    // Outside of the range, and an entry that would be.
    assert_eq!(
        run("{}", &[signal(1, 1, -1), signal(2, 1, DAY)], &[at(0, 500_000)]),
        (vec![], 0)
    );
    assert_eq!(run("{}", &[signal(1, 1, DAY - HOUR)], &[at(24, 500_000)]), (vec![], 1));
    // What ends at this moment pays for what begins; of two the earlier signal goes first, then the lower id.
    let two = [signal(3, 1, HOUR), signal(2, 1, HOUR), signal(9, 1, 0)];
    let snapshots = [at(2, 500_000), at(3, 1_000_000), snapshot(2, 3 * HOUR, 8, 500_000)];
    let wait = r#"{"max_wait": "3 hours", "initial_balance": 200}"#;
    assert_eq!(run(wait, &two, &snapshots), (vec![(9, 2), (2, 2)], 1));
    let later = [signal(1, 1, HOUR), signal(2, 1, HOUR), signal(5, 2, 2 * HOUR)];
    assert_eq!(run(wait, &later, &snapshots), (vec![(1, 2), (2, 2), (5, 3)], 0));
}

#[test]
fn what_a_run_comes_to() {
    let snapshots = [
        snapshot(1, HOUR, 1, 500_000),
        snapshot(1, 2 * DAY, 2, 1_000_000),
        snapshot(2, HOUR, 3, 500_000),
        snapshot(2, 3 * DAY, 4, 400_000),
    ];
    let signals = [signal(1, 1, 1), signal(2, 2, 1), signal(3, 7, 1)];
    let run = backtest(&signals, &snapshots, 0, 9 * DAY, &config("{}")).unwrap();
    assert_eq!(
        (run.trades.len(), run.skipped, run.tally.closed, run.tally.wins),
        (2, 1, 1, 1)
    );
    assert_eq!((run.total_pnl, run.end_value, run.fees), (d("80"), d("1080"), d("0")));
    assert_eq!((run.tally.win_rate(), run.tally.profit_factor()), (Some(1.0), None));
    assert!(run.curve.total_return.is_some_and(|r| (r - 0.08).abs() < 1e-12));
    assert!(
        run.curve
            .max_drawdown
            .is_some_and(|r| (r - 20.0 / 1100.0).abs() < 1e-12)
    );
    let nothing = backtest(&[], &[], 0, 1, &config("{}")).unwrap();
    assert_eq!(
        (nothing.end_value, nothing.curve.total_return, nothing.curve.sharpe),
        (d("1000"), Some(0.0), None)
    );
    assert_eq!(backtest(&[], &[], 5, 5, &config("{}")).unwrap_err().sqlstate(), "22023");
    assert_eq!(
        backtest(&[], &[], i64::MIN, i64::MAX, &config("{}")).map(|r| r.end_value),
        Ok(d("1000"))
    );
}

#[test]
fn configurations() {
    let base = Config::new(d("1000"), FeeSchedule::FREE, Mode::Shares);
    let state = |json: &str| base.read(json, &hours).map(|_| ()).map_err(|e| e.sqlstate());
    for json in [
        "{}",
        r#"{"amount": null, "max_wait": null}"#,
        r#"{"fee_exponent": 2.0, "fee_rate": "0.05"}"#,
        r#"{"max_hold": "0 hours"}"#,
    ] {
        assert_eq!(state(json), Ok(()), "{json}");
    }
    for (json, right) in [
        (r#"{"take-profit": 1}"#, "22023"),
        (r#"{"slippage": 1}"#, "22023"),
        (r#"{"slippage": -0.1}"#, "22023"),
        (r#"{"take_profit": 1.1}"#, "22023"),
        (r#"{"amount": 0}"#, "22023"),
        (r#"{"amount": 0.005}"#, "22023"),
        (r#"{"initial_balance": 1e15}"#, "22023"),
        (r#"{"fee_rate": -1}"#, "22023"),
        (r#"{"fee_exponent": 0}"#, "22023"),
        (r#"{"fee_exponent": 1.5}"#, "22023"),
        (r#"{"max_wait": "-1 hours"}"#, "22023"),
        (r#"{"slippage": 0.00000000000000000000000000000000001}"#, "22023"),
        (r#"{"max_wait": 3}"#, "22P02"),
        (r#"{"max_wait": "soon"}"#, "22P02"),
        (r#"{"slippage": "x"}"#, "22P02"),
        (r#"{"slippage": []}"#, "22P02"),
        ("[]", "22P02"),
        ("{", "22P02"),
    ] {
        assert_eq!(state(json), Err(right), "{json}");
    }
    let error = base.read(r#"{"take-profit": 1}"#, &hours).unwrap_err();
    assert_eq!(
        error.to_string(),
        "config must be made of amount, fee_exponent, fee_rate, initial_balance, max_hold, max_wait, slippage, stop_loss, take_profit (take_profit?), not key \"take-profit\""
    );
}

/// A trader who lives through it: who sees the snapshots of a moment, acts, and knows nothing of the next.
fn lived(signals: &[Signal], snapshots: &[Snapshot], from_at: i64, to_at: i64, config: &Config) -> (Vec<Trade>, usize) {
    let mut moments: Vec<i64> = snapshots
        .iter()
        .map(|s| s.at)
        .filter(|at| (from_at..to_at).contains(at))
        .collect();
    moments.sort_unstable();
    moments.dedup();
    let mut waiting: Vec<Signal> = signals
        .iter()
        .copied()
        .filter(|s| (from_at..to_at).contains(&s.at))
        .collect();
    waiting.sort_by_key(|s| (s.at, s.id));
    let (given, mut cash) = (waiting.len(), config.initial_balance);
    let mut open: Vec<(Signal, Terms, Fill, Price)> = Vec::new();
    let mut done: Vec<Trade> = Vec::new();
    let mut entered = 0;
    for moment in moments {
        let mut now: Vec<&Snapshot> = snapshots.iter().filter(|s| s.at == moment).collect();
        now.sort_by_key(|s| s.id);
        open.retain_mut(|(signal, terms, bought, last)| {
            for p in now
                .iter()
                .filter(|s| s.market == signal.market)
                .filter_map(|s| side(s, signal.action))
            {
                *last = p;
                let reason = if p == Price::ZERO || p == Price::ONE {
                    Exit::Resolved
                } else if config.take_profit.is_some_and(|t| p.decimal() >= t) {
                    Exit::TakeProfit
                } else if config.stop_loss.is_some_and(|t| p.decimal() <= t) {
                    Exit::StopLoss
                } else if config.max_hold.is_some_and(|h| moment - terms.entered_at >= h) {
                    Exit::MaxHold
                } else {
                    continue;
                };
                let (price, fees) = match reason {
                    Exit::Resolved => (p.decimal(), FeeSchedule::FREE),
                    _ => ((p.decimal() - config.slippage).max(Decimal::ZERO), config.fees),
                };
                let fill = terms.close(terms.amount, price, moment, fees, config.mode).unwrap();
                cash += fill.cash;
                done.push(Trade {
                    signal: *signal,
                    terms: *terms,
                    exit_at: Some(moment),
                    exit_price: price,
                    reason,
                    fees: bought.fee + fill.fee,
                    pnl: bought.realized + fill.realized,
                });
                return false;
            }
            true
        });
        waiting.retain(|signal| {
            if signal.at >= moment || moment > signal.at + config.max_wait {
                return true;
            }
            let mut prices = now
                .iter()
                .filter(|s| s.market == signal.market)
                .filter_map(|s| side(s, signal.action));
            let Some(p) = prices.find(|p| *p > Price::ZERO && p.decimal() + config.slippage < Decimal::ONE) else {
                return true;
            };
            let terms = Terms::new(
                signal.action,
                config.amount.unwrap_or(signal.amount),
                p.decimal() + config.slippage,
                moment,
            )
            .unwrap();
            let bought = terms.entry(config.fees).unwrap();
            if cash + bought.cash >= Decimal::ZERO {
                cash += bought.cash;
                entered += 1;
                open.push((*signal, terms, bought, prices.next_back().unwrap_or(p)));
            }
            false
        });
    }
    for (signal, terms, bought, last) in open {
        let gained = gain(terms.amount, terms.entry_price, last.decimal(), config.mode).unwrap();
        done.push(Trade {
            signal,
            terms,
            exit_at: None,
            exit_price: last.decimal(),
            reason: Exit::Open,
            fees: bought.fee,
            pnl: bought.realized + gained,
        });
    }
    done.sort_by_key(|t| (t.terms.entered_at, t.signal.at, t.signal.id));
    (done, given - entered)
}

fn market_data() -> impl Strategy<Value = (Vec<Signal>, Vec<Snapshot>)> {
    let price = prop_oneof![1 => Just(0u32), 1 => Just(1_000_000), 12 => (1u32..1000).prop_map(|p| p * 1000)];
    let snapshots = prop::collection::vec((0u32..3, 0i64..60, price, 0u8..12), 0..80);
    let signals = prop::collection::vec((0u32..3, -2i64..62, any::<bool>(), 1i64..40_000), 0..15);
    (signals, snapshots).prop_map(|(signals, snapshots)| {
        let signals = signals
            .into_iter()
            .enumerate()
            .map(|(id, (market, at, yes, cents))| Signal {
                id: id as i64,
                market,
                at: at * HOUR,
                action: if yes { Action::BuyYes } else { Action::BuyNo },
                amount: Decimal::new(cents, 2),
            });
        let snapshots = snapshots.into_iter().enumerate().map(|(id, (market, at, p, lacks))| {
            let mut s = snapshot(market, at * HOUR, id as i64, p);
            if lacks == 0 {
                s.yes = None
            }
            if lacks == 1 {
                s.no = None
            }
            s
        });
        (signals.collect(), snapshots.collect())
    })
}

fn configs() -> impl Strategy<Value = Config> {
    let maybe = |low: i64| prop::option::of((low..1000i64).prop_map(|p| Decimal::new(p, 3)));
    (
        0i64..8,
        0i64..80,
        maybe(500),
        maybe(1),
        prop::option::of(0i64..30),
        0i64..100,
        prop::option::of(1i64..50_000),
    )
        .prop_map(|(wait, slippage, take, stop, hold, rate, amount)| {
            let mut config = Config::new(
                d("700"),
                FeeSchedule::new(Decimal::new(rate, 3), 1).unwrap(),
                Mode::Shares,
            );
            (config.max_wait, config.slippage, config.take_profit, config.max_hold) =
                (wait * HOUR, Decimal::new(slippage, 3), take, hold.map(|h| h * HOUR));
            (config.stop_loss, config.amount) = (stop.map(|s| s / Decimal::TWO), amount.map(|a| Decimal::new(a, 2)));
            config
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Nothing is known before it happened: the run is that of a trader who lived through it, and its equity ends where the money does.
    #[test]
    fn no_look_ahead((signals, snapshots) in market_data(), config in configs(), from in 0i64..20, to in 20i64..70) {
        let run = backtest(&signals, &snapshots, from * HOUR, to * HOUR, &config).unwrap();
        let (trades, skipped) = lived(&signals, &snapshots, from * HOUR, to * HOUR, &config);
        prop_assert_eq!(&run.trades, &trades);
        prop_assert_eq!(run.skipped, skipped);
        prop_assert_eq!(run.total_pnl, trades.iter().map(|t| t.pnl).sum::<Decimal>());
        prop_assert_eq!(run.end_value, config.initial_balance + run.total_pnl);
        let last = run.curve.total_return.unwrap();
        let end = (run.end_value - config.initial_balance).to_f64().unwrap() / config.initial_balance.to_f64().unwrap();
        prop_assert!((last - end).abs() < 1e-12);
    }

    /// What is stored of later changes nothing of earlier.
    #[test]
    fn the_future_changes_nothing((signals, snapshots) in market_data(), config in configs(), now in 1i64..60, seed in 1u32..999) {
        let mut other = snapshots.clone();
        for s in other.iter_mut().filter(|s| s.at >= now * HOUR) {
            *s = snapshot(s.market, s.at, s.id, (s.id as u32 * 7919 + seed) % 1000 * 1000);
        }
        let before = |snapshots: &[Snapshot]| {
            let run = backtest(&signals, snapshots, 0, 60 * HOUR, &config).unwrap();
            let known = run.trades.into_iter().filter(|t| t.terms.entered_at < now * HOUR);
            known.map(|t| (t.signal.id, t.terms, t.exit_at.filter(|at| *at < now * HOUR).map(|at| (at, t.pnl)))).collect::<Vec<_>>()
        };
        prop_assert_eq!(before(&snapshots), before(&other));
    }
}
