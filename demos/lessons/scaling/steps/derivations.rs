//! The derivations an interviewer asks for, each with the numbers that check it.

use crate::kit::findings::Findings;
use crate::kit::knob::Refusal;
use crate::lessons::scaling::setup::Setup;

pub(crate) fn derivations(setup: &Setup) -> Result<Findings, Refusal> {
    let mut f = Findings::default();
    let law = &setup.law;
    f.formula(
        "f_condition",
        r"\frac{d}{d\ln N}\Big[E + A N^{-\alpha} + B (6N/C)^{\beta}\Big] = -\alpha A N^{-\alpha} + \beta B D^{-\beta} = 0",
        "d/d ln N [ E + A·N^(−α) + B·(6N/C)^β ] = −α·A·N^(−α) + β·B·D^(−β) = 0",
    );
    // At the optimum that the search found, which knows of no condition.
    let found = law.search(setup.compute)?;
    let (of_n, of_d) = (law.a * found.n.powf(-law.alpha), law.b * found.d.powf(-law.beta));
    f.number("pays_n", law.alpha * of_n);
    f.number("pays_d", law.beta * of_d);
    f.number("term_n", of_n);
    f.number("term_d", of_d);
    f.formula(
        "f_frontier",
        r"L^*(C) = E + K C^{-\gamma},\quad \gamma = \frac{\alpha\beta}{\alpha+\beta}",
        "L*(C) = E + K·C^(−γ)    γ = αβ/(α+β)",
    );
    let (k, gamma) = law.frontier();
    f.number("gamma", gamma);
    f.number("frontier_error", (law.e + k * setup.compute.powf(-gamma) - law.loss(found.n, found.d)).abs());
    // By how much compute must grow to halve what is above the floor.
    f.number("halving", 2_f64.powf(1.0 / gamma));
    f.formula("f_six", r"C = 2ND + 4ND = 6ND", "C = 2·N·D (forward) + 4·N·D (backward) = 6·N·D");
    f.formula(
        "f_serving_condition",
        r"1 + \frac{T}{3D} = \frac{\alpha A N^{-\alpha}}{\beta B D^{-\beta}}",
        "1 + T/(3D) = α·A·N^(−α) / (β·B·D^(−β))",
    );
    let served = law.serving_optimum(setup.best_loss()?, setup.served)?.best;
    f.number("served_left", 1.0 + setup.served / (3.0 * served.d));
    let terms = law.alpha * law.a * served.n.powf(-law.alpha) / (law.beta * law.b * served.d.powf(-law.beta));
    f.number("served_right", terms);
    Ok(f)
}
