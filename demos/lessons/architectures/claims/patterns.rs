//! C2, C5, C7, C12: who sees whom, and what follows.

use concepts::architecture::Architecture;
use concepts::numerics::tolerance::ORACLE_F64;
use ndarray::Array2;

use crate::kit::claim::{Claim, Control, Correction, Degree, Measure, Test};
use crate::kit::measure::{COUNTED, ROUNDING};
use crate::kit::text::{Text, text};
use crate::lessons::architectures::experiments::{
    Refill, against_pattern, appended, both_ways_sum, chain_rule_sum, gibbs_distance, influences, moved,
};

/// Tokens, layers and width of the models.
const N: usize = 8;
const LAYERS: usize = 3;
const D: usize = 16;

/// Does an output depend on an input? `(output, input)`, counted from 0.
type Pattern = fn(usize, usize) -> bool;

/// Everything sees everything.
const BOTH_WAYS: Pattern = |_, _| true;
/// An output depends on inputs up to its own place.
const PAST: Pattern = |output, input| input <= output;

/// Pairs that moved, and pairs in which what moved is not what was expected. The pattern is written down
/// here, pair by pair, and not taken from the masks that made the model.
fn counted(kind: Architecture, pattern: Pattern, n: usize, seed: u64) -> (f64, f64) {
    let expected = Array2::from_shape_fn((n, n), |(output, input)| pattern(output, input));
    influences(kind, n, LAYERS, D, seed).map_or((f64::NAN, f64::NAN), |matrix| {
        (moved(&matrix) as f64, against_pattern(&matrix, &expected) as f64)
    })
}

fn pairs(what: Text, value: f64, target: f64, seed: u64) -> Measure {
    Measure::near(what, value, target, 0.0, COUNTED).over(N * N).drawn(seed)
}

/// C2
pub(super) fn encoder_is_bidirectional(seed: u64) -> Claim {
    let test = |kind| {
        let (count, wrong) = counted(kind, BOTH_WAYS, N, seed);
        Test(vec![
            pairs(
                text(
                    "pairs (input, output) of 64 that move, through 3 layers",
                    "3 层之后，64 对（输入，输出）里有几对变化",
                ),
                count,
                64.0,
                seed,
            ),
            pairs(
                text("pairs against a mask that hides nothing", "与“全部可见”不符的有几对"),
                wrong,
                0.0,
                seed,
            ),
        ])
    };
    Claim::holds(
        "LLM-Q5-C2",
        text(
            "An encoder attends both ways: it sees the whole context at once.",
            "编码器使用双向注意力，能同时看到完整上下文。",
        ),
        test(Architecture::EncoderOnly),
        vec![Control::new(text("a decoder in its place", "换成解码器"), test(Architecture::DecoderOnly))],
    )
}

/// C7
pub(super) fn decoder_is_causal(seed: u64) -> Claim {
    let test = |kind| {
        let (count, wrong) = counted(kind, PAST, N, seed);
        Test(vec![
            pairs(
                text("pairs of 64 that move: the lower triangle, 36", "64 对里有几对变化：下三角共 36 对"),
                count,
                36.0,
                seed,
            ),
            pairs(
                text(
                    "pairs against the causal mask: exact zeros elsewhere",
                    "与因果 mask 不符的有几对：其余应精确为 0",
                ),
                wrong,
                0.0,
                seed,
            ),
        ])
    };
    Claim::holds(
        "LLM-Q5-C7",
        text(
            "A decoder attends causally: it sees only what came before.",
            "解码器使用单向（因果）注意力，只能看到前面的内容。",
        ),
        test(Architecture::DecoderOnly),
        vec![
            Control::new(text("an encoder in its place", "换成编码器"), test(Architecture::EncoderOnly)),
            Control::new(
                text("a prefix of 3 tokens seen both ways", "前 3 个 token 双向可见"),
                test(Architecture::PrefixLm { prefix: 3 }),
            ),
        ],
    )
}

/// C12
pub(super) fn encoder_decoder(seed: u64) -> Claim {
    const SOURCE: usize = 4;
    const BOTH: usize = 7;
    // All of the source; of the target an output of the decoder sees its past.
    const PATTERN: Pattern = |output, input| input < SOURCE || (output >= SOURCE && input <= output);
    let right = Architecture::EncoderDecoder { source: SOURCE };
    let test = |kind| {
        let (count, wrong) = counted(kind, PATTERN, BOTH, seed);
        Test(vec![
            pairs(
                text(
                    "4 source and 3 target tokens: pairs of 49 that move (16 + 12 + 6)",
                    "4 个源 token、3 个目标 token：49 对里有几对变化（16 + 12 + 6）",
                ),
                count,
                34.0,
                seed,
            ),
            pairs(
                text(
                    "pairs against: encoder both ways, decoder on all source and its own past",
                    "与“编码器双向、解码器看全部源序列和自己的前文”不符的有几对",
                ),
                wrong,
                0.0,
                seed,
            ),
        ])
    };
    Claim::holds(
        "LLM-Q5-C12",
        text(
            "In an encoder–decoder the encoder attends both ways, the decoder causally and to the encoder by cross-attention.",
            "encoder-decoder 中，编码器双向；解码器单向，并通过交叉注意力看编码器的输出。",
        ),
        test(right),
        vec![
            Control::new(
                text("a decoder over source and target alike", "整个序列都用解码器"),
                test(Architecture::DecoderOnly),
            ),
            Control::new(
                text("an encoder over source and target alike", "整个序列都用编码器"),
                test(Architecture::EncoderOnly),
            ),
        ],
    )
}

