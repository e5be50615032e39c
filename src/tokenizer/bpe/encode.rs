//! Encoding fast: the same tokens as [`Bpe::encode_word_readable`], without its cost.
//!
//! | file | idea |
//! |---|---|
//! | `bytes` | how a word of bytes begins: whole characters where that is certain |
//! | `characters` | how a word of characters begins |
//! | `short` | short words: a scan of all ranks before each merge |
//! | `long` | long words: possible merges in a queue |
//! | `recent` | the words that were seen not long ago |
//! | `parts` | texts that are not cut into words: the parts that no merge joins |

mod bytes;
mod characters;
mod long;
mod parts;
mod recent;
mod short;

use std::ops::Range;

use bytes::Bytes;
use characters::{from_characters, from_pieces};
use recent::Recent;

use super::ranks::UNKNOWN;
use super::table::{Key, WordTable};
use super::{Bpe, Piece, WordEnd};
use crate::tokenizer::pretokenize::Pretokenizer;
use crate::tokenizer::{Symbol, TokenId, TokenizerError};

/// With so many tokens most words of a text are one.
const LARGE: usize = 4000;
/// Words longer than this are not looked for among the tokens.
const LONGEST_WHOLE: usize = 48;

/// Encodes with a model, and remembers the words it has seen.
///
/// The memory is bounded. It changes no result.
///
/// # Examples
/// ```
/// use concepts::tokenizer::bpe::{Base, BpeOptions, ByteOrder, Encoder, count_text, train};
/// use concepts::tokenizer::pretokenize::Pretokenizer;
/// let words = count_text(Pretokenizer::Gpt2, "low low low lower lower newest newest");
/// let options = BpeOptions { base: Base::Bytes(ByteOrder::Gpt2), ..BpeOptions::default() };
/// let bpe = train(&words, &options, &mut |_| {})?.bpe;
/// let mut encoder = Encoder::new(&bpe);
/// let mut ids = Vec::new();
/// encoder.encode(Pretokenizer::Gpt2, "lowest 🙂", None, &mut ids)?;
/// assert_eq!(bpe.decode(&ids)?, "lowest 🙂".as_bytes());
/// # Ok::<(), concepts::tokenizer::TokenizerError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Encoder<'a> {
    bpe: &'a Bpe,
    /// If the base is bytes: how a word begins.
    bytes: Option<Bytes<'a>>,
    scratch: Scratch,
    /// The words that are one token, which the model knows.
    /// With a small vocabulary about half of the words are, a processor cannot guess which, and it is
    /// faster not to ask.
    whole: Option<&'a WordTable<TokenId>>,
    /// The words that this encoder has seen.
    recent: Recent,
}

/// A word where it stands.
struct Place<'t> {
    text: &'t [u8],
    /// The text, if it is known to be UTF-8.
    valid: Option<&'t str>,
    range: Range<usize>,
}

impl<'t> Place<'t> {
    fn bytes(&self) -> &'t [u8] {
        &self.text[self.range.clone()]
    }
}

/// Memory that one word leaves to the next.
#[derive(Debug, Clone, Default)]
struct Scratch {
    /// The symbols of the word; in the end its tokens.
    symbols: Vec<TokenId>,
    /// The characters that have no token, in order.
    unknown: Vec<char>,
    row: short::Row,
    long: long::Links,
    /// A part of a long word.
    parts: Vec<TokenId>,
}

impl<'a> Encoder<'a> {
    /// An encoder that has seen no word. The first one of a model also prepares what belongs to the
    /// model: which characters can be taken whole and, of a large vocabulary, which words are one token.
    pub fn new(bpe: &'a Bpe) -> Self {
        let whole = (bpe.vocabulary().len() >= LARGE).then(|| bpe.whole_words());
        Encoder { whole, recent: Recent::new(), ..Encoder::bare(bpe) }
    }

    /// The same where a word that is a token is that token, whatever the merges make of it.
    pub fn of_tokens_first(bpe: &'a Bpe) -> Self {
        Encoder { whole: Some(bpe.all_tokens()), recent: Recent::new(), ..Encoder::bare(bpe) }
    }

    /// An encoder that prepares nothing: for short texts, and for those that are not cut into words.
    pub fn unprepared(bpe: &'a Bpe) -> Self {
        Encoder::bare(bpe)
    }

    /// An encoder that does not know which words are one token.
    fn bare(bpe: &'a Bpe) -> Self {
        Encoder {
            bpe,
            bytes: bpe.base().bytes().map(|_| Bytes::new(bpe)),
            scratch: Scratch::default(),
            whole: None,
            recent: Recent::default(),
        }
    }

