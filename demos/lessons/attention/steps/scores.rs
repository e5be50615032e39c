//! Dot products, scaling, the mask.

use concepts::attention::Trace;
use concepts::numerics::max_abs;

use crate::kit::findings::Findings;
use crate::kit::text::Text;
use crate::lessons::attention::WORDS;
use crate::lessons::attention::setup::Setup;
use crate::named;

pub(crate) fn scores(setup: &Setup, head: &Trace, f: &mut Findings) {
    f.formula("f_scores", r"S = \frac{Q K^\top}{\sqrt{d_k}}", "S = Q·Kᵀ / √dₖ");
    f.matrix("dots", setup.pairs("Q₁·K₁ᵀ", WORDS.get("dots"), &head.dots));
    let scaled = &head.dots / (setup.layer.d_head() as f64).sqrt();
    f.matrix("scaled", setup.pairs("S = Q₁·K₁ᵀ/√dₖ", WORDS.get("scaled"), &scaled));
    f.number("score_max", max_abs(&scaled));
    f.words("mask_rule", mask_rule(setup));
    f.words("mask_said", WORDS.get(mask_said(setup)));
    let masked = setup.causal || setup.pad > 0;
    let shown = masked.then(|| setup.pairs("S + mask", WORDS.get("masked"), &head.scores));
    f.matrices("masked", shown.into_iter().collect());
}

/// What to try, of the masks that this run does not have.
fn mask_said(setup: &Setup) -> &'static str {
    match (setup.causal || setup.cross, setup.pad > 0) {
        (false, false) => "mask_said",
        (true, false) => "mask_said.padding",
        (false, true) => "mask_said.causal",
        (true, true) => "mask_said.here",
    }
}

fn mask_rule(setup: &Setup) -> Text {
    let pad = setup.pad;
    match (setup.causal, pad > 0) {
        (false, false) => WORDS.get("mask_rule.none"),
        (true, false) => WORDS.get("mask_rule.causal"),
        (false, true) => WORDS.with("mask_rule.padding", &named![pad]),
        (true, true) => WORDS.with("mask_rule.both", &named![pad]),
    }
}
