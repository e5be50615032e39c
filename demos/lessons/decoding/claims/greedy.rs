//! C1 to C4: the largest logit, ties, repetition, the optimum.

use concepts::decoding::greedy;
use concepts::numerics::statistics::{mean, variance};
use concepts::numerics::{normal, rng};
use rand::Rng;

use crate::kit::claim::{Claim, Control, Correction, Degree, Measure, Test};
use crate::kit::measure::COUNTED;
use crate::kit::text::{Text, text};
use crate::lessons::decoding::experiments::loops::{How, share_in_a_loop, steps_before_a_repeat};
use crate::lessons::decoding::experiments::order_of_sums::{Choice, Order, apart, tied};
use crate::lessons::decoding::experiments::trees::{self, Search};

/// C1
pub(super) fn takes_the_largest(seed: u64) -> Claim {
    const TRIALS: usize = 500;
    const VOCAB: usize = 60;
    let test = |choose: &dyn Fn(&[f64]) -> Option<usize>| {
        let mut below = 0;
        for i in 0..TRIALS {
            let logits = normal((1, VOCAB), 2.0, &mut rng(seed, &format!("Q7 C1 {i}"))).row(0).to_vec();
            let best = logits.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            below += usize::from(choose(&logits).is_none_or(|token| logits[token] < best));
        }
        Test(vec![
            Measure::near(
                text("tokens chosen whose logit is not the largest", "选中的 token 不是 logit 最大的次数"),
                below as f64,
                0.0,
                0.0,
                COUNTED,
            )
            .over(TRIALS)
            .drawn(seed),
            Measure::near(
                text("token chosen for logits (1, 3, 3, 2)", "logits 为 (1, 3, 3, 2) 时选几号 token"),
                choose(&[1.0, 3.0, 3.0, 2.0]).map_or(f64::NAN, |token| token as f64),
                1.0,
                0.0,
                text("of several the lowest id", "并列时取编号最小的"),
            ),
        ])
    };
    let of_library = |logits: &[f64]| greedy(logits).ok().map(|token| token as usize);
    let last_of_ties = |logits: &[f64]| (0..logits.len()).max_by(|&a, &b| logits[a].total_cmp(&logits[b]));
    let smallest = |logits: &[f64]| (0..logits.len()).min_by(|&a, &b| logits[a].total_cmp(&logits[b]));
    Claim::holds(
        "LLM-Q7-C1",
        text("Greedy takes the most probable token at each step.", "贪心每一步都选概率最大的 token。"),
        test(&of_library),
        vec![
            Control::new(text("of several the last", "并列时取最后一个"), test(&last_of_ties)),
            Control::new(text("the smallest logit", "取最小的 logit"), test(&smallest)),
        ],
    )
}

/// C2
pub(super) fn is_deterministic(seed: u64) -> Claim {
    const TRIALS: usize = 1000;
    let count = |choices: &dyn Fn(usize) -> Choice, differ: &dyn Fn(usize, &Choice) -> bool| {
        (0..TRIALS).filter(|&i| differ(i, &choices(i))).count() as f64
    };
    let reordered = |_: usize, choice: &Choice| choice.token(Order::Forward) != choice.token(Order::Lanes);
    let again = |_: usize, choice: &Choice| choice.token(Order::Lanes) != choice.token(Order::Lanes);
    let flipped = count(&|i| tied(seed, i), &reordered);
    let counted =
        |what: Text, value: f64| Measure::near(what, value, 0.0, 0.0, COUNTED).over(TRIALS).drawn(seed);
    let test = |repeated: f64, clear: f64| {
        Test(vec![
            counted(
                text(
                    "equal logits, the same order of sums twice: tokens that differ",
                    "logits 相等，同一种求和顺序算两次：选得不同的次数",
                ),
                repeated,
            ),
            counted(
                text(
                    "unequal logits, two orders of sums: tokens that differ",
                    "logits 不等，两种求和顺序：选得不同的次数",
                ),
                clear,
            ),
        ])
    };
    let coin = |i: usize, _: &Choice| rng(seed, &format!("Q7 C2 coin {i}")).random::<bool>();
    let (same, clear) = (count(&|i| tied(seed, i), &again), count(&|i| apart(seed, i), &reordered));
    Claim::corrected(
        "LLM-Q7-C2",
        text(
            "Greedy is deterministic: the same input gives the same output.",
            "贪心是确定性的：输入相同，输出就相同。",
        ),
        Test(vec![counted(
            text(
                "equal logits, two orders of sums in f32: tokens that differ",
                "logits 相等，f32 下两种求和顺序：选得不同的次数",
            ),
            flipped,
        )]),
        Correction {
            degree: Degree::Qualified,
            counterexample: Text::new(
                format!(
                    "two logits that are equal in exact arithmetic, summed in f32 one by one and in eight lanes: greedy takes another token in {flipped} of {TRIALS} cases"
                ),
                format!(
                    "两个 logit 精确相等，用 f32 逐个累加、分 8 路累加各算一次：{TRIALS} 次里有 {flipped} 次，贪心选的 token 不同"
                ),
            ),
            say: text(
                "In exact arithmetic with a tie rule, yes. On real hardware the order of sums depends on the batch and the kernel; rounding flips near-ties, and from the first other token on the texts part.",
                "在精确算术下，只要并列时有固定规则，确实如此。但在实际硬件上，求和顺序会随 batch 大小和 kernel 变，舍入误差可能让两个非常接近的 logit 换位；只要有一个 token 不同，后面就分叉了。",
            ),
            test: test(same, clear),
        },
        vec![
            Control::new(
                text("ties broken by a coin", "并列时抛硬币"),
                test(count(&|i| tied(seed, i), &coin), clear),
            ),
            Control::new(
                text("equal logits in the place of unequal ones", "把不等的 logits 换成相等的"),
                test(same, flipped),
            ),
        ],
    )
}

