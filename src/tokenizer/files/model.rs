//! The models of a `tokenizer.json`.

use crate::tokenizer::files::words::Known;
use crate::tokenizer::files::words::{IdFault, Wanted};
use std::collections::{BTreeMap, BTreeSet};

use super::Found;
use super::error::{FileError, within};
use super::field::Field;
use crate::tokenizer::bpe::{Base, Bpe, ByteOrder, END_OF_WORD, WordEnd};
use crate::tokenizer::unigram::{Unigram, Unknown};
use crate::tokenizer::wordpiece::WordPiece;
use crate::tokenizer::{AddedToken, BpeRules, EncodeError, Model, Symbol, bytes_from_printable};

pub(super) fn model(field: &Field<'_>, bytes: bool, added: &[AddedToken]) -> Result<Model, FileError> {
    match field.kind()? {
        "BPE" => bpe(field, bytes, added),
        "WordPiece" => wordpiece(field, added),
        "Unigram" => unigram(field),
        _ => Err(field.need("type")?.unsupported(Known::Models)),
    }
}

fn bpe(field: &Field<'_>, bytes: bool, added: &[AddedToken]) -> Result<Model, FileError> {
    field.must_be_off("dropout")?;
    field.must_be_off("continuing_subword_prefix")?;
    let word_end = match field.maybe_text("end_of_word_suffix")? {
        None => WordEnd::Unmarked,
        Some(END_OF_WORD) => WordEnd::Suffix,
        Some(_) => return Err(field.need("end_of_word_suffix")?.unsupported(Known::WordEnds)),
    };
    let vocab = field.need("vocab")?;
    let names = dense(&vocab, added)?;
    let unknown = field.maybe_text("unk_token")?;
    let byte_fallback = field.flag("byte_fallback", false)?;
    let base = if bytes { Base::Bytes(ByteOrder::Gpt2) } else { Base::Chars };
    let contents: BTreeSet<&str> = added.iter().map(|token| token.content.as_str()).collect();
    let symbol = |name: &str| symbol(name, bytes, &contents, &vocab);
    let symbols = names.iter().map(|name| symbol(name)).collect::<Result<Vec<Symbol>, FileError>>()?;
    let mut merges = Vec::new();
    for merge in field.need("merges")?.list()? {
        let (left, right) = merge_of(&merge)?;
        if byte_fallback && [left, right].iter().any(|part| part.starts_with("<0x") && part.len() == 6) {
            return Err(merge.unsupported(Known::MergesOfCharacters));
        }
        merges.push((symbol(left)?, symbol(right)?));
    }
    let bpe = Bpe::from_pairs(base, word_end, symbols, &merges).map_err(within("model"))?;
    let rules = BpeRules {
        unknown: unknown.map(|name| id_of(field, "unk_token", name, &names)).transpose()?,
        fuse_unknown: field.flag("fuse_unk", false)?,
        byte_fallback,
        whole_words: field.flag("ignore_merges", false)?,
    };
    Ok(Model::Bpe(bpe, rules))
}

/// The two parts of a merge: a list of two, or one text with a space between.
fn merge_of<'a>(merge: &Field<'a>) -> Result<(&'a str, &'a str), FileError> {
    if merge.value.is_string() {
        let parts = merge.text()?.split_once(' ').filter(|(_, right)| !right.contains(' '));
        return parts.ok_or_else(|| merge.wrong(Wanted::TwoTokens));
    }
    let [left, right] = merge.pair()?;
    Ok((left.text()?, right.text()?))
}

/// The bytes of a token. Of a byte-level vocabulary they are written in printable characters, unless the
/// token is one that is found before the model.
fn symbol(name: &str, bytes: bool, added: &BTreeSet<&str>, vocab: &Field<'_>) -> Result<Symbol, FileError> {
    if !bytes {
        return Ok(name.into());
    }
    match bytes_from_printable(name) {
        Some(bytes) => Ok(bytes.into()),
        None if added.contains(name) => Ok(name.into()),
        None => Err(FileError::WrongType {
            field: vocab.name.clone(),
            found: Found::Value(format!("{name:?}")),
            wanted: Wanted::PrintableBytes,
        }),
    }
}

fn wordpiece(field: &Field<'_>, added: &[AddedToken]) -> Result<Model, FileError> {
    let names = dense(&field.need("vocab")?, added)?;
    let unknown = field.need("unk_token")?.text()?;
    let model = WordPiece::new(names, unknown).map_err(within("model"))?;
    let mark = field.need("continuing_subword_prefix")?.text()?;
    let most = field.need("max_input_chars_per_word")?.id()?;
    Ok(Model::WordPiece(model.with_continuation(mark).with_max_chars(most as usize)))
}

fn unigram(field: &Field<'_>) -> Result<Model, FileError> {
    let mut pieces = Vec::new();
    for entry in field.need("vocab")?.list()? {
        let [piece, score] = entry.pair()?;
        pieces.push((piece.text()?.to_string(), score.number()?));
    }
    let unknown = field.maybe("unk_id")?.map(|id| id.id()).transpose()?;
    let fallback = field.flag("byte_fallback", false)?;
    let model = Unigram::new(pieces, unknown).map_err(within("model"))?;
    Ok(Model::Unigram(model.with_unknown(if fallback { Unknown::Bytes } else { Unknown::Fused })))
}

/// The tokens by id. An id that is missing may be that of an added token.
fn dense(vocab: &Field<'_>, added: &[AddedToken]) -> Result<Vec<String>, FileError> {
    let mut names: BTreeMap<u32, &str> = BTreeMap::new();
    for (name, value) in vocab.object()? {
        let id = Field { value, name: format!("{}.{name}", vocab.name) }.id()?;
        if names.insert(id, name).is_some() {
            return Err(bad_id(vocab, id, IdFault::Twice));
        }
    }
    let Some((&last, _)) = names.last_key_value() else { return Ok(Vec::new()) };
    for token in added.iter().filter(|token| token.id < last) {
        names.entry(token.id).or_insert(&token.content);
    }
    match (0u32..).zip(names.keys()).find(|(wanted, id)| wanted != *id) {
        Some((wanted, _)) => Err(bad_id(vocab, wanted, IdFault::NoToken)),
        None => Ok(names.into_values().map(String::from).collect()),
    }
}

fn bad_id(vocab: &Field<'_>, id: u32, problem: IdFault) -> FileError {
    FileError::BadIds { field: vocab.name.clone(), id: id.into(), problem }
}

fn id_of(field: &Field<'_>, of: &str, name: &str, names: &[String]) -> Result<u32, FileError> {
    let found = (0u32..).zip(names).find(|(_, other)| *other == name);
    found.map(|(id, _)| id).ok_or_else(|| match field.need(of) {
        Ok(of) => of.wrong(Wanted::KnownToken),
        Err(error) => error,
    })
}

/// Used by errors of tiktoken's format too.
pub(super) fn bpe_of(symbols: Vec<Symbol>, merges: &[(Symbol, Symbol)]) -> Result<Bpe, EncodeError> {
    Ok(Bpe::from_pairs(Base::Bytes(ByteOrder::Value), WordEnd::Unmarked, symbols, merges)?)
}
