//! C13, C14: what WordPiece merges.

use concepts::numerics::tolerance::EXACT_F64;
use concepts::tokenizer::wordpiece::{Candidate, Criterion};

use crate::kit::claim::{Claim, Control, Correction, Degree, Measure, Test};
use crate::kit::measure::{EXACT, ROUNDING};
use crate::kit::text::{Text, text};
use crate::tokenization::experiments::criteria::{best, first_table, order, shortfall, steps};

/// Merges after which the criteria have drifted apart.
const FEW: usize = 5;

/// C13
pub(super) fn least_perplexity(_seed: u64) -> Claim {
    let likelihood = order(Criterion::Likelihood, FEW);
    let perplexity = order(Criterion::Perplexity, FEW);
    let same = likelihood.iter().zip(&perplexity).take_while(|(a, b)| a == b).count();
    let test = |criterion: Criterion| {
        let steps = steps(criterion, FEW + 1);
        let gained: f64 = steps.iter().take(FEW).map(|step| step.best().likelihood_gain).sum();
        let change = match (steps.first(), steps.get(FEW)) {
            (Some(first), Some(last)) => last.log_likelihood - first.log_likelihood,
            _ => f64::NAN,
        };
        Test(vec![
            Measure::at_most(
                text(
                    "likelihood that the merged pair gains less than the best pair, nats, at most",
                    "合并的那一对，似然增益比最优的一对少多少（nat），最大值",
                ),
                shortfall(&steps),
                EXACT_F64 * 100.0,
                ROUNDING,
            )
            .over(steps.len()),
            Measure::near(
                text(
                    "gains of five merges together, less the change of the corpus's likelihood",
                    "五次合并的增益之和，与语料似然总变化之差",
                ),
                gained - change,
                0.0,
                EXACT_F64 * 100.0,
                ROUNDING,
            ),
        ])
    };
    let (kept, left) = (likelihood.join(", "), perplexity.join(", "));
    Claim::corrected(
        "LLM-Q8-C13",
        text(
            "WordPiece merges the pair that lowers the perplexity of a language model most.",
            "WordPiece 每次挑一对来合并，标准是让语言模型的困惑度降得最多。",
        ),
        Test(vec![Measure::near(
            text(
                "first merges in which least perplexity per token agrees with largest likelihood",
                "前几次合并中，“每 token 困惑度最小”与“似然最大”一致的次数",
            ),
            same as f64,
            FEW as f64,
            0.0,
            EXACT,
        )]),
        Correction {
            degree: Degree::Qualified,
            counterexample: Text::new(
                format!(
                    "likelihood merges {kept}; perplexity per token merges {left}. A merge makes the text shorter, so the average over tokens and the sum are different things"
                ),
                format!(
                    "按似然依次合并 {}；按每 token 困惑度是 {}。合并会让 token 数变少，所以平均值和总和不是一回事",
                    likelihood.join("、"),
                    perplexity.join("、")
                ),
            ),
            say: text(
                "WordPiece takes the pair that raises the likelihood of the training text most under a unigram model of the pieces. Per token, perplexity is another quantity, for every merge changes the number of tokens. No neural language model is involved.",
                "WordPiece 选的是让训练语料似然增加最多的一对，这里的语言模型只是子词的 unigram 模型，不是神经网络。按 token 平均的困惑度是另一回事，因为每次合并 token 数都会变。",
            ),
            test: test(Criterion::Likelihood),
        },
        vec![Control::new(
            text("the pair that leaves the least perplexity per token", "改成选每 token 困惑度最小的一对"),
            test(Criterion::Perplexity),
        )],
    )
}

/// How the gain in likelihood of a candidate is found.
type Gain<'a> = &'a dyn Fn(&Candidate) -> f64;