/// C5
pub(super) fn encoder_cannot_generate(seed: u64) -> Claim {
    /// Sweeps of the sampler, and how near it must come: 20 standard errors of a frequency.
    const SWEEPS: usize = 200_000;
    const NEAR: f64 = 0.02;
    let distance = gibbs_distance(SWEEPS, Refill::SeeingTheOther, seed);
    let sums = both_ways_sum(seed);
    let test = |kind: Architecture, both_ways: f64, distance: f64| {
        Test(vec![
            Measure::at_least(
                text(
                    "append a token: states of the earlier ones move by",
                    "末尾添一个 token：前面各状态的变化",
                ),
                appended(kind, N, LAYERS, D, seed),
                0.01,
                text("states are of order 1", "状态量级为 1"),
            )
            .over(N * D)
            .drawn(seed),
            Measure::at_most(
                text("in a decoder they move by", "解码器中的变化"),
                appended(Architecture::DecoderOnly, N, LAYERS, D, seed),
                ORACLE_F64,
                ROUNDING,
            )
            .over(N * D)
            .drawn(seed),
            Measure::at_most(
                text(
                    "probabilities of all strings, left to right: distance of their sum from 1",
                    "从左到右的条件概率：所有字符串概率之和与 1 的差",
                ),
                (chain_rule_sum(seed) - 1.0).abs(),
                ORACLE_F64,
                ROUNDING,
            )
            .over(8)
            .drawn(seed),
            Measure::at_least(
                text("with conditionals that look both ways", "双向条件概率：同上"),
                (both_ways - 1.0).abs(),
                1e-3,
                text("far above rounding", "远大于舍入误差"),
            )
            .over(8)
            .drawn(seed),
            Measure::at_most(
                text(
                    "filling in again and again (Gibbs): distance from the joint distribution",
                    "反复填空（Gibbs）：与联合分布的距离",
                ),
                distance,
                NEAR,
                text("frequencies of 200000 sweeps", "由 20 万轮的频率估计"),
            )
            .over(SWEEPS)
            .drawn(seed),
        ])
    };
    Claim::corrected(
        "LLM-Q5-C5",
        text(
            "An encoder is no good at generation: it looks both ways and so cannot generate autoregressively.",
            "编码器不擅长生成：双向注意力无法自回归生成。",
        ),
        Test(vec![
            Measure::at_least(
                text("cannot generate: distance between what bidirectional conditionals generate and the joint", "若不能生成：按双向条件概率生成的结果与联合分布的距离"),
                distance,
                0.1,
                text("a tenth of all probability in the wrong place", "至少一成的概率放错了位置"),
            )
            .over(SWEEPS)
            .drawn(seed),
        ]),
        Correction {
            degree: Degree::Qualified,
            counterexample: Text::new(
                format!("Gibbs sampling from conditionals that look both ways comes within {distance:.4} of the joint distribution"),
                format!("用双向条件概率做 Gibbs 采样，与联合分布的距离只有 {distance:.4}"),
            ),
            say: text(
                "It can generate, by filling in masked tokens again and again, as mask-predict and diffusion models do. What it lacks is a left-to-right factorisation whose probabilities sum to 1, and a cache: every appended token changes all earlier states.",
                "能生成，只是要反复填补遮住的 token，mask-predict 和扩散语言模型就是这么做的。它缺两样：一是概率之和为 1 的从左到右分解，二是缓存，因为每添一个 token，前面的状态全都会变。",
            ),
            test: test(Architecture::EncoderOnly, sums, distance),
        },
        vec![
            Control::new(text("a decoder taken for the encoder", "把解码器当成编码器"), test(Architecture::DecoderOnly, sums, distance)),
            Control::new(text("left-to-right conditionals in the place of both ways", "把双向条件概率换成从左到右"), test(Architecture::EncoderOnly, chain_rule_sum(seed), distance)),
            Control::new(text("places filled in without a look at each other", "填空时不看其他位置"), test(Architecture::EncoderOnly, sums, gibbs_distance(SWEEPS, Refill::Blind, seed))),
        ],
    )
}
