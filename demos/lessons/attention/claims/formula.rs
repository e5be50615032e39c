//! C1, C2, C9: the formula itself.

use concepts::attention::{AttentionError, Mask, MultiHead, Trace, attention};
use concepts::numerics::softmax::softmax_rows;
use concepts::numerics::tolerance::EXACT_F64;
use concepts::numerics::{max_difference, normal, rng};
use ndarray::{Array2, Axis, array, concatenate};

use super::{or_nan, row_sum_error, weights, worse};
use crate::kit::claim::{Claim, Control, Correction, Degree, Measure, Test};
use crate::kit::measure::{EXACT, ROUNDING};
use crate::kit::text::text;

/// C1
pub(super) fn projections_are_linear(seed: u64) -> Claim {
    const TRIALS: usize = 20;
    let mut rng = rng(seed, "C1");
    let layer = MultiHead::random(8, 1, 1, &mut rng);
    let pairs: Vec<_> =
        (0..TRIALS).map(|_| [(); 2].map(|()| normal((6, 8), 1.0, &mut rng))).map(|[x, y]| (x, y)).collect();
    let linearity = |project: &dyn Fn(&Array2<f64>) -> [Array2<f64>; 3]| {
        // Q, K and V side by side.
        let f = |x: &Array2<f64>| {
            let [q, k, v] = project(x);
            concatenate![Axis(1), q, k, v]
        };
        let error =
            pairs.iter().map(|(x, y)| max_difference(&f(&(x * 2.0 - y * 3.0)), &(f(x) * 2.0 - f(y) * 3.0)));
        let [q, k, v] = project(&pairs[0].0);
        let apart = max_difference(&q, &k).min(max_difference(&k, &v)).min(max_difference(&v, &q));
        Test(vec![
            Measure::at_most(
                text(
                    "f = (Q, K, V): largest |f(2X − 3Y) − (2f(X) − 3f(Y))|",
                    "f = (Q, K, V)：|f(2X − 3Y) − (2f(X) − 3f(Y))| 的最大值",
                ),
                error.fold(0.0, worse),
                EXACT_F64,
                ROUNDING,
            )
            .over(TRIALS)
            .drawn(seed),
            Measure::at_least(
                text(
                    "three different maps: largest difference of the two most alike of Q, K, V",
                    "三个不同的映射：Q、K、V 中最接近的两个，最大相差",
                ),
                apart,
                0.1,
                text("entries of order 1", "元素量级为 1"),
            )
            .over(6 * 8)
            .drawn(seed),
        ])
    };
    let project = |x: &Array2<f64>| projected(&layer, x);
    Claim::holds(
        "LLM-Q1-C1",
        text(
            "Q, K and V are three linear maps of the same input.",
            "Q、K、V 由同一输入经过三个线性映射得到。",
        ),
        linearity(&project),
        vec![
            Control::new(
                text(
                    "a bias of 1 added: the map is affine, no longer linear",
                    "加上偏置 1：变成仿射映射，不再线性",
                ),
                linearity(&|x| project(x).map(|projected| projected + 1.0)),
            ),
            Control::new(
                text("no projections: the input itself as Q, K and V", "不做投影：输入直接当作 Q、K、V"),
                linearity(&|x| [(); 3].map(|()| x.clone())),
            ),
        ],
    )
}

/// What a layer makes of the tokens `x`: Q, K and V.
fn projected(layer: &Result<MultiHead, AttentionError>, x: &Array2<f64>) -> [Array2<f64>; 3] {
    let trace =
        layer.as_ref().map_err(Clone::clone).and_then(|layer| layer.trace(x.view(), x.view(), &Mask::None));
    trace.map_or_else(|_| [(); 3].map(|()| Array2::from_elem(x.dim(), f64::NAN)), |t| [t.q, t.k, t.v])
}

