//! Models as data (`ml_models`): registered, applied to prospects, explained.

mod apply;
mod comparables;
mod explain;
mod people;
mod predict;
mod predict_all;
mod register;
mod stored;
mod vectors;
