//! Models as data (`ml_models`): registered, applied to prospects, explained.

mod apply;
mod batch;
mod comparables;
mod errors;
mod explain;
mod people;
mod predict;
mod predict_all;
mod reasons;
mod record;
mod register;
mod stored;
mod vectors;
