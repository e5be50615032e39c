//! What stands beside a tokenizer's own file and is not used.

use std::collections::BTreeSet;
use std::path::Path;

use concepts::budget::json_object;
use concepts::tokenizer::files::{Kind, Loaded};
use serde_json::{Map, Value};

/// Settings that change ids, beside a model of SentencePiece.
const SETTINGS: [&str; 3] = ["add_bos_token", "add_eos_token", "extra_ids"];

/// The fields of the files beside a model of SentencePiece that change ids and are not used: tokens that are added to
/// it, and those that are put around a text. Other files say all that themselves.
pub(crate) fn lost_beside(path: &Path, loaded: &Loaded) -> Vec<String> {
    if loaded.kind != Kind::SentencePiece {
        return Vec::new();
    }
    let read = |name: &str| -> Map<String, Value> {
        let text = std::fs::read_to_string(path.with_file_name(name)).unwrap_or_default();
        json_object(&text).unwrap_or_default()
    };
    let (added, settings) = (read("added_tokens.json"), read("tokenizer_config.json"));
    let ids = 0..u32::try_from(loaded.tokenizer.len()).unwrap_or(u32::MAX);
    let known: BTreeSet<String> = ids.filter_map(|id| loaded.tokenizer.token(id)).collect();
    let mut lost = Vec::new();
    if added.keys().any(|token| !known.contains(token)) {
        lost.push("added_tokens.json".to_string());
    }
    let mut listed = settings.get("added_tokens_decoder").and_then(Value::as_object).into_iter().flatten();
    let unknown = |token: &Value| token["content"].as_str().is_some_and(|token| !known.contains(token));
    let decoder = listed.any(|(_, token)| unknown(token)).then_some("added_tokens_decoder");
    let on = |name: &&str| {
        let value = settings.get(*name).unwrap_or(&Value::Null);
        value.as_bool().unwrap_or_else(|| value.as_u64().is_some_and(|count| count > 0))
    };
    let names: Vec<&str> = decoder.into_iter().chain(SETTINGS.into_iter().filter(on)).collect();
    lost.extend((!names.is_empty()).then(|| format!("tokenizer_config.json: {}", names.join(", "))));
    lost
}
