//! C18: cutting by the longest match.

use concepts::tokenizer::wordpiece::WordPiece;

use crate::kit::claim::{Claim, Control, Correction, Degree, Measure, Test};
use crate::kit::measure::{COUNTED, EXACT};
use crate::kit::text::text;

use super::counted;

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
            counted(
                text("pieces of it marked as going on, of all but the first", "除首段外，带 ## 标记的段数"),
                cut(pieces, "playing").iter().skip(1).filter(|piece| piece.starts_with("##")).count(),
                1,
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
