//! Season statistics against the contract's worked example, and incremental maintenance against recomputation.

use super::*;
use proptest::prelude::*;

fn batting(date: i32, line: [i32; 7]) -> Game {
    let [pa, ab, h, b2, hr, bb, so] = line;
    let mut game = Game::on(date);
    for (count, value) in [
        (PlateAppearances, pa),
        (AtBats, ab),
        (Hits, h),
        (Doubles, b2),
        (Triples, 0),
        (HomeRuns, hr),
        (Walks, bb),
        (Strikeouts, so),
        (HitByPitch, 0),
        (SacrificeFlies, 0),
    ] {
        game.set(count, value);
    }
    game
}

fn total(games: &[Game]) -> Totals {
    let mut totals = Totals::default();
    games.iter().for_each(|g| totals.add(g));
    totals
}

fn text(rate: Option<Fixed>) -> String {
    rate.map_or("NULL".into(), |r| r.to_string())
}

#[test]
fn the_worked_example_of_the_contract() {
    let totals = total(&[
        batting(152, [5, 4, 2, 1, 0, 1, 0]),
        batting(153, [1, 0, 0, 0, 0, 1, 0]),
        batting(153, [3, 3, 0, 0, 0, 0, 2]),
        batting(155, [4, 4, 3, 0, 1, 0, 0]),
    ]);
    let rates = totals.rates();
    assert_eq!(text(rates.avg), "0.455");
    assert_eq!(text(rates.obp), "0.538");
    assert_eq!(text(rates.slg), "0.818");
    assert_eq!(text(rates.ops), "1.357");
    assert_eq!(text(rates.bb_percent), "15.4");
    assert_eq!(text(rates.k_percent), "15.4");
    assert!((totals.hit_consistency_cv().unwrap() - 1.2).abs() < 1e-15);
    assert_eq!((totals.multi_hit_games, totals.extra_base_hit_games), (2, 2));
    assert_eq!((totals.first_date, totals.last_date), (152, 155));
}

#[test]
fn a_sum_without_any_known_value_is_null_and_so_are_its_rates() {
    let mut game = Game::on(1);
    game.set(AtBats, 4);
    let totals = total(&[game]);
    assert_eq!(totals.sum(AtBats), Some(4));
    assert_eq!(totals.sum(Hits), None);
    assert_eq!(totals.rates().avg, None);
    assert_eq!(totals.hit_consistency_cv(), None);
}

#[test]
fn pitching_rates_by_hand() {
    let mut game = Game::on(1);
    for (count, value) in [
        (OutsPitched, 16),
        (BattersFaced, 24),
        (HitsAllowed, 5),
        (EarnedRuns, 2),
        (HomeRunsAllowed, 1),
        (WalksAllowed, 3),
        (StrikeoutsPitched, 7),
    ] {
        game.set(count, value);
    }
    let rates = total(&[game]).rates();
    assert_eq!(text(rates.innings_pitched), "5.3");
    assert_eq!(text(rates.era), "3.38"); // 54 / 16 = 3.375
    assert_eq!(text(rates.whip), "1.500"); // 24 / 16
    assert_eq!(text(rates.fip), "4.60"); // 3 * (13 + 9 - 14) / 16 + 3.10 = 1.5 + 3.1
    assert_eq!(text(rates.k_per_9), "11.81"); // 189 / 16 = 11.8125
    assert_eq!(text(rates.bb_per_9), "5.06"); // 81 / 16 = 5.0625
}

#[test]
fn fip_can_be_negative_and_rounds_away_from_zero() {
    let mut game = Game::on(1);
    for (count, value) in [
        (OutsPitched, 16),
        (HomeRunsAllowed, 0),
        (WalksAllowed, 0),
        (StrikeoutsPitched, 16),
    ] {
        game.set(count, value);
    }
    assert_eq!(text(total(&[game]).rates().fip), "-2.90"); // -96 / 16 + 3.10
}

