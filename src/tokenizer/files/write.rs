//! Writing a `tokenizer.json`.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::error::cannot;
use super::{FileError, Unwritable, around, parts};
use crate::tokenizer::bpe::{Bpe, END_OF_WORD, WordEnd};
use crate::tokenizer::unigram::{Unigram, Unknown};
use crate::tokenizer::wordpiece::WordPiece;
use crate::tokenizer::{AddedToken, BpeRules, Model, TokenId, Tokenizer, WordLevel, printable_from_bytes};

/// Writes a tokenizer as Hugging Face's `tokenizer.json`: its library then gives the same ids for any text
/// in which special tokens are allowed.
///
/// # Errors
/// [`FileError::CannotWrite`]: spaces that become `▁` beside a cut that is not at `▁`, or an end-of-word
/// marker that is a symbol of its own; [`FileError::BadIds`]: added tokens that leave a gap.
///
/// # Examples
/// ```
/// use concepts::tokenizer::files::{from_json, to_json};
/// use concepts::tokenizer::{Tokenizer, unigram::Unigram};
/// let model = Unigram::new(vec![("<unk>".into(), 0.0), ("▁a".into(), -1.25)], Some(0))?;
/// let tokenizer = Tokenizer::sentencepiece(model);
/// let again = from_json(&to_json(&tokenizer)?)?;
/// assert_eq!(again.encode("a b")?, tokenizer.encode("a b")?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn to_json(tokenizer: &Tokenizer) -> Result<String, FileError> {
    parts::no_gaps(tokenizer.model().len(), tokenizer.added())?;
    let fields = [
        ("version", json!("1.0")),
        ("truncation", Value::Null),
        ("padding", Value::Null),
        ("added_tokens", tokenizer.added().iter().map(added).collect()),
        ("normalizer", around::normalizer(tokenizer.normalize())?),
        ("pre_tokenizer", around::pre_tokenizer(tokenizer)?),
        ("post_processor", post_processor(tokenizer)),
        ("decoder", around::decoder(tokenizer.decoder())?),
    ];
    let mut out = String::from("{\n");
    for (name, value) in fields {
        // Writing to a string does not fail.
        let _ = writeln!(out, "  \"{name}\": {value},");
    }
    let _ = writeln!(out, "  \"model\": {}\n}}", model(tokenizer)?);
    Ok(out)
}

fn added(token: &AddedToken) -> Value {
    json!({
        "id": token.id, "content": token.content, "single_word": token.single_word,
        "lstrip": token.lstrip, "rstrip": token.rstrip,
        "normalized": token.normalized, "special": token.special,
    })
}

fn post_processor(tokenizer: &Tokenizer) -> Value {
    let (before, after) = tokenizer.frame();
    if before.is_empty() && after.is_empty() {
        return Value::Null;
    }
    let name = |&id: &TokenId| tokenizer.token(id).unwrap_or_default();
    let special = |id: &TokenId| json!({"SpecialToken": {"id": name(id), "type_id": 0}});
    let text = |of: &str| json!({"Sequence": {"id": of, "type_id": 0}});
    let around = |texts: Vec<Value>| -> Vec<Value> {
        before.iter().map(special).chain(texts).chain(after.iter().map(special)).collect()
    };
    let tokens: serde_json::Map<String, Value> = before
        .iter()
        .chain(after)
        .map(|id| (name(id), json!({"id": name(id), "ids": [id], "tokens": [name(id)]})))
        .collect();
    let (single, pair) = (around(vec![text("A")]), around(vec![text("A"), text("B")]));
    json!({"type": "TemplateProcessing", "single": single, "pair": pair, "special_tokens": tokens})
}

fn model(tokenizer: &Tokenizer) -> Result<String, FileError> {
    match tokenizer.model() {
        Model::Bpe(bpe, rules) => bpe_model(tokenizer, bpe, *rules),
        Model::WordPiece(model) => Ok(wordpiece_model(model)),
        Model::Unigram(model) => Ok(unigram_model(model)),
        Model::WordLevel(model) => Ok(word_level_model(model)),
    }
}

