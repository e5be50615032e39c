//! C5, C6, C8, C9: how a budget is split.

use concepts::numerics::tolerance::EXACT_F64;
use concepts::scaling::{BESIROGLU, Law, ScalingError, training_flops};

use super::{BUDGET, KAPLANS_SPLIT, SETS};
use crate::kit::case::{Case, Checked};
use crate::kit::claim::Degree::Wrong;
use crate::lessons::scaling::experiments::valleys;

/// C5: with a fixed budget, make model and data larger together
pub(crate) fn both_at_once(c: &mut Case) -> Checked {
    const STEPS: i32 = 50;
    // Larger models along one budget: how many of them also have more data?
    let best = BESIROGLU.optimum(BUDGET)?;
    let larger = (1..=STEPS).map(|i| best.n * 1.1_f64.powi(i));
    let both = larger.filter(|n| BUDGET / (6.0 * n) > best.d).count();
    // How the optimum moves when the budget becomes so many times as large, by search.
    let world = |times: f64| -> Result<[f64; 2], ScalingError> {
        let (before, after) = (BESIROGLU.search(BUDGET)?, BESIROGLU.search(times * BUDGET)?);
        Ok([after.n / before.n, after.d / before.d])
    };
    let [n, d] = world(10.0)?;
    c.value("steps", STEPS as usize).value("budget", BUDGET).value("n", n).value("d", d);
    c.value("twice_d", 1.0 / 2.0);
    c.as_written(|t| {
        t.at_least("both", both as f64, 1.0).over(STEPS as usize);
    });
    c.corrected(Wrong, world(10.0)?, |t, [n, d]| {
        t.at_least("more-n", n, 2.0);
        t.at_least("more-d", d, 2.0);
    })
    .control("same-budget", world(1.0)?);
    Ok(())
}

/// C6: the best ratio is N ∝ D^0.5
pub(crate) fn the_root(c: &mut Case) -> Checked {
    // The exponent of N by D, from parabolas through noisy losses: no formula of an optimum is used.
    let measured = |law: &Law| valleys::by_tokens(&valleys::floors(law, valleys::NOISE, c.seed, "Q6 C6"));
    let found = measured(&BESIROGLU);
    // The world of the sentence: β / α = 0.5.
    let of_the_sentence = measured(&Law { alpha: 0.6, beta: 0.3, ..BESIROGLU });
    c.value("found", found).value("noise", valleys::NOISE);
    c.as_written(|t| {
        t.near("half", found, 0.5, 0.25).over(81).drawn();
    });
    c.corrected(Wrong, found, |t, found| {
        t.near("one", found, 1.0, 0.25).over(81).drawn();
    })
    .control("half-the-exponent", of_the_sentence);
    Ok(())
}

/// C8: N and D grow in equal proportion
pub(crate) fn in_proportion(c: &mut Case) -> Checked {
    // The exponent of N between two budgets, by search, least and most among the laws.
    let world = |laws: &[Law]| -> Result<[f64; 2], ScalingError> {
        let mut ends = [f64::INFINITY, f64::NEG_INFINITY];
        for law in laws {
            let (n0, n1) = (law.search(1e20)?.n, law.search(1e24)?.n);
            let exponent = (n1 / n0).log10() / 4.0;
            ends = [ends[0].min(exponent), ends[1].max(exponent)];
        }
        Ok(ends)
    };
    let [least, most] = world(&SETS)?;
    c.value("least", least).value("most", most);
    c.holds(world(&SETS)?, |t, [least, most]| {
        t.at_least("least", least, 0.44).over(SETS.len());
        t.at_most("most", most, 0.56).over(SETS.len());
    })
    .control("kaplan", world(&[KAPLANS_SPLIT])?);
    Ok(())
}

/// C9: N ≈ D ≈ C^0.5
pub(crate) fn about_the_root_of_compute(c: &mut Case) -> Checked {
    let root = BUDGET.sqrt();
    let best = BESIROGLU.search(BUDGET)?;
    c.value("budget", BUDGET).value("root", root).value("spent", training_flops(root, root) / BUDGET);
    c.value("n", best.n).value("d", best.d);
    c.as_written(|t| {
        // "About": within a factor of two.
        t.near("n", (best.n / root).log2(), 0.0, 1.0);
        t.near("d", (best.d / root).log2(), 0.0, 1.0);
    });
    // Factors by which N/√C and D/√C change over four decades, and what is spent of the budget.
    let world = |split: &dyn Fn(f64) -> Result<(f64, f64), ScalingError>| -> Result<[f64; 3], ScalingError> {
        let ((n0, d0), (n1, d1)) = (split(1e20)?, split(1e24)?);
        Ok([n1 / n0 / 100.0, d1 / d0 / 100.0, training_flops(n1, d1) / 1e24])
    };
    let searched = |c: f64| BESIROGLU.search(c).map(|best| (best.n, best.d));
    let right = world(&searched)?;
    c.value("drift", right[0].max(1.0 / right[0]));
    c.corrected(Wrong, right, |t, [n, d, spent]| {
        // Over four decades of compute no more than a factor of 1.5 on either side.
        t.near("n-drift", n.ln(), 0.0, 1.5_f64.ln());
        t.near("d-drift", d.ln(), 0.0, 1.5_f64.ln());
        t.near("spent", spent, 1.0, EXACT_F64);
    })
    .control("literally", world(&|c: f64| Ok((c.sqrt(), c.sqrt())))?)
    .control("kaplan", world(&|c: f64| KAPLANS_SPLIT.search(c).map(|best| (best.n, best.d)))?);
    Ok(())
}
