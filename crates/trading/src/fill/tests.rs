use super::*;
use proptest::prelude::*;

fn d(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn terms(action: Action, amount: &str, price: &str) -> Terms {
    Terms::new(action, d(amount), d(price), 100).unwrap()
}

#[test]
fn fees_are_realized_when_paid() {
    let terms = terms(Action::BuyYes, "100", ".65");
    let fees = FeeSchedule::new(d(".05"), 1).unwrap();
    let entry = terms.entry(fees).unwrap();
    assert_eq!(
        (entry.realized, entry.cash, entry.fee),
        (d("-1.75"), d("-101.75"), d("1.75"))
    );
    let half = terms.resolve(d("100"), Outcome::Half, 200, Mode::Shares).unwrap();
    assert_eq!(
        (half.realized, half.cash, half.price, half.kind),
        (d("-23.08"), d("76.92"), d("0.5"), Kind::Resolve)
    );
    let void = terms.resolve(d("100"), Outcome::Void, 200, Mode::Shares).unwrap();
    assert_eq!(
        (void.realized, void.cash, void.price, void.kind.word()),
        (d("0"), d("100"), d(".65"), "void")
    );
    // 100/.65 shares sold at .7 with 5 %: 7.69 less 153.846…·.7·.05·.3
    let close = terms.close(d("100"), d(".7"), 200, fees, Mode::Shares).unwrap();
    assert_eq!(
        (close.fee, close.realized, close.cash),
        (d("1.62"), d("6.07"), d("106.07"))
    );
    assert_eq!(Holding::new(terms, &entry).realized, Some(d("-1.75")));
    assert_eq!(
        Holding::new(terms, &terms.entry(FeeSchedule::FREE).unwrap()).realized,
        None
    );
}

#[test]
fn a_stored_fill_is_what_was_booked() {
    let terms = terms(Action::BuyNo, "100", ".65");
    let fees = FeeSchedule::new(d(".05"), 1).unwrap();
    for fill in [
        terms.entry(fees).unwrap(),
        terms.close(d("40"), d(".7"), 200, fees, Mode::Linear).unwrap(),
    ] {
        assert_eq!(
            Fill::stored(fill.kind, fill.at, fill.amount, fill.price, fill.fee, fill.realized),
            Ok(fill)
        );
    }
    let state = |amount, price, realized| {
        Fill::stored(Kind::Close, 0, d(amount), d(price), d("0"), d(realized))
            .unwrap_err()
            .sqlstate()
    };
    assert_eq!(
        (
            state("0", ".5", "0"),
            state("1", "1.1", "0"),
            state("1", ".5", "10000000000000")
        ),
        ("22023", "22003", "22003")
    );
}

#[test]
fn parts_average_their_exit_price() {
    let terms = terms(Action::BuyYes, "100", ".65");
    let mut holding = Holding::new(terms, &terms.entry(FeeSchedule::FREE).unwrap());
    assert_eq!(
        (holding.exit_price(), holding.marked(d(".7"), Mode::Shares)),
        (None, Ok(d("7.69")))
    );
    let close = |amount, price| terms.close(d(amount), d(price), 200, FeeSchedule::FREE, Mode::Shares);
    holding.exit(&close("40", ".70").unwrap()).unwrap();
    assert_eq!((holding.realized, holding.open_amount()), (Some(d("3.08")), d("60")));
    assert_eq!(holding.marked(d(".7"), Mode::Shares), Ok(d("4.62")));
    assert_eq!(
        holding.exit(&close("60.01", ".7").unwrap()).unwrap_err().sqlstate(),
        "22023"
    );
    holding.exit(&close("60", ".62").unwrap()).unwrap();
    assert_eq!(
        (holding.realized, holding.exit_price(), holding.is_open()),
        (Some(d("0.31")), Some(d(".652")), false)
    );
    assert_eq!(
        holding.exit(&close("1", ".7").unwrap()).unwrap_err().sqlstate(),
        "55000"
    );
    assert_eq!(holding.marked(d(".9"), Mode::Shares), Ok(d("0")));
}

#[test]
fn refusals() {
    let buy = |amount, price| {
        Terms::new(Action::BuyNo, d(amount), d(price), 0)
            .map(|_| ())
            .map_err(|e| e.sqlstate())
    };
    assert_eq!(
        (buy("0", ".5"), buy("-5", ".5"), buy("1.005", ".5")),
        (Err("22023"), Err("22023"), Err("22023"))
    );
    assert_eq!(
        (buy("1", "0"), buy("1", "1.01"), buy("10000000000000", ".5")),
        (Err("22003"), Err("22003"), Err("22003"))
    );
    assert_eq!((buy("1.5000", "1"), buy("9999999999999.99", "1")), (Ok(()), Ok(())));
    let terms = terms(Action::BuyNo, "100", ".5");
    let close = |amount, price, at| {
        terms
            .close(d(amount), d(price), at, FeeSchedule::FREE, Mode::Shares)
            .map(|_| ())
            .map_err(|e| e.sqlstate())
    };
    assert_eq!(
        (close("0", ".5", 200), close("10", ".5", 99), close("10", ".5", 100)),
        (Err("22023"), Err("22023"), Ok(()))
    );
    assert_eq!(close("10", "1.5", 200), Err("22003"));
    assert_eq!(
        terms
            .resolve(d("10"), Outcome::Yes, 99, Mode::Shares)
            .unwrap_err()
            .sqlstate(),
        "22023"
    );
    // What a column cannot hold.
    let tiny = Terms::new(Action::BuyYes, d("9999999999999.99"), d(".000001"), 0).unwrap();
    assert_eq!(
        tiny.close(tiny.amount, d("1"), 0, FeeSchedule::FREE, Mode::Shares)
            .unwrap_err()
            .sqlstate(),
        "22003"
    );
}

proptest! {
    /// However a stake is closed, its cash is its stake and what it realized; parts differ from the whole by half a cent each at most.
    #[test]
    fn parts_and_the_whole(cents in prop::collection::vec(1i64..100_000, 1..8), entry in 1i64..=1_000_000, exit in 0i64..=1_000_000) {
        let total: i64 = cents.iter().sum();
        let terms = Terms::new(Action::BuyNo, Decimal::new(total, 2), Decimal::new(entry, 6), 0).unwrap();
        let start = terms.entry(FeeSchedule::FREE).unwrap();
        let mut holding = Holding::new(terms, &start);
        let mut cash = start.cash;
        let exit = Decimal::new(exit, 6);
        for part in &cents {
            let fill = terms.close(Decimal::new(*part, 2), exit, 1, FeeSchedule::FREE, Mode::Shares).unwrap();
            holding.exit(&fill).unwrap();
            cash += fill.cash;
        }
        prop_assert_eq!(holding.realized, Some(cash));
        prop_assert_eq!(holding.exit_price(), Some(exit));
        let whole = gain(terms.amount, terms.entry_price, exit, Mode::Shares).unwrap();
        let most = Decimal::new(5, 3) * Decimal::from(cents.len() + 1);
        prop_assert!((cash - whole).abs() <= most);
    }
}
