//! C1 to C4: what attention notices of the order, and whether positions are needed.

use concepts::attention::{Mask, NoPositions};
use concepts::numerics::tolerance::{EXACT_F64, ORACLE_F64};
use concepts::numerics::{max_abs, max_difference};
use ndarray::{Array2, Axis};

use crate::kit::claim::{Claim, Control, Correction, Degree, Measure, Test};
use crate::kit::measure::{EXACT, ROUNDING};
use crate::kit::text::{Text, text};
use crate::lessons::positions::experiments::order::{
    D, HEADS, Shuffled, Stack, counting_error, last_token_moves, moved_on, reversed, shuffled, tokens,
};
use crate::lessons::positions::experiments::sinusoid::table;

/// Tokens of the sequences that are shuffled.
const N: usize = 6;
/// Layers in the stack.
const DEPTH: usize = 2;
/// A difference that could not be rounding: outputs are of order 1.
const CLEARLY: f64 = 0.01;

/// What decides that a difference is none of rounding.
const OF_ORDER_ONE: Text = text("outputs are of order 1", "输出量级为 1");

fn run(x: &Array2<f64>, mask: &Mask, seed: u64) -> Array2<f64> {
    Stack::new(DEPTH, D, HEADS, seed)
        .map_or_else(|_| Array2::from_elem(x.dim(), f64::NAN), |stack| stack.run(x, mask, &NoPositions))
}

/// C1
pub(super) fn invariant(seed: u64) -> Claim {
    let x = tokens(N, seed);
    let with = |mask: &Mask| shuffled(&x, |x| run(x, mask, seed));
    let plain = with(&Mask::None);
    let alike = x.select(Axis(0), &[0; N]);
    let test = |s: Shuffled| {
        Test(vec![
            Measure::at_most(
                text(
                    "|f(PX) − P·f(X)|: the output is shuffled with the input",
                    "|f(PX) − P·f(X)|：输出跟着输入打乱",
                ),
                s.equivariance,
                ORACLE_F64,
                ROUNDING,
            )
            .over(N * D)
            .drawn(seed),
            Measure::at_least(
                text("|f(PX) − f(X)|: it does not stay as it was", "|f(PX) − f(X)|：输出并不是原样不动"),
                s.invariance,
                0.1,
                OF_ORDER_ONE,
            )
            .over(N * D)
            .drawn(seed),
            Measure::at_most(
                text("the mean over all tokens: this one does stay", "对所有 token 取平均：这个才不变"),
                s.pooled,
                ORACLE_F64,
                ROUNDING,
            )
            .over(D)
            .drawn(seed),
        ])
    };
    Claim::corrected(
        "LLM-Q2-C1",
        text("Self-attention is permutation invariant.", "自注意力具有置换不变性。"),
        Test(vec![
            Measure::at_most(
                text(
                    "largest |f(PX) − f(X)| under a permutation without fixed points",
                    "在没有不动点的置换下，|f(PX) − f(X)| 的最大值",
                ),
                plain.invariance,
                ORACLE_F64,
                ROUNDING,
            )
            .over(N * D)
            .drawn(seed),
        ]),
        Correction {
            degree: Degree::Wrong,
            counterexample: Text::new(
                format!(
                    "{N} tokens moved on by one place: an output changes by {:.2}, but agrees with the output of the same token before up to {:.0e}",
                    plain.invariance, plain.equivariance
                ),
                format!(
                    "{N} 个 token 循环后移一位：同一位置的输出最多变化 {:.2}，而同一个 token 的输出只差 {:.0e}",
                    plain.invariance, plain.equivariance
                ),
            ),
            say: text(
                "It is permutation equivariant: shuffle the input, and the outputs are shuffled in the same way. Invariant is only what you get after a symmetric pooling, for instance the mean over all tokens.",
                "准确地说是置换等变：打乱输入，输出也以同样的方式打乱。只有再做一次对称的池化，比如对所有 token 取平均，才是置换不变。",
            ),
            test: test(plain),
        },
        vec![
            Control::new(
                text("a causal mask, which tells places apart", "加上能区分位置的因果 mask"),
                test(with(&Mask::Causal)),
            ),
            Control::new(
                text("six times the same token: nothing to shuffle", "六个相同的 token：打乱也看不出来"),
                test(shuffled(&alike, |x| run(x, &Mask::None, seed))),
            ),
        ],
    )
}