fn bpe_model(tokenizer: &Tokenizer, bpe: &Bpe, rules: BpeRules) -> Result<String, FileError> {
    if bpe.is_by_token() {
        return Err(cannot(Unwritable::ByToken));
    }
    let some = |mark: &str| if mark.is_empty() { Value::Null } else { json!(mark) };
    let prefix = some(&bpe.marks().continues);
    let suffix = match bpe.word_end() {
        WordEnd::Unmarked => some(&bpe.marks().ends),
        WordEnd::Suffix => json!(END_OF_WORD),
        WordEnd::Symbol => return Err(cannot(Unwritable::WordEndSymbol)),
    };
    let ids = (0u32..).take(bpe.vocabulary().len());
    let names: Vec<String> = ids.map(|id| bpe_name(tokenizer, bpe, id)).collect();
    let merge =
        |left: TokenId, right: TokenId| json!([names[left as usize], names[right as usize]]).to_string();
    let merges: Vec<String> = bpe.merges().iter().map(|m| merge(m.left, m.right)).collect();
    let unknown = rules.unknown.map(|id| names[id as usize].clone());
    Ok(format!(
        "{{\"type\": \"BPE\", \"dropout\": null, \"unk_token\": {}, \"continuing_subword_prefix\": {prefix}, \
         \"end_of_word_suffix\": {suffix}, \"fuse_unk\": {}, \"byte_fallback\": {}, \"ignore_merges\": {},\n  \
         \"vocab\": {},\n  \"merges\": [\n{}\n]}}",
        json!(unknown),
        rules.fuse_unknown,
        rules.byte_fallback,
        rules.whole_words,
        vocab(&names, |id| bpe.vocabulary().token(id).is_some()),
        merges.join(",\n"),
    ))
}

/// A token of the vocabulary as the file writes it. An added token is written as it is, not by its bytes.
fn bpe_name(tokenizer: &Tokenizer, bpe: &Bpe, id: TokenId) -> String {
    if let Some(token) = tokenizer.added().iter().find(|token| token.id == id) {
        return token.content.clone();
    }
    match bpe.vocabulary().token(id) {
        Some(symbol) if tokenizer.model().is_byte_level() => printable_from_bytes(symbol.as_bytes()),
        Some(symbol) => symbol.to_string(),
        None => String::new(),
    }
}

fn wordpiece_model(model: &WordPiece) -> String {
    let unknown = model.pieces().get(model.unknown() as usize);
    format!(
        "{{\"type\": \"WordPiece\", \"unk_token\": {}, \"continuing_subword_prefix\": {}, \
         \"max_input_chars_per_word\": {},\n  \"vocab\": {}}}",
        json!(unknown),
        json!(model.continuation()),
        model.max_chars(),
        vocab(model.pieces(), |id| model.piece(id).is_some()),
    )
}

fn unigram_model(model: &Unigram) -> String {
    let entries: Vec<String> =
        model.pieces().iter().map(|(piece, score)| json!([piece, score]).to_string()).collect();
    format!(
        "{{\"type\": \"Unigram\", \"unk_id\": {}, \"byte_fallback\": {},\n  \"vocab\": [\n{}\n]}}",
        json!(model.unknown()),
        model.on_unknown() == Unknown::Bytes,
        entries.join(",\n"),
    )
}

fn word_level_model(model: &WordLevel) -> String {
    let mut words = vec![String::new(); model.len()];
    model.words().for_each(|(id, word)| words[id as usize] = word.into());
    let vocab = vocab(&words, |id| model.word(id).is_some());
    format!("{{\"type\": \"WordLevel\", \"unk_token\": {},\n  \"vocab\": {vocab}}}", json!(model.unknown().0))
}

/// Tokens by id, in the order of their ids, where there are any.
fn vocab(names: &[String], has: impl Fn(TokenId) -> bool) -> String {
    let there = (0u32..).zip(names).filter(|(id, _)| has(*id));
    let entries: Vec<String> =
        there.map(|(id, name)| format!("{}: {id}", Value::from(name.as_str()))).collect();
    format!("{{\n{}\n}}", entries.join(",\n"))
}
