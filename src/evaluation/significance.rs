//! Chance or not, for one comparison and for many.

use rand::Rng;

use super::EvaluationError;
use crate::numerics::rng;
use crate::numerics::tolerance::EXACT_F64;

/// Up to this many differences every choice of signs is tried.
pub const EXACT_SIGNS: usize = 12;

/// The most draws of signs.
const MAX_DRAWS: usize = 10_000_000;

/// How often chance alone would show a difference at least as large.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PValue {
    /// The probability, or the bound that the draws allow.
    pub value: f64,
    /// How many choices of signs were tried.
    pub tried: usize,
    /// Every choice was tried: the probability is exact.
    pub exact: bool,
    /// None of the draws reached the difference: say "at most".
    pub at_most: bool,
}

/// Is the mean of paired differences away from 0? By flipping signs, both sides.
///
/// If two strategies were equally good, for each prompt the difference could as well have had the other sign. So the
/// signs are flipped in every way, or in `draws` random ways above [`EXACT_SIGNS`] differences, and it is counted how
/// often the mean is at least as far from 0 as the measured one. A zero stays one. Draws never give 0: with none of
/// `B` the answer is "at most 1/(B + 1)".
///
/// # Formula
/// `p = #{s ∈ {−1, 1}ⁿ : |Σ sᵢdᵢ| ≥ |Σ dᵢ|} / 2ⁿ`, or `(hits + 1)/(B + 1)` of `B` draws; from `2^(1−n)`, or
/// `1/(B + 1)`, to 1. Sums that differ by rounding count as equal.
///
/// # Errors
/// [`EvaluationError`] if there are no differences, one is not finite, or the draws are 0 or more than 10⁷.
///
/// # Reference
/// Fisher 1935, *The Design of Experiments*, section 21; `+ 1`: Phipson & Smyth 2010, *Permutation P-values Should
/// Never Be Zero*. Exact values as `scipy.stats.permutation_test` has them.
///
/// # Examples
/// ```
/// use concepts::evaluation::sign_flip;
/// let p = sign_flip(&[1.0, 2.0, 0.5, 0.25], 10_000, 7)?;
/// assert_eq!((p.value, p.tried), (2.0 / 16.0, 16)); // all plus or all minus: four prompts cannot show more
/// let clear = sign_flip(&[1.0; 40], 999, 7)?;
/// assert_eq!((clear.value, clear.at_most), (0.001, true));
/// # Ok::<(), concepts::evaluation::EvaluationError>(())
/// ```
pub fn sign_flip(differences: &[f64], draws: usize, seed: u64) -> Result<PValue, EvaluationError> {
    if differences.is_empty() {
        return Err(EvaluationError::Empty);
    }
    if !(1..=MAX_DRAWS).contains(&draws) {
        return Err(EvaluationError::Resamples { resamples: draws, max: MAX_DRAWS });
    }
    if let Some(place) = differences.iter().position(|d| !d.is_finite()) {
        return Err(EvaluationError::Difference { place, value: differences[place] });
    }
    let n = differences.len();
    // What rounding can leave between sums that are equal.
    let crumb = EXACT_F64 * differences.iter().map(|d| d.abs()).sum::<f64>();
    let far = differences.iter().sum::<f64>().abs() - crumb;
    if n <= EXACT_SIGNS {
        let tried = 1usize << n;
        let hits = (0..tried as u64).filter(|&signs| flipped(differences, signs).abs() >= far).count();
        return Ok(PValue { value: hits as f64 / tried as f64, tried, exact: true, at_most: false });
    }
    let mut generator = rng(seed, "evaluation::sign_flip");
    let mut reached = || {
        let sum: f64 = differences.chunks(64).map(|part| flipped(part, generator.random())).sum();
        sum.abs() >= far
    };
    let hits = (0..draws).filter(|_| reached()).count();
    let value = (hits + 1) as f64 / (draws + 1) as f64;
    Ok(PValue { value, tried: draws, exact: false, at_most: hits == 0 })
}

/// The sum of up to 64 differences, each with its sign flipped if its bit is set.
fn flipped(differences: &[f64], signs: u64) -> f64 {
    differences.iter().enumerate().map(|(i, d)| if signs >> i & 1 == 1 { -d } else { *d }).sum()
}

/// P-values of several comparisons, each as it must be read when all of them were made, in the given order.
///
/// Where `m` comparisons are made and none is real, some p-value is below 0.05 with a probability of up to `0.05 m`.
/// An adjusted p-value below 0.05 is one that keeps the probability of *any* false alarm below 0.05. Nothing is
/// supposed about how the comparisons depend on each other.
///
/// # Formula
/// Sorted upwards: `p̃₍ᵢ₎ = max_{j ≤ i} min(1, (m − j + 1) p₍ⱼ₎)`; from `p` to `min(1, m p)`
///
/// # Errors
/// [`EvaluationError`] if a value is not from 0 to 1.
///
/// # Reference
/// Holm 1979, *A Simple Sequentially Rejective Multiple Test Procedure*; as `multipletests(…, method="holm")` of
/// statsmodels.
///
/// # Examples
/// ```
/// use concepts::evaluation::holm;
/// assert_eq!(holm(&[0.04, 0.01, 0.5])?, [0.08, 0.03, 0.5]);
/// assert_eq!(holm(&[])?, Vec::<f64>::new());
/// # Ok::<(), concepts::evaluation::EvaluationError>(())
/// ```
pub fn holm(p_values: &[f64]) -> Result<Vec<f64>, EvaluationError> {
    if let Some(place) = p_values.iter().position(|p| !(0.0..=1.0).contains(p)) {
        return Err(EvaluationError::PValue { place, value: p_values[place] });
    }
    let mut order: Vec<usize> = (0..p_values.len()).collect();
    order.sort_by(|&a, &b| p_values[a].total_cmp(&p_values[b]));
    let mut adjusted = vec![0.0; p_values.len()];
    let mut largest = 0.0f64;
    for (rank, &i) in order.iter().enumerate() {
        let left = (p_values.len() - rank) as f64;
        largest = largest.max((left * p_values[i]).min(1.0));
        adjusted[i] = largest;
    }
    Ok(adjusted)
}
