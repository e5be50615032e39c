//! C17: what training WordPiece takes.

use concepts::tokenizer::wordpiece::{Criterion, Ties, Until, train};

use crate::kit::claim::{Claim, Control, Correction, Degree, Measure, Test};
use crate::kit::measure::EXACT;
use crate::kit::text::{Text, text};
use crate::lessons::tokenization::experiments::counting::{Counted, Score, from_counts};
use crate::lessons::tokenization::experiments::prose::frequent_words;

use super::counted;

/// Merges, and the words of the English text that they are learned from. So few that cutting all words anew
/// for each pair, which is a control, stays a matter of milliseconds.
const MERGES: usize = 20;
const WORDS: usize = 60;

/// What the library merges under a criterion.
fn library(words: &[(String, u64)], criterion: Criterion) -> Vec<String> {
    let training = train(words, criterion, Ties::FirstMet, Until::Merges(MERGES));
    let join = |(left, right): &(String, String)| format!("{left}{}", right.trim_start_matches("##"));
    training.map(|training| training.merges.iter().map(join).collect()).unwrap_or_default()
}

/// Two trainers, one by the ratio and one by the likelihood, beside the library's and beside BPE.
fn test(words: &[(String, u64)], ratio: &Counted, likelihood: &Counted) -> Test {
    let agreeing = |own: &Counted, criterion| {
        own.merged.iter().zip(library(words, criterion)).filter(|(a, b)| *a == b).count()
    };
    Test(vec![
        counted(
            text(
                "merges by the ratio, of 20, that counts of pairs and pieces decide alone",
                "按比值的 20 次合并中，只凭 pair 和子词的计数就能定下来的",
            ),
            agreeing(ratio, Criterion::Ratio),
            MERGES,
        )
        .over(words.len()),
        counted(
            text("merges by the likelihood, of 20, likewise", "按似然的 20 次合并中，同样能定下来的"),
            agreeing(likelihood, Criterion::Likelihood),
            MERGES,
        )
        .over(words.len()),
        Measure::near(
            text("words read to choose them, over those BPE reads", "为此读过的词数 / BPE 读过的"),
            readings(words, &[ratio, likelihood]),
            1.0,
            0.0,
            EXACT,
        )
        .over(words.len() * MERGES),
    ])
}

/// Words that the trainers read at most, over those that BPE reads.
fn readings(words: &[(String, u64)], trainers: &[&Counted]) -> f64 {
    let most = trainers.iter().map(|counted| counted.words_read).max().unwrap_or(0);
    most as f64 / from_counts(words, Score::Pairs, MERGES).words_read as f64
}

/// C17
pub(super) fn needs_a_model(_seed: u64) -> Claim {
    let words = frequent_words(WORDS);
    let by = |score| from_counts(&words, score, MERGES);
    let (ratio, likelihood, pairs, anew) =
        (by(Score::Ratio), by(Score::Likelihood), by(Score::Pairs), by(Score::CutAnew));
    let (read, scored) = (likelihood.words_read, ratio.scored);
    Claim::corrected(
        "LLM-Q8-C17",
        text(
            "WordPiece is slower to train, for a language model must be trained.",
            "WordPiece 要先有一个训练好的语言模型，所以训练得慢。",
        ),
        Test(vec![
            Measure::at_least(
                text(
                    "words read to choose 20 merges, WordPiece over BPE",
                    "为选出 20 次合并读过的词数，WordPiece / BPE",
                ),
                readings(&words, &[&ratio, &likelihood]),
                2.0,
                text(
                    "a model that is trained reads the words once more for each merge, at least",
                    "真要训练模型，每次合并至少还得把词再读一遍",
                ),
            )
            .over(words.len() * MERGES),
        ]),
        Correction {
            degree: Degree::Wrong,
            counterexample: Text::new(
                format!(
                    "{MERGES} merges on {WORDS} words: BPE, the ratio and the likelihood each read {read} words, all of them once a merge; the ratio adds one division for each pair and merge, {scored} in all"
                ),
                format!(
                    "{WORDS} 个词上合并 {MERGES} 次：BPE、按比值、按似然都只读 {read} 个词，即每次合并读一遍；按比值多出来的只是每次合并、每个 pair 一次除法，共 {scored} 次"
                ),
            ),
            say: text(
                "No language model is trained. Its unigram model is the table of counts itself: one reading of the words counts pairs, which BPE needs, and pieces with them. A score then costs a division or a few logarithms more for each pair. What is true is that a score changes whenever the count of one of its pieces does, so an incremental trainer has more entries to refresh.",
                "不需要训练任何语言模型：所谓 unigram 模型就是计数表本身。读一遍词，BPE 要的 pair 计数有了，子词的计数也顺带有了；打分只是每个 pair 多一次除法，或者几次对数。真正的差别在于：某个子词的计数一变，所有含它的 score 都要更新，增量训练要刷新的项更多。",
            ),
            test: test(&words, &ratio, &likelihood),
        },
        vec![
            Control::new(
                text(
                    "counts of pairs alone, without those of the pieces",
                    "只用 pair 的计数，不用子词的计数",
                ),
                test(&words, &pairs, &pairs),
            ),
            Control::new(
                text(
                    "the likelihood found by cutting and counting all words anew for each pair",
                    "每个 pair 都把所有的词重切、重数一遍来求似然",
                ),
                test(&words, &ratio, &anew),
            ),
        ],
    )
}
