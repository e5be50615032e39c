//! A trained number for each range of distances, added to the scores.

use crate::position::words::Dimension;
use ndarray::Array2;
use rand::Rng;

use super::check::{bounded, not_empty};
use super::{PositionError, relative_position};
use crate::numerics::normal;

/// The bucket of a distance: near ones have a bucket each, far ones share, and beyond `max_distance`
/// all share one.
///
/// `relative` is the position of the key minus that of the query. With `bidirectional` the upper half
/// of the buckets is for keys *after* the query; otherwise all of the future is bucket 0, together
/// with the token itself (a causal mask hides it anyway).
///
/// # Formula
/// With `b` buckets for one direction, `e = ⌊b/2⌋` and distance `r`: `r` if `r < e`, else
/// `min(b − 1, e + ⌊(b − e) ln(r/e) / ln(max_distance/e)⌋)`
///
/// # Errors
/// [`PositionError::BadBuckets`] if there are fewer than 2 buckets for a direction, or `max_distance`
/// is not above `e`.
///
/// # Reference
/// Raffel et al. 2020, *Exploring the Limits of Transfer Learning with a Unified Text-to-Text
/// Transformer*, section 2.1; the formula is that of its code.
///
/// # Examples
/// ```
/// use concepts::position::t5_bucket;
/// // 32 buckets in both directions: 16 for the past, 16 for the future.
/// assert_eq!(t5_bucket(0, true, 32, 128)?, 0);
/// assert_eq!(t5_bucket(-3, true, 32, 128)?, 3);
/// assert_eq!(t5_bucket(3, true, 32, 128)?, 19);
/// assert_eq!(t5_bucket(-64, true, 32, 128)?, 14);
/// assert_eq!(t5_bucket(-100_000, true, 32, 128)?, 15);
/// # Ok::<(), concepts::position::PositionError>(())
/// ```
pub fn t5_bucket(
    relative: i64,
    bidirectional: bool,
    buckets: usize,
    max_distance: usize,
) -> Result<usize, PositionError> {
    Ok(Buckets::new(bidirectional, buckets, max_distance)?.of(relative))
}

/// Buckets that are known to fit.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Buckets {
    bidirectional: bool,
    /// Buckets for one direction.
    each: usize,
    /// Distances with a bucket of their own.
    exact: usize,
    max_distance: usize,
}

impl Buckets {
    fn new(bidirectional: bool, buckets: usize, max_distance: usize) -> Result<Buckets, PositionError> {
        let (each, least) = if bidirectional { (buckets / 2, 4) } else { (buckets, 2) };
        let exact = each / 2;
        if exact == 0 || max_distance <= exact {
            return Err(PositionError::BadBuckets { buckets, max_distance, least, exact });
        }
        Ok(Buckets { bidirectional, each, exact, max_distance })
    }

    fn of(&self, relative: i64) -> usize {
        let distance = relative.unsigned_abs();
        match (relative > 0, self.bidirectional) {
            (true, true) => self.each + self.of_distance(distance),
            (true, false) => 0,
            (false, _) => self.of_distance(distance),
        }
    }

    fn of_distance(&self, distance: u64) -> usize {
        if distance < self.exact as u64 {
            return distance as usize;
        }
        let exact = self.exact as f64;
        let share = libm::log(distance as f64 / exact) / libm::log(self.max_distance as f64 / exact);
        let beyond = (share * (self.each - self.exact) as f64) as usize;
        self.exact.saturating_add(beyond).min(self.each - 1)
    }
}

/// The relative bias of T5: one trained number for each bucket and head.
///
/// # Formula
/// `B_ij = table[bucket(j − p_i), head]`, `p_i = i + n_k − n_q`
///
/// # Shapes
/// `table (buckets, heads)`
///
/// # Reference
/// Raffel et al. 2020, *Exploring the Limits of Transfer Learning with a Unified Text-to-Text
/// Transformer*, section 2.1.
///
/// # Examples
/// ```
/// use concepts::numerics::rng;
/// use concepts::position::T5Bias;
/// let bias = T5Bias::random(32, 8, true, 128, 1.0, &mut rng(7, "doc"))?;
/// let b = bias.bias(3, 10, 10)?;
/// assert_eq!(b[[0, 4]], b[[5, 9]]); // only the distance counts
/// assert_ne!(b[[0, 4]], b[[4, 0]]); // and its direction
/// # Ok::<(), concepts::position::PositionError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct T5Bias {
    table: Array2<f64>,
    buckets: Buckets,
}

impl T5Bias {
    /// A bias with this table, `(buckets, heads)`.
    ///
    /// # Errors
    /// [`PositionError`] if there is no head, or as [`t5_bucket`].
    pub fn from_table(
        table: Array2<f64>,
        bidirectional: bool,
        max_distance: usize,
    ) -> Result<T5Bias, PositionError> {
        not_empty(Dimension::Heads, table.ncols())?;
        let buckets = Buckets::new(bidirectional, table.nrows(), max_distance)?;
        Ok(T5Bias { table, buckets })
    }

    /// A bias before training: independent entries `N(0, std²)`.
    ///
    /// # Errors
    /// As [`T5Bias::from_table`], or if the table would have more than 2²⁸ elements.
    pub fn random(
        buckets: usize,
        heads: usize,
        bidirectional: bool,
        max_distance: usize,
        std: f64,
        rng: &mut impl Rng,
    ) -> Result<T5Bias, PositionError> {
        bounded(buckets, heads)?;
        T5Bias::from_table(normal((buckets, heads), std, rng), bidirectional, max_distance)
    }

    /// The trained numbers, `(buckets, heads)`.
    pub fn table(&self) -> &Array2<f64> {
        &self.table
    }

    /// Number of heads.
    pub fn heads(&self) -> usize {
        self.table.ncols()
    }

    /// What is added to the scores of one head, `(n_q, n_k)`.
    ///
    /// # Errors
    /// [`PositionError`] if there is no such head, a number is 0, or the result would have more than
    /// 2²⁸ elements.
    pub fn bias(&self, head: usize, n_q: usize, n_k: usize) -> Result<Array2<f64>, PositionError> {
        if head >= self.heads() {
            return Err(PositionError::NoSuchHead { head, heads: self.heads() });
        }
        not_empty(Dimension::Queries, n_q)?;
        not_empty(Dimension::Keys, n_k)?;
        bounded(n_q, n_k)?;
        Ok(self.values(head, n_q, n_k))
    }

    /// `table[bucket(j − p_i), head]`, `(n_q, n_k)`.
    pub(super) fn values(&self, head: usize, n_q: usize, n_k: usize) -> Array2<f64> {
        // (n_q, n_k)
        Array2::from_shape_fn((n_q, n_k), |(i, j)| {
            self.table[[self.buckets.of(relative_position(i, j, n_q, n_k)), head]]
        })
    }
}
