//! C10, C15: what is hidden, and where queries and keys come from.

use concepts::attention::{Mask, attention, attention_trace};
use concepts::numerics::softmax::softmax_rows;
use concepts::numerics::tolerance::EXACT_F64;
use concepts::numerics::{max_abs, max_difference, normal, rng};
use ndarray::{Array2, Axis, concatenate};

use super::{EXACT, ROUNDING, control, holds, or_nan, row_sum_error, worse};
use crate::kit::claim::{Claim, Measure, Test};
use crate::kit::text::text;

const N: usize = 8;
const D: usize = 4;
/// The first token that is changed, and the number of keys that are not padding.
const CUT: usize = 4;

/// How a mask can be applied.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Applied {
    /// The score becomes −∞ before the softmax.
    Before,
    /// The score becomes 0 before the softmax.
    AsZero,
    /// The weight becomes 0 after the softmax.
    After,
}

/// C10
pub(super) fn masks_hide(seed: u64) -> Claim {
    let test = |applied: Applied| {
        let mut rng = rng(seed, "C10");
        let mut draw = || normal((N, D), 1.0, &mut rng);
        let (q, k, v, other) = (draw(), draw(), draw(), draw());
        let padding = Mask::Padding((0..N).map(|j| j < CUT).collect());
        // Everything from CUT on is replaced.
        let changed = |x: &Array2<f64>| concatenate![Axis(0), rows(x, 0..CUT), rows(&other, CUT..N)];
        let causal =
            |q: &Array2<f64>, k: &Array2<f64>, v: &Array2<f64>| weights(q, k, &Mask::Causal, applied).dot(v);
        let moved = causal(&changed(&q), &changed(&k), &changed(&v)) - causal(&q, &k, &v);
        let padded = weights(&q, &k, &padding, applied);
        let blind = weights(&q, &k, &Mask::Padding(vec![false; N]), applied);
        Test(vec![
            Measure::near(
                text(
                    "causal: change the tokens from 5 on; outputs 1 to 4 move by",
                    "因果：改动第 5 个及以后的 token，前 4 个输出的变化",
                ),
                max_abs(&rows(&moved, 0..CUT)),
                0.0,
                0.0,
                EXACT,
            )
            .over(CUT * D)
            .drawn(seed),
            Measure::at_least(
                text("and outputs 5 to 8 move by", "而第 5 到第 8 个输出的变化"),
                max_abs(&rows(&moved, CUT..N)),
                0.1,
                text("entries of order 1", "元素量级为 1"),
            )
            .over((N - CUT) * D)
            .drawn(seed),
            Measure::near(
                text("padding: largest weight on a padded key", "padding：落在 padding 上的最大权重"),
                max_abs(&rows(&padded.t().to_owned(), CUT..N)),
                0.0,
                0.0,
                EXACT,
            )
            .over(N * (N - CUT))
            .drawn(seed),
            Measure::at_most(
                text("padding: row sums, largest distance from 1", "padding：每行权重之和与 1 的最大偏差"),
                row_sum_error(&padded),
                EXACT_F64,
                ROUNDING,
            )
            .over(N)
            .drawn(seed),
            Measure::near(
                text("every key hidden: largest weight (not NaN)", "所有 key 都遮住：最大权重（不能是 NaN）"),
                max_abs(&blind),
                0.0,
                0.0,
                EXACT,
            )
            .over(N * N)
            .drawn(seed),
        ])
    };
    holds(
        "LLM-Q1-C10",
        text(
            "A causal mask hides the future and a padding mask hides the filling.",
            "因果 mask 遮住未来，padding mask 遮住补齐的位置。",
        ),
        test(Applied::Before),
        vec![
            control(
                text("hidden scores set to 0 instead of −∞", "把被遮位置的分数设为 0 而不是 −∞"),
                test(Applied::AsZero),
            ),
            control(
                text(
                    "weights zeroed after the softmax, not normalised again",
                    "softmax 之后才把权重清零，且不重新归一化",
                ),
                test(Applied::After),
            ),
        ],
    )
}