/// C2
pub(super) fn outputs_unchanged(seed: u64) -> Claim {
    let x = tokens(N, seed);
    let positions = table(N, D, 10_000.0);
    let plain = shuffled(&x, |x| run(x, &Mask::None, seed));
    let spread = |x: &Array2<f64>| sorted(&weights(x, seed));
    let redistributed = max_difference(&spread(&moved_on(&x)), &spread(&x));
    let test = |add: &Array2<f64>| {
        let before = weights(&(&x + add), seed);
        let after = weights(&(moved_on(&x) + add), seed);
        // P A Pᵀ: rows and columns moved alike.
        let carried = moved_on(&moved_on(&before).reversed_axes()).reversed_axes();
        let outputs = shuffled(&x, |x| run(&(x + add), &Mask::None, seed) - add);
        Test(vec![
            Measure::at_most(
                text("outputs: |f(PX) − P·f(X)|", "输出：|f(PX) − P·f(X)|"),
                outputs.equivariance,
                ORACLE_F64,
                ROUNDING,
            )
            .over(N * D)
            .drawn(seed),
            Measure::at_least(
                text("outputs: |f(PX) − f(X)|", "输出：|f(PX) − f(X)|"),
                outputs.invariance,
                CLEARLY,
                OF_ORDER_ONE,
            )
            .over(N * D)
            .drawn(seed),
            Measure::at_most(
                text("weights: |A(PX) − P·A(X)·Pᵀ|", "权重：|A(PX) − P·A(X)·Pᵀ|"),
                max_difference(&after, &carried),
                EXACT_F64,
                ROUNDING,
            )
            .over(N * N)
            .drawn(seed),
            Measure::at_most(
                text("weights sorted by size: largest difference", "权重排序后的最大差异"),
                max_difference(&sorted(&after), &sorted(&before)),
                EXACT_F64,
                ROUNDING,
            )
            .over(N * N)
            .drawn(seed),
        ])
    };
    Claim::corrected(
        "LLM-Q2-C2",
        text(
            "Shuffle the input and the output stays the same; only the attention weights are distributed differently.",
            "打乱输入顺序，输出不变，只是注意力权重的分布不同。",
        ),
        Test(vec![
            Measure::at_most(
                text("largest change of an output", "输出的最大变化"),
                plain.invariance,
                ORACLE_F64,
                ROUNDING,
            )
            .over(N * D)
            .drawn(seed),
            Measure::at_least(
                text(
                    "weights differently distributed: change of the sorted weights",
                    "权重分布不同：权重排序后的变化",
                ),
                redistributed,
                1e-3,
                text("weights are of order 1/6", "权重量级为 1/6"),
            )
            .over(N * N)
            .drawn(seed),
        ]),
        Correction {
            degree: Degree::Wrong,
            counterexample: Text::new(
                format!(
                    "it is the other way round: outputs move by up to {:.2}, while the weights are the same numbers in other places",
                    plain.invariance
                ),
                format!("恰好说反了：输出最多变化 {:.2}，而权重还是那些数，只是换了位置", plain.invariance),
            ),
            say: text(
                "Shuffling the tokens shuffles the outputs, and the attention map with its rows and columns: A(PX) = P·A(X)·Pᵀ. The set of weights is the same.",
                "打乱 token，输出跟着打乱，注意力矩阵的行和列也跟着打乱：A(PX) = P·A(X)·Pᵀ。权重还是那些数，只是换了位置。",
            ),
            test: test(&Array2::zeros((N, D))),
        },
        vec![Control::new(
            text("sinusoidal positions added: the weights really change", "加上正弦位置编码：权重真的变了"),
            test(&positions),
        )],
    )
}

