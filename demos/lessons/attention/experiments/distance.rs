//! How far a signal carries: through the steps of an RNN, and along the direct path of attention.

use concepts::attention::{AttentionError, Mask, attention};
use concepts::numerics::{normal, orthogonal, rng};
use concepts::recurrent::{Activation, RecurrentError, Rnn};
use ndarray::{Array1, Array2, Axis};

/// Width of the RNN's state.
pub(crate) const STATE: usize = 64;

/// `‖∂h_T/∂h_0‖` of an RNN with `W = gain × orthogonal`, for each `T` asked for.
///
/// An orthogonal `W` keeps every length, so that the gain alone decides: the cleanest case.
pub(crate) fn rnn_gradient(
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

/// The gradient `∂out_n/∂v_1` of the last token's output with respect to the first token's value,
/// averaged over `draws` sequences of `n` tokens: one step, whatever the distance.
///
/// Queries and keys are small, so that no token stands out: attention is nearly uniform.
pub(crate) fn direct_gradient(n: usize, draws: usize, seed: u64) -> Result<f64, AttentionError> {
    const D_K: usize = 16;
    let mut rng = rng(seed, &format!("distance {n}"));
    let gradient = |_| {
        let q = normal((1, D_K), 0.5, &mut rng);
        let k = normal((n, D_K), 0.5, &mut rng);
        first_value_gradient(&q, &k)
    };
    let sum = (0..draws).map(gradient).sum::<Result<f64, _>>()?;
    Ok(sum / draws as f64)
}

/// The score of the match, and how far the other scores spread around 0.
pub(crate) const MATCH: f64 = 24.0;
pub(crate) const OTHERS: f64 = 3.0;

/// The same gradient where the query looks for the first token: it points the way of the first key,
/// with a score of [`MATCH`], while the other scores have standard deviation [`OTHERS`].
pub(crate) fn matched_gradient(n: usize, seed: u64) -> Result<f64, AttentionError> {
    const D_K: usize = 64;
    let k = normal((n, D_K), 1.0, &mut rng(seed, "distance, matched"));
    let first = k.row(0);
    let q = &first * (MATCH * (D_K as f64).sqrt() / first.dot(&first));
    first_value_gradient(&q.insert_axis(Axis(0)), &k)
}

/// How the output reacts to the value of the first token. Attention is linear in its values, so its
/// output for the values (1, 0, 0, …) is that derivative, exactly.
fn first_value_gradient(q: &Array2<f64>, k: &Array2<f64>) -> Result<f64, AttentionError> {
    // (n, 1)
    let mut first = Array2::zeros((k.nrows(), 1));
    first[[0, 0]] = 1.0;
    attention(q.view(), k.view(), first.view(), &Mask::None).map(|output| output[[0, 0]])
}
