//! The norms of everybody whose rows were read (flagship contract 5.6).

use super::inputs::Inputs;
use dynasty_prospects::features::norms::{NormPools, Norms};
use dynasty_prospects::features::played::Played;

/// The norms of what everybody played.
pub fn norms_of(inputs: &Inputs) -> Norms {
    let mut pools = NormPools::default();
    let mut games = vec![];
    for (person, logs) in inputs
        .people
        .iter()
        .zip(&inputs.logs)
        .filter(|(_, logs)| !logs.is_empty())
    {
        logs.unpack(&mut games);
        pools.add(person, &Played::stints(&games));
    }
    pools.norms()
}
