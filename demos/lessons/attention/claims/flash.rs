//! C12: FlashAttention.

use concepts::attention::counted::{counted_backward, counted_core, counted_tiled};
use concepts::attention::traffic::{Traffic, naive_traffic, tiled_traffic};
use concepts::attention::{Mask, attention, tiled_attention_reference};
use concepts::numerics::statistics::log_log_slope;
use concepts::numerics::tolerance::EXACT_F64;
use concepts::numerics::{Tally, Tracked, max_difference, normal, rng};
use ndarray::{Array2, ArrayView1};

use super::{or_nan, worse};
use crate::kit::claim::{Claim, Control, Correction, Degree, Measure, Test};
use crate::kit::measure::{COUNTED, ROUNDING};
use crate::kit::text::{Text, text};
use crate::lessons::attention::derivations::without_rescaling;
use crate::lessons::attention::figures::{FAST_ELEMENTS, HEAD};

/// C12
pub(super) fn flash_attention(seed: u64) -> Claim {
    let forward = forward_work(seed, true) / forward_work(seed, false);
    let plain = backward_work(seed, false);
    let over_plain = |recompute| backward_work(seed, recompute) / plain;
    let backward = over_plain(true);
    let test = |error: f64, backward: f64, flash: &dyn Fn(u64, u64) -> Traffic| {
        let mut measures = vec![
            Measure::at_most(
                text("tiled against the formula: largest difference", "分块结果与公式的最大差异"),
                error,
                EXACT_F64,
                ROUNDING,
            )
            .drawn(seed),
            Measure::near(
                text("multiply-adds forward, tiled over plain", "前向乘加次数，分块 / 标准"),
                forward,
                1.0,
                0.0,
                COUNTED,
            ),
            Measure::near(
                text(
                    "multiply-adds forward and backward, the scores computed again, over plain",
                    "前向加反向的乘加次数（反向重算分数）/ 标准",
                ),
                backward,
                7.0 / 6.0,
                EXACT_F64,
                text("7 products of n²d in place of 6", "7 次 n²d 的乘法，原为 6 次"),
            ),
        ];
        measures.extend(traffic_measures(flash));
        Test(measures)
    };
    let exact = tiled_error(seed);
    Claim::corrected(
        "LLM-Q1-C12",
        text(
            "FlashAttention needs less memory and computes faster.",
            "FlashAttention 减少显存占用，加快计算。",
        ),
        Test(vec![
            Measure::at_most(
                text(
                    "less memory: intermediate results in slow memory, tiled over three passes, n = 4096",
                    "显存更省：显存中的中间结果，分块 / 标准实现，n = 4096",
                ),
                tiled(4096, FAST_ELEMENTS).intermediate as f64
                    / naive_traffic(4096, HEAD).intermediate as f64,
                0.01,
                text("n² in place of n", "n² 变成 n"),
            ),
            Measure::at_most(
                text(
                    "faster because it computes less: multiply-adds forward and backward, tiled over plain",
                    "若因少算而快，前向加反向的乘加次数：分块 / 标准",
                ),
                backward,
                0.99,
                text("fewer than before", "应少于原来"),
            ),
            Measure::at_least(
                text(
                    "or faster at any length: elements moved, three passes over tiled, n = 16",
                    "若任何长度都快：搬运的元素数，标准实现 / 分块，n = 16",
                ),
                moved(16, &tiled),
                1.0,
                text("as many elements moved", "搬运一样多"),
            ),
        ]),
        Correction {
            degree: Degree::Qualified,
            counterexample: Text::new(
                format!(
                    "counted: the forward pass does {forward:.2} times the multiply-adds, forward and backward together {backward:.2} times, for the scores are computed again; and at n = 16 three passes move only {:.2} times the elements of tiled attention",
                    moved(16, &tiled)
                ),
                format!(
                    "实际计数：前向乘加是原来的 {forward:.2} 倍，前向加反向是 {backward:.2} 倍，因为反向要重算分数；n = 16 时，标准实现的搬运量也只是分块的 {:.2} 倍",
                    moved(16, &tiled)
                ),
            ),
            say: text(
                "FlashAttention is exact, not an approximation. It does not compute less, in the backward pass even more; it moves less. The n × n scores never leave fast memory: extra memory O(n) instead of O(n²), and slow-memory traffic Θ(n²d²/M) instead of Θ(nd + n²). Faster where memory bandwidth is the limit.",
                "FlashAttention 是精确算法，不是近似。它没有少算，反向因为重算反而更多；省的是访存：n × n 的分数一直留在 SRAM 里，不写回显存。额外内存从 O(n²) 降到 O(n)，显存读写从 Θ(nd + n²) 降到 Θ(n²d²/M)，M 是 SRAM 大小。所以带宽是瓶颈时它才更快。",
            ),
            test: test(exact, backward, &tiled),
        },
        vec![
            Control::new(
                text("the output not rescaled when the maximum moves", "最大值变化时忘了给输出重新缩放"),
                test(forgetful_error(seed), backward, &tiled),
            ),
            Control::new(
                text("the scores kept for the backward pass", "保留分数供反向使用"),
                test(exact, over_plain(false), &tiled),
            ),
            Control::new(
                text(
                    "every block of scores written to slow memory and read back",
                    "每块分数都写回显存再读出来",
                ),
                test(exact, backward, &spilling),
            ),
        ],
    )
}

