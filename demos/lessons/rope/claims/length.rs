//! C6, C10, C12, C14: longer than trained.

use concepts::numerics::tolerance::EXACT_F64;
use concepts::numerics::{max_abs, rng};
use concepts::position::rope::{Scaling, ntk_base, out_of_range, phase_ratios, rope_frequencies};
use concepts::position::{LearnedTable, sinusoidal_frequencies};

use ndarray::Array2;

use super::{BASE, D, theta};
use crate::kit::claim::{Claim, Control, Correction, Degree, Measure, Test};
use crate::kit::measure::{COUNTED, ROUNDING};
use crate::kit::text::{Text, text};
use crate::lessons::rope::experiments::extension::{extended, fit, incomplete};

/// Length of training and eight times that, as in the written answer.
const TRAIN: usize = 2048;
const LONG: usize = 16_384;
/// Directions of the fit below this share of the strongest are left out: large coefficients allowed.
const LOOSE: f64 = 1e-10;
/// Only moderate coefficients allowed.
const TIGHT: f64 = 1e-2;

/// Why the counts are what they are.
const BY_HAND: Text = text(
    "by hand: pairs with 2048·θ < 2π are those from index 41 on",
    "手算：编号 41 起的各对满足 2048·θ < 2π",
);

/// C6
pub(super) fn extrapolates(seed: u64) -> Claim {
    let plain = extended("none", D, BASE, TRAIN, LONG).outside;
    let (loose, tight) =
        rayon::join(|| fit(&theta(), TRAIN, LOOSE, seed), || fit(&theta(), TRAIN, TIGHT, seed));
    let test = |len: usize, end_of: fn(&crate::lessons::rope::experiments::extension::Fit) -> f64| {
        let outside = |name: &str, what: Text, target: f64| {
            Measure::near(what, extended(name, D, BASE, TRAIN, len).outside, target, 0.0, BY_HAND).over(D / 2)
        };
        Test(vec![
            outside(
                "none",
                text("pairs outside their trained range at 16384, plain", "用到 16384，有几对越界：不缩放"),
                23.0,
            ),
            outside("pi", text("the same with position interpolation", "换成位置插值，有几对"), 0.0),
            outside("ntk", text("with NTK-aware scaling", "换成 NTK-aware，有几对"), 22.0),
            outside("yarn", text("with YaRN", "换成 YaRN，有几对"), 0.0),
            Measure::near(
                text(
                    "position interpolation: largest phase of a slow pair over its largest in training",
                    "位置插值：低频对的最大相位 / 训练时的最大相位",
                ),
                extended("pi", D, BASE, TRAIN, len).farthest,
                1.0,
                EXACT_F64,
                ROUNDING,
            ),
            Measure::near(
                text("YaRN: fastest frequency, new over old", "YaRN：最高的频率，新 / 旧"),
                fastest("yarn", len),
                1.0,
                EXACT_F64,
                ROUNDING,
            ),
            Measure::at_least(
                text(
                    "a score fitted to a bounded curve on 0…2048: largest beyond, over inside",
                    "在 0…2048 上拟合一条有界曲线的分数：区间外最大值 / 区间内最大值",
                ),
                end_of(&loose) / loose.inside,
                1e3,
                text("coefficients of any size allowed", "允许任意大的系数"),
            )
            .drawn(seed),
            Measure::at_most(
                text("the same between the fitted places", "同一比值，换成拟合点之间（插值）"),
                loose.between / loose.inside,
                2.0,
                text("interpolation stays bounded", "插值保持有界"),
            )
            .drawn(seed),
        ])
    };
    Claim::corrected(
        "LLM-Q3-C6",
        text(
            "RoPE extrapolates well: trained on 2k, inference goes to 16k and more with NTK-aware scaling.",
            "RoPE 外推性好：训练 2k，配合 NTK-Aware Scaling 推理可到 16k+。",
        ),
        Test(vec![
            Measure::at_most(
                text(
                    "good extrapolation: pairs of plain RoPE that meet new angles at 16384",
                    "照原句，RoPE 本身就该外推得好：不缩放，用到 16384，有几对遇到新角度",
                ),
                plain,
                0.0,
                COUNTED,
            )
            .over(D / 2),
        ]),
        Correction {
            degree: Degree::Qualified,
            counterexample: Text::new(
                format!(
                    "{plain} of {} pairs leave their trained range, and a score that is at most {:.2} on the trained places reaches {:.1e} just beyond them (with moderate coefficients only {:.1})",
                    D / 2,
                    loose.inside,
                    loose.beyond,
                    tight.beyond
                ),
                format!(
                    "{} 对里有 {plain} 对越界；同一条分数曲线，训练区间内不超过 {:.2}，一出区间就能到 {:.1e}（限制系数大小时只有 {:.1}）",
                    D / 2,
                    loose.inside,
                    loose.beyond,
                    tight.beyond
                ),
            ),
            say: text(
                "Plain RoPE extrapolates badly: beyond the trained length the slow pairs meet angles they have never seen. It is scaling that extends the window: position interpolation, NTK-aware, YaRN, usually with some fine-tuning. Eight times without any is the optimistic end.",
                "RoPE 本身外推并不好：一超出训练长度，低频的那些对就遇到没见过的角度。真正扩展窗口的是缩放方法，比如位置插值、NTK-aware、YaRN，通常还要少量微调；不微调就直接扩到 8 倍，算是偏乐观的说法。",
            ),
            test: test(LONG, |fit| fit.beyond),
        },
        vec![
            Control::new(
                text("no longer than trained", "使用长度不超过训练长度"),
                test(TRAIN, |fit| fit.beyond),
            ),
            Control::new(
                text("the fit looked at inside its range only", "只看拟合区间之内"),
                test(LONG, |fit| fit.inside),
            ),
        ],
    )
}

