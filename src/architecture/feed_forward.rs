//! The part of a block that works on each token alone.

use crate::architecture::words::{Dimension, Operand};
use ndarray::{Array2, ArrayView2};
use rand::Rng;

use super::ArchitectureError;
use super::error::{at_least_one, same};
use crate::activation;
use crate::numerics::normal;

/// What stands between the two matrices of a [`FeedForward`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Activation {
    /// `max(x, 0)`.
    Relu,
    /// `x Φ(x)`, with the distribution function of the normal distribution, not an approximation of it.
    Gelu,
    /// `x σ(x)` of a gate, times a second product of the input: three matrices instead of two.
    SwiGlu,
}

impl Activation {
    /// The function of one number; of SwiGLU that of the gate.
    ///
    /// # Examples
    /// ```
    /// use concepts::architecture::Activation;
    /// assert_eq!(Activation::Relu.of(-2.0), 0.0);
    /// // Both tend to the identity on one side and to 0 on the other.
    /// assert!((Activation::Gelu.of(1.0) - 0.841_344_746_068_542_9).abs() < 1e-12);
    /// assert!((Activation::SwiGlu.of(1.0) - 0.731_058_578_630_004_9).abs() < 1e-12);
    /// ```
    pub fn of(self, x: f64) -> f64 {
        match self {
            Activation::Relu => activation::Activation::Relu,
            Activation::Gelu => activation::Activation::Gelu,
            Activation::SwiGlu => activation::Activation::SILU,
        }
        .of(x)
    }
}

/// A feed-forward layer, without biases. Each token passes through it alone.
///
/// # Formula
/// `a(x W_up) W_down`; SwiGLU: `(silu(x W_gate) ⊙ x W_up) W_down`, `silu(x) = x σ(x)`
///
/// # Shapes
/// `w_gate` and `w_up (d_model, d_hidden)`, `w_down (d_hidden, d_model)`; `x (n, d_model)` →
/// `(n, d_model)`
///
/// # Reference
/// Vaswani et al. 2017, *Attention Is All You Need*, section 3.3; Hendrycks & Gimpel 2016, *GELU*; Shazeer
/// 2020, *GLU Variants Improve Transformer*.
///
/// # Examples
/// ```
/// use concepts::architecture::{Activation, FeedForward};
/// use concepts::numerics::{normal, rng};
/// let mut rng = rng(7, "doc");
/// let layer = FeedForward::random(8, 32, Activation::SwiGlu, &mut rng)?;
/// assert_eq!(layer.parameters(), 3 * 8 * 32);
/// let x = normal((5, 8), 1.0, &mut rng);
/// assert_eq!(layer.forward(x.view())?.dim(), (5, 8));
/// # Ok::<(), concepts::architecture::ArchitectureError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct FeedForward {
    activation: Activation,
    /// Only SwiGLU has one.
    w_gate: Option<Array2<f64>>,
    w_up: Array2<f64>,
    w_down: Array2<f64>,
}

impl FeedForward {
    /// Independent entries `N(0, 1/rows)`.
    ///
    /// # Errors
    /// [`ArchitectureError::Empty`] if a width is 0.
    pub fn random(
        d_model: usize,
        d_hidden: usize,
        activation: Activation,
        rng: &mut impl Rng,
    ) -> Result<FeedForward, ArchitectureError> {
        at_least_one(&[(Dimension::DModel, d_model), (Dimension::DHidden, d_hidden)])?;
        let mut draw = |rows: usize, columns| normal((rows, columns), 1.0 / (rows as f64).sqrt(), rng);
        Ok(FeedForward {
            activation,
            w_gate: (activation == Activation::SwiGlu).then(|| draw(d_model, d_hidden)),
            w_up: draw(d_model, d_hidden),
            w_down: draw(d_hidden, d_model),
        })
    }

    /// The layer applied to each token.
    ///
    /// # Errors
    /// [`ArchitectureError::ShapeMismatch`] if `x` has another width.
    pub fn forward(&self, x: ArrayView2<f64>) -> Result<Array2<f64>, ArchitectureError> {
        same(Dimension::DModel, (Operand::FeedForward, self.w_up.nrows()), (Operand::X, x.ncols()))?;
        // (n, d_model) · (d_model, d_hidden) → (n, d_hidden)
        let up = x.dot(&self.w_up);
        let hidden = match &self.w_gate {
            Some(w_gate) => x.dot(w_gate).mapv_into(|x| self.activation.of(x)) * up,
            None => up.mapv_into(|x| self.activation.of(x)),
        };
        // (n, d_hidden) · (d_hidden, d_model) → (n, d_model)
        Ok(hidden.dot(&self.w_down))
    }

    /// Number of weights.
    ///
    /// # Formula
    /// `2·d_model·d_hidden`, SwiGLU `3·d_model·d_hidden`
    pub fn parameters(&self) -> usize {
        self.w_gate.as_ref().map_or(0, Array2::len) + self.w_up.len() + self.w_down.len()
    }
}
