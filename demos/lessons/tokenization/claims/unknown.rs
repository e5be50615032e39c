//! C5, C12, C26: what is unknown.

use concepts::tokenizer::bpe::Base;
use concepts::tokenizer::pretokenize::Pretokenizer;

use crate::kit::claim::{Claim, Control, Correction, Degree, Measure, Test};
use crate::kit::measure::COUNTED;
use crate::kit::text::{Text, text};
use crate::lessons::tokenization::experiments::prose::random_bytes;
use crate::lessons::tokenization::trained::{BYTES, Trained};

use super::none;

/// The nine words as a text.
const NINE: &str = "low low low lower lower newest newest newest newest";

fn nine(base: Base) -> Option<Trained> {
    Trained::new(NINE, Pretokenizer::Gpt2, base, usize::MAX).ok()
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
    let gpt2 = concepts::budget::find("gpt-2-small").map_or(f64::NAN, |model| model.config.vocab as f64);
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
                    "GPT-2 词表 − 256 个字节 − 50,000 次合并 − 文本结束标记",
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