/// The fastest frequency that a method uses, over the trained one.
fn fastest(name: &str, len: usize) -> f64 {
    let used = crate::lessons::rope::setup::method(name, TRAIN, len).frequencies(D, BASE);
    used.map_or(f64::NAN, |used| used[0] / theta()[0])
}

/// C10
pub(super) fn generalises_better(seed: u64) -> Claim {
    let learned = LearnedTable::random(TRAIN, 4, 0.02, &mut rng(seed, "Q3 C10"));
    let sinusoidal = |len: usize| {
        let frequencies = sinusoidal_frequencies(D, BASE).unwrap_or_default();
        count(out_of_range(&frequencies, &frequencies, TRAIN, len).ok())
    };
    let rotary = |len: usize| extended("none", D, BASE, TRAIN, len).outside;
    let test = |len: usize| {
        let refused =
            learned.as_ref().map_or(f64::NAN, |table| if table.row(len - 1).is_err() { 1.0 } else { 0.0 });
        Test(vec![
            Measure::near(
                text(
                    "RoPE, at twice the trained length: pairs outside",
                    "用到两倍训练长度，有几对越界：RoPE",
                ),
                rotary(len),
                23.0,
                0.0,
                BY_HAND,
            )
            .over(D / 2),
            Measure::near(
                text("sinusoidal, the same width", "同样宽度的正弦编码，有几对"),
                sinusoidal(len),
                23.0,
                0.0,
                BY_HAND,
            )
            .over(D / 2),
            Measure::near(
                text("RoPE rescaled by position interpolation", "RoPE 加位置插值"),
                extended("pi", D, BASE, TRAIN, len).outside,
                0.0,
                0.0,
                COUNTED,
            )
            .over(D / 2),
            Measure::near(
                text("learned table: refused (1 = yes)", "可学习位置表：被拒绝（1 = 是）"),
                refused,
                1.0,
                0.0,
                COUNTED,
            ),
        ])
    };
    Claim::corrected(
        "LLM-Q3-C10",
        text(
            "Absolute encodings degrade beyond the trained length, RoPE extrapolates strongly.",
            "绝对位置编码超过训练长度性能下降，RoPE 外推性强。",
        ),
        Test(vec![
            Measure::at_most(
                text(
                    "strong extrapolation: pairs of RoPE outside at twice the length",
                    "照原句，RoPE 用到两倍训练长度也不该越界：有几对越界",
                ),
                rotary(2 * TRAIN),
                0.0,
                COUNTED,
            )
            .over(D / 2),
        ]),
        Correction {
            degree: Degree::Qualified,
            counterexample: Text::new(
                format!(
                    "at twice the trained length {} pairs of RoPE and {} of a sinusoidal table of the same width are outside: exactly as many",
                    rotary(2 * TRAIN),
                    sinusoidal(2 * TRAIN)
                ),
                format!(
                    "用到两倍训练长度，RoPE 有 {} 对越界，同样宽度的正弦编码也有 {} 对，一样多",
                    rotary(2 * TRAIN),
                    sinusoidal(2 * TRAIN)
                ),
            ),
            say: text(
                "Both degrade. A learned table is undefined beyond its end; sinusoidal and plain RoPE are defined there, but with angles the model never saw. What RoPE has is a convenient knob: its frequencies can be rescaled.",
                "两者都会退化。可学习位置表超出长度就没有定义；正弦编码和不做缩放的 RoPE 有定义，但角度是模型没见过的。RoPE 的好处是频率可以重新缩放，方便扩展。",
            ),
            test: test(2 * TRAIN),
        },
        vec![Control::new(text("at the trained length itself", "使用长度就等于训练长度"), test(TRAIN))],
    )
}

