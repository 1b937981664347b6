use super::*;
use crate::position::Action;
use proptest::prelude::*;

fn d(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn buy(book: &mut Book, id: &str, market: &str, action: Action, price: &str, fees: FeeSchedule) {
    let terms = Terms::new(action, d("100"), d(price), 1000).unwrap();
    book.open(id, market, terms, fees).unwrap();
}

/// The example at the end of section 4, to the cent.
#[test]
fn the_contracts_example() {
    let free = FeeSchedule::FREE;
    let mut book = Book::new(d("10000"), Mode::Shares).unwrap();
    buy(&mut book, "t1", "m1", Action::BuyYes, ".65", free);
    let is = |book: &Book, balance: &str, invested: &str, profit: &str| {
        let state = book.state();
        assert_eq!(
            (state.balance(), state.total_invested, state.total_profit_loss()),
            (d(balance), d(invested), d(profit))
        );
        assert_eq!(state.total_value(), d("10000") + d(profit));
    };
    is(&book, "9900.00", "100.00", "0.00");
    book.mark("m1", 2000, 1, [Some(d(".70")), Some(d(".30"))]).unwrap();
    is(&book, "9900.00", "100.00", "7.69");
    book.mark("m1", 1500, 2, [Some(d(".10")), Some(d(".90"))]).unwrap();
    is(&book, "9900.00", "100.00", "7.69");
    assert_eq!(
        book.close("t1", d(".70"), 3000, Some(d("40")), free, None),
        Ok(d("3.08"))
    );
    is(&book, "9943.08", "60.00", "7.70");
    assert_eq!(book.close("t1", d(".62"), 3000, None, free, None), Ok(d("-2.77")));
    is(&book, "10000.31", "0.00", "0.31");
    assert_eq!(book.trade("t1").unwrap().holding.exit_price(), Some(d(".652")));
    buy(&mut book, "t2", "m2", Action::BuyNo, ".705", free);
    assert_eq!(
        book.resolve("m2", Outcome::Yes, 4000),
        Ok(vec![("t2".into(), d("-100"))])
    );
    is(&book, "9900.31", "0.00", "-99.69");
    let fees = FeeSchedule::new(d(".05"), 1).unwrap();
    buy(&mut book, "t3", "m3", Action::BuyYes, ".65", fees);
    assert_eq!(book.trade("t3").unwrap().holding.realized, Some(d("-1.75")));
    is(&book, "9798.56", "100.00", "-101.44");
    assert_eq!(
        book.resolve("m3", Outcome::Half, 4000),
        Ok(vec![("t3".into(), d("-23.08"))])
    );
    is(&book, "9875.48", "0.00", "-124.52");
    assert_eq!(
        (book.state().fees, book.state().trade_count, book.state().open_positions),
        (d("1.75"), 3, 0)
    );
}

#[test]
fn refusals_change_nothing() {
    let free = FeeSchedule::FREE;
    assert_eq!(Book::new(d("-1"), Mode::Shares).unwrap_err().sqlstate(), "22023");
    let mut book = Book::new(d("150"), Mode::Shares).unwrap();
    buy(&mut book, "t1", "m1", Action::BuyYes, ".5", free);
    let before = book.state();
    let terms = Terms::new(Action::BuyYes, d("100"), d(".5"), 0).unwrap();
    assert_eq!(book.open("t1", "m1", terms, free).unwrap_err().sqlstate(), "23505");
    let error = book.open("t2", "m1", terms, free).unwrap_err();
    assert_eq!(
        (error.sqlstate(), error.to_string()),
        ("55000", "insufficient balance: t2 costs 100.00, there is 50.00".into())
    );
    let mut close = |id, price, at, amount: Option<&str>| {
        book.close(id, d(price), at, amount.map(d), free, None)
            .unwrap_err()
            .sqlstate()
    };
    assert_eq!(close("t9", ".5", 2000, None), "P0002");
    assert_eq!(
        (
            close("t1", ".5", 999, None),
            close("t1", ".5", 2000, Some("100.01")),
            close("t1", ".5", 2000, Some("0"))
        ),
        ("22023", "22023", "22023")
    );
    assert_eq!(close("t1", "1.1", 2000, None), "22003");
    assert_eq!(book.resolve("m1", Outcome::Yes, 999).unwrap_err().sqlstate(), "22023");
    assert_eq!(book.state(), before);
    assert_eq!(book.resolve("m1", Outcome::Void, 2000), Ok(vec![("t1".into(), d("0"))]));
    assert_eq!(book.state().balance(), d("150"));
    assert_eq!(book.resolve("m1", Outcome::Void, 3000), Ok(vec![]));
    assert_eq!(book.resolve("m1", Outcome::Yes, 3000).unwrap_err().sqlstate(), "55000");
    assert_eq!(
        book.close("t1", d(".5"), 3000, None, free, None)
            .unwrap_err()
            .sqlstate(),
        "55000"
    );
    assert_eq!(book.open("t3", "m1", terms, free).unwrap_err().sqlstate(), "55000");
}

#[test]
fn a_request_is_booked_once() {
    let free = FeeSchedule::FREE;
    let mut book = Book::new(d("1000"), Mode::Shares).unwrap();
    buy(&mut book, "t1", "m1", Action::BuyYes, ".5", free);
    let once = book.close("t1", d(".6"), 2000, Some(d("50")), free, Some("r1"));
    let state = book.state();
    assert_eq!(once, Ok(d("10")));
    assert_eq!(
        book.close("t1", d(".60"), 2000, Some(d("50.00")), free, Some("r1")),
        once
    );
    assert_eq!(book.state(), state);
    assert_eq!(
        book.close("t1", d(".7"), 2000, Some(d("50")), free, Some("r1"))
            .unwrap_err()
            .sqlstate(),
        "23505"
    );
    assert_eq!(
        book.close("t1", d(".6"), 2000, None, free, Some("r1"))
            .unwrap_err()
            .sqlstate(),
        "23505"
    );
}

/// What a client may do, at random.
#[derive(Clone, Debug)]
enum Step {
    Open(u8, Action, i64, i64),
    Close(u8, i64, i64),
    Mark(u8, i64, Option<i64>, Option<i64>),
    Resolve(u8, u8),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let action = prop_oneof![Just(Action::BuyYes), Just(Action::BuyNo)];
    let price = 0i64..=1000;
    let step = prop_oneof![
        4 => (0u8..4, action, 1i64..=1000, 1i64..50_000).prop_map(|(m, a, p, c)| Step::Open(m, a, p, c)),
        4 => (0u8..20, price.clone(), 1i64..50_000).prop_map(|(t, p, c)| Step::Close(t, p, c)),
        6 => (0u8..4, 0i64..50, prop::option::of(price.clone()), prop::option::of(price)).prop_map(|(m, at, y, n)| Step::Mark(m, at, y, n)),
        1 => (0u8..4, 0u8..4).prop_map(|(m, o)| Step::Resolve(m, o)),
    ];
    prop::collection::vec(step, 1..60)
}

proptest! {
    /// Balance and stakes are what the book began with and what it realized; the running state is the sum over its trades; and snapshots
    /// in any order leave the same marks.
    #[test]
    fn state_is_the_sum_of_its_trades(steps in steps(), fee in 0i64..100) {
        let fees = FeeSchedule::new(Decimal::new(fee, 3), 1).unwrap();
        let mut book = Book::new(d("2000"), Mode::Shares).unwrap();
        let (mut cash, mut marks) = (d("2000"), Vec::new());
        for (n, step) in steps.iter().enumerate() {
            let at = 100 + n as i64;
            match step {
                Step::Open(market, action, price, cents) => {
                    let terms = Terms::new(*action, Decimal::new(*cents, 2), Decimal::new(*price, 3), 25).unwrap();
                    if let Ok(fill) = book.open(&format!("t{n}"), &market.to_string(), terms, fees) {
                        cash += fill.cash;
                    }
                }
                Step::Close(nth, price, cents) => {
                    let found = book.trades.keys().nth(usize::from(*nth)).cloned();
                    let amount = Decimal::new(*cents, 2);
                    if let Some(id) = found && let Ok(realized) = book.close(&id, Decimal::new(*price, 3), at, Some(amount), fees, None) {
                        cash += realized + amount;
                    }
                }
                Step::Mark(market, at, yes, no) => {
                    let prices = [yes, no].map(|p| p.map(|p| Decimal::new(p, 3)));
                    marks.push((market.to_string(), *at, n as i64, prices));
                    book.mark(&market.to_string(), *at, n as i64, prices).unwrap();
                }
                Step::Resolve(market, outcome) => {
                    let outcome = [Outcome::Yes, Outcome::No, Outcome::Half, Outcome::Void][usize::from(*outcome)];
                    let before = book.state().total_invested;
                    if let Ok(ended) = book.resolve(&market.to_string(), outcome, at) {
                        cash += before - book.state().total_invested + ended.iter().map(|(_, r)| *r).sum::<Decimal>();
                    }
                }
            }
            let state = book.state();
            prop_assert_eq!(state.balance(), cash);
            prop_assert!(cash >= Decimal::ZERO);
            let open = || book.trades.values().filter(|t| t.holding.is_open());
            prop_assert_eq!(state.total_invested, open().map(|t| t.holding.open_amount()).sum::<Decimal>());
            prop_assert_eq!(state.unrealized, open().map(|t| t.current_pnl).sum::<Decimal>());
            prop_assert_eq!(state.realized, book.trades.values().filter_map(|t| t.holding.realized).sum::<Decimal>());
            prop_assert_eq!(state.fees, book.trades.values().map(|t| t.holding.fees).sum::<Decimal>());
            prop_assert_eq!(state.total_value(), state.balance() + state.total_invested + state.unrealized);
            prop_assert_eq!((state.open_positions, state.trade_count), (open().count() as u64, book.trades.len() as u64));
        }
        // All snapshots again, the other way round: nothing moves.
        let state = book.state();
        for (market, at, id, prices) in marks.into_iter().rev() {
            book.mark(&market, at, id, prices).unwrap();
        }
        prop_assert_eq!(book.state(), state);
    }
}
