//! What a run takes, said before it starts.

use super::steps::HEADS_SHOWN;

/// More bytes than this are not asked of a laptop for one lesson.
pub(super) const MOST_BYTES: usize = 1 << 29;
/// More multiply-adds than this would keep a person waiting for several seconds.
pub(super) const MOST_MULTIPLY_ADDS: usize = 10_000_000_000;

/// Memory of a run, about, in bytes: within a factor of 1.5 in every format, where it is large at all.
///
/// For each pair of a query and a key the computation holds dots, scores and weights of every head, and the page
/// dots, scaled scores, scores under the mask and weights of the heads that are shown. As JSON those are digits as
/// well, about 21 bytes a number, but then the computation is over. What is said lies between the two.
pub fn memory([n_q, n_k]: [usize; 2], d_model: usize, heads: usize, masked: bool) -> usize {
    let shown = 2 + usize::from(masked) + heads.min(HEADS_SHOWN);
    let walk = (8 * (3 * heads + shown)) as f64;
    let json = ((8 + 21) * shown) as f64;
    let a_pair = (walk * walk.max(json)).sqrt();
    let rows = (n_q + n_k) * d_model * 8 * 10;
    (a_pair * (n_q * n_k) as f64) as usize + rows + d_model * d_model * 8 * 6
}

/// Multiply-adds: four projections, scores and weighted sums.
pub(super) fn multiply_adds([n_q, n_k]: [usize; 2], d_model: usize) -> usize {
    (2 * n_q + 2 * n_k) * d_model * d_model + 2 * n_q * n_k * d_model
}