fn count(outside: Option<Vec<bool>>) -> f64 {
    outside.map_or(f64::NAN, |outside| outside.iter().filter(|out| **out).count() as f64)
}

/// C12
pub(super) fn long_texts(_seed: u64) -> Claim {
    // Trained on 8192 with the usual base, then moved to the base of LLaMA 3 and used eight times as long.
    const SHORT: usize = 8192;
    const EIGHT_TIMES: usize = 8 * SHORT;
    const LARGER: f64 = 500_000.0;
    let outside = |base: f64, len: usize| {
        let trained = theta();
        let used = rope_frequencies(D, base).unwrap_or_default();
        count(out_of_range(&used, &trained, SHORT, len).ok())
    };
    let slow =
        |base: f64| rope_frequencies(D, base).map_or(f64::NAN, |theta| incomplete(&theta, SHORT) as f64);
    let plain = outside(BASE, EIGHT_TIMES);
    let test = |base: f64| {
        Test(vec![
            Measure::near(
                text(
                    "trained model moved to base 500000, at 65536: pairs outside",
                    "训练好的模型把 base 换成 500000，用到 65536：有几对越界",
                ),
                outside(base, EIGHT_TIMES),
                0.0,
                0.0,
                COUNTED,
            )
            .over(D / 2),
            Measure::near(
                text("left as it was", "base 不变，有几对"),
                plain,
                14.0,
                0.0,
                text("by hand: 8192·θ < 2π from index 50 on", "手算：编号 50 起的各对满足 8192·θ < 2π"),
            )
            .over(D / 2),
            Measure::at_least(
                text(
                    "trained from scratch a larger base leaves more slow pairs, not fewer: ratio",
                    "若从头训练，base 更大，低频对反而更多：是原来的几倍",
                ),
                slow(base) / slow(BASE),
                1.5,
                COUNTED,
            )
            .over(D / 2),
        ])
    };
    Claim::corrected(
        "LLM-Q3-C12",
        text(
            "On long texts absolute encodings are poor and RoPE is excellent.",
            "长文本上，绝对位置编码较差，RoPE 优秀。",
        ),
        Test(vec![
            Measure::at_most(
                text(
                    "excellent as it is: pairs of plain RoPE outside at eight times the length",
                    "照原句，RoPE 本身就该优秀：不缩放，用到 8 倍长度，有几对越界",
                ),
                plain,
                0.0,
                COUNTED,
            )
            .over(D / 2),
        ]),
        Correction {
            degree: Degree::Qualified,
            counterexample: Text::new(
                format!(
                    "trained on {SHORT} places, used on {EIGHT_TIMES}: {plain} of {} pairs meet angles they never saw",
                    D / 2
                ),
                format!("训练长度 {SHORT}、用到 {EIGHT_TIMES}：{} 对里有 {plain} 对遇到没见过的角度", D / 2),
            ),
            say: text(
                "RoPE does well on long texts once it was scaled or trained for them: a larger base, as 500 000 in LLaMA 3, or interpolation with some fine-tuning. By itself it does not.",
                "RoPE 要做过缩放或长文本训练，才擅长长文本：比如像 LLaMA 3 那样把 base 提到 50 万，或者插值加少量微调。它本身并不擅长。",
            ),
            test: test(LARGER),
        },
        vec![Control::new(text("the base left at 10000", "base 保持 10000"), test(BASE))],
    )
}

