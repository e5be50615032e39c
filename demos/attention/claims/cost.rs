//! C8, C11, C12: what attention costs, and what makes it cheaper.

use concepts::attention::counted::{counted_backward, counted_core, counted_tiled};
use concepts::attention::traffic::{naive_traffic, tiled_traffic};
use concepts::attention::{Mask, MultiHead, attention, tiled_attention_reference};
use concepts::numerics::statistics::log_log_slope;
use concepts::numerics::tolerance::EXACT_F64;
use concepts::numerics::{Tally, Tracked, max_difference, normal, rng};
use ndarray::{Array2, Axis};

use super::{COUNTED, ROUNDING, control, corrected, holds, or_nan};
use crate::attention::derivations::without_rescaling;
use crate::attention::experiments::growth::{Layer, count, generate};
use crate::attention::figures::{FAST_ELEMENTS, HEAD};
use crate::kit::claim::{Claim, Correction, Degree, Measure, Test};
use crate::kit::text::{Text, text};

/// Lengths and widths over which exponents are fitted.
const SIZES: [usize; 4] = [16, 32, 64, 128];

/// C8
pub(super) fn complexity(seed: u64) -> Claim {
    const D: usize = 64;
    let ops = |layer, n, d| count(layer, n, d, seed).multiply_adds() as f64;
    let xs: Vec<f64> = SIZES.iter().map(|&n| n as f64).collect();
    let in_n = |layer| log_log_slope(&xs, &SIZES.map(|n| ops(layer, n, D)));
    let in_d = |layer| log_log_slope(&xs, &SIZES.map(|d| ops(layer, D, d)));
    let exponent = |what: Text, value: f64, target: f64| {
        Measure::near(what, value, target, 1e-9, COUNTED).over(SIZES.len())
    };
    let test = |core: Layer| {
        Test(vec![
            exponent(text("attention core: exponent of n", "注意力核心：n 的幂次"), in_n(core), 2.0),
            exponent(text("attention core: exponent of d", "注意力核心：d 的幂次"), in_d(core), 1.0),
            exponent(text("RNN: exponent of n", "RNN：n 的幂次"), in_n(Layer::Rnn), 1.0),
            exponent(text("RNN: exponent of d", "RNN：d 的幂次"), in_d(Layer::Rnn), 2.0),
            exponent(
                text("core over RNN at n = d = 64", "n = d = 64 时核心 / RNN"),
                ops(core, D, D) / ops(Layer::Rnn, D, D),
                1.0,
            ),
        ])
    };
    let short = 16;
    corrected(
        "LLM-Q1-C8",
        text(
            "For a sequence of n tokens an RNN costs O(n), self-attention O(n²) but in parallel.",
            "序列长度为 n 时，RNN 是 O(n)，自注意力是 O(n²)，但可以并行。",
        ),
        Test(vec![Measure::at_least(
            text(
                "then attention should be dearer at every n: core over RNN at n = 16, d = 64",
                "照这么说，n 取多少注意力都更贵：n = 16、d = 64 时核心 / RNN",
            ),
            ops(Layer::AttentionCore, short, D) / ops(Layer::Rnn, short, D),
            1.0,
            COUNTED,
        )]),
        Correction {
            degree: Degree::Qualified,
            counterexample: Text::new(
                format!(
                    "n = {short}, d = {D}: attention's core takes {} multiply-adds, the RNN {}",
                    ops(Layer::AttentionCore, short, D),
                    ops(Layer::Rnn, short, D)
                ),
                format!(
                    "n = {short}、d = {D}：注意力核心 {} 次乘加，RNN {} 次",
                    ops(Layer::AttentionCore, short, D),
                    ops(Layer::Rnn, short, D)
                ),
            ),
            say: text(
                "Per layer the attention core takes n²·d work and the RNN n·d²; they meet at n = d, and below it attention is the cheaper one. The projections add n·d² to attention. What is O(1) against O(n) is the number of dependent steps, not the work.",
                "按一层算，注意力核心是 n²·d，RNN 是 n·d²，n = d 时打平，n < d 时注意力反而便宜；投影另算 n·d²。O(1) 对 O(n) 比的是串行步数，不是计算量。",
            ),
            test: test(Layer::AttentionCore),
        },
        vec![control(
            text(
                "linear attention: no softmax, the products taken in the other order",
                "换成线性注意力：去掉 softmax，改变乘法顺序",
            ),
            test(Layer::LinearAttention),
        )],
    )
}

