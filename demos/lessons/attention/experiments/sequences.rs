//! What moves when one of two sequences is rearranged.

use concepts::attention::{AttentionError, MultiHeadTrace};
use concepts::numerics::{max_difference, normal};
use ndarray::Array2;
use rand::Rng;

use super::masking::rows;

/// Tokens that ask, tokens that are looked at, and their width.
pub(crate) const ASKING: usize = 5;
pub(crate) const ASKED: usize = 7;
pub(crate) const WIDTH: usize = 4;

/// Attention from a first sequence into a second one.
pub(crate) type Attend<'a> =
    dyn Fn(&Array2<f64>, &Array2<f64>) -> Result<MultiHeadTrace, AttentionError> + 'a;

/// What the output does.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Moves {
    /// 1 if the weights are queries × keys.
    pub shape: f64,
    /// How far it moves when the second sequence is rearranged.
    pub keys: f64,
    /// How far it is from being rearranged alike when the first sequence is.
    pub queries: f64,
    /// How far it moves with another second sequence.
    pub other: f64,
    /// How far it is from being rearranged alike when both are the same sequence.
    pub itself: f64,
}

/// The sequence that asks, the one that is looked at, and another one in its place.
pub(crate) type Sequences = [Array2<f64>; 3];

pub(crate) fn draw(rng: &mut impl Rng) -> Sequences {
    [ASKING, ASKED, ASKED].map(|n| normal((n, WIDTH), 1.0, rng))
}

/// What the output does under this attention.
pub(crate) fn moves(attend: &Attend, [x, y, other]: &Sequences) -> Result<Moves, AttentionError> {
    let output = |x, y| attend(x, y).map(|trace| trace.output);
    let out = output(x, y)?;
    let around = |n: usize| (0..n).map(|i| (i + 2) % n).collect::<Vec<_>>();
    let (x_moved, y_moved) = (rows(x, around(ASKING)), rows(y, around(ASKED)));
    let shape = attend(x, y)?.heads[0].weights.dim() == (ASKING, ASKED);
    Ok(Moves {
        shape: f64::from(shape),
        keys: max_difference(&output(x, &y_moved)?, &out),
        queries: max_difference(&output(&x_moved, y)?, &rows(&out, around(ASKING))),
        other: max_difference(&output(x, other)?, &out),
        itself: max_difference(&output(&x_moved, &x_moved)?, &rows(&output(x, x)?, around(ASKING))),
    })
}
