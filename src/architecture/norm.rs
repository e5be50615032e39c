//! What keeps activations at one size.

use crate::architecture::words::{Dimension, Operand};
use ndarray::{Array1, Array2, ArrayView2, Axis};

use super::ArchitectureError;
use super::error::{at_least_one, same};
use crate::numerics::rms_normalise;

/// Layer normalisation: each token is brought to mean 0 and variance 1 over its features.
///
/// A token to which one number is added in every feature is the same token afterwards.
///
/// # Formula
/// `y = g ⊙ (x − mean(x)) / √(var(x) + ε) + b`, `var` with `1/d`
///
/// # Shapes
/// `(n, d)` → `(n, d)`
///
/// # Reference
/// Ba, Kiros & Hinton 2016, *Layer Normalization*.
///
/// # Examples
/// ```
/// use concepts::architecture::LayerNorm;
/// use ndarray::array;
/// let norm = LayerNorm::new(2)?;
/// let y = norm.forward(array![[7.0, 3.0]].view())?;
/// assert!((y[[0, 0]] - 1.0).abs() < 1e-5 && (y[[0, 1]] + 1.0).abs() < 1e-5);
/// # Ok::<(), concepts::architecture::ArchitectureError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct LayerNorm {
    pub(super) gain: Array1<f64>,
    bias: Array1<f64>,
}

impl LayerNorm {
    /// What is added to the variance.
    pub const EPSILON: f64 = 1e-5;

    /// Gain 1 and bias 0, as before training.
    ///
    /// # Errors
    /// [`ArchitectureError::Empty`] if `d` is 0.
    pub fn new(d: usize) -> Result<LayerNorm, ArchitectureError> {
        LayerNorm::from_weights(Array1::ones(d), Array1::zeros(d))
    }

    /// With this gain and bias, `(d)` each.
    ///
    /// # Errors
    /// [`ArchitectureError`] if their lengths differ or are 0.
    pub fn from_weights(gain: Array1<f64>, bias: Array1<f64>) -> Result<LayerNorm, ArchitectureError> {
        at_least_one(&[(Dimension::D, gain.len())])?;
        same(Dimension::D, (Operand::Gain, gain.len()), (Operand::Bias, bias.len()))?;
        Ok(LayerNorm { gain, bias })
    }

    /// Each row normalised.
    ///
    /// # Errors
    /// [`ArchitectureError::ShapeMismatch`] if `x` has another width.
    pub fn forward(&self, x: ArrayView2<f64>) -> Result<Array2<f64>, ArchitectureError> {
        same(Dimension::D, (Operand::Normalisation, self.gain.len()), (Operand::X, x.ncols()))?;
        let d = x.ncols() as f64;
        let mut centred = x.to_owned();
        for mut row in centred.axis_iter_mut(Axis(0)) {
            let mean = row.sum() / d;
            row -= mean;
            let variance = row.dot(&row) / d;
            row /= (variance + LayerNorm::EPSILON).sqrt();
        }
        Ok(centred * &self.gain + &self.bias)
    }

    /// Number of weights: `2d`.
    pub fn parameters(&self) -> usize {
        self.gain.len() + self.bias.len()
    }
}

/// RMS normalisation: each token is divided by its root mean square. It takes no mean away.
///
/// # Formula
/// `y = g ⊙ x / √(mean(x²) + ε)`
///
/// # Shapes
/// `(n, d)` → `(n, d)`
///
/// # Reference
/// Zhang & Sennrich 2019, *Root Mean Square Layer Normalization*.
///
/// # Examples
/// ```
/// use concepts::architecture::RmsNorm;
/// use ndarray::array;
/// let norm = RmsNorm::new(2)?;
/// let y = norm.forward(array![[3.0, -3.0]].view())?;
/// assert!((y[[0, 0]] - 1.0).abs() < 1e-6);
/// # Ok::<(), concepts::architecture::ArchitectureError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct RmsNorm {
    pub(super) gain: Array1<f64>,
}

impl RmsNorm {
    /// What is added to the mean square.
    pub const EPSILON: f64 = 1e-6;

    /// Gain 1, as before training.
    ///
    /// # Errors
    /// [`ArchitectureError::Empty`] if `d` is 0.
    pub fn new(d: usize) -> Result<RmsNorm, ArchitectureError> {
        RmsNorm::from_weights(Array1::ones(d))
    }

    /// With this gain, `(d)`.
    ///
    /// # Errors
    /// [`ArchitectureError::Empty`] if it has no entry.
    pub fn from_weights(gain: Array1<f64>) -> Result<RmsNorm, ArchitectureError> {
        at_least_one(&[(Dimension::D, gain.len())])?;
        Ok(RmsNorm { gain })
    }

    /// Each row normalised.
    ///
    /// # Errors
    /// [`ArchitectureError::ShapeMismatch`] if `x` has another width.
    pub fn forward(&self, x: ArrayView2<f64>) -> Result<Array2<f64>, ArchitectureError> {
        same(Dimension::D, (Operand::Normalisation, self.gain.len()), (Operand::X, x.ncols()))?;
        Ok(rms_normalise(&x.to_owned(), RmsNorm::EPSILON) * &self.gain)
    }

    /// Number of weights: `d`.
    pub fn parameters(&self) -> usize {
        self.gain.len()
    }
}
