//! C10, C15: what is hidden, and where queries and keys come from.

use concepts::attention::{AttentionError, Mask, MultiHead, MultiHeadTrace};
use concepts::numerics::softmax::softmax_rows;
use concepts::numerics::tolerance::EXACT_F64;
use concepts::numerics::{max_abs, max_difference, normal, rng};
use ndarray::{Array2, Axis, concatenate};

use super::{or_nan, row_sum_error};
use crate::kit::claim::{Claim, Control, Measure, Test};
use crate::kit::measure::{EXACT, ROUNDING};
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
    /// Before the softmax, but the causal rule is `j ≤ i + 1`.
    OneTooMany,
    /// Before the softmax, but the causal rule is `j < i`.
    OneTooFew,
    /// Before the softmax, but hidden and seen are exchanged.
    Inverted,
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
        let least = smallest_seen(&weights(&q, &k, &Mask::Causal, applied), &Mask::Causal)
            .min(smallest_seen(&padded, &padding));
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
            Measure::at_least(
                text(
                    "nothing else is hidden: smallest weight on a key that may be seen, its own included",
                    "不多遮：可见 key（包括自己）上的最小权重",
                ),
                least,
                f64::MIN_POSITIVE,
                text("exp is positive", "exp 恒为正"),
            )
            .over(N * (N + 1) / 2 + N * CUT)
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
    Claim::holds(
        "LLM-Q1-C10",
        text(
            "A causal mask hides the future and a padding mask hides the filling.",
            "因果 mask 遮住未来，padding mask 遮住补齐的位置。",
        ),
        test(Applied::Before),
        vec![
            Control::new(
                text("hidden scores set to 0 instead of −∞", "把被遮位置的分数设为 0 而不是 −∞"),
                test(Applied::AsZero),
            ),
            Control::new(
                text(
                    "weights zeroed after the softmax, not normalised again",
                    "softmax 之后才把权重清零，且不重新归一化",
                ),
                test(Applied::After),
            ),
            Control::new(
                text("off by one: query i sees key i + 1", "差一位：query i 看得到 key i + 1"),
                test(Applied::OneTooMany),
            ),
            Control::new(
                text("off by one: query i does not see key i", "差一位：query i 看不到 key i"),
                test(Applied::OneTooFew),
            ),
            Control::new(
                text("true and false of the mask exchanged", "mask 的 true 与 false 弄反"),
                test(Applied::Inverted),
            ),
        ],
    )
}

/// Rows of `x`, in this order.
fn rows(x: &Array2<f64>, order: impl IntoIterator<Item = usize>) -> Array2<f64> {
    x.select(Axis(0), &order.into_iter().collect::<Vec<_>>())
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
        Applied::OneTooMany => super::weights(q, k, &shifted(mask, 1)),
        Applied::OneTooFew => super::weights(q, k, &shifted(mask, -1)),
        Applied::Inverted => super::weights(q, k, &Mask::Pairs(hidden)),
    }
}

/// A causal mask whose last visible key is this many places further on; any other mask as it is.
fn shifted(mask: &Mask, by: isize) -> Mask {
    if *mask != Mask::Causal {
        return mask.clone();
    }
    Mask::Pairs(Array2::from_shape_fn((N, N), |(i, j)| j as isize <= i as isize + by))
}

/// The smallest weight on a pair that may be seen; NaN counts as the smallest.
fn smallest_seen(weights: &Array2<f64>, mask: &Mask) -> f64 {
    let seen = mask.table(weights.nrows(), weights.ncols());
    let pairs = weights.iter().zip(&seen).filter(|(_, seen)| **seen).map(|(weight, _)| *weight);
    pairs.fold(f64::INFINITY, |least, weight| if weight.is_nan() { weight } else { least.min(weight) })
}

