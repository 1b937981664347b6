//! Training sets: features of a year beside the labels of the seasons after it, split, weighed and known again by a digest.

mod drift;
mod fit;
mod functions;
mod request;
mod rows;
