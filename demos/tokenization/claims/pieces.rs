//! C13 to C18: WordPiece.

use concepts::numerics::tolerance::EXACT_F64;
use concepts::tokenizer::wordpiece::{Candidate, Criterion, Ties, Until, WordPiece, train};

use crate::kit::claim::{Claim, Control, Correction, Degree, Measure, Test};
use crate::kit::measure::{COUNTED, EXACT, ROUNDING};
use crate::kit::text::{Text, text};
use crate::tokenization::experiments::criteria::{
    Score, best, first_table, from_counts, order, shortfall, steps,
};
use crate::tokenization::experiments::prose::frequent_words;

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

/// C15
pub(super) fn more_sensible(_seed: u64) -> Claim {
    Claim::opinion(
        "LLM-Q8-C15",
        text(
            "WordPiece rests on a language model and is semantically more sensible.",
            "WordPiece 有语言模型作依据，切出来的子词更有意义。",
        ),
        text(
            "Neither looks at meaning: both count neighbours in spelling. Where pieces follow the parts of a word it is because those are frequent; section 7 shows what each learns on the same text.",
            "两者都不看语义，数的都是拼写上的相邻。切分恰好落在词根词缀上，只因为那些串常见；第 7 节可以看到同一份文本上各自学到了什么。",
        ),
    )
}

/// C16
pub(super) fn from_google(_seed: u64) -> Claim {
    Claim::data(
        "LLM-Q8-C16",
        text("WordPiece comes from Google; BERT uses it.", "WordPiece 出自 Google，用在 BERT 里。"),
        text(
            "Schuster & Nakajima 2012 (voice search for Japanese and Korean); Wu et al. 2016 (translation); Devlin et al. 2019, section 3: WordPiece with 30,000 tokens.",
            "Schuster 与 Nakajima 2012（日语、韩语语音搜索）；Wu 等 2016（翻译）；Devlin 等 2019 第 3 节：WordPiece，词表 30,000。",
        ),
    )
}

/// C17
pub(super) fn needs_a_model(_seed: u64) -> Claim {
    const MERGES: usize = 40;
    const SECOND_PASS: f64 = 2.0;
    let words = frequent_words(300);
    let pairs = from_counts(&words, Score::Pairs, MERGES);
    let pieces = from_counts(&words, Score::PairsAndPieces, MERGES);
    let library = |criterion| {
        let training = train(&words, criterion, Ties::FirstMet, Until::Merges(MERGES));
        let join = |(left, right): &(String, String)| format!("{left}{}", right.trim_start_matches("##"));
        training.map(|training| training.merges.iter().map(join).collect()).unwrap_or_default()
    };
    let wordpiece: Vec<String> = library(Criterion::Ratio);
    let looked = pieces.looked_at as f64 / pairs.looked_at as f64;
    let test = |merged: &[String]| {
        let agree = merged.iter().zip(&wordpiece).filter(|(a, b)| a == b).count();
        Test(vec![
            Measure::near(
                text(
                    "merges, of 40, that counts of pairs and pieces decide alone",
                    "40 次合并中，只凭 pair 和子词的计数就能定下来的",
                ),
                agree as f64,
                MERGES as f64,
                0.0,
                EXACT,
            )
            .over(words.len()),
            Measure::at_most(
                text("neighbours looked at, over those of BPE", "查看的相邻位置数 / BPE 的"),
                looked,
                SECOND_PASS,
                text("below 2: no second pass over the words", "不到 2：没有多扫一遍语料"),
            )
            .over(pairs.looked_at),
        ])
    };
    let (divisions, at) = (pieces.divisions, pieces.looked_at);
    Claim::corrected(
        "LLM-Q8-C17",
        text(
            "WordPiece is slower to train, for a language model must be trained.",
            "WordPiece 要先有一个训练好的语言模型，所以训练得慢。",
        ),
        Test(vec![
            Measure::at_least(
                text(
                    "neighbours looked at for 40 merges, WordPiece over BPE",
                    "40 次合并要查看的相邻位置数，WordPiece / BPE",
                ),
                looked,
                SECOND_PASS,
                text(
                    "a model to train would cost a second pass a merge, at least",
                    "真要训练模型，每次合并至少还得再扫一遍语料",
                ),
            )
            .over(words.len()),
        ]),
        Correction {
            degree: Degree::Wrong,
            counterexample: Text::new(
                format!(
                    "40 merges on {} words: {at} neighbours looked at against {} (BPE shortens the words faster), and {divisions} divisions more, one a pair and step; all merges follow from the counts",
                    words.len(),
                    pairs.looked_at
                ),
                format!(
                    "{} 个词上合并 40 次：查看 {at} 个相邻位置，BPE 是 {}（它缩短得更快）；另外多做 {divisions} 次除法，每一步每对一次。所有合并都由计数决定",
                    words.len(),
                    pairs.looked_at
                ),
            ),
            say: text(
                "No language model is trained. Its unigram model is the table of counts itself, which BPE has too; per pair and step there is one division more. What is true is that a score changes whenever the count of one of its pieces does, so an incremental trainer has more entries to refresh.",
                "不需要训练任何语言模型：所谓 unigram 模型就是计数表本身，BPE 也有，每步每对只多一次除法。真正的差别在于：某个子词的计数一变，所有含它的 score 都要更新，增量训练要刷新的项更多。",
            ),
            test: test(&pieces.merged),
        },
        vec![Control::new(
            text("counts of pairs alone, without those of the pieces", "只用 pair 的计数，不用子词的计数"),
            test(&pairs.merged),
        )],
    )
}

