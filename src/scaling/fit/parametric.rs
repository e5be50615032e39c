//! The fit of Chinchilla's law, from many starts.

use ndarray::{Array1, Array2};
use rayon::prelude::*;

use super::minimise::{Found, minimise};
use super::objective::{HUBER_DELTA, Logs, Point};
use crate::numerics::least_squares;
use crate::scaling::optimum::wanted_size;
use crate::scaling::{Law, Run, ScalingError, check_runs};

/// Exponents that the starts have, each with each.
const EXPONENTS: [f64; 6] = [0.1, 0.2, 0.35, 0.5, 0.8, 1.2];
/// Directions that the runs hardly tell are left at rest by a start.
const CUTOFF: f64 = 1e-9;
/// No constant of a start is below this share of the smallest loss.
const LEAST_SHARE: f64 = 1e-3;

/// A law fitted to runs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fit {
    /// The law.
    pub law: Law,
    /// `ln A` and `ln B`: finite where the factors of a steep law overflow.
    pub log_factors: [f64; 2],
    /// Its objective: the sum of Huber's losses.
    pub objective: f64,
    /// The median size of `ln L(N, D) − ln L`.
    pub residual: f64,
    /// From how many places the descent started.
    pub starts: usize,
    /// How many of them came down to the same value, up to a thousandth of it.
    pub agreeing: usize,
    /// How often the objective was computed.
    pub calls: usize,
}

impl Fit {
    /// The `N` that the law wants of a budget above 0: as [`Law::wanted_size`], for factors of any size.
    pub fn wanted_size(&self, c: f64) -> f64 {
        wanted_size(self.log_factors, [self.law.alpha, self.law.beta], c)
    }
}

/// Fits the law to runs: the lowest of the descents from many starts.
///
/// The objective has several valleys. For each pair of exponents on a grid the other three constants follow from a
/// linear fit, and from there BFGS walks down with the analytic gradient. The result is the same for any number of
/// threads.
///
/// # Formula
/// minimise `Σ Huber_δ( LSE(ln A − α·ln N, ln B − β·ln D, ln E) − ln L )`, `δ` = [`HUBER_DELTA`]
///
/// # Errors
/// As [`check_runs`].
///
/// # Reference
/// Hoffmann et al. 2022, section D.2; Besiroglu et al. 2024, section 2.
///
/// # Examples
/// ```
/// use concepts::scaling::{BESIROGLU, fit::fit};
/// let fitted = fit(&BESIROGLU.draw_runs(40, 0.0, 7, "example"))?;
/// assert!((fitted.law.alpha / BESIROGLU.alpha - 1.0).abs() < 1e-3);
/// # Ok::<(), concepts::scaling::ScalingError>(())
/// ```
pub fn fit(runs: &[Run]) -> Result<Fit, ScalingError> {
    check_runs(runs)?;
    let logs = Logs::new(runs);
    let pairs: Vec<[f64; 2]> = EXPONENTS.iter().flat_map(|&a| EXPONENTS.map(|b| [a, b])).collect();
    let found: Vec<Found<5>> = pairs.par_iter().map(|&pair| descend(&logs, start(&logs, pair))).collect();
    Ok(best(&logs, &found))
}

/// Fits the law from one start: where the answer is about known, as in a bootstrap.
///
/// # Errors
/// As [`check_runs`].
pub fn fit_from(runs: &[Run], law: &Law) -> Result<Fit, ScalingError> {
    check_runs(runs)?;
    let logs = Logs::new(runs);
    Ok(best(&logs, &[descend(&logs, logs.point(law))]))
}

/// About how many times a run is looked at by a fit of so many runs and a bootstrap: what its time follows from.
pub fn work(runs: usize, resamples: usize) -> f64 {
    const CALLS: f64 = 80.0;
    runs as f64 * CALLS * ((EXPONENTS.len() * EXPONENTS.len()) as f64 + resamples as f64)
}

pub(super) fn descend(logs: &Logs, start: Point) -> Found<5> {
    minimise(|point| logs.value(point, HUBER_DELTA), start)
}

/// The other constants by a linear fit, where the exponents are given.
fn start(logs: &Logs, [alpha, beta]: [f64; 2]) -> Point {
    // Relative errors: each row is divided by its loss.
    let rows = logs.rows();
    let row = |[n, d, loss]: &[f64; 3]| [-alpha * n - loss, -beta * d - loss, -loss].map(f64::exp);
    let matrix = Array2::from_shape_fn((rows.len(), 3), |(i, j)| row(&rows[i])[j]);
    let x = least_squares(matrix.view(), Array1::ones(rows.len()).view(), CUTOFF);
    let least = LEAST_SHARE * rows.iter().map(|row| row[2]).fold(f64::INFINITY, f64::min).exp();
    // A NaN of a hopeless start becomes the least.
    let [a, b, e] = [x[0], x[1], x[2]].map(|constant| constant.max(least).ln());
    [a, b, e, alpha, beta]
}

fn best(logs: &Logs, found: &[Found<5>]) -> Fit {
    // The first of the lowest: the order of the starts decides, not that of the threads.
    let rank = |found: &Found<5>| if found.value.is_nan() { f64::INFINITY } else { found.value };
    let lowest = found.iter().min_by(|a, b| rank(a).total_cmp(&rank(b))).unwrap_or(&found[0]);
    let law = logs.law(&lowest.at);
    let (same, tiny) = (1e-3 * lowest.value, 1e-18);
    Fit {
        law,
        log_factors: logs.factors(&lowest.at),
        objective: lowest.value,
        residual: residual(logs, &lowest.at),
        starts: found.len(),
        agreeing: found.iter().filter(|found| found.value - lowest.value <= same + tiny).count(),
        calls: found.iter().map(|found| found.calls).sum(),
    }
}

/// The median size of the residuals.
fn residual(logs: &Logs, [a, b, e, alpha, beta]: &Point) -> f64 {
    let of = |[n, d, loss]: &[f64; 3]| {
        (((a - alpha * n).exp() + (b - beta * d).exp() + e.exp()).ln() - loss).abs()
    };
    crate::numerics::statistics::median(&logs.rows().iter().map(of).collect::<Vec<_>>())
}
