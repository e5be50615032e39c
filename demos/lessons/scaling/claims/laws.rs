//! C2, C3, C4: power laws and their exponents.

use concepts::numerics::tolerance::{EXACT_F64, FLAT_MINIMUM};
use concepts::scaling::{BESIROGLU, HOFFMANN, Kaplan};

use crate::kit::case::{Case, Checked};
use crate::kit::claim::Degree::Qualified;
use crate::lessons::scaling::experiments::slopes::slope;

const LAW: concepts::scaling::Law = BESIROGLU;
const SMALL: [f64; 2] = [1e8, 1e9];
const LARGE: [f64; 2] = [1e10, 1e11];

/// C2: performance is a power law in N, D and C
pub(crate) fn a_power_law(c: &mut Case) -> Checked {
    // The exponent of N, among small models and among large ones, with so many tokens and so much taken off.
    let world = |tokens: f64, floor: f64| {
        let of = move |[from, to]: [f64; 2]| -slope(|n| LAW.loss(n, tokens) - floor, from, to);
        [of(SMALL), of(LARGE)]
    };
    let [small, large] = world(f64::INFINITY, 0.0);
    let [_, limited] = world(1e10, LAW.e);
    c.value("small", small).value("large", large).value("alpha", LAW.alpha).value("limited", limited);
    c.as_written(|t| {
        // A tenth: by a fit on either range the other would still be foretold well.
        t.near("straight", large / small, 1.0, 0.1);
    });
    c.corrected(Qualified, world(f64::INFINITY, LAW.e), |t, [small, large]| {
        t.near("small-above", small, LAW.alpha, 1e2 * EXACT_F64);
        t.near("large-above", large, LAW.alpha, 1e2 * EXACT_F64);
    })
    .control("few-tokens", world(1e10, LAW.e))
    .control("floor-left", world(f64::INFINITY, 0.0));
    Ok(())
}

/// C3: loss goes with N^-α, with D^-β and with C^-γ at once
pub(crate) fn three_at_once(c: &mut Case) -> Checked {
    const N: f64 = 1e9;
    let [few, many] = [1e9, 1e11].map(|d| LAW.loss(N, d));
    c.value("n", N).value("few", few).value("many", many);
    c.as_written(|t| {
        // As a chain: where N stays, so does the loss.
        t.near("same-n", many / few, 1.0, EXACT_F64);
    });
    // Exponents of what is above the floor, by N, by D and by C, between two runs.
    let world = |[(n0, d0), (n1, d1)]: [(f64, f64); 2], floor: f64| {
        let fall = ((LAW.loss(n0, d0) - floor) / (LAW.loss(n1, d1) - floor)).ln();
        [fall / (n1 / n0).ln(), fall / (d1 / d0).ln(), fall / (n1 * d1 / (n0 * d0)).ln()]
    };
    let best = [1e20, 1e24].map(|budget| LAW.search(budget).map_or((f64::NAN, f64::NAN), |o| (o.n, o.d)));
    let gamma = LAW.alpha * LAW.beta / (LAW.alpha + LAW.beta);
    c.value("gamma", gamma);
    c.corrected(Qualified, world(best, LAW.e), |t, [by_n, by_d, by_c]| {
        t.near("by-n", by_n, LAW.alpha, FLAT_MINIMUM);
        t.near("by-d", by_d, LAW.beta, FLAT_MINIMUM);
        t.near("by-c", by_c, gamma, FLAT_MINIMUM);
    })
    .control("off-frontier", world([(1e9, 1e11), (1e10, 2e11)], LAW.e))
    .control("floor-left", world(best, 0.0));
    Ok(())
}

/// C4: the exponents are about 0.05 to 0.1
pub(crate) fn exponents(c: &mut Case) -> Checked {
    let kaplan = Kaplan::PUBLISHED;
    // What doubling does, computed by the laws themselves.
    let by_doubling = |law: fn(f64) -> f64, at: f64| -(law(2.0 * at) / law(at)).log2();
    let measured = [
        by_doubling(|n| Kaplan::PUBLISHED.by_parameters(n), 1e9),
        by_doubling(|d| Kaplan::PUBLISHED.by_tokens(d), 1e10),
        by_doubling(|c| Kaplan::PUBLISHED.by_compute(c), 1e20),
    ];
    c.value("n", kaplan.alpha_n).value("d", kaplan.alpha_d).value("c", kaplan.alpha_c);
    c.value("alpha", HOFFMANN.alpha).value("beta", HOFFMANN.beta);
    let chinchilla = [HOFFMANN.alpha, HOFFMANN.beta, HOFFMANN.frontier().1];
    c.holds(measured, |t, [n, d, compute]| {
        // "About": half of the last digit more on each side.
        t.near("by-n", n, 0.075, 0.03);
        t.near("by-d", d, 0.075, 0.03);
        t.near("by-c", compute, 0.075, 0.03);
    })
    .control("above-the-floor", chinchilla);
    Ok(())
}
