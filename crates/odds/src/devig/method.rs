//! The six ways of taking a margin out, and what other libraries call them.

use crate::error::OddsError;
use std::str::FromStr;

/// How the margin is taken out. `q = 1/o`, `B = Σq`, `T` winners, `n` outcomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Method {
    /// `Tq/B`: the margin is in proportion to the probability. Also `basic`.
    #[default]
    Multiplicative,
    /// `q - (B-T)/n`: the same for every outcome. Also `wpo`, `differential_margin_weighting`. (Buchdahl's margin weights,
    /// R `implied`.)
    Additive,
    /// `q^k` with `Σ = T`: more on long shots. (Vovk and Zhdanov 2009; Clarke, Kovalchik and Ingram 2017.)
    Power,
    /// `q/(c+q-cq)` with `Σ = T`: the odds against, in one proportion. Also `or`, `logarithmic`. (Cheung 2015.)
    OddsRatio,
    /// `q - s(B-T)/Σs` with `s = √(1-q)`: in proportion to the standard error. (Goto, PyPI `goto_conversion`.)
    Goto,
    /// `2(q²/B)/(√(z²+4(1-z)q²/B)+z)` with `Σ = 1`: the margin guards against insiders. (Shin 1992, 1993.)
    Shin,
}

impl Method {
    /// All of them, as messages list them.
    pub const ALL: [Method; 6] = [
        Method::Multiplicative,
        Method::Additive,
        Method::Power,
        Method::OddsRatio,
        Method::Goto,
        Method::Shin,
    ];

    /// Its name in SQL.
    pub fn name(self) -> &'static str {
        match self {
            Method::Multiplicative => "multiplicative",
            Method::Additive => "additive",
            Method::Power => "power",
            Method::OddsRatio => "odds_ratio",
            Method::Goto => "goto",
            Method::Shin => "shin",
        }
    }
}

impl FromStr for Method {
    type Err = OddsError;

    /// A name or an alias (those of R `implied` and PyPI `penaltyblog`); anything else is 22023, listing the six.
    fn from_str(name: &str) -> Result<Method, OddsError> {
        Ok(match name {
            "multiplicative" | "basic" => Method::Multiplicative,
            "additive" | "wpo" | "differential_margin_weighting" => Method::Additive,
            "power" => Method::Power,
            "odds_ratio" | "or" | "logarithmic" => Method::OddsRatio,
            "goto" => Method::Goto,
            "shin" => Method::Shin,
            _ => {
                let names = Method::ALL.map(Method::name).join(", ");
                return Err(OddsError::invalid(
                    "method",
                    format!("{name:?}"),
                    format!("one of {names}"),
                ));
            }
        })
    }
}
