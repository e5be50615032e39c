//! C16 to C18, C20, C24: a fixed mass.

use crate::kit::claim::{Claim, Control, Correction, Degree, Measure, Test};
use crate::kit::measure::{COUNTED, EXACT};
use crate::kit::text::{Text, text};
use crate::lessons::decoding::experiments::distributions::{entropy, geometric, random_softmax, uniform};
use crate::lessons::decoding::experiments::draws::{going_on, sampled};
use crate::lessons::decoding::experiments::truncation::{Kept, as_written, top_k, top_p};

/// Of the written answer's range.
const P: f64 = 0.9;
const VOCAB: usize = 1000;
const TRIALS: usize = 400;

/// Random distributions from nearly flat to very steep.
fn distributions(seed: u64) -> Vec<Vec<f64>> {
    let spread = |i: usize| 1.0 + 7.0 * i as f64 / TRIALS as f64;
    (0..TRIALS).map(|i| random_softmax(VOCAB, spread(i), seed, &format!("Q7 top-p {i}"))).collect()
}

/// A rule on the distributions: how often the set is empty, falls short of P, has a token to spare.
#[derive(Clone, Copy)]
pub(crate) struct Faults {
    pub empty: usize,
    pub short: usize,
    pub spare: usize,
}

fn faults(distributions: &[Vec<f64>], rule: &dyn Fn(&[f64]) -> Kept) -> Faults {
    let mut faults = Faults { empty: 0, short: 0, spare: 0 };
    for p in distributions {
        let kept = rule(p);
        let mass = kept.mass(p);
        let least = kept.ids().map(|i| p[i]).fold(f64::INFINITY, f64::min);
        faults.empty += usize::from(kept.count() == 0);
        faults.short += usize::from(mass < P);
        faults.spare += usize::from(kept.count() > 0 && mass - least >= P);
    }
    faults
}

fn none(what: Text, count: usize, seed: u64) -> Measure {
    Measure::near(what, count as f64, 0.0, 0.0, COUNTED).over(TRIALS).drawn(seed)
}

fn smallest(faults: Faults, seed: u64) -> Test {
    Test(vec![
        none(text("sets whose mass is below P = 0.9", "概率之和不到 P = 0.9 的集合数"), faults.short, seed),
        none(
            text(
                "sets that reach P without their least probable token",
                "去掉概率最低的 token 仍达到 P 的集合数",
            ),
            faults.spare,
            seed,
        ),
    ])
}

/// C16
pub(super) fn smallest_set(seed: u64) -> Claim {
    let all = distributions(seed);
    let test = |rule: &dyn Fn(&[f64]) -> Kept| smallest(faults(&all, rule), seed);
    let one_more = |p: &[f64]| top_k(p, top_p(p, P).count() + 1);
    Claim::holds(
        "LLM-Q7-C16",
        text(
            "Top-p samples from the smallest set of tokens whose probabilities reach P.",
            "top-p 取概率之和达到 P 的最少几个 token，在其中采样。",
        ),
        test(&|p| top_p(p, P)),
        vec![
            Control::new(text("cumsum ≤ P", "cumsum ≤ P"), test(&|p| as_written(p, P))),
            Control::new(text("one token more", "多留一个 token"), test(&one_more)),
        ],
    )
}

