//! The gated feed-forward layer and its gradient.

use ndarray::{Array2, ArrayView2};
use rand::Rng;

use super::{Activation, ActivationError, Size};
use crate::numerics::normal;

/// A feed-forward layer with a gate, without biases: GLU, bilinear, ReGLU, GEGLU, SwiGLU by the choice of `f`.
///
/// # Formula
/// `(f(x W) ⊙ x V) U`
///
/// # Shapes
/// `w` and `v (d_model, d_ff)`, `u (d_ff, d_model)`; `x (n, d_model)` → `(n, d_model)`
///
/// # Reference
/// Shazeer 2020, *GLU Variants Improve Transformer*, equations 5 and 6.
///
/// # Examples
/// ```
/// use concepts::activation::{Activation, GatedLayer};
/// use concepts::numerics::{normal, rng};
/// let mut rng = rng(7, "doc");
/// let layer = GatedLayer::random(4, 11, Activation::SILU, &mut rng)?;
/// let x = normal((5, 4), 1.0, &mut rng);
/// assert_eq!(layer.forward(x.view())?.dim(), (5, 4));
/// # Ok::<(), concepts::activation::ActivationError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct GatedLayer {
    /// Of the gate.
    pub f: Activation,
    /// What the gate is made of.
    pub w: Array2<f64>,
    /// What the gate lets through.
    pub v: Array2<f64>,
    /// Back to the width of the model.
    pub u: Array2<f64>,
}

/// Gradients by the parts of a [`GatedLayer`].
#[derive(Debug, Clone, PartialEq)]
pub struct Gradients {
    /// By the input.
    pub x: Array2<f64>,
    /// By `w`.
    pub w: Array2<f64>,
    /// By `v`.
    pub v: Array2<f64>,
    /// By `u`.
    pub u: Array2<f64>,
}

impl GatedLayer {
    /// Independent entries `N(0, 1/rows)`.
    ///
    /// # Errors
    /// [`ActivationError::Zero`] if a width is 0.
    pub fn random(
        d_model: usize,
        d_ff: usize,
        f: Activation,
        rng: &mut impl Rng,
    ) -> Result<GatedLayer, ActivationError> {
        for (what, size) in [(Size::DModel, d_model), (Size::DHidden, d_ff)] {
            if size == 0 {
                return Err(ActivationError::Zero { what });
            }
        }
        let mut draw = |rows: usize, columns| normal((rows, columns), 1.0 / (rows as f64).sqrt(), rng);
        Ok(GatedLayer { f, w: draw(d_model, d_ff), v: draw(d_model, d_ff), u: draw(d_ff, d_model) })
    }

    /// What stands before the last matrix, `(n, d_ff)`.
    ///
    /// # Errors
    /// [`ActivationError::Lengths`] if `x` has another width.
    pub fn gated(&self, x: ArrayView2<f64>) -> Result<Array2<f64>, ActivationError> {
        let (left, right) = (x.ncols(), self.w.nrows());
        if left != right {
            return Err(ActivationError::Lengths { left, right });
        }
        Ok(x.dot(&self.w).mapv_into(|a| self.f.of(a)) * x.dot(&self.v))
    }

    /// The layer applied to each token.
    ///
    /// # Errors
    /// As [`GatedLayer::gated`].
    pub fn forward(&self, x: ArrayView2<f64>) -> Result<Array2<f64>, ActivationError> {
        Ok(self.gated(x)?.dot(&self.u))
    }

    /// The gradients of a loss whose gradient by the output is `r`.
    ///
    /// # Formula
    /// With `a = xW`, `b = xV`, `h = f(a) ⊙ b`: `dU = hᵀr`, `dh = rUᵀ`, `db = dh ⊙ f(a)`, `da = dh ⊙ b ⊙ f′(a)`,
    /// `dW = xᵀda`, `dV = xᵀdb`, `dx = da Wᵀ + db Vᵀ`
    ///
    /// # Errors
    /// As [`GatedLayer::gated`].
    pub fn backward(&self, x: ArrayView2<f64>, r: ArrayView2<f64>) -> Result<Gradients, ActivationError> {
        let h = self.gated(x)?;
        let (a, b) = (x.dot(&self.w), x.dot(&self.v));
        // (n, d_ff)
        let dh = r.dot(&self.u.t());
        let db = &dh * &a.mapv(|a| self.f.of(a));
        let da = dh * b * a.mapv(|a| self.f.derivative(a));
        Ok(Gradients {
            x: da.dot(&self.w.t()) + db.dot(&self.v.t()),
            w: x.t().dot(&da),
            v: x.t().dot(&db),
            u: h.t().dot(&r),
        })
    }
}
