use crate::position::PositionError;
use crate::position::frequencies::geometric;
use crate::position::words::Dimension;

/// How fast each pair of features turns, in radians a token, the fastest first.
///
/// `rotary_dim` is the number of features that are rotated: the width of a head, or less with partial
/// rotation.
///
/// # Formula
/// `θᵢ = base^(−2i/rotary_dim)`, `i = 0 .. rotary_dim/2`
///
/// # Shapes
/// → `(rotary_dim/2)`
///
/// # Errors
/// [`PositionError`] if `rotary_dim` is 0 or odd, or `base` is not a finite number above 1.
///
/// # Reference
/// Su et al. 2021, *RoFormer: Enhanced Transformer with Rotary Position Embedding*, section 3.2.2.
///
/// # Examples
/// ```
/// use concepts::position::rope::rope_frequencies;
/// let theta = rope_frequencies(128, 10_000.0)?;
/// assert_eq!((theta.len(), theta[0]), (64, 1.0));
/// # Ok::<(), concepts::position::PositionError>(())
/// ```
pub fn rope_frequencies(rotary_dim: usize, base: f64) -> Result<Vec<f64>, PositionError> {
    geometric(Dimension::Rotary, rotary_dim, base)
}
