//! SentencePiece's own files: `tokenizer.model`, `spiece.model`.

use std::collections::HashSet;

use prost::Message;

use super::error::within;
use super::{FileError, ModelFault};
use crate::tokenizer::bpe::Bpe;
use crate::tokenizer::pretokenize::Pattern;
use crate::tokenizer::unigram::{Unigram, Unknown};
use crate::tokenizer::{
    AddedToken, BpeRules, Charsmap, Decoder, Model, Normalize, SentencePiece, Symbol, TokenId, Tokenizer,
    Vocabulary,
};

/// The fields of `sentencepiece_model.proto` that matter for reading; others are passed over.
#[derive(Clone, PartialEq, Message)]
struct File {
    #[prost(message, repeated, tag = "1")]
    pieces: Vec<Piece>,
    #[prost(message, optional, tag = "2")]
    trainer: Option<Trainer>,
    #[prost(message, optional, tag = "3")]
    normalizer: Option<Normalizer>,
}

#[derive(Clone, PartialEq, Message)]
struct Piece {
    #[prost(string, optional, tag = "1")]
    piece: Option<String>,
    #[prost(float, optional, tag = "2")]
    score: Option<f32>,
    #[prost(int32, optional, tag = "3")]
    kind: Option<i32>,
}

#[derive(Clone, PartialEq, Message)]
struct Trainer {
    #[prost(int32, optional, tag = "3")]
    algorithm: Option<i32>,
    #[prost(bool, optional, tag = "24")]
    space_behind: Option<bool>,
    #[prost(bool, optional, tag = "35")]
    byte_fallback: Option<bool>,
    #[prost(string, optional, tag = "44")]
    unknown_sign: Option<String>,
}

#[derive(Clone, PartialEq, Message)]
struct Normalizer {
    #[prost(bytes = "vec", optional, tag = "2")]
    charsmap: Option<Vec<u8>>,
    #[prost(bool, optional, tag = "3")]
    space_before: Option<bool>,
    #[prost(bool, optional, tag = "4")]
    single_spaces: Option<bool>,
    #[prost(bool, optional, tag = "5")]
    escape: Option<bool>,
}

const NORMAL: i32 = 1;
const UNKNOWN: i32 = 2;
const CONTROL: i32 = 3;
const USER_DEFINED: i32 = 4;
const UNUSED: i32 = 5;

const UNIGRAM: i32 = 1;
const BPE: i32 = 2;

impl Piece {
    fn sort(&self) -> i32 {
        self.kind.unwrap_or(NORMAL)
    }

    fn text(&self) -> &str {
        self.piece.as_deref().unwrap_or_default()
    }
}

/// Reads a model that SentencePiece wrote: unigram or BPE.
///
/// # Errors
/// [`FileError::SentencePiece`], [`FileError::Inconsistent`].
///
/// # Reference
/// `sentencepiece_model.proto`; `bpe_model.cc`, `unigram_model.cc` and `normalizer.cc` of SentencePiece.
pub fn from_sentencepiece(bytes: &[u8]) -> Result<Tokenizer, FileError> {
    let wrong = FileError::SentencePiece;
    let file = File::decode(bytes).map_err(|error| wrong(ModelFault::NotRead { said: error.to_string() }))?;
    if file.pieces.is_empty() {
        return Err(wrong(ModelFault::Empty));
    }
    let trainer = file.trainer.clone().unwrap_or_default();
    if trainer.space_behind == Some(true) {
        return Err(wrong(ModelFault::SpaceBehind));
    }
    if let Some(unused) = file.pieces.iter().find(|piece| piece.sort() == UNUSED) {
        return Err(wrong(ModelFault::Unused(unused.text().into())));
    }
    let bytes = trainer.byte_fallback.unwrap_or(false);
    let model = match trainer.algorithm.unwrap_or(UNIGRAM) {
        UNIGRAM => unigram(&file, bytes)?,
        BPE => bpe(&file, bytes)?,
        other => return Err(wrong(ModelFault::Algorithm(other))),
    };
    let rules = normalizer(&file)?;
    let decoder = decoder(&file, &rules)?;
    Ok(Tokenizer::new(model)
        .and_then(|tokenizer| tokenizer.with_normalize(vec![Normalize::SentencePiece(Box::new(rules))]))
        .and_then(|tokenizer| tokenizer.with_added(added(&file)))
        .map_err(within("pieces"))?
        .with_decoder(decoder))
}

