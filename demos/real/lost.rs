//! What stands beside a tokenizer's own file and is not used.

use std::collections::BTreeSet;
use std::path::Path;

use concepts::budget::json_object;
use concepts::tokenizer::Allowed;
use concepts::tokenizer::files::{Kind, Loaded};
use serde_json::{Map, Value};

use super::settings::word;

/// Settings that change ids, beside a model of SentencePiece.
const SETTINGS: [&str; 3] = ["add_bos_token", "add_eos_token", "extra_ids"];

/// The tokens that begin and end a text, in the settings beside any tokenizer.
const ENDS: [&str; 2] = ["bos_token", "eos_token"];
/// The file of those settings.
const CONFIG: &str = "tokenizer_config.json";

/// The tokens around a text that the settings beside a tokenizer's file name, and that are none of its vocabulary. With
/// the pieces of BERT their settings were read.
pub(crate) fn no_ends_beside(path: &Path, loaded: &Loaded) -> Vec<String> {
    let settings = match loaded.kind {
        Kind::Pieces { .. } => Map::new(),
        _ => read_beside(path, CONFIG),
    };
    let known = |token: &str| {
        let ids = loaded.tokenizer.ids(token, Allowed::All);
        ids.is_ok_and(|ids| ids.len() == 1) || tokens(loaded).contains(token)
    };
    let lost = ENDS.into_iter().filter_map(|field| Some((field, word(settings.get(field))?)));
    lost.filter(|(_, token)| !known(token))
        .map(|(field, token)| format!("{CONFIG}: {field} = {token:?}"))
        .collect()
}

/// All tokens of a vocabulary.
fn tokens(loaded: &Loaded) -> BTreeSet<String> {
    let ids = 0..u32::try_from(loaded.tokenizer.len()).unwrap_or(u32::MAX);
    ids.filter_map(|id| loaded.tokenizer.token(id)).collect()
}

/// A file of JSON beside another one; where there is none, nothing.
fn read_beside(path: &Path, name: &str) -> Map<String, Value> {
    let text = std::fs::read_to_string(path.with_file_name(name)).unwrap_or_default();
    json_object(&text).unwrap_or_default()
}

/// The fields of the files beside a model of SentencePiece that change ids and are not used: tokens that are added to
/// it, and those that are put around a text. Other files say all that themselves.
pub(crate) fn lost_beside(path: &Path, loaded: &Loaded) -> Vec<String> {
    if loaded.kind != Kind::SentencePiece {
        return Vec::new();
    }
    let [added, settings] = ["added_tokens.json", CONFIG].map(|name| read_beside(path, name));
    let known = tokens(loaded);
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
    lost.extend((!names.is_empty()).then(|| format!("{CONFIG}: {}", names.join(", "))));
    lost
}
