//! Small budgets fitted by two forms, and what each says of a large one.

use concepts::numerics::{normal, rng};
use concepts::scaling::Law;
use concepts::scaling::fit::{Power, fit_power, fit_power_with_floor};

/// Noise of each loss, as a share.
pub(crate) const NOISE: f64 = 0.001;
/// The budget that is foretold: three decades beyond the last that is seen.
pub(crate) const FAR: f64 = 1e24;
/// The budgets that are seen.
pub(crate) const SEEN: [f64; 2] = [1e18, 1e21];

/// Best losses of small budgets, and the two laws through them.
pub(crate) struct Extrapolation {
    pub points: Vec<(f64, f64)>,
    /// With a floor.
    pub right: Power,
    /// Without.
    pub pure: Power,
    /// The best loss at [`FAR`] by the law itself.
    pub truth: f64,
}

impl Extrapolation {
    pub(crate) fn new(law: &Law, noise: f64, seed: u64, stream: &str) -> Extrapolation {
        const POINTS: i32 = 25;
        let errors = normal((1, POINTS as usize), noise, &mut rng(seed, stream));
        let points: Vec<(f64, f64)> = (0..POINTS)
            .map(|i| SEEN[0] * (SEEN[1] / SEEN[0]).powf(f64::from(i) / f64::from(POINTS - 1)))
            .zip(errors.iter())
            .map(|(c, error)| (c, best_loss(law, c) * error.exp()))
            .collect();
        let (right, pure) = (fit_power_with_floor(&points), fit_power(&points));
        Extrapolation { points, right, pure, truth: best_loss(law, FAR) }
    }
}

/// The best loss of a budget, by search.
pub(crate) fn best_loss(law: &Law, c: f64) -> f64 {
    law.search(c).map_or(f64::NAN, |best| law.loss(best.n, best.d))
}
