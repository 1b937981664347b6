//! From margins to predictions.

/// How the sum of the leaves (or of the products) becomes the prediction.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Link {
    /// The margin itself.
    Identity,
    /// 1 / (1 + exp(-slope * margin)), for every output by itself.
    Logistic {
        /// LightGBM's `sigmoid`; 1 elsewhere.
        slope: f64,
    },
    /// exp(margin) over the sum of all outputs.
    Softmax,
    /// exp(margin): counts, gamma, Tweedie.
    Exp,
    /// log(1 + exp(margin)): LightGBM's cross_entropy_lambda.
    Softplus,
    /// margin * |margin|: LightGBM's reg_sqrt.
    SignedSquare,
}

impl Link {
    /// Whether the predictions are probabilities.
    pub fn is_probability(self) -> bool {
        matches!(self, Self::Logistic { .. } | Self::Softmax)
    }

    /// Turns margins into predictions, in place.
    pub fn apply(self, outputs: &mut [f64]) {
        match self {
            Self::Identity => {}
            Self::Logistic { slope } => outputs.iter_mut().for_each(|x| *x = sigmoid(slope * *x)),
            Self::Softmax => softmax(outputs),
            Self::Exp => outputs.iter_mut().for_each(|x| *x = x.exp()),
            Self::Softplus => outputs.iter_mut().for_each(|x| *x = softplus(*x)),
            Self::SignedSquare => outputs.iter_mut().for_each(|x| *x *= x.abs()),
        }
    }
}

/// 1 / (1 + exp(-x)), without overflow.
pub fn sigmoid(x: f64) -> f64 {
    if x >= 0.0 {
        1.0 / (1.0 + (-x).exp())
    } else {
        let e = x.exp();
        e / (1.0 + e)
    }
}

/// log(1 + exp(x)), without overflow.
pub fn softplus(x: f64) -> f64 {
    x.max(0.0) + (-x.abs()).exp().ln_1p()
}

/// exp(x) over its sum, without overflow.
pub fn softmax(x: &mut [f64]) {
    let most = x.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let mut sum = 0.0;
    for v in x.iter_mut() {
        *v = (*v - most).exp();
        sum += *v;
    }
    for v in x.iter_mut() {
        *v /= sum;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_at_the_ends_of_the_range() {
        assert_eq!(sigmoid(0.0), 0.5);
        assert_eq!(sigmoid(800.0), 1.0);
        assert_eq!(sigmoid(-800.0), 0.0);
        assert!((softplus(0.0) - std::f64::consts::LN_2).abs() < 1e-15);
        assert_eq!(softplus(1000.0), 1000.0);
        let mut x = [1000.0, 0.0, 1000.0];
        softmax(&mut x);
        assert_eq!(x, [0.5, 0.0, 0.5]);
    }

    #[test]
    fn every_link() {
        let run = |link: Link, x: f64| {
            let mut v = [x];
            link.apply(&mut v);
            v[0]
        };
        assert_eq!(run(Link::Identity, -3.0), -3.0);
        assert!((run(Link::Logistic { slope: 2.0 }, 1.0) - 0.880_797_077_977_882_3).abs() < 1e-15);
        assert!((run(Link::Exp, 1.0) - std::f64::consts::E).abs() < 1e-15);
        assert_eq!(run(Link::SignedSquare, -3.0), -9.0);
        assert_eq!(run(Link::Softmax, 7.0), 1.0);
        assert!(Link::Softmax.is_probability() && !Link::Exp.is_probability());
    }
}
