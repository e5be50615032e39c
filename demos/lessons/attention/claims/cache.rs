//! C11: the KV cache.

use concepts::attention::cost::{decode_multiply_adds_cached, decode_multiply_adds_uncached};
use concepts::attention::{Mask, MultiHead};
use concepts::numerics::tolerance::EXACT_F64;
use concepts::numerics::{max_difference, normal, rng};

use crate::kit::case::{Case, Checked};
use crate::kit::claim::Degree::Qualified;
use crate::lessons::attention::experiments::caches::step_by_step;
use crate::lessons::attention::experiments::growth::{answer, generate};

/// C11: a KV cache speeds up inference: generation, not the pass over the prompt
pub(crate) fn cache_is_faster(c: &mut Case) -> Checked {
    const N: usize = 32;
    const D: usize = 16;
    let seed = c.seed;
    let mut rng = rng(seed, "C11");
    let layer = MultiHead::random(D, 2, 2, &mut rng)?;
    let x = normal((N, D), 1.0, &mut rng);
    let stepped = step_by_step(&layer, &x)?;
    let work = |cached| generate(N, D, cached, seed).multiply_adds() as f64;
    let (n, d) = (N as u64, D as u64);
    let closed = decode_multiply_adds_uncached(n, d) as f64 / decode_multiply_adds_cached(n, d) as f64;
    let whole = |mask| layer.forward(x.view(), &mask);
    let saved = |new| answer(N, new, D, false, seed) / answer(N, new, D, true, seed);
    c.as_written(|t| {
        t.at_least("first-token", saved(1), 2.0);
    });
    c.value("n", N).value("first", saved(1)).value("later", saved(N));
    c.corrected(Qualified, (whole(Mask::Causal)?, true), |t, (whole, cached)| {
        let ratio = work(false) / work(cached);
        t.at_most("same", max_difference(&whole, &stepped), EXACT_F64).over(N * D).drawn();
        t.at_least("work", ratio, (N + 1) as f64 / 2.0).over(N);
        t.near("closed", ratio / closed, 1.0, EXACT_F64).over(N);
    })
    .control("no-mask", (whole(Mask::None)?, true))
    .control("never-read", (whole(Mask::Causal)?, false));
    Ok(())
}
