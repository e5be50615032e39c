//! C10: what a study found, counted on both sides.

use crate::kit::case::{Case, Checked};
use crate::kit::claim::Degree::Qualified;

/// Which of two comparisons found the causal decoder best: Wang et al. 2022 right after pre-training, and
/// after multitask fine-tuning. Cited, not measured: no experiment of this size could decide it, and the test
/// below only counts what the study found, on both sides.
const DECODER_BEST: [(&str, bool); 2] =
    [("zero-shot after pre-training", true), ("after multitask fine-tuning", false)];

/// C10: decoder-only models have the best scaling law
pub(crate) fn best_scaling_law(c: &mut Case) -> Checked {
    let best = |settings: &[(&str, bool)]| settings.iter().filter(|(_, best)| *best).count() as f64;
    c.as_written(|t| {
        t.exactly("throughout", best(&DECODER_BEST), 2.0);
    });
    c.corrected(Qualified, &DECODER_BEST[..], |t, settings| {
        t.exactly("compared", settings.len() as f64, 2.0);
        t.exactly("best", best(settings), 1.0);
    })
    .control("half", &DECODER_BEST[..1]);
    Ok(())
}
