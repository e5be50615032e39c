//! A step fitted to scores, and what tells it from a smooth law.

use super::EmergenceError;
use super::binomial::times_ln;
use super::fit::{Score, Smooth, Weighted, checked, fitted, likelihood_of, smooth_fit};

/// One score below a size, another from it on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Jump {
    /// The first size with the upper score.
    pub from: f64,
    /// The score below.
    pub low: f64,
    /// The score from there on.
    pub high: f64,
    /// Its log-likelihood, without the binomial coefficients.
    pub log_likelihood: f64,
}

impl Jump {
    /// The score at a size.
    pub fn at(&self, size: f64) -> f64 {
        if size < self.from { self.low } else { self.high }
    }
}

/// What tells a step from a smooth law on some scores.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Comparison {
    /// The best smooth law.
    pub smooth: Smooth,
    /// The best step.
    pub step: Jump,
    /// Log-likelihood of the step minus that of the smooth law, minus 1 for the third number that a step has.
    pub evidence: f64,
    /// By which factor the tests would have to be larger for a smooth law to be told from every step, if the fitted
    /// smooth law is the truth; infinite if no number of questions does it.
    pub factor_if_smooth: f64,
    /// The same, if the fitted step is the truth.
    pub factor_if_step: f64,
}

/// Evidence counts from 20 to 1 on.
pub(super) const LN_20: f64 = 2.995_732_273_553_991;

/// The step of largest likelihood: every place between two sizes is tried, and on each side the score is the share
/// of right answers. The upper score is not below the lower one.
///
/// # Errors
/// As [`smooth_fit`].
///
/// # Examples
/// ```
/// use concepts::emergence::{Score, step_fit};
/// let score = |size, correct| Score { size, correct, total: 10 };
/// let step = step_fit(&[score(1.0, 0), score(2.0, 1), score(3.0, 9), score(4.0, 8)])?;
/// assert_eq!((step.from, step.low, step.high), (3.0, 0.05, 0.85));
/// # Ok::<(), concepts::emergence::EmergenceError>(())
/// ```
pub fn step_fit(scores: &[Score]) -> Result<Jump, EmergenceError> {
    checked(scores, 0.0)?;
    let weighted: Vec<Weighted> = scores.iter().map(Weighted::of).collect();
    let (from, low, high) = stepped(&weighted);
    // The size itself, not the exponential of its logarithm, so that it lies on its own side.
    let exact = scores.iter().map(|score| score.size).find(|size| size.ln() == from);
    let jump = Jump { from: exact.unwrap_or(f64::NAN), low, high, log_likelihood: 0.0 };
    Ok(Jump { log_likelihood: likelihood_of(scores, |size| jump.at(size)), ..jump })
}

/// Logarithm of the first upper size, lower and upper score.
fn stepped(rows: &[Weighted]) -> (f64, f64, f64) {
    let mut starts: Vec<f64> = rows.iter().map(|row| row.ln_size).collect();
    starts.sort_by(f64::total_cmp);
    starts.dedup();
    let of_start = |&from: &f64| {
        let share = |of: &dyn Fn(&Weighted) -> bool| {
            let (right, all) = rows
                .iter()
                .filter(|row| of(row))
                .fold((0.0, 0.0), |(right, all), row| (right + row.right, all + row.right + row.wrong));
            right / all
        };
        let (low, high) = (share(&|row| row.ln_size < from), share(&|row| row.ln_size >= from));
        let all = share(&|_| true);
        let (low, high) = if low <= high { (low, high) } else { (all, all) };
        let likelihood: f64 = rows
            .iter()
            .map(|row| {
                let p = if row.ln_size < from { low } else { high };
                times_ln(row.right, p.ln()) + times_ln(row.wrong, (-p).ln_1p())
            })
            .sum();
        (likelihood, (from, low, high))
    };
    // The first size has nothing below it. Of equal likelihoods the first.
    let better = |best: (f64, (f64, f64, f64)), next: (f64, (f64, f64, f64))| {
        if next.0 > best.0 { next } else { best }
    };
    starts.iter().skip(1).map(of_start).fold((f64::NEG_INFINITY, (f64::NAN, f64::NAN, f64::NAN)), better).1
}