/// What tiled attention moves, and what that depends on.
fn traffic_measures(flash: &dyn Fn(u64, u64) -> Traffic) -> Vec<Measure> {
    const LONGEST: u64 = 16_384;
    // A whole number of blocks for each size of fast memory.
    const WHOLE: u64 = 128 * FAST_ELEMENTS / (4 * HEAD);
    let basis = || text("fast memory of 98304 elements, d = 64", "SRAM 容量 98304 个元素，d = 64");
    let ratios = [1024, 4096, LONGEST].map(|n| {
        Measure::at_least(
            Text::new(
                format!("elements moved, three passes over tiled, n = {n}"),
                format!("搬运的元素数，标准实现 / 分块，n = {n}"),
            ),
            moved(n, flash),
            2.0,
            basis(),
        )
    });
    let passes = LONGEST.div_ceil(FAST_ELEMENTS.div_ceil(4 * HEAD));
    let closed = 2 * LONGEST * HEAD + passes * (3 * LONGEST * HEAD + 4 * LONGEST);
    let walked = Measure::near(
        text(
            "loops walked at n = 16384, over 2nd + T_c(3nd + 4n)",
            "n = 16384 时循环数出的搬运量 / (2nd + T_c(3nd + 4n))",
        ),
        flash(LONGEST, FAST_ELEMENTS).total() as f64 / closed as f64,
        1.0,
        0.0,
        COUNTED,
    );
    let naive = Measure::near(
        text("and those of the three passes, over 4nd + 4n²", "标准实现的循环数出的搬运量 / (4nd + 4n²)"),
        naive_traffic(LONGEST, HEAD).total() as f64 / (4 * LONGEST * (HEAD + LONGEST)) as f64,
        1.0,
        0.0,
        COUNTED,
    );
    let memories = [1, 2, 4, 8].map(|times| FAST_ELEMENTS * times);
    let totals = memories.map(|memory| flash(WHOLE, memory).total() as f64);
    let in_memory = Measure::near(
        text("elements moved: exponent of M, n = 49152", "搬运的元素数：M 的幂次，n = 49152"),
        log_log_slope(&memories.map(|memory| memory as f64), &totals),
        -1.0,
        0.05,
        text("a part of 2nd does not depend on M", "其中 2nd 与 M 无关"),
    )
    .over(memories.len());
    let kept = Measure::near(
        text(
            "intermediate results in slow memory, three passes over tiled, n = 4096",
            "显存中的中间结果，标准实现 / 分块，n = 4096",
        ),
        naive_traffic(4096, HEAD).intermediate as f64 / flash(4096, FAST_ELEMENTS).intermediate as f64,
        4096.0,
        0.0,
        text(
            "n² scores and weights, against a sum and a maximum a query",
            "n² 个分数与权重，对每个 query 一个和与一个最大值",
        ),
    );
    ratios.into_iter().chain([walked, naive, in_memory, kept]).collect()
}

/// The traffic of one head with this much fast memory; none at all, which no measure accepts, if the
/// blocks do not fit.
fn tiled(n: u64, fast_elements: u64) -> Traffic {
    tiled_traffic(n, HEAD, fast_elements).unwrap_or_default()
}

/// As [`tiled`], but scores and weights of every block go to slow memory and come back.
fn spilling(n: u64, fast_elements: u64) -> Traffic {
    let mut traffic = tiled(n, fast_elements);
    traffic.reads += 2 * n * n;
    traffic.writes += 2 * n * n;
    traffic.intermediate += 2 * n * n;
    traffic
}

/// Elements moved in three passes, over those of a tiled kernel.
fn moved(n: u64, flash: &dyn Fn(u64, u64) -> Traffic) -> f64 {
    match flash(n, FAST_ELEMENTS).total() {
        0 => f64::NAN,
        total => naive_traffic(n, HEAD).total() as f64 / total as f64,
    }
}

const BLOCK: usize = 16;

fn drawn_core(seed: u64) -> [Array2<f64>; 4] {
    const N: usize = 64;
    let mut rng = rng(seed, "C12");
    // queries, keys, values and the gradient from above, (64, 16) each
    std::array::from_fn(|_| normal((N, 16), 1.0, &mut rng))
}

fn forward_work(seed: u64, tiled: bool) -> f64 {
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
fn backward_work(seed: u64, recompute: bool) -> f64 {
    let [q, k, v, g] = drawn_core(seed).map(Tracked::input);
    let mut tally = Tally::default();
    counted_core(&mut tally, &q, &k, &v);
    counted_backward(&mut tally, &q, &k, &v, &g, recompute);
    tally.multiply_adds() as f64
}

fn tiled_error(seed: u64) -> f64 {
    let [q, k, v, _] = drawn_core(seed);
    let whole = attention(q.view(), k.view(), v.view(), &Mask::Causal);
    let tiled = tiled_attention_reference(q.view(), k.view(), v.view(), &Mask::Causal, BLOCK);
    whole.and_then(|whole| Ok(max_difference(&whole, &tiled?))).unwrap_or(f64::NAN)
}

/// The largest error over all queries if the output is never rescaled. Where a query meets its
/// largest score in the first block, there is nothing to rescale and no error: one query is not enough.
fn forgetful_error(seed: u64) -> f64 {
    let [q, k, v, _] = drawn_core(seed);
    let whole = or_nan(attention(q.view(), k.view(), v.view(), &Mask::None), v.dim());
    let blocks = vec![BLOCK; k.nrows() / BLOCK];
    let error = |(query, whole): (ArrayView1<f64>, ArrayView1<f64>)| {
        let scores = k.dot(&query) / (q.ncols() as f64).sqrt();
        (whole[0] - without_rescaling(&scores, &v, &blocks)).abs()
    };
    q.outer_iter().zip(whole.outer_iter()).map(error).fold(0.0, worse)
}
