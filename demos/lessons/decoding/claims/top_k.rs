//! C11 to C15: a fixed number of tokens.

use concepts::numerics::rng;
use concepts::numerics::tolerance::EXACT_F64;

use crate::kit::claim::{Claim, Control, Correction, Degree, Measure, Test};
use crate::kit::measure::{COUNTED, EXACT, ROUNDING};
use crate::kit::text::{Text, text};
use crate::lessons::decoding::experiments::distributions::{geometric, random_softmax, zipf};
use crate::lessons::decoding::experiments::draws::{SIGMAS, counts, distance, named_right};
use crate::lessons::decoding::experiments::truncation::{Kept, min_p, top_k};

/// Of the written answer's range.
const K: usize = 50;
const VOCAB: usize = 1000;
/// The vocabulary of GPT-2.
const GPT2: usize = 50_257;
/// Half the mass on the first token, a quarter on the second, …
const STEEP: f64 = 0.5;
/// The first hundred tokens are nearly alike.
const FLAT: f64 = 0.99;
/// A token this much less probable than the best is junk.
const JUNK: f64 = 1e-4;
const CHOSEN: Text = text("junk: below 1e-4 of the largest", "垃圾 token：概率不到最大值的 1e-4");

/// C11
pub(super) fn samples_from_k(seed: u64) -> Claim {
    const DRAWS: usize = 100_000;
    const SMALL: usize = 8;
    let p = random_softmax(40, 1.5, seed, "Q7 C11 distribution");
    // Expected: renormalised by hand, from the ranks.
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|&a, &b| p[b].total_cmp(&p[a]));
    let mass: f64 = order[..SMALL].iter().map(|&i| p[i]).sum();
    let mut expected = vec![0.0; p.len()];
    order[..SMALL].iter().for_each(|&i| expected[i] = p[i] / mass);
    let test = |kept: &Kept| {
        let drawn = counts(&kept.q, DRAWS, &mut rng(seed, "Q7 C11 draws"));
        Test(vec![
            Measure::near(
                text("tokens that can be drawn, K = 8", "能被抽到的 token 数，K = 8"),
                drawn.iter().filter(|&&count| count > 0).count() as f64,
                SMALL as f64,
                0.0,
                COUNTED,
            )
            .over(DRAWS)
            .drawn(seed),
            Measure::at_most(
                text(
                    "χ² against the renormalised probabilities, in standard deviations above its mean",
                    "与重新归一化后的概率对比，χ² 超出均值几个标准差",
                ),
                distance(&drawn, &expected),
                SIGMAS,
                text("6 standard deviations of χ² with 7 degrees of freedom", "自由度 7 的 χ²，6 个标准差"),
            )
            .over(DRAWS)
            .drawn(seed),
        ])
    };
    let evenly =
        Kept { q: expected.iter().map(|q| if *q > 0.0 { 1.0 / SMALL as f64 } else { 0.0 }).collect() };
    Claim::holds(
        "LLM-Q7-C11",
        text("Top-k samples from the K most probable tokens.", "top-k 只在概率最大的 K 个 token 里采样。"),
        test(&top_k(&p, SMALL)),
        vec![
            Control::new(text("one token more", "多留一个 token"), test(&top_k(&p, SMALL + 1))),
            Control::new(
                text("the right tokens, all equally likely", "token 没错，但改成等概率抽"),
                test(&evenly),
            ),
        ],
    )
}

/// C12
pub(super) fn as_code(seed: u64) -> Claim {
    const DRAWS: usize = 1000;
    let p = zipf(GPT2);
    let truncated: f64 = p[..K].iter().sum();
    let total = text("sum of the probabilities that are sampled from", "用来采样的概率之和");
    let right = text(
        "draws that name the right token of a shuffled vocabulary: share",
        "词表打乱后，抽到的编号对应正确 token 的占比",
    );
    let test = |sum: f64, ids_kept: bool| {
        Test(vec![
            Measure::near(total.clone(), sum, 1.0, EXACT_F64, ROUNDING).over(K),
            Measure::near(right.clone(), named_right(ids_kept, DRAWS, seed), 1.0, 0.0, EXACT)
                .over(DRAWS)
                .drawn(seed),
        ])
    };
    let sum: f64 = top_k(&p, K).q.iter().sum();
    Claim::corrected(
        "LLM-Q7-C12",
        text(
            "Top-k in code: sort the probabilities, take the first K, sample from those.",
            "top-k 的代码：概率排序，取前 K 个，从中采样。",
        ),
        test(truncated, false),
        Correction {
            degree: Degree::Qualified,
            counterexample: Text::new(
                format!(
                    "Zipf's law over {GPT2} tokens: the first {K} probabilities sum to {truncated:.4}, and a rank is not a token"
                ),
                format!(
                    "{GPT2} 个 token 服从 Zipf 分布：前 {K} 个概率之和只有 {truncated:.4}；而且名次不是 token 编号"
                ),
            ),
            say: text(
                "As pseudo-code it will do. As a program it lacks two things: the indices, so that a rank becomes a token again, and the renormalisation, so that the K probabilities sum to one. Setting the other logits to −∞ before softmax does both.",
                "当伪代码没问题，真要跑还缺两样：一是要带着 token 的下标，不然只有名次，还原不出是哪个 token；二是要重新归一化，不然 K 个概率加起来不到 1。把其余 logits 置成 −∞ 再做 softmax，两样就都有了。",
            ),
            test: test(sum, true),
        },
        vec![
            Control::new(text("indices kept, not renormalised", "带下标，但不归一化"), test(truncated, true)),
            Control::new(text("renormalised, indices lost", "归一化了，但丢了下标"), test(sum, false)),
        ],
    )
}

