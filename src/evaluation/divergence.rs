//! How far one distribution is from another.

use std::f64::consts::LN_2;

use super::EvaluationError;

/// The Kullback–Leibler divergence of `p` from `q`, in nats: what it costs to take `q` for `p`.
///
/// Weights need not sum to 1; each histogram is divided by its sum. Infinite where `q` is 0 and `p` is not, so
/// estimates from samples need smoothing.
///
/// # Formula
/// `KL(p‖q) = Σ pᵢ ln(pᵢ/qᵢ)`, `0 ln 0 = 0`; from 0, reached only for `p = q`, to ∞
///
/// # Errors
/// [`EvaluationError`] if the lengths differ, a weight is negative or not finite, or a histogram is empty.
///
/// # Reference
/// Kullback & Leibler 1951, *On Information and Sufficiency*; as `scipy.special.rel_entr`, summed.
///
/// # Examples
/// ```
/// use concepts::evaluation::kullback_leibler;
/// use concepts::numerics::tolerance::EXACT_F64;
/// let ln = f64::ln;
/// let there = kullback_leibler(&[1.0, 1.0], &[1.0, 3.0])?;
/// assert!((there - 0.5 * ln(4.0 / 3.0)).abs() < EXACT_F64); // ½ ln 2 + ½ ln ⅔
/// assert_eq!(kullback_leibler(&[1.0, 1.0], &[1.0, 0.0])?, f64::INFINITY);
/// assert!((kullback_leibler(&[1.0, 0.0], &[1.0, 1.0])? - ln(2.0)).abs() < EXACT_F64); // not symmetric
/// # Ok::<(), concepts::evaluation::EvaluationError>(())
/// ```
pub fn kullback_leibler(p: &[f64], q: &[f64]) -> Result<f64, EvaluationError> {
    let (p, q) = normalised_pair(p, q)?;
    Ok(relative_entropy(&p, &q))
}

/// The Jensen–Shannon divergence, in nats: finite whatever the histograms, and the same both ways.
///
/// # Formula
/// `JS = ½ KL(p‖m) + ½ KL(q‖m)`, `m = ½(p + q)`; from 0, the same, to `ln 2`, nothing in common
///
/// # Errors
/// As [`kullback_leibler`].
///
/// # Reference
/// Lin 1991, *Divergence Measures Based on the Shannon Entropy*. `scipy.spatial.distance.jensenshannon` is its
/// square root.
///
/// # Examples
/// ```
/// use concepts::evaluation::jensen_shannon;
/// assert_eq!(jensen_shannon(&[3.0, 1.0], &[6.0, 2.0])?, 0.0);
/// assert_eq!(jensen_shannon(&[1.0, 0.0], &[0.0, 1.0])?, std::f64::consts::LN_2);
/// # Ok::<(), concepts::evaluation::EvaluationError>(())
/// ```
pub fn jensen_shannon(p: &[f64], q: &[f64]) -> Result<f64, EvaluationError> {
    let (p, q) = normalised_pair(p, q)?;
    let middle: Vec<f64> = p.iter().zip(&q).map(|(p, q)| 0.5 * (p + q)).collect();
    // Rounding may step over an end by a unit in the last place.
    Ok((0.5 * relative_entropy(&p, &middle) + 0.5 * relative_entropy(&q, &middle)).clamp(0.0, LN_2))
}

/// The total variation distance: the share of the mass that would have to be moved to make one of the other. It is also
/// the largest difference that they give to the probability of any event.
///
/// # Formula
/// `TV = ½ Σ |pᵢ − qᵢ|`; from 0, the same, to 1, nothing in common
///
/// # Errors
/// As [`kullback_leibler`].
///
/// # Reference
/// Levin, Peres & Wilmer 2009, *Markov Chains and Mixing Times*, proposition 4.2.
///
/// # Examples
/// ```
/// use concepts::evaluation::total_variation;
/// assert_eq!(total_variation(&[3.0, 1.0], &[6.0, 2.0])?, 0.0);
/// assert_eq!(total_variation(&[1.0, 1.0, 0.0], &[0.0, 1.0, 1.0])?, 0.5);
/// assert_eq!(total_variation(&[1.0, 0.0], &[0.0, 1.0])?, 1.0);
/// # Ok::<(), concepts::evaluation::EvaluationError>(())
/// ```
pub fn total_variation(p: &[f64], q: &[f64]) -> Result<f64, EvaluationError> {
    let (p, q) = normalised_pair(p, q)?;
    // Rounding may step over the end by a unit in the last place.
    Ok((0.5 * p.iter().zip(&q).map(|(p, q)| (p - q).abs()).sum::<f64>()).min(1.0))
}

/// `Σ pᵢ ln(pᵢ/qᵢ)` of distributions of one length.
pub(super) fn relative_entropy(p: &[f64], q: &[f64]) -> f64 {
    let there = p.iter().zip(q).filter(|&(&p, _)| p > 0.0);
    there.map(|(&p, &q)| p * libm::log(p / q)).sum::<f64>().max(0.0)
}

/// Both histograms with sum 1.
pub(super) fn normalised_pair(p: &[f64], q: &[f64]) -> Result<(Vec<f64>, Vec<f64>), EvaluationError> {
    if p.len() != q.len() {
        return Err(EvaluationError::Cells { first: p.len(), second: q.len() });
    }
    Ok((normalised(p)?, normalised(q)?))
}

fn normalised(weights: &[f64]) -> Result<Vec<f64>, EvaluationError> {
    if let Some(place) = weights.iter().position(|w| !(w.is_finite() && *w >= 0.0)) {
        return Err(EvaluationError::Weight { place, value: weights[place] });
    }
    let total: f64 = weights.iter().sum();
    if !(total > 0.0 && total.is_finite()) {
        return Err(EvaluationError::Mass { total });
    }
    Ok(weights.iter().map(|w| w / total).collect())
}