/// C14
pub(super) fn ntk_aware(_seed: u64) -> Claim {
    const FACTOR: f64 = 8.0;
    // The first pair that completes no turn in training.
    const SLOW: usize = 41;
    let trained = theta();
    let last = trained.len() - 1;
    let test = |used: &[f64]| {
        let farthest = phase_ratios(used, &trained, TRAIN, LONG).map_or(f64::NAN, |ratios| {
            max_abs(&Array2::from_shape_fn((1, D / 2 - SLOW), |(_, i)| ratios[SLOW + i]))
        });
        Test(vec![
            Measure::near(
                text("fastest frequency, new over old", "最高的频率：新 / 旧"),
                used[0] / trained[0],
                1.0,
                EXACT_F64,
                ROUNDING,
            ),
            Measure::near(
                text("slowest frequency, old over new", "最低的频率：旧 / 新"),
                trained[last] / used[last],
                FACTOR,
                EXACT_F64,
                ROUNDING,
            ),
            Measure::near(
                text(
                    "largest phase of a slow pair at 16384, over its largest in training (8 without scaling)",
                    "低频对在 16384 处的最大相位 / 训练时的最大相位（不缩放时为 8）",
                ),
                farthest,
                FACTOR.powf(1.0 - (2 * SLOW) as f64 / (D - 2) as f64),
                EXACT_F64,
                text("by hand: 8^(1 − 82/126), that of pair 41", "手算：8^(1 − 82/126)，编号 41 的对"),
            )
            .over(D / 2 - SLOW),
            Measure::near(
                text(
                    "pairs outside all the same (position interpolation: 0)",
                    "仍有几对越界（位置插值为 0）",
                ),
                count(out_of_range(used, &trained, TRAIN, LONG).ok()),
                22.0,
                0.0,
                BY_HAND,
            )
            .over(D / 2),
        ])
    };
    let frequencies = |base: f64| rope_frequencies(D, base).unwrap_or_else(|_| vec![f64::NAN; D / 2]);
    let right = ntk_base(D, BASE, FACTOR).unwrap_or(f64::NAN);
    let pi = Scaling::Interpolation { factor: FACTOR }
        .frequencies(D, BASE)
        .unwrap_or_else(|_| vec![f64::NAN; D / 2]);
    Claim::holds(
        "LLM-Q3-C14",
        text("NTK-aware scaling extends the context of RoPE.", "NTK-Aware Scaling 能扩展 RoPE 的上下文。"),
        test(&frequencies(right)),
        vec![
            Control::new(
                text("base times s, without the exponent d/(d − 2)", "base 直接乘 s，漏掉指数 d/(d − 2)"),
                test(&frequencies(BASE * FACTOR)),
            ),
            Control::new(text("position interpolation in its place", "换成位置插值"), test(&pi)),
        ],
    )
}
