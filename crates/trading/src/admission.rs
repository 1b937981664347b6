//! Which signals become trades, and why the others do not.

use rust_decimal::Decimal;

/// Why a signal is passed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Skip {
    /// It has its trade.
    AlreadyExecuted,
    /// Its strategy is switched off.
    InactiveStrategy,
    /// Its market is closed.
    MarketClosed,
    /// Its event is over.
    ExpiredEvent,
    /// The market is held already, and that is not wanted twice.
    AlreadyHeld,
    /// The strategy's stakes would exceed what it has.
    Allocation,
    /// Stake and fee would exceed the balance.
    InsufficientBalance,
}

impl Skip {
    /// As SQL writes it.
    pub fn word(self) -> &'static str {
        match self {
            Skip::AlreadyExecuted => "already executed",
            Skip::InactiveStrategy => "inactive strategy",
            Skip::MarketClosed => "market closed",
            Skip::ExpiredEvent => "expired event",
            Skip::AlreadyHeld => "already held",
            Skip::Allocation => "allocation",
            Skip::InsufficientBalance => "insufficient balance",
        }
    }
}

/// What is known of a signal that could be executed.
#[derive(Clone, Copy, Debug)]
pub struct Candidate {
    /// Whether it has been.
    pub executed: bool,
    /// Whether its strategy is on.
    pub is_active: bool,
    /// Whether its market is closed.
    pub closed: bool,
    /// When its event ends, if that is known.
    pub ends_at: Option<i64>,
    /// Whether its market is held and held markets are to be passed over.
    pub held: bool,
    /// The stake.
    pub amount: Decimal,
    /// The fee for entering.
    pub fee: Decimal,
}

/// What a strategy has: a book of its own.
#[derive(Clone, Copy, Debug)]
pub struct Allowance {
    /// What it was given; none is the whole portfolio.
    pub allocated: Option<Decimal>,
    /// Its stakes that are open.
    pub open_stake: Decimal,
    /// What it has realized, net of fees.
    pub realized: Decimal,
}

/// Why not, if not: the first reason in the order of [`Skip`], what cannot change before what can. After the entry a strategy's open stake
/// may be at most `allocated + realized`, its fee being realized at once; stake and fee may be at most the balance. (Contract 2 and 4.)
pub fn skip(signal: &Candidate, strategy: &Allowance, balance: Decimal, at: i64) -> Option<Skip> {
    let more = |a: Decimal, b: Decimal| a.checked_add(b).unwrap_or(Decimal::MAX);
    let cost = more(signal.amount, signal.fee);
    let reasons = [
        (signal.executed, Skip::AlreadyExecuted),
        (!signal.is_active, Skip::InactiveStrategy),
        (signal.closed, Skip::MarketClosed),
        (signal.ends_at.is_some_and(|end| end <= at), Skip::ExpiredEvent),
        (signal.held, Skip::AlreadyHeld),
        (
            strategy
                .allocated
                .is_some_and(|a| more(strategy.open_stake, cost) > more(a, strategy.realized)),
            Skip::Allocation,
        ),
        (cost > balance, Skip::InsufficientBalance),
    ];
    reasons.into_iter().find(|(holds, _)| *holds).map(|(_, skip)| skip)
}

/// The order in which signals are tried: by confidence, the surest first, then by id. (Contract 4.)
pub fn surest_first(one: (Decimal, i64), other: (Decimal, i64)) -> std::cmp::Ordering {
    other.0.cmp(&one.0).then(one.1.cmp(&other.1))
}

/// The id of a trade: `trade_YYYYMMDD_HHMMSS_<market>`, with `_2`, `_3` … where that is taken; `stamp` is the time in the zone of imports.
/// None where a hundred thousand are. (Contract 4.)
pub fn trade_id(stamp: &str, market: &str, taken: impl Fn(&str) -> bool) -> Option<String> {
    let first = format!("trade_{stamp}_{market}");
    if !taken(&first) {
        return Some(first);
    }
    (2..=100_000).map(|n| format!("{first}_{n}")).find(|id| !taken(id))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn reasons_in_their_order() {
        let good = Candidate {
            executed: false,
            is_active: true,
            closed: false,
            ends_at: Some(11),
            held: false,
            amount: d("100"),
            fee: d("1.75"),
        };
        let whole = Allowance {
            allocated: None,
            open_stake: d("5000"),
            realized: d("-50"),
        };
        let why = |signal: Candidate, strategy: Allowance, balance: &str| {
            skip(&signal, &strategy, d(balance), 10).map(Skip::word)
        };
        assert_eq!(why(good, whole, "101.75"), None);
        assert_eq!(why(good, whole, "101.74"), Some("insufficient balance"));
        let own = |allocated: &str| Allowance {
            allocated: Some(d(allocated)),
            ..whole
        };
        assert_eq!(
            (why(good, own("5151.75"), "10000"), why(good, own("5151.74"), "10000")),
            (None, Some("allocation"))
        );
        assert_eq!(
            why(Candidate { held: true, ..good }, own("1"), "0"),
            Some("already held")
        );
        assert_eq!(
            why(
                Candidate {
                    ends_at: Some(10),
                    held: true,
                    ..good
                },
                whole,
                "0"
            ),
            Some("expired event")
        );
        assert_eq!(why(Candidate { ends_at: None, ..good }, whole, "500"), None);
        assert_eq!(
            why(
                Candidate {
                    closed: true,
                    ends_at: Some(1),
                    ..good
                },
                whole,
                "0"
            ),
            Some("market closed")
        );
        assert_eq!(
            why(
                Candidate {
                    is_active: false,
                    closed: true,
                    ..good
                },
                whole,
                "0"
            ),
            Some("inactive strategy")
        );
        assert_eq!(
            why(
                Candidate {
                    executed: true,
                    is_active: false,
                    ..good
                },
                whole,
                "0"
            ),
            Some("already executed")
        );
    }

    #[test]
    fn the_surest_first_and_ids_apart() {
        let mut signals = [(d("0.4"), 1), (d("0.9"), 3), (d("0.90"), 2)];
        signals.sort_by(|a, b| surest_first(*a, *b));
        assert_eq!(signals.map(|s| s.1), [2, 3, 1]);
        let taken = ["trade_20251020_170245_7", "trade_20251020_170245_7_2"];
        assert_eq!(
            trade_id("20251020_170245", "7", |id| taken.contains(&id)).as_deref(),
            Some("trade_20251020_170245_7_3")
        );
        assert_eq!(
            trade_id("20251020_170245", "8", |id| taken.contains(&id)).as_deref(),
            Some("trade_20251020_170245_8")
        );
        assert_eq!(trade_id("x", "y", |_| true), None);
    }
}