/// The pieces of a word under a vocabulary.
fn cut(pieces: &[&str], word: &str) -> Vec<String> {
    let pieces = pieces.iter().map(|piece| (*piece).to_string()).collect();
    WordPiece::new(pieces, "[UNK]")
        .map(|model| model.cut(word).into_iter().map(String::from).collect())
        .unwrap_or_default()
}

/// C18
pub(super) fn playing(_seed: u64) -> Claim {
    let with = ["[UNK]", "play", "##ing", "playing", "low", "##er"];
    let without = ["[UNK]", "play", "##ing", "low", "##er"];
    let count = |pieces: &[&str], word: &str| cut(pieces, word).len() as f64;
    let unknown = |word: &str| f64::from(u8::from(cut(&without, word) == ["[UNK]"]));
    let test = |pieces: &[&str]| {
        Test(vec![
            Measure::near(
                text(
                    "pieces of playing, if playing is no piece itself",
                    "词表里没有 playing 时，playing 的段数",
                ),
                count(pieces, "playing"),
                2.0,
                0.0,
                EXACT,
            ),
            Measure::near(
                text(
                    "whole words lost where a rest finds no piece (lowz)",
                    "剩余部分无法匹配时，整词变 [UNK] 的个数（lowz）",
                ),
                unknown("lowz"),
                1.0,
                0.0,
                COUNTED,
            ),
        ])
    };
    Claim::corrected(
        "LLM-Q8-C18",
        text(
            "playing becomes [play, ##ing]; ## marks a piece that does not begin the word.",
            "playing 切成 [play, ##ing]，## 表示非词首。",
        ),
        Test(vec![Measure::near(
            text(
                "pieces of playing where playing is in the vocabulary",
                "词表里有 playing 时，playing 的段数",
            ),
            count(&with, "playing"),
            2.0,
            0.0,
            EXACT,
        )]),
        Correction {
            degree: Degree::Qualified,
            counterexample: text(
                "the longest match comes first: with playing in the vocabulary it stays whole, as in bert-base-uncased, where playing is token 2652 (play 2377, ##ing 2075)",
                "最长匹配优先：词表里有 playing 就整个取走。bert-base-uncased 就是这样，playing 是一个 token（2652；play 2377，##ing 2075）",
            ),
            say: text(
                "The notation is right, the example depends on the vocabulary. Encoding takes the longest piece that fits, again and again; in real BERT playing is a single token. And if any rest fits no piece, the whole word becomes [UNK].",
                "记号没错，例子要看词表。编码时反复取能匹配的最长一段；真实的 BERT 里 playing 本身就是一个 token。只要剩下的部分匹配不上，整个词都变成 [UNK]。",
            ),
            test: test(&without),
        },
        vec![Control::new(text("playing left in the vocabulary", "词表里仍有 playing"), test(&with))],
    )
}

/// A claim whose experiment the library refused: no test of it can pass.
fn broken(id: &'static str) -> Claim {
    Claim::holds(id, text("", ""), Test(Vec::new()), Vec::new())
}