/// The weights of the first head of one layer.
fn weights(x: &Array2<f64>, seed: u64) -> Array2<f64> {
    let mut rng = concepts::numerics::rng(seed, "weights of one layer");
    let layer = concepts::attention::MultiHead::random(D, 1, 1, &mut rng);
    let trace = layer.and_then(|layer| layer.trace(x.view(), x.view(), &Mask::None));
    trace.map_or_else(|_| Array2::from_elem((N, N), f64::NAN), |trace| trace.heads[0].weights.clone())
}

fn sorted(x: &Array2<f64>) -> Array2<f64> {
    let mut all: Vec<f64> = x.iter().copied().collect();
    all.sort_by(f64::total_cmp);
    Array2::from_shape_fn((1, all.len()), |(_, i)| all[i])
}

/// How far outputs move when the sentence is turned round: token by token, and their mean. What was
/// added to the input is taken off again, so that only what attention made of it counts.
fn turned_round(mask: &Mask, positions: bool, seed: u64) -> [f64; 2] {
    let x = tokens(3, seed);
    let add = if positions { table(3, D, 10_000.0) } else { Array2::zeros((3, D)) };
    let out = |x: &Array2<f64>| run(&(x + &add), mask, seed) - &add;
    let change = reversed(&out(&reversed(&x))) - out(&x);
    let mean = change.mean_axis(Axis(0)).unwrap_or_default().insert_axis(Axis(0));
    [max_abs(&change), max_abs(&mean)]
}

/// C3
pub(super) fn language_has_order(seed: u64) -> Claim {
    let [decoder, _] = turned_round(&Mask::Causal, false, seed);
    let test = |mask: &Mask| {
        let (blind, seeing) = (turned_round(mask, false, seed), turned_round(mask, true, seed));
        Test(vec![
            Measure::at_most(
                text(
                    "no positions: each token's output, sentence turned round",
                    "没有位置编码：句子倒过来，同一个 token 输出的变化",
                ),
                blind[0],
                ORACLE_F64,
                ROUNDING,
            )
            .over(3 * D)
            .drawn(seed),
            Measure::at_most(
                text("no positions: the mean over the tokens", "没有位置编码：对 token 取平均"),
                blind[1],
                ORACLE_F64,
                ROUNDING,
            )
            .over(D)
            .drawn(seed),
            Measure::at_least(
                text(
                    "with sinusoidal positions: each token's output",
                    "加上正弦位置编码：同一个 token 的输出",
                ),
                seeing[0],
                CLEARLY,
                OF_ORDER_ONE,
            )
            .over(3 * D)
            .drawn(seed),
            Measure::at_least(
                text("with sinusoidal positions: the mean", "加上正弦位置编码：平均"),
                seeing[1],
                CLEARLY,
                OF_ORDER_ONE,
            )
            .over(D)
            .drawn(seed),
        ])
    };
    Claim::corrected(
        "LLM-Q2-C3",
        text(
            "Language has order, “I love you” is not “you love me”, so positions must be put in.",
            "语言有顺序，“我爱你”不等于“你爱我”，因此要注入位置信息。",
        ),
        Test(vec![
            Measure::at_most(
                text(
                    "without positions no attention network could tell the two apart: a causal one does, by",
                    "照原句，没有位置编码就该分不清这两句：因果网络里同一个 token 输出的变化",
                ),
                decoder,
                ORACLE_F64,
                ROUNDING,
            )
            .over(3 * D)
            .drawn(seed),
        ]),
        Correction {
            degree: Degree::Qualified,
            counterexample: Text::new(
                format!(
                    "two causal layers without any positions: a token's output moves by {decoder:.2} when the sentence is turned round"
                ),
                format!("两层因果注意力、没有任何位置编码：句子倒过来，同一个 token 的输出变化 {decoder:.2}"),
            ),
            say: text(
                "A bidirectional encoder cannot tell the two sentences apart: each token's output is the same in both. Positions make the difference. A causal decoder sees some order through its mask alone.",
                "双向编码器确实分不清这两句：每个 token 的输出完全一样，加了位置编码才不同。但因果解码器光靠 mask 就能看出一部分顺序。",
            ),
            test: test(&Mask::None),
        },
        vec![Control::new(
            text("a causal mask in the encoder's place", "编码器加上因果 mask"),
            test(&Mask::Causal),
        )],
    )
}

