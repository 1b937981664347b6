//! Memory of the walk over the games.

/// Memory the walk uses again for the next prospect.
#[derive(Default)]
pub struct Scratch {
    /// Batting rows: place among the games, effective plate appearances.
    pub(super) batted: Vec<(u32, i64)>,
    /// Pitching rows: place among the games.
    pub(super) pitched: Vec<u32>,
    pub(super) numbers: Vec<i64>,
    pub(super) pairs: Vec<(i64, i64)>,
    pub(super) windows: Vec<f64>,
}
