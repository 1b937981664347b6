use proptest::prelude::*;

use super::*;
use crate::report::testing::{hitter, matrix};

fn row(more: &[(&str, f64)]) -> Vec<f64> {
    matrix(&[hitter(more)]).row(0).to_vec()
}

fn pool(entries: &[(i32, i32, Vec<f64>)]) -> Pool {
    let mut builder = PoolBuilder::default();
    for (id, year, row) in entries {
        builder.add(Entry { id: *id, year: *year }, row);
    }
    builder.build()
}

#[test]
fn never_himself_never_later_never_another_age_or_role() {
    let like = row(&[("career_ops", 0.8)]);
    let pool = pool(&[
        (1, 2015, like.clone()),
        (2, 2019, like.clone()),
        (3, 2015, row(&[("age", 23.0)])),
        (4, 2015, row(&[("is_pitcher", 1.0), ("pitch_career_ip", 50.0)])),
        (5, 2015, row(&[("career_pa", 0.0)])),
        (6, 2015, like.clone()),
        (6, 2016, like.clone()),
        (7, 2014, row(&[("career_iso", 0.3)])),
        (8, 2014, row(&[("career_iso", 0.1)])),
    ]);
    let near = pool.nearest(Entry { id: 1, year: 2018 }, &like, 10);
    let ids: Vec<i32> = near.iter().map(|n| n.entry.id).collect();
    assert_eq!(ids, [6, 7, 8]);
    assert_eq!(near[0].distance, 0.0);
    assert_eq!(pool.nearest(Entry { id: 1, year: 2018 }, &like, 1).len(), 1);
    assert!(pool.nearest(Entry { id: 1, year: 2018 }, &like, 0).is_empty());
    assert!(
        pool.nearest(Entry { id: 1, year: 2018 }, &row(&[("career_pa", 0.0)]), 5)
            .is_empty()
    );
}

/// A standard deviation of the level counts as two of anything else.
#[test]
fn the_level_counts_twice() {
    let of = |level: f64, avg: f64| row(&[("last_level", level), ("career_avg", avg)]);
    // Both columns vary alike: -1, 0, 1 around the middle.
    let pool = pool(&[
        (1, 2015, of(4.0, 0.25)),
        (2, 2015, of(5.0, 0.35)),
        (3, 2015, of(6.0, 0.3)),
    ]);
    let near = pool.nearest(Entry { id: 9, year: 2018 }, &of(5.0, 0.26), 3);
    let found: Vec<(i32, f64)> = near
        .iter()
        .map(|n| (n.entry.id, n.distance * n.distance * HITTER.len() as f64))
        .collect();
    let expected = [(2, 3.24), (1, 4.04), (3, 4.64)];
    for ((id, squared), (other, expected)) in found.iter().zip(expected) {
        assert!(*id == other && (squared - expected).abs() < 1e-4, "{found:?}");
    }
}

proptest! {
    /// The early way out changes nothing.
    #[test]
    fn nearest_is_what_sorting_all_would_give(
        values in prop::collection::vec((1..12i32, 2010..2020i32, 20.0..24.0f64, 0.0..1.0f64, prop::option::of(0.0..1.0f64)), 0..60),
        n in 1..6usize,
    ) {
        let entries: Vec<(i32, i32, Vec<f64>)> = values
            .iter()
            .map(|&(id, year, age, avg, iso)| (id, year, row(&[("age", age), ("career_avg", avg), ("career_iso", iso.unwrap_or(f64::NAN))])))
            .collect();
        let pool = pool(&entries);
        let own = row(&[("age", 22.0), ("career_avg", 0.5), ("career_iso", 0.5)]);
        let who = Entry { id: 3, year: 2016 };
        let found = pool.nearest(who, &own, n);
        let side = &pool.hitters;
        let mine = side.standard(side.places.iter().map(|&p| own[p]));
        let mut all: Vec<(f64, Entry)> = side.entries.iter().enumerate()
            .filter(|(_, (age, e))| (age - 22.0).abs() <= SIMILAR_AGE && e.id != 3 && e.year <= 2016)
            .map(|(at, (_, e))| {
                let theirs = &side.z[at * mine.len()..][..mine.len()];
                let sum: f32 = mine.iter().zip(theirs).map(|(a, b)| match (a.is_nan(), b.is_nan()) {
                    (true, true) => 0.0,
                    (false, false) => (a - b) * (a - b),
                    _ => ONE_MISSING,
                }).sum();
                ((f64::from(sum) / mine.len() as f64).sqrt(), *e)
            })
            .collect();
        all.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.id.cmp(&b.1.id)));
        let mut seen = vec![];
        all.retain(|(_, e)| { let new = !seen.contains(&e.id); seen.push(e.id); new });
        all.truncate(n);
        prop_assert_eq!(found.len(), all.len());
        for (f, (distance, _)) in found.iter().zip(&all) {
            prop_assert!((f.distance - distance).abs() < 1e-6);
        }
    }
}

/// Without games the lines of seasons speak; with games on both sides they do not.
#[test]
fn lines_stand_in_for_games() {
    let lines = |more: &[(&str, f64)]| {
        let mut row = row(&[
            ("career_pa", f64::NAN),
            ("adv_woba", 0.35),
            ("adv_wrc_plus", 120.0),
            ("last_level", 4.0),
        ]);
        for (name, value) in more {
            row[place(name)] = *value;
        }
        row
    };
    let asked = lines(&[]);
    let who = Entry { id: 9, year: 2018 };
    let years = [
        (1, 2014, lines(&[("adv_woba", 0.30)])),
        (2, 2014, lines(&[("adv_woba", 0.34)])),
        (3, 2014, lines(&[("last_level", f64::NAN)])),
        (4, 2014, lines(&[("is_pitcher", 1.0)])),
        (5, 2014, lines(&[("adv_woba", f64::NAN), ("adv_wrc_plus", f64::NAN)])),
    ];
    let ids = |near: Vec<Near>| near.iter().map(|n| n.entry.id).collect::<Vec<_>>();
    assert_eq!(ids(pool(&years).nearest(who, &asked, 5)), [2, 1]);
    // He has games, the years before have none: by his lines, too.
    let played = lines(&[("career_pa", 300.0)]);
    assert_eq!(ids(pool(&years).nearest(who, &played, 5)), [2, 1]);
    let mut with_games = years.to_vec();
    with_games.push((6, 2014, lines(&[("career_pa", 400.0)])));
    assert_eq!(ids(pool(&with_games).nearest(who, &played, 5)), [6]);
    assert_eq!(
        ids(pool(&with_games).nearest(who, &asked, 1)),
        [6],
        "whoever has both is found by his lines"
    );
}
