//! How the work grows, counted by running the layers and not by trusting a formula.

use concepts::attention::counted::{
    counted_attention, counted_core, counted_decode_attention, counted_linear_attention, counted_rnn,
};
use concepts::numerics::{Tally, Tracked, normal, rng};

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layer {
    /// Scores and weighted sum, nothing else.
    AttentionCore,
    /// The core with its four projections, of queries, keys, values and of the output.
    Attention,
    /// A recurrent layer.
    Rnn,
    /// Attention without softmax, its products taken in another order: the control.
    LinearAttention,
}

/// Runs a layer on `n` tokens of width `d` and returns what it counted.
pub(crate) fn count(layer: Layer, n: usize, d: usize, seed: u64) -> Tally {
    let mut rng = rng(seed, "growth");
    let mut draw = |rows, cols| Tracked::input(normal((rows, cols), 1.0 / (d as f64).sqrt(), &mut rng));
    // (n, d) each; for the projections (d, d) each
    let (x, k, v) = (draw(n, d), draw(n, d), draw(n, d));
    let (w, u, w_v, w_o) = (draw(d, d), draw(d, d), draw(d, d), draw(d, d));
    let mut tally = Tally::default();
    match layer {
        Layer::AttentionCore => counted_core(&mut tally, &x, &k, &v),
        Layer::Attention => {
            let read = counted_attention(&mut tally, &x, &x, &w, &u, &w_v);
            tally.product(&read, &w_o)
        }
        Layer::Rnn => counted_rnn(&mut tally, &x, &w, &u),
        Layer::LinearAttention => counted_linear_attention(&mut tally, &x, &k, &v),
    };
    tally
}

/// Multiply-adds of an answer of `new` tokens to a prompt of `prompt` tokens: one pass over the prompt gives
/// the first, then each further token costs a step with the cache, or a pass over everything without.
pub(crate) fn answer(prompt: usize, new: usize, d: usize, cached: bool, seed: u64) -> f64 {
    let pass = |n| count(Layer::Attention, n, d, seed).multiply_adds() as f64;
    let step = |n| {
        (generate(n, d, true, seed).multiply_adds() - generate(n - 1, d, true, seed).multiply_adds()) as f64
    };
    let further = (prompt + 1..prompt + new).map(|n| if cached { step(n) } else { pass(n) });
    pass(prompt) + further.sum::<f64>()
}

/// Generates `n` tokens of width `d`, with or without a KV cache.
pub(crate) fn generate(n: usize, d: usize, cached: bool, seed: u64) -> Tally {
    let mut rng = rng(seed, "growth of decoding");
    let mut draw = |rows, cols| Tracked::input(normal((rows, cols), 1.0 / (d as f64).sqrt(), &mut rng));
    let first = draw(1, d);
    // (d, d) each
    let weights = [draw(d, d), draw(d, d), draw(d, d), draw(d, d)];
    let mut tally = Tally::default();
    counted_decode_attention(&mut tally, &first, weights.each_ref(), n, cached);
    tally
}
