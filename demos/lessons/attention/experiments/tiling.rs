//! What tiled attention computes and moves, beside attention in three passes.

use concepts::attention::counted::{counted_backward, counted_core, counted_tiled};
use concepts::attention::traffic::{Traffic, naive_traffic, tiled_traffic};
use concepts::attention::{AttentionError, Mask, attention, tiled_attention_reference};
use concepts::numerics::statistics::log_log_slope;
use concepts::numerics::{Tally, Tracked, max_difference, normal, rng};
use ndarray::{Array1, Array2, ArrayView1, Axis, Slice};

use super::core::worse;

/// Elements of 16 bits in 192 KiB: the fast memory of one multiprocessor of an A100.
pub(crate) const FAST_ELEMENTS: u64 = 98_304;
/// Width of a head whose memory traffic is counted.
pub(crate) const HEAD: u64 = 64;
/// Numbers of tokens at which the traffic is compared.
pub(crate) const LENGTHS: [u64; 3] = [1024, 4096, 16_384];
/// Tokens that make a whole number of blocks for each size of fast memory.
pub(crate) const WHOLE: u64 = 128 * FAST_ELEMENTS / (4 * HEAD);
/// Keys in a block of the counted kernel.
const BLOCK: usize = 16;

/// The traffic of a kernel over `n` tokens with so many elements of fast memory.
pub(crate) type Kernel = dyn Fn(u64, u64) -> Result<Traffic, AttentionError>;

/// The tiled kernel.
pub(crate) fn tiled(n: u64, fast_elements: u64) -> Result<Traffic, AttentionError> {
    tiled_traffic(n, HEAD, fast_elements)
}

/// As [`tiled`], but scores and weights of every block go to slow memory and come back.
pub(crate) fn spilling(n: u64, fast_elements: u64) -> Result<Traffic, AttentionError> {
    let mut traffic = tiled(n, fast_elements)?;
    traffic.reads += 2 * n * n;
    traffic.writes += 2 * n * n;
    traffic.intermediate += 2 * n * n;
    Ok(traffic)
}

/// Elements moved in three passes, over those of a tiled kernel.
pub(crate) fn moved(n: u64, kernel: &Kernel) -> Result<f64, AttentionError> {
    Ok(naive_traffic(n, HEAD).total() as f64 / kernel(n, FAST_ELEMENTS)?.total() as f64)
}

/// What a kernel moves, and what that depends on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Moved {
    /// Elements moved, three passes over this kernel, at each of [`LENGTHS`].
    pub ratios: [f64; 3],
    /// Loops walked over the closed form.
    pub walked: f64,
    /// The exponent of the fast memory's size.
    pub in_memory: f64,
    /// Intermediate results in slow memory, three passes over this kernel.
    pub kept: f64,
}

/// What a kernel moves, and what that depends on.
pub(crate) fn traffic(kernel: &Kernel) -> Result<Moved, AttentionError> {
    let [short, middle, long] = LENGTHS;
    let memories = [1, 2, 4, 8].map(|times| FAST_ELEMENTS * times);
    let totals = memories.iter().map(|&memory| Ok(kernel(WHOLE, memory)?.total() as f64));
    let totals = totals.collect::<Result<Vec<_>, AttentionError>>()?;
    Ok(Moved {
        ratios: [moved(short, kernel)?, moved(middle, kernel)?, moved(long, kernel)?],
        walked: kernel(long, FAST_ELEMENTS)?.total() as f64 / closed_form(long) as f64,
        in_memory: log_log_slope(&memories.map(|memory| memory as f64), &totals),
        kept: naive_traffic(middle, HEAD).intermediate as f64
            / kernel(middle, FAST_ELEMENTS)?.intermediate as f64,
    })
}

/// `2nd + T_c(3nd + 4n)` with `T_c = ⌈n/B_c⌉` and `B_c = ⌈M/4d⌉`.
pub(crate) fn closed_form(n: u64) -> u64 {
    let passes = n.div_ceil(FAST_ELEMENTS.div_ceil(4 * HEAD));
    2 * n * HEAD + passes * (3 * n * HEAD + 4 * n)
}

fn drawn_core(seed: u64) -> [Array2<f64>; 4] {
    const N: usize = 64;
    let mut rng = rng(seed, "C12");
    // queries, keys, values and the gradient from above, (64, 16) each
    std::array::from_fn(|_| normal((N, 16), 1.0, &mut rng))
}

/// Multiply-adds of the forward pass.
pub(crate) fn forward_work(seed: u64, tiled: bool) -> f64 {
    let [q, k, v, _] = drawn_core(seed).map(Tracked::input);
    let mut tally = Tally::default();
    if tiled {
        counted_tiled(&mut tally, &q, &k, &v, BLOCK);
    } else {
        counted_core(&mut tally, &q, &k, &v);
    }
    tally.multiply_adds() as f64
}

/// Forward and backward together; recomputing the scores in the backward pass, or keeping them.
pub(crate) fn backward_work(seed: u64, recompute: bool) -> f64 {
    let [q, k, v, g] = drawn_core(seed).map(Tracked::input);
    let mut tally = Tally::default();
    counted_core(&mut tally, &q, &k, &v);
    counted_backward(&mut tally, &q, &k, &v, &g, recompute);
    tally.multiply_adds() as f64
}

/// Tiled attention against the formula.
pub(crate) fn tiled_error(seed: u64) -> Result<f64, AttentionError> {
    let [q, k, v, _] = drawn_core(seed);
    let whole = attention(q.view(), k.view(), v.view(), &Mask::Causal)?;
    let tiled = tiled_attention_reference(q.view(), k.view(), v.view(), &Mask::Causal, BLOCK)?;
    Ok(max_difference(&whole, &tiled))
}

/// The largest error over all queries if the output is never rescaled. Where a query meets its
/// largest score in the first block, there is nothing to rescale and no error: one query is not enough.
pub(crate) fn forgetful_error(seed: u64) -> Result<f64, AttentionError> {
    let [q, k, v, _] = drawn_core(seed);
    let whole = attention(q.view(), k.view(), v.view(), &Mask::None)?;
    let blocks = vec![BLOCK; k.nrows() / BLOCK];
    let error = |(query, whole): (ArrayView1<f64>, ArrayView1<f64>)| {
        let scores = k.dot(&query) / (q.ncols() as f64).sqrt();
        (whole[0] - without_rescaling(&scores, &v, &blocks)).abs()
    };
    Ok(q.outer_iter().zip(whole.outer_iter()).map(error).fold(0.0, worse))
}

/// The mistake to look out for: the sum is rescaled when the maximum moves, the output is not.
pub(crate) fn without_rescaling(scores: &Array1<f64>, values: &Array2<f64>, blocks: &[usize]) -> f64 {
    let (mut max, mut sum, mut out) = (f64::NEG_INFINITY, 0.0, 0.0);
    let mut at = 0;
    for &size in blocks {
        let block = Slice::from(at..at + size);
        let (x, v) = (scores.slice_axis(Axis(0), block), values.column(0).slice_axis_move(Axis(0), block));
        let new = x.fold(max, |a: f64, &b| a.max(b));
        let weights = x.mapv(|x| (x - new).exp());
        sum = sum * (max - new).exp() + weights.sum();
        out += weights.dot(&v);
        max = new;
        at += size;
    }
    out / sum
}
