//! C22: SentencePiece.

use concepts::tokenizer::pretokenize::unescape_spaces;

use crate::kit::claim::{Claim, Control, Correction, Degree, Measure, Test};
use crate::kit::text::{Text, text};
use crate::lessons::tokenization::experiments::sentencepiece::{Kind, merges, pieces, under_other_rules};
use crate::lessons::tokenization::experiments::whiteboard::token;

use super::{counted, none};

const WORDS: [&str; 5] = ["lowest", "lower", "newer", "low", "newest"];

/// Words that two of its models cut differently.
fn apart(one: Kind, other: Kind) -> usize {
    WORDS.iter().filter(|word| pieces(one, word) != pieces(other, word)).count()
}

fn shown(kind: Kind) -> String {
    pieces(kind, "lowest").join("·")
}

/// The tokens that the trainer of sentencepiece 0.2.3 makes of the nine words, in order.
const THEIRS: [&str; 11] = ["we", "lo", "▁lo", "ne", "st", "▁ne", "west", "▁newest", "▁low", "wer", "▁lower"];

/// Its BPE, and what is put in the place of its other model.
fn two_models(other: Kind) -> Test {
    let cuts = WORDS.iter().flat_map(|word| [Kind::Bpe, other].map(|kind| (word, pieces(kind, word))));
    let own = text(
        "as sentencepiece 0.2.3 cuts it, run on the nine words",
        "sentencepiece 0.2.3 在这九个词上的实际结果",
    );
    let as_theirs = |what: Text, kind: Kind, theirs: &str| {
        Measure::near(what, f64::from(u8::from(shown(kind) == theirs)), 1.0, 0.0, own.clone())
    };
    Test(vec![
        Measure::at_least(
            text(
                "words, of five, that its two kinds of model cut differently",
                "五个词中，它的两种模型切法不同的",
            ),
            apart(Kind::Bpe, other) as f64,
            1.0,
            text("one kind would always agree with itself", "若只有一种算法，不会有差别"),
        )
        .over(WORDS.len()),
        none(
            text("cuts of both kinds that do not give the word again", "两种模型切分后还原不出原词的次数"),
            cuts.filter(|(word, pieces)| unescape_spaces(&pieces.concat()) != **word).count(),
        )
        .over(2 * WORDS.len()),
        counted(
            text(
                "merges, of 11, that sentencepiece 0.2.3 makes on the nine words too",
                "11 次合并中，与 sentencepiece 0.2.3 在这九个词上一致的",
            ),
            merges().iter().zip(THEIRS).filter(|(pair, theirs)| token(pair) == *theirs).count(),
            THEIRS.len(),
        ),
        as_theirs(
            text("lowest by merges is ▁lo·west (1 yes)", "按合并，lowest 切成 ▁lo·west（1 为是）"),
            Kind::Bpe,
            "▁lo·west",
        ),
        as_theirs(
            text("lowest by probability is ▁low·e·s·t (1 yes)", "按概率，lowest 切成 ▁low·e·s·t（1 为是）"),
            other,
            "▁low·e·s·t",
        ),
    ])
}

/// C22
pub(super) fn sentencepiece(_seed: u64) -> Claim {
    let (merged, probable) = (shown(Kind::Bpe), shown(Kind::Unigram));
    let others = under_other_rules("lowest");
    Claim::corrected(
        "LLM-Q8-C22",
        text("SentencePiece is an improved BPE.", "SentencePiece 是在 BPE 基础上改进出来的算法。"),
        Test(vec![
            counted(
                text(
                    "words, of five, that its other kind of model cuts differently from BPE",
                    "五个词中，它的另一种模型与 BPE 切法不同的",
                ),
                apart(Kind::Bpe, Kind::Unigram),
                0,
            )
            .over(WORDS.len()),
        ]),
        Correction {
            degree: Degree::Wrong,
            counterexample: Text::new(
                format!(
                    "same corpus, same ▁, two algorithms inside: lowest is {merged} as BPE and {probable} as unigram. (Its BPE breaks ties by the shortest token; the same words under other rules give {}.)",
                    others.join(", ")
                ),
                format!(
                    "同一份语料、同样用 ▁，里面有两种算法：lowest 按 BPE 是 {merged}，按 unigram 是 {probable}。（它的 BPE 平局时取最短的 token；同样的词换成别的平局规则，结果是 {}。）",
                    others.join("、")
                ),
            ),
            say: text(
                "SentencePiece is a library and a file format that works on raw text, with ▁ for the space. Inside it has two algorithms, BPE and the unigram model; LLaMA uses the first, T5 the second.",
                "SentencePiece 是一个直接处理原始文本的工具库和文件格式，用 ▁ 表示空格；里面有 BPE 和 unigram 两种算法，LLaMA 用前者，T5 用后者。",
            ),
            test: two_models(Kind::Unigram),
        },
        vec![Control::new(text("BPE in both places", "两边都用 BPE"), two_models(Kind::Bpe))],
    )
}
