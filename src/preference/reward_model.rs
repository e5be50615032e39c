//! A reward for answers that nobody compared: linear in features.

use ndarray::{Array1, Array2, ArrayView1};

use super::solve::solve;
use super::{PreferenceError, comparison_loss};
use crate::numerics::sigmoid;

/// Two answers by their rows in a table of features, and the probability that the first is preferred: 1 for a
/// comparison, something between for an average of several.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Judged {
    /// Row of one answer.
    pub first: usize,
    /// Row of the other.
    pub second: usize,
    /// Share of annotators for the first.
    pub preferred: f64,
}

/// The mean loss of a linear reward over comparisons.
///
/// # Formula
/// `−(1/n) Σ [p ln σ(d) + (1 − p) ln σ(−d)] + ½ ridge ‖w‖²` with `d = w·(x_first − x_second)`
///
/// # Shapes
/// weights `(d)`, features `(answers, d)`
///
/// # Reference
/// Ouyang et al. 2022, equation (1), with a linear model in the place of a network.
pub fn reward_loss(weights: ArrayView1<f64>, features: &Array2<f64>, judged: &[Judged], ridge: f64) -> f64 {
    let rewards = features.dot(&weights);
    let of = |j: &Judged| {
        let lead = rewards[j.first] - rewards[j.second];
        j.preferred * comparison_loss(lead) + (1.0 - j.preferred) * comparison_loss(-lead)
    };
    judged.iter().map(of).sum::<f64>() / judged.len() as f64 + 0.5 * ridge * weights.dot(&weights)
}

/// The gradient of [`reward_loss`].
pub fn reward_gradient(
    weights: ArrayView1<f64>,
    features: &Array2<f64>,
    judged: &[Judged],
    ridge: f64,
) -> Array1<f64> {
    let rewards = features.dot(&weights);
    let mut gradient = weights.mapv(|w| ridge * w);
    for j in judged {
        let off = sigmoid(rewards[j.first] - rewards[j.second]) - j.preferred;
        gradient.scaled_add(off / judged.len() as f64, &difference(features, j));
    }
    gradient
}

fn difference(features: &Array2<f64>, j: &Judged) -> Array1<f64> {
    &features.row(j.first) - &features.row(j.second)
}

/// The weights of lowest loss, by Newton's method. With a ridge above 0 there is always an answer, also where one
/// feature decides every comparison.
///
/// # Errors
/// [`PreferenceError::NoComparisons`]; [`PreferenceError::Unsettled`] without a ridge, where the loss has no minimum.
///
/// # Examples
/// ```
/// use concepts::preference::{Judged, fit_reward};
/// use ndarray::array;
/// let judged = [Judged { first: 0, second: 1, preferred: 0.75 }];
/// let weights = fit_reward(&array![[1.0], [0.0]], &judged, 0.0)?;
/// assert!((weights[0] - 3.0_f64.ln()).abs() < 1e-9);
/// # Ok::<(), concepts::preference::PreferenceError>(())
/// ```
pub fn fit_reward(
    features: &Array2<f64>,
    judged: &[Judged],
    ridge: f64,
) -> Result<Array1<f64>, PreferenceError> {
    const STEPS: usize = 100;
    if judged.is_empty() {
        return Err(PreferenceError::NoComparisons);
    }
    let mut w = Array1::zeros(features.ncols());
    for _ in 0..STEPS {
        let gradient = reward_gradient(w.view(), features, judged, ridge);
        let step = solve(&curvature(&w, features, judged, ridge), &gradient)
            .ok_or(PreferenceError::Unsettled { steps: STEPS })?;
        // Close to the minimum the loss no longer tells a better place from a worse one; the step does. A sum of so
        // many terms may be off by as many roundings.
        let rounding = (16 + judged.len()) as f64 * f64::EPSILON;
        let loss = reward_loss(w.view(), features, judged, ridge) * (1.0 + rounding);
        let mut size = 1.0;
        while size > 1e-9 && reward_loss((&w - size * &step).view(), features, judged, ridge) > loss {
            size /= 2.0;
        }
        w.scaled_add(-size, &step);
        // Against the weights: a step that rounding leaves grows with them.
        let scale = w.fold(1.0, |most: f64, w| most.max(w.abs()));
        if step.fold(0.0, |most: f64, s| most.max(s.abs())) < 1e-10 * scale || size <= 1e-9 {
            return Ok(w);
        }
    }
    Err(PreferenceError::Unsettled { steps: STEPS })
}

fn curvature(w: &Array1<f64>, features: &Array2<f64>, judged: &[Judged], ridge: f64) -> Array2<f64> {
    let d = w.len();
    let rewards = features.dot(w);
    let mut h = Array2::from_diag_elem(d, ridge);
    for j in judged {
        let p = sigmoid(rewards[j.first] - rewards[j.second]);
        let x = difference(features, j);
        let weight = p * (1.0 - p) / judged.len() as f64;
        for a in 0..d {
            for b in 0..d {
                h[[a, b]] += weight * x[a] * x[b];
            }
        }
    }
    h
}

/// Predictions between two bounds, and what came out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bin {
    /// How many predictions fell in.
    pub count: usize,
    /// Their mean.
    pub predicted: f64,
    /// The share that came true.
    pub observed: f64,
}

/// A reliability table: of the comparisons that were predicted with about this probability, how many came out so.
/// Each comparison is looked at from its first answer's side.
///
/// # Errors
/// None: an empty bin is left out.
///
/// # Examples
/// ```
/// use concepts::preference::calibration;
/// let table = calibration(&[(0.9, 1.0), (0.9, 1.0), (0.9, 0.0), (0.2, 0.0)], 10);
/// assert_eq!(table.len(), 2);
/// assert_eq!((table[0].count, table[1].count, table[0].observed), (1, 3, 0.0));
/// ```
pub fn calibration(predicted_and_seen: &[(f64, f64)], bins: usize) -> Vec<Bin> {
    let mut sums = vec![(0_usize, 0.0, 0.0); bins];
    for &(p, seen) in predicted_and_seen {
        let place = ((p * bins as f64) as usize).min(bins - 1);
        let bin = &mut sums[place];
        *bin = (bin.0 + 1, bin.1 + p, bin.2 + seen);
    }
    let filled = sums.into_iter().filter(|bin| bin.0 > 0);
    filled
        .map(|(count, predicted, observed)| Bin {
            count,
            predicted: predicted / count as f64,
            observed: observed / count as f64,
        })
        .collect()
}

/// How far predictions are from what came out, on average: `Σ count · |observed − predicted| / Σ count`.
pub fn calibration_error(table: &[Bin]) -> f64 {
    let total: usize = table.iter().map(|bin| bin.count).sum();
    let of = |bin: &Bin| bin.count as f64 * (bin.observed - bin.predicted).abs();
    table.iter().map(of).sum::<f64>() / total as f64
}
