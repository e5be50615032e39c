//! The floors of noisy iso-FLOP valleys, found without any law, as in approach 2 of Hoffmann et al.

use concepts::numerics::statistics::log_log_slope;
use concepts::numerics::{normal, rng};
use concepts::scaling::Law;
use concepts::scaling::fit::valley_floor;

/// Noise of each loss, as a share.
pub(crate) const NOISE: f64 = 0.002;

/// `(C, N)` of each valley's floor: nine budgets from 6e18 to 3e21, nine sizes about the optimum of each.
///
/// The sizes lie within a factor of 4, where a parabola is close to the valley.
pub(crate) fn floors(law: &Law, noise: f64, seed: u64, stream: &str) -> Vec<(f64, f64)> {
    // (budgets, sizes)
    let errors = normal((9, 9), noise, &mut rng(seed, stream));
    let budgets = (0..9).map(|i| 6e18 * 500_f64.powf(f64::from(i) / 8.0));
    let floor = |(c, errors): (f64, ndarray::ArrayView1<f64>)| {
        let middle = law.search(c).ok()?.n;
        let sizes: Vec<f64> = (-4..=4).map(|k| middle * 2_f64.powf(f64::from(k) / 2.0)).collect();
        let curve = law.iso_flop(c, &sizes).into_iter().zip(errors);
        let points: Vec<(f64, f64)> = curve.map(|((n, loss), error)| (n, loss * error.exp())).collect();
        valley_floor(&points).map(|floor| (c, floor.n))
    };
    budgets.zip(errors.outer_iter()).filter_map(floor).collect()
}

/// How the floors' sizes grow with compute: the exponent.
pub(crate) fn exponent(floors: &[(f64, f64)]) -> f64 {
    let (budgets, sizes): (Vec<f64>, Vec<f64>) = floors.iter().copied().unzip();
    log_log_slope(&budgets, &sizes)
}

/// How the floors' sizes grow with their tokens: the exponent of `N ∝ D^x`.
pub(crate) fn by_tokens(floors: &[(f64, f64)]) -> f64 {
    let (tokens, sizes): (Vec<f64>, Vec<f64>) = floors.iter().map(|(c, n)| (c / (6.0 * n), *n)).unzip();
    log_log_slope(&tokens, &sizes)
}