    /// Cuts a text into words and appends their tokens to `ids`. An unknown character becomes
    /// `unknown`.
    ///
    /// # Errors
    /// [`TokenizerError::UnknownCharacter`] for a character without a token if `unknown` is `None`; a
    /// base of bytes has no such character.
    pub fn encode(
        &mut self,
        how: Pretokenizer,
        text: &str,
        unknown: Option<TokenId>,
        ids: &mut Vec<TokenId>,
    ) -> Result<(), TokenizerError> {
        let mut words = how.split(text);
        while let Some(range) = words.next_range() {
            self.encode_place(Place { text: text.as_bytes(), valid: Some(text), range }, unknown, ids)?;
        }
        Ok(())
    }

    /// Appends the tokens of one word to `ids`. An unknown character becomes `unknown`.
    ///
    /// # Errors
    /// As [`encode`](Encoder::encode); [`TokenizerError::NotUtf8`] if the base is characters and the
    /// word is not UTF-8.
    #[inline]
    pub fn encode_word(
        &mut self,
        word: &[u8],
        unknown: Option<TokenId>,
        ids: &mut Vec<TokenId>,
    ) -> Result<(), TokenizerError> {
        self.encode_place(Place { text: word, valid: None, range: 0..word.len() }, unknown, ids)
    }

    /// Appends the tokens of a word where it stands.
    #[inline(always)]
    fn encode_place(
        &mut self,
        place: Place<'_>,
        unknown: Option<TokenId>,
        ids: &mut Vec<TokenId>,
    ) -> Result<(), TokenizerError> {
        let key = Key::new(place.text, &place.range);
        if let Some(token) = self.whole.and_then(|whole| whole.get_at_home(key)) {
            ids.push(token);
            return Ok(());
        }
        if self.recent.recall(key, place.bytes(), ids) {
            return Ok(());
        }
        self.encode_new(key, &place, unknown, ids)
    }

    // Apart from the path that most words take, which is faster for it.
    #[inline(never)]
    fn encode_new(
        &mut self,
        key: Key,
        place: &Place<'_>,
        unknown: Option<TokenId>,
        ids: &mut Vec<TokenId>,
    ) -> Result<(), TokenizerError> {
        let word = place.bytes();
        if let Some(&token) = self.whole.and_then(|whole| whole.get(key, place.text, &place.range)) {
            self.recent.remember(key, word, &[token]);
            ids.push(token);
            return Ok(());
        }
        self.compute(word, place.valid.map(|text| &text[place.range.clone()]))?;
        append(&self.scratch, unknown, ids)?;
        // What stands for an unknown character may differ from call to call.
        if self.scratch.unknown.is_empty() {
            self.recent.remember(key, word, &self.scratch.symbols);
        }
        Ok(())
    }

    /// The pieces of one word, unknown characters by name.
    ///
    /// # Errors
    /// [`TokenizerError::NotUtf8`] if the base is characters and the word is not UTF-8.
    pub fn pieces(&mut self, word: &[u8]) -> Result<Vec<Piece>, TokenizerError> {
        Ok(self.pieces_without(word, |_| false)?.0)
    }

    /// The same, where some characters that have no token are left out before anything is merged, so that
    /// their neighbours may meet; and the numbers of these characters, counted from 0.
    ///
    /// # Errors
    /// As [`pieces`](Encoder::pieces).
    pub fn pieces_without(
        &mut self,
        word: &[u8],
        left_out: impl Fn(char) -> bool,
    ) -> Result<(Vec<Piece>, Vec<usize>), TokenizerError> {
        self.begin(word, None)?;
        let Scratch { symbols, unknown, .. } = &mut self.scratch;
        let (mut next, mut out, mut number) = (unknown.iter(), Vec::new(), 0);
        symbols.retain(|&symbol| {
            let goes = symbol == UNKNOWN && next.next().is_some_and(|&c| left_out(c));
            if goes {
                out.push(number);
            }
            number += 1;
            !goes
        });
        unknown.retain(|&c| !left_out(c));
        self.merge();
        let mut unknown = self.scratch.unknown.iter();
        let piece = |&token: &TokenId| match token {
            UNKNOWN => Piece::Unknown(unknown.next().copied().unwrap_or(char::REPLACEMENT_CHARACTER)),
            token => Piece::Token(token),
        };
        Ok((self.scratch.symbols.iter().map(piece).collect(), out))
    }

