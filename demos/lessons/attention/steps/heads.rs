//! Several heads, side by side and summed.

use concepts::attention::MultiHeadTrace;
use concepts::numerics::max_abs;
use ndarray::Array2;

use crate::kit::findings::{Findings, Matrix};
use crate::lessons::attention::WORDS;
use crate::lessons::attention::setup::Setup;
use crate::named;

/// More heads than this are computed, but not shown.
pub(crate) const SHOWN: usize = 4;

pub(crate) fn heads(setup: &Setup, trace: &MultiHeadTrace, f: &mut Findings) {
    f.formula(
        "f_heads",
        r"\mathrm{out} = [O_1, \dots, O_h] W_O = \sum_i O_i W_O^{(i)}",
        "out = [O₁ … O_h]·W_O = Σᵢ Oᵢ·W_O⁽ⁱ⁾",
    );
    let others = trace.heads.iter().zip(1..).take(SHOWN).skip(1).map(|(head, h)| {
        let caption = WORDS.with("other_heads", &named![h = h]);
        setup.pairs(&format!("A{}", subscript(h)), caption, &head.weights)
    });
    f.matrices("other_heads", others.collect());
    f.matrix("concat", setup.by_token("[O₁ … O_h]", WORDS.get("concat"), &trace.concat));
    let output = setup.by_token("out = [O₁ … O_h]·W_O", WORDS.get("output"), &trace.output);
    f.matrix("output", Matrix { cols: setup.features.clone(), ..output });
    let sum = (0..setup.layer.heads())
        .fold(Array2::zeros(trace.output.dim()), |sum, h| sum + setup.layer.head_output(trace, h));
    f.number("heads_sum_error", max_abs(&(&sum - &trace.output)));
}

/// ₁, ₂, … as it stands in a formula.
fn subscript(n: usize) -> String {
    n.to_string()
        .chars()
        .map(|c| char::from_u32('₀' as u32 + c.to_digit(10).unwrap_or(0)).unwrap_or(c))
        .collect()
}