#[test]
fn appearances_on_the_mound_count_without_an_out() {
    let mut faced = Game::on(1);
    faced.set(OutsPitched, 0);
    faced.set(BattersFaced, 2);
    let mut nobody = Game::on(2);
    nobody.set(OutsPitched, 0);
    let mut unknown_outs = Game::on(3);
    unknown_outs.set(BattersFaced, 3);
    assert_eq!(total(&[faced, nobody, unknown_outs]).games_pitched, 1);
}

#[test]
fn largest_counts_do_not_overflow() {
    let mut game = Game::on(1);
    (0..COUNTS).for_each(|i| game.counts[i] = i32::MAX);
    game.known = (1 << COUNTS) - 1;
    let totals = total(&vec![game; 1000]);
    assert_eq!(text(totals.rates().avg), "1.000");
    assert_eq!(totals.hit_consistency_cv(), Some(0.0));
}

fn any_game() -> impl Strategy<Value = Game> {
    (
        0i32..40,
        prop::collection::vec(prop::option::weighted(0.8, 0i32..6), COUNTS),
    )
        .prop_map(|(date, values)| {
            let mut game = Game::on(date);
            for (i, value) in values.into_iter().enumerate() {
                if let Some(v) = value {
                    game.counts[i] = v;
                    game.known |= 1 << i;
                }
            }
            game
        })
}

/// A statement as the triggers see it: rows that go and rows that come.
fn any_statement() -> impl Strategy<Value = (Vec<prop::sample::Index>, Vec<Game>)> {
    (
        prop::collection::vec(any::<prop::sample::Index>(), 0..4),
        prop::collection::vec(any_game(), 0..4),
    )
}

proptest! {
    /// Any sequence of inserts, updates and deletes, maintained as the triggers do, gives the recomputed state.
    #[test]
    fn maintained_equals_recomputed(statements in prop::collection::vec(any_statement(), 1..30)) {
        let mut rows: Vec<Game> = vec![];
        let mut maintained = Totals::default();
        for (going, coming) in statements {
            let mut old = Totals::default();
            for index in going {
                if !rows.is_empty() {
                    old.add(&rows.swap_remove(index.index(rows.len())));
                }
            }
            let new = total(&coming);
            rows.extend(coming);
            if old.games == 0 {
                maintained.merge(&new);
            } else if Totals::is_subtractable(&old, &new) {
                maintained.replace(&old, &new);
            } else {
                maintained = total(&rows);
            }
            prop_assert_eq!(maintained, total(&rows));
        }
    }

    /// Rows that are exchanged for others before the line has them, and then come as they were: where the line may hold them,
    /// what lies between can be stored (no sum below zero, none of a count that is not known), and the end is the recount.
    #[test]
    fn rows_exchanged_before_they_come(
        others in prop::collection::vec(any_game(), 0..12), mut row in any_game(), counts in prop::collection::vec(0i32..6, COUNTS),
    ) {
        let old = total(&[row]);
        let mut line = total(&others);
        let may = line.may_hold(&old);
        for (i, value) in counts.into_iter().enumerate().filter(|(i, _)| row.known & (1 << i) != 0) {
            row.counts[i] = value;
        }
        let new = total(&[row]);
        prop_assert!(Totals::is_subtractable(&old, &new));
        let mut whole = line;
        whole.merge(&old);
        prop_assert!(whole.may_hold(&old));
        if may {
            line.replace(&old, &new);
            prop_assert!(line.sums.iter().enumerate().all(|(i, sum)| *sum >= 0 && (*sum == 0 || line.known & (1 << i) != 0)));
            line.merge(&old);
            let mut rows = others;
            rows.push(row);
            prop_assert_eq!(line, total(&rows));
        }
    }

    /// Order and grouping of the rows do not matter.
    #[test]
    fn merging_parts_equals_the_whole(games in prop::collection::vec(any_game(), 0..40), cut in any::<prop::sample::Index>()) {
        let at = if games.is_empty() { 0 } else { cut.index(games.len()) };
        let mut right_first = total(&games[at..]);
        right_first.merge(&total(&games[..at]));
        prop_assert_eq!(right_first, total(&games));
        prop_assert_eq!(Totals::from_bytes(&right_first.to_bytes()), Some(right_first));
        prop_assert_eq!(right_first.rates(), total(&games).rates());
    }
}