/// C11
pub(super) fn cache_is_faster(seed: u64) -> Claim {
    const N: usize = 32;
    const D: usize = 16;
    let mut rng = rng(seed, "C11");
    let layer = MultiHead::random(D, 2, 2, &mut rng);
    let x = normal((N, D), 1.0, &mut rng);
    let work = |cached| generate(N, D, cached, seed).multiply_adds() as f64;
    let test = |mask: &Mask| {
        let full = or_nan(
            layer.as_ref().map_err(Clone::clone).and_then(|layer| layer.forward(x.view(), mask)),
            (N, D),
        );
        let stepped = layer
            .as_ref()
            .map_or_else(|_| Array2::from_elem((N, D), f64::NAN), |layer| step_by_step(layer, &x));
        Test(vec![
            Measure::at_most(
                text(
                    "outputs step by step with a cache, against all at once",
                    "带缓存逐步算，与一次算完的差异",
                ),
                max_difference(&full, &stepped),
                EXACT_F64,
                ROUNDING,
            )
            .over(N * D)
            .drawn(seed),
            Measure::at_least(
                text(
                    "multiply-adds for 32 tokens, without cache over with",
                    "生成 32 个 token 的乘加次数，无缓存 / 有缓存",
                ),
                work(false) / work(true),
                N as f64 / 2.0,
                text("each of n tokens recomputes n/2 others", "每个 token 平均要重算前面 n/2 个"),
            )
            .over(N),
        ])
    };
    holds(
        "LLM-Q1-C11",
        text("A KV cache speeds up inference.", "KV cache 能加速推理。"),
        test(&Mask::Causal),
        vec![control(
            text(
                "no causal mask: old tokens would see new ones, and a cache gives another result",
                "去掉因果 mask：旧 token 也要看新 token，再用缓存就算错了",
            ),
            test(&Mask::None),
        )],
    )
}

fn step_by_step(layer: &MultiHead, x: &Array2<f64>) -> Array2<f64> {
    let mut cache = layer.new_cache();
    let mut out = Array2::from_elem(x.dim(), f64::NAN);
    for (token, mut row) in x.rows().into_iter().zip(out.axis_iter_mut(Axis(0))) {
        if let Ok(output) = layer.step(token, &mut cache) {
            row.assign(&output);
        }
    }
    out
}

