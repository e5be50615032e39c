use ndarray::Array2;

use super::counted_scores;
use crate::numerics::softmax::softmax_rows;
use crate::numerics::{Tally, Tracked};

/// A recurrent layer from the state 0, without bias: `n` stages, one for each input.
///
/// The products `U x_t` are ready at once for all inputs; `W h` has to wait for the state before it.
///
/// # Formula
/// `h_t = tanh(W h_{t−1} + U x_t)`, `h_0 = 0`
///
/// # Shapes
/// `x (n, d_in)`, `w (d, d)`, `u (d, d_in)` → `(n, d)`
///
/// # Panics
/// If there is no input or the shapes do not fit.
///
/// # Examples
/// ```
/// use concepts::attention::counted::counted_rnn;
/// use concepts::numerics::{Tally, Tracked};
/// use ndarray::Array2;
/// let ones = |m, n| Tracked::input(Array2::ones((m, n)));
/// let mut tally = Tally::default();
/// let _ = counted_rnn(&mut tally, &ones(10, 4), &ones(4, 4), &ones(4, 4));
/// assert_eq!((tally.multiply_adds(), tally.stages()), (2 * 10 * 4 * 4, 10));
/// ```
pub fn counted_rnn(tally: &mut Tally, x: &Tracked, w: &Tracked, u: &Tracked) -> Tracked {
    // (n, d_in) · (d_in, d) → (n, d)
    let driven = tally.product(x, &u.transpose());
    // (1, d)
    let mut state = Tracked::input(Array2::zeros((1, w.nrows())));
    let mut states = Vec::with_capacity(x.nrows());
    for t in 0..x.nrows() {
        // (1, d) · (d, d) → (1, d)
        let kept = tally.product(&state, &w.transpose());
        state = kept.zip(&driven.rows(t..t + 1), |a, b| (a + b).mapv_into(libm::tanh));
        states.push(state.clone());
    }
    Tracked::stack(&states.iter().collect::<Vec<_>>())
}

/// Generates `n` tokens with one causal head of width `d`: every output is the next input.
///
/// With `cached` the keys and values of the past are kept; without, every token computes its whole
/// prefix anew. The tokens are the same, and so is the depth: `4n`, for a token cannot be computed
/// before the one that it continues.
///
/// # Formula
/// `x_{t+1} = Attention(x_t W_Q, X W_K, X W_V) W_O`, `X = [x_1; …; x_t]`
///
/// # Shapes
/// `first (1, d)`, `weights` = `[W_Q, W_K, W_V, W_O]`, each `(d, d)` → the `n` outputs, `(n, d)`
///
/// # Panics
/// If `n` is 0 or the shapes do not fit.
pub fn counted_decode_attention(
    tally: &mut Tally,
    first: &Tracked,
    weights: [&Tracked; 4],
    n: usize,
    cached: bool,
) -> Tracked {
    let mut inputs = vec![first.clone()];
    let (mut keys, mut values) = (Vec::new(), Vec::new());
    for t in 0..n {
        let output = if cached {
            step_cached(tally, &inputs[t], weights, &mut keys, &mut values)
        } else {
            step_uncached(tally, &stack(&inputs), weights)
        };
        inputs.push(output);
    }
    stack(&inputs[1..])
}

/// One query, one new key and value, the whole cache.
fn step_cached(
    tally: &mut Tally,
    x: &Tracked,
    [w_q, w_k, w_v, w_o]: [&Tracked; 4],
    keys: &mut Vec<Tracked>,
    values: &mut Vec<Tracked>,
) -> Tracked {
    // (1, d), three times
    let q = tally.product(x, w_q);
    keys.push(tally.product(x, w_k));
    values.push(tally.product(x, w_v));
    // (1, t)
    let weights = counted_scores(tally, &q, &stack(keys)).map(softmax_rows);
    // (1, t) · (t, d) → (1, d)
    let read = tally.product(&weights, &stack(values));
    // (1, d) · (d, d) → (1, d)
    tally.product(&read, w_o)
}

/// The whole prefix with a causal mask, of which only the last row is new.
fn step_uncached(tally: &mut Tally, x: &Tracked, [w_q, w_k, w_v, w_o]: [&Tracked; 4]) -> Tracked {
    // (t, d), three times
    let q = tally.product(x, w_q);
    let k = tally.product(x, w_k);
    let v = tally.product(x, w_v);
    // (t, t): complete products, of which the mask hides the upper half afterwards
    let weights = counted_scores(tally, &q, &k).map(|scores| {
        let mut hidden = scores.clone();
        hidden.indexed_iter_mut().filter(|((i, j), _)| j > i).for_each(|(_, s)| *s = f64::NEG_INFINITY);
        softmax_rows(&hidden)
    });
    // (t, t) · (t, d) → (t, d)
    let read = tally.product(&weights, &v);
    // (t, d) · (d, d) → (t, d)
    let output = tally.product(&read, w_o);
    output.rows(x.nrows() - 1..x.nrows())
}

/// A slice of matrices, one below the other.
fn stack(parts: &[Tracked]) -> Tracked {
    Tracked::stack(&parts.iter().collect::<Vec<_>>())
}
