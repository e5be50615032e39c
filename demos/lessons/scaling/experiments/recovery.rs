//! How well constants come back from so many noisy runs.

use concepts::numerics::statistics::quantile;
use concepts::scaling::Law;
use concepts::scaling::fit::fit_from;
use rayon::prelude::*;

use crate::lessons::scaling::setup::CHINCHILLA;

/// Laboratories that make as many runs each.
pub(crate) const LABORATORIES: usize = 24;
/// How many runs each makes.
pub(crate) const COUNTS: [usize; 6] = [8, 16, 32, 64, 128, 256];

/// What laboratories with so many runs each find.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Recovered {
    pub runs: usize,
    /// The optimum of Chinchilla's budget over the true one: 5 %, 50 % and 95 % of the laboratories.
    pub n: [f64; 3],
    /// The exponent α of the parameters: 5 %, 50 % and 95 %.
    pub alpha: [f64; 3],
}

/// Each laboratory draws its runs, and its descent starts from `start`, which is not the truth.
pub(crate) fn recovered(law: &Law, start: &Law, runs: usize, noise: f64, seed: u64) -> Recovered {
    let truth = law.optimum(CHINCHILLA).map_or(f64::NAN, |best| best.n);
    let found: Vec<(f64, f64)> = (0..LABORATORIES)
        .into_par_iter()
        .filter_map(|laboratory| {
            let drawn = law.draw_runs(runs, noise, seed, &format!("laboratory {laboratory} of {runs}"));
            let found = fit_from(&drawn, start).ok()?;
            Some((found.wanted_size(CHINCHILLA) / truth, found.law.alpha))
        })
        .collect();
    let (n, alpha): (Vec<f64>, Vec<f64>) = found.into_iter().unzip();
    let ends = |values: &[f64]| [0.05, 0.5, 0.95].map(|share| quantile(values, share));
    Recovered { runs, n: ends(&n), alpha: ends(&alpha) }
}

impl Recovered {
    /// By which factor the middle nine tenths of the laboratories miss at most.
    pub(crate) fn misses(&self) -> f64 {
        self.n[2].max(1.0 / self.n[0])
    }
}
