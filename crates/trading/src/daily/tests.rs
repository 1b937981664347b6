use super::*;
use crate::days::DAY;
use crate::fee::FeeSchedule;
use crate::fill::Terms;
use crate::history::{Marks, Price, Record, Snapshot};
use crate::position::{Action, Mode};
use proptest::prelude::*;

fn d(text: &str) -> Decimal {
    text.parse().unwrap()
}

#[test]
fn days_of_a_trade() {
    let fees = FeeSchedule::new(d(".05"), 1).unwrap();
    let terms = Terms::new(Action::BuyYes, d("100"), d(".65"), DAY + 5).unwrap();
    let fills = vec![
        terms.entry(fees).unwrap(),
        terms
            .close(d("100"), d(".70"), 4 * DAY - 1, FeeSchedule::FREE, Mode::Shares)
            .unwrap(),
    ];
    let records = [Record {
        market: 0,
        terms,
        fills,
    }];
    let yes = Price::of_millionths(500_000);
    let snapshots = [Snapshot {
        market: 0,
        at: 2 * DAY,
        id: 1,
        yes,
        no: None,
    }];
    let mut walk = Walk::new(d("1000"), Mode::Shares, Marks::AfterEntry, &records, &snapshots).unwrap();
    let (start, days) = daily_pnl(&mut walk, 0, 4).unwrap();
    assert_eq!(start, d("1000"));
    let rows: Vec<_> = days
        .iter()
        .map(|x| [x.realized, x.unrealized_change, x.fees, x.total, x.equity].map(|m| m.to_string()))
        .collect();
    assert_eq!(rows[0], ["0.00", "0.00", "0.00", "0.00", "1000.00"]);
    assert_eq!(rows[1], ["-1.75", "0.00", "1.75", "-1.75", "998.25"]);
    assert_eq!(rows[2], ["0.00", "-23.08", "0.00", "-23.08", "975.17"]);
    assert_eq!(rows[3], ["7.69", "23.08", "0.00", "30.77", "1005.94"]);
    assert_eq!(rows[4], ["0.00", "0.00", "0.00", "0.00", "1005.94"]);
    assert_eq!(days[1].day_return, Some(-0.00175));
    let curve = Curve::of(start, days.iter().map(|x| x.equity));
    assert!(curve.total_return.is_some_and(|r| (r - 0.00594).abs() < 1e-12));
    assert!(curve.max_drawdown.is_some_and(|r| (r - 0.02483).abs() < 1e-12));
    assert!(curve.sharpe.is_some() && curve.sortino.is_some());
}

#[test]
fn ranges() {
    let mut walk = Walk::new(d("1"), Mode::Shares, Marks::AfterEntry, &[], &[]).unwrap();
    assert_eq!(daily_pnl(&mut walk, 5, 4).unwrap_err().sqlstate(), "22023");
    assert_eq!(daily_pnl(&mut walk, 0, MOST_DAYS).unwrap_err().sqlstate(), "22023");
    assert_eq!(
        daily_pnl(&mut walk, i64::MIN, i64::MAX).unwrap_err().sqlstate(),
        "22023"
    );
    assert_eq!(daily_pnl(&mut walk, 5, 5).map(|(_, days)| days.len()), Ok(1));
    assert_eq!(
        daily_pnl(&mut walk, i64::MAX, i64::MAX).map(|(_, days)| days.len()),
        Ok(1)
    );
}

#[test]
fn tallies() {
    let mut tally = Tally::default();
    assert_eq!(
        (tally.win_rate(), tally.profit_factor(), tally.avg_pnl(), tally.roi()),
        (None, None, None, None)
    );
    tally.add(d("30"), d("100"));
    assert_eq!((tally.win_rate(), tally.profit_factor()), (Some(1.0), None));
    tally.add(d("0"), d("100"));
    tally.add(d("-20"), d("50"));
    assert_eq!((tally.win_rate(), tally.profit_factor()), (Some(1.0 / 3.0), Some(1.5)));
    assert_eq!((tally.avg_pnl(), tally.roi()), (Some(10.0 / 3.0), Some(0.04)));
}

