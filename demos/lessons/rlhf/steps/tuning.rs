//! What fine-tuning learns.

use concepts::preference::{PreferenceError, optimum};

use crate::kit::findings::Findings;
use crate::kit::grid::Grid;
use crate::lessons::rlhf::WORDS;
use crate::lessons::rlhf::experiments::answers::{NAMES, REFERENCE, REWARDS, fine_tuned, off, weighted};
use crate::lessons::rlhf::setup::Setup;
use crate::row;

/// Steps of gradient descent.
const STEPS: usize = 4000;

pub(crate) fn tuning(setup: &Setup) -> Result<Findings, PreferenceError> {
    let mut f = Findings::default();
    f.formula(
        "f_sft",
        r"L_{\text{SFT}} = -\frac1N \sum_{n} \sum_t \log \pi(y_t \mid x, y_{<t})",
        "L_SFT = −(1/N) Σₙ Σₜ ln π(yₜ | x, y₍<t₎)",
    );
    let learned = fine_tuned(&REFERENCE, STEPS);
    let weights = weighted(&REFERENCE, &REWARDS, setup.beta);
    let of_weighted = fine_tuned(&weights, STEPS);
    let best = optimum(&REFERENCE, &REWARDS, setup.beta)?.policy;
    let rows = (0..NAMES.len())
        .map(|i| row![NAMES[i], REWARDS[i], REFERENCE[i], learned[i], of_weighted[i], best[i]]);
    f.table("tuned", Grid::new("tuned", &WORDS).value("beta", setup.beta).rows(rows).table());
    f.number("tuned_off", off(&learned, &REFERENCE));
    f.number("weighted_off", off(&of_weighted, &best));
    f.number("beta", setup.beta);
    Ok(f)
}
