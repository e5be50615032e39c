//! C6, C7: how far a signal carries.

use concepts::numerics::statistics::log_log_slope;
use concepts::numerics::tolerance::{DIFFERENCE_STEP, GRADIENT};
use concepts::numerics::{central_difference, normal, relative_error, rng};
use concepts::recurrent::{Activation, Rnn};
use ndarray::{Array1, Array2, ArrayView1, Axis, Slice};

use crate::kit::claim::{Claim, Control, Correction, Degree, Measure, Test};
use crate::kit::measure::ROUNDING;
use crate::kit::text::{Text, text};
use crate::lessons::attention::experiments::distance::{
    STATE, direct_gradient, matched_gradient, rnn_gradient,
};

/// Steps over which the RNN's gradient is followed.
const STEPS: usize = 100;

/// C6
pub(super) fn rnn_gradients_vanish_or_explode(seed: u64) -> Claim {
    let norm = |gain: f64, activation, steps: usize| {
        let norms = rnn_gradient(gain, activation, &[steps], STATE, seed);
        norms.ok().and_then(|norms| norms.first().copied()).unwrap_or(f64::NAN)
    };
    let test = |small: f64, large: f64, forgotten: usize| {
        let norm = |gain, activation| norm(gain, activation, STEPS - forgotten);
        let vanished = norm(small, Activation::Linear);
        Test(vec![
            Measure::at_most(
                text("‖∂h₁₀₀/∂h₀‖, linear, smaller gain", "‖∂h₁₀₀/∂h₀‖，线性，增益较小"),
                vanished,
                1e-3,
                text("a thousandth is gone for training", "不到千分之一，对训练来说等于没有"),
            )
            .over(STATE)
            .drawn(seed),
            Measure::at_most(
                text("the same with tanh", "换成 tanh"),
                norm(small, Activation::Tanh),
                1e-3,
                text("tanh only shrinks", "tanh 只会更小"),
            )
            .over(STATE)
            .drawn(seed),
            Measure::at_least(
                text("‖∂h₁₀₀/∂h₀‖, linear, larger gain", "‖∂h₁₀₀/∂h₀‖，线性，增益较大"),
                norm(large, Activation::Linear),
                1e3,
                text("a thousandfold step", "放大上千倍"),
            )
            .over(STATE)
            .drawn(seed),
            Measure::at_least(
                text("the same with tanh", "换成 tanh"),
                norm(large, Activation::Tanh),
                1e3,
                text("a thousandfold step", "放大上千倍"),
            )
            .over(STATE)
            .drawn(seed),
            Measure::near(
                text("linear: norm over gainᵀ", "线性：范数 / 增益¹⁰⁰"),
                vanished / small.powi(STEPS as i32),
                1.0,
                1e-10,
                ROUNDING,
            )
            .over(STATE)
            .drawn(seed),
            Measure::at_most(
                text(
                    "tanh, 10 steps: product of the steps' Jacobians against central differences, relative",
                    "tanh、10 步：各步雅可比的连乘与中心差分的相对误差",
                ),
                jacobian_error(seed, forgotten),
                GRADIENT,
                text("truncation and rounding of the differences", "差分的截断与舍入误差"),
            )
            .over(NARROW * NARROW)
            .drawn(seed),
        ])
    };
    Claim::holds(
        "LLM-Q1-C6",
        text("An RNN suffers from vanishing and exploding gradients.", "RNN 存在梯度消失和梯度爆炸。"),
        test(0.9, 2.0, 0),
        vec![
            Control::new(
                text(
                    "gain exactly 1 on both sides: every length is kept",
                    "两处增益都取 1：梯度大小保持不变",
                ),
                test(1.0, 1.0, 0),
            ),
            Control::new(text("the last step forgotten", "漏掉最后一步"), test(0.9, 2.0, 1)),
        ],
    )
}

/// Width of the layer whose Jacobian is checked entry by entry.
const NARROW: usize = 8;

/// The Jacobian of a tanh layer over 10 steps, of which the last ones may be forgotten, against what
/// the last state really does when the first one moves.
fn jacobian_error(seed: u64, forgotten: usize) -> f64 {
    const STEPS: usize = 10;
    let mut rng = rng(seed, "C6 jacobian");
    let mut draw = |rows, std| normal((rows, NARROW), std, &mut rng);
    // Gain about 1, so that neither the sum nor the differences drown.
    let (w, inputs, start) = (draw(NARROW, 1.0 / (NARROW as f64).sqrt()), draw(STEPS, 0.5), draw(1, 0.5));
    let Ok(rnn) = Rnn::new(w, Array2::eye(NARROW), Array1::zeros(NARROW), Activation::Tanh) else {
        return f64::NAN;
    };
    let states = |h0: ArrayView1<f64>| {
        rnn.states(inputs.view(), h0).unwrap_or_else(|_| Array2::from_elem((STEPS + 1, NARROW), f64::NAN))
    };
    let walked = states(start.row(0));
    let walked = walked.slice_axis(Axis(0), Slice::from(..=STEPS - forgotten));
    let mut differences = Array2::zeros((NARROW, NARROW));
    for (i, mut row) in differences.outer_iter_mut().enumerate() {
        let last = |h0: &Array2<f64>| states(h0.row(0))[[STEPS, i]];
        row.assign(&central_difference(last, &start, DIFFERENCE_STEP).row(0));
    }
    rnn.jacobian(walked).map_or(f64::NAN, |jacobian| relative_error(&jacobian, &differences))
}

