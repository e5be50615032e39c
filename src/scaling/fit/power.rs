//! Laws of one variable: with a floor and without.

use ndarray::{Array1, Array2};

use super::minimise::minimise;
use crate::numerics::least_squares;

/// A power law above a floor.
///
/// # Formula
/// `L(x) = E + K·x^(−γ)`
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Power {
    /// The floor; 0 for a pure power law.
    pub floor: f64,
    /// The factor.
    pub factor: f64,
    /// The exponent.
    pub exponent: f64,
}

impl Power {
    /// The loss at a size.
    pub fn at(&self, x: f64) -> f64 {
        self.floor + self.factor * x.powf(-self.exponent)
    }
}

/// Directions below this share of the strongest would be rounding.
const CUTOFF: f64 = 1e-12;

/// The pure power law through points `(x, L)`: a straight line on logarithmic axes.
///
/// # Formula
/// `ln L = ln K − γ·ln x`, least squares
///
/// # Examples
/// ```
/// use concepts::scaling::fit::fit_power;
/// let points = [1.0_f64, 10.0, 100.0].map(|x| (x, 3.0 * x.powf(-0.5)));
/// let law = fit_power(&points);
/// assert!((law.factor - 3.0).abs() < 1e-12 && (law.exponent - 0.5).abs() < 1e-12);
/// ```
pub fn fit_power(points: &[(f64, f64)]) -> Power {
    let line = Array2::from_shape_fn((points.len(), 2), |(i, j)| if j == 0 { 1.0 } else { points[i].0.ln() });
    let heights: Array1<f64> = points.iter().map(|point| point.1.ln()).collect();
    let x = least_squares(line.view(), heights.view(), CUTOFF);
    Power { floor: 0.0, factor: x[0].exp(), exponent: -x[1] }
}

/// The power law above a floor, least squares in `ln L`, from several starts.
///
/// # Formula
/// minimise `Σ (ln(E + K·x^(−γ)) − ln L)²`
///
/// # Examples
/// ```
/// use concepts::scaling::fit::fit_power_with_floor;
/// let points: Vec<(f64, f64)> = (0..12).map(|i| 10_f64.powi(i)).map(|x| (x, 2.0 + 3.0 * x.powf(-0.2))).collect();
/// let law = fit_power_with_floor(&points);
/// assert!((law.floor - 2.0).abs() < 1e-4 && (law.exponent - 0.2).abs() < 1e-4);
/// ```
pub fn fit_power_with_floor(points: &[(f64, f64)]) -> Power {
    const EXPONENTS: [f64; 5] = [0.05, 0.1, 0.2, 0.4, 0.8];
    const SHARES: [f64; 3] = [0.3, 0.6, 0.9];
    let mean = points.iter().map(|point| point.0.ln()).sum::<f64>() / points.len() as f64;
    let lowest = points.iter().map(|point| point.1).fold(f64::INFINITY, f64::min);
    // The variables are ln E, ln K at the mean of ln x, and γ.
    let value = |&[e, k, gamma]: &[f64; 3]| {
        let (mut sum, mut gradient) = (0.0, [0.0; 3]);
        for &(x, loss) in points {
            let about = x.ln() - mean;
            let [floor, term] = [e, k - gamma * about].map(f64::exp);
            let total = floor + term;
            let r = total.ln() - loss.ln();
            sum += r * r;
            gradient[0] += 2.0 * r * floor / total;
            gradient[1] += 2.0 * r * term / total;
            gradient[2] -= 2.0 * r * term / total * about;
        }
        (sum, gradient)
    };
    let starts = EXPONENTS.iter().flat_map(|&gamma| SHARES.map(|share| [share, 1.0 - share, gamma]));
    let descents = starts.map(|[e, k, gamma]| minimise(value, [(e * lowest).ln(), (k * lowest).ln(), gamma]));
    let best = descents.min_by(|a, b| a.value.total_cmp(&b.value));
    best.map_or(Power { floor: f64::NAN, factor: f64::NAN, exponent: f64::NAN }, |found| {
        let [e, k, gamma] = found.at;
        Power { floor: e.exp(), factor: (k + gamma * mean).exp(), exponent: gamma }
    })
}
