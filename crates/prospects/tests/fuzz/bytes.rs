//! States of aggregates as bytes, as they pass between parallel workers: what is not one is refused, what is one comes back.

use crate::dice::Dice;
use crate::{fuzz, mutate};
use dynasty_numbers::cv::{FixedPoint, Moments, kind_of};
use dynasty_prospects::features::game::GameLog;
use dynasty_prospects::features::packed::PackedLogs;

fn broken(mut raw: Vec<u8>, dice: &mut Dice) -> Vec<u8> {
    for _ in 0..dice.below(4) {
        mutate::bytes(&mut raw, dice);
    }
    raw
}

#[test]
fn packed_logs() {
    fuzz(
        "packed_logs",
        |dice| {
            let mut logs = PackedLogs::default();
            for _ in 0..dice.below(12) {
                let mut game = GameLog {
                    id: dice.whole(),
                    date: dice.whole() as i32,
                    season: dice.whole() as i32,
                    ..GameLog::EMPTY
                };
                game.known = dice.bits() as u32;
                let known = game.known;
                game.counts
                    .iter_mut()
                    .enumerate()
                    .filter(|(i, _)| known >> i & 1 == 1)
                    .for_each(|(_, n)| *n = dice.whole() as i32);
                logs.push(&game);
            }
            broken(logs.to_bytes(), dice)
        },
        |raw| {
            if let Some(logs) = PackedLogs::from_bytes(raw) {
                let mut games = vec![];
                logs.unpack(&mut games);
                assert!(
                    games.len() <= raw.len(),
                    "{} games from {} bytes",
                    games.len(),
                    raw.len()
                );
            }
        },
    );
}

#[test]
fn moments() {
    fuzz(
        "moments",
        |dice| {
            let (mut moments, mut rest) = (Moments::default(), FixedPoint::default());
            for _ in 0..dice.below(8) {
                let x = dice.float();
                moments.count(kind_of(x), 1);
                if x.is_finite() {
                    rest.add(x, 1);
                }
            }
            let raw = [moments.to_bytes().to_vec(), rest.to_bytes()].concat();
            (moments, rest, broken(raw, dice))
        },
        |(moments, rest, raw)| {
            let written = rest.to_bytes();
            assert_eq!(
                Moments::from_bytes(&moments.to_bytes()),
                Some((*moments, [].as_slice()))
            );
            assert!(FixedPoint::from_bytes(&written).is_some_and(|back| back.to_bytes() == written));
            let (mut twice, mut rest_twice) = (*moments, *rest);
            twice.merge(moments);
            rest_twice.merge(rest);
            for cv in [moments.cv(Some(rest)), twice.cv(Some(&rest_twice))] {
                assert!(cv.is_none_or(|x| !x.is_nan()), "{cv:?}");
            }
            // What is broken but long enough may be another state; it must only not be read beyond its end.
            if let Some((_, rest)) = Moments::from_bytes(raw) {
                assert_eq!(FixedPoint::from_bytes(rest).is_some(), rest.len() == FixedPoint::BYTES);
            }
        },
    );
}
