//! Cutting text into words, before any model sees it.
//!
//! No token crosses a cut. The patterns of GPT-2, `cl100k` and Qwen are published as regular
//! expressions; here each is a few lines of code that reads the text once. Tests hold them equal to
//! the expressions, which [`Pretokenizer::regex`] quotes. Other expressions, and several cuts one after the
//! other, are a list of [`Cut`]s: slower, for files that bring their own. In reading order:
//!
//! | | file | what it holds |
//! |---|---|---|
//! | 1 | `mod` | the published ways to cut, behind one face: [`Pretokenizer`] |
//! | 2 | `class` | letters, numbers, whitespace and the rest |
//! | 3 | `patterns` | where a word of GPT-2, `cl100k` or Qwen ends |
//! | 4 | `block` | GPT-2's pattern for 64 ASCII bytes at once |
//! | 5 | `bert` | BERT's cleaning and cutting: [`BertNormalizer`] |
//! | 6 | `metaspace` | a space as a visible character: [`escape_spaces`], [`unescape_spaces`] |
//! | 7 | `pattern` | what is looked for in a text: [`Pattern`] |
//! | 8 | `runs` | patterns that leave the last space of a run to the next word, without looking ahead |
//! | 9 | `dialect` | which patterns all programs read alike |
//! | 10 | `split` | cutting by a pattern of one's own: [`Split`], [`Behavior`] |
//! | 11 | `scripts` | the scripts of characters |
//! | 12 | `cut` | several cuts, each in the words of the one before: [`Cut`], [`cut_all`] |
//! | 13 | `error` | what can be wrong with a pattern: [`PatternError`] |

mod bert;
mod block;
mod class;
mod cut;
mod dialect;
mod error;
mod metaspace;
mod pattern;
mod patterns;
mod runs;
mod scripts;
mod split;

pub use bert::BertNormalizer;
pub use cut::{Cut, cut_all};
pub use error::{Limit, PatternError, PatternFault, Unlike};
pub use metaspace::{METASPACE, escape_spaces, unescape_spaces};
pub use pattern::Pattern;
pub use split::{Behavior, Split};

use std::ops::Range;

use class::Classes;

/// How text is cut into words.
///
/// # Examples
/// ```
/// use concepts::tokenizer::pretokenize::Pretokenizer;
/// let cut = |how: Pretokenizer, text| how.split(text).collect::<Vec<_>>().join("|");
/// assert_eq!(cut(Pretokenizer::Whitespace, "It's 2026,  ok?"), "It's|2026,|ok?");
/// assert_eq!(cut(Pretokenizer::Bert, "It's 2026,  ok?"), "It|'|s|2026|,|ok|?");
/// // The others lose nothing.
/// assert_eq!(cut(Pretokenizer::Gpt2, "It's 2026,  ok?"), "It|'s| 2026|,| | ok|?");
/// assert_eq!(cut(Pretokenizer::Cl100k, "It's 2026,  ok?"), "It|'s| |202|6|,| | ok|?");
/// assert_eq!(cut(Pretokenizer::Qwen, "It's 2026,  ok?"), "It|'s| |2|0|2|6|,| | ok|?");
/// assert_eq!(cut(Pretokenizer::None, "It's 2026,  ok?"), "It's 2026,  ok?");
/// assert_eq!(cut(Pretokenizer::Metaspace, "▁It's▁2026,▁▁ok?"), "▁It's|▁2026,|▁|▁ok?");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Pretokenizer {
    /// Not at all: the whole text is one word, and tokens may cross spaces.
    None,
    /// At whitespace, which is lost.
    Whitespace,
    /// Before each `▁`, SentencePiece's sign for a space: see [`escape_spaces`].
    Metaspace,
    /// GPT-2's pattern: a word takes the space before it along.
    Gpt2,
    /// The pattern of `cl100k_base` (GPT-4) and Llama 3: up to three digits together, any sign before
    /// a word belongs to it, ends of lines stay together.
    Cl100k,
    /// The pattern of Qwen: the one before, with every digit alone.
    Qwen,
    /// BERT's: at whitespace, which is lost, and around each punctuation sign. Text is normalised
    /// before by [`BertNormalizer`].
    Bert,
}

