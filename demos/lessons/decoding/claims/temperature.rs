//! C21 to C23: temperature, and the order of steps.

use concepts::decoding::{Candidates, Filter};
use concepts::numerics::statistics::mean;
use concepts::numerics::tolerance::{EXACT_F64, GRADIENT};
use concepts::numerics::{normal, rng};

use crate::kit::claim::{Claim, Control, Correction, Degree, Measure, Test};
use crate::kit::measure::ROUNDING;
use crate::kit::text::{Text, text};
use crate::lessons::decoding::experiments::heat::{in_order, numeric_slope, slope, with_temperature};

const EXAMPLE: [f64; 4] = [0.5, 0.3, 0.15, 0.05];

/// C21
pub(super) fn with_top_p(_seed: u64) -> Claim {
    const TOP_P: f64 = 0.9;
    const T: f64 = 2.0;
    let (heat, cut) = (Filter::Temperature(T), Filter::TopP(TOP_P));
    // By hand: √p of all four, and of the first three, divided by their sum.
    let by_hand = |n: usize| -> Vec<f64> {
        let roots: Vec<f64> = EXAMPLE[..n].iter().map(|p| p.sqrt()).collect();
        roots.iter().map(|root| root / roots.iter().sum::<f64>()).chain(vec![0.0; 4 - n]).collect()
    };
    let error = |order: [Filter; 2], n: usize| {
        let q = in_order(&EXAMPLE, &order);
        q.iter().zip(by_hand(n)).map(|(q, hand)| (q - hand).abs()).fold(0.0, f64::max)
    };
    let test = |first: [Filter; 2], second: [Filter; 2]| {
        let basis = text("by hand: √p, renormalised", "手算：√p 再归一化");
        Test(vec![
            Measure::at_most(
                text(
                    "T = 2, then top-p 0.9: against all four tokens",
                    "先 T = 2、再 top-p 0.9：与四个全留的结果之差",
                ),
                error(first, 4),
                EXACT_F64,
                basis.clone(),
            )
            .over(4),
            Measure::at_most(
                text(
                    "top-p 0.9, then T = 2: against the first three",
                    "先 top-p 0.9、再 T = 2：与只留前三个的结果之差",
                ),
                error(second, 3),
                EXACT_F64,
                basis,
            )
            .over(4),
        ])
    };
    let cut_by_code = 4.0 - in_order(&EXAMPLE, &[heat]).iter().filter(|q| **q > 0.0).count() as f64;
    let shown = |order: [Filter; 2]| {
        let q: Vec<String> = in_order(&EXAMPLE, &order).iter().map(|q| format!("{q:.4}")).collect();
        q.join(", ")
    };
    Claim::corrected(
        "LLM-Q7-C21",
        text(
            "Top-p with temperature is softmax(logits / temperature).",
            "top-p + temperature 写成代码就是 softmax(logits / temperature)。",
        ),
        Test(vec![Measure::at_least(
            text(
                "tokens that this line cuts off, of (0.5, 0.3, 0.15, 0.05)",
                "这行代码从 (0.5, 0.3, 0.15, 0.05) 中截掉的 token 数",
            ),
            cut_by_code,
            1.0,
            text("top-p 0.9 cuts one", "top-p 0.9 应截掉一个"),
        )]),
        Correction {
            degree: Degree::Qualified,
            counterexample: Text::new(
                format!(
                    "the line cuts nothing; and with top-p the order decides: T = 2 first leaves ({}), top-p first leaves ({})",
                    shown([heat, cut]),
                    shown([cut, heat])
                ),
                format!(
                    "这行代码什么也没截；加上 top-p 后，顺序不同结果就不同：先 T = 2 得 ({})，先 top-p 得 ({})",
                    shown([heat, cut]),
                    shown([cut, heat])
                ),
            ),
            say: text(
                "The line shows temperature only. With top-p the order matters: the usual order is temperature first, then top-p, so a high temperature also widens the nucleus.",
                "这行代码只有 temperature。和 top-p 一起用的时候，顺序有影响：常见做法是先 temperature、再 top-p，所以温度调高，nucleus 也会跟着变大。",
            ),
            test: test([heat, cut], [cut, heat]),
        },
        vec![Control::new(
            text("the two orders exchanged", "把两种顺序对调"),
            test([cut, heat], [heat, cut]),
        )],
    )
}

