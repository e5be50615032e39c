//! The derivations an interviewer asks for, each with the number that checks it.

use concepts::numerics::{normal, rng};
use concepts::preference::{PreferenceError, kl, objective, optimum};

use crate::kit::findings::Findings;
use crate::lessons::rlhf::experiments::answers::{REFERENCE, REWARDS};
use crate::lessons::rlhf::setup::Setup;

/// Policies that are tried against the optimum.
const TRIED: usize = 500;

pub(crate) fn derivations(setup: &Setup) -> Result<Findings, PreferenceError> {
    let mut f = Findings::default();
    f.formula(
        "f_complete",
        r"E_\pi[r] - \beta\,\mathrm{KL}(\pi\|\pi_{\text{ref}}) = \beta \log Z - \beta\,\mathrm{KL}(\pi \| \pi^*)",
        "E_π[r] − β·KL(π ‖ π_ref) = β ln Z − β·KL(π ‖ π*)",
    );
    f.formula(
        "f_invert",
        r"r(y) = \beta \log\frac{\pi^*(y)}{\pi_{\text{ref}}(y)} + \beta \log Z",
        "r(y) = β ln(π*(y)/π_ref(y)) + β ln Z",
    );
    f.formula(
        "f_mean",
        r"E\Bigl[\frac1G\sum_i (r_i - \bar r)\nabla\log\pi_i\Bigr] = \Bigl(1 - \frac1G\Bigr)\nabla E[r]",
        "E[(1/G) Σᵢ (rᵢ − r̄)·∇ln πᵢ] = (1 − 1/G)·∇E[r]",
    );
    f.number("tried", TRIED as f64);
    let best = optimum(&REFERENCE, &REWARDS, setup.beta)?;
    let logits = normal((TRIED, REFERENCE.len()), 1.0, &mut rng(setup.seed, "rlhf tried"));
    let (mut gap, mut lost) = (f64::INFINITY, 0.0_f64);
    for row in logits.outer_iter() {
        let policy = concepts::numerics::softmax::softmax(row).to_vec();
        let below = best.value - objective(&policy, &REFERENCE, &REWARDS, setup.beta);
        gap = gap.min(below);
        lost = lost.max((below - setup.beta * kl(&policy, &best.policy)).abs());
    }
    f.number("gap", gap);
    f.number("lost_off", lost);
    Ok(f)
}