/// C13
pub(super) fn avoids_the_improbable(_seed: u64) -> Claim {
    let (steep, flat) = (geometric(STEEP, VOCAB), geometric(FLAT, VOCAB));
    let last = |kept: &Kept, p: &[f64]| kept.least(p);
    let (of_steep, of_flat) = (last(&top_k(&steep, K), &steep), last(&top_k(&flat, K), &flat));
    let basis = text("junk: below 1e-4", "垃圾 token：概率低于 1e-4");
    let test = |in_steep: &Kept| {
        Test(vec![
            Measure::at_least(
                text(
                    "flat (ratio 0.99): least probable token that top-50 keeps",
                    "平缓（比值 0.99）：top-50 留下的最低概率",
                ),
                of_flat,
                JUNK,
                basis.clone(),
            ),
            Measure::at_least(
                text(
                    "steep (ratio 0.5): least probable token kept, over the most probable; cut by min-p 0.05",
                    "陡峭（比值 0.5）：按 min-p 0.05 截断，留下的最低概率 / 最高概率",
                ),
                last(in_steep, &steep) / steep[0],
                0.05,
                text("what min-p promises", "min-p 的定义"),
            ),
            Measure::near(
                text("the same: tokens kept", "同上：留下的 token 数"),
                in_steep.count() as f64,
                5.0,
                0.0,
                text("by hand: 0.5⁴ ≥ 0.05 > 0.5⁵", "手算：0.5⁴ ≥ 0.05 > 0.5⁵"),
            ),
        ])
    };
    Claim::corrected(
        "LLM-Q7-C13",
        text("Top-k avoids tokens of very low probability.", "用 top-k 就不会抽到概率极低的 token。"),
        Test(vec![Measure::at_least(
            text(
                "steep (ratio 0.5): least probable token that top-50 keeps",
                "陡峭（比值 0.5）：top-50 留下的最低概率",
            ),
            of_steep,
            JUNK,
            basis.clone(),
        )]),
        Correction {
            degree: Degree::Qualified,
            counterexample: Text::new(
                format!(
                    "with ratio {STEEP} the {K}th token has probability {of_steep:.1e} and stays; with ratio {FLAT} it has {of_flat:.1e}"
                ),
                format!(
                    "比值 {STEEP} 时，第 {K} 个 token 的概率只有 {of_steep:.1e}，照样留下；比值 {FLAT} 时是 {of_flat:.1e}"
                ),
            ),
            say: text(
                "Only if the distribution is flat enough. Where it is steep, the K-th token is itself junk, and top-k keeps it. A relative bound such as min-p, a share of the largest probability, keeps the promise in both cases.",
                "只有分布够平才成立。分布很陡的时候，第 K 个 token 本身就是垃圾，top-k 照留不误。像 min-p 那样用相对阈值，也就是最大概率的某个比例，陡和平两种情况都管用。",
            ),
            test: test(&min_p(&steep, 0.05)),
        },
        vec![Control::new(
            text("top-k in the place of min-p", "把 min-p 换成 top-k"),
            test(&top_k(&steep, K)),
        )],
    )
}

/// Tokens kept that are junk beside the most probable one.
fn junk(kept: &Kept, p: &[f64]) -> f64 {
    let largest = p.iter().copied().fold(0.0, f64::max);
    kept.ids().filter(|&i| p[i] < JUNK * largest).count() as f64
}

