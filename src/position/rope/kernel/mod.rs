//! Fast rotation in `f32`, in place.
//!
//! The readable twins are `rotate_by_matrix` and `rotate_by_complex`.
//!
//! | file | idea |
//! |---|---|
//! | `mod` | the checks, and who turns which rows |
//! | `cache` | sines and cosines of all positions, computed once |
//! | `turn` | the loop over heads, positions and pairs |

mod cache;
mod turn;

use crate::position::words::{Dimension, Operand};
use ndarray::{Array3, ArrayViewMut3};
use pulp::Arch;
use rayon::prelude::*;

pub use self::cache::RopeCache;
use self::turn::Turn;
use super::{Layout, rope_frequencies};
use crate::position::PositionError;
use crate::position::check::same;

/// Rotary position embedding of queries or keys, in `f32`, in place.
///
/// Sines and cosines of the positions `0 .. max_len` are computed once; a rotation then only reads
/// them, and takes about as long as copying the tensor. Every element is made from two products and one
/// sum, each rounded by itself, so the result is the same bit for bit on every machine, for any number
/// of threads and any cut of the text.
///
/// # Formula
/// For each pair `(a, b)` of features at position `m`: `a' = a cos mθ − b sin mθ`,
/// `b' = b cos mθ + a sin mθ`
///
/// # Shapes
/// `x (heads, n, head_dim)`, turned in place
///
/// # Reference
/// Su et al. 2021, *RoFormer*, equation 34.
///
/// # Examples
/// ```
/// use concepts::position::rope::{Layout, Rope};
/// use ndarray::Array3;
/// let rope = Rope::new(64, 64, 10_000.0, Layout::Halves, 2048)?;
/// let mut q = Array3::<f32>::ones((8, 100, 64));
/// rope.apply(&mut q.view_mut(), 0)?;
/// assert_eq!(q[[0, 0, 0]], 1.0); // position 0 is not turned
/// // The token after them, at position 100.
/// let mut next = Array3::<f32>::ones((8, 1, 64));
/// rope.apply(&mut next.view_mut(), 100)?;
/// # Ok::<(), concepts::position::PositionError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Rope {
    head_dim: usize,
    layout: Layout,
    cache: RopeCache,
}

impl Rope {
    /// The rotation of the first `rotary_dim` of `head_dim` features, for the positions `0 .. max_len`.
    ///
    /// # Errors
    /// [`PositionError`] if `rotary_dim` is 0, odd or above `head_dim`, `base` is not a finite number
    /// above 1, `max_len` is 0, or the table would have more than 2²⁸ elements.
    pub fn new(
        head_dim: usize,
        rotary_dim: usize,
        base: f64,
        layout: Layout,
        max_len: usize,
    ) -> Result<Rope, PositionError> {
        let frequencies = rope_frequencies(rotary_dim, base)?;
        Rope::with_cache(head_dim, RopeCache::new(&frequencies, max_len, 1.0)?, layout)
    }

    /// The rotation by a given table, for example one of scaled frequencies:
    /// `RopeCache::new(&scaling.frequencies(…)?, max_len, scaling.attention_factor())`.
    ///
    /// # Errors
    /// [`PositionError::RotaryTooWide`] if the table has more pairs than the head.
    pub fn with_cache(head_dim: usize, cache: RopeCache, layout: Layout) -> Result<Rope, PositionError> {
        let rotary_dim = 2 * cache.pairs();
        if rotary_dim > head_dim {
            return Err(PositionError::RotaryTooWide { rotary_dim, head_dim });
        }
        Ok(Rope { head_dim, layout, cache })
    }

    /// The sines and cosines.
    pub fn cache(&self) -> &RopeCache {
        &self.cache
    }

    /// Turns the tokens at the positions `first_position .. first_position + n`, on one thread.
    ///
    /// A view that is not in standard layout is copied there and back.
    ///
    /// # Errors
    /// [`PositionError`] if the width is not `head_dim` or a position is beyond the table.
    pub fn apply(&self, x: &mut ArrayViewMut3<f32>, first_position: usize) -> Result<(), PositionError> {
        self.run(x, first_position, |x, n| self.one_thread(x, n, first_position))
    }

    /// [`Rope::apply`] on all threads of the current rayon pool, one head a task.
    ///
    /// # Errors
    /// As [`Rope::apply`].
    pub fn apply_parallel(
        &self,
        x: &mut ArrayViewMut3<f32>,
        first_position: usize,
    ) -> Result<(), PositionError> {
        self.run(x, first_position, |x, n| {
            x.par_chunks_mut(n * self.head_dim).for_each(|head| self.one_thread(head, n, first_position));
        })
    }

    /// Checks the shape and hands the numbers over in standard layout.
    fn run(
        &self,
        x: &mut ArrayViewMut3<f32>,
        first_position: usize,
        turn: impl Fn(&mut [f32], usize),
    ) -> Result<(), PositionError> {
        let (_, n, width) = x.dim();
        same(Dimension::HeadWidth, (Operand::X, width), (Operand::Rotation, self.head_dim))?;
        self.cache.holds(first_position, n)?;
        if x.is_empty() {
            return Ok(());
        }
        if let Some(flat) = x.as_slice_mut() {
            turn(flat, n);
            return Ok(());
        }
        // (heads, n, head_dim)
        let mut copy = Array3::from_shape_fn(x.dim(), |index| x[index]);
        if let Some(flat) = copy.as_slice_mut() {
            turn(flat, n);
        }
        x.assign(&copy);
        Ok(())
    }

    /// Some heads, `(heads, n, head_dim)`, one after the other. Measured: to go through all heads for a few
    /// positions at a time reads the table only once, but is slower, since the tensor is then not read in
    /// its order.
    fn one_thread(&self, x: &mut [f32], n: usize, first_position: usize) {
        let table = self.cache.rows(first_position, n);
        Arch::new().dispatch(Turn { x, table, n, head_dim: self.head_dim, layout: self.layout });
    }
}
