//! C8: what attention costs.

use concepts::numerics::statistics::log_log_slope;

use crate::kit::claim::{Claim, Control, Correction, Degree, Measure, Test};
use crate::kit::measure::COUNTED;
use crate::kit::text::{Text, text};
use crate::lessons::attention::experiments::growth::{Layer, count};

/// Lengths and widths over which exponents are fitted.
const SIZES: [usize; 4] = [16, 32, 64, 128];

/// C8
pub(super) fn complexity(seed: u64) -> Claim {
    const D: usize = 64;
    let tally = |layer, n, d| count(layer, n, d, seed);
    let ops = |layer, n, d| tally(layer, n, d).multiply_adds() as f64;
    let xs: Vec<f64> = SIZES.iter().map(|&n| n as f64).collect();
    let in_n = |layer| log_log_slope(&xs, &SIZES.map(|n| ops(layer, n, D)));
    let in_d = |layer| log_log_slope(&xs, &SIZES.map(|d| ops(layer, D, d)));
    let exponent = |what: Text, value: f64, target: f64| {
        Measure::near(what, value, target, 1e-9, COUNTED).over(SIZES.len())
    };
    let exactly = |what: Text, value: f64, target: f64| Measure::near(what, value, target, 0.0, COUNTED);
    let [short, .., long] = SIZES;
    let longer = |layer| tally(layer, long, D).stages() as f64 / tally(layer, short, D).stages() as f64;
    let core_exponent = |core: Layer| {
        exponent(text("attention core: exponent of n", "注意力核心：n 的幂次"), in_n(core), 2.0)
    };
    let rnn_exponent = |rnn: Layer| exponent(text("RNN: exponent of n", "RNN：n 的幂次"), in_n(rnn), 1.0);
    let test = |core: Layer, rnn: Layer, layer: Layer| {
        Test(vec![
            core_exponent(core),
            exponent(text("attention core: exponent of d", "注意力核心：d 的幂次"), in_d(core), 1.0),
            rnn_exponent(rnn),
            exponent(text("RNN: exponent of d", "RNN：d 的幂次"), in_d(rnn), 2.0),
            exactly(
                text("core at n = d = 64, over 2n²d", "n = d = 64 时核心 / 2n²d"),
                ops(core, D, D) / (2 * D * D * D) as f64,
                1.0,
            ),
            exactly(
                text("core over RNN at n = d = 64", "n = d = 64 时核心 / RNN"),
                ops(core, D, D) / ops(rnn, D, D),
                1.0,
            ),
            exactly(
                text(
                    "layer with its four projections over RNN, 2 + n/d: n = 16, d = 64",
                    "含四个投影的一层 / RNN，即 2 + n/d：n = 16、d = 64",
                ),
                ops(layer, short, D) / ops(rnn, short, D),
                2.25,
            ),
            exactly(
                text(
                    "dependent products, attention layer: n = 128 over n = 16",
                    "串行的矩阵乘法数，注意力层：n = 128 / n = 16",
                ),
                longer(layer),
                1.0,
            ),
            exactly(text("the same for the RNN", "RNN 的同一比值"), longer(rnn), (long / short) as f64),
        ])
    };
    Claim::corrected(
        "LLM-Q1-C8",
        text(
            "For a sequence of n tokens an RNN costs O(n), self-attention O(n²) but in parallel.",
            "序列长度为 n 时，RNN 是 O(n)，自注意力是 O(n²)，但可以并行。",
        ),
        Test(vec![
            core_exponent(Layer::AttentionCore),
            rnn_exponent(Layer::Rnn),
            Measure::at_least(
                text(
                    "if n alone decided, attention would be dearer at every width: core over RNN at n = 16, d = 64",
                    "若只看 n，d 取多少注意力都该更贵：n = 16、d = 64 时核心 / RNN",
                ),
                ops(Layer::AttentionCore, short, D) / ops(Layer::Rnn, short, D),
                1.0,
                COUNTED,
            ),
        ]),
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
                "Do not leave out d. Per layer the attention core takes n²·d work and the RNN n·d²; they meet at n = d, and below it the core is the cheaper one. With its projections, another n·d², an attention layer costs at least twice the RNN at any length. What is O(1) against O(n) is the number of dependent steps, not the work.",
                "别漏了 d。按一层算，注意力核心是 n²·d，RNN 是 n·d²，n = d 时打平，n < d 时核心反而便宜；再加上同样按 n·d² 增长的投影，整个注意力层不论多长都至少是 RNN 的两倍。O(1) 对 O(n) 比的是串行步数，不是计算量。",
            ),
            test: test(Layer::AttentionCore, Layer::Rnn, Layer::Attention),
        },
        vec![
            Control::new(
                text(
                    "linear attention: no softmax, the products taken in the other order",
                    "换成线性注意力：去掉 softmax，改变乘法顺序",
                ),
                test(Layer::LinearAttention, Layer::Rnn, Layer::Attention),
            ),
            Control::new(
                text("attention and RNN exchanged", "注意力与 RNN 对调"),
                test(Layer::Rnn, Layer::AttentionCore, Layer::Rnn),
            ),
            Control::new(
                text("the projections left out of the layer", "漏算整层里的投影"),
                test(Layer::AttentionCore, Layer::Rnn, Layer::AttentionCore),
            ),
        ],
    )
}
