//! How much of the first state is still felt later.

use crate::recurrent::words::Dimension;
use ndarray::{Array2, ArrayView1, ArrayView2, Axis};

use super::error::sized;
use super::{RecurrentError, Rnn};
use crate::numerics::spectral_norm;

impl Rnn {
    /// How the last state reacts to the first one, from the states of the forward pass.
    ///
    /// It is a product with one factor for every step. With `σ` the largest singular value of `W`
    /// and `γ` the largest slope of `φ` its norm is at most `(γσ)ᵀ`: it vanishes where `γσ < 1`, and can
    /// explode only where `γσ > 1`.
    ///
    /// # Formula
    /// `∂h_T/∂h_0 = D_T W · … · D_1 W`, `D_t = diag(φ′(a_t))`, where `φ′(a_t)` is read off `h_t`
    ///
    /// # Shapes
    /// `states (T + 1, d)` → `(d, d)`
    ///
    /// # Errors
    /// [`RecurrentError`] if there is no state or its width is not that of the layer.
    ///
    /// # Reference
    /// Pascanu et al. 2013, equation 5 and section 2.1.
    ///
    /// # Examples
    /// ```
    /// use concepts::recurrent::{Activation, Rnn};
    /// use ndarray::array;
    /// let layer = Rnn::new(array![[0.5]], array![[1.0]], array![0.0], Activation::Linear)?;
    /// let states = layer.states(array![[1.0], [7.0], [3.0]].view(), array![2.0].view())?;
    /// assert_eq!(layer.jacobian(states.view())?, array![[0.125]]); // 0.5³, whatever the inputs
    /// # Ok::<(), concepts::recurrent::RecurrentError>(())
    /// ```
    pub fn jacobian(&self, states: ArrayView2<f64>) -> Result<Array2<f64>, RecurrentError> {
        if states.nrows() == 0 {
            return Err(RecurrentError::Empty { what: Dimension::StateCount });
        }
        sized(Dimension::States, states.ncols(), self.width())?;
        // (d, d): ∂h_0/∂h_0
        let start = Array2::eye(self.width());
        Ok(states.outer_iter().skip(1).fold(start, |jacobian, h| self.one_more_step(&jacobian, h)))
    }

    /// The spectral norms of `∂h_t/∂h_0` at the chosen times, in the order of `at`.
    ///
    /// All times share one pass over the sequence, of `max(at)` products of `(d, d)` matrices. Only
    /// the chosen times pay for a norm.
    ///
    /// # Formula
    /// `‖∂h_t/∂h_0‖₂` for every `t` in `at`, `0 ≤ t ≤ T`
    ///
    /// # Shapes
    /// `inputs (T, d_in)`, `h0 (d)` → one number for each time
    ///
    /// # Errors
    /// [`RecurrentError::NoSuchTime`] for a time after the last input, else as [`Rnn::states`].
    ///
    /// # Examples
    /// ```
    /// use concepts::recurrent::{Activation, Rnn};
    /// use ndarray::array;
    /// let layer = Rnn::new(array![[0.5]], array![[1.0]], array![0.0], Activation::Linear)?;
    /// let inputs = array![[1.0], [7.0], [3.0]];
    /// let norms = layer.gradient_norms(inputs.view(), array![2.0].view(), &[0, 1, 3])?;
    /// assert!(norms.iter().zip([1.0, 0.5, 0.125]).all(|(a, b)| (a - b).abs() < 1e-15));
    /// # Ok::<(), concepts::recurrent::RecurrentError>(())
    /// ```
    pub fn gradient_norms(
        &self,
        inputs: ArrayView2<f64>,
        h0: ArrayView1<f64>,
        at: &[usize],
    ) -> Result<Vec<f64>, RecurrentError> {
        let last = inputs.nrows();
        if let Some(&time) = at.iter().find(|&&time| time > last) {
            return Err(RecurrentError::NoSuchTime { time, last });
        }
        let states = self.states(inputs, h0)?;
        let mut norms = vec![1.0; at.len()];
        // (d, d): ∂h_0/∂h_0, of norm 1
        let mut jacobian = Array2::eye(self.width());
        for t in 1..=at.iter().copied().max().unwrap_or(0) {
            jacobian = self.one_more_step(&jacobian, states.row(t));
            if at.contains(&t) {
                let norm = spectral_norm(&jacobian);
                at.iter().zip(&mut norms).filter(|(time, _)| **time == t).for_each(|(_, out)| *out = norm);
            }
        }
        Ok(norms)
    }

    /// `D_t W · ∂h_{t−1}/∂h_0`, `(d, d)`.
    fn one_more_step(&self, jacobian: &Array2<f64>, h: ArrayView1<f64>) -> Array2<f64> {
        // (d, 1): one slope for each row
        let slopes = h.mapv(|h| self.activation().slope(h)).insert_axis(Axis(1));
        // (d, d) · (d, d) → (d, d)
        self.w().dot(jacobian) * slopes
    }
}