impl Pretokenizer {
    /// The words, in order, as slices of the text.
    pub fn split(self, text: &str) -> Words<'_> {
        Words { how: self, text, at: 0, block: 0, starts: 0 }
    }

    /// The words of bytes that need not be UTF-8. Valid stretches are cut as text; bytes that are no
    /// character are a word of their own.
    ///
    /// # Examples
    /// ```
    /// use concepts::tokenizer::pretokenize::Pretokenizer;
    /// let words: Vec<&[u8]> = Pretokenizer::Gpt2.split_bytes(b"a b\xff\xfec").collect();
    /// assert_eq!(words, [&b"a"[..], b" b", b"\xff", b"\xfe", b"c"]);
    /// ```
    pub fn split_bytes(self, bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
        bytes.utf8_chunks().flat_map(move |chunk| {
            let invalid = Some(chunk.invalid()).filter(|invalid| !invalid.is_empty());
            self.split(chunk.valid()).map(str::as_bytes).chain(invalid)
        })
    }

    /// The published regular expression, where there is one.
    pub fn regex(self) -> Option<&'static str> {
        match self {
            Pretokenizer::Gpt2 => Some(patterns::GPT2),
            Pretokenizer::Cl100k => Some(patterns::CL100K),
            Pretokenizer::Qwen => Some(patterns::QWEN),
            _ => None,
        }
    }

    /// Whether the words, one after the other, are the text again.
    pub fn is_lossless(self) -> bool {
        !matches!(self, Pretokenizer::Whitespace | Pretokenizer::Bert)
    }

    /// The end of the piece that starts at `at`, and whether it is a word.
    #[inline]
    fn piece(self, text: &str, at: usize) -> (usize, bool) {
        let classes = Classes { text };
        match self {
            Pretokenizer::None => (text.len(), true),
            Pretokenizer::Whitespace => whitespace(text, at),
            Pretokenizer::Metaspace => (metaspace::end(text, at), true),
            Pretokenizer::Gpt2 => (patterns::gpt2(classes, at), true),
            Pretokenizer::Cl100k => (patterns::cl100k(classes, at, 3), true),
            Pretokenizer::Qwen => (patterns::cl100k(classes, at, 1), true),
            Pretokenizer::Bert => bert::piece(text, at),
        }
    }

    /// The first place from `from` on where the text can be cut in two such that the words of the parts
    /// are the words of the whole; the length if there is none. With it the parts of a long text can be
    /// read one at a time, or on several cores.
    ///
    /// # Examples
    /// ```
    /// use concepts::tokenizer::pretokenize::Pretokenizer;
    /// assert_eq!(Pretokenizer::Gpt2.safe_cut("one two  three", 1), 3);
    /// assert_eq!(Pretokenizer::None.safe_cut("one two  three", 1), 14);
    /// ```
    pub fn safe_cut(self, text: &str, from: usize) -> usize {
        let start = (from..text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len());
        let mut before = text[..start].chars().next_back();
        for (place, next) in text[start..].char_indices() {
            if before.is_some_and(|before| self.is_safe(before, next)) {
                return start + place;
            }
            before = Some(next);
        }
        text.len()
    }

    /// Whether the words on both sides of a cut are the same with and without it.
    fn is_safe(self, before: char, next: char) -> bool {
        // No word has a space inside or at its end, unless it is whitespace altogether.
        let at_space = next == ' ' && !before.is_whitespace();
        match self {
            Pretokenizer::None => false,
            Pretokenizer::Metaspace => next == METASPACE,
            Pretokenizer::Whitespace | Pretokenizer::Bert => next.is_whitespace(),
            Pretokenizer::Gpt2 => at_space || (next == '\n' && !before.is_whitespace()),
            // A letter never takes the end of a line along, and whitespace ends after the last one.
            Pretokenizer::Cl100k | Pretokenizer::Qwen => {
                at_space || (matches!(before, '\n' | '\r') && next.is_alphanumeric())
            }
        }
    }
}

/// The end of the piece that starts at `at`, and whether it is kept: whitespace is not.
fn whitespace(text: &str, at: usize) -> (usize, bool) {
    let rest = &text[at..];
    let space = rest.starts_with(char::is_whitespace);
    let end = rest.find(|c: char| c.is_whitespace() != space);
    (at + end.unwrap_or(rest.len()), !space)
}

/// The words of a text, made by [`Pretokenizer::split`].
#[derive(Debug, Clone)]
pub struct Words<'a> {
    how: Pretokenizer,
    text: &'a str,
    at: usize,
    /// Where the block starts that was looked at last.
    block: usize,
    /// The pieces of the block that are still to come: bit `i` says that one starts at byte `i`.
    starts: u64,
}

impl Words<'_> {
    /// Where the next word starts and ends, in bytes of the text.
    ///
    /// # Examples
    /// ```
    /// use concepts::tokenizer::pretokenize::Pretokenizer;
    /// let mut words = Pretokenizer::Whitespace.split("我 爱");
    /// assert_eq!((words.next_range(), words.next_range(), words.next_range()), (Some(0..3), Some(4..7), None));
    /// ```
    #[inline]
    pub fn next_range(&mut self) -> Option<Range<usize>> {
        // Nearly all words are known from the block that was looked at last.
        if self.starts != 0 {
            return Some(self.next_of_block());
        }
        self.next_beyond()
    }

    /// The next word of the block. There is one.
    #[inline(always)]
    fn next_of_block(&mut self) -> Range<usize> {
        let start = self.at;
        self.at = self.block + self.starts.trailing_zeros() as usize;
        self.starts &= self.starts - 1;
        start..self.at
    }

    /// The next word when the block has no more.
    #[inline(never)]
    fn next_beyond(&mut self) -> Option<Range<usize>> {
        while self.at < self.text.len() {
            let start = self.at;
            if self.how == Pretokenizer::Gpt2 {
                self.look(start);
                if self.starts != 0 {
                    return Some(self.next_of_block());
                }
            }
            let (end, kept) = self.how.piece(self.text, start);
            self.at = end;
            if kept {
                return Some(start..end);
            }
        }
        None
    }

    /// Looks at the block that starts at `at`, where a piece starts.
    #[inline]
    fn look(&mut self, at: usize) {
        let block = self.text.as_bytes().get(at..at + block::BLOCK);
        if let Some(block) = block.and_then(|block| block.first_chunk())
            && block[..8].is_ascii()
        {
            self.block = at;
            self.starts = block::gpt2_starts(block);
        }
    }
}

impl<'a> Iterator for Words<'a> {
    type Item = &'a str;

    #[inline]
    fn next(&mut self) -> Option<&'a str> {
        self.next_range().map(|word| &self.text[word])
    }
}
