//! Where positions enter attention, whatever the scheme is.

use ndarray::Array2;

use super::AttentionError;

/// A position scheme, seen from inside attention: it may turn queries and keys, and it may add to the
/// scores. By default it does neither.
///
/// What is added to the input instead (sinusoidal or learned vectors) needs nothing here. The schemes
/// themselves are in [`crate::position`].
///
/// # Examples
/// ```
/// use concepts::attention::{Mask, MultiHead, Positions};
/// use concepts::numerics::{normal, rng};
/// use ndarray::Array2;
/// /// Every head looks at the first key only.
/// struct First;
/// impl Positions for First {
///     fn bias(&self, _: usize, _: usize, n_q: usize, n_k: usize) -> Option<Array2<f64>> {
///         Some(Array2::from_shape_fn((n_q, n_k), |(_, j)| if j == 0 { 0.0 } else { -1e9 }))
///     }
/// }
/// let mut rng = rng(7, "doc");
/// let layer = MultiHead::random(8, 2, 2, &mut rng)?;
/// let x = normal((3, 8), 1.0, &mut rng);
/// let trace = layer.trace_with(x.view(), x.view(), &Mask::None, &First)?;
/// assert_eq!(trace.heads[1].weights.column(0).to_vec(), [1.0, 1.0, 1.0]);
/// # Ok::<(), concepts::attention::AttentionError>(())
/// ```
pub trait Positions {
    /// Does the scheme fit a layer with this many query heads of this width? It is asked before anything
    /// is computed.
    ///
    /// # Errors
    /// [`AttentionError`] that names what does not fit.
    fn check(&self, heads: usize, d_head: usize) -> Result<(), AttentionError> {
        let _ = (heads, d_head);
        Ok(())
    }

    /// Queries or keys of one head, `(n, d_head)`, that stand at the positions `first_position ..`,
    /// turned to them. The shape must not change.
    ///
    /// # Panics
    /// May panic if the scheme does not fit; [`Positions::check`] tells beforehand.
    fn rotate(&self, x: Array2<f64>, first_position: usize) -> Array2<f64> {
        let _ = first_position;
        x
    }

    /// What is added to the scaled scores of query head `head` of `heads`, `(n_q, n_k)`. The last query
    /// stands at the position of the last key.
    ///
    /// # Panics
    /// May panic if the scheme does not fit; [`Positions::check`] tells beforehand.
    fn bias(&self, head: usize, heads: usize, n_q: usize, n_k: usize) -> Option<Array2<f64>> {
        let _ = (head, heads, n_q, n_k);
        None
    }
}

/// No positions: attention does not see the order of its tokens, but for what a mask tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoPositions;

impl Positions for NoPositions {}
