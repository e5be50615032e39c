//! Where a function is smallest, and how far two functions are apart.

use super::Activation;

/// The lowest point `(x, y)` between two places at which the derivative has opposite signs, by bisection.
/// `None` where the signs do not say that there is one.
///
/// # Examples
/// ```
/// use concepts::activation::{Activation, lowest};
/// let (x, y) = lowest(Activation::SILU, -3.0, 0.0).unwrap();
/// assert!((x + 1.278_464_542_761_073_8).abs() < 1e-12 && (y + 0.278_464_542_761_073_8).abs() < 1e-12);
/// assert!(lowest(Activation::Softplus, -3.0, 0.0).is_none());
/// ```
pub fn lowest(f: Activation, left: f64, right: f64) -> Option<(f64, f64)> {
    let (mut left, mut right) = (left, right);
    if !(f.derivative(left) < 0.0 && f.derivative(right) > 0.0) {
        return None;
    }
    // Halved until no number lies between.
    loop {
        let middle = 0.5 * (left + right);
        if middle <= left || middle >= right {
            return Some((middle, f.of(middle)));
        }
        if f.derivative(middle) < 0.0 { left = middle } else { right = middle }
    }
}

/// The largest difference of two functions, and where it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Apart {
    /// Where.
    pub at: f64,
    /// How much.
    pub by: f64,
}

/// The largest `|f − g|` on `[from, to]`: on a grid of `steps`, then by thirds around its best point.
///
/// # Examples
/// ```
/// use concepts::activation::{Activation, largest_difference};
/// let apart = largest_difference(Activation::GeluTanh, Activation::Gelu, 0.0, 10.0, 10_000);
/// assert!((apart.by - 4.732_355e-4).abs() < 1e-9 && (apart.at - 2.698_94).abs() < 1e-3);
/// ```
pub fn largest_difference(f: Activation, g: Activation, from: f64, to: f64, steps: usize) -> Apart {
    let by = |x: f64| (f.of(x) - g.of(x)).abs();
    let step = (to - from) / steps.max(1) as f64;
    let places = (0..=steps).map(|i| from + step * i as f64);
    let best = places.fold(from, |best, x| if by(x) > by(best) { x } else { best });
    let (mut left, mut right) = ((best - step).max(from), (best + step).min(to));
    for _ in 0..100 {
        let third = (right - left) / 3.0;
        if by(left + third) < by(right - third) { left += third } else { right -= third }
    }
    let refined = 0.5 * (left + right);
    let at = if by(refined) > by(best) { refined } else { best };
    Apart { at, by: by(at) }
}