/// C15
pub(super) fn self_and_cross(seed: u64) -> Claim {
    let (n_q, n_kv) = (5, 7);
    let mut rng = rng(seed, "C15");
    let layer = MultiHead::random(D, 1, 1, &mut rng);
    let (x, y, other) =
        (normal((n_q, D), 1.0, &mut rng), normal((n_kv, D), 1.0, &mut rng), normal((n_kv, D), 1.0, &mut rng));
    let layer_on = |x: &Array2<f64>, y: &Array2<f64>, mask: &Mask| {
        layer.as_ref().map_err(Clone::clone).and_then(|layer| layer.trace(x.view(), y.view(), mask))
    };
    let test = |attend: &Attend| {
        let output = |x, y| or_nan(attend(x, y).map(|trace| trace.output), (n_q, D));
        let out = output(&x, &y);
        let around = |n: usize| (0..n).map(|i| (i + 2) % n).collect::<Vec<_>>();
        let (x_moved, y_moved) = (rows(&x, around(n_q)), rows(&y, around(n_kv)));
        let shape =
            attend(&x, &y).map_or(f64::NAN, |trace| f64::from(trace.heads[0].weights.dim() == (n_q, n_kv)));
        Test(vec![
            Measure::near(
                text(
                    "cross: weights are queries × keys, 5 × 7 (1 = yes)",
                    "交叉：权重矩阵是 query × key，5 × 7（1 = 是）",
                ),
                shape,
                1.0,
                0.0,
                EXACT,
            ),
            Measure::at_most(
                text("cross: second sequence rearranged, output moves by", "交叉：把第二个序列换个顺序，输出的变化"),
                max_difference(&output(&x, &y_moved), &out),
                EXACT_F64,
                ROUNDING,
            )
            .over(n_q * D)
            .drawn(seed),
            Measure::at_most(
                text(
                    "cross: first sequence rearranged, output, rearranged alike, moves by",
                    "交叉：把第一个序列换个顺序，输出也按同样的顺序换过后的差异",
                ),
                max_difference(&output(&x_moved, &y), &rows(&out, around(n_q))),
                EXACT_F64,
                ROUNDING,
            )
            .over(n_q * D)
            .drawn(seed),
            Measure::at_least(
                text(
                    "cross: keys and values come from the second sequence: with another one the output moves by",
                    "交叉：key、value 来自第二个序列：换一个序列后输出的变化",
                ),
                max_difference(&output(&x, &other), &out),
                1e-3,
                text("far above rounding", "远大于舍入误差"),
            )
            .over(n_q * D)
            .drawn(seed),
            Measure::at_most(
                text(
                    "self: the one sequence rearranged, output, rearranged alike, moves by",
                    "自注意力：把这个序列换个顺序，输出也按同样的顺序换过后的差异",
                ),
                max_difference(&output(&x_moved, &x_moved), &rows(&output(&x, &x), around(n_q))),
                EXACT_F64,
                ROUNDING,
            )
            .over(n_q * D)
            .drawn(seed),
        ])
    };
    Claim::holds(
        "LLM-Q1-C15",
        text(
            "Self-attention takes Q, K and V from one sequence; cross-attention takes Q from one and K, V from another.",
            "自注意力的 Q、K、V 来自同一序列；交叉注意力的 Q 来自一个序列，K、V 来自另一个。",
        ),
        test(&|x, y| layer_on(x, y, &Mask::None)),
        vec![
            Control::new(
                text("roles exchanged: queries from the second sequence", "角色弄反：query 取自第二个序列"),
                test(&|x, y| layer_on(y, x, &Mask::None)),
            ),
            Control::new(
                text(
                    "self-attention in its place: keys and values from the first sequence too",
                    "换成自注意力：key、value 也取自第一个序列",
                ),
                test(&|x, _| layer_on(x, x, &Mask::None)),
            ),
            Control::new(
                text("a causal mask left on in cross-attention", "交叉注意力里还留着因果 mask"),
                test(&|x, y| layer_on(x, y, &Mask::Causal)),
            ),
        ],
    )
}

/// Attention from a first sequence into a second one.
type Attend<'a> = dyn Fn(&Array2<f64>, &Array2<f64>) -> Result<MultiHeadTrace, AttentionError> + 'a;
