//! C12: FlashAttention.

use concepts::attention::traffic::naive_traffic;
use concepts::numerics::tolerance::EXACT_F64;

use crate::kit::case::{Case, Checked, Takes};
use crate::lessons::attention::experiments::tiling::{
    FAST_ELEMENTS, HEAD, LENGTHS, Moved, WHOLE, backward_work, forgetful_error, forward_work, moved,
    spilling, tiled, tiled_error, traffic,
};

/// So few tokens that tiling moves more than three passes do: the sentence is about long sequences.
const FEW: u64 = 16;

/// C12: less memory, faster
pub(crate) fn flash_attention(c: &mut Case) -> Checked {
    let seed = c.seed;
    let forward = forward_work(seed, true) / forward_work(seed, false);
    let plain = backward_work(seed, false);
    let [recomputed, stored] = [true, false].map(|recompute| backward_work(seed, recompute) / plain);
    let right = traffic(&tiled)?;
    name_sizes(c);
    c.value("recomputed", recomputed).value("at_few", moved(FEW, &tiled)?);
    c.holds((tiled_error(seed)?, recomputed, right), |t, (error, backward, moved)| {
        t.at_most("exact", error, EXACT_F64).drawn();
        t.exactly("forward", forward, 1.0);
        t.near("backward", backward, 7.0 / 6.0, EXACT_F64);
        take_traffic(t, moved);
    })
    .control("forgetful", (forgetful_error(seed)?, recomputed, right))
    .control("stored", (tiled_error(seed)?, stored, right))
    .control("spilling", (tiled_error(seed)?, recomputed, traffic(&spilling)?));
    Ok(())
}

fn name_sizes(c: &mut Case) {
    let [short, middle, long] = LENGTHS;
    c.value("short", short).value("middle", middle).value("long", long).value("few", FEW);
    c.value("fast", FAST_ELEMENTS).value("d", HEAD).value("whole", WHOLE);
}

/// What a kernel moves, and what that depends on.
fn take_traffic(t: &mut Takes, moved: Moved) {
    let [_, middle, long] = LENGTHS;
    for (id, ratio) in ["ratio-short", "ratio-middle", "ratio-long"].into_iter().zip(moved.ratios) {
        t.at_least(id, ratio, 2.0);
    }
    let naive = naive_traffic(long, HEAD).total() as f64 / (4 * long * (HEAD + long)) as f64;
    t.exactly("walked", moved.walked, 1.0);
    t.exactly("naive", naive, 1.0);
    t.near("in-memory", moved.in_memory, -1.0, 0.05).over(4);
    t.exactly("kept", moved.kept, middle as f64);
}
