//! How sure one may be of a measured value, and of a difference.

use rand::Rng;

use super::EvaluationError;
use crate::numerics::rng;
use crate::numerics::statistics::quantiles;

/// The most resamples.
const MAX_RESAMPLES: usize = 1_000_000;

/// How a bootstrap is run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bootstrap {
    /// How many samples are drawn from the sample.
    pub resamples: usize,
    /// The share of repetitions of the whole experiment in which the interval should hold the truth.
    pub level: f64,
    /// The seed of the draws; the same seed draws the same clusters for every statistic.
    pub seed: u64,
}

impl Default for Bootstrap {
    /// 2000 resamples, 95 %, seed 7.
    fn default() -> Self {
        Self { resamples: 2_000, level: 0.95, seed: 7 }
    }
}

impl Bootstrap {
    /// Can `n` clusters be resampled so?
    pub(super) fn check(&self, n: usize) -> Result<(), EvaluationError> {
        let Self { resamples, level, .. } = *self;
        if n == 0 {
            return Err(EvaluationError::Empty);
        }
        if !(level > 0.0 && level < 1.0) {
            return Err(EvaluationError::Level { level });
        }
        if !(1..=MAX_RESAMPLES).contains(&resamples) {
            return Err(EvaluationError::Resamples { resamples, max: MAX_RESAMPLES });
        }
        Ok(())
    }
}

/// A value measured on the sample and the interval around it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The value on the sample itself.
    pub estimate: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// What the interval of a difference says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Difference {
    /// The whole interval is above 0: the first is larger.
    Larger,
    /// The whole interval is below 0: the first is smaller.
    Smaller,
    /// The interval holds 0, or is not a number. That does not show that the two are equal.
    NotShown,
}

impl Interval {
    /// Read as the interval of `first − second`: is a difference shown?
    ///
    /// # Examples
    /// ```
    /// use concepts::evaluation::{Difference, Interval};
    /// let gap = Interval { estimate: 0.3, low: 0.1, high: 0.5 };
    /// assert_eq!(gap.difference(), Difference::Larger);
    /// assert_eq!(Interval { low: -0.1, ..gap }.difference(), Difference::NotShown);
    /// ```
    pub fn difference(&self) -> Difference {
        if self.low > 0.0 {
            Difference::Larger
        } else if self.high < 0.0 {
            Difference::Smaller
        } else {
            Difference::NotShown
        }
    }

    /// Do two intervals have a value in common?
    ///
    /// Two intervals that do not overlap show a difference. Two that overlap show nothing, and
    /// [`difference`](Interval::difference) may still see it, for two reasons. The interval of a
    /// difference of independent values is `√(a² + b²)` wide, not `a + b`: two intervals of 95 % that
    /// just touch stand for a difference at about 99.4 %. And where both strategies were given the
    /// same prompts, what is hard in a prompt is hard for both and cancels.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.low <= other.high && other.low <= self.high
    }
}

