//! Coefficient of variation.
