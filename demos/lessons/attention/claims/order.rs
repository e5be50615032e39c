//! C5, C16: what can be done at once, and what long sequences cost.

use concepts::attention::MultiHead;
use concepts::numerics::statistics::log_log_slope;
use concepts::numerics::{normal, rng};

use crate::kit::claim::{Claim, Control, Correction, Degree, Measure, Test};
use crate::kit::measure::COUNTED;
use crate::kit::text::{Text, text};
use crate::lessons::attention::experiments::growth::{Layer, count, generate};

const D: usize = 8;
const SHORT: usize = 8;
const LONG: usize = 64;

/// C5
pub(super) fn all_at_once(seed: u64) -> Claim {
    let stages = |layer: Layer, n: usize| count(layer, n, D, seed).stages() as f64;
    let generated = |n: usize| generate(n, D, true, seed).stages() as f64;
    let all_known = |n: usize| stages(Layer::Attention, n);
    let depth = |layer: Layer, recurrent: Layer, generated: &dyn Fn(usize) -> f64| {
        Test(vec![
            Measure::near(
                text(
                    "matrix products in a row, whole sequence known: 64 tokens over 8",
                    "整个序列已知时，必须串行的矩阵乘法次数：64 个 token / 8 个",
                ),
                stages(layer, LONG) / stages(layer, SHORT),
                1.0,
                0.0,
                COUNTED,
            ),
            Measure::near(
                text("the same for an RNN", "RNN 的同一比值"),
                stages(recurrent, LONG) / stages(recurrent, SHORT),
                (LONG / SHORT) as f64,
                0.0,
                COUNTED,
            ),
            Measure::near(
                text("the same when attention generates token by token", "注意力逐个 token 生成时的同一比值"),
                generated(LONG) / generated(SHORT),
                (LONG / SHORT) as f64,
                0.0,
                COUNTED,
            ),
        ])
    };
    Claim::corrected(
        "LLM-Q1-C5",
        text(
            "An RNN must go through a sequence in order, a Transformer processes the whole sequence in parallel.",
            "RNN 必须按顺序逐步计算，Transformer 可以并行处理整个序列。",
        ),
        Test(vec![Measure::near(
            text(
                "always in parallel: depth of generating 64 tokens over 8",
                "若总能并行，深度就与长度无关：生成 64 个 token / 生成 8 个",
            ),
            generated(LONG) / generated(SHORT),
            1.0,
            0.0,
            COUNTED,
        )]),
        Correction {
            degree: Degree::Qualified,
            counterexample: Text::new(
                format!(
                    "generating {LONG} tokens takes {} matrix products one after another, {SHORT} tokens take {}: each token waits for the one before it",
                    generated(LONG),
                    generated(SHORT)
                ),
                format!(
                    "生成 {LONG} 个 token 要串行做 {} 次矩阵乘法，{SHORT} 个要 {} 次：每个 token 都得等前一个",
                    generated(LONG),
                    generated(SHORT)
                ),
            ),
            say: text(
                "In training and in prefill the whole sequence is known, and an attention layer needs a constant number of dependent steps where an RNN needs n. Generation is another matter: token t + 1 needs token t, so both go step by step.",
                "训练和 prefill 时整个序列已知，注意力层的串行步数是常数，RNN 是 n。但自回归生成是另一回事：第 t + 1 个 token 要等第 t 个出来，两者都得一步一步来。",
            ),
            test: depth(Layer::Attention, Layer::Rnn, &generated),
        },
        vec![
            Control::new(
                text("attention and RNN exchanged", "注意力与 RNN 对调"),
                depth(Layer::Rnn, Layer::Attention, &generated),
            ),
            Control::new(
                text(
                    "generation counted as if all its tokens were known beforehand",
                    "把生成当成所有 token 事先已知",
                ),
                depth(Layer::Attention, Layer::Rnn, &all_known),
            ),
        ],
    )
}

