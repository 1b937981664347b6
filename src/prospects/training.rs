//! Training sets: features of a year beside the labels of the seasons after it, split, weighed and known again by a digest.

mod calibration;
mod drift;
mod fit;
mod functions;
mod leaks;
mod measure;
mod request;
mod rows;
