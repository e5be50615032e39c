//! The tokenizer in a GGUF file.

use concepts::tokenizer::files::gguf::GgufWanted;
use concepts::tokenizer::files::{GgufError, GgufVocabulary, Kind, from_gguf};
use concepts::tokenizer::{TokenId, Tokenizer};
use concepts::weights::{Gguf, Value};

/// The tokenizer that the metadata of a file describe.
///
/// # Errors
/// [`GgufError`]
pub fn tokenizer_of_gguf(gguf: &Gguf<'_>) -> Result<Tokenizer, GgufError> {
    from_gguf(&vocabulary(gguf)?)
}

/// What the metadata say of the tokenizer, and what not.
pub(super) fn kind_of_gguf(gguf: &Gguf<'_>) -> Kind {
    let has = |name: &str| gguf.get(&entry(name)).is_some();
    let model = gguf.get(&entry("model")).and_then(Value::as_str);
    let kinds = gguf.get(&entry("token_type")).and_then(Value::as_array);
    Kind::Gguf {
        cut: model != Some("gpt2") || has("pre"),
        kinds: kinds.is_some_and(|kinds| !kinds.is_empty()),
    }
}

/// What the metadata say. llama.cpp, too, refuses an entry of another type than its own: ids would be others.
fn vocabulary<'b>(gguf: &Gguf<'b>) -> Result<GgufVocabulary<'b>, GgufError> {
    let texts = |name: &str| typed(gguf, name, GgufWanted::Texts, Value::strings);
    let wholes = |name: &str| typed(gguf, name, GgufWanted::Wholes, Value::ints);
    let flag = |name: &str| typed(gguf, name, GgufWanted::Flag, Value::as_bool);
    let text = |name: &str| typed(gguf, name, GgufWanted::Text, Value::as_str);
    let scores = typed(gguf, "scores", GgufWanted::Fractions, Value::floats)?.unwrap_or_default();
    let types = wholes("token_type")?.unwrap_or_default();
    let begin = match id(gguf, "bos_token_id")? {
        None => id(gguf, "cls_token_id")?,
        begin => begin,
    };
    Ok(GgufVocabulary {
        model: text("model")?.unwrap_or_default(),
        pre: text("pre")?,
        tokens: texts("tokens")?.unwrap_or_default(),
        scores: scores.iter().map(|&score| score as f32).collect(),
        types: types.iter().map(|&kind| i32::try_from(kind).unwrap_or(0)).collect(),
        merges: texts("merges")?.unwrap_or_default(),
        // Bytes, which some write with a sign.
        charsmap: wholes("precompiled_charsmap")?.map(|bytes| bytes.iter().map(|&byte| byte as u8).collect()),
        bos: begin,
        eos: id(gguf, "eos_token_id")?,
        separator: id(gguf, "seperator_token_id")?,
        unknown: id(gguf, "unknown_token_id")?,
        add_bos: flag("add_bos_token")?,
        add_eos: flag("add_eos_token")?,
        add_space_prefix: flag("add_space_prefix")?,
        remove_extra_whitespaces: flag("remove_extra_whitespaces")?,
    })
}

/// A token that an entry names.
pub(super) fn id(gguf: &Gguf<'_>, name: &str) -> Result<Option<TokenId>, GgufError> {
    typed(gguf, name, GgufWanted::Id, |value| value.as_u64().and_then(|id| TokenId::try_from(id).ok()))
}

/// Tokens that end a text or a turn.
pub(super) const ENDS: [&str; 3] = ["eos_token_id", "eot_token_id", "eom_token_id"];

/// The entries for the tokens around a text that name none of the tokenizer, with what they hold.
pub(super) fn no_tokens(gguf: &Gguf<'_>, tokenizer: &Tokenizer) -> Result<Vec<String>, GgufError> {
    let mut lost = Vec::new();
    for name in ["bos_token_id"].into_iter().chain(ENDS) {
        let none = id(gguf, name)?.filter(|&id| !is_token(id, (tokenizer, usize::MAX)));
        lost.extend(none.map(|id| format!("{} = {id}", entry(name))));
    }
    Ok(lost)
}

/// Is it a token of the tokenizer, and has the model, whose embedding has so many rows, one for it?
pub(super) fn is_token(id: TokenId, (tokenizer, rows): (&Tokenizer, usize)) -> bool {
    usize::try_from(id).is_ok_and(|id| id < rows) && tokenizer.token(id).is_some()
}

/// The full name of an entry.
pub(super) fn entry(name: &str) -> String {
    format!("tokenizer.ggml.{name}")
}

/// The value of an entry, if the file has it.
fn typed<'b, T>(
    gguf: &Gguf<'b>,
    name: &str,
    wanted: GgufWanted,
    read: impl Fn(&Value<'b>) -> Option<T>,
) -> Result<Option<T>, GgufError> {
    let entry = entry(name);
    let Some(value) = gguf.get(&entry) else { return Ok(None) };
    let wrong = || GgufError::WrongType { entry: entry.clone(), found: value.to_string(), wanted };
    read(value).map(Some).ok_or_else(wrong)
}