/// C4
pub(super) fn positions_are_necessary(seed: u64) -> Claim {
    let moves = |depth, mask: &Mask| last_token_moves(depth, mask, seed);
    let two = moves(2, &Mask::Causal);
    let encoder = Array2::from_shape_fn((1, 3), |(_, i)| moves(i + 1, &Mask::None));
    let test = |mask: &Mask| {
        Test(vec![
            Measure::at_most(
                text(
                    "encoder of 1, 2, 3 layers: last output, earlier tokens reordered",
                    "1、2、3 层编码器：打乱前面的 token，最后一个输出的变化",
                ),
                max_abs(&encoder),
                ORACLE_F64,
                ROUNDING,
            )
            .over(3 * D)
            .drawn(seed),
            Measure::at_most(
                text("causal, 1 layer: the same", "因果，1 层：同上"),
                moves(1, mask),
                ORACLE_F64,
                ROUNDING,
            )
            .over(D)
            .drawn(seed),
            Measure::at_least(
                text("causal, 2 layers: the same", "因果，2 层：同上"),
                moves(2, mask),
                CLEARLY,
                OF_ORDER_ONE,
            )
            .over(D)
            .drawn(seed),
            Measure::at_least(
                text("causal, 3 layers: the same", "因果，3 层：同上"),
                moves(3, mask),
                CLEARLY,
                OF_ORDER_ONE,
            )
            .over(D)
            .drawn(seed),
            Measure::near(
                text(
                    "uniform causal attention to a flag, against 1/t at place t",
                    "给首 token 打标记，做均匀的因果注意力：第 t 个输出与 1/t 之差",
                ),
                counting_error(16, mask),
                0.0,
                0.0,
                EXACT,
            )
            .over(16),
        ])
    };
    Claim::corrected(
        "LLM-Q2-C4",
        text(
            "A Transformer needs explicit position information.",
            "Transformer 必须显式注入位置信息。",
        ),
        Test(vec![
            Measure::at_most(
                text("necessary would mean that without it order is invisible: two causal layers, last output moves by", "若是必需，没有它就该看不见顺序：两层因果网络最后一个输出的变化"),
                two,
                ORACLE_F64,
                ROUNDING,
            )
            .over(D)
            .drawn(seed),
        ]),
        Correction {
            degree: Degree::Qualified,
            counterexample: Text::new(
                format!("two causal layers, no positions: reorder the tokens before the last one and its output moves by {two:.2}"),
                format!("两层因果网络、没有位置编码：打乱前面的 token，最后一个 token 的输出变化 {two:.2}"),
            ),
            say: text(
                "Encoders need it. A causal decoder does not strictly: the mask breaks the symmetry, from the second layer on the order of the prefix is visible, and models without positional encoding have been trained successfully (Haviv et al. 2022, Kazemnejad et al. 2023).",
                "编码器必须有；因果解码器严格说不是必需：mask 打破了对称，从第二层起就看得出前缀的顺序，也确实有人不加位置编码把模型训成了（Haviv 等，2022；Kazemnejad 等，2023）。",
            ),
            test: test(&Mask::Causal),
        },
        vec![Control::new(text("no mask in the place of the causal one", "去掉因果 mask"), test(&Mask::None))],
    )
}