/// C2
pub(super) fn three_steps(seed: u64) -> Claim {
    // Different numbers of queries and keys, so that the wrong axis cannot go unnoticed.
    let (n_q, n_k) = (5, 7);
    let mut rng = rng(seed, "C2");
    let q = normal((n_q, 4), 1.0, &mut rng);
    let k = normal((n_k, 4), 1.0, &mut rng);
    let v = normal((n_k, 3), 1.0, &mut rng);
    let dots = q.dot(&k.t());
    let over_keys = weights(&q, &k, &Mask::None);
    let output = or_nan(attention(q.view(), k.view(), v.view(), &Mask::None), (n_q, 3));
    let over_queries = softmax_rows(&(dots.t().to_owned() / 2.0)).reversed_axes();
    let unscaled = softmax_rows(&dots);
    let test = |weights: &Array2<f64>, output: &Array2<f64>, hand: f64| {
        Test(vec![
            Measure::at_most(
                text("row sums: largest distance from 1", "每行权重之和与 1 的最大偏差"),
                row_sum_error(weights),
                EXACT_F64,
                ROUNDING,
            )
            .over(n_q)
            .drawn(seed),
            Measure::at_least(
                text("smallest weight", "最小的权重"),
                weights.fold(f64::INFINITY, |a, &b| a.min(b)),
                f64::MIN_POSITIVE,
                text("exp is positive", "exp 恒为正"),
            )
            .over(n_q * n_k)
            .drawn(seed),
            Measure::at_most(
                text("how far an output leaves the range of the values", "输出超出 value 取值范围的幅度"),
                outside(output, &v),
                EXACT_F64,
                ROUNDING,
            )
            .over(n_q * 3)
            .drawn(seed),
            Measure::near(
                text(
                    "by hand: q = (ln 3)·√2, keys (1, 0) and (0, 0): weight of the first",
                    "手算：q = (√2·ln 3, 0)，key 为 (1, 0) 和 (0, 0)，第一个 key 的权重",
                ),
                hand,
                0.75,
                EXACT_F64,
                text("3 / (3 + 1)", "3 / (3 + 1)"),
            ),
        ])
    };
    let hand_q = array![[3f64.ln() * 2f64.sqrt(), 0.0]];
    let hand_k = array![[1.0, 0.0], [0.0, 0.0]];
    let by_hand = weights(&hand_q, &hand_k, &Mask::None)[[0, 0]];
    let hand_dots = hand_q.dot(&hand_k.t());
    Claim::holds(
        "LLM-Q1-C2",
        text(
            "Scores are QKᵀ/√dₖ, a softmax over the keys makes them weights, the output is the weighted sum of the values.",
            "分数是 QKᵀ/√dₖ，沿 key 维做 softmax 得到权重，输出是 value 的加权和。",
        ),
        test(&over_keys, &output, by_hand),
        vec![
            Control::new(
                text(
                    "softmax over the queries instead of the keys",
                    "softmax 沿 query 维做，而不是沿 key 维",
                ),
                test(&over_queries, &over_queries.dot(&v), softmax_rows(&hand_dots.t().to_owned())[[0, 0]]),
            ),
            Control::new(
                text("the division by √dₖ left out", "忘了除以 √dₖ"),
                test(&unscaled, &unscaled.dot(&v), softmax_rows(&hand_dots)[[0, 0]]),
            ),
            Control::new(
                text("the softmax left out: scores used as weights", "漏掉 softmax，直接拿分数当权重"),
                test(&dots, &dots.dot(&v), hand_dots[[0, 0]]),
            ),
        ],
    )
}

/// How far the output leaves, in any column, the range of the values.
fn outside(output: &Array2<f64>, values: &Array2<f64>) -> f64 {
    let mut most = 0.0;
    for (column, value) in output.columns().into_iter().zip(values.columns()) {
        let low = value.fold(f64::INFINITY, |a, &b| a.min(b));
        let high = value.fold(f64::NEG_INFINITY, |a, &b| a.max(b));
        most = column.iter().map(|x| (low - x).max(x - high).max(0.0)).fold(most, worse);
    }
    most
}

