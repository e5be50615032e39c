//! How sure the constants of a fit are.

use rand::Rng;
use rayon::prelude::*;

use super::objective::Logs;
use super::parametric::descend;
use crate::numerics::rng;
use crate::scaling::runs::identified;
use crate::scaling::{Law, Run, ScalingError, check_runs};

/// The laws of resampled runs.
#[derive(Debug, Clone, PartialEq)]
pub struct Resampled {
    /// One law a resample, in the order of the resamples.
    pub laws: Vec<Law>,
    /// Resamples that left constants open, and are not among them.
    pub left_out: usize,
}

impl Resampled {
    /// The 95 % percentile interval of anything that follows from a law; `None` without laws.
    pub fn interval(&self, of: impl Fn(&Law) -> f64) -> Option<(f64, f64)> {
        let values: Vec<f64> = self.laws.iter().map(of).filter(|value| !value.is_nan()).collect();
        let end = |share| crate::numerics::statistics::quantile(&values, share);
        (!values.is_empty()).then(|| (end(0.025), end(0.975)))
    }
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
    let laws: Vec<Option<Law>> = (0..resamples)
        .into_par_iter()
        .map(|resample| {
            let mut generator = rng(seed, &format!("scaling bootstrap {resample}"));
            let places: Vec<usize> = runs.iter().map(|_| generator.random_range(0..runs.len())).collect();
            let chosen = logs.chosen(&places);
            let logs_of = |part: usize| chosen.rows().iter().map(|row| row[part]).collect::<Vec<_>>();
            let told = identified(&logs_of(0), &logs_of(1)).is_ok();
            told.then(|| chosen.law(&descend(&chosen, start).at))
        })
        .collect();
    let left_out = laws.iter().filter(|law| law.is_none()).count();
    Ok(Resampled { laws: laws.into_iter().flatten().collect(), left_out })
}
