//! C1 to C3, C5, C12, C26: what text is cut into, and what is unknown.

use concepts::tokenizer::bpe::Base;
use concepts::tokenizer::pretokenize::Pretokenizer;

use crate::kit::claim::{Claim, Control, Correction, Degree, Measure, Test};
use crate::kit::measure::{COUNTED, EXACT};
use crate::kit::text::{Text, text};
use crate::tokenization::experiments::prose::{ODD, english, new_words, random_bytes, with_known_beginning};
use crate::tokenization::experiments::whiteboard::{CORPUS, length_after, options};
use crate::tokenization::trained::{BYTES, Trained};
use concepts::tokenizer::bpe::{BpeOptions, TieRule, WordEnd};

/// The nine words as a text.
const NINE: &str = "low low low lower lower newest newest newest newest";

fn nine(base: Base) -> Option<Trained> {
    Trained::new(NINE, Pretokenizer::Gpt2, base, usize::MAX).ok()
}

fn none(what: Text, count: usize) -> Measure {
    Measure::near(what, count as f64, 0.0, 0.0, EXACT)
}

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
            "词元化把文本切成模型处理的单元：文本 → token → id → embedding。",
        ),
        test(Pretokenizer::Gpt2),
        vec![Control::new(
            text("words cut at blanks, and the blanks thrown away", "按空白切词，空白丢掉"),
            test(Pretokenizer::Whitespace),
        )],
    )
}

/// The beginning of a text, at most so many bytes of it.
fn first(text: &str, bytes: usize) -> &str {
    let end = (0..=bytes.min(text.len())).rev().find(|&end| text.is_char_boundary(end));
    &text[..end.unwrap_or(0)]
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
                    "characters a token on held-out English, after 300 merges",
                    "留出的英文上，合并 300 次后每 token 的字符数",
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
        test(9, 300),
        vec![Control::new(text("no merges: characters", "不合并，即字符级"), test(0, 0))],
    )
}

