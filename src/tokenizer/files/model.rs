//! The models of a `tokenizer.json`.

use std::collections::{BTreeMap, HashMap};

use super::error::{FileError, within};
use super::field::Field;
use super::words::{IdFault, Known, Wanted};
use crate::tokenizer::unigram::{Unigram, Unknown};
use crate::tokenizer::wordpiece::WordPiece;
use crate::tokenizer::{AddedToken, Model, WordLevel};

/// No model has an id beyond this.
pub(super) const LAST_ID: u32 = 1 << 22;

/// A model, and whether its words are bytes; otherwise they come as the names of the vocabulary are written.
pub(super) struct Read {
    pub(super) model: Model,
    pub(super) bytes: bool,
}

impl Read {
    fn of_text(model: Model) -> Self {
        Self { model, bytes: false }
    }
}

/// Reads the model. `bytes`: its words are bytes in printable characters.
pub(super) fn model(field: &Field<'_>, bytes: bool, added: &[AddedToken]) -> Result<Read, FileError> {
    match kind(field)? {
        "BPE" => super::bpe::bpe(field, bytes, added),
        "WordPiece" => wordpiece(field, added).map(Read::of_text),
        "Unigram" => unigram(field).map(Read::of_text),
        "WordLevel" => word_level(field).map(Read::of_text),
        _ => Err(field.need("type")?.unsupported(Known::Models)),
    }
}

/// The type of a model. Early files do not say it; then its fields do, as Hugging Face takes them.
fn kind<'a>(field: &Field<'a>) -> Result<&'a str, FileError> {
    if field.maybe("type")?.is_some() {
        return field.kind();
    }
    let has = |name: &str| Ok::<_, FileError>(field.maybe(name)?.is_some());
    Ok(match field.maybe("vocab")? {
        _ if has("merges")? => "BPE",
        Some(vocab) if vocab.value.is_array() => "Unigram",
        _ if has("max_input_chars_per_word")? => "WordPiece",
        Some(_) if has("unk_token")? => "WordLevel",
        _ => field.kind()?,
    })
}

fn wordpiece(field: &Field<'_>, added: &[AddedToken]) -> Result<Model, FileError> {
    let mut pieces = Vec::new();
    for (id, name) in names(&field.need("vocab")?, added)? {
        pieces.resize(id as usize, String::new());
        pieces.push(name.to_string());
    }
    let unknown = field.need("unk_token")?.text()?;
    let model = WordPiece::new(pieces, unknown).map_err(within("model"))?;
    let mark = field.need("continuing_subword_prefix")?.text()?;
    let most = field.need("max_input_chars_per_word")?.id()?;
    Ok(Model::WordPiece(model.with_continuation(mark).with_max_chars(most as usize)))
}

fn word_level(field: &Field<'_>) -> Result<Model, FileError> {
    let words = names(&field.need("vocab")?, &[])?.into_iter().map(|(id, name)| (id, name.to_string()));
    let model = WordLevel::new(words, field.need("unk_token")?.text()?).map_err(within("model"))?;
    Ok(Model::WordLevel(model))
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

/// The tokens by id. An id that is missing may be that of an added token, or nobody's.
pub(super) fn names<'a>(
    vocab: &Field<'a>,
    added: &'a [AddedToken],
) -> Result<BTreeMap<u32, &'a str>, FileError> {
    let mut names: BTreeMap<u32, &str> = BTreeMap::new();
    let bad = |id: u32, problem| FileError::BadIds { field: vocab.name.clone(), id: id.into(), problem };
    for (name, value) in vocab.object()? {
        let id = Field { value, name: format!("{}.{name}", vocab.name) }.id()?;
        if id > LAST_ID {
            return Err(bad(id, IdFault::TooLarge));
        }
        if names.insert(id, name).is_some() {
            return Err(bad(id, IdFault::Twice));
        }
    }
    let last = names.last_key_value().map_or(0, |(&last, _)| last);
    for token in added.iter().filter(|token| token.id < last) {
        names.entry(token.id).or_insert(&token.content);
    }
    Ok(names)
}

/// The ids of a vocabulary that is a list; an object has them by name already.
pub(super) fn listed<'a>(field: &Field<'a>) -> Result<HashMap<&'a str, u32>, FileError> {
    let mut ids = HashMap::new();
    let list = field.maybe("vocab")?.and_then(|vocab| vocab.value.as_array());
    for (id, entry) in (0..).zip(list.into_iter().flatten()) {
        if let Some(name) = entry.get(0).and_then(serde_json::Value::as_str) {
            ids.entry(name).or_insert(id);
        }
    }
    Ok(ids)
}

/// The id that a token of the file has in the vocabulary of the model: it counts, whatever else is said.
pub(super) fn id_in(
    field: &Field<'_>,
    listed: &HashMap<&str, u32>,
    content: &str,
) -> Result<Option<u32>, FileError> {
    let Some(vocab) = field.maybe("vocab")? else { return Ok(None) };
    if vocab.value.is_array() {
        return Ok(listed.get(content).copied());
    }
    match vocab.object()?.get(content) {
        Some(value) => Field { value, name: format!("{}.{content}", vocab.name) }.id().map(Some),
        None => Ok(None),
    }
}

/// The id of a token that the model names.
pub(super) fn id_of(
    field: &Field<'_>,
    of: &str,
    name: &str,
    names: &BTreeMap<u32, &str>,
) -> Result<u32, FileError> {
    let found = names.iter().find(|(_, other)| **other == name);
    found.map(|(&id, _)| id).ok_or_else(|| match field.need(of) {
        Ok(of) => of.wrong(Wanted::KnownToken),
        Err(error) => error,
    })
}
