//! Strengths from comparisons.

use std::collections::BTreeSet;

use ndarray::{Array1, Array2};

use super::solve::{inverse, solve};
use super::{Comparisons, PreferenceError, comparison_loss};
use crate::numerics::{Counted, sigmoid};

/// `−Σ ln σ(r_winner − r_loser)`, over all comparisons.
///
/// Only differences of strengths count, so adding a constant to all of them changes nothing.
///
/// # Formula
/// `P(i ≻ j) = σ(r_i − r_j) = e^{r_i} / (e^{r_i} + e^{r_j})`
///
/// # Reference
/// Bradley & Terry 1952; as the loss of a reward model, Ouyang et al. 2022, equation (1).
///
/// # Examples
/// ```
/// use concepts::preference::{Comparisons, negative_log_likelihood};
/// let made = Comparisons::from_names([("a", "b"), ("b", "a")])?;
/// assert_eq!(negative_log_likelihood(&[0.0, 0.0], &made), 2.0 * 2.0_f64.ln());
/// # Ok::<(), concepts::preference::PreferenceError>(())
/// ```
pub fn negative_log_likelihood(strengths: &[f64], comparisons: &Comparisons) -> f64 {
    comparisons.wins().map(|(i, j, count)| count * comparison_loss(strengths[i] - strengths[j])).sum()
}

/// The gradient of [`negative_log_likelihood`]: each comparison pulls by how surprising it was.
///
/// # Formula
/// `∂/∂r_winner = −σ(−(r_winner − r_loser))`, and the opposite for the loser
pub fn likelihood_gradient(strengths: &[f64], comparisons: &Comparisons) -> Vec<f64> {
    let mut gradient = vec![0.0; strengths.len()];
    for (i, j, count) in comparisons.wins() {
        let surprise = count * sigmoid(strengths[j] - strengths[i]);
        gradient[i] -= surprise;
        gradient[j] += surprise;
    }
    gradient
}

/// Fitted strengths with their uncertainty.
#[derive(Debug, Clone, PartialEq)]
pub struct Strengths {
    /// One a player, with mean 0.
    pub strengths: Vec<f64>,
    /// Covariance of the strengths (with mean 0), out of the curvature of the likelihood.
    pub covariance: Array2<f64>,
}

impl Strengths {
    /// Standard error of a player's distance from the mean.
    pub fn error(&self, i: usize) -> f64 {
        self.covariance[[i, i]].max(0.0).sqrt()
    }

    /// Standard error of the difference of two players.
    pub fn difference_error(&self, i: usize, j: usize) -> f64 {
        let c = &self.covariance;
        (c[[i, i]] + c[[j, j]] - 2.0 * c[[i, j]]).max(0.0).sqrt()
    }

    /// Every two players who met, with what came out and the share of wins of the first that the strengths say.
    ///
    /// # Examples
    /// ```
    /// use concepts::numerics::misses;
    /// use concepts::preference::{Comparisons, fit_bradley_terry};
    /// // A circle: each wins twelve times against the next. One strength each can say nothing but even chances.
    /// let round = [("rock", "scissors"), ("scissors", "paper"), ("paper", "rock")];
    /// let made = Comparisons::from_names(round.into_iter().cycle().take(36))?;
    /// let met = fit_bradley_terry(&made)?.met(&made);
    /// assert!(met.iter().all(|(_, _, counted)| (counted.share - 0.5).abs() < 1e-9));
    /// assert!(misses(&met.iter().map(|met| met.2).collect::<Vec<_>>()));
    /// # Ok::<(), concepts::preference::PreferenceError>(())
    /// ```
    pub fn met(&self, comparisons: &Comparisons) -> Vec<(usize, usize, Counted)> {
        let pairs = comparisons.wins().map(|(i, j, _)| (i.min(j), i.max(j)));
        let pairs: BTreeSet<(usize, usize)> = pairs.collect();
        let counted = |(i, j): (usize, usize)| {
            let share = sigmoid(self.strengths[i] - self.strengths[j]);
            (i, j, Counted { right: comparisons.won(i, j), wrong: comparisons.won(j, i), share })
        };
        pairs.into_iter().map(counted).collect()
    }

    /// The places that a player may have: one behind all who are surely stronger, before all who are surely weaker.
    /// Sure is a difference of more than `z` standard errors.
    pub fn places(&self, i: usize, z: f64) -> (usize, usize) {
        let r = &self.strengths;
        let sure = |a: usize, b: usize| r[a] - r[b] > z * self.difference_error(a, b);
        let others = || (0..r.len()).filter(move |&j| j != i);
        let above = others().filter(|&j| sure(j, i)).count();
        let below = others().filter(|&j| sure(i, j)).count();
        (1 + above, r.len() - below)
    }
}

