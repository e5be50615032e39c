//! C13, C14: what WordPiece merges.

use concepts::numerics::tolerance::EXACT_F64;
use concepts::tokenizer::wordpiece::{Candidate, Criterion, Step};

use crate::kit::claim::{Claim, Control, Correction, Degree, Measure, Test};
use crate::kit::measure::{EXACT, ROUNDING};
use crate::kit::text::{Text, text};
use crate::lessons::tokenization::experiments::counting::{Score, from_counts};
use crate::lessons::tokenization::experiments::criteria::{
    best, bound_violations, first_table, order, shortfall, steps,
};
use crate::lessons::tokenization::experiments::whiteboard::CORPUS;

use super::{counted, none};

/// Merges after which the criteria have drifted apart.
const FEW: usize = 5;

/// The first merges under a criterion, beside those of a trainer that counts apart from the library.
fn agreeing(criterion: Criterion, score: Score) -> usize {
    let words = CORPUS.map(|(word, count)| (word.to_string(), count));
    let own = from_counts(&words, score, FEW).merged;
    order(criterion, FEW).iter().zip(&own).filter(|(a, b)| a == b).count()
}

/// Merges that leave the least perplexity per character. Merging changes no character, so their number stays.
fn least_per_character(steps: &[Step]) -> usize {
    let characters = steps.first().map_or(0, |first| first.tokens) as f64;
    let least = |step: &&Step| {
        let of = |c: &Candidate| (-(step.log_likelihood + c.likelihood_gain) / characters).exp();
        // Equally good pairs may differ in the last digits.
        step.candidates.iter().all(|other| of(step.best()) <= of(other) * (1.0 + EXACT_F64))
    };
    steps.iter().take(FEW).filter(least).count()
}

/// What the merges of a criterion do to likelihood and perplexity.
fn by_likelihood(criterion: Criterion) -> Test {
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
        counted(
            text(
                "merges, of five, that leave the least perplexity per character",
                "五次合并中，使每字符困惑度最小的",
            ),
            least_per_character(&steps),
            FEW,
        ),
        counted(
            text(
                "merges by likelihood and by perplexity per token, of five each, as counted apart from the library",
                "按似然、按每 token 困惑度各五次合并中，与另写的计数程序一致的",
            ),
            agreeing(Criterion::Likelihood, Score::Likelihood)
                + agreeing(Criterion::Perplexity, Score::Perplexity),
            2 * FEW,
        ),
    ])
}

/// C13
pub(super) fn least_perplexity(_seed: u64) -> Claim {
    let likelihood = order(Criterion::Likelihood, FEW);
    let perplexity = order(Criterion::Perplexity, FEW);
    let same = likelihood.iter().zip(&perplexity).take_while(|(a, b)| a == b).count();
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
                "WordPiece takes the pair that raises the likelihood of the training text most under a unigram model of the pieces. Perplexity per character says the same, for the characters stay. Perplexity per token is another quantity, for every merge changes the number of tokens. No neural language model is involved.",
                "WordPiece 选的是让训练语料似然增加最多的一对，这里的语言模型只是子词的 unigram 模型，不是神经网络。字符数不变，所以按每字符困惑度说，意思一样；按每 token 困惑度就不同了，因为每次合并 token 数都会变。",
            ),
            test: by_likelihood(Criterion::Likelihood),
        },
        vec![Control::new(
            text("the pair that leaves the least perplexity per token", "改成选每 token 困惑度最小的一对"),
            by_likelihood(Criterion::Perplexity),
        )],
    )
}

/// A number by which a candidate is judged.
type Judge<'a> = &'a dyn Fn(&Candidate) -> f64;

/// That number for the pair that makes this piece.
fn of(table: &Step, merged: &str, score: Judge) -> f64 {
    table.candidates.iter().find(|candidate| candidate.merged == merged).map_or(f64::NAN, score)
}

/// The piece that the best pair makes.
fn choice<'a>(table: &'a Step, score: Judge) -> &'a str {
    best(table, score).map_or("", |candidate| &candidate.merged)
}

