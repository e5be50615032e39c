//! Many intervals of means from the same resamples.

use rand::Rng;

use super::EvaluationError;
use super::bootstrap::{Bootstrap, Interval};
use crate::numerics::rng;
use crate::numerics::statistics::{mean, quantiles};

/// The most places that are kept: 400 MB.
const MAX_PLACES: usize = 100_000_000;

/// Resamples that are summed side by side: each sum waits for its last addition, so eight of them take about as
/// long as one.
const SIDE_BY_SIDE: usize = 8;

/// The draws of a bootstrap of `n` values, made once and used for many samples of that size.
///
/// [`mean_interval`](super::mean_interval) is the readable twin, and the results are equal to the last bit: the
/// places come from the same stream, and each mean is summed in the same order.
///
/// # Examples
/// ```
/// use concepts::evaluation::{Bootstrap, Resampling, mean_interval};
/// let options = Bootstrap::default();
/// let draws = Resampling::new(4, &options)?;
/// for values in [[1.0, 5.0, 2.0, 0.5], [0.1, 0.2, 0.4, 0.7]] {
///     assert_eq!(draws.mean_interval(&values)?, mean_interval(&values, &options)?);
/// }
/// # Ok::<(), concepts::evaluation::EvaluationError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Resampling {
    n: usize,
    options: Bootstrap,
    /// For each group of resamples and each draw: the place drawn in each resample of the group.
    places: Vec<[u32; SIDE_BY_SIDE]>,
}

impl Resampling {
    /// Draws the places.
    ///
    /// # Errors
    /// As [`bootstrap()`](super::bootstrap()), and if more than 10⁸ places would be kept.
    pub fn new(n: usize, options: &Bootstrap) -> Result<Self, EvaluationError> {
        options.check(n)?;
        let resamples = options.resamples;
        if resamples.saturating_mul(n) > MAX_PLACES {
            return Err(EvaluationError::Places { resamples, values: n, max: MAX_PLACES });
        }
        let mut generator = rng(options.seed, "evaluation::bootstrap");
        let mut places = vec![[0; SIDE_BY_SIDE]; resamples.div_ceil(SIDE_BY_SIDE) * n];
        for resample in 0..resamples {
            let group = &mut places[resample / SIDE_BY_SIDE * n..][..n];
            // n is at most 10⁸: a place fits in 32 bits.
            group.iter_mut().for_each(|row| {
                row[resample % SIDE_BY_SIDE] = generator.random_range(0..n) as u32;
            });
        }
        Ok(Self { n, options: *options, places })
    }

    /// How many values each sample must have.
    pub fn size(&self) -> usize {
        self.n
    }

    /// The interval of a mean, as [`mean_interval`](super::mean_interval).
    ///
    /// # Errors
    /// [`EvaluationError`] if `values` are not as many as the draws are for.
    pub fn mean_interval(&self, values: &[f64]) -> Result<Interval, EvaluationError> {
        if values.len() != self.n {
            return Err(EvaluationError::Unpaired { first: values.len(), second: self.n });
        }
        let level = self.options.level;
        let [low, high] = quantiles(&self.means(values), [(1.0 - level) / 2.0, (1.0 + level) / 2.0]);
        Ok(Interval { estimate: mean(values), low, high })
    }

    /// The interval of the mean of `first − second`, paired, as [`mean_difference`](super::mean_difference).
    ///
    /// # Errors
    /// [`EvaluationError`] if one list is not as long as the draws are for.
    pub fn mean_difference(&self, first: &[f64], second: &[f64]) -> Result<Interval, EvaluationError> {
        if first.len() != second.len() {
            return Err(EvaluationError::Unpaired { first: first.len(), second: second.len() });
        }
        self.mean_interval(&first.iter().zip(second).map(|(a, b)| a - b).collect::<Vec<_>>())
    }

    /// The mean of each resample.
    fn means(&self, values: &[f64]) -> Vec<f64> {
        let mut means = Vec::with_capacity(self.places.len() / self.n * SIDE_BY_SIDE);
        for group in self.places.chunks_exact(self.n) {
            let mut sums = [0.0; SIDE_BY_SIDE];
            for row in group {
                sums.iter_mut().zip(row).for_each(|(sum, &place)| *sum += values[place as usize]);
            }
            means.extend(sums.map(|sum| sum / self.n as f64));
        }
        // The last group may be larger than what was asked for.
        means.truncate(self.options.resamples);
        means
    }
}
