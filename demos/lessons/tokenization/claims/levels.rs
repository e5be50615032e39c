//! C1 to C3: what text is cut into.

use concepts::tokenizer::bpe::{BpeOptions, TieRule, WordEnd};
use concepts::tokenizer::pretokenize::Pretokenizer;

use crate::kit::claim::{Claim, Control, Measure, Test};
use crate::kit::measure::EXACT;
use crate::kit::text::{Text, text};
use crate::lessons::tokenization::experiments::prose::{
    ODD, beginning, english, met_once, new_words, random_bytes, with_known_beginning,
};
use crate::lessons::tokenization::experiments::whiteboard::{CORPUS, length_after, options};
use crate::lessons::tokenization::trained::{BYTES, Trained};

use super::none;

/// C1
pub(super) fn text_to_numbers(seed: u64) -> Claim {
    let (training, held_out) = english();
    let samples: Vec<Vec<u8>> = ODD
        .iter()
        .map(|(_, sample)| sample.as_bytes().to_vec())
        .chain(held_out.split('\n').map(|line| line.as_bytes().to_vec()))
        .chain(random_bytes(50, seed))
        .collect();
    let test = |pre: Pretokenizer| {
        let trained = Trained::new(training, pre, BYTES, 200).ok();
        let lost = |trained: &Trained| samples.iter().filter(|sample| !trained.restores(sample)).count();
        let beyond = |trained: &Trained| {
            let size = trained.bpe.vocabulary().len();
            let ids = samples.iter().flat_map(|sample| trained.pieces(sample).unwrap_or_default());
            ids.filter(|piece| piece.id().is_none_or(|id| id as usize >= size)).count()
        };
        let of = |count: &dyn Fn(&Trained) -> usize| trained.as_ref().map_or(samples.len(), count);
        Test(vec![
            none(text("texts that do not come back from their ids", "由 id 还原不出原文的样本数"), of(&lost))
                .over(samples.len())
                .drawn(seed),
            none(
                text("tokens without a row in the embedding table", "在 embedding 表里没有对应行的 token 数"),
                of(&beyond),
            )
            .over(samples.len())
            .drawn(seed),
        ])
    };
    Claim::holds(
        "LLM-Q8-C1",
        text(
            "Tokenisation cuts text into the units that a model processes: text, tokens, ids, embeddings.",
            "tokenization 把文本切成模型处理的单元：文本 → token → id → embedding。",
        ),
        test(Pretokenizer::Gpt2),
        vec![Control::new(
            text("words cut at blanks, and the blanks thrown away", "按空白切词，空白丢掉"),
            test(Pretokenizer::Whitespace),
        )],
    )
}

/// C2
pub(super) fn characters_are_long(_seed: u64) -> Claim {
    let (training, held_out) = english();
    let characters: u64 = CORPUS.iter().map(|(word, count)| word.len() as u64 * count).sum();
    let test = |nine_merges: usize, merges: usize| {
        let rule = BpeOptions { merges: nine_merges, ..options(TieRule::First, WordEnd::Unmarked) };
        let tokens = length_after(&CORPUS, &rule).map_or(f64::NAN, |tokens| tokens as f64);
        let trained = Trained::new(training, Pretokenizer::Gpt2, BYTES, merges);
        let length = trained.map_or(f64::NAN, |trained| trained.length(held_out.as_bytes()));
        Test(vec![
            Measure::near(
                text("the nine words as tokens after nine merges", "九个词合并 9 次之后的 token 数"),
                tokens,
                9.0,
                0.0,
                EXACT,
            ),
            Measure::at_least(
                text(
                    "characters a token on held-out English, after 1000 merges",
                    "留出的英文上，合并 1000 次后每 token 的字符数",
                ),
                held_out.len() as f64 / length,
                2.0,
                text(
                    "1 for characters; half the length is a quarter of the attention",
                    "字符级恒为 1；长度减半，注意力的计算量降到 1/4",
                ),
            )
            .over(held_out.len()),
        ])
    };
    Claim::holds(
        "LLM-Q8-C2",
        Text::new(
            format!("Cut into characters, sequences get long ({characters} for the nine words)."),
            format!("按字符切，序列会很长（九个词就有 {characters} 个字符）。"),
        ),
        test(9, 1000),
        vec![Control::new(text("no merges: characters", "不合并，即字符级"), test(0, 0))],
    )
}

/// What a list of the words of `read` lacks when `met` is read, and how far from complete it is. `forms` are
/// forms of low, lower, newest.
fn word_list(read: &str, met: &str, forms: &[&str]) -> Test {
    let known = |word: &&&str| CORPUS.iter().any(|(known, _)| known == *word);
    let (unknown, words) = new_words(read, met);
    let (later, listed) = new_words(beginning(read, read.len() / 2), read);
    let (once, _) = met_once(read);
    Test(vec![
        none(
            text(
                "new words that the list low, lower, newest knows",
                "词表只有 low、lower、newest 时，认得的新词数",
            ),
            forms.iter().filter(known).count(),
        ),
        Measure::at_least(
            text(
                "distinct words of the held-out text that training never met",
                "留出文本的不同词中，训练时没见过的",
            ),
            unknown as f64,
            1.0,
            text("one is enough: it has no id", "有一个就够：它没有 id"),
        )
        .over(words),
        Measure::at_least(
            text(
                "of these, words that begin with a known one of four letters or more",
                "其中以某个已知词（4 个字母以上）开头的",
            ),
            with_known_beginning(read, met) as f64,
            1.0,
            text("one is enough: its relative is of no help", "有一个就够：认得它的“亲戚”也帮不上忙"),
        )
        .over(unknown),
        Measure::at_least(
            text("words that only the second half of the text has", "只在后一半文本里才出现的词数"),
            later as f64,
            1.0,
            text("one is enough: a complete list does not grow", "有一个就够：完整的词表不会再增长"),
        )
        .over(listed),
        Measure::at_least(
            text("share of the list that is met only once", "词表中只出现过一次的占比"),
            once as f64 / listed as f64,
            0.25,
            text(
                "half-way from a complete list, 0 in a long text, to one without end, 1/2 by Zipf's law",
                "完整的词表读久了趋于 0，没有尽头的按 Zipf 定律是 1/2，取中点",
            ),
        )
        .over(listed),
    ])
}

/// C3
pub(super) fn words_run_out(_seed: u64) -> Claim {
    let (training, held_out) = english();
    let twice = format!("{training}{training}");
    Claim::holds(
        "LLM-Q8-C3",
        text(
            "Cut into words, there are unknown words, the vocabulary is huge, and forms of a word share nothing.",
            "按词切：总有没见过的词，词表越来越大，一个词的各种形态彼此无关。",
        ),
        word_list(training, held_out, &["lowest", "lows", "newer"]),
        vec![Control::new(
            text(
                "the text of training read twice, then met once more: the list is complete",
                "训练文本读两遍，再拿它自己来测：词表是完整的",
            ),
            word_list(&twice, training, &["low", "lower"]),
        )],
    )
}
