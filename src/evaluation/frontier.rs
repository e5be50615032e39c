//! The trade between two ways of being unlike: saying what people do not say, and not saying what they say.

use super::EvaluationError;
use super::divergence::{normalised_pair, relative_entropy};
use super::words::{Quantity, Size};

/// The most mixtures of a frontier.
const MAX_MIXTURES: usize = 100_000;

/// How near the outermost mixtures are to `p` and `q` themselves.
const NEAR_THE_END: f64 = 1e-6;

/// How the frontier is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FrontierOptions {
    /// At how many mixtures of the two distributions.
    pub mixtures: usize,
    /// What divergences are multiplied by before `exp(−…)`, `c`.
    pub scale: f64,
}

impl Default for FrontierOptions {
    /// 25 mixtures, `c` = 5: those of MAUVE.
    fn default() -> Self {
        Self { mixtures: 25, scale: 5.0 }
    }
}

/// Points `(exp(−c KL(q‖r)), exp(−c KL(p‖r)))` for mixtures `r` of `p` and `q`, from `r = q` to `r = p`.
///
/// The first point is (1, 0) and the last (0, 1): the ends of the frontier where `p` and `q` have nothing in common.
/// The nearer the curve comes to (1, 1), the more alike are `p` and `q`.
///
/// # Formula
/// `r_w = w p + (1 − w) q`, `w` in even steps from 10⁻⁶ to 1 − 10⁻⁶ (½ if it is one only)
///
/// # Errors
/// [`EvaluationError`] if the histograms are none or of different length, the scale is not above 0, or there are no
/// mixtures or too many.
///
/// # Reference
/// Pillutla et al. 2021, *MAUVE: Measuring the Gap Between Neural Text and Human Text using Divergence Frontiers*,
/// equations 1 and 2; points as in `mauve-text`.
///
/// # Examples
/// ```
/// use concepts::evaluation::{FrontierOptions, divergence_frontier, frontier_area};
/// let same = divergence_frontier(&[3.0, 1.0], &[3.0, 1.0], &FrontierOptions::default())?;
/// assert_eq!(frontier_area(&same), 1.0);
/// let apart = divergence_frontier(&[1.0, 0.0], &[0.0, 1.0], &FrontierOptions::default())?;
/// assert!(frontier_area(&apart) < 0.05);
/// # Ok::<(), concepts::evaluation::EvaluationError>(())
/// ```
pub fn divergence_frontier(
    p: &[f64],
    q: &[f64],
    options: &FrontierOptions,
) -> Result<Vec<(f64, f64)>, EvaluationError> {
    let FrontierOptions { mixtures, scale } = *options;
    if !(scale > 0.0 && scale.is_finite()) {
        return Err(EvaluationError::NotPositive { what: Quantity::Scale, value: scale });
    }
    if !(1..=MAX_MIXTURES).contains(&mixtures) {
        let what = Size::Mixtures;
        return Err(EvaluationError::Count { what, value: mixtures, min: 1, max: MAX_MIXTURES });
    }
    let (p, q) = normalised_pair(p, q)?;
    let likeness = |from: &[f64], r: &[f64]| libm::exp(-scale * relative_entropy(from, r));
    let mut points = vec![(1.0, 0.0)];
    for i in 0..mixtures {
        let step = if mixtures == 1 { 0.5 } else { i as f64 / (mixtures - 1) as f64 };
        let w = NEAR_THE_END + step * (1.0 - 2.0 * NEAR_THE_END);
        let r: Vec<f64> = p.iter().zip(&q).map(|(p, q)| w * p + (1.0 - w) * q).collect();
        points.push((likeness(&q, &r), likeness(&p, &r)));
    }
    points.push((0.0, 1.0));
    Ok(points)
}

/// The area under a frontier, MAUVE's score: from nearly 0, nothing in common, to 1, the same distribution.
///
/// Trapezoids along the curve. `mauve-text` takes the mean of this area and of the one with both axes exchanged; the
/// two differ by `x₀y₀ − x_m y_m`, which is 0 for a frontier from (1, 0) to (0, 1). It also sorts the points first, and
/// where divergences are 0 its sorting may put the end (1, 0) among the other points at x = 1: for two histograms that
/// are the same it then says less than 1.
///
/// # Formula
/// `Σ_i (xᵢ − xᵢ₊₁)(yᵢ + yᵢ₊₁)/2`
///
/// # Examples
/// ```
/// use concepts::evaluation::frontier_area;
/// assert_eq!(frontier_area(&[(1.0, 0.0), (0.5, 0.5), (0.0, 1.0)]), 0.5);
/// ```
pub fn frontier_area(frontier: &[(f64, f64)]) -> f64 {
    frontier.windows(2).map(|pair| (pair[0].0 - pair[1].0) * (pair[0].1 + pair[1].1) / 2.0).sum()
}

/// The frontier integral: the mean divergence along the whole frontier, without a scale to choose.
///
/// # Formula
/// `2 ∫₀¹ [w KL(p‖r_w) + (1 − w) KL(q‖r_w)] dw = Σ_i ½(pᵢ + qᵢ) − pᵢqᵢ ln(pᵢ/qᵢ)/(pᵢ − qᵢ)`; from 0, the same, to 1,
/// nothing in common
///
/// # Errors
/// As [`kullback_leibler`](super::kullback_leibler).
///
/// # Reference
/// Liu et al. 2021, *Divergence Frontiers for Generative Models*; Pillutla et al. 2023, *MAUVE Scores for Generative
/// Models*.
///
/// # Examples
/// ```
/// use concepts::evaluation::frontier_integral;
/// assert_eq!(frontier_integral(&[1.0, 1.0], &[2.0, 2.0])?, 0.0);
/// assert_eq!(frontier_integral(&[1.0, 0.0], &[0.0, 1.0])?, 1.0);
/// # Ok::<(), concepts::evaluation::EvaluationError>(())
/// ```
pub fn frontier_integral(p: &[f64], q: &[f64]) -> Result<f64, EvaluationError> {
    let (p, q) = normalised_pair(p, q)?;
    let cell = |(&p, &q): (&f64, &f64)| {
        let (less, more) = if p < q { (p, q) } else { (q, p) };
        // ln(p/q)/(p − q) by the relative difference: it stays exact where the two are close.
        let apart = (more - less) / less;
        if p == q {
            0.0
        } else if apart.is_finite() {
            0.5 * (p + q) - more * libm::log1p(apart) / apart
        } else {
            0.5 * (p + q)
        }
    };
    Ok(p.iter().zip(&q).map(cell).sum::<f64>().clamp(0.0, 1.0))
}
