//! Which two features form a pair.

use crate::position::PositionError;
use crate::position::check::{bounded, even};
use crate::position::words::Dimension;

/// Which two features are turned together.
///
/// Both layouts give the same scores if query and key weights are permuted to match
/// ([`layout_permutation`]). Weights trained with one and run with the other give wrong scores, and
/// nothing else tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// Neighbours: features `2i` and `2i + 1`, as in the paper, GPT-J and the released LLaMA code.
    Interleaved,
    /// One from each half: features `i` and `i + d/2`, as in GPT-NeoX and Hugging Face's LLaMA.
    Halves,
}

impl Layout {
    /// The two features of pair `i` of `pairs`.
    ///
    /// # Examples
    /// ```
    /// use concepts::position::rope::Layout;
    /// assert_eq!(Layout::Interleaved.pair(1, 4), (2, 3));
    /// assert_eq!(Layout::Halves.pair(1, 4), (1, 5));
    /// ```
    pub fn pair(self, i: usize, pairs: usize) -> (usize, usize) {
        match self {
            Layout::Interleaved => (2 * i, 2 * i + 1),
            Layout::Halves => (i, i + pairs),
        }
    }
}

/// The order that turns interleaved features into halves: feature `j` of the halves is feature
/// `permutation[j]` of the interleaved ones.
///
/// # Formula
/// `π(i) = 2i`, `π(i + d/2) = 2i + 1`
///
/// # Shapes
/// → `(d)`
///
/// # Errors
/// [`PositionError`] if `d` is 0, odd, or above 2²⁸.
///
/// # Examples
/// ```
/// use concepts::position::rope::layout_permutation;
/// assert_eq!(layout_permutation(6)?, [0, 2, 4, 1, 3, 5]);
/// # Ok::<(), concepts::position::PositionError>(())
/// ```
pub fn layout_permutation(d: usize) -> Result<Vec<usize>, PositionError> {
    even(Dimension::Width, d)?;
    bounded(d, 1)?;
    Ok((0..d).step_by(2).chain((1..d).step_by(2)).collect())
}
