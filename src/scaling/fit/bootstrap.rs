//! How sure the constants of a fit are.

use rand::Rng;
use rayon::prelude::*;

use super::objective::{Logs, Point};
use super::parametric::descend;
use crate::numerics::rng;
use crate::numerics::statistics::quantiles;
use crate::scaling::optimum::wanted_size;
use crate::scaling::runs::identified;
use crate::scaling::{Law, Run, ScalingError, check_runs};

/// The laws of resampled runs.
#[derive(Debug, Clone, PartialEq)]
pub struct Resampled {
    /// One law a resample, in the order of the resamples.
    pub laws: Vec<Law>,
    /// `ln A` and `ln B` of each: finite where the factors of a steep law overflow.
    pub log_factors: Vec<[f64; 2]>,
    /// Resamples that left constants open, and are not among them.
    pub left_out: usize,
}

impl Resampled {
    /// The 95 % percentile interval of anything that follows from a law; `None` without laws.
    pub fn interval(&self, of: impl Fn(&Law) -> f64) -> Option<(f64, f64)> {
        ends(self.laws.iter().map(of))
    }

    /// The 95 % percentile interval of the `N` that the laws want of a budget above 0: from 0 where some want the model
    /// ever smaller, to infinity where some want it ever larger, as [`Law::wanted_size`] says.
    pub fn wanted_sizes(&self, c: f64) -> Option<(f64, f64)> {
        let laws = self.laws.iter().zip(&self.log_factors);
        ends(laws.map(|(law, factors)| wanted_size(*factors, [law.alpha, law.beta], c)))
    }
}

fn ends(values: impl Iterator<Item = f64>) -> Option<(f64, f64)> {
    let values: Vec<f64> = values.filter(|value| !value.is_nan()).collect();
    let [low, high] = quantiles(&values, [0.025, 0.975]);
    (!values.is_empty()).then_some((low, high))
}

/// Fits the law again to runs drawn with replacement, each time from the law that was fitted to all.
///
/// Each resample draws from a stream of its own, so that the number of threads changes no bit.
///
/// # Errors
/// As [`check_runs`].
///
/// # Reference
/// Efron & Tibshirani 1993, *An Introduction to the Bootstrap*, chapter 13.
///
/// # Examples
/// ```
/// use concepts::scaling::BESIROGLU;
/// use concepts::scaling::fit::{bootstrap, fit};
/// let runs = BESIROGLU.draw_runs(60, 0.005, 7, "example");
/// let resampled = bootstrap(&runs, &fit(&runs)?.law, 40, 7)?;
/// let (low, high) = resampled.interval(|law| law.alpha).unwrap();
/// assert!(low < high);
/// # Ok::<(), concepts::scaling::ScalingError>(())
/// ```
pub fn bootstrap(runs: &[Run], fitted: &Law, resamples: usize, seed: u64) -> Result<Resampled, ScalingError> {
    check_runs(runs)?;
    let logs = Logs::new(runs);
    let start = logs.point(fitted);
    let fits: Vec<Option<Point>> = (0..resamples)
        .into_par_iter()
        .map(|resample| {
            let mut generator = rng(seed, &format!("scaling bootstrap {resample}"));
            let places: Vec<usize> = runs.iter().map(|_| generator.random_range(0..runs.len())).collect();
            let chosen = logs.chosen(&places);
            let logs_of = |part: usize| chosen.rows().iter().map(|row| row[part]).collect::<Vec<_>>();
            let told = identified(&logs_of(0), &logs_of(1)).is_ok();
            told.then(|| descend(&chosen, start).at)
        })
        .collect();
    let left_out = fits.iter().filter(|point| point.is_none()).count();
    // Resamples keep the means of all runs.
    let (laws, log_factors) = fits.iter().flatten().map(|at| (logs.law(at), logs.factors(at))).unzip();
    Ok(Resampled { laws, log_factors, left_out })
}
