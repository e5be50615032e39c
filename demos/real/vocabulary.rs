//! The tokenizer in a GGUF file.

use concepts::tokenizer::files::{GgufError, GgufVocabulary, Kind, from_gguf};
use concepts::tokenizer::{TokenId, Tokenizer};
use concepts::weights::{Gguf, Value};

/// The tokenizer that the metadata of a file describe.
///
/// # Errors
/// [`GgufError`]
pub fn tokenizer_of_gguf(gguf: &Gguf<'_>) -> Result<Tokenizer, GgufError> {
    from_gguf(&vocabulary(gguf))
}

/// What the metadata say of the tokenizer, and what not.
pub(super) fn kind_of_gguf(gguf: &Gguf<'_>) -> Kind {
    let told = vocabulary(gguf);
    Kind::Gguf { cut: told.model != "gpt2" || told.pre.is_some(), kinds: !told.types.is_empty() }
}

/// What the metadata say; an entry of another type than its own is as good as missing.
fn vocabulary<'b>(gguf: &Gguf<'b>) -> GgufVocabulary<'b> {
    let get = |name: &str| gguf.get(&format!("tokenizer.ggml.{name}"));
    let flag = |name: &str| get(name).and_then(Value::as_bool);
    let scores = get("scores").and_then(Value::floats).unwrap_or_default();
    let types = get("token_type").and_then(Value::ints).unwrap_or_default();
    let charsmap = get("precompiled_charsmap").and_then(Value::ints);
    GgufVocabulary {
        model: get("model").and_then(Value::as_str).unwrap_or_default(),
        pre: get("pre").and_then(Value::as_str),
        tokens: get("tokens").and_then(Value::strings).unwrap_or_default(),
        scores: scores.iter().map(|&score| score as f32).collect(),
        types: types.iter().map(|&kind| i32::try_from(kind).unwrap_or(0)).collect(),
        merges: get("merges").and_then(Value::strings).unwrap_or_default(),
        // Bytes, which some write with a sign.
        charsmap: charsmap.map(|bytes| bytes.iter().map(|&byte| byte as u8).collect()),
        bos: id(gguf, "bos_token_id").or_else(|| id(gguf, "cls_token_id")),
        eos: id(gguf, "eos_token_id"),
        separator: id(gguf, "seperator_token_id"),
        unknown: id(gguf, "unknown_token_id"),
        add_bos: flag("add_bos_token"),
        add_eos: flag("add_eos_token"),
        add_space_prefix: flag("add_space_prefix"),
        remove_extra_whitespaces: flag("remove_extra_whitespaces"),
    }
}

/// A token that an entry names.
pub(super) fn id(gguf: &Gguf<'_>, name: &str) -> Option<TokenId> {
    let value = gguf.get(&format!("tokenizer.ggml.{name}"))?;
    value.as_u64().and_then(|id| TokenId::try_from(id).ok())
}
