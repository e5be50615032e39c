//! C19, C24: where the blanks are.

use concepts::tokenizer::bpe::{Base, Pair, TieRule, WordEnd};
use concepts::tokenizer::pretokenize::{Pretokenizer, escape_spaces, unescape_spaces};

use crate::kit::claim::{Claim, Control, Correction, Degree, Measure, Test};
use crate::kit::text::{Text, text};
use crate::lessons::tokenization::experiments::markers::{Marker, pieces, restored, unmarked};
use crate::lessons::tokenization::experiments::prose::{beginning, chinese, english};
use crate::lessons::tokenization::experiments::whiteboard::{CORPUS, merges, options};
use crate::lessons::tokenization::trained::Trained;

use super::{counted, none};

/// A sentence whose words come in pieces, so that a blank is not simply what stands between tokens.
const SENTENCE: &str = "low lower newest";

/// The merges on the nine words.
fn learned(end: WordEnd) -> Vec<Pair> {
    merges(&CORPUS, &options(TieRule::First, end))
}

/// The first merge at which two lists differ, from 1; 0 if there is none.
fn apart(marked: &[Pair], plain: &[Pair]) -> usize {
    marked.iter().zip(plain).position(|(a, b)| a != b).map_or(0, |i| i + 1)
}

/// Whether blanks come back with the markers as `change` leaves them, and what a marker does to the merges.
fn blanks(change: impl Fn(Marker, Vec<String>) -> Vec<String>, end: WordEnd) -> Test {
    let comes_back =
        |marker: &&Marker| restored(**marker, &change(**marker, pieces(**marker, SENTENCE))) == SENTENCE;
    Test(vec![
        counted(
            text(
                "families, of four (</w>, Ġ, ▁, ##), whose tokens say where the blanks of a sentence were",
                "四种写法（</w>、Ġ、▁、##）中，只看 token 就能恢复空格的",
            ),
            Marker::ALL.iter().filter(comes_back).count(),
            Marker::ALL.len(),
        ),
        counted(
            text("merge at which </w> changes what is learned", "</w> 从第几次合并起改变结果"),
            apart(&learned(end), &learned(WordEnd::Unmarked)),
            7,
        ),
    ])
}

/// C19
pub(super) fn no_marker(_seed: u64) -> Claim {
    let without = unmarked(Marker::EndOfWord, &pieces(Marker::EndOfWord, SENTENCE));
    let run_together = without.concat();
    let (marked, plain) = (learned(WordEnd::Symbol), learned(WordEnd::Unmarked));
    let at = apart(&marked, &plain);
    let shown = |merges: &[Pair]| {
        let pair = at.checked_sub(1).and_then(|i| merges.get(i));
        pair.map_or_else(String::new, |(left, right)| format!("{left}+{right}"))
    };
    let (with, instead_of) = (shown(&marked), shown(&plain));
    Claim::corrected(
        "LLM-Q8-C19",
        text("BPE has no special marker, WordPiece has ##.", "BPE 不带标记，WordPiece 用 ## 作标记。"),
        Test(vec![counted(
            text(
                "sentences whose blanks can be read off BPE's tokens without any marker, of 1",
                "没有任何标记时，只看 BPE 的 token 就能恢复空格的句子数（共 1 句）",
            ),
            usize::from(restored(Marker::EndOfWord, &without) == SENTENCE),
            1,
        )]),
        Correction {
            degree: Degree::Qualified,
            counterexample: Text::new(
                format!(
                    "without a marker {SENTENCE} decodes to {run_together}; on the nine words </w> makes merge {at} {with} instead of {instead_of}"
                ),
                format!(
                    "没有标记，{SENTENCE} 解码出来是 {run_together}；在那九个词上加 </w>，第 {at} 次合并就从 {instead_of} 变成 {with}"
                ),
            ),
            say: text(
                "BPE has markers too, of the other kind: WordPiece marks pieces that continue a word, BPE marks where a word ends or begins: </w> in Sennrich's, Ġ for the space in GPT-2's, ▁ in SentencePiece's. Something must say where the blanks were.",
                "BPE 也有标记，只是方向相反：WordPiece 标的是“接着上文”，BPE 标的是词尾或词首：Sennrich 用 </w>，GPT-2 用 Ġ 表示空格，SentencePiece 用 ▁。总得有东西记住空格在哪。",
            ),
            test: blanks(|_, pieces| pieces, WordEnd::Symbol),
        },
        vec![Control::new(
            text("the markers rubbed out", "把标记全部擦掉"),
            blanks(|marker, pieces| unmarked(marker, &pieces), WordEnd::Unmarked),
        )],
    )
}

/// How a sentence goes through a tokenizer and back.
#[derive(Clone, Copy)]
enum Blanks {
    /// Written as ▁, part of the text.
    Signs,
    /// Cut at and thrown away, put back as one blank each.
    Dropped,
}

/// SentencePiece's way: raw text with ▁ for the space, merged.
struct Raw(Option<Trained>);

impl Raw {
    /// Learns from the beginning of a text.
    fn new(text: &str) -> Raw {
        let some = escape_spaces(beginning(text, 20_000));
        Raw(Trained::new(&some, Pretokenizer::Metaspace, Base::Chars, 300).ok())
    }

    fn pieces(&self, text: &str) -> Vec<String> {
        let cut = |trained: &Trained| Some(trained.bpe.show(&trained.pieces(text.as_bytes()).ok()?));
        self.0.as_ref().and_then(cut).unwrap_or_default()
    }

