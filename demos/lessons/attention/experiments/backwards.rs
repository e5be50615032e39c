//! The RNN's gradient: over many steps its size, over few every entry of it.

use concepts::numerics::{central_difference, normal, relative_error, rng, tolerance::DIFFERENCE_STEP};
use concepts::recurrent::{Activation, RecurrentError, Rnn};
use ndarray::{Array1, Array2, ArrayView1, Axis, Slice};

use super::distance::{STATE, rnn_gradient};
use super::lstm::lstm_gradient;

/// Steps over which the size is followed.
pub(crate) const STEPS: usize = 100;
/// Steps over which every entry is checked.
pub(crate) const FEW: usize = 10;
/// Bias of the forget gate of the LSTM: σ(5) is 0.993.
pub(crate) const FORGET_BIAS: f64 = 5.0;
/// Width of the layer whose Jacobian is checked entry by entry.
pub(crate) const NARROW: usize = 8;

/// ‖∂h_T/∂h_0‖ after [`STEPS`] steps, of which some may be forgotten.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Carried {
    /// Linear, smaller gain.
    pub vanished: f64,
    /// tanh, smaller gain.
    pub vanished_tanh: f64,
    /// Linear, larger gain.
    pub exploded: f64,
    /// tanh, larger gain.
    pub exploded_tanh: f64,
    /// `vanished` over what the formula says.
    pub over_power: f64,
    /// Along the cell of an LSTM whose forget gate is nearly open.
    pub gated: f64,
    /// The product of the steps' Jacobians against central differences.
    pub jacobian_error: f64,
}

/// How an RNN carries its gradient with a smaller and a larger gain.
pub(crate) fn carried(
    small: f64,
    large: f64,
    forgotten: usize,
    seed: u64,
) -> Result<Carried, RecurrentError> {
    let norm =
        |gain: f64, activation| Ok(rnn_gradient(gain, activation, &[STEPS - forgotten], STATE, seed)?[0]);
    let vanished = norm(small, Activation::Linear)?;
    Ok(Carried {
        vanished,
        vanished_tanh: norm(small, Activation::Tanh)?,
        exploded: norm(large, Activation::Linear)?,
        exploded_tanh: norm(large, Activation::Tanh)?,
        gated: lstm_gradient(FORGET_BIAS, STEPS - forgotten, seed),
        over_power: vanished / small.powi(STEPS as i32),
        jacobian_error: jacobian_error(seed, forgotten)?,
    })
}

/// The Jacobian of a tanh layer over [`FEW`] steps, of which the last ones may be forgotten, against what
/// the last state really does when the first one moves.
fn jacobian_error(seed: u64, forgotten: usize) -> Result<f64, RecurrentError> {
    let mut rng = rng(seed, "C6 jacobian");
    let mut draw = |rows, std| normal((rows, NARROW), std, &mut rng);
    // Gain about 1, so that neither the sum nor the differences drown.
    let (w, inputs, start) = (draw(NARROW, 1.0 / (NARROW as f64).sqrt()), draw(FEW, 0.5), draw(1, 0.5));
    let rnn = Rnn::new(w, Array2::eye(NARROW), Array1::zeros(NARROW), Activation::Tanh)?;
    let states = |h0: ArrayView1<f64>| rnn.states(inputs.view(), h0);
    let walked = states(start.row(0))?;
    let walked = walked.slice_axis(Axis(0), Slice::from(..=FEW - forgotten));
    let mut differences = Array2::zeros((NARROW, NARROW));
    for (i, mut row) in differences.outer_iter_mut().enumerate() {
        // The same shapes as above, so that only a value that is not a number could come back.
        let last = |h0: &Array2<f64>| states(h0.row(0)).map_or(f64::NAN, |states| states[[FEW, i]]);
        row.assign(&central_difference(last, &start, DIFFERENCE_STEP).row(0));
    }
    Ok(relative_error(&rnn.jacobian(walked)?, &differences))
}