/// C3
pub(super) fn words_run_out(_seed: u64) -> Claim {
    let (training, held_out) = english();
    let known = |word: &str| CORPUS.iter().any(|(known, _)| *known == word);
    let test = |read: &str, met_text: &str, wanted: &[&str]| {
        let (unknown, met) = new_words(read, met_text);
        let half = &read[..first(read, read.len() / 2).len()];
        let (later, _) = new_words(half, read);
        Test(vec![
            none(
                text(
                    "new words that the list low, lower, newest knows",
                    "词表只有 low、lower、newest 时，认得的新词数",
                ),
                wanted.iter().filter(|word| known(word)).count(),
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
            .over(met),
            Measure::at_least(
                text(
                    "of these, words that begin with a known one of four letters or more",
                    "其中以某个已知词（4 个字母以上）开头的",
                ),
                with_known_beginning(read, met_text) as f64,
                1.0,
                text("one is enough: its relative is of no help", "有一个就够：认得它的“亲戚”也帮不上忙"),
            )
            .over(unknown),
            Measure::at_least(
                text(
                    "new words of the second half of the text, over the distinct words of the first",
                    "后一半文本的新词数 / 前一半的不同词数",
                ),
                later as f64 / new_words("", half).1.max(1) as f64,
                0.1,
                text("a list that was complete would not grow", "若词表已完整，就不会再增长"),
            )
            .over(new_words("", read).1),
        ])
    };
    Claim::holds(
        "LLM-Q8-C3",
        text(
            "Cut into words, there are unknown words, the vocabulary is huge, and forms of a word share nothing.",
            "按词切：总有没见过的词，词表收不住，一个词的各种形态彼此无关。",
        ),
        test(training, held_out, &["lowest", "lows", "newer"]),
        vec![Control::new(
            text(
                "the text of training itself, whose words are all listed",
                "在训练文本自身上测，所有词都在表里",
            ),
            test(training, training, &["low", "lower"]),
        )],
    )
}

/// C5
pub(super) fn solves_unknown_words(_seed: u64) -> Claim {
    let characters = nine(Base::Chars);
    let unknown = |trained: &Option<Trained>, word: &str| {
        trained.as_ref().map_or(word.len(), |trained| trained.unknown(word.as_bytes()))
    };
    let test = |base: Base| {
        let trained = nine(base);
        Test(vec![
            none(
                text(
                    "unknown pieces of lowest, a new word of known letters",
                    "lowest（生词，字母都见过）的未知符号数",
                ),
                unknown(&trained, "lowest"),
            ),
            none(
                text(
                    "unknown pieces of zebra, which has letters never met",
                    "zebra（有没见过的字母）的未知符号数",
                ),
                unknown(&trained, "zebra"),
            ),
        ])
    };
    let lost = unknown(&characters, "zebra");
    Claim::corrected(
        "LLM-Q8-C5",
        text("Sub-words solve the problem of unknown words.", "有了子词，就不再有未登录词（OOV）。"),
        Test(vec![none(
            text(
                "unknown symbols of zebra, sub-words built from characters",
                "字符起步的子词，zebra 的未知符号数",
            ),
            lost,
        )]),
        Correction {
            degree: Degree::Qualified,
            counterexample: Text::new(
                format!(
                    "trained on the nine words, zebra has {lost} unknown symbols: z, b and a never occurred"
                ),
                format!("在那九个词上训练，zebra 有 {lost} 个未知符号：z、b、a 从没出现过"),
            ),
            say: text(
                "Sub-words handle a new word as long as its letters are in the base alphabet. Only a base that covers everything, that is all 256 bytes or a fallback to bytes, leaves nothing unknown.",
                "只要字母都在基础字符表里，子词就能拆出新词；要做到完全没有未知符号，基础必须覆盖一切输入，也就是 256 个字节，或者加 byte fallback。",
            ),
            test: test(BYTES),
        },
        vec![Control::new(
            text("characters of the corpus as the base", "以语料里的字符为基础"),
            test(Base::Chars),
        )],
    )
}

/// C12
pub(super) fn handles_any_text(seed: u64) -> Claim {
    let characters = nine(Base::Chars);
    let samples = random_bytes(200, seed);
    let unknown = |trained: &Option<Trained>, text: &str| {
        trained.as_ref().map_or(text.len(), |trained| trained.unknown(text.as_bytes()))
    };
    let test = |base: Base| {
        let trained = nine(base);
        let lost = |trained: &Trained| samples.iter().filter(|sample| !trained.restores(sample)).count();
        Test(vec![
            none(text("unknown symbols of zebra", "zebra 的未知符号数"), unknown(&trained, "zebra")),
            none(
                text("random strings of bytes that do not come back", "还原不出来的随机字节串"),
                trained.as_ref().map_or(samples.len(), lost),
            )
            .over(samples.len())
            .drawn(seed),
        ])
    };
    let lost = unknown(&characters, "zebra");
    let misspelt = unknown(&characters, "lowwest");
    Claim::corrected(
        "LLM-Q8-C12",
        text(
            "BPE needs no vocabulary given beforehand and handles any text.",
            "BPE 不必事先列好词表，什么文本都能切。",
        ),
        Test(vec![none(
            text("unknown symbols of zebra, base of characters", "字符起步时，zebra 的未知符号数"),
            lost,
        )]),
        Correction {
            degree: Degree::Qualified,
            counterexample: Text::new(
                format!(
                    "characters as the base: a misspelt lowwest has {misspelt} unknown symbols, zebra has {lost}"
                ),
                format!("字符起步：拼错的 lowwest 有 {misspelt} 个未知符号，zebra 有 {lost} 个"),
            ),
            say: text(
                "The words need not be listed beforehand; the alphabet and the size do. With the characters of a corpus as the alphabet, a character it lacks is unknown. Only byte-level BPE, or a fallback to bytes, handles any text.",
                "词不用预先列好，但基础字符表和词表大小要先定。字符起步时，语料里没有的字符就是未知符号；只有字节级 BPE 或带 byte fallback 的，才能处理任意文本。",
            ),
            test: test(BYTES),
        },
        vec![Control::new(
            text("characters of the corpus as the base", "以语料里的字符为基础"),
            test(Base::Chars),
        )],
    )
}

/// C26
pub(super) fn all_bytes(seed: u64) -> Claim {
    let samples = random_bytes(300, seed);
    let gpt2 = concepts::model::find("gpt-2-small").map_or(f64::NAN, |model| model.config.vocab as f64);
    let test = |base: Base| {
        let trained = nine(base);
        let unknown = |trained: &Trained| samples.iter().filter(|sample| trained.unknown(sample) > 0).count();
        let lost = |trained: &Trained| samples.iter().filter(|sample| !trained.restores(sample)).count();
        let of = |count: &dyn Fn(&Trained) -> usize| trained.as_ref().map_or(samples.len(), count);
        Test(vec![
            none(
                text("random strings of bytes with an unknown symbol", "含未知符号的随机字节串"),
                of(&unknown),
            )
            .over(samples.len())
            .drawn(seed),
            none(text("random strings of bytes that do not come back", "还原不出来的随机字节串"), of(&lost))
                .over(samples.len())
                .drawn(seed),
            Measure::at_most(
                text("tokens of 我爱你, which is 9 bytes", "“我爱你”（9 字节）的 token 数"),
                trained.as_ref().map_or(f64::NAN, |trained| trained.length("我爱你".as_bytes())),
                9.0,
                COUNTED,
            ),
            Measure::near(
                text(
                    "GPT-2's vocabulary less 256 bytes, 50,000 merges and the end of a text",
                    "GPT-2 词表 − 256 个字节 − 50,000 次合并 − 文末标记",
                ),
                gpt2 - 256.0 - 50_000.0 - 1.0,
                0.0,
                0.0,
                text("published configuration", "公开的模型配置"),
            ),
        ])
    };
    Claim::holds(
        "LLM-Q8-C26",
        text(
            "Byte-level BPE has the 256 bytes as its base, so that nothing is ever unknown.",
            "字节级 BPE 从 256 个字节起步，不会有未知符号。",
        ),
        test(BYTES),
        vec![Control::new(
            text("characters of the corpus as the base", "以语料里的字符为基础"),
            test(Base::Chars),
        )],
    )
}
