//! Pieces and their probabilities.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::UnigramError;
use super::trie::Trie;

/// By how much an unknown character is less probable than the least probable piece, in nats.
const UNKNOWN_PENALTY: f64 = 10.0;

/// No logarithm is larger in size, so that no sum of them overflows.
const LARGEST_LOG_PROB: f64 = 1e9;

/// A unigram language model over pieces.
///
/// # Formula
/// `P(word) = Σ_cuts Π_pieces p(x)`; a character without a piece of its own counts as
/// `ln p = min ln p(x) − 10`, as in SentencePiece.
///
/// # Reference
/// Kudo 2018, section 3.2.
///
/// # Examples
/// ```
/// use concepts::tokenizer::unigram::Unigram;
/// let p = |text: &str, p: f64| (text.to_string(), p.ln());
/// let model = Unigram::new(vec![p("a", 0.4), p("b", 0.4), p("ab", 0.2)], None)?;
/// // ab: 0.2 in one piece, 0.4 · 0.4 = 0.16 in two.
/// assert_eq!(model.text(&model.best("ab")), ["ab"]);
/// assert!((model.log_probability("ab") - 0.36f64.ln()).abs() < 1e-12);
/// # Ok::<(), concepts::tokenizer::unigram::UnigramError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Unigram {
    pieces: Vec<(String, f64)>,
    ids: HashMap<String, u32>,
    trie: Trie,
    pub(super) unknown: Option<u32>,
    pub(super) on_unknown: Unknown,
    lowest: f64,
    /// Pieces that no text has, whatever it says.
    silent: HashSet<u32>,
    /// Whether the best cut adds up in `f32`.
    pub(super) single: bool,
}

/// What becomes of characters that have no piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Unknown {
    /// A run of them is one unknown token.
    #[default]
    Fused,
    /// Each of them is written as its bytes, `<0xE6>` and so on, where the vocabulary has all of these;
    /// what it cannot write is the unknown token.
    Bytes,
}

/// One way to cut a word.
#[derive(Debug, Clone, PartialEq)]
pub struct Cut {
    /// The pieces from left to right; together they are the word.
    pub spans: Vec<Span>,
    /// The sum of the logarithms of their probabilities, in nats.
    pub log_probability: f64,
}

/// A piece where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Span {
    /// The piece; `None` for a character that has none.
    pub id: Option<u32>,
    /// The bytes of the word that it stands for.
    pub bytes: Range<usize>,
}

/// A step through the word: `text[start..end]` as one piece.
#[derive(Debug, Clone, Copy)]
pub(super) struct Edge {
    pub(super) end: usize,
    pub(super) id: Option<u32>,
    pub(super) score: f64,
}

impl Unigram {
    /// A model from pieces with the logarithms of their probabilities, in the order of their ids, and the
    /// id of the token for unknown characters.
    ///
    /// The probabilities need not sum to 1: files hold rounded ones, and 0 for what is no text.
    ///
    /// # Errors
    /// [`UnigramError`]: no pieces, an empty piece, one that stands twice, a logarithm beyond ±10⁹,
    /// an unknown token that is not there.
    ///
    /// # Examples
    /// ```
    /// use concepts::tokenizer::unigram::{Unigram, UnigramError};
    /// let twice = vec![("a".to_string(), -1.0), ("a".to_string(), -2.0)];
    /// assert!(matches!(Unigram::new(twice, None), Err(UnigramError::Twice { .. })));
    /// ```
    pub fn new(pieces: Vec<(String, f64)>, unknown: Option<u32>) -> Result<Self, UnigramError> {
        Self::build(pieces, unknown, false)
    }

    /// The same, where a piece may stand twice; text has the last of them, as in Hugging Face: its trainer writes the
    /// text of a special token once more where the corpus had it.
    ///
    /// # Errors
    /// As [`new`](Self::new).
    ///
    /// # Examples
    /// ```
    /// use concepts::tokenizer::unigram::Unigram;
    /// let model = Unigram::with_repeats(vec![("a".into(), 0.0), ("a".into(), -2.0)], None)?;
    /// assert_eq!((model.id("a"), model.best("a").log_probability), (Some(1), -2.0));
    /// # Ok::<(), concepts::tokenizer::unigram::UnigramError>(())
    /// ```
    pub fn with_repeats(pieces: Vec<(String, f64)>, unknown: Option<u32>) -> Result<Self, UnigramError> {
        Self::build(pieces, unknown, true)
    }

