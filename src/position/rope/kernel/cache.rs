use crate::position::PositionError;
use crate::position::check::{bounded, not_empty};
use crate::position::words::Dimension;

/// Sines and cosines of the positions `0 .. len`, in `f32`.
///
/// The angle is computed in `f64` and only its sine and cosine are rounded. In `f32` the angle itself
/// would be off: at position 100 000 neighbouring numbers lie 0.008 apart, and the fastest pair would be
/// turned by up to 0.004 radians too far or too little. Rounded at the end, the error is 6e-8 at every
/// position.
///
/// # Formula
/// `factor · cos pθᵢ`, `factor · sin pθᵢ`
///
/// # Shapes
/// `(len, 2, pairs)`: a row of cosines, then a row of sines, for each position
///
/// # Examples
/// ```
/// use concepts::position::rope::{RopeCache, Scaling};
/// let yarn = Scaling::yarn(4.0, 2048);
/// let cache = RopeCache::new(&yarn.frequencies(64, 10_000.0)?, 8192, yarn.attention_factor())?;
/// assert_eq!((cache.len(), cache.pairs()), (8192, 32));
/// let (cos, sin) = cache.row(0)?;
/// assert_eq!((cos[0], sin[0]), (yarn.attention_factor() as f32, 0.0));
/// # Ok::<(), concepts::position::PositionError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct RopeCache {
    table: Vec<f32>,
    pairs: usize,
    len: usize,
}

/// A cosine and a sine.
const BOTH: usize = 2;

impl RopeCache {
    /// The table for these frequencies and `len` positions. `factor` multiplies all of it; it is 1 but
    /// for YaRN.
    ///
    /// # Errors
    /// [`PositionError`] if there is no frequency or position, a frequency is not finite, or the table
    /// would have more than 2²⁸ elements.
    pub fn new(frequencies: &[f64], len: usize, factor: f64) -> Result<RopeCache, PositionError> {
        let pairs = frequencies.len();
        not_empty(Dimension::Frequencies, pairs)?;
        not_empty(Dimension::Positions, len)?;
        bounded(len, BOTH * pairs)?;
        if let Some((index, &frequency)) =
            frequencies.iter().enumerate().find(|(_, theta)| !theta.is_finite())
        {
            return Err(PositionError::BadFrequency { index, frequency });
        }
        // (len, 2, pairs)
        let mut table = vec![0.0; len * BOTH * pairs];
        for (p, row) in table.chunks_exact_mut(BOTH * pairs).enumerate() {
            let (cos, sin) = row.split_at_mut(pairs);
            for ((cos, sin), theta) in cos.iter_mut().zip(sin).zip(frequencies) {
                let (s, c) = libm::sincos(p as f64 * theta);
                (*cos, *sin) = ((factor * c) as f32, (factor * s) as f32);
            }
        }
        Ok(RopeCache { table, pairs, len })
    }

    /// Number of positions, at least 1.
    #[expect(clippy::len_without_is_empty, reason = "it is never empty")]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Number of pairs of features.
    pub fn pairs(&self) -> usize {
        self.pairs
    }

    /// Cosines and sines of one position, `(pairs)` each.
    ///
    /// # Errors
    /// [`PositionError::BeyondTable`] if the position is not in the table.
    pub fn row(&self, position: usize) -> Result<(&[f32], &[f32]), PositionError> {
        self.holds(position, 1)?;
        Ok(self.rows(position, 1).split_at(self.pairs))
    }

    /// Are `n` positions from `first` on in the table?
    pub(super) fn holds(&self, first: usize, n: usize) -> Result<(), PositionError> {
        let end = first.saturating_add(n);
        if end > self.len {
            return Err(PositionError::BeyondTable { position: end - 1, len: self.len });
        }
        Ok(())
    }

    /// The rows of `n` positions, `(n, 2, pairs)`.
    pub(super) fn rows(&self, first: usize, n: usize) -> &[f32] {
        let width = BOTH * self.pairs;
        &self.table[first * width..][..n * width]
    }
}