/// C12
pub(super) fn flash_attention(seed: u64) -> Claim {
    let forward = forward_work(seed, true) / forward_work(seed, false);
    let backward = backward_work(seed, true) / backward_work(seed, false);
    let exact = tiled_error(seed);
    let forgetful = forgetful_error(seed);
    let moved = |n: u64| {
        let tiled = tiled_traffic(n, HEAD, FAST_ELEMENTS).map_or(f64::NAN, |traffic| traffic.total() as f64);
        naive_traffic(n, HEAD).total() as f64 / tiled
    };
    let test = |error: f64, ratio: &dyn Fn(u64) -> f64| {
        let traffic = [1024, 4096, 16384].map(|n| {
            Measure::at_least(
                Text::new(
                    format!("elements moved, three passes over tiled, n = {n}"),
                    format!("搬运的元素数，标准实现 / 分块，n = {n}"),
                ),
                ratio(n),
                2.0,
                text("fast memory of 98304 elements, d = 64", "SRAM 容量 98304 个元素，d = 64"),
            )
        });
        let exact = Measure::at_most(
            text("tiled against the formula: largest difference", "分块结果与公式的最大差异"),
            error,
            EXACT_F64,
            ROUNDING,
        )
        .drawn(seed);
        let extra = Measure::at_most(
            text(
                "elements held at once, over the n × n scores of the formula, n = 4096",
                "同时保存的元素数 / 标准实现要存的 n × n 个分数，n = 4096",
            ),
            held_share(4096),
            0.01,
            text("a block stays in fast memory", "一块放得进 SRAM"),
        );
        Test(std::iter::once(exact).chain(traffic).chain([extra]).collect())
    };
    corrected(
        "LLM-Q1-C12",
        text(
            "FlashAttention needs less memory and computes faster.",
            "FlashAttention 减少显存占用，加快计算。",
        ),
        Test(vec![
            Measure::at_most(
                text(
                    "less computation, forward: multiply-adds, tiled over plain",
                    "若真算得更少，前向的乘加次数：分块 / 标准",
                ),
                forward,
                0.99,
                text("fewer than before", "应少于原来"),
            ),
            Measure::at_most(
                text("less computation, forward and backward", "前向加反向也是：分块 / 标准"),
                backward,
                0.99,
                text("fewer than before", "应少于原来"),
            ),
        ]),
        Correction {
            degree: Degree::Qualified,
            counterexample: Text::new(
                format!(
                    "counted: the forward pass does {forward:.2} times the multiply-adds, forward and backward together {backward:.2} times, for the scores are computed again"
                ),
                format!(
                    "实际计数：前向乘加是原来的 {forward:.2} 倍，前向加反向是 {backward:.2} 倍，因为反向要重算分数"
                ),
            ),
            say: text(
                "FlashAttention is exact, not an approximation. It does not compute less, in the backward pass even more; it moves less. The n × n scores never leave fast memory: extra memory O(n) instead of O(n²), and slow-memory traffic Θ(n²d²/M) instead of Θ(nd + n²). Faster where memory bandwidth is the limit.",
                "FlashAttention 是精确算法，不是近似。它没有少算，反向因为重算反而更多；省的是访存：n × n 的分数一直留在 SRAM 里，不写回显存。额外内存从 O(n²) 降到 O(n)，显存读写从 Θ(nd + n²) 降到 Θ(n²d²/M)，M 是 SRAM 大小。所以带宽是瓶颈时它才更快。",
            ),
            test: test(exact, &moved),
        },
        vec![
            control(
                text("the output not rescaled when the maximum moves", "最大值变化时忘了给输出重新缩放"),
                test(forgetful, &moved),
            ),
            control(
                text(
                    "every block of scores written to slow memory and read back",
                    "每块分数都写回显存再读出来",
                ),
                test(exact, &|n| {
                    1.0 / (1.0 / moved(n) + 4.0 * (n * n) as f64 / naive_traffic(n, HEAD).total() as f64)
                }),
            ),
        ],
    )
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

/// One query over all keys, its output never rescaled.
fn forgetful_error(seed: u64) -> f64 {
    let [q, k, v, _] = drawn_core(seed);
    let scores = k.dot(&q.row(0)) / (q.ncols() as f64).sqrt();
    let forgetful = without_rescaling(&scores, &v, &vec![BLOCK; k.nrows() / BLOCK]);
    let whole = attention(q.view(), k.view(), v.view(), &Mask::None);
    whole.map_or(f64::NAN, |whole| (whole[[0, 0]] - forgetful).abs())
}

/// The most elements that tiled attention holds at once, as a share of `n²`.
fn held_share(n: u64) -> f64 {
    tiled_traffic(n, HEAD, FAST_ELEMENTS)
        .map_or(f64::NAN, |traffic| traffic.working_set as f64 / (n * n) as f64)
}
