//! The models.

use std::collections::{BTreeMap, HashSet};

use super::cuts::way;
use super::error::within;
use super::kinds::Kind;
use super::{GgufError, GgufList, GgufVocabulary};
use crate::tokenizer::bpe::{Base, Bpe, ByteOrder, Pair, WordEnd};
use crate::tokenizer::pretokenize::{BertNormalizer, Pattern};
use crate::tokenizer::unigram::{Unigram, Unknown};
use crate::tokenizer::wordpiece::WordPiece;
use crate::tokenizer::{
    BpeRules, Charsmap, Decoder, EncodeError, Model, Normalize, SentencePiece, Step, Symbol, TokenId,
    Tokenizer, Vocabulary, bytes_from_printable,
};

/// Byte-level BPE: merges in the order learned.
pub(super) fn byte_level(vocabulary: &GgufVocabulary<'_>) -> Result<Tokenizer, GgufError> {
    let way = way(vocabulary.pre)?;
    let frame = vocabulary.frame(way.bos, false, false)?;
    let pairs = pairs(vocabulary)?;
    let symbols = Vocabulary::with_gaps(bytes_of_tokens(vocabulary)?).map_err(within)?;
    let whole = (0..=u8::MAX).all(|byte| symbols.id(&[byte]).is_some());
    let rules = BpeRules { whole_words: way.whole_words, drop_unknown: !whole, ..BpeRules::default() };
    let bpe = if whole { of_bytes(symbols, &pairs) } else { of_characters(vocabulary, &pairs) }?;
    let tokenizer = Tokenizer::new(Model::Bpe(bpe, rules)).map_err(within)?;
    // The bytes are written out before a model that does not take them.
    let tokenizer = tokenizer
        .with_cuts(way.cuts)
        .with_pretokenizer(way.last)
        .with_steps((!whole).then_some(Step::Printable).into_iter().collect())
        .with_decoder(Decoder::Bytes);
    finished(tokenizer.with_added(vocabulary.added(false)), frame)
}

/// The tokens as the bytes that they stand for.
fn bytes_of_tokens(vocabulary: &GgufVocabulary<'_>) -> Result<BTreeMap<TokenId, Symbol>, GgufError> {
    let mut tokens = BTreeMap::new();
    for (id, token, kind) in vocabulary.kinds() {
        // Only what text can have is sure to be written in the characters for bytes.
        let bytes = bytes_from_printable(token).map(Symbol::from);
        let symbol = bytes.or_else(|| (kind != Kind::Normal).then(|| token.into()));
        let not_bytes = || GgufError::NotBytes { id: id as usize, token: token.into() };
        tokens.insert(id, symbol.ok_or_else(not_bytes)?);
    }
    Ok(tokens)
}

/// The merges, in the characters that stand for bytes.
fn pairs<'a>(vocabulary: &GgufVocabulary<'a>) -> Result<Vec<(&'a str, &'a str)>, GgufError> {
    // Without merges no token of several characters would ever come.
    let long = |(_, token): (TokenId, &str)| token.chars().nth(1).is_some();
    if vocabulary.merges.is_empty() && vocabulary.of_kind(Kind::Normal).any(long) {
        return Err(GgufError::Missing { list: GgufList::Merges });
    }
    let pair = |merge: &'a str| {
        merge.split_once(' ').filter(|(left, right)| {
            let written = |part: &str| bytes_from_printable(part).is_some_and(|bytes| !bytes.is_empty());
            written(left) && written(right)
        })
    };
    let pairs = vocabulary.merges.iter().enumerate();
    pairs
        .map(|(place, merge)| pair(merge).ok_or_else(|| GgufError::Merge { place, found: (*merge).into() }))
        .collect()
}

fn of_bytes(symbols: Vocabulary, pairs: &[(&str, &str)]) -> Result<Bpe, GgufError> {
    let symbol = |part: &str| bytes_from_printable(part).map(Symbol::from).unwrap_or_else(|| part.into());
    let pairs: Vec<Pair> = pairs.iter().map(|(left, right)| (symbol(left), symbol(right))).collect();
    Bpe::of_vocabulary(Base::Bytes(ByteOrder::Gpt2), WordEnd::Unmarked, symbols, &pairs).map_err(within)
}

/// The model on the characters that stand for bytes: of a vocabulary that was trained on text without some of the 256,
/// as SmolLM's. What it has no token for is left out, in llama.cpp too.
fn of_characters(vocabulary: &GgufVocabulary<'_>, pairs: &[(&str, &str)]) -> Result<Bpe, GgufError> {
    let tokens = (0u32..).zip(&vocabulary.tokens).map(|(id, &token)| (id, Symbol::from(token))).collect();
    let symbols = Vocabulary::with_gaps(tokens).map_err(within)?;
    let pairs: Vec<Pair> = pairs.iter().map(|&(left, right)| (left.into(), right.into())).collect();
    Bpe::of_vocabulary(Base::Chars, WordEnd::Unmarked, symbols, &pairs).map_err(within)
}

