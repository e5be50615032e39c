//! Which rows of a learned table training can reach.

use concepts::attention::{AttentionError, Mask, MultiHead};
use concepts::numerics::{max_difference, normal, rng};
use ndarray::{Array2, Axis, Slice};

/// Rows of the table.
pub(crate) const ROWS: usize = 48;
/// Tokens of a training sequence.
pub(crate) const TRAINED: usize = 32;
/// Width of the table.
pub(crate) const WIDTH: usize = 16;

/// Rows of a table of [`ROWS`] rows that move an output of attention over `len` tokens when they change:
/// those that have a gradient.
pub(crate) fn trained_rows(len: usize, seed: u64) -> Result<f64, AttentionError> {
    let mut rng = rng(seed, "trained rows");
    let layer = MultiHead::random(WIDTH, 2, 2, &mut rng)?;
    let (tokens, table) = (normal((len, WIDTH), 1.0, &mut rng), normal((ROWS, WIDTH), 1.0, &mut rng));
    let output = |table: &Array2<f64>| {
        let x = &tokens + &table.slice_axis(Axis(0), Slice::from(..len));
        layer.forward(x.view(), &Mask::Causal)
    };
    let before = output(&table)?;
    let mut reached = 0.0;
    for row in 0..ROWS {
        let mut other = table.clone();
        other.row_mut(row).mapv_inplace(|x| x + 1.0);
        if max_difference(&output(&other)?, &before) > 0.0 {
            reached += 1.0;
        }
    }
    Ok(reached)
}