/// The strengths of highest likelihood, by Newton's method.
///
/// # Errors
/// [`Comparisons::can_be_fitted`], and [`PreferenceError::Unsettled`].
///
/// # Examples
/// ```
/// use concepts::preference::{Comparisons, fit_bradley_terry};
/// // Three wins to one: the odds are 3.
/// let made = Comparisons::from_names([("a", "b"), ("a", "b"), ("a", "b"), ("b", "a")])?;
/// let fit = fit_bradley_terry(&made)?;
/// assert!((fit.strengths[0] - fit.strengths[1] - 3.0_f64.ln()).abs() < 1e-12);
/// # Ok::<(), concepts::preference::PreferenceError>(())
/// ```
pub fn fit_bradley_terry(comparisons: &Comparisons) -> Result<Strengths, PreferenceError> {
    const STEPS: usize = 200;
    comparisons.can_be_fitted()?;
    let mut r = vec![0.0; comparisons.names().len()];
    let mut loss = negative_log_likelihood(&r, comparisons);
    for _ in 0..STEPS {
        let step = newton(&r, comparisons).ok_or(PreferenceError::Unsettled { steps: STEPS })?;
        if small(&step, &r, NEAR) {
            break;
        }
        // A loss that is only equal is no progress: near the optimum it may be so for steps of any size.
        let halved = (0..=20).map(|halvings| 0.5_f64.powi(halvings));
        let mut tried = halved.map(|size| {
            let next = moved(&r, &step, size);
            let loss = negative_log_likelihood(&next, comparisons);
            (next, loss)
        });
        let Some((next, lower)) = tried.find(|(_, tried)| *tried < loss) else { break };
        (r, loss) = (next, lower);
    }
    settled(r, comparisons, STEPS)
}

/// A step so small against the strengths that the next ones end at rounding.
const NEAR: f64 = 1e-9;
/// A step that rounding leaves after the last ones; larger ones mean that the fit has not settled.
const LEFT: f64 = 1e-6;

/// Newton's step, to be subtracted.
fn newton(r: &[f64], comparisons: &Comparisons) -> Option<Array1<f64>> {
    solve(&information(r, comparisons), &Array1::from_vec(likelihood_gradient(r, comparisons)))
}

fn moved(r: &[f64], step: &Array1<f64>, size: f64) -> Vec<f64> {
    r.iter().zip(step).map(|(r, s)| r - size * s).collect()
}

fn small(step: &Array1<f64>, r: &[f64], bound: f64) -> bool {
    let scale = r.iter().fold(1.0, |most: f64, r| most.max(r.abs()));
    step.iter().all(|s| s.abs() <= bound * scale)
}

fn settled(mut r: Vec<f64>, comparisons: &Comparisons, steps: usize) -> Result<Strengths, PreferenceError> {
    let n = r.len() as f64;
    polish(&mut r, comparisons);
    if newton(&r, comparisons).is_none_or(|step| !small(&step, &r, LEFT)) {
        return Err(PreferenceError::Unsettled { steps });
    }
    let mean = r.iter().sum::<f64>() / n;
    r.iter_mut().for_each(|r| *r -= mean);
    // Adding a constant to all strengths is the direction without information: it is given 1 and taken away again.
    let covariance = inverse(&information(&r, comparisons)).ok_or(PreferenceError::Unsettled { steps })?;
    Ok(Strengths { strengths: r, covariance: covariance.mapv(|c| c - 1.0 / n) })
}

/// Newton's last steps. Close to the optimum the loss is flat to rounding, an error of `e` changes it by `e²`; the
/// gradient changes by `e` and still tells which of two places is better.
fn polish(r: &mut Vec<f64>, comparisons: &Comparisons) {
    const STEPS: usize = 4;
    let mut gradient = Array1::from_vec(likelihood_gradient(r, comparisons));
    for _ in 0..STEPS {
        let Some(step) = solve(&information(r, comparisons), &gradient) else { return };
        let next = moved(r, &step, 1.0);
        let left = Array1::from_vec(likelihood_gradient(&next, comparisons));
        if left.dot(&left) >= gradient.dot(&gradient) {
            return;
        }
        (*r, gradient) = (next, left);
    }
}

/// Curvature of the loss, with 1 along the direction in which all strengths are moved alike.
fn information(r: &[f64], comparisons: &Comparisons) -> Array2<f64> {
    let n = r.len();
    let mut h = Array2::from_elem((n, n), 1.0 / n as f64);
    for (i, j, count) in comparisons.wins() {
        let p = sigmoid(r[i] - r[j]);
        let w = count * p * (1.0 - p);
        h[[i, i]] += w;
        h[[j, j]] += w;
        h[[i, j]] -= w;
        h[[j, i]] -= w;
    }
    h
}

/// The same strengths, by Zermelo's iteration: slow, and short enough for a whiteboard.
///
/// # Formula
/// `e^{r_i} ← wins of i / Σ_j n_ij / (e^{r_i} + e^{r_j})`
///
/// # Errors
/// [`Comparisons::can_be_fitted`].
///
/// # Reference
/// Zermelo 1929; Hunter 2004, "MM algorithms for generalized Bradley–Terry models".
pub fn fit_by_iteration(comparisons: &Comparisons, steps: usize) -> Result<Vec<f64>, PreferenceError> {
    comparisons.can_be_fitted()?;
    let n = comparisons.names().len();
    let mut w = vec![1.0; n];
    for _ in 0..steps {
        let (mut wins, mut met) = (vec![0.0; n], vec![0.0; n]);
        for (i, j, count) in comparisons.wins() {
            wins[i] += count;
            met[i] += count / (w[i] + w[j]);
            met[j] += count / (w[i] + w[j]);
        }
        w = wins.iter().zip(&met).map(|(wins, met)| wins / met).collect();
        let scale = (w.iter().map(|w: &f64| w.ln()).sum::<f64>() / n as f64).exp();
        w.iter_mut().for_each(|w| *w /= scale);
    }
    Ok(w.into_iter().map(f64::ln).collect())
}
