//! C3, C6, C11, C19: parameters, and turning one layout into another.

use concepts::numerics::tolerance::EXACT_F64;

use crate::kit::case::{Case, Checked};
use crate::kit::claim::Degree;
use crate::lessons::heads::experiments::pooling::{agreed_error, pooled_error};
use crate::lessons::heads::experiments::sharing::{D, HEADS};
use crate::lessons::heads::experiments::weights::{Allocated, bert_attention, output_projection_error};

/// heads × d_k × d_model: one full projection of the small layers
const FULL: f64 = (D * D) as f64;
const H: f64 = HEADS as f64;

/// C3: the formula of MHA
pub(super) fn mha_formula(c: &mut Case) -> Checked {
    /// The shape of LLaMA 7B: heads × head dimension
    const LLAMA: f64 = 32.0 * 128.0;
    let layer = Allocated::of(HEADS, c.seed)?;
    let doubled = output_projection_error(c.seed)?;
    c.value("formula", 3.0 * LLAMA * LLAMA).value("layer", 4.0 * LLAMA * LLAMA);
    c.as_written(|t| {
        t.exactly("as-written", layer.whole() / (3.0 * FULL), 1.0);
    });
    c.corrected(Degree::Qualified, 4.0, |t, times: f64| {
        t.exactly("projections", layer.projections / FULL, 3.0);
        t.exactly("whole", layer.whole() / (times * FULL), 1.0);
        t.exactly("doubled", doubled, 0.0).drawn();
        t.exactly("bert", bert_attention() / (12.0 * (times * 768.0 * 768.0 + 4.0 * 768.0)), 1.0);
    })
    .control("no-output", 3.0);
    Ok(())
}

/// C6: the formula of MQA
pub(super) fn mqa_formula(c: &mut Case) -> Checked {
    /// The heads of LLaMA 7B
    const LLAMA: f64 = 32.0;
    let (one, all) = (Allocated::of(1, c.seed)?, Allocated::of(HEADS, c.seed)?);
    let formula = FULL + 2.0 * FULL / H;
    let share = |h: f64, with_output: f64| (h * (1.0 + with_output) + 2.0) / (h * (3.0 + with_output));
    c.value("heads", LLAMA).value("suggested", share(LLAMA, 0.0)).value("right", share(LLAMA, 1.0));
    c.as_written(|t| {
        t.exactly("as-written", one.whole() / formula, 1.0);
    });
    c.corrected(Degree::Qualified, 1.0, |t, with_output: f64| {
        t.exactly("whole", one.whole() / (formula + with_output * FULL), 1.0);
        let size = |layer: Allocated| layer.projections + with_output * layer.output;
        t.near("share", size(one) / size(all), (2.0 * H + 2.0) / (4.0 * H), EXACT_F64);
    })
    .control("no-output", 0.0);
    Ok(())
}

/// C11: GQA between
pub(super) fn gqa_between(c: &mut Case) -> Checked {
    const GROUPS: usize = 2;
    let whole = |kv_heads| Allocated::of(kv_heads, c.seed).map(Allocated::whole);
    let (mqa, gqa, mha) = (whole(1)?, whole(GROUPS)?, whole(HEADS)?);
    c.value("groups", GROUPS);
    c.holds(gqa, |t, grouped: f64| {
        t.at_least("above", grouped - mqa, 1.0);
        t.at_least("below", mha - grouped, 1.0);
        t.near("share", grouped / mha, (2.0 * H + 2.0 * GROUPS as f64) / (4.0 * H), EXACT_F64);
    })
    .control("mqa", mqa)
    .control("mha", mha);
    Ok(())
}

/// C19: train MHA, serve GQA
pub(super) fn train_mha_serve_gqa(c: &mut Case) -> Checked {
    const HALF: usize = HEADS / 2;
    let (same, half) = (pooled_error(HEADS, c.seed)?, pooled_error(HALF, c.seed)?);
    let agreed = agreed_error(HALF, c.seed)?;
    c.value("heads", HEADS).value("pooled", HALF).value("change", half);
    c.as_written(|t| {
        t.at_most("as-written", half, EXACT_F64).drawn();
    });
    c.corrected(Degree::Qualified, half, |t, fewer: f64| {
        t.near("same", same, 0.0, EXACT_F64).drawn();
        t.at_least("fewer", fewer, 0.1).drawn();
        t.at_most("agreed", agreed, EXACT_F64).drawn();
    })
    .control("not-pooled", same);
    Ok(())
}