/// C14
pub(super) fn steep(_seed: u64) -> Claim {
    let test = |ratio: f64| {
        let p = geometric(ratio, VOCAB);
        let kept = top_k(&p, K);
        Test(vec![
            Measure::at_least(
                text("mass that top-50 keeps", "top-50 保留的概率质量"),
                kept.mass(&p),
                0.99,
                CHOSEN,
            ),
            Measure::at_least(
                text("kept tokens that are junk, of 50", "留下的 50 个里的垃圾 token 数"),
                junk(&kept, &p),
                25.0,
                CHOSEN,
            )
            .over(K),
        ])
    };
    let p = geometric(STEEP, VOCAB);
    let kept = top_k(&p, K);
    let (lost, rubbish) = (1.0 - kept.mass(&p), junk(&kept, &p));
    Claim::corrected(
        "LLM-Q7-C14",
        text(
            "Where the distribution is steep, K tokens may be too few.",
            "分布很陡时，只留 K 个也许不够用。",
        ),
        Test(vec![Measure::at_least(
            text("steep (ratio 0.5): mass that top-50 cuts off", "陡峭（比值 0.5）：top-50 截掉的概率质量"),
            lost,
            0.01,
            text("too few: a hundredth of the mass is lost", "不够用：至少丢掉 1% 的概率质量"),
        )]),
        Correction {
            degree: Degree::Wrong,
            counterexample: Text::new(
                format!(
                    "ratio {STEEP}, {VOCAB} tokens: top-{K} loses {lost:.0e} of the mass, and {rubbish} of the {K} tokens kept are junk"
                ),
                format!(
                    "比值 {STEEP}、{VOCAB} 个 token：top-{K} 只丢了 {lost:.0e} 的概率质量，留下的 {K} 个里有 {rubbish} 个是垃圾"
                ),
            ),
            say: text(
                "It is the other way round. Where the distribution is steep a handful of tokens has all the mass, so a fixed K is too many and lets junk in.",
                "说反了。分布很陡的时候，几个 token 就占了几乎全部概率，固定的 K 反而太大，会把垃圾 token 放进来。",
            ),
            test: test(STEEP),
        },
        vec![Control::new(
            text("a flat distribution (ratio 0.99)", "换成平缓的分布（比值 0.99）"),
            test(FLAT),
        )],
    )
}

/// C15
pub(super) fn flat(_seed: u64) -> Claim {
    let test = |ratio: f64| {
        let p = geometric(ratio, VOCAB);
        Test(vec![
            Measure::at_most(
                text("mass that top-50 keeps", "top-50 保留的概率质量"),
                top_k(&p, K).mass(&p),
                0.5,
                text("too few: half the mass is lost", "不够：丢掉一半的概率质量"),
            ),
            Measure::at_least(
                text("tokens needed for a mass of 0.9", "累积概率达到 0.9 需要的 token 数"),
                needed(&p, 0.9),
                2.0 * K as f64,
                text("twice K", "K 的两倍"),
            ),
        ])
    };
    let p = geometric(FLAT, VOCAB);
    let kept = top_k(&p, K);
    let (mass, rubbish) = (kept.mass(&p), junk(&kept, &p));
    Claim::corrected(
        "LLM-Q7-C15",
        text("Where the distribution is flat, K tokens may be too many.", "分布很平时，留 K 个也许太多。"),
        Test(vec![
            Measure::at_least(
                text(
                    "flat (ratio 0.99): junk among the 50 tokens kept",
                    "平缓（比值 0.99）：留下的 50 个里的垃圾 token 数",
                ),
                rubbish,
                1.0,
                CHOSEN,
            )
            .over(K),
        ]),
        Correction {
            degree: Degree::Wrong,
            counterexample: Text::new(
                format!(
                    "ratio {FLAT}, {VOCAB} tokens: top-{K} keeps {mass:.3} of the mass, no junk among it; {} tokens are needed for 0.9",
                    needed(&p, 0.9)
                ),
                format!(
                    "比值 {FLAT}、{VOCAB} 个 token：top-{K} 只保住 {mass:.3} 的概率质量，其中没有垃圾；要到 0.9 需要 {} 个",
                    needed(&p, 0.9)
                ),
            ),
            say: text(
                "The other way round again. Where the distribution is flat many tokens are about equally good, and a fixed K is too few: it cuts off most of the mass and makes the text duller than the model.",
                "这句也说反了。分布很平的时候，很多 token 都差不多好，固定的 K 又太小，截掉了大半概率，文本会比模型本来的分布更单调。",
            ),
            test: test(FLAT),
        },
        vec![Control::new(
            text("a steep distribution (ratio 0.5)", "换成陡峭的分布（比值 0.5）"),
            test(STEEP),
        )],
    )
}

/// How many of the most probable tokens reach a mass, counted one by one.
fn needed(falling: &[f64], mass: f64) -> f64 {
    let mut sum = 0.0;
    let reached = falling.iter().position(|p| {
        sum += p;
        sum >= mass
    });
    reached.map_or(f64::NAN, |last| last as f64 + 1.0)
}
