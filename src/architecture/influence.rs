//! Which outputs move when an input does.

use crate::architecture::words::Dimension;
use ndarray::{Array2, ArrayView2, Axis};
use rand::Rng;

use super::error::at_least_one;
use super::{ArchitectureError, Transformer};
use crate::numerics::normal;

/// How much each output changes when one input is pushed: entry `(i, j)` is the largest change of any
/// feature of output `i` after a push of input `j`, over `pushes` random pushes.
///
/// A hidden pair has the weight 0 exactly, so where there is no path the change is 0 exactly, not merely
/// small: the zeros of this matrix can be counted. Where there is a path a random push of unit variance in
/// every feature moves the output; the same number added to every feature would not do, because
/// [`LayerNorm`](super::LayerNorm) takes it away again.
///
/// # Formula
/// `max over pushes of ‖f(x + δ eⱼ)ᵢ − f(x)ᵢ‖_∞`, `δ ~ N(0, I)`
///
/// # Shapes
/// `x (n, d_model)` → `(n, n)`
///
/// # Errors
/// [`ArchitectureError`] if `x` does not fit the model or `pushes` is 0.
///
/// # Examples
/// ```
/// use concepts::architecture::{Architecture, Transformer, influence};
/// use concepts::numerics::{normal, rng};
/// let mut rng = rng(7, "doc");
/// let model = Transformer::random(Architecture::DecoderOnly, 3, 8, 2, &mut rng)?;
/// let x = normal((8, 8), 1.0, &mut rng);
/// let moved = influence(&model, x.view(), 3, &mut rng)?;
/// // Through three layers exactly the lower triangle moves.
/// assert!(moved.indexed_iter().all(|((i, j), &change)| (change != 0.0) == (j <= i)));
/// # Ok::<(), concepts::architecture::ArchitectureError>(())
/// ```
pub fn influence(
    model: &Transformer,
    x: ArrayView2<f64>,
    pushes: usize,
    rng: &mut impl Rng,
) -> Result<Array2<f64>, ArchitectureError> {
    at_least_one(&[(Dimension::Pushes, pushes)])?;
    let before = model.forward(x)?;
    let n = x.nrows();
    let mut largest = Array2::zeros((n, n));
    for _ in 0..pushes {
        for j in 0..n {
            let mut pushed = x.to_owned();
            let mut token = pushed.row_mut(j);
            token += &normal((1, x.ncols()), 1.0, rng).row(0);
            let change = model.forward(pushed.view())? - &before;
            for (entry, row) in largest.column_mut(j).iter_mut().zip(change.axis_iter(Axis(0))) {
                *entry = row.iter().fold(*entry, |most: f64, x| most.max(x.abs()));
            }
        }
    }
    Ok(largest)
}