/// The way back: the unknown piece has a sign of its own, and the space before the text goes; where several in a row
/// are one, all that stand before it.
fn decoder(file: &File, rules: &SentencePiece) -> Result<Decoder, FileError> {
    let mut steps = Vec::new();
    if rules.space_before || rules.single_spaces {
        steps.push(Decoder::Leading { all: rules.single_spaces });
    }
    if let Some((_, text)) = of_kind(file, UNKNOWN).next() {
        let quoted: String = text
            .chars()
            .flat_map(|c| c.is_ascii_punctuation().then_some('\\').into_iter().chain([c]))
            .collect();
        let alone = Pattern::regex(&format!(r"\A{quoted}\z")).map_err(within("pieces"))?;
        let sign = file.trainer.as_ref().and_then(|trainer| trainer.unknown_sign.clone());
        steps.push(Decoder::Replace(alone, sign.unwrap_or_else(|| " \u{2047} ".into())));
    }
    let space = Pattern::text("▁").map_err(within("pieces"))?;
    steps.extend([Decoder::Replace(space, " ".into()), Decoder::ByteFallback, Decoder::Joined]);
    Ok(Decoder::Chain(steps))
}

fn normalizer(file: &File) -> Result<SentencePiece, FileError> {
    let said = file.normalizer.clone().unwrap_or_default();
    let table = said.charsmap.filter(|table| !table.is_empty());
    Ok(SentencePiece {
        charsmap: table.map(|table| Charsmap::new(&table)).transpose().map_err(within("charsmap"))?,
        space_before: said.space_before.unwrap_or(true),
        single_spaces: said.single_spaces.unwrap_or(true),
        escape: said.escape.unwrap_or(true),
        kept: of_kind(file, USER_DEFINED).map(|(_, text)| text.into()).collect(),
    })
}

fn of_kind(file: &File, kind: i32) -> impl Iterator<Item = (TokenId, &str)> {
    let all = (0u32..).zip(&file.pieces);
    all.filter(move |(_, piece)| piece.sort() == kind).map(|(id, piece)| (id, piece.text()))
}

/// Control symbols, which text cannot have, and symbols that are found before the model.
fn added(file: &File) -> Vec<AddedToken> {
    let control = of_kind(file, CONTROL).map(|(id, text)| AddedToken::special(text, id));
    let defined = of_kind(file, USER_DEFINED).map(|(id, text)| AddedToken {
        special: false,
        normalized: true,
        ..AddedToken::special(text, id)
    });
    control.chain(defined).collect()
}

fn unigram(file: &File, bytes: bool) -> Result<Model, FileError> {
    let pieces = file.pieces.iter();
    let pieces = pieces.map(|p| (p.text().to_string(), f64::from(p.score.unwrap_or(0.0)))).collect();
    let unknown = of_kind(file, UNKNOWN).next().map(|(id, _)| id);
    let silent = |id: TokenId| file.pieces[id as usize].sort() != NORMAL;
    let model = Unigram::new(pieces, unknown).map_err(within("pieces"))?;
    let how = if bytes { Unknown::Bytes } else { Unknown::Fused };
    Ok(Model::Unigram(model.with_unknown(how).with_silent(silent).with_single_precision()))
}

/// Two neighbours merge if together they are a piece, that of the highest score first.
fn bpe(file: &File, bytes: bool) -> Result<Model, FileError> {
    let wrong = FileError::SentencePiece;
    let tokens = (0u32..).zip(&file.pieces).map(|(id, piece)| (id, Symbol::from(piece.text()))).collect();
    let vocabulary = Vocabulary::with_gaps(tokens).map_err(within("pieces"))?;
    let singles: HashSet<char> = of_kind(file, NORMAL).filter_map(|(_, text)| only(text)).collect();
    let mut scores = Vec::new();
    for (id, text) in of_kind(file, NORMAL).filter(|(_, text)| only(text).is_none()) {
        if !text.chars().all(|c| singles.contains(&c)) {
            return Err(wrong(ModelFault::NoCharacter(text.into())));
        }
        scores.push((id, file.pieces[id as usize].score.unwrap_or(0.0)));
    }
    let bpe = Bpe::by_score(vocabulary, scores).map_err(within("pieces"))?;
    let unknown = of_kind(file, UNKNOWN).next().map(|(id, _)| id);
    let rules = BpeRules { unknown, fuse_unknown: true, byte_fallback: bytes, ..BpeRules::default() };
    Ok(Model::Bpe(bpe, rules))
}

/// The character of a text that is one.
fn only(text: &str) -> Option<char> {
    let mut chars = text.chars();
    chars.next().filter(|_| chars.next().is_none())
}