    /// Leaves the tokens of a word in the scratch. `valid` is the same word, if it is known to be UTF-8.
    fn compute(&mut self, word: &[u8], valid: Option<&str>) -> Result<(), TokenizerError> {
        self.begin(word, valid)?;
        self.merge();
        Ok(())
    }

    /// Leaves the symbols of a word before any merge in the scratch.
    fn begin(&mut self, word: &[u8], valid: Option<&str>) -> Result<(), TokenizerError> {
        let Scratch { symbols, unknown, .. } = &mut self.scratch;
        symbols.clear();
        unknown.clear();
        match (&self.bytes, self.bpe.word_end()) {
            (Some(bytes), WordEnd::Unmarked) => bytes.begin(word, valid, symbols),
            (None, WordEnd::Unmarked) if self.bpe.marks().is_empty() => {
                from_characters(self.bpe, word, symbols, unknown)?;
            }
            _ => from_pieces(self.bpe, word, symbols, unknown)?,
        }
        Ok(())
    }

    /// Merges the symbols in the scratch; many of them part by part.
    fn merge(&mut self) {
        let Scratch { symbols, row, long, parts, .. } = &mut self.scratch;
        let joints = if symbols.len() > short::SHORT { self.bpe.joints() } else { None };
        let Some(joints) = joints else { return merge(self.bpe, symbols, row, long) };
        let whole = std::mem::take(symbols);
        for part in whole.chunk_by(|&left, &right| joints.meet(left, right)) {
            parts.clear();
            parts.extend(part);
            merge(self.bpe, parts, row, long);
            symbols.extend_from_slice(parts);
        }
    }
}

/// Merges until no merge is left.
fn merge(bpe: &Bpe, symbols: &mut Vec<TokenId>, row: &mut short::Row, long: &mut long::Links) {
    if symbols.len() <= short::SHORT && !bpe.ranks().has_turns() {
        short::merge(bpe.ranks(), symbols, row);
    } else {
        long::merge(bpe.ranks(), symbols, long);
    }
}

impl Bpe {
    /// Encodes one word fast: the pieces of [`encode_word_readable`](Bpe::encode_word_readable). For
    /// many words an [`Encoder`] is faster still.
    ///
    /// # Errors
    /// [`TokenizerError::NotUtf8`] if the base is characters and the word is not UTF-8.
    pub fn encode_word(&self, word: &[u8]) -> Result<Vec<Piece>, TokenizerError> {
        Encoder::bare(self).pieces(word)
    }

    /// The words that are one token.
    fn whole_words(&self) -> &WordTable<TokenId> {
        self.whole_words.get_or_init(|| Box::new(whole_words(self)))
    }

    /// All tokens.
    fn all_tokens(&self) -> &WordTable<TokenId> {
        let new = || {
            let mut all = WordTable::with_slots(4 * self.vocabulary().len());
            for (token, id) in self.vocabulary().tokens().iter().map(Symbol::as_bytes).zip(0..) {
                if !token.is_empty() {
                    *all.entry(Key::new(token, &(0..token.len())), token, &(0..token.len())) = id;
                }
            }
            Box::new(all)
        };
        self.all_tokens.get_or_init(new)
    }
}

/// The tokens that are what their own text is encoded to. Not every token is: a merge of other symbols
/// may come first.
fn whole_words(bpe: &Bpe) -> WordTable<TokenId> {
    // Half as full as it could be: then nearly all words are where the search for them begins.
    let mut whole = WordTable::with_slots(4 * bpe.vocabulary().len());
    // With a marker no word is spelled as its token is.
    if bpe.word_end() != WordEnd::Unmarked || !bpe.marks().is_empty() {
        return whole;
    }
    let mut encoder = Encoder::bare(bpe);
    for (token, id) in bpe.vocabulary().tokens().iter().map(Symbol::as_bytes).zip(0..) {
        let short = (1..=LONGEST_WHOLE).contains(&token.len());
        if short && encoder.compute(token, None).is_ok() && encoder.scratch.symbols == [id] {
            let all = 0..token.len();
            *whole.entry(Key::new(token, &all), token, &all) = id;
        }
    }
    whole
}

fn append(scratch: &Scratch, unknown: Option<TokenId>, ids: &mut Vec<TokenId>) -> Result<(), TokenizerError> {
    match (scratch.unknown.first(), unknown) {
        (None, _) => recent::append(&scratch.symbols, ids),
        (Some(&character), None) => return Err(TokenizerError::UnknownCharacter { character }),
        (Some(_), Some(unknown)) => {
            ids.extend(scratch.symbols.iter().map(|&token| if token == UNKNOWN { unknown } else { token }));
        }
    }
    Ok(())
}