/// Distances at which attention's direct path is measured.
const LENGTHS: [usize; 5] = [16, 64, 256, 1024, 4096];
/// Sequences averaged at each distance.
const DRAWS: usize = 8;

/// C7
pub(super) fn direct_path(seed: u64) -> Claim {
    use rayon::prelude::*;
    let xs: Vec<f64> = LENGTHS.iter().map(|&n| n as f64).collect();
    let direct: Vec<f64> = LENGTHS.par_iter().map(|&n| direct_gradient(n, DRAWS, seed)).collect();
    // 0.9ⁿ leaves f64 beyond n = 7000; at 4096 it is still a number.
    let through_steps: Vec<f64> = xs.iter().map(|n| 0.9_f64.powf(*n)).collect();
    let uniform: Vec<f64> = xs.iter().map(|n| 1.0 / n).collect();
    let last = LENGTHS.len() - 1;
    let test = |gradient: &[f64], matched: f64| {
        Test(vec![
            Measure::near(
                text(
                    "gradient from the first token to the last falls like n to the power",
                    "末 token 对首 token 的梯度，随 n 变化的幂次",
                ),
                log_log_slope(&xs, gradient),
                -1.0,
                0.1,
                text(
                    "8 draws a length; each weight varies by about a quarter",
                    "每个长度抽 8 次，单次权重的波动约四分之一",
                ),
            )
            .over(LENGTHS.len() * DRAWS)
            .drawn(seed),
            Measure::at_least(
                text("at n = 4096, n times the gradient", "n = 4096 时，n × 梯度"),
                gradient[last] * xs[last],
                0.5,
                text("uniform attention gives 1", "完全均匀时恰为 1"),
            )
            .over(DRAWS)
            .drawn(seed),
            Measure::at_least(
                text(
                    "but where the last query matches the first key: gradient at n = 4096",
                    "但若末尾的 query 与首个 key 匹配：n = 4096 时的梯度",
                ),
                matched,
                0.9,
                text("score 24, the others of standard deviation 3", "该分数为 24，其余标准差为 3"),
            )
            .drawn(seed),
        ])
    };
    let kept = direct[last] / direct[0];
    Claim::corrected(
        "LLM-Q1-C7",
        text(
            "Attention solves long-distance dependency by connecting every pair directly.",
            "注意力让任意两个位置直接相连，解决了长距离依赖。",
        ),
        Test(vec![
            Measure::at_least(
                text(
                    "solved would mean undiminished: gradient at n = 4096 over that at n = 16",
                    "真解决了就不该衰减：n = 4096 与 n = 16 的梯度之比",
                ),
                kept,
                0.5,
                text("at least half is left", "至少剩一半"),
            )
            .over(DRAWS)
            .drawn(seed),
        ]),
        Correction {
            degree: Degree::Qualified,
            counterexample: Text::new(
                format!(
                    "with near-uniform attention the first token's weight falls from {:.4} at n = 16 to {:.6} at n = 4096",
                    direct[0], direct[last]
                ),
                format!(
                    "注意力接近均匀时，首 token 的权重从 n = 16 的 {:.4} 降到 n = 4096 的 {:.6}",
                    direct[0], direct[last]
                ),
            ),
            say: text(
                "The path between any two tokens has length 1, so nothing decays exponentially with distance. But the weights of a row share a total of 1: unless attention is sharp, one distant token gets about 1/n. Algebraic dilution in place of exponential decay.",
                "任意两个 token 之间只隔一步，所以不会随距离指数衰减。但每行权重加起来是 1，注意力要是不够集中，远处某个 token 大约只分到 1/n。也就是说，指数衰减换成了按 1/n 稀释。",
            ),
            test: test(&direct, matched_gradient(LENGTHS[last], seed)),
        },
        vec![
            Control::new(
                text("the linear RNN's path, 0.9ⁿ, in the place of attention", "换成线性 RNN 的路径 0.9ⁿ"),
                test(&through_steps, through_steps[last]),
            ),
            Control::new(
                text("plain averaging, which no query can sharpen", "换成简单平均，query 无法让它集中"),
                test(&uniform, uniform[last]),
            ),
        ],
    )
}
