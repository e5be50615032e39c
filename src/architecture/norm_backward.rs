//! The gradients of layer and of root mean square normalisation.

use ndarray::{Array1, Array2, ArrayView2, Axis};

use super::error::same;
use super::words::{Dimension, Operand};
use super::{ArchitectureError, LayerNorm, RmsNorm};

/// How a loss reacts to the parts of a [`LayerNorm`], from [`LayerNorm::backward`].
#[derive(Debug, Clone, PartialEq)]
pub struct NormGradients {
    /// By the input, `(n, d)`.
    pub x: Array2<f64>,
    /// By the gain, `(d)`.
    pub gain: Array1<f64>,
    /// By the bias, `(d)`.
    pub bias: Array1<f64>,
}

impl LayerNorm {
    /// The gradients of a loss whose gradient by the output is `upstream`.
    ///
    /// Mean and variance depend on every feature of the token, so two means come off: what would move all
    /// features together, and what would only stretch them. Neither changes the output.
    ///
    /// # Formula
    /// With `x̂ = (x − mean(x)) / √(var(x) + ε)` and `w = upstream ⊙ g`, row by row:
    /// `dx = (w − mean(w) − x̂ ⊙ mean(w ⊙ x̂)) / √(var(x) + ε)`; over the tokens `dg = Σ upstream ⊙ x̂`,
    /// `db = Σ upstream`
    ///
    /// # Shapes
    /// `x` and `upstream (n, d)` → [`NormGradients`]
    ///
    /// # Errors
    /// [`ArchitectureError::ShapeMismatch`] if `x` has another width, or `upstream` another shape than `x`.
    ///
    /// # Reference
    /// Ba, Kiros & Hinton 2016, *Layer Normalization*.
    ///
    /// # Examples
    /// ```
    /// use concepts::architecture::LayerNorm;
    /// use concepts::numerics::tolerance::EXACT_F64;
    /// use ndarray::array;
    /// let grads = LayerNorm::new(3)?.backward(array![[1.0, 2.0, 4.0]].view(), array![[0.0, 1.0, 0.0]].view())?;
    /// // A number added to all features changes nothing.
    /// assert!(grads.x.sum().abs() < EXACT_F64);
    /// assert_eq!(grads.bias, array![0.0, 1.0, 0.0]);
    /// # Ok::<(), concepts::architecture::ArchitectureError>(())
    /// ```
    pub fn backward(
        &self,
        x: ArrayView2<f64>,
        upstream: ArrayView2<f64>,
    ) -> Result<NormGradients, ArchitectureError> {
        fit(&self.gain, x, upstream)?;
        let d = x.ncols() as f64;
        let mut normed = x.to_owned();
        // (n, d): by the normalised token, and from there on by the token itself
        let mut dx = &upstream * &self.gain;
        for (mut hat, mut dx) in normed.outer_iter_mut().zip(dx.outer_iter_mut()) {
            hat -= hat.sum() / d;
            let spread = (hat.dot(&hat) / d + LayerNorm::EPSILON).sqrt();
            hat /= spread;
            let stretch = dx.dot(&hat) / d;
            dx -= dx.sum() / d;
            dx.scaled_add(-stretch, &hat);
            dx /= spread;
        }
        Ok(NormGradients {
            x: dx,
            gain: (&upstream * &normed).sum_axis(Axis(0)),
            bias: upstream.sum_axis(Axis(0)),
        })
    }
}

/// How a loss reacts to the parts of an [`RmsNorm`], from [`RmsNorm::backward`].
#[derive(Debug, Clone, PartialEq)]
pub struct RmsGradients {
    /// By the input, `(n, d)`.
    pub x: Array2<f64>,
    /// By the gain, `(d)`.
    pub gain: Array1<f64>,
}

impl RmsNorm {
    /// The gradients of a loss whose gradient by the output is `upstream`.
    ///
    /// The root depends on every feature of the token, so that what would only stretch it comes off. No mean was taken
    /// away, so that none comes back: that is the difference to [`LayerNorm::backward`].
    ///
    /// # Formula
    /// With `r = √(mean(x²) + ε)`, `x̂ = x/r` and `w = upstream ⊙ g`, row by row: `dx = (w − x̂ ⊙ mean(w ⊙ x̂)) / r`;
    /// over the tokens `dg = Σ upstream ⊙ x̂`
    ///
    /// # Shapes
    /// `x` and `upstream (n, d)` → [`RmsGradients`]
    ///
    /// # Errors
    /// [`ArchitectureError::ShapeMismatch`] if `x` has another width, or `upstream` another shape than `x`.
    ///
    /// # Reference
    /// Zhang & Sennrich 2019, *Root Mean Square Layer Normalization*.
    ///
    /// # Examples
    /// ```
    /// use concepts::architecture::RmsNorm;
    /// use ndarray::array;
    /// let x = array![[3.0, -4.0]];
    /// let grads = RmsNorm::new(2)?.backward(x.view(), array![[0.0, 1.0]].view())?;
    /// // Along the token itself nothing changes but for ε: a token that is stretched gives the same output.
    /// assert!((&grads.x * &x).sum().abs() < 1e-6);
    /// # Ok::<(), concepts::architecture::ArchitectureError>(())
    /// ```
    pub fn backward(
        &self,
        x: ArrayView2<f64>,
        upstream: ArrayView2<f64>,
    ) -> Result<RmsGradients, ArchitectureError> {
        fit(&self.gain, x, upstream)?;
        let d = x.ncols() as f64;
        let mut normed = x.to_owned();
        // (n, d): by the normalised token, and from there on by the token itself
        let mut dx = &upstream * &self.gain;
        for (mut hat, mut dx) in normed.outer_iter_mut().zip(dx.outer_iter_mut()) {
            let root = (hat.dot(&hat) / d + RmsNorm::EPSILON).sqrt();
            hat /= root;
            let stretch = dx.dot(&hat) / d;
            dx.scaled_add(-stretch, &hat);
            dx /= root;
        }
        Ok(RmsGradients { x: dx, gain: (&upstream * &normed).sum_axis(Axis(0)) })
    }
}

/// Do the gradients by the output belong to these tokens, and these to the gain?
fn fit(gain: &Array1<f64>, x: ArrayView2<f64>, upstream: ArrayView2<f64>) -> Result<(), ArchitectureError> {
    same(Dimension::D, (Operand::Normalisation, gain.len()), (Operand::X, x.ncols()))?;
    same(Dimension::Tokens, (Operand::X, x.nrows()), (Operand::Gradient, upstream.nrows()))?;
    same(Dimension::D, (Operand::X, x.ncols()), (Operand::Gradient, upstream.ncols()))
}