    fn build(pieces: Vec<(String, f64)>, unknown: Option<u32>, repeats: bool) -> Result<Self, UnigramError> {
        let size = pieces.len();
        let count = u32::try_from(size).map_err(|_| UnigramError::TooManyPieces { size })?;
        let last = count.checked_sub(1).ok_or(UnigramError::NoPieces)?;
        if let Some(id) = unknown.filter(|&id| id > last) {
            return Err(UnigramError::NoUnknown { id, last });
        }
        let mut ids = HashMap::with_capacity(size);
        for (id, (piece, log_prob)) in (0u32..).zip(&pieces) {
            if piece.is_empty() {
                return Err(UnigramError::EmptyPiece { id });
            }
            if log_prob.is_nan() || log_prob.abs() > LARGEST_LOG_PROB {
                let (piece, log_prob, limit) = (piece.clone(), *log_prob, LARGEST_LOG_PROB);
                return Err(UnigramError::BadScore { id, piece, log_prob, limit });
            }
            if let Some(first) = ids.insert(piece.clone(), id).filter(|_| !repeats) {
                return Err(UnigramError::Twice { piece: piece.clone(), first, second: id });
            }
        }
        let trie = Trie::new(pieces.iter().map(|(piece, _)| piece.as_str()));
        let lowest = pieces.iter().fold(f64::INFINITY, |low, (_, p)| low.min(*p));
        Ok(Self {
            pieces,
            ids,
            trie,
            unknown,
            on_unknown: Unknown::default(),
            lowest,
            silent: HashSet::new(),
            single: false,
        })
    }

    /// The same model, where some pieces are never found in a text: control symbols and bytes. The least probable
    /// piece is then one of the others.
    #[must_use]
    pub fn with_silent(mut self, silent: impl Fn(u32) -> bool) -> Self {
        let all = 0..self.pieces.len() as u32;
        self.silent = all.filter(|&id| silent(id)).collect();
        let heard = (0u32..).zip(&self.pieces).filter(|(id, _)| !self.silent.contains(id));
        self.lowest = heard.fold(f64::INFINITY, |low, (_, (_, p))| low.min(*p)).min(LARGEST_LOG_PROB);
        let text = |(id, (piece, _)): (u32, &'_ (String, f64))| {
            if self.silent.contains(&id) { String::new() } else { piece.clone() }
        };
        let texts: Vec<String> = (0u32..).zip(&self.pieces).map(text).collect();
        self.trie = Trie::new(texts.iter().map(String::as_str));
        self
    }

    /// The same model, whose best cut adds up in `f32` as SentencePiece does: it decides between cuts that are equally
    /// probable, as several spaces are cut in several ways.
    #[must_use]
    pub fn with_single_precision(mut self) -> Self {
        self.single = true;
        self
    }

    /// The id of a piece that a text can have.
    pub(super) fn heard(&self, piece: &str) -> Option<u32> {
        self.id(piece).filter(|id| !self.silent.contains(id))
    }

    /// The pieces in the order of their ids, with the logarithms of their probabilities.
    pub fn pieces(&self) -> &[(String, f64)] {
        &self.pieces
    }

    /// The id of a piece.
    pub fn id(&self, piece: &str) -> Option<u32> {
        self.ids.get(piece).copied()
    }

    /// The id of the token for unknown characters.
    pub fn unknown(&self) -> Option<u32> {
        self.unknown
    }

    /// The text of each piece of a cut; `<?>` where a character has none.
    pub fn text(&self, cut: &Cut) -> Vec<&str> {
        let name = |span: &Span| span.id.map_or("<?>", |id| self.pieces[id as usize].0.as_str());
        cut.spans.iter().map(name).collect()
    }

    /// Every step that begins at a character of the word, the shortest first.
    pub(super) fn edges<'a>(&'a self, word: &'a str, start: usize) -> impl Iterator<Item = Edge> + 'a {
        let width = word[start..].chars().next().map_or(0, char::len_utf8);
        let known = self.trie.prefixes(&word.as_bytes()[start..]).map(move |(length, id)| Edge {
            end: start + length,
            id: Some(id),
            score: self.pieces[id as usize].1,
        });
        // No piece is shorter than a character, so only the first one can be the character itself.
        let mut known = known.peekable();
        let alone = known.peek().is_some_and(|edge| edge.end == start + width);
        let score = self.lowest - UNKNOWN_PENALTY;
        let unknown = (!alone && width > 0).then_some(Edge { end: start + width, id: None, score });
        unknown.into_iter().chain(known)
    }
}
