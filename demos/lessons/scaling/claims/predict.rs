//! C15, C16: what a budget gives, and from small to large.

use concepts::numerics::tolerance::FLAT_MINIMUM;
use concepts::scaling::{BESIROGLU, Law, ScalingError};

use super::{BUDGET, SETS};
use crate::kit::case::{Case, Checked};
use crate::kit::claim::Degree::Qualified;
use crate::lessons::scaling::experiments::extrapolation::{Extrapolation, FAR, NOISE, SEEN};

/// C15: the best N and D of a budget can be foretold
pub(crate) fn the_optimum(c: &mut Case) -> Checked {
    // How far the formula's N is from the searched one, at the worst, over sets and budgets.
    let world = |formula: fn(&Law) -> Law| -> Result<f64, ScalingError> {
        let mut worst = 0.0_f64;
        for law in &SETS {
            for budget in [1e18, 1e21, BUDGET, 1e26] {
                let apart = formula(law).optimum(budget)?.n / law.search(budget)?.n - 1.0;
                worst = worst.max(apart.abs());
            }
        }
        Ok(worst)
    };
    let sizes: Vec<f64> =
        SETS.iter().map(|law| law.optimum(BUDGET).map_or(f64::NAN, |best| best.n)).collect();
    c.value("budget", BUDGET).value("printed", sizes[0]).value("tex", sizes[1]).value("refit", sizes[2]);
    c.holds(world(|law| *law)?, |t, worst| {
        t.at_most("search", worst, FLAT_MINIMUM).over(12);
    })
    .control("swapped", world(|law| Law { alpha: law.beta, beta: law.alpha, ..*law })?);
    Ok(())
}

/// C16: small experiments foretell large runs
pub(crate) fn from_small_to_large(c: &mut Case) -> Checked {
    let found = Extrapolation::new(&BESIROGLU, NOISE, c.seed, "Q6 C16");
    let (right, pure) = (found.right.at(FAR), found.pure.at(FAR));
    c.value("far", FAR).value("from", SEEN[0]).value("to", SEEN[1]).value("noise", NOISE);
    c.value("pure", pure).value("floor", BESIROGLU.e).value("truth", found.truth).value("right", right);
    // A twentieth of a nat: a tenfold budget changes the loss there by about that much.
    const CLOSE: f64 = 0.06;
    c.as_written(|t| {
        t.near("as-its-formula", pure, found.truth, CLOSE).over(25).drawn();
    });
    c.corrected(Qualified, right, |t, foretold| {
        t.near("with-a-floor", foretold, found.truth, CLOSE).over(25).drawn();
    })
    .control("pure", pure);
    Ok(())
}