#[test]
fn a_curve_that_ends_at_nothing() {
    let curve = Curve::of(d("100"), [d("0"), d("0")].into_iter());
    assert_eq!(
        (curve.total_return, curve.max_drawdown, curve.sharpe),
        (Some(-1.0), Some(1.0), None)
    );
    assert_eq!(Curve::of(d("0"), [d("1")].into_iter()), Curve::default());
    assert_eq!(
        Curve::of(d("5"), std::iter::empty()),
        Curve {
            total_return: Some(0.0),
            max_drawdown: Some(0.0),
            ..Curve::default()
        }
    );
}

#[test]
fn correlations_by_name() {
    let series = |names: &[(&str, &[f64])]| {
        names
            .iter()
            .map(|(n, v)| (n.to_string(), v.to_vec()))
            .collect::<Vec<_>>()
    };
    let all = series(&[("b", &[1.0, 2.0, 3.5]), ("c", &[0.0; 3]), ("a", &[-1.0, -2.0, -3.5])]);
    let found = trade_correlation(&all).unwrap();
    let rows: Vec<_> = found.iter().map(|c| (c.a, c.b, c.days, c.correlation)).collect();
    assert_eq!(
        rows,
        [("a", "b", 3, Some(-1.0)), ("a", "c", 3, None), ("b", "c", 3, None)]
    );
    let odd = series(&[("a", &[1.0]), ("b", &[])]);
    assert_eq!(trade_correlation(&odd).unwrap_err().sqlstate(), "2202E");
}

proptest! {
    /// Totals of days are the change of equity, and their sum that of the range.
    #[test]
    fn totals_are_changes_of_equity(
        raw in prop::collection::vec((any::<bool>(), 1i64..20_000, 1i64..=1000, 0i64..10, 1i64..10, 0i64..=1000), 1..10),
        marks in prop::collection::vec((0i64..20, 0u32..=1_000_000), 0..25),
    ) {
        let fees = FeeSchedule::new(Decimal::new(3, 2), 1).unwrap();
        let records: Vec<Record> = raw.iter().map(|(yes, cents, price, day, later, exit)| {
            let action = if *yes { Action::BuyYes } else { Action::BuyNo };
            let terms = Terms::new(action, Decimal::new(*cents, 2), Decimal::new(*price, 3), day * DAY).unwrap();
            let exit = terms.close(terms.amount, Decimal::new(*exit, 3), (day + later) * DAY, fees, Mode::Shares).unwrap();
            Record { market: 0, terms, fills: vec![terms.entry(fees).unwrap(), exit] }
        }).collect();
        let snapshots: Vec<Snapshot> = marks.iter().enumerate().map(|(id, (day, p))| Snapshot {
            market: 0, at: day * DAY + 7, id: id as i64, yes: Price::of_millionths(*p), no: Price::of_millionths(1_000_000 - p),
        }).collect();
        let mut walk = Walk::new(d("500"), Mode::Shares, Marks::AfterEntry, &records, &snapshots).unwrap();
        let (start, days) = daily_pnl(&mut walk, 0, 25).unwrap();
        let mut equity = start;
        for day in &days {
            prop_assert_eq!(day.equity, equity + day.total);
            prop_assert_eq!(day.total, day.realized + day.unrealized_change);
            equity = day.equity;
        }
        // All is closed in the end: what was realized is what there is.
        let realized: Decimal = records.iter().flat_map(|r| &r.fills).map(|f| f.realized).sum();
        prop_assert_eq!(equity, d("500") + realized);
        prop_assert_eq!(days.iter().map(|x| x.fees).sum::<Decimal>(), records.iter().flat_map(|r| &r.fills).map(|f| f.fee).sum::<Decimal>());
    }
}
