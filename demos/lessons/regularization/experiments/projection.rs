//! The nearest point of a diamond, of a circle and of a square of size 1, for points drawn outside and inside.

use concepts::numerics::{normal, rng};
use concepts::regularization::{Penalty, soft_threshold};

/// The nearest point with `|x| + |y| ≤ 1`.
pub(crate) fn on_diamond(point: [f64; 2]) -> [f64; 2] {
    let [a, b] = point.map(f64::abs);
    if a + b <= 1.0 {
        return point;
    }
    // Both are lowered by the same amount until they sum to 1, or one is 0 before that.
    let both = (a + b - 1.0) / 2.0;
    let by = if both <= a.min(b) { both } else { a.max(b) - 1.0 };
    point.map(|x| soft_threshold(x, Penalty::lasso(by)))
}

/// The nearest point with `x² + y² ≤ 1`.
pub(crate) fn on_circle(point: [f64; 2]) -> [f64; 2] {
    let length = point[0].hypot(point[1]).max(1.0);
    point.map(|x| x / length)
}

/// The nearest point with `|x| ≤ 1` and `|y| ≤ 1`: corners, but not on the axes.
pub(crate) fn on_square(point: [f64; 2]) -> [f64; 2] {
    point.map(|x| x.clamp(-1.0, 1.0))
}

/// The share of draws whose nearest point has a coordinate of exactly 0.
pub(crate) fn share_of_zeros(nearest: fn([f64; 2]) -> [f64; 2], draws: usize, seed: u64) -> f64 {
    let points = normal((draws, 2), 2.0, &mut rng(seed, "regularization projections"));
    let zero = points.outer_iter().filter(|row| nearest([row[0], row[1]]).contains(&0.0)).count();
    zero as f64 / draws as f64
}
