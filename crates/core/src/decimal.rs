//! Exact rounding of ratios.