fn rows(x: &Array2<f64>, range: std::ops::Range<usize>) -> Array2<f64> {
    x.select(Axis(0), &range.collect::<Vec<_>>())
}

fn weights(q: &Array2<f64>, k: &Array2<f64>, mask: &Mask, applied: Applied) -> Array2<f64> {
    let hidden = mask.table(q.nrows(), k.nrows()).mapv(|seen| !seen);
    let blank = |mut x: Array2<f64>| {
        x.zip_mut_with(&hidden, |x, &hidden| {
            if hidden {
                *x = 0.0;
            }
        });
        x
    };
    match applied {
        Applied::Before => super::weights(q, k, mask),
        Applied::AsZero => softmax_rows(&blank(q.dot(&k.t()) / (q.ncols() as f64).sqrt())),
        Applied::After => blank(super::weights(q, k, &Mask::None)),
    }
}

/// C15
pub(super) fn self_and_cross(seed: u64) -> Claim {
    let (n_q, n_k) = (5, 7);
    let mut rng = rng(seed, "C15");
    let (q, k, v) =
        (normal((n_q, D), 1.0, &mut rng), normal((n_k, D), 1.0, &mut rng), normal((n_k, 3), 1.0, &mut rng));
    let attend = |q: &Array2<f64>, k: &Array2<f64>, v: &Array2<f64>| {
        or_nan(attention(q.view(), k.view(), v.view(), &Mask::None), (q.nrows(), v.ncols()))
    };
    let test = |moved_values: &[usize]| {
        let out = attend(&q, &k, &v);
        let around_q: Vec<usize> = (0..n_q).map(|i| (i + 2) % n_q).collect();
        let around_k: Vec<usize> = (0..n_k).map(|i| (i + 3) % n_k).collect();
        let keys_moved = attend(&q, &k.select(Axis(0), &around_k), &v.select(Axis(0), moved_values));
        let queries_moved = attend(&q.select(Axis(0), &around_q), &k, &v);
        let trace = attention_trace(q.view(), k.view(), v.view(), &Mask::None);
        let shape = trace.map_or(f64::NAN, |t| if t.weights.dim() == (n_q, n_k) { 1.0 } else { 0.0 });
        Test(vec![
            Measure::near(
                text(
                    "weights are queries × keys, 5 × 7 (1 = yes)",
                    "权重矩阵是 query × key，5 × 7（1 = 是）",
                ),
                shape,
                1.0,
                0.0,
                EXACT,
            ),
            Measure::at_most(
                text("second sequence rearranged: output moves by", "把第二个序列换个顺序：输出的变化"),
                max_difference(&keys_moved, &out),
                EXACT_F64,
                ROUNDING,
            )
            .over(n_q * 3)
            .drawn(seed),
            Measure::at_most(
                text(
                    "queries rearranged: output, rearranged alike, moves by",
                    "把 query 换个顺序：输出也按同样的顺序换过后的差异",
                ),
                max_difference(&queries_moved, &out.select(Axis(0), &around_q)),
                EXACT_F64,
                ROUNDING,
            )
            .over(n_q * 3)
            .drawn(seed),
            Measure::at_least(
                text(
                    "the second sequence matters: with other values the output moves by",
                    "第二个序列确实起作用：换掉 value 后输出的变化",
                ),
                worse(max_difference(&attend(&q, &k, &(&v + 1.0)), &out), 0.0),
                0.1,
                text("values moved by 1", "value 整体加 1"),
            )
            .over(n_q * 3)
            .drawn(seed),
        ])
    };
    let with_keys: Vec<usize> = (0..n_k).map(|i| (i + 3) % n_k).collect();
    let left_behind: Vec<usize> = (0..n_k).collect();
    holds(
        "LLM-Q1-C15",
        text(
            "Self-attention takes Q, K and V from one sequence; cross-attention takes Q from one and K, V from another.",
            "自注意力的 Q、K、V 来自同一序列；交叉注意力的 Q 来自一个序列，K、V 来自另一个。",
        ),
        test(&with_keys),
        vec![control(
            text("keys rearranged, values left behind", "只给 key 换顺序，value 没跟着换"),
            test(&left_behind),
        )],
    )
}