/// `Q(V) = Σ_{k ≥ 1} V! / ((V − k)! Vᵏ)`: mean number of states before a random map repeats one.
fn ramanujan(vocab: usize) -> f64 {
    let v = vocab as f64;
    let terms = (0..vocab).scan(1.0, |term, k| {
        *term *= (v - k as f64) / v;
        Some(*term)
    });
    terms.sum()
}

/// C3
pub(super) fn repeats(seed: u64) -> Claim {
    const MAPS: usize = 1000;
    const VOCAB: usize = 50;
    let steps = steps_before_a_repeat(VOCAB, MAPS, seed);
    let spread = 4.0 * (variance(&steps) / MAPS as f64).sqrt();
    let average = mean(&steps);
    let test = |how: How| {
        let (share, texts) = share_in_a_loop(how, seed);
        Test(vec![
            Measure::near(
                text(
                    "random first-order models over 50 tokens: mean tokens before one comes again",
                    "50 个 token 的随机一阶模型：平均走几个 token 才出现重复",
                ),
                average,
                ramanujan(VOCAB),
                spread,
                text("Q(50), exact for random maps; 4 standard errors", "随机映射的精确值 Q(50)；4 个标准误"),
            )
            .over(MAPS)
            .drawn(seed),
            Measure::at_least(
                text(
                    "trained model: share of continuations that end in a loop",
                    "训练好的模型：以循环结尾的续写占比",
                ),
                share,
                0.9,
                text("nearly all", "几乎全部"),
            )
            .over(texts),
        ])
    };
    Claim::holds(
        "LLM-Q7-C3",
        text("Greedy easily falls into repetition.", "用贪心往下写，很容易来回重复。"),
        test(How::Greedy),
        vec![Control::new(text("sampling from the same model", "改为从同一模型采样"), test(How::Sampled))],
    )
}

/// C4
pub(super) fn misses_the_optimum(seed: u64) -> Claim {
    const SEEDS: u64 = 100;
    let tree = trees::greedy_loses();
    let best = trees::best(&tree).probability;
    let test = |search: Search, distinct: f64| {
        Test(vec![
            Measure::near(
                text("different texts from 100 seeds", "100 个种子写出几种文本"),
                distinct,
                1.0,
                0.0,
                COUNTED,
            )
            .over(SEEDS as usize),
            Measure::near(
                text("tree: probability of the most probable text", "树：最优文本的概率"),
                best,
                0.36,
                1e-6,
                F32,
            ),
            Measure::at_most(
                text("tree: what is found, over the optimum", "树：找到的概率 / 最优"),
                trees::found(&tree, search).probability / best,
                0.99,
                text("0.20/0.36 by hand", "手算 0.20/0.36"),
            ),
        ])
    };
    let one = trees::distinct(&tree, false, SEEDS, seed);
    Claim::holds(
        "LLM-Q7-C4",
        text(
            "Greedy lacks diversity and may miss the most probable text.",
            "贪心写出来的文本单一，也未必是概率最大的那一段。",
        ),
        test(Search::Greedy, one),
        vec![
            Control::new(text("all texts searched", "穷举所有文本"), test(Search::Beam(1000), one)),
            Control::new(
                text("sampling", "改为采样"),
                test(Search::Greedy, trees::distinct(&tree, true, SEEDS, seed)),
            ),
        ],
    )
}

/// Probabilities that a tree gives as `f32` logits.
const F32: Text = text("logits in f32", "logits 为 f32");
