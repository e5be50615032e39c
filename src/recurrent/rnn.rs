//! The simple recurrent layer, its states.

use crate::recurrent::words::Dimension;
use ndarray::{Array1, Array2, ArrayView1, ArrayView2};

use super::RecurrentError;
use super::error::sized;

/// The nonlinearity of a recurrent layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Activation {
    /// `φ(a) = tanh a`, with `0 < φ′ ≤ 1`.
    Tanh,
    /// `φ(a) = a`, with `φ′ = 1`: what the weights alone do.
    Linear,
}

impl Activation {
    /// `φ(a)`.
    pub fn apply(self, a: f64) -> f64 {
        match self {
            Activation::Tanh => libm::tanh(a),
            Activation::Linear => a,
        }
    }

    /// `φ′(a)`, given `h = φ(a)`: the forward pass has done the work already.
    ///
    /// # Examples
    /// ```
    /// use concepts::recurrent::Activation;
    /// assert_eq!(Activation::Tanh.slope(0.0), 1.0);
    /// assert_eq!(Activation::Tanh.slope(1.0), 0.0); // saturated: nothing passes
    /// ```
    pub fn slope(self, h: f64) -> f64 {
        match self {
            // (1 − h)(1 + h) and not 1 − h²: no digits are lost near saturation.
            Activation::Tanh => (1.0 - h) * (1.0 + h),
            Activation::Linear => 1.0,
        }
    }
}

/// A simple recurrent layer.
///
/// Everything that it knows of the past is in one vector of `d` numbers, and token `t` cannot be
/// computed before token `t − 1`.
///
/// # Formula
/// `h_t = φ(W h_{t−1} + U x_t + b)`
///
/// # Shapes
/// `w (d, d)`, `u (d, d_in)`, `b (d)`
///
/// # Reference
/// Elman 1990, *Finding Structure in Time*; Pascanu et al. 2013, *On the difficulty of training
/// recurrent neural networks*.
///
/// # Examples
/// ```
/// use concepts::recurrent::{Activation, Rnn};
/// use ndarray::array;
/// let layer = Rnn::new(array![[0.5]], array![[1.0]], array![0.0], Activation::Linear)?;
/// let states = layer.states(array![[1.0], [0.0], [0.0]].view(), array![0.0].view())?;
/// assert_eq!(states, array![[0.0], [1.0], [0.5], [0.25]]); // the memory of the 1 fades
/// # Ok::<(), concepts::recurrent::RecurrentError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Rnn {
    w: Array2<f64>,
    u: Array2<f64>,
    b: Array1<f64>,
    activation: Activation,
}

impl Rnn {
    /// A layer with these weights.
    ///
    /// # Errors
    /// [`RecurrentError`] if a dimension is 0 or two weights disagree.
    pub fn new(
        w: Array2<f64>,
        u: Array2<f64>,
        b: Array1<f64>,
        activation: Activation,
    ) -> Result<Rnn, RecurrentError> {
        let d = w.nrows();
        if d == 0 {
            return Err(RecurrentError::Empty { what: Dimension::State });
        }
        sized(Dimension::ColumnsOfW, w.ncols(), d)?;
        sized(Dimension::RowsOfU, u.nrows(), d)?;
        sized(Dimension::LengthOfB, b.len(), d)?;
        Ok(Rnn { w, u, b, activation })
    }

    /// Every state, the first one included.
    ///
    /// # Formula
    /// `h_t = φ(W h_{t−1} + U x_t + b)`, `t = 1..=T`
    ///
    /// # Shapes
    /// `inputs (T, d_in)`, `h0 (d)` → `(T + 1, d)`; row `t` is `h_t`
    ///
    /// # Errors
    /// [`RecurrentError::ShapeMismatch`] if the inputs or the first state do not fit.
    pub fn states(
        &self,
        inputs: ArrayView2<f64>,
        h0: ArrayView1<f64>,
    ) -> Result<Array2<f64>, RecurrentError> {
        sized(Dimension::Inputs, inputs.ncols(), self.u.ncols())?;
        sized(Dimension::FirstState, h0.len(), self.width())?;
        // (T, d_in) · (d_in, d) → (T, d): what the inputs add is known at once for all times
        let driven = inputs.dot(&self.u.t()) + &self.b;
        // (T + 1, d)
        let mut states = Array2::zeros((inputs.nrows() + 1, self.width()));
        states.row_mut(0).assign(&h0);
        for t in 0..inputs.nrows() {
            // (d, d) · (d) → (d): here is the wait
            let a = self.w.dot(&states.row(t)) + driven.row(t);
            states.row_mut(t + 1).assign(&a.mapv_into(|a| self.activation.apply(a)));
        }
        Ok(states)
    }

    /// Width of the state.
    pub fn width(&self) -> usize {
        self.w.nrows()
    }

    /// State weights, `(d, d)`.
    pub fn w(&self) -> &Array2<f64> {
        &self.w
    }

    /// Input weights, `(d, d_in)`.
    pub fn u(&self) -> &Array2<f64> {
        &self.u
    }

    /// Bias, `(d)`.
    pub fn b(&self) -> &Array1<f64> {
        &self.b
    }

    /// The nonlinearity.
    pub fn activation(&self) -> Activation {
        self.activation
    }
}