/// The percentile interval of any statistic of a sample of `n` clusters.
///
/// `statistic` gets the places of the chosen clusters, from 0, with repetitions; first all of them
/// once, for the estimate. A cluster is whatever was drawn independently: a prompt with all its texts.
/// For a paired difference let it return `first − second`, both on the same clusters. Percentile
/// intervals of small samples are somewhat narrow: about by the factor `√((n − 1)/n)`, and as normal
/// intervals are against Student's.
///
/// If `statistic` is NaN for some choice, the interval is NaN.
///
/// # Formula
/// For resample `b`: `n` places, each uniform from `0..n`; `θ_b` the statistic there. The interval
/// goes from the `(1 − level)/2` to the `(1 + level)/2` quantile of the `θ_b`.
///
/// # Errors
/// [`EvaluationError`] if `n` is 0, the level is not between 0 and 1, or there are no resamples or
/// more than 10⁶.
///
/// # Reference
/// Efron & Tibshirani 1993, *An Introduction to the Bootstrap*, chapter 13; paired comparison of
/// systems: Koehn 2004, *Statistical Significance Tests for Machine Translation Evaluation*.
///
/// # Examples
/// ```
/// use concepts::evaluation::{Bootstrap, bootstrap};
/// use concepts::numerics::statistics::median;
/// let waits = [3.0, 4.0, 5.0, 5.0, 6.0, 9.0, 30.0];
/// let statistic = |chosen: &[usize]| median(&chosen.iter().map(|&i| waits[i]).collect::<Vec<_>>());
/// let interval = bootstrap(waits.len(), statistic, &Bootstrap::default())?;
/// assert_eq!(interval.estimate, 5.0);
/// assert!(interval.low >= 3.0 && interval.high <= 30.0);
/// # Ok::<(), concepts::evaluation::EvaluationError>(())
/// ```
pub fn bootstrap(
    n: usize,
    statistic: impl Fn(&[usize]) -> f64,
    options: &Bootstrap,
) -> Result<Interval, EvaluationError> {
    options.check(n)?;
    let Bootstrap { resamples, level, seed } = *options;
    let mut chosen: Vec<usize> = (0..n).collect();
    let estimate = statistic(&chosen);
    let mut generator = rng(seed, "evaluation::bootstrap");
    let mut draw = || {
        chosen.fill_with(|| generator.random_range(0..n));
        statistic(&chosen)
    };
    let values: Vec<f64> = (0..resamples).map(|_| draw()).collect();
    let [low, high] = quantiles(&values, [(1.0 - level) / 2.0, (1.0 + level) / 2.0]);
    Ok(Interval { estimate, low, high })
}

/// The interval of a mean: one value a cluster.
///
/// For many samples of one size [`Resampling`](super::Resampling) draws once.
///
/// # Errors
/// As [`bootstrap()`].
///
/// # Examples
/// ```
/// use concepts::evaluation::{Bootstrap, mean_interval};
/// let by_prompt = [0.25, 0.5, 0.25, 0.75, 0.5, 0.75];
/// let interval = mean_interval(&by_prompt, &Bootstrap::default())?;
/// assert_eq!(interval.estimate, 0.5);
/// assert!(interval.low < 0.5 && 0.5 < interval.high);
/// # Ok::<(), concepts::evaluation::EvaluationError>(())
/// ```
pub fn mean_interval(values: &[f64], options: &Bootstrap) -> Result<Interval, EvaluationError> {
    bootstrap(values.len(), |chosen| chosen_mean(values, chosen), options)
}

/// The interval of the mean of `first − second` for two values a cluster, paired.
///
/// # Errors
/// As [`bootstrap()`], and if the lengths differ.
///
/// # Examples
/// ```
/// use concepts::evaluation::{Bootstrap, Difference, mean_difference, mean_interval};
/// // Prompts differ far more than strategies do, yet the first wins on every one.
/// let first = [1.2, 5.1, 9.2, 13.1, 17.2, 21.1];
/// let second = [1.0, 5.0, 9.0, 13.0, 17.0, 21.0];
/// let options = Bootstrap::default();
/// let apart = [mean_interval(&first, &options)?, mean_interval(&second, &options)?];
/// assert!(apart[0].overlaps(&apart[1]));
/// assert_eq!(mean_difference(&first, &second, &options)?.difference(), Difference::Larger);
/// # Ok::<(), concepts::evaluation::EvaluationError>(())
/// ```
pub fn mean_difference(
    first: &[f64],
    second: &[f64],
    options: &Bootstrap,
) -> Result<Interval, EvaluationError> {
    if first.len() != second.len() {
        return Err(EvaluationError::Unpaired { first: first.len(), second: second.len() });
    }
    let differences: Vec<f64> = first.iter().zip(second).map(|(a, b)| a - b).collect();
    mean_interval(&differences, options)
}

fn chosen_mean(values: &[f64], chosen: &[usize]) -> f64 {
    chosen.iter().map(|&i| values[i]).sum::<f64>() / chosen.len() as f64
}