fn count(candidate: &Candidate) -> f64 {
    candidate.count as f64
}

fn ratio(candidate: &Candidate) -> f64 {
    candidate.ratio
}

fn gained(candidate: &Candidate) -> f64 {
    candidate.likelihood_gain
}

/// What the three criteria choose, if the gain in likelihood is found so.
fn three_choices(table: &Step, gain: Judge) -> Test {
    let mut firsts = [choice(table, &count), choice(table, &ratio), choice(table, gain)];
    firsts.sort_unstable();
    let different = firsts.chunk_by(|a, b| a == b).count();
    let by_hand = |what: Text, merged: &str, nats: f64| {
        let basis = text("worked by hand, to the digits shown", "手算，精确到所示位数");
        Measure::near(what, of(table, merged, gain), nats, 5e-4, basis)
    };
    Test(vec![
        counted(
            text(
                "different first merges under count, ratio and likelihood",
                "按次数、比值、似然，第一次合并有几种不同结果",
            ),
            different,
            3,
        )
        .over(table.candidates.len()),
        by_hand(text("gain in likelihood of l+o, nats", "l+o 的似然增益（nat）"), "lo", 15.456),
        by_hand(text("gain in likelihood of s+t, nats", "s+t 的似然增益（nat）"), "##st", 13.308),
        none(
            text(
                "pairs, with m the count, that gain less than m·(ln(m·(N − m)/(c(x)·c(y))) − 1)",
                "增益小于 m·(ln(m·(N − m)/(c(x)·c(y))) − 1) 的 pair 数（m 为次数）",
            ),
            bound_violations(table, gain),
        )
        .over(table.candidates.len()),
    ])
}

/// C14
pub(super) fn ratio_is_likelihood(_seed: u64) -> Claim {
    let Some(table) = first_table() else { return broken("LLM-Q8-C14") };
    let tokens = table.tokens as f64;
    let [by_count, by_ratio, by_gain] =
        [choice(&table, &count), choice(&table, &ratio), choice(&table, &gained)];
    let shown = |merged: &str| (of(&table, merged, &ratio), of(&table, merged, &gained));
    let ((ratio_score, ratio_gain), (gain_score, gain_gain)) = (shown(by_ratio), shown(by_gain));
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
            ratio_gain - gain_gain,
            0.0,
            text("0 if the two were the same", "若等价应为 0"),
        )]),
        Correction {
            degree: Degree::Wrong,
            counterexample: Text::new(
                format!(
                    "the score takes {by_ratio} (score {ratio_score:.2}, gain {ratio_gain:.3}), the likelihood takes {by_gain} (score {gain_score:.2}, gain {gain_gain:.3}), the count takes {by_count}: three criteria, three first merges"
                ),
                format!(
                    "score 选 {by_ratio}（score {ratio_score:.2}，增益 {ratio_gain:.3}），似然选 {by_gain}（score {gain_score:.2}，增益 {gain_gain:.3}），次数选 {by_count}：三个准则，第一步三种结果"
                ),
            ),
            say: text(
                "The score is pointwise mutual information without its logarithm: it ignores how often the pair occurs. The gain in likelihood is of the order of the count times the logarithm of that ratio. So the ratio loves rare pairs, and the likelihood weighs them. The ratio is the Hugging Face course's reconstruction; Google never released its trainer.",
                "score 取对数就是 PMI，它不管这一对出现多少次；似然增益的量级是次数乘以 score 的对数。所以 score 偏爱罕见的组合，似然会按次数加权。这个 score 公式出自 Hugging Face 课程的推测，Google 从未公开训练代码。",
            ),
            test: three_choices(&table, &gained),
        },
        vec![Control::new(
            text(
                "the gain read off the score alone, log(score), without the count",
                "只用 log(score) 当增益，不乘次数",
            ),
            three_choices(&table, &|candidate| (candidate.ratio * tokens).ln()),
        )],
    )
}

/// A claim whose experiment the library refused: no test of it can pass.
fn broken(id: &'static str) -> Claim {
    Claim::holds(id, text("", ""), Test(Vec::new()), Vec::new())
}