    fn back(&self, text: &str, blanks: Blanks) -> String {
        match blanks {
            Blanks::Signs => unescape_spaces(&self.pieces(&escape_spaces(text)).concat()),
            Blanks::Dropped => {
                let words = Pretokenizer::Whitespace.split(text);
                words.map(|word| self.pieces(word).concat()).collect::<Vec<_>>().join(" ")
            }
        }
    }
}

/// Texts in which blanks stand together.
const SPACED: [&str; 4] = ["a  b", "  two blanks before", "three   in the middle", "behind  "];

/// The first paragraph of the Chinese text that is one, not a title: no blanks between its words.
fn unspaced() -> &'static str {
    chinese().0.lines().find(|line| line.chars().count() > 20).unwrap_or_default()
}

fn is_long(piece: &&String) -> bool {
    piece.chars().count() > 1
}

/// Where the blanks of a text went.
struct Where {
    pieces: Vec<String>,
    /// Those that are a token of their own.
    alone: usize,
    /// Those at the head of a longer piece.
    heads: usize,
}

impl Where {
    fn of(raw: &Raw, text: &str) -> Where {
        let pieces = raw.pieces(&escape_spaces(text));
        let alone = pieces.iter().filter(|piece| *piece == "▁").count();
        let heads = pieces.iter().filter(is_long).filter(|piece| piece.starts_with('▁')).count();
        Where { pieces, alone, heads }
    }

    fn blanks(&self) -> usize {
        self.pieces.iter().flat_map(|piece| piece.chars()).filter(|&c| c == '▁').count()
    }
}

/// Blanks and where they go, in English; and Chinese, which has none.
fn raw_text(english: &Raw, chinese: &Raw, held_out: &Where, how: Blanks) -> Test {
    let unspaced = unspaced();
    Test(vec![
        none(
            text(
                "texts with several blanks that do not come back, nothing folded",
                "不做归一化时，含连续空格、还原不出来的文本数",
            ),
            SPACED.iter().filter(|sample| english.back(sample, how) != **sample).count(),
        )
        .over(SPACED.len()),
        Measure::at_least(
            text(
                "share of the blanks of held-out prose that are the first sign of a longer piece",
                "留出文本的空格中，并进后面子词开头的占比",
            ),
            held_out.heads as f64 / held_out.blanks() as f64,
            0.5,
            text("usually means more often than not", "说“一般”，至少要过半"),
        )
        .over(held_out.blanks()),
        none(
            text("pieces with ▁ behind their first sign", "▁ 不在开头的子词数"),
            held_out.pieces.iter().filter(|piece| piece.chars().skip(1).any(|c| c == '▁')).count(),
        )
        .over(held_out.pieces.len()),
        none(
            text("Chinese paragraphs, of 1, that do not come back", "还原不出来的中文段落数（共 1 段）"),
            usize::from(chinese.back(unspaced, how) != unspaced),
        ),
        Measure::at_least(
            text(
                "pieces of several characters in it, found without a word segmenter",
                "其中不靠分词就得到的多字子词数",
            ),
            chinese.pieces(&escape_spaces(unspaced)).iter().filter(is_long).count() as f64,
            1.0,
            text("one is enough: nobody cut the text into words", "有一个就够：没有人事先把它切成词"),
        )
        .over(unspaced.chars().count()),
    ])
}

/// A sentence to show.
const STREET: &str = "the old clock on the street had been wrong";

/// C24
pub(super) fn space_as_a_token(_seed: u64) -> Claim {
    let (raw, raw_chinese) = (Raw::new(english().0), Raw::new(chinese().0));
    let held_out = Where::of(&raw, english().1);
    let (alone, heads, blanks) = (held_out.alone, held_out.heads, held_out.blanks());
    let shown = raw.pieces(&escape_spaces(STREET)).join(" ");
    Claim::corrected(
        "LLM-Q8-C24",
        text(
            "SentencePiece needs no pre-tokenisation, makes the space a token, and takes any language.",
            "SentencePiece 不用先分词，空格自成 token，什么语言都能用。",
        ),
        Test(vec![
            none(
                text(
                    "blanks of held-out text that are no token of their own",
                    "留出文本里，没有单独成为 token 的空格数",
                ),
                blanks - alone,
            )
            .over(blanks),
        ]),
        Correction {
            degree: Degree::Qualified,
            counterexample: Text::new(
                format!(
                    "“{STREET}” becomes {shown}; of {blanks} blanks of held-out text {alone} are alone, {heads} at the head of a piece"
                ),
                format!(
                    "“{STREET}”切成 {shown}；留出文本的 {blanks} 个空格里，单独成 token 的 {alone} 个，并进子词开头的 {heads} 个"
                ),
            ),
            say: text(
                "The space is written as the sign ▁, which then merges into pieces like any letter, in prose usually at the head of the word behind it; the indents of code stay alone. So no blank is lost and no segmenter is needed, in Chinese either. Double blanks come back only where normalisation leaves them: by default SentencePiece folds them to one; LLaMA switched that off. And by default pieces do not cross a ▁ from the left, which is a cut before words by another name.",
                "空格写成 ▁，和普通字符一样参与合并，在普通文章里一般并到后面词的开头，不单独成 token；代码的缩进则往往是单独的。所以空格不丢，中文也不用先分词。连续空格能不能原样还原，要看归一化：SentencePiece 默认会合并成一个，LLaMA 把这一项关掉了。另外，默认情况下子词不会跨过 ▁，其实仍相当于一种按词切分。",
            ),
            test: raw_text(&raw, &raw_chinese, &held_out, Blanks::Signs),
        },
        vec![Control::new(
            text("cut at blanks, which are thrown away", "按空格切，空格丢掉"),
            raw_text(&raw, &raw_chinese, &held_out, Blanks::Dropped),
        )],
    )
}
