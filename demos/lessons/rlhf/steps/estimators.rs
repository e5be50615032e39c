//! Estimates of the divergence.

use concepts::preference::{Estimator, PreferenceError, forward_kl_gradient, kl, reverse_kl_gradient};

use crate::kit::findings::Findings;
use crate::kit::grid::Grid;
use crate::lessons::rlhf::WORDS;
use crate::lessons::rlhf::experiments::answers::{REFERENCE, off};
use crate::lessons::rlhf::setup::Setup;
use crate::row;

pub(crate) fn estimators(setup: &Setup) -> Result<Findings, PreferenceError> {
    let mut f = Findings::default();
    f.formula(
        "f_estimators",
        r"l = \log\frac{\pi_{\text{ref}}}{\pi}:\quad k_1 = -l,\quad k_2 = \tfrac12 l^2,\quad k_3 = e^l - 1 - l",
        "l = ln π_ref/π:    k₁ = −l    k₂ = l²/2    k₃ = eˡ − 1 − l",
    );
    // A policy on the way: halfway between the reference and the optimum, so that no answer has vanished.
    let policy: Vec<f64> = REFERENCE.iter().zip(&setup.best).map(|(a, b)| 0.5 * (a + b)).collect();
    let right = kl(&policy, &REFERENCE);
    let (reverse, forward) =
        (reverse_kl_gradient(&policy, &REFERENCE), forward_kl_gradient(&policy, &REFERENCE));
    f.number("true_kl", right);
    let mut grid = Grid::new("estimators", &WORDS);
    for (name, k) in ["k₁", "k₂", "k₃"].into_iter().zip(Estimator::ALL) {
        let (mean, variance) = k.moments(&policy, &REFERENCE);
        let g = k.gradient_in_loss(&policy, &REFERENCE);
        let none = if (mean - right).abs() < 1e-12 { 0.0 } else { mean - right };
        let small = |x: f64| if x < 1e-12 { 0.0 } else { x };
        grid = grid.row(row![
            name,
            mean,
            none,
            variance.max(0.0).sqrt(),
            small(off(&g, &reverse)),
            small(off(&g, &forward))
        ]);
    }
    f.table("estimators", grid.table());
    f.number("gradients_apart", off(&reverse, &forward));
    Ok(f)
}
