use super::*;
use crate::report::testing::{hitter, matrix};

/// Twelve AA hitters of 21 who strike out in 10, 11 ... 21 % of plate appearances.
fn twelve() -> Vec<Vec<Option<f64>>> {
    (10..22)
        .map(|k| hitter(&[("career_k_rate", f64::from(k) / 100.0)]))
        .collect()
}

#[test]
fn a_low_strikeout_rate_is_better() {
    let matrix = matrix(&twelve());
    let peers = Peers::of(&matrix);
    let k = place("career_k_rate");
    let of = |at: usize| peers.standing(matrix.row(at), k, Good::Low).expect("a standing");
    assert_eq!((of(0).worse, of(0).better, of(0).others), (1.0, 0.0, 11));
    assert_eq!((of(11).worse, of(11).better), (0.0, 1.0));
    assert_eq!(of(5).worse, 6.0 / 11.0);
    assert_eq!(of(5).group.name(), "AA hitters aged 21-22");
}

#[test]
fn groups_widen_when_they_are_small() {
    let mut vectors = twelve();
    vectors.push(hitter(&[("age", 25.0), ("career_k_rate", 0.05)]));
    vectors.push(hitter(&[("last_level", 6.0), ("career_k_rate", 0.3)]));
    let matrix = matrix(&vectors);
    let peers = Peers::of(&matrix);
    let name = |at: usize, good| {
        let standing = peers
            .standing(matrix.row(at), place("career_k_rate"), good)
            .expect("standing");
        (standing.group.name(), standing.others)
    };
    assert_eq!(name(12, Good::Low), ("AA hitters".into(), 12));
    assert_eq!(name(13, Good::Low), ("hitters".into(), 13));
    assert_eq!(name(0, Good::Young), ("AA hitters".into(), 12));
}

#[test]
fn who_did_not_play_is_nobodys_peer_but_has_some() {
    let mut vectors = twelve();
    vectors.push(hitter(&[("days_since_last_game", 400.0), ("career_k_rate", 0.15)]));
    let matrix = matrix(&vectors);
    let peers = Peers::of(&matrix);
    let standing = peers
        .standing(matrix.row(12), place("career_k_rate"), Good::Low)
        .expect("standing");
    // Five below, six above, one the same.
    assert_eq!(
        (standing.better, standing.worse, standing.others),
        (5.0 / 12.0, 6.0 / 12.0, 12)
    );
    assert_eq!(peers.standing(matrix.row(12), place("career_ops"), Good::High), None);
}

#[test]
fn brackets_have_names() {
    let name = |age| {
        Group {
            pitchers: true,
            level: Some(1),
            age: bracket(age),
        }
        .name()
    };
    assert_eq!(name(17.2), "complex-league pitchers aged up to 18");
    assert_eq!(name(18.99), "complex-league pitchers aged up to 18");
    assert_eq!(name(19.0), "complex-league pitchers aged 19-20");
    assert_eq!(name(26.9), "complex-league pitchers aged 25-26");
    assert_eq!(name(40.0), "complex-league pitchers aged 27 or more");
}
