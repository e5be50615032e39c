//! The models of a `tokenizer.json`.

use std::collections::HashMap;

use super::error::{FileError, within};
use super::field::Field;
use super::vocabulary::{Read, names};
use super::words::Known;
use crate::tokenizer::unigram::{Unigram, Unknown};
use crate::tokenizer::wordpiece::WordPiece;
use crate::tokenizer::{AddedToken, Model, WordLevel};

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
    let model = Unigram::with_repeats(pieces, unknown).map_err(within("model"))?;
    Ok(Model::Unigram(model.with_unknown(if fallback { Unknown::Bytes } else { Unknown::Fused })))
}

/// The ids of a vocabulary that is a list; an object has them by name already.
pub(super) fn listed<'a>(field: &Field<'a>) -> Result<HashMap<&'a str, u32>, FileError> {
    let mut ids = HashMap::new();
    let list = field.maybe("vocab")?.and_then(|vocab| vocab.value.as_array());
    for (id, entry) in (0..).zip(list.into_iter().flatten()) {
        if let Some(name) = entry.get(0).and_then(serde_json::Value::as_str) {
            // Of a piece that stands twice the last counts.
            ids.insert(name, id);
        }
    }
    Ok(ids)
}

/// Number of the model's tokens; ids that nobody has are not counted.
pub(super) fn size(field: &Field<'_>) -> Result<u32, FileError> {
    let Some(vocab) = field.maybe("vocab")? else { return Ok(0) };
    let tokens =
        vocab.value.as_array().map(Vec::len).or_else(|| vocab.value.as_object().map(serde_json::Map::len));
    Ok(u32::try_from(tokens.unwrap_or(0)).unwrap_or(u32::MAX))
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