/// C9
pub(super) fn weights_are_learned(seed: u64) -> Claim {
    let mut rng = rng(seed, "C9");
    let shape = (6, 6);
    let layer = MultiHead::random(8, 1, 1, &mut rng);
    let head = |x: &Array2<f64>, pick: fn(&Trace) -> Array2<f64>| {
        let trace = layer
            .as_ref()
            .map_err(Clone::clone)
            .and_then(|layer| layer.trace(x.view(), x.view(), &Mask::None));
        or_nan(trace.map(|trace| pick(&trace.heads[0])), shape)
    };
    let attend = |x: &Array2<f64>| head(x, |trace| trace.weights.clone());
    // Each score for itself, nothing shared out.
    let sigmoid = |x: &Array2<f64>| head(x, |trace| trace.scores.mapv(|s| 1.0 / (1.0 + (-s).exp())));
    // Two inputs, the same parameters.
    let (one, two) = (normal((6, 8), 1.0, &mut rng), normal((6, 8), 1.0, &mut rng));
    let (a_one, a_two) = (attend(&one), attend(&two));
    let apart = max_difference(&a_one, &a_two);
    let fixed = Array2::from_elem(shape, 1.0 / 6.0);
    let (s_one, s_two) = (sigmoid(&one), sigmoid(&two));
    let differ = |one: &Array2<f64>, two: &Array2<f64>| {
        Test(vec![
            Measure::at_least(
                text(
                    "largest change of a weight between two inputs, same parameters",
                    "参数不变，换一个输入，权重的最大变化",
                ),
                max_difference(one, two),
                1e-3,
                text("far above rounding, far below 1", "远大于舍入误差，远小于 1"),
            )
            .over(36)
            .drawn(seed),
            Measure::at_most(
                text("row sums: largest distance from 1", "每行权重之和与 1 的最大偏差"),
                worse(row_sum_error(one), row_sum_error(two)),
                EXACT_F64,
                ROUNDING,
            )
            .over(12)
            .drawn(seed),
        ])
    };
    Claim::corrected(
        "LLM-Q1-C9",
        text(
            "Attention is a weighted average, and its weights are learned by the model.",
            "注意力就是加权平均，权重是模型学出来的。",
        ),
        Test(vec![
            Measure::at_most(
                text(
                    "if the weights were parameters, a second input would leave them alone: largest change",
                    "若权重是参数，换个输入也不该变：最大变化",
                ),
                apart,
                0.0,
                EXACT,
            )
            .over(36)
            .drawn(seed),
        ]),
        Correction {
            degree: Degree::Qualified,
            counterexample: crate::kit::text::Text::new(
                format!(
                    "one layer, two inputs: the weight of token 1 on token 1 is {:.3} with the first and {:.3} with the second",
                    a_one[[0, 0]],
                    a_two[[0, 0]]
                ),
                format!(
                    "同一层、两个输入：第 1 个 token 对自己的权重，一次是 {:.3}，一次是 {:.3}",
                    a_one[[0, 0]],
                    a_two[[0, 0]]
                ),
            ),
            say: text(
                "What is learned are the projections W_Q, W_K and W_V. The weights themselves are computed anew from every input: that is what makes attention different from a fixed averaging filter.",
                "学出来的是投影矩阵 W_Q、W_K、W_V，注意力权重本身是由输入现算的，换个输入就变。这正是它和卷积核这类固定加权的区别。",
            ),
            test: differ(&a_one, &a_two),
        },
        vec![
            Control::new(
                text("a fixed averaging matrix in place of attention", "用固定的平均矩阵代替注意力"),
                differ(&fixed, &fixed),
            ),
            Control::new(
                text(
                    "a sigmoid of each score in place of the softmax: no average any more",
                    "用逐个分数的 sigmoid 代替 softmax：不再是平均",
                ),
                differ(&s_one, &s_two),
            ),
        ],
    )
}
