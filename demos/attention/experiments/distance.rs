//! How far a signal carries: through the steps of an RNN, and along the direct path of attention.

use concepts::attention::{Mask, attention_trace};
use concepts::numerics::{normal, orthogonal, rng};
use concepts::recurrent::{Activation, RecurrentError, Rnn};
use ndarray::{Array1, Array2};

/// Width of the RNN's state.
pub(in super::super) const STATE: usize = 64;

/// `‖∂h_T/∂h_0‖` of an RNN with `W = gain × orthogonal`, for each `T` asked for.
///
/// An orthogonal `W` keeps every length, so that the gain alone decides: the cleanest case.
pub(in super::super) fn rnn_gradient(
    gain: f64,
    activation: Activation,
    at: &[usize],
    d: usize,
    seed: u64,
) -> Result<Vec<f64>, RecurrentError> {
    let mut rng = rng(seed, "rnn");
    let steps = at.iter().copied().max().unwrap_or(0);
    // (d, d): every singular value is `gain`
    let w = orthogonal(d, &mut rng) * gain;
    // (d, d): small inputs, so that the state stays where tanh is not flat
    let u = Array2::eye(d);
    let inputs = normal((steps, d), 0.1, &mut rng);
    let rnn = Rnn::new(w, u, Array1::zeros(d), activation)?;
    rnn.gradient_norms(inputs.view(), Array1::zeros(d).view(), at)
}

/// The weight of the first token in the last token's attention, averaged over `draws` sequences of `n`
/// tokens. It is the gradient `∂out_n/∂v_1`: one step, whatever the distance.
///
/// Queries and keys are small, so that no token stands out: attention is nearly uniform.
pub(in super::super) fn attention_weight(n: usize, draws: usize, seed: u64) -> f64 {
    const D_K: usize = 16;
    let mut rng = rng(seed, &format!("distance {n}"));
    let weight = |_| {
        let q = normal((1, D_K), 0.5, &mut rng);
        let k = normal((n, D_K), 0.5, &mut rng);
        let v = Array2::ones((n, 1));
        let trace = attention_trace(q.view(), k.view(), v.view(), &Mask::None);
        trace.map_or(f64::NAN, |trace| trace.weights[[0, 0]])
    };
    (0..draws).map(weight).sum::<f64>() / draws as f64
}
