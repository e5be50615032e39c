use super::words::Size;
use super::{Law, ScalingError};
use crate::numerics::rng;
use rand::Rng;
use rand_distr::StandardNormal;

/// A training run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Run {
    /// Parameters.
    pub n: f64,
    /// Tokens.
    pub d: f64,
    /// Loss at the end, nats a token.
    pub loss: f64,
}

/// Five constants, and one run more.
const LEAST_RUNS: usize = 6;
/// A floor, a factor and an exponent: two sizes would leave one of them free.
const LEAST_SIZES: usize = 3;
/// Sizes closer than this share of themselves are one size, written with different roundings.
const SAME_SIZE: f64 = 1e-3;
/// `1 − r²` of `ln N` and `ln D` below this: on one line up to the rounding of the sizes.
const ON_ONE_LINE: f64 = 1e-6;

/// Can the law be fitted to these runs at all?
///
/// # Errors
/// [`ScalingError::BadRun`], [`ScalingError::TooFewRuns`], [`ScalingError::TooFewSizes`] of `N` or `D`,
/// [`ScalingError::OneLine`] where `D` follows from `N`.
///
/// # Examples
/// ```
/// use concepts::scaling::{BESIROGLU, Run, ScalingError, check_runs};
/// let run = |n: f64, d: f64| Run { n, d, loss: BESIROGLU.loss(n, d) };
/// let one_size: Vec<Run> = (1..=8).map(|i| run(1e9, f64::from(i) * 1e10)).collect();
/// assert!(matches!(check_runs(&one_size), Err(ScalingError::TooFewSizes { distinct: 1, .. })));
/// let one_ratio: Vec<Run> = (1..=8).map(|i| run(f64::from(i) * 1e9, f64::from(i) * 2e10)).collect();
/// assert_eq!(check_runs(&one_ratio), Err(ScalingError::OneLine));
/// ```
pub fn check_runs(runs: &[Run]) -> Result<(), ScalingError> {
    for (place, run) in runs.iter().enumerate() {
        let parts = [(Size::Parameters, run.n), (Size::Tokens, run.d), (Size::Loss, run.loss)];
        if let Some((size, value)) = parts.into_iter().find(|(_, value)| !(value.is_finite() && *value > 0.0))
        {
            return Err(ScalingError::BadRun { run: place + 1, size, value });
        }
    }
    if runs.len() < LEAST_RUNS {
        return Err(ScalingError::TooFewRuns { runs: runs.len(), least: LEAST_RUNS });
    }
    let logs = |of: fn(&Run) -> f64| runs.iter().map(|run| of(run).ln()).collect::<Vec<f64>>();
    identified(&logs(|run| run.n), &logs(|run| run.d))
}

/// Do these sizes tell all constants?
pub(super) fn identified(n: &[f64], d: &[f64]) -> Result<(), ScalingError> {
    for (size, logs) in [(Size::Parameters, n), (Size::Tokens, d)] {
        let distinct = distinct(logs);
        if distinct < LEAST_SIZES {
            return Err(ScalingError::TooFewSizes { size, distinct, least: LEAST_SIZES });
        }
    }
    if 1.0 - correlation(n, d).powi(2) < ON_ONE_LINE { Err(ScalingError::OneLine) } else { Ok(()) }
}

/// How many different values there are among logarithms of sizes.
pub fn distinct(logs: &[f64]) -> usize {
    let mut sorted = logs.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.chunk_by(|a, b| b - a < SAME_SIZE).count()
}

fn correlation(x: &[f64], y: &[f64]) -> f64 {
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let (mx, my) = (mean(x), mean(y));
    let product = |a: &[f64], ma: f64, b: &[f64], mb: f64| {
        a.iter().zip(b).map(|(a, b)| (a - ma) * (b - mb)).sum::<f64>()
    };
    product(x, mx, y, my) / (product(x, mx, x, mx) * product(y, my, y, my)).sqrt()
}

impl Law {
    /// Runs as a laboratory might have made them: sizes drawn evenly in `ln N` and `ln D` over the ranges of
    /// Chinchilla's runs (70M to 16B parameters, 5B to 500B tokens), with noise on the logarithm of the loss.
    ///
    /// # Formula
    /// `ln L = ln L(N, D) + noise·ε`, `ε` standard normal
    ///
    /// # Examples
    /// ```
    /// use concepts::scaling::BESIROGLU;
    /// let runs = BESIROGLU.draw_runs(3, 0.0, 7, "example");
    /// assert!(runs.iter().all(|run| run.loss == BESIROGLU.loss(run.n, run.d)));
    /// ```
    pub fn draw_runs(&self, count: usize, noise: f64, seed: u64, stream: &str) -> Vec<Run> {
        const SIZES: [f64; 2] = [70e6, 16e9];
        const TOKENS: [f64; 2] = [5e9, 500e9];
        let mut generator = rng(seed, stream);
        let between = |[low, high]: [f64; 2], generator: &mut rand_chacha::ChaCha8Rng| {
            low * (high / low).powf(generator.random::<f64>())
        };
        (0..count)
            .map(|_| {
                let n = between(SIZES, &mut generator);
                let d = between(TOKENS, &mut generator);
                let error: f64 = generator.sample(StandardNormal);
                // Without noise, to the last bit.
                let factor = if noise == 0.0 { 1.0 } else { (noise * error).exp() };
                Run { n, d, loss: self.loss(n, d) * factor }
            })
            .collect()
    }
}
