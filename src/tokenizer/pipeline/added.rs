//! Tokens that are found in text before any model sees it.

use std::ops::Range;

use regex_syntax::is_word_character;

use super::{EncodeError, Model};
use crate::tokenizer::{Allowed, Segment, SpecialTokens, TokenId};

/// A stretch of text or a token, and its place.
pub(super) type Placed<'a> = (Segment<'a>, Range<usize>);

/// A token that is added to the vocabulary of a model.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct AddedToken {
    /// Its text.
    pub content: String,
    /// Its id: one of the model's, if the model has the token too, or one beyond.
    pub id: TokenId,
    /// Whether it has a meaning of its own, such as the end of a text. Found only where it is allowed.
    pub special: bool,
    /// Whether it is looked for in the normalised text, not in the text as given.
    pub normalized: bool,
    /// Whether the whitespace before it belongs to it; decoding does not bring that back.
    pub lstrip: bool,
    /// Whether the whitespace after it belongs to it, likewise.
    pub rstrip: bool,
    /// Whether it is found only where no letter, digit, mark or `_` stands beside it.
    pub single_word: bool,
}

impl AddedToken {
    /// A special token, found in the text as given, whatever stands beside it.
    ///
    /// # Examples
    /// ```
    /// use concepts::tokenizer::AddedToken;
    /// assert!(AddedToken::special("<|endoftext|>", 50256).special);
    /// // The `<mask>` of RoBERTa takes the space before it along.
    /// let mask = AddedToken { lstrip: true, ..AddedToken::special("<mask>", 50264) };
    /// assert!(mask.lstrip && !mask.rstrip);
    /// ```
    pub fn special(content: &str, id: TokenId) -> Self {
        Self {
            content: content.into(),
            id,
            special: true,
            normalized: false,
            lstrip: false,
            rstrip: false,
            single_word: false,
        }
    }
}

/// All added tokens, ready to be found.
#[derive(Debug, Clone, Default)]
pub(super) struct Added {
    tokens: Vec<AddedToken>,
    /// What each is found as: in the normalised text, if it is looked for there.
    found_as: Vec<String>,
    in_given: SpecialTokens,
    in_normalized: SpecialTokens,
    /// Number of ids, the model's included.
    pub(super) total: usize,
}

impl Added {
    pub(super) fn none(model: &Model) -> Self {
        Self { total: model.len(), ..Self::default() }
    }

    pub(super) fn new(
        model: &Model,
        mut tokens: Vec<AddedToken>,
        normalize: impl Fn(&str) -> Result<String, EncodeError>,
    ) -> Result<Self, EncodeError> {
        tokens.sort_by_key(|token| token.id);
        let mut total = model.len();
        for AddedToken { content, id, .. } in &tokens {
            let place = *id as usize;
            if let Some(other) = model.token(*id).filter(|_| !is_same(model, *id, content)) {
                return Err(EncodeError::TakenId { content: content.clone(), id: *id, other });
            }
            total = total.max(place + 1);
        }
        let found_as = |token: &AddedToken| match token.normalized {
            true => normalize(&token.content),
            false => Ok(token.content.clone()),
        };
        let found_as: Vec<String> = tokens.iter().map(found_as).collect::<Result<_, _>>()?;
        let of = |normalized: bool| {
            let pairs = tokens.iter().zip(&found_as).filter(move |(token, _)| token.normalized == normalized);
            pairs.map(|(token, content)| (content.clone(), token.id))
        };
        let in_given = SpecialTokens::new(of(false))?;
        let in_normalized = SpecialTokens::new(of(true))?;
        // Neither set sees a token or an id that stands in both.
        SpecialTokens::new(tokens.iter().map(|token| (token.content.clone(), token.id)))?;
        Ok(Self { tokens, found_as, in_given, in_normalized, total })
    }

    pub(super) fn tokens(&self) -> &[AddedToken] {
        &self.tokens
    }

    pub(super) fn get(&self, id: TokenId) -> Option<&AddedToken> {
        let at = self.tokens.binary_search_by_key(&id, |token| token.id).ok()?;
        self.tokens.get(at)
    }

    /// What a token is found as, which is what Hugging Face decodes it to.
    pub(super) fn found_as(&self, id: TokenId) -> Option<&str> {
        let at = self.tokens.binary_search_by_key(&id, |token| token.id).ok()?;
        self.found_as.get(at).map(String::as_str)
    }

    /// The segments of a text as given, with their places.
    pub(super) fn in_given<'a>(&self, text: &'a str, allowed: Allowed) -> Vec<Placed<'a>> {
        self.segments(&self.in_given, text, allowed)
    }

    /// The segments of a normalised text, with their places.
    pub(super) fn in_normalized<'a>(&self, text: &'a str, allowed: Allowed) -> Vec<Placed<'a>> {
        self.segments(&self.in_normalized, text, allowed)
    }

    /// As Hugging Face finds them: a token that is passed over, because a word character stands beside it,
    /// hides every other that begins in it; one that is not special is found always; whitespace that belongs to the token before is not taken twice.
    fn segments<'a>(&self, set: &SpecialTokens, text: &'a str, allowed: Allowed) -> Vec<Placed<'a>> {
        let mut segments = Vec::new();
        let (mut from, mut done) = (0, 0);
        let permitted = allowed.permitted();
        let may_be_found = |id| permitted(id) || self.get(id).is_some_and(|token| !token.special);
        while let Some((place, content, id)) = set.find(&text[from..], may_be_found) {
            let found = from + place..from + place + content.len();
            from = found.end;
            let Some(taken) = self.taken(id, text, found, done) else { continue };
            if done < taken.start {
                segments.push((Segment::Text(&text[done..taken.start]), done..taken.start));
            }
            done = taken.end;
            segments.push((Segment::Special(id), taken));
        }
        if done < text.len() {
            segments.push((Segment::Text(&text[done..]), done..text.len()));
        }
        segments
    }

    /// The bytes that belong to a token found at a place; `None` if it does not count there.
    fn taken(&self, id: TokenId, text: &str, found: Range<usize>, done: usize) -> Option<Range<usize>> {
        let Some(token) = self.get(id) else { return Some(found) };
        let (before, after) = (&text[..found.start], &text[found.end..]);
        let beside_word = before.chars().next_back().is_some_and(is_word_character)
            || after.chars().next().is_some_and(is_word_character);
        if token.single_word && beside_word {
            return None;
        }
        let start = if token.lstrip { before.trim_end().len().max(done) } else { found.start };
        let space = if token.rstrip { after.len() - after.trim_start().len() } else { 0 };
        // The token before may have taken the whitespace that this one begins with.
        Some(start.min(found.end)..found.end + space)
    }
}

/// A byte-level vocabulary may hold the token as its bytes.
fn is_same(model: &Model, id: TokenId, content: &str) -> bool {
    match model {
        Model::Bpe(bpe, _) if bpe.vocabulary().id(content.as_bytes()) == Some(id) => true,
        _ => model.token(id).as_deref() == Some(content),
    }
}
