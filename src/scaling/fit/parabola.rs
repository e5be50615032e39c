//! The floor of one iso-FLOP valley, without a law.

use ndarray::{Array1, Array2};

use crate::numerics::least_squares;

/// A parabola through the losses of one budget.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Valley {
    /// Parameters at its floor.
    pub n: f64,
    /// The loss there.
    pub loss: f64,
    /// How much the loss rises for each square of `ln N` away from the floor.
    pub curvature: f64,
}

/// Fits a parabola in `ln N` to points `(N, L)` of one budget and takes its floor; `None` where it has none: fewer
/// than three sizes, or no curve upwards.
///
/// # Formula
/// `L ≈ c₀ + c₁·x + c₂·x²`, `x = ln N`; floor at `x = −c₁ / 2c₂`
///
/// # Reference
/// Hoffmann et al. 2022, section 3.2 (approach 2).
///
/// # Examples
/// ```
/// use concepts::scaling::fit::valley_floor;
/// let points = [-1.0_f64, 0.0, 1.0, 2.0].map(|x| (x.exp() * 1e9, 2.0 + 0.1 * (x - 0.5) * (x - 0.5)));
/// let floor = valley_floor(&points).unwrap();
/// assert!((floor.n / 1e9 - 0.5_f64.exp()).abs() < 1e-9 && (floor.loss - 2.0).abs() < 1e-9);
/// assert_eq!(valley_floor(&points[..2]), None);
/// ```
pub fn valley_floor(points: &[(f64, f64)]) -> Option<Valley> {
    const CUTOFF: f64 = 1e-12;
    let logs: Vec<f64> = points.iter().map(|point| point.0.ln()).collect();
    if crate::scaling::distinct(&logs) < 3 {
        return None;
    }
    let mean = logs.iter().sum::<f64>() / logs.len() as f64;
    let powers = Array2::from_shape_fn((logs.len(), 3), |(i, j)| (logs[i] - mean).powi(j as i32));
    let losses: Array1<f64> = points.iter().map(|point| point.1).collect();
    let c = least_squares(powers.view(), losses.view(), CUTOFF);
    let x = -c[1] / (2.0 * c[2]);
    let loss = c[0] + c[1] * x + c[2] * x * x;
    (c[2] > 0.0 && x.is_finite()).then(|| Valley { n: (x + mean).exp(), loss, curvature: c[2] })
}
