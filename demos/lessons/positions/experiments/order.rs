//! What a stack of attention layers notices of the order of its tokens.

use concepts::attention::{AttentionError, Mask, MultiHead, NoPositions, Positions, attention};
use concepts::numerics::{max_abs, max_difference, normal, rng};
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

    /// The outputs, `(n, d_model)`.
    pub(crate) fn run(
        &self,
        x: &Array2<f64>,
        mask: &Mask,
        positions: &dyn Positions,
    ) -> Result<Array2<f64>, AttentionError> {
        self.0.iter().try_fold(x.clone(), |x, layer| {
            let trace = layer.trace_with(x.view(), x.view(), mask, positions)?;
            Ok(x + trace.output)
        })
    }
}

/// Two layers without positions.
pub(crate) fn two_layers(x: &Array2<f64>, mask: &Mask, seed: u64) -> Result<Array2<f64>, AttentionError> {
    Stack::new(2, D, HEADS, seed)?.run(x, mask, &NoPositions)
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

/// Rows and columns moved on alike: `P S Pᵀ`.
pub(crate) fn both_moved_on(s: &Array2<f64>) -> Array2<f64> {
    moved_on(&moved_on(s).reversed_axes()).reversed_axes()
}

/// The first row last.
pub(crate) fn reversed(x: &Array2<f64>) -> Array2<f64> {
    x.select(Axis(0), &(0..x.nrows()).rev().collect::<Vec<_>>())
}

fn mean(x: &Array2<f64>) -> Array2<f64> {
    x.mean_axis(Axis(0)).unwrap_or_default().insert_axis(Axis(0))
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
pub(crate) fn shuffled<E>(
    x: &Array2<f64>,
    f: impl Fn(&Array2<f64>) -> Result<Array2<f64>, E>,
) -> Result<Shuffled, E> {
    let (plain, moved) = (f(x)?, f(&moved_on(x))?);
    Ok(Shuffled {
        equivariance: max_difference(&moved, &moved_on(&plain)),
        invariance: max_difference(&moved, &plain),
        pooled: max_difference(&mean(&moved), &mean(&plain)),
    })
}

/// What shuffling the tokens does to outputs and weights.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Carried {
    pub outputs: Shuffled,
    /// `max |A(PX) − P A(X) Pᵀ|`
    pub weights: f64,
    /// The same, of the weights sorted by size.
    pub sorted: f64,
}

/// Shuffles the tokens, with `add` added to whatever token stands at a place.
pub(crate) fn carried(x: &Array2<f64>, add: &Array2<f64>, seed: u64) -> Result<Carried, AttentionError> {
    let before = weights(&(x + add), seed)?;
    let after = weights(&(moved_on(x) + add), seed)?;
    let outputs = shuffled(x, |x| two_layers(&(x + add), &Mask::None, seed).map(|y| y - add))?;
    Ok(Carried {
        outputs,
        weights: max_difference(&after, &both_moved_on(&before)),
        sorted: max_difference(&sorted(&after), &sorted(&before)),
    })
}

/// The weights of the first head of one layer.
fn weights(x: &Array2<f64>, seed: u64) -> Result<Array2<f64>, AttentionError> {
    let layer = MultiHead::random(D, 1, 1, &mut rng(seed, "weights of one layer"))?;
    let trace = layer.trace(x.view(), x.view(), &Mask::None)?;
    Ok(trace.heads[0].weights.clone())
}

fn sorted(x: &Array2<f64>) -> Array2<f64> {
    let mut all: Vec<f64> = x.iter().copied().collect();
    all.sort_by(f64::total_cmp);
    Array2::from_shape_fn((1, all.len()), |(_, i)| all[i])
}

/// How far outputs move when the sentence is reversed: token by token, and their mean. What was added to the
/// input is taken off again, so that only what attention made of it counts.
pub(crate) fn mirrored(mask: &Mask, add: &Array2<f64>, seed: u64) -> Result<[f64; 2], AttentionError> {
    let x = tokens(add.nrows(), seed);
    let out = |x: &Array2<f64>| two_layers(&(x + add), mask, seed).map(|y| y - add);
    let change = reversed(&out(&reversed(&x))?) - out(&x)?;
    Ok([max_abs(&change), max_abs(&mean(&change))])
}

/// How far the last token's output moves when all tokens before it are reordered.
pub(crate) fn last_token_moves(depth: usize, mask: &Mask, seed: u64) -> Result<f64, AttentionError> {
    const N: usize = 8;
    let stack = Stack::new(depth, D, HEADS, seed)?;
    let x = tokens(N, seed);
    // The first N − 1 tokens moved on by one, the last left alone.
    let order: Vec<usize> = (0..N - 1).map(|i| (i + N - 2) % (N - 1)).chain([N - 1]).collect();
    let last = |x: &Array2<f64>| stack.run(x, mask, &NoPositions).map(|y| y.select(Axis(0), &[N - 1]));
    Ok(max_difference(&last(&x)?, &last(&x.select(Axis(0), &order))?))
}

/// Uniform causal attention to a flag on the first token: how far are the outputs from `1/t`?
pub(crate) fn counting_error(n: usize, mask: &Mask) -> Result<f64, AttentionError> {
    // Queries and keys of 0 score 0 everywhere: every visible token gets the same weight.
    let blank = Array2::zeros((n, 1));
    let flag = Array2::from_shape_fn((n, 1), |(i, _)| if i == 0 { 1.0 } else { 0.0 });
    let wanted = Array2::from_shape_fn((n, 1), |(i, _)| 1.0 / (i + 1) as f64);
    Ok(max_difference(&attention(blank.view(), blank.view(), flag.view(), mask)?, &wanted))
}
