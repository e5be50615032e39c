//! What a stack of attention layers notices of the order of its tokens.

use concepts::attention::{AttentionError, Mask, MultiHead, NoPositions, Positions};
use concepts::numerics::{max_difference, normal, rng};
use ndarray::{Array2, Axis};

/// Width of the layers.
pub(crate) const D: usize = 16;
/// Number of heads.
pub(crate) const HEADS: usize = 4;

/// Attention layers with residual connections: `x ← x + Attention(x)`.
pub(crate) struct Stack(Vec<MultiHead>);

impl Stack {
    /// `depth` layers of width `d_model`.
    pub(crate) fn new(
        depth: usize,
        d_model: usize,
        heads: usize,
        seed: u64,
    ) -> Result<Stack, AttentionError> {
        let mut rng = rng(seed, "stack of layers");
        (0..depth)
            .map(|_| MultiHead::random(d_model, heads, heads, &mut rng))
            .collect::<Result<_, _>>()
            .map(Stack)
    }

    /// The outputs, or NaN everywhere if the shapes do not fit: a NaN fails every test.
    pub(crate) fn run(&self, x: &Array2<f64>, mask: &Mask, positions: &dyn Positions) -> Array2<f64> {
        self.0.iter().fold(x.clone(), |x, layer| {
            match layer.trace_with(x.view(), x.view(), mask, positions) {
                Ok(trace) => x + trace.output,
                Err(_) => Array2::from_elem(x.dim(), f64::NAN),
            }
        })
    }
}

/// Tokens drawn at random, `(n, D)`.
pub(crate) fn tokens(n: usize, seed: u64) -> Array2<f64> {
    normal((n, D), 1.0, &mut rng(seed, "tokens"))
}

/// Every row moved on by one, the last to the front: no row stays where it was.
pub(crate) fn moved_on(x: &Array2<f64>) -> Array2<f64> {
    let n = x.nrows();
    x.select(Axis(0), &(0..n).map(|i| (i + n - 1) % n).collect::<Vec<_>>())
}

/// The first row last.
pub(crate) fn reversed(x: &Array2<f64>) -> Array2<f64> {
    x.select(Axis(0), &(0..x.nrows()).rev().collect::<Vec<_>>())
}

/// What shuffling the input does to the output.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shuffled {
    /// `max |f(PX) − P f(X)|`
    pub equivariance: f64,
    /// `max |f(PX) − f(X)|`
    pub invariance: f64,
    /// `max |mean f(PX) − mean f(X)|`
    pub pooled: f64,
}

/// Compares `f` before and after a permutation without fixed points.
pub(crate) fn shuffled(x: &Array2<f64>, f: impl Fn(&Array2<f64>) -> Array2<f64>) -> Shuffled {
    let (plain, moved) = (f(x), f(&moved_on(x)));
    let mean = |y: &Array2<f64>| y.mean_axis(Axis(0)).unwrap_or_default().insert_axis(Axis(0));
    Shuffled {
        equivariance: max_difference(&moved, &moved_on(&plain)),
        invariance: max_difference(&moved, &plain),
        pooled: max_difference(&mean(&moved), &mean(&plain)),
    }
}

/// How far the last token's output moves when all tokens before it are reordered.
pub(crate) fn last_token_moves(depth: usize, mask: &Mask, seed: u64) -> f64 {
    const N: usize = 8;
    let Ok(stack) = Stack::new(depth, D, HEADS, seed) else { return f64::NAN };
    let x = tokens(N, seed);
    // The first N − 1 tokens moved on by one, the last left alone.
    let order: Vec<usize> = (0..N - 1).map(|i| (i + N - 2) % (N - 1)).chain([N - 1]).collect();
    let last = |x: &Array2<f64>| stack.run(x, mask, &NoPositions).select(Axis(0), &[N - 1]);
    max_difference(&last(&x), &last(&x.select(Axis(0), &order)))
}

/// Uniform causal attention to a flag on the first token: how far are the outputs from `1/t`?
pub(crate) fn counting_error(n: usize, mask: &Mask) -> f64 {
    // Queries and keys of 0 score 0 everywhere: every visible token gets the same weight.
    let blank = Array2::zeros((n, 1));
    let flag = Array2::from_shape_fn((n, 1), |(i, _)| if i == 0 { 1.0 } else { 0.0 });
    let wanted = Array2::from_shape_fn((n, 1), |(i, _)| 1.0 / (i + 1) as f64);
    let counted = concepts::attention::attention(blank.view(), blank.view(), flag.view(), mask);
    counted.map_or(f64::NAN, |counted| max_difference(&counted, &wanted))
}