/// C22
pub(super) fn spreads(seed: u64) -> Claim {
    const N: usize = 200;
    let logits = normal((1, N), 2.0, &mut rng(seed, "Q7 C22")).row(0).to_vec();
    let temperatures = [0.3, 0.5, 1.0, 2.0, 10.0];
    let test = |apply: &dyn Fn(f64) -> f64| {
        let numeric: Vec<f64> =
            temperatures.iter().map(|&t| numeric_slope(&logits, &|t| apply(t), t)).collect();
        let formula: Vec<f64> = temperatures.iter().map(|&t| slope(&logits, t)).collect();
        let errors: Vec<f64> = numeric.iter().zip(&formula).map(|(n, f)| ((n - f) / f).abs()).collect();
        Test(vec![
            Measure::at_least(
                text("dH/dT at T = 0.3 … 10, smallest", "T = 0.3 … 10 处 dH/dT 的最小值"),
                numeric.iter().copied().fold(f64::INFINITY, f64::min),
                0.0,
                text("more random means more entropy", "更随机，就是熵更大"),
            )
            .over(temperatures.len())
            .drawn(seed),
            Measure::at_most(
                text(
                    "dH/dT by differences against Var(z)/T³, mean relative error",
                    "差分得到的 dH/dT 与 Var(z)/T³ 的平均相对误差",
                ),
                mean(&errors),
                GRADIENT,
                text("central differences in f64", "f64 中心差分"),
            )
            .over(temperatures.len())
            .drawn(seed),
        ])
    };
    Claim::holds(
        "LLM-Q7-C22",
        text(
            "A temperature above 1 makes the choice more random, below 1 more determined.",
            "温度大于 1 更随机，小于 1 更确定。",
        ),
        test(&|t| t),
        vec![Control::new(text("logits multiplied by T", "改成 logits 乘以 T"), test(&|t| 1.0 / t))],
    )
}

/// C23
pub(super) fn near_zero(_seed: u64) -> Claim {
    const COLD: f64 = 1e-3;
    let tied = [2.0, 2.0, 1.0, 0.0];
    let clear = [2.0, 1.5, 1.0, 0.0];
    let at = |logits: &[f64], t: f64, i: usize| with_temperature(logits, t)[i];
    let test = |t: f64| {
        let near =
            |what: Text, value: f64, target: f64| Measure::near(what, value, target, EXACT_F64, ROUNDING);
        Test(vec![
            near(
                text("logits (2, 2, 1, 0): probability of token 0", "logits (2, 2, 1, 0)：token 0 的概率"),
                at(&tied, t, 0),
                0.5,
            ),
            near(text("of token 1, which ties with it", "与之并列的 token 1 的概率"), at(&tied, t, 1), 0.5),
            near(text("of token 2", "token 2 的概率"), at(&tied, t, 2), 0.0),
            near(
                text(
                    "without a tie, logits (2, 1.5, 1, 0): probability of token 0",
                    "没有并列，logits (2, 1.5, 1, 0)：token 0 的概率",
                ),
                at(&clear, t, 0),
                1.0,
            ),
        ])
    };
    Claim::corrected(
        "LLM-Q7-C23",
        text("As the temperature goes to 0, sampling becomes greedy.", "温度趋近 0 时，采样就变成贪心。"),
        Test(vec![Measure::near(
            text(
                "logits (2, 2, 1, 0), T = 0.001: probability of greedy's token",
                "logits (2, 2, 1, 0)，T = 0.001：贪心会选的那个 token 的概率",
            ),
            at(&tied, COLD, Candidates::from_logits(&tied).map_or(0, |all| all.best().id as usize)),
            1.0,
            EXACT_F64,
            ROUNDING,
        )]),
        Correction {
            degree: Degree::Qualified,
            counterexample: text(
                "logits (2, 2, 1, 0): the limit is (0.5, 0.5, 0, 0), still a coin toss between two tokens",
                "logits (2, 2, 1, 0)：极限是 (0.5, 0.5, 0, 0)，两个 token 之间仍是抛硬币",
            ),
            say: text(
                "The limit is uniform over all tokens that share the largest logit. That is greedy only if there is one. T = 0 itself divides by zero, so libraries treat it as greedy, with a tie rule.",
                "极限是在 logit 并列最大的那些 token 上均匀分布，只有最大值唯一时才等于贪心。T = 0 本身是除以零，各个库都当成贪心来处理，并列时另有规则。",
            ),
            test: test(COLD),
        },
        vec![Control::new(text("T = 1", "取 T = 1"), test(1.0))],
    )
}