/// C16
pub(super) fn long_sequences(seed: u64) -> Claim {
    let lengths = [8, 16, 32, 64, 128];
    let cache = |n: usize| cache_elements(None, n, seed);
    let window = |n: usize| cache_elements(Some(16), n, seed);
    // What an RNN keeps: its state, however many tokens there were.
    let rnn_state = D as f64;
    let slope = |kept: &dyn Fn(usize) -> f64| {
        let xs: Vec<f64> = lengths.iter().map(|&n| n as f64).collect();
        let ys: Vec<f64> = lengths.iter().map(|&n| kept(n)).collect();
        log_log_slope(&xs, &ys)
    };
    let longest = lengths[lengths.len() - 1];
    let path = |layer: Layer| count(layer, longest, D, seed).stages() as f64;
    let test = |kept: &dyn Fn(usize) -> f64, direct: Layer, stepwise: Layer| {
        Test(vec![
            Measure::near(
                text(
                    "state kept while generating grows like n to the power",
                    "生成时保留的状态随 n 增长的幂次",
                ),
                slope(kept),
                1.0,
                1e-9,
                COUNTED,
            )
            .over(lengths.len()),
            Measure::near(
                text(
                    "state of attention over that of an RNN, at 128 tokens",
                    "128 个 token 时，注意力的状态 / RNN 的状态",
                ),
                kept(longest) / rnn_state,
                2.0 * longest as f64,
                0.0,
                text("one key and one value a token", "每个 token 一个 key、一个 value"),
            ),
            Measure::near(
                text(
                    "in return, the path from the first token to the last: attention's core has this many products in a row",
                    "换来的是路径短：从首 token 到末 token，注意力核心只需串行这么多次矩阵乘法",
                ),
                path(direct),
                2.0,
                0.0,
                COUNTED,
            ),
            Measure::near(
                text("and an RNN this many", "RNN 则要串行这么多次"),
                path(stepwise),
                longest as f64,
                0.0,
                COUNTED,
            ),
        ])
    };
    Claim::corrected(
        "LLM-Q1-C16",
        text(
            "Self-attention is better suited to long sequences than an RNN.",
            "自注意力比 RNN 更适合处理长序列。",
        ),
        Test(vec![Measure::at_most(
            text(
                "better suited in memory too: state kept at 128 tokens, attention over RNN",
                "若内存上也更合适：128 个 token 时保留的状态，注意力 / RNN",
            ),
            cache(longest) / rnn_state,
            1.0,
            COUNTED,
        )]),
        Correction {
            degree: Degree::Qualified,
            counterexample: Text::new(
                format!(
                    "width {D}, {longest} tokens: attention keeps {} elements, an RNN {rnn_state}; already the first token costs {}, more than the RNN's whole state",
                    cache(longest),
                    cache(1)
                ),
                format!(
                    "宽度 {D}、{longest} 个 token：注意力保留 {} 个元素，RNN 只要 {rnn_state} 个；第一个 token 的 KV 就有 {} 个，已超过 RNN 的全部状态",
                    cache(longest),
                    cache(1)
                ),
            ),
            say: text(
                "Attention has the better path: one step between any two tokens, and training in parallel. It pays in cost and memory: work like n²·d and a cache like n·d, where an RNN needs n·d² work and a state of d. For very long sequences the RNN's side of the bargain is why state-space models came back.",
                "注意力赢在路径短：任意两个 token 一步可达，训练还能并行。代价是计算和内存：计算量按 n²·d、缓存按 n·d 增长；RNN 的计算量是 n·d²，状态只有 d。序列特别长时 RNN 这笔账更划算，状态空间模型也正是因此又火了起来。",
            ),
            test: test(&cache, Layer::AttentionCore, Layer::Rnn),
        },
        vec![
            Control::new(
                text(
                    "a sliding window of 16 tokens: the cache stops growing",
                    "16 个 token 的滑动窗口：缓存不再增长",
                ),
                test(&window, Layer::AttentionCore, Layer::Rnn),
            ),
            Control::new(
                text("attention and RNN exchanged", "注意力与 RNN 对调"),
                test(&|_| rnn_state, Layer::Rnn, Layer::AttentionCore),
            ),
        ],
    )
}

/// Elements in the KV cache of one head after `n` generated tokens.
fn cache_elements(window: Option<usize>, n: usize, seed: u64) -> f64 {
    let mut rng = rng(seed, "C16");
    let Ok(layer) = MultiHead::random(D, 1, 1, &mut rng) else { return f64::NAN };
    let cache = match window {
        Some(w) => layer.new_cache().with_window(w),
        None => Ok(layer.new_cache()),
    };
    let Ok(mut cache) = cache else { return f64::NAN };
    let x = normal((n, D), 1.0, &mut rng);
    let stepped = x.rows().into_iter().all(|token| layer.step(token, &mut cache).is_ok());
    if stepped { cache.elements() as f64 } else { f64::NAN }
}