/// C17
pub(super) fn as_code(seed: u64) -> Claim {
    let all = distributions(seed);
    let test = |rule: &dyn Fn(&[f64]) -> Kept| {
        let found = faults(&all, rule);
        let mut test = smallest(found, seed);
        test.0.insert(0, none(text("empty sets", "空集的个数"), found.empty, seed));
        test
    };
    let written = faults(&all, &|p| as_written(p, P));
    let peaked = [0.95, 0.03, 0.02];
    Claim::corrected(
        "LLM-Q7-C17",
        text(
            "In code: keep the sorted tokens whose cumulative sum is at most P.",
            "代码：保留 cumsum ≤ P 的 token。",
        ),
        test(&|p| as_written(p, P)),
        Correction {
            degree: Degree::Wrong,
            counterexample: Text::new(
                format!(
                    "(0.95, 0.03, 0.02) with P = {P}: the written rule keeps {} tokens, the right one {}; of {TRIALS} random distributions {} come out empty and {} fall short of P",
                    as_written(&peaked, P).count(),
                    top_p(&peaked, P).count(),
                    written.empty,
                    written.short
                ),
                format!(
                    "(0.95, 0.03, 0.02)，P = {P}：按原句的写法留下 {} 个，正确的是 {} 个；{TRIALS} 个随机分布里有 {} 个得到空集，{} 个达不到 P",
                    as_written(&peaked, P).count(),
                    top_p(&peaked, P).count(),
                    written.empty,
                    written.short
                ),
            ),
            say: text(
                "The token that crosses P belongs to the nucleus. Keep a token while the sum before it is below P: cumsum − p < P. Then the set is never empty. After that renormalise, and keep the indices.",
                "跨过 P 的那个 token 也属于 nucleus。判断条件应该是它之前的累积和小于 P，也就是 cumsum − p < P，这样永远不会是空集。之后要重新归一化，还要带着下标。",
            ),
            test: test(&|p| top_p(p, P)),
        },
        vec![Control::new(
            text("cumsum ≤ P, and the best token if that is empty", "cumsum ≤ P，空集时补上第一名"),
            test(&|p| {
                let kept = as_written(p, P);
                if kept.count() == 0 { top_k(p, 1) } else { kept }
            }),
        )],
    )
}

/// C18
pub(super) fn adapts(_seed: u64) -> Claim {
    let by_hand = |ratio: f64, target: f64| (geometric(ratio, VOCAB), format!("{ratio}"), target);
    // 1 − rⁿ ≥ 0.9 for the first time.
    let cases = [by_hand(0.05, 1.0), by_hand(0.5, 4.0), by_hand(0.9, 22.0), by_hand(0.99, 230.0)];
    let test = |rule: &dyn Fn(&[f64]) -> Kept| {
        let mut measures: Vec<Measure> = cases
            .iter()
            .map(|(p, ratio, target)| {
                Measure::near(
                    Text::new(
                        format!("tokens kept, geometric with ratio {ratio}"),
                        format!("留下的 token 数，几何分布，比值 {ratio}"),
                    ),
                    rule(p).count() as f64,
                    *target,
                    0.0,
                    text("by hand: ⌈ln 0.1 / ln r⌉", "手算：⌈ln 0.1 / ln r⌉"),
                )
            })
            .collect();
        measures.push(Measure::near(
            text("tokens kept, uniform over 1024", "留下的 token 数，1024 个等概率"),
            rule(&uniform(1024)).count() as f64,
            922.0,
            0.0,
            text("by hand: ⌈0.9 · 1024⌉", "手算：⌈0.9 · 1024⌉"),
        ));
        Test(measures)
    };
    Claim::holds(
        "LLM-Q7-C18",
        text(
            "Top-p adapts: few tokens where the distribution is steep, many where it is flat.",
            "top-p 自适应：分布陡时留得少，分布平时留得多。",
        ),
        test(&|p| top_p(p, P)),
        vec![Control::new(text("top-k 50", "换成 top-k 50"), test(&|p| top_k(p, 50)))],
    )
}

