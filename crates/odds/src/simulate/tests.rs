use super::quotes::entries;
use super::*;
use crate::offer::fingerprint;
use std::collections::HashMap;

const UNTIL: i64 = 9_000 * 24 * 60 * MINUTE + 17 * 60 * MINUTE + 7_654_321;

fn config(seed: u64, dedupe: bool) -> Config {
    Config {
        events: 40,
        books: 8,
        hours: 26,
        seed,
        until: UNTIL,
        dedupe,
    }
}

type Seen = (u32, u32, i64, i64, i64, Option<(u64, i64)>, usize, Vec<Price>);

#[derive(Default)]
struct All(Vec<Seen>);

impl Sink for All {
    fn snapshot(&mut self, s: &Snapshot<'_>) {
        self.0.push((
            s.event,
            s.book,
            s.captured_at,
            s.source_updated_at,
            s.content_hash,
            s.same_as,
            s.market_count,
            s.prices.to_vec(),
        ));
    }
}

fn played(config: &Config) -> (Board, Vec<Seen>) {
    let (mut board, mut all) = (Board::new(config), All::default());
    board.play(&mut all);
    (board, all.0)
}

#[test]
fn the_same_arguments_give_the_same_board() {
    let one = played(&config(1, true)).1;
    assert_eq!(one, played(&config(1, true)).1);
    assert_ne!(one, played(&config(2, true)).1);
    // More games do not change those that were there.
    let more = played(&Config {
        events: 41,
        ..config(1, true)
    })
    .1;
    let first = |all: &[Seen]| {
        all.iter()
            .filter(|s| s.0 == 3)
            .map(|s| (s.1, s.7.clone()))
            .collect::<Vec<_>>()
    };
    assert_eq!(first(&one), first(&more));
}

#[test]
fn pointers_are_what_ingest_would_make_of_it() {
    let (_, all) = played(&config(3, true));
    let mut newest: HashMap<(u32, u32), usize> = HashMap::new();
    let (mut pointers, mut fulls_by_time) = (0, 0);
    for (n, s) in all.iter().enumerate() {
        let before = newest.insert((s.0, s.1), n).map(|m| &all[m]);
        if let Some(b) = before {
            assert!(b.2 < s.2, "times go up");
        }
        assert_eq!(s.4, fingerprint(&entries(&s.7)));
        let day = 24 * 12 * STEP;
        let expected = before.filter(|b| b.4 == s.4).and_then(|b| {
            let number = newest_full(&all, s, b);
            let full = &all[number as usize];
            assert_eq!(full.7, s.7);
            let near = s.2 - full.2 < 72 * STEP && s.2.div_euclid(day) == full.2.div_euclid(day);
            fulls_by_time += usize::from(!near);
            near.then_some((number, full.2))
        });
        assert_eq!(s.5, expected);
        pointers += usize::from(s.5.is_some());
        assert!(s.3 <= s.2);
    }
    assert!(pointers * 3 > all.len(), "{pointers} of {}", all.len());
    assert!(fulls_by_time > 0);
    let full = played(&config(3, false)).1;
    assert!(full.iter().all(|s| s.5.is_none()));
    assert_eq!(full.len(), all.len());
}

/// The number of the full snapshot behind the one before.
fn newest_full(all: &[Seen], s: &Seen, before: &Seen) -> u64 {
    before.5.map_or_else(
        || {
            all.iter()
                .position(|x| (x.0, x.1, x.2) == (s.0, s.1, before.2))
                .expect("it is there") as u64
        },
        |(number, _)| number,
    )
}

#[test]
fn prices_are_believable() {
    let (board, all) = played(&config(5, true));
    let (mut suspended, mut empty, mut at_one, mut moved) = (0, 0, 0, 0);
    let mut overrounds = Vec::new();
    for s in &all {
        empty += usize::from(s.7.is_empty());
        assert!(s.7.iter().all(|p| p.price >= 1_000_000 && p.price < 1_000_000_000));
        suspended += usize::from(s.7.iter().any(|p| p.suspended));
        at_one += usize::from(s.7.iter().any(|p| p.price == 1_000_000));
        let first: Vec<_> = s.7.iter().filter(|p| p.kind <= 1 && p.period == 0).collect();
        if first.len() >= 2 && first.iter().all(|p| p.price > 1_000_000 && !p.suspended) {
            overrounds.push(first.iter().map(|p| 1e6 / p.price as f64).sum::<f64>() - 1.0);
        }
        let keys: std::collections::HashSet<_> = s.7.iter().map(|p| (p.kind, p.period, p.line, p.outcome)).collect();
        assert_eq!(keys.len(), s.7.len(), "an outcome stands once");
    }
    for game in &board.games {
        moved += usize::from(game.kickoff != game.first_kickoff);
        assert_ne!(game.home, game.away);
    }
    let mean = overrounds.iter().sum::<f64>() / overrounds.len() as f64;
    assert!((0.02..0.10).contains(&mean), "mean overround {mean}");
    assert!(
        overrounds.iter().all(|o| (-0.12..0.6).contains(o)),
        "{:?}",
        overrounds.iter().copied().fold(0.0, f64::max)
    );
    assert!(
        suspended > 0 && empty > 0 && at_one > 0 && moved > 0,
        "{suspended} {empty} {at_one} {moved}"
    );
    let states: std::collections::HashSet<_> = (0..6)
        .flat_map(|seed| played(&config(seed, true)).0.games.into_iter().map(|g| g.status.word()))
        .collect();
    assert_eq!(states.len(), 5, "{states:?}");
}

#[test]
fn small_boards_work() {
    for (events, books, hours) in [(1, 1, 1), (1, 24, 1), (3, 2, 50)] {
        let (board, all) = played(&Config {
            events,
            books,
            hours,
            ..config(11, true)
        });
        assert_eq!(board.games.len(), events as usize);
        assert!(all.iter().all(|s| s.2 <= UNTIL));
    }
}