/// A smooth law against a step, and how large a test would have to be to tell them apart.
///
/// # Formula
/// `evidence = ℓ(step) − ℓ(smooth) − 1` (Akaike: a step has one number more). If a law `q` is the truth, the
/// evidence for it grows with the size of the tests like `Σ nᵢ KL(q(Nᵢ) ‖ p(Nᵢ))`, `p` the other law fitted to `q`;
/// `factor` makes that sum `ln 20`, and one more where a step has to win.
///
/// # Errors
/// As [`smooth_fit`].
///
/// # Reference
/// Burnham & Anderson 2002, *Model Selection and Multimodel Inference*, section 2.2; evidence of 20 to 1 as in Kass &
/// Raftery 1995.
///
/// # Examples
/// ```
/// use concepts::emergence::{Score, compare};
/// let score = |size, correct| Score { size, correct, total: 20 };
/// // 0, 0, 0, then 8 of 20: it looks like a jump, and a smooth law explains it nearly as well.
/// let found = compare(&[score(1e8, 0), score(1e9, 0), score(1e10, 0), score(1e11, 8)], 0.0)?;
/// assert!(found.evidence.abs() < 20f64.ln());
/// # Ok::<(), concepts::emergence::EmergenceError>(())
/// ```
pub fn compare(scores: &[Score], chance: f64) -> Result<Comparison, EmergenceError> {
    let (smooth, step) = (smooth_fit(scores, chance)?, step_fit(scores)?);
    let evidence = step.log_likelihood - smooth.log_likelihood - 1.0;
    let as_if = |law: &dyn Fn(f64) -> f64| -> Vec<Weighted> {
        let row = |score: &Score| {
            let (n, p) = (score.total as f64, law(score.size));
            Weighted { ln_size: score.size.ln(), right: n * p, wrong: n * (1.0 - p) }
        };
        scores.iter().map(row).collect()
    };
    let (from, low, high) = stepped(&as_if(&|size| smooth.at(size)));
    let other_step = |size: f64| if size.ln() < from { low } else { high };
    let other_smooth = fitted(&as_if(&|size| step.at(size)), chance);
    let apart = |truth: &dyn Fn(f64) -> f64, other: &dyn Fn(f64) -> f64| -> f64 {
        scores.iter().map(|s| s.total as f64 * divergence(truth(s.size), other(s.size))).sum()
    };
    let if_smooth = apart(&|size| smooth.at(size), &other_step);
    let if_step = apart(&|size| step.at(size), &|size| other_smooth.at(size));
    Ok(Comparison {
        smooth,
        step,
        evidence,
        factor_if_smooth: factor(LN_20 - 1.0, if_smooth),
        factor_if_step: factor(LN_20 + 1.0, if_step),
    })
}

/// What is left below rounding is nothing.
fn factor(wanted: f64, there: f64) -> f64 {
    if there < 1e-9 { f64::INFINITY } else { wanted / there }
}

/// How many nats a question gives for the truth `q` against `p`.
///
/// # Formula
/// `KL(q ‖ p) = q ln(q/p) + (1 − q) ln((1 − q)/(1 − p))`, with `0·ln 0 = 0`
///
/// # Examples
/// ```
/// use concepts::emergence::divergence;
/// assert_eq!(divergence(0.3, 0.3), 0.0);
/// assert!((divergence(0.0, 0.5) - 2f64.ln()).abs() < 1e-12);
/// ```
pub fn divergence(q: f64, p: f64) -> f64 {
    let part = |q: f64, p: f64| if q == 0.0 { 0.0 } else { q * (q / p).ln() };
    // Rounding may leave a little less than nothing.
    (part(q, p) + part(1.0 - q, 1.0 - p)).max(0.0)
}