/// C20
pub(super) fn is_random(seed: u64) -> Claim {
    const DRAWS: usize = 100;
    let p = random_softmax(50, 1.0, seed, "Q7 C20");
    let test = |draw: &dyn Fn(u64) -> Vec<usize>| {
        let differ = |a: &[usize], b: &[usize]| a.iter().zip(b).filter(|(a, b)| a != b).count() as f64;
        let once = draw(seed);
        Test(vec![
            Measure::at_least(
                text("another seed: draws that differ, of 100", "换个种子：100 次抽样中不同的次数"),
                differ(&once, &draw(seed + 1)),
                10.0,
                text("at least a tenth", "至少十分之一"),
            )
            .over(DRAWS)
            .drawn(seed),
            Measure::near(
                text("the same seed: draws that differ", "同一个种子：不同的次数"),
                differ(&once, &draw(seed)),
                0.0,
                0.0,
                EXACT,
            )
            .over(DRAWS)
            .drawn(seed),
        ])
    };
    let nucleus = top_p(&p, P).q;
    let unseeded = std::cell::Cell::new(seed);
    Claim::holds(
        "LLM-Q7-C20",
        text("Top-p is still random and cannot always be controlled.", "top-p 终究带随机性，结果未必可控。"),
        test(&|seed| sampled(&nucleus, DRAWS, seed)),
        vec![
            Control::new(text("greedy", "换成贪心"), test(&|seed| sampled(&top_k(&p, 1).q, DRAWS, seed))),
            Control::new(
                text("a generator that goes on where it stopped", "随机数生成器不按种子重置"),
                test(&|seed| going_on(&nucleus, DRAWS, seed, &unseeded)),
            ),
        ],
    )
}

/// C24
pub(super) fn more_diverse(_seed: u64) -> Claim {
    const K: usize = 50;
    let gain = |ratio: f64, k: usize| {
        let p = geometric(ratio, VOCAB);
        entropy(&top_p(&p, P).q) - entropy(&top_k(&p, k).q)
    };
    let test = |k: usize| {
        let chosen = text("a tenth of a nat", "0.1 nat");
        Test(vec![
            Measure::at_least(
                text(
                    "flat (ratio 0.99): entropy of top-p 0.9 less that of top-k",
                    "平缓（比值 0.99）：top-p 0.9 的熵 − top-k 的熵",
                ),
                gain(0.99, k),
                0.1,
                chosen.clone(),
            ),
            Measure::at_most(
                text(
                    "steep (ratio 0.5): entropy of top-p 0.9 less that of top-k",
                    "陡峭（比值 0.5）：top-p 0.9 的熵 − top-k 的熵",
                ),
                gain(0.5, k),
                -0.1,
                chosen,
            ),
        ])
    };
    Claim::corrected(
        "LLM-Q7-C24",
        text("Top-p gives more diversity than top-k.", "与 top-k 相比，top-p 更多样。"),
        Test(vec![Measure::at_least(
            text(
                "steep (ratio 0.5): entropy of top-p 0.9 less that of top-k 50",
                "陡峭（比值 0.5）：top-p 0.9 的熵 − top-k 50 的熵",
            ),
            gain(0.5, K),
            0.0,
            text("higher: no less entropy", "“更多样”：熵至少一样大"),
        )]),
        Correction {
            degree: Degree::Qualified,
            counterexample: Text::new(
                format!(
                    "top-p 0.9 less top-k 50, in nats: ratio 0.5 {:.3}, ratio 0.9 {:.3}, ratio 0.99 +{:.3}",
                    gain(0.5, K),
                    gain(0.9, K),
                    gain(0.99, K)
                ),
                format!(
                    "top-p 0.9 的熵减去 top-k 50 的熵（nat）：比值 0.5 时 {:.3}，0.9 时 {:.3}，0.99 时 +{:.3}",
                    gain(0.5, K),
                    gain(0.9, K),
                    gain(0.99, K)
                ),
            ),
            say: text(
                "It depends on the distribution and on the two numbers. Where it is steep top-p keeps fewer tokens than top-k 50 and is less diverse; where it is flat it keeps more. What top-p has over top-k is that it adapts.",
                "要看分布，也要看 K 和 P 取多少。分布陡的时候，top-p 留下的比 top-k 50 还少，多样性更低；分布平的时候才更高。top-p 的优势是自适应，不是任何时候都更多样。",
            ),
            test: test(K),
        },
        vec![Control::new(text("k = 3", "取 k = 3"), test(3))],
    )
}
