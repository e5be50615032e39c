//! Texts as points: how often they have which n-grams, folded into a fixed number of dimensions.

use ndarray::{Array1, Array2, ArrayView2, Axis};

use super::words::Size;
use super::{BLEU_ORDER, EvaluationError};

/// The most dimensions.
pub(super) const MAX_DIMENSIONS: usize = 1 << 20;

/// N-gram counts of each text, folded into a fixed number of columns, `(texts, dimensions)`.
///
/// N-grams of 1 to `longest` tokens. Which column an n-gram goes to is decided by a hash; several share one, and
/// their counts add up. No list of n-grams has to be kept, and texts that were not seen before have the same columns.
///
/// # Errors
/// [`EvaluationError`] if `longest` is not 1 to 4, or the dimensions are 0 or more than 2²⁰.
///
/// # Reference
/// Weinberger et al. 2009, *Feature Hashing for Large Scale Multitask Learning*, here without signs.
///
/// # Examples
/// ```
/// use concepts::evaluation::hashed_ngrams;
/// let counts = hashed_ngrams(&[&[1, 2, 1], &[]], 2, 64)?;
/// assert_eq!(counts.row(0).sum(), 5.0); // three tokens, two pairs
/// assert_eq!(counts.row(1).sum(), 0.0);
/// # Ok::<(), concepts::evaluation::EvaluationError>(())
/// ```
pub fn hashed_ngrams(
    texts: &[&[u32]],
    longest: usize,
    dimensions: usize,
) -> Result<Array2<f64>, EvaluationError> {
    if !(1..=BLEU_ORDER).contains(&longest) {
        return Err(EvaluationError::Order { n: longest, max: BLEU_ORDER });
    }
    if !(1..=MAX_DIMENSIONS).contains(&dimensions) {
        let what = Size::Dimensions;
        return Err(EvaluationError::Count { what, value: dimensions, min: 1, max: MAX_DIMENSIONS });
    }
    // (texts, dimensions)
    let mut counts = Array2::zeros((texts.len(), dimensions));
    for (text, mut row) in texts.iter().zip(counts.rows_mut()) {
        for n in 1..=longest {
            text.windows(n).for_each(|gram| row[(hash(gram) % dimensions as u64) as usize] += 1.0);
        }
    }
    Ok(counts)
}

/// 64 bits of an n-gram, the same on every machine: each token is mixed in by the steps of SplitMix64.
fn hash(gram: &[u32]) -> u64 {
    gram.iter().fold(gram.len() as u64, |state, &token| {
        let mut z = (state ^ u64::from(token)).wrapping_add(0x9E37_79B9_7F4A_7C15);
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    })
}

/// How much each column says about a text: much if few texts have it, `(dimensions)`.
///
/// # Formula
/// `idf(j) = ln((1 + T)/(1 + d(j))) + 1`, `d(j)` the number of the `T` texts with a count in column `j`
///
/// # Reference
/// Spärck Jones 1972, *A Statistical Interpretation of Term Specificity*; smoothed as in scikit-learn.
///
/// # Examples
/// ```
/// use concepts::evaluation::inverse_document_frequency;
/// use concepts::numerics::tolerance::EXACT_F64;
/// use ndarray::array;
/// let idf = inverse_document_frequency(array![[2.0, 0.0], [1.0, 0.0]].view());
/// assert_eq!(idf[0], 1.0);
/// assert!((idf[1] - 1.0 - f64::ln(3.0)).abs() < EXACT_F64);
/// ```
pub fn inverse_document_frequency(counts: ArrayView2<f64>) -> Array1<f64> {
    let texts = counts.nrows() as f64;
    let having =
        |column: ndarray::ArrayView1<f64>| column.iter().filter(|&&count| count > 0.0).count() as f64;
    counts.map_axis(Axis(0), |column| libm::log((1.0 + texts) / (1.0 + having(column))) + 1.0)
}

/// Counts times weights, each row brought to length 1; a row of zeros stays one.
///
/// # Formula
/// `x(t, j) = c(t, j) idf(j) / √(Σ_k c(t, k)² idf(k)²)`
///
/// # Shapes
/// `counts` and the result `(texts, dimensions)`, `idf` `(dimensions)`.
///
/// # Examples
/// ```
/// use concepts::evaluation::tf_idf;
/// use ndarray::array;
/// let rows = tf_idf(array![[3.0, 2.0], [0.0, 0.0]], &array![1.0, 2.0]);
/// assert_eq!(rows, array![[0.6, 0.8], [0.0, 0.0]]);
/// ```
pub fn tf_idf(counts: Array2<f64>, idf: &Array1<f64>) -> Array2<f64> {
    // (texts, dimensions)
    let mut weighted = counts * idf;
    for mut row in weighted.rows_mut() {
        let length = row.dot(&row).sqrt();
        if length > 0.0 {
            row /= length;
        }
    }
    weighted
}