/// SentencePiece's BPE: of two neighbours that are a token together those of the highest score merge first.
pub(super) fn scores(vocabulary: &GgufVocabulary<'_>) -> Result<Tokenizer, GgufError> {
    let frame = vocabulary.frame(true, false, false)?;
    let scores = of_tokens(vocabulary)?;
    let tokens = (0u32..).zip(&vocabulary.tokens).map(|(id, &token)| (id, Symbol::from(token))).collect();
    let symbols = Vocabulary::with_gaps(tokens).map_err(within)?;
    let singles: HashSet<char> =
        vocabulary.of_kind(Kind::Normal).filter_map(|(_, text)| only(text)).collect();
    let mut ranked = Vec::new();
    for (id, token) in vocabulary.of_kind(Kind::Normal).filter(|(_, token)| only(token).is_none()) {
        if !token.chars().all(|c| singles.contains(&c)) {
            return Err(GgufError::NoCharacter { token: token.into() });
        }
        ranked.push((id, scores[id as usize]));
    }
    let bpe = Bpe::by_score(symbols, ranked).map_err(within)?;
    let unknown = vocabulary.unknown_id();
    let rules = BpeRules { unknown, fuse_unknown: true, byte_fallback: true, ..BpeRules::default() };
    let before = vocabulary.add_space_prefix.unwrap_or(true);
    let mut normalize = vec![Normalize::Replace(" ".into(), "▁".into())];
    if before {
        normalize.insert(0, Normalize::Prepend("▁".into()));
    }
    let tokenizer = Tokenizer::new(Model::Bpe(bpe, rules))
        .and_then(|tokenizer| tokenizer.with_normalize(normalize))
        .and_then(|tokenizer| tokenizer.with_added(vocabulary.added(false)))
        .map_err(within)?;
    finished(Ok(tokenizer.with_decoder(decoder(before)?)), frame)
}

/// A unigram model, and around it what SentencePiece does to text.
pub(super) fn unigram(vocabulary: &GgufVocabulary<'_>) -> Result<Tokenizer, GgufError> {
    let frame = vocabulary.frame(false, true, false)?;
    let scores = of_tokens(vocabulary)?;
    let pieces =
        vocabulary.tokens.iter().zip(scores).map(|(&token, &score)| (token.into(), f64::from(score)));
    let silent: HashSet<TokenId> =
        vocabulary.kinds().filter(|(_, _, kind)| *kind != Kind::Normal).map(|(id, _, _)| id).collect();
    let has_bytes = vocabulary.of_kind(Kind::Byte).next().is_some();
    let model = Unigram::new(pieces.collect(), vocabulary.unknown_id()).map_err(within)?;
    let model = model
        .with_unknown(if has_bytes { Unknown::Bytes } else { Unknown::Fused })
        .with_silent(|id| silent.contains(&id))
        .with_single_precision();
    let before = vocabulary.add_space_prefix.unwrap_or(false);
    let charsmap = vocabulary.charsmap.as_ref().filter(|table| !table.is_empty());
    let rules = SentencePiece {
        charsmap: charsmap.map(|table| Charsmap::new(table)).transpose().map_err(within)?,
        space_before: before,
        single_spaces: vocabulary.remove_extra_whitespaces.unwrap_or(false),
        escape: true,
        kept: vocabulary.of_kind(Kind::UserDefined).map(|(_, token)| token.into()).collect(),
    };
    let tokenizer = Tokenizer::new(Model::Unigram(model))
        .and_then(|tokenizer| tokenizer.with_normalize(vec![Normalize::SentencePiece(Box::new(rules))]))
        .and_then(|tokenizer| tokenizer.with_added(vocabulary.added(true)))
        .map_err(within)?;
    finished(Ok(tokenizer.with_decoder(decoder(before)?)), frame)
}

/// WordPiece. The format marks what begins a word, `▁play`, where BERT's own files mark what goes on, `##ing`.
pub(super) fn bert(vocabulary: &GgufVocabulary<'_>) -> Result<Tokenizer, GgufError> {
    let frame = vocabulary.frame(true, false, true)?;
    let piece = |token: &&str| match token.strip_prefix('▁') {
        Some(begins) => begins.to_owned(),
        None if token.starts_with('[') && token.ends_with(']') => (*token).to_owned(),
        None => format!("##{token}"),
    };
    let unknown = vocabulary.unknown_id().and_then(|id| vocabulary.tokens.get(id as usize));
    let unknown = unknown.copied().unwrap_or("[UNK]");
    let model = WordPiece::new(vocabulary.tokens.iter().map(piece).collect(), unknown).map_err(within)?;
    let mut added = vocabulary.added(false);
    added.retain(|token| token.content.starts_with('['));
    finished(Tokenizer::bert(model, BertNormalizer::default()).with_added(added), frame)
}

/// A score for each token.
fn of_tokens<'a>(vocabulary: &'a GgufVocabulary<'_>) -> Result<&'a [f32], GgufError> {
    vocabulary.paired(vocabulary.scores.len(), GgufList::Scores)?;
    match vocabulary.scores.as_slice() {
        [] => Err(GgufError::Missing { list: GgufList::Scores }),
        scores => Ok(scores),
    }
}

/// The way back. `space_before`: one was put before the text.
fn decoder(space_before: bool) -> Result<Decoder, GgufError> {
    if space_before {
        return Ok(Decoder::Fallback);
    }
    let space = Pattern::text("▁").map_err(within)?;
    Ok(Decoder::Chain(vec![Decoder::Replace(space, " ".into()), Decoder::ByteFallback, Decoder::Joined]))
}

/// The tokenizer with the tokens around a text.
fn finished(
    tokenizer: Result<Tokenizer, EncodeError>,
    (before, after): (Vec<TokenId>, Vec<TokenId>),
) -> Result<Tokenizer, GgufError> {
    tokenizer.and_then(|tokenizer| tokenizer.with_frame(before, after)).map_err(within)
}

/// The character of a text that is one.
fn only(text: &str) -> Option<char> {
    let mut chars = text.chars();
    chars.next().filter(|_| chars.next().is_none())
}
