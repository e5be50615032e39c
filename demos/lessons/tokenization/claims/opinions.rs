//! C11, C15, C27: opinions, with what can be said about them all the same.

use crate::kit::claim::Claim;
use crate::kit::number::formatted;
use crate::kit::text::{Text, text};
use crate::lessons::tokenization::experiments::languages::{Way, per_character};

/// C11
pub(super) fn simple_and_efficient(_seed: u64) -> Claim {
    Claim::opinion(
        "LLM-Q8-C11",
        text(
            "BPE is simple and efficient; it makes little use of linguistic knowledge.",
            "BPE 又简单又快，只是没用上语言学知识。",
        ),
        text(
            "Simple it is: the trainer under --code has a few dozen lines. It uses none of linguistics, nor does WordPiece. Whether that is a fault is a matter of taste: models trained on its tokens do well.",
            "简单是真简单，--code 里的训练器只有几十行。它完全不用语言学知识，WordPiece 也一样；这算不算缺点见仁见智，用它训练的模型效果都不差。",
        ),
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

/// C27
pub(super) fn chinese(_seed: u64) -> Claim {
    let shown =
        |way: Way| formatted(per_character(way), ".2", crate::kit::text::Lang::En).unwrap_or_default();
    let (english, both, words) =
        (shown(Way::BytesOfEnglish), shown(Way::BytesOfBoth), shown(Way::Dictionary));
    Claim::opinion(
        "LLM-Q8-C27",
        text(
            "Chinese is special: a dictionary segmenter such as jieba, or single characters.",
            "中文比较特殊：用 jieba 这类词典分词，还是按字切。",
        ),
        Text::new(
            format!(
                "Which is better depends on the task. What can be counted: tokens per character on held-out Chinese are {english} for bytes merged on English, {both} on both languages, 1 for characters, {words} for a dictionary. Language models use none of the two: byte-level BPE or SentencePiece on text that has much Chinese."
            ),
            format!(
                "哪种好要看任务。能数出来的是：留出的中文上，每个字的 token 数，只在英文上训练的字节级 BPE 是 {english}，中英文一起训练是 {both}，字符级是 1，词典分词是 {words}。大模型两种都不用，而是在含大量中文的语料上训练字节级 BPE 或 SentencePiece。"
            ),
        ),
    )
}
