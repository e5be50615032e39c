//! The gains of a norm.

use ndarray::{Array1, Array2, ArrayView2, Axis};

use crate::decoder::Norm;
use crate::numerics::rms_normalise;

/// A norm with its weights.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Gains {
    kind: Norm,
    eps: f64,
    gain: Array1<f64>,
    bias: Option<Array1<f64>>,
}

impl Gains {
    pub(super) fn new(kind: Norm, eps: f64, gain: Array1<f64>, bias: Option<Array1<f64>>) -> Gains {
        Gains { kind, eps, gain, bias }
    }

    /// Each row brought to one size: `(n, d)` → `(n, d)`.
    ///
    /// # Formula
    /// RMSNorm `x / √(mean(x²) + ε) ⊙ (offset + g)`; LayerNorm `(x − mean) / √(var + ε) ⊙ g + b`
    pub(crate) fn apply(&self, x: ArrayView2<f64>) -> Array2<f64> {
        let y = match self.kind {
            Norm::Rms { offset } => rms_normalise(&x.to_owned(), self.eps) * &(&self.gain + offset),
            Norm::Layer => {
                let mean = x.sum_axis(Axis(1)) / x.ncols() as f64;
                // The variance of a row is the mean square of what is left without its mean.
                rms_normalise(&(&x - &mean.insert_axis(Axis(1))), self.eps) * &self.gain
            }
        };
        match &self.bias {
            Some(bias) => y + bias,
            None => y,
        }
    }

    /// Number of weights.
    pub(crate) fn parameters(&self) -> usize {
        self.gain.len() + self.bias.as_ref().map_or(0, Array1::len)
    }
}
