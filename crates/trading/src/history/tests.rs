use super::*;
use crate::book::Book;
use crate::fee::FeeSchedule;
use crate::position::Action;
use proptest::prelude::*;

fn snapshot(market: u32, at: i64, id: i64, yes: u32) -> Snapshot {
    let price = Price::of_millionths;
    let no = yes.checked_sub(1).and_then(|_| price(1_000_000 - yes));
    Snapshot {
        market,
        at,
        id,
        yes: price(yes),
        no,
    }
}

#[test]
fn prices_are_those_of_the_column() {
    let of = |text: &str| Price::of(text.parse().unwrap()).map(Price::millionths);
    assert_eq!(
        (of("0.9999989889179475"), of("1"), of("0.0000005"), of("0.00000049")),
        (Some(999_999), Some(1_000_000), Some(1), Some(0))
    );
    assert_eq!((of("1.0000001"), of("-0.1")), (None, None));
    assert_eq!(
        Price::of_millionths(652_000).map(|p| p.decimal().to_string()),
        Some("0.652000".into())
    );
}

/// The example of the contract, asked for at any moment, late data and all.
#[test]
fn a_past_moment_is_what_was_true_then() {
    let d = |text: &str| text.parse::<Decimal>().unwrap();
    let terms = Terms::new(Action::BuyYes, d("100"), d(".65"), 1000).unwrap();
    let close = |amount, price, at| {
        terms
            .close(d(amount), d(price), at, FeeSchedule::FREE, Mode::Shares)
            .unwrap()
    };
    // In the order of arrival, not of events.
    let fills = vec![
        close("60", ".62", 4000),
        terms.entry(FeeSchedule::FREE).unwrap(),
        close("40", ".70", 3000),
    ];
    let records = [Record {
        market: 0,
        terms,
        fills,
    }];
    let snapshots = [
        snapshot(0, 2000, 1, 700_000),
        snapshot(0, 1500, 2, 100_000),
        snapshot(0, 1000, 3, 990_000),
        snapshot(7, 1, 4, 1),
    ];
    let mut walk = Walk::new(d("10000"), Mode::Shares, Marks::AfterEntry, &records, &snapshots).unwrap();
    for (at, balance, invested, profit) in [
        (999, "10000", "0", "0"),
        (1000, "9900", "100", "0"),
        (1500, "9900", "100", "-84.62"),
        (2999, "9900", "100", "7.69"),
        (3000, "9943.08", "60", "7.70"),
        (4000, "10000.31", "0", "0.31"),
    ] {
        let state = walk.at(at).unwrap();
        assert_eq!(
            (state.balance(), state.total_invested, state.total_profit_loss()),
            (d(balance), d(invested), d(profit)),
            "{at}"
        );
    }
    let mut from_entry = Walk::new(d("10000"), Mode::Shares, Marks::FromEntry, &records, &snapshots).unwrap();
    assert_eq!(from_entry.at(1000).unwrap().unrealized, d("52.31"));
}

proptest! {
    /// At every moment the walk is what a book is that was told everything up to then, in any order of arrival.
    #[test]
    fn a_walk_is_a_book_told_in_order(
        raw in prop::collection::vec((0u32..3, any::<bool>(), 1i64..20_000, 1i64..=1000, 0i64..30, 0i64..20, prop::option::of(0i64..=1000)), 0..12),
        marks in prop::collection::vec((0u32..3, 0i64..60, 0u32..=1_000_000), 0..25),
    ) {
        let balance = Decimal::from(1_000_000);
        let mut records = Vec::new();
        let mut told: Vec<(i64, usize, bool)> = Vec::new();
        for (n, (market, yes, cents, price, entered, later, exit)) in raw.iter().enumerate() {
            let action = if *yes { Action::BuyYes } else { Action::BuyNo };
            let terms = Terms::new(action, Decimal::new(*cents, 2), Decimal::new(*price, 3), *entered).unwrap();
            let mut fills = vec![terms.entry(FeeSchedule::FREE).unwrap()];
            told.push((*entered, n, false));
            if let Some(exit) = exit {
                fills.insert(0, terms.close(terms.amount, Decimal::new(*exit, 3), entered + later, FeeSchedule::FREE, Mode::Shares).unwrap());
                told.push((entered + later, n, true));
            }
            records.push(Record { market: *market, terms, fills });
        }
        told.sort();
        let snapshots: Vec<Snapshot> = marks.iter().enumerate().map(|(id, (m, at, yes))| snapshot(*m, *at, id as i64, *yes)).collect();
        let mut walk = Walk::new(balance, Mode::Shares, Marks::AfterEntry, &records, &snapshots).unwrap();
        for at in 0..60 {
            let mut book = Book::new(balance, Mode::Shares).unwrap();
            for s in snapshots.iter().filter(|s| s.at <= at).rev() {
                book.mark(&s.market.to_string(), s.at, s.id, [s.yes, s.no].map(|p| p.map(Price::decimal))).unwrap();
            }
            for (when, n, closes) in told.iter().filter(|t| t.0 <= at) {
                let (r, id) = (&records[*n], n.to_string());
                if *closes {
                    book.close(&id, r.fills[0].price, *when, None, FeeSchedule::FREE, None).unwrap();
                } else {
                    book.open(&id, &r.market.to_string(), r.terms, FeeSchedule::FREE).unwrap();
                }
            }
            prop_assert_eq!(walk.at(at).unwrap(), book.state());
            prop_assert_eq!(state_at(balance, Mode::Shares, Marks::AfterEntry, &records, &snapshots, at).unwrap(), book.state());
        }
    }
}
