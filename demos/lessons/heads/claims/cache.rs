//! C4, C7, C8, C12: the cache, and what reading it costs.

use concepts::attention::AttentionError;
use concepts::budget::{BudgetError, Dtype, cache_bytes, decode_flops};
use concepts::numerics::tolerance::EXACT_F64;

use crate::kit::case::{Case, Checked};
use crate::lessons::heads::experiments::caching::{
    Sizes, cached, cached_in_full, latent_per_token, one_head_per_token,
};
use crate::lessons::heads::experiments::published::of;
use crate::lessons::heads::experiments::sharing::{HEADS, N, counted_step};

/// C4: MHA caches most
pub(super) fn mha_caches_most(c: &mut Case) -> Checked {
    let (right, in_full) = (cached(c.seed)?, cached_in_full(c.seed)?);
    c.value("heads", HEADS);
    c.holds(right, |t, [one, two, four, all]: Sizes| {
        t.exactly("four", four / all, 0.5).over(N);
        t.exactly("two", two / all, 0.25).over(N);
        t.exactly("one", one / all, 0.125).over(N);
    })
    .control("in-full", in_full);
    Ok(())
}

/// C7: MQA caches least
pub(super) fn mqa_caches_least(c: &mut Case) -> Checked {
    let (right, in_full) = (cached(c.seed)?, cached_in_full(c.seed)?);
    let latent = latent_per_token(c.seed)? / one_head_per_token(c.seed)?;
    c.value("heads", HEADS);
    c.holds(right, |t, sizes: Sizes| {
        let [mqa, .., mha] = sizes;
        let smallest = sizes.into_iter().fold(f64::INFINITY, f64::min);
        t.exactly("smallest", smallest / mqa, 1.0).over(N);
        t.exactly("mha", mqa / mha, 0.125).over(N);
        t.exactly("latent", latent, 576.0 / 256.0).over(N);
    })
    .control("in-full", in_full);
    Ok(())
}

/// C12: the table of heads
pub(super) fn table_of_heads(c: &mut Case) -> Checked {
    let (right, in_full) = (cached(c.seed)?, cached_in_full(c.seed)?);
    c.holds(right, |t, sizes: Sizes| {
        let rising = sizes.windows(2).filter(|pair| pair[1] > pair[0]).count();
        t.exactly("rising", rising as f64, 3.0).over(N);
        t.exactly("gqa-mqa", sizes[1] / sizes[0], 2.0).over(N);
        t.exactly("mha-gqa", sizes[3] / sizes[1], 4.0).over(N);
    })
    .control("in-full", in_full);
    Ok(())
}

/// Operations per byte of cache in a step of LLaMA-2 70B.
fn of_llama() -> Result<f64, BudgetError> {
    let model = of("llama-2-70b")?;
    let bytes = cache_bytes(model, Dtype::Bf16, 4096, 1)?;
    Ok(decode_flops(model, 4096)?.attention as f64 / bytes as f64)
}

/// The three layouts, by the ids of their measurements.
const LAYOUTS: [(&str, usize); 3] = [("mha", HEADS), ("gqa", 2), ("mqa", 1)];

/// Floating-point operations of a step in each layout, and the largest distance of the heads that were
/// computed with them from the layer's own.
fn operations(seed: u64) -> Result<([f64; 3], f64), AttentionError> {
    let [mha, gqa, mqa] = LAYOUTS.map(|(_, kv_heads)| counted_step(kv_heads, seed));
    let steps = [mha?, gqa?, mqa?];
    Ok((steps.map(|(count, _)| count), steps.iter().fold(0.0, |worst: f64, (_, off)| worst.max(*off))))
}

/// C8: faster, because the cache is small
pub(super) fn mqa_is_faster(c: &mut Case) -> Checked {
    let (right, in_full) = (cached(c.seed)?, cached_in_full(c.seed)?);
    /// Bytes of a number in bf16.
    const BYTES: f64 = 2.0;
    let (operations, off) = operations(c.seed)?;
    let llama = of_llama()?;
    let [mha, gqa, mqa] = LAYOUTS.map(|(_, kv_heads)| kv_heads);
    c.value("heads", HEADS).value("mha", mha).value("gqa", gqa).value("mqa", mqa);
    c.value("keys", N).value("operations", operations[2]);
    c.holds(right, |t, [one, two, _, all]: Sizes| {
        t.exactly("read", one / all, 1.0 / HEADS as f64).over(N);
        for ((operations, cached), (id, kv_heads)) in operations.into_iter().zip([all, two, one]).zip(LAYOUTS)
        {
            t.exactly(id, operations / (BYTES * cached), (HEADS / kv_heads) as f64).over(N);
        }
        t.exactly("llama", llama, 8.0);
        t.at_most("same-heads", off, EXACT_F64).over(HEADS * N).drawn();
    })
    .control("in-full", in_full);
    Ok(())
}
