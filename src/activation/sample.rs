//! What becomes of given numbers.

use super::{Activation, ActivationError};

/// Mean and spread of numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Moments {
    /// Mean.
    pub mean: f64,
    /// Root of the mean squared distance from the mean.
    pub deviation: f64,
}

/// Numbers before and behind a function.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Passed {
    /// Before.
    pub before: Moments,
    /// Behind.
    pub behind: Moments,
    /// Share that is exactly 0 behind.
    pub zeros: f64,
    /// Share through which no gradient passes: the derivative is exactly 0.
    pub dead: f64,
    /// Mean square of the derivative.
    pub slope: f64,
}

/// Sends numbers through a function.
///
/// # Errors
/// [`ActivationError::Empty`], [`ActivationError::NotFinite`].
///
/// # Examples
/// ```
/// use concepts::activation::{Activation, passed};
/// let passed = passed(Activation::Relu, &[-1.0, 1.0, 3.0, -3.0])?;
/// assert_eq!((passed.zeros, passed.behind.mean), (0.5, 1.0));
/// # Ok::<(), concepts::activation::ActivationError>(())
/// ```
pub fn passed(f: Activation, numbers: &[f64]) -> Result<Passed, ActivationError> {
    if numbers.is_empty() {
        return Err(ActivationError::Empty);
    }
    if let Some(i) = numbers.iter().position(|x| !x.is_finite()) {
        return Err(ActivationError::NotFinite { entry: i + 1, value: numbers[i] });
    }
    let behind: Vec<f64> = numbers.iter().map(|x| f.of(*x)).collect();
    let slopes: Vec<f64> = numbers.iter().map(|x| f.derivative(*x)).collect();
    let n = numbers.len() as f64;
    let share = |of: &[f64]| of.iter().filter(|x| **x == 0.0).count() as f64 / n;
    Ok(Passed {
        before: moments(numbers),
        behind: moments(&behind),
        zeros: share(&behind),
        dead: share(&slopes),
        slope: slopes.iter().map(|s| s * s / n).sum(),
    })
}

fn moments(numbers: &[f64]) -> Moments {
    // The mean of equal numbers may be off by a rounding, and then they would seem to spread. (0 is added to −0.)
    if numbers.iter().all(|x| *x == numbers[0]) {
        return Moments { mean: numbers[0] + 0.0, deviation: 0.0 };
    }
    // Divided first: sums of large numbers would overflow.
    let n = numbers.len() as f64;
    let mean: f64 = numbers.iter().map(|x| x / n).sum();
    let largest = numbers.iter().fold(0.0, |m: f64, x| m.max((x - mean).abs()));
    if largest == 0.0 || !largest.is_finite() {
        return Moments { mean, deviation: largest };
    }
    let square: f64 = numbers.iter().map(|x| ((x - mean) / largest).powi(2) / n).sum();
    Moments { mean, deviation: largest * square.sqrt() }
}
