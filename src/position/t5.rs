//! A trained number for each range of distances, added to the scores.

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
    let (b, e) = check(bidirectional, buckets, max_distance)?;
    let (start, distance) = match (bidirectional, relative > 0) {
        (true, true) => (b, relative.unsigned_abs()),
        (false, true) => (0, 0),
        (_, false) => (0, relative.unsigned_abs()),
    };
    if distance < e as u64 {
        return Ok(start + distance as usize);
    }
    let share = libm::log(distance as f64 / e as f64) / libm::log(max_distance as f64 / e as f64);
    let beyond = (share * (b - e) as f64) as usize;
    Ok(start + (b - 1).min(e.saturating_add(beyond)))
}

/// Buckets for one direction, and how many of them hold one distance only.
fn check(bidirectional: bool, buckets: usize, max_distance: usize) -> Result<(usize, usize), PositionError> {
    let (b, least) = if bidirectional { (buckets / 2, 4) } else { (buckets, 2) };
    let exact = b / 2;
    if exact == 0 || max_distance <= exact {
        return Err(PositionError::BadBuckets { buckets, max_distance, least, exact });
    }
    Ok((b, exact))
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
    bidirectional: bool,
    max_distance: usize,
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
        not_empty("the number of heads", table.ncols())?;
        check(bidirectional, table.nrows(), max_distance)?;
        Ok(T5Bias { table, bidirectional, max_distance })
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
        not_empty("the number of queries", n_q)?;
        not_empty("the number of keys", n_k)?;
        bounded(n_q, n_k)?;
        // (n_q, n_k)
        let mut bias = Array2::zeros((n_q, n_k));
        for ((i, j), b) in bias.indexed_iter_mut() {
            let relative = relative_position(i, j, n_q, n_k);
            let bucket = t5_bucket(relative, self.bidirectional, self.table.nrows(), self.max_distance)?;
            *b = self.table[[bucket, head]];
        }
        Ok(bias)
    }
}
