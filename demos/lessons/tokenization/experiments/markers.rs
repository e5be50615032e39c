//! How each family writes where the blanks were, on a sentence that its vocabulary cuts.

use std::sync::OnceLock;

use concepts::tokenizer::bpe::{Base, BpeOptions, END_OF_WORD, WordCounter, WordEnd};
use concepts::tokenizer::pretokenize::{Pretokenizer, escape_spaces, unescape_spaces};
use concepts::tokenizer::wordpiece::{CONTINUES, Criterion, Ties, Until, WordPiece, train};

use super::prose::{beginning, english};
use crate::lessons::tokenization::trained::{BYTES, Trained};

/// Merges of each vocabulary: few enough that words come in pieces.
pub(crate) const MERGES: usize = 200;
/// Bytes of the English text that they are learned from: enough, and read in a few milliseconds.
const READ: usize = 16_000;

/// What marks where the blanks were.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Marker {
    /// `</w>` behind a word.
    EndOfWord,
    /// `Ġ`, the space before a word as one of its bytes.
    Space,
    /// `▁` in place of a space.
    Metaspace,
    /// `##` before a piece that does not begin a word.
    Continues,
}

impl Marker {
    pub(crate) const ALL: [Marker; 4] =
        [Marker::EndOfWord, Marker::Space, Marker::Metaspace, Marker::Continues];

    pub(crate) fn sign(self) -> &'static str {
        match self {
            Marker::EndOfWord => END_OF_WORD,
            Marker::Space => "Ġ",
            Marker::Metaspace => "▁",
            Marker::Continues => CONTINUES,
        }
    }
}

/// A sentence of plain words, cut.
pub(crate) fn pieces(marker: Marker, sentence: &str) -> Vec<String> {
    static LEARNED: OnceLock<Option<Learned>> = OnceLock::new();
    let learned = LEARNED.get_or_init(Learned::new);
    learned.as_ref().map(|learned| learned.cut(marker, sentence)).unwrap_or_default()
}

/// The sentence that can be read off the pieces.
pub(crate) fn restored(marker: Marker, pieces: &[String]) -> String {
    let text = pieces.concat();
    match marker {
        Marker::EndOfWord => text.replace(END_OF_WORD, " ").trim_end().to_string(),
        Marker::Space => text.replace('Ġ', " "),
        Marker::Metaspace => unescape_spaces(&text),
        Marker::Continues => {
            let apart = pieces.iter().map(|piece| match piece.strip_prefix(CONTINUES) {
                Some(rest) => rest.to_string(),
                None => format!(" {piece}"),
            });
            apart.collect::<String>().trim_start().to_string()
        }
    }
}

/// The pieces with the marker rubbed out.
pub(crate) fn unmarked(marker: Marker, pieces: &[String]) -> Vec<String> {
    pieces.iter().map(|piece| piece.replace(marker.sign(), "")).collect()
}

/// A vocabulary of each family.
struct Learned {
    with_ends: Trained,
    bytes: Trained,
    metaspace: Trained,
    wordpiece: WordPiece,
}

impl Learned {
    fn new() -> Option<Learned> {
        let text = beginning(english().0, READ);
        let mut counter = WordCounter::new(Pretokenizer::Whitespace);
        counter.add(text);
        let options = BpeOptions { word_end: WordEnd::Symbol, merges: MERGES, ..BpeOptions::default() };
        let words = counter.into_words();
        let spaces = Pretokenizer::Whitespace;
        Some(Learned {
            with_ends: Trained::from_words(&words, spaces, &options, &mut |_| {}).ok()?,
            bytes: Trained::new(text, Pretokenizer::Gpt2, BYTES, MERGES).ok()?,
            metaspace: Trained::new(&escape_spaces(text), Pretokenizer::Metaspace, Base::Chars, MERGES)
                .ok()?,
            wordpiece: wordpiece(text)?,
        })
    }

    fn cut(&self, marker: Marker, sentence: &str) -> Vec<String> {
        let by = |trained: &Trained, text: &str| {
            trained.pieces(text.as_bytes()).map(|pieces| trained.bpe.show(&pieces)).unwrap_or_default()
        };
        match marker {
            Marker::EndOfWord => by(&self.with_ends, sentence),
            Marker::Space => by(&self.bytes, sentence).iter().map(|piece| piece.replace(' ', "Ġ")).collect(),
            Marker::Metaspace => by(&self.metaspace, &escape_spaces(sentence)),
            Marker::Continues => {
                let words = Pretokenizer::Bert.split(sentence);
                words.flat_map(|word| self.wordpiece.cut(word)).map(String::from).collect()
            }
        }
    }
}

fn wordpiece(text: &str) -> Option<WordPiece> {
    let mut counter = WordCounter::new(Pretokenizer::Bert);
    counter.add(text);
    let words: Vec<(String, u64)> = counter
        .into_words()
        .into_iter()
        .map(|(word, count)| (String::from_utf8_lossy(&word).into_owned(), count))
        .collect();
    let training = train(&words, Criterion::Likelihood, Ties::SmallestIds, Until::Merges(MERGES)).ok()?;
    let pieces = std::iter::once("[UNK]".to_string()).chain(training.pieces);
    WordPiece::new(pieces.collect(), "[UNK]").ok()
}
