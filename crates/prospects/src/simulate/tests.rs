//! The league looked at as a baseball person would.

mod bands;
mod boxscore;
mod determinism;
mod edges;
mod identities;
mod lists;
mod people;
mod report;
mod size;