/// C14
pub(super) fn ratio_is_likelihood(_seed: u64) -> Claim {
    let Some(table) = first_table() else { return broken("LLM-Q8-C14") };
    let counted = |candidate: &Candidate| candidate.likelihood_gain;
    let ratio = |candidate: &Candidate| candidate.ratio;
    let of = |name: &str, score: Gain| {
        table.candidates.iter().find(|candidate| candidate.merged == name).map_or(f64::NAN, score)
    };
    let choice = |score: Gain| best(&table, score).map_or("", |candidate| candidate.merged.as_str());
    let distinct = |gain: Gain| {
        let mut firsts = vec![choice(&|c: &Candidate| c.count as f64), choice(&ratio), choice(gain)];
        firsts.sort_unstable();
        firsts.dedup();
        firsts.len()
    };
    let test = |gain: Gain| {
        Test(vec![
            Measure::near(
                text(
                    "different first merges under count, ratio and likelihood",
                    "按次数、比值、似然，第一次合并有几种不同结果",
                ),
                distinct(gain) as f64,
                3.0,
                0.0,
                EXACT,
            )
            .over(table.candidates.len()),
            Measure::near(
                text("gain in likelihood of l+o, nats", "l+o 的似然增益（nat）"),
                of("lo", gain),
                15.456,
                5e-4,
                text("worked by hand, to the digits shown", "手算，精确到所示位数"),
            ),
            Measure::near(
                text("gain in likelihood of s+t, nats", "s+t 的似然增益（nat）"),
                of("##st", gain),
                13.308,
                5e-4,
                text("worked by hand, to the digits shown", "手算，精确到所示位数"),
            ),
        ])
    };
    let (by_ratio, by_gain) = (choice(&ratio).to_string(), choice(&counted).to_string());
    let lost = of(&by_ratio, &counted) - of(&by_gain, &counted);
    let tokens = table.tokens as f64;
    Claim::corrected(
        "LLM-Q8-C14",
        text(
            "That is the same as taking the largest score P(xy)/(P(x)·P(y)).",
            "这等价于取 score = P(xy)/(P(x)·P(y)) 最大的一对。",
        ),
        Test(vec![Measure::at_least(
            text(
                "gain in likelihood of the pair with the largest score, less the largest gain, nats",
                "score 最大的一对的似然增益 − 最大增益（nat）",
            ),
            lost,
            0.0,
            text("0 if the two were the same", "若等价应为 0"),
        )]),
        Correction {
            degree: Degree::Wrong,
            counterexample: Text::new(
                format!(
                    "the score takes {by_ratio} (score {:.2}, gain {:.3}), the likelihood takes {by_gain} (score {:.2}, gain {:.3}), the count takes {}: three criteria, three first merges",
                    of(&by_ratio, &ratio),
                    of(&by_ratio, &counted),
                    of(&by_gain, &ratio),
                    of(&by_gain, &counted),
                    choice(&|c: &Candidate| c.count as f64),
                ),
                format!(
                    "score 选 {by_ratio}（score {:.2}，增益 {:.3}），似然选 {by_gain}（score {:.2}，增益 {:.3}），次数选 {}：三个准则，第一步三种结果",
                    of(&by_ratio, &ratio),
                    of(&by_ratio, &counted),
                    of(&by_gain, &ratio),
                    of(&by_gain, &counted),
                    choice(&|c: &Candidate| c.count as f64),
                ),
            ),
            say: text(
                "The score is pointwise mutual information without its logarithm: it ignores how often the pair occurs. The gain in likelihood is about the count times the logarithm of that ratio. So the ratio loves rare pairs, and the likelihood weighs them. The ratio is the Hugging Face course's reconstruction; Google never released its trainer.",
                "score 取对数就是 PMI，它不管这一对出现多少次；似然增益约等于次数乘以 score 的对数。所以 score 偏爱罕见的组合，似然会按次数加权。这个 score 公式出自 Hugging Face 课程的推测，Google 从未公开训练代码。",
            ),
            test: test(&counted),
        },
        vec![Control::new(
            text(
                "the gain read off the score alone, log(score), without the count",
                "只用 log(score) 当增益，不乘次数",
            ),
            test(&|candidate: &Candidate| (candidate.ratio * tokens).ln()),
        )],
    )
}

/// A claim whose experiment the library refused: no test of it can pass.
fn broken(id: &'static str) -> Claim {
    Claim::holds(id, text("", ""), Test(Vec::new()), Vec::new())
}
