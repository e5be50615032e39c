//! The small files of a folder: how a chat is written, which tokens begin and end a text.

use concepts::budget::json_object;
use concepts::tokenizer::{Allowed, TokenId, Tokenizer};
use serde_json::Value;

use super::beside::Folder;
use crate::kit::knob::Refusal;

/// What they say.
pub(super) struct Settings {
    /// The template of a chat.
    pub(super) template: Option<String>,
    /// The texts of the tokens that begin and end a text.
    words: [Option<String>; 2],
    /// The tokens that end one, by id.
    ends: Vec<TokenId>,
}

impl Settings {
    /// `config`: the text of `config.json`, which was read before.
    pub(super) fn read(folder: &Folder<'_>, config: &str) -> Result<Settings, Refusal> {
        let tokenizer = folder.json("tokenizer_config.json")?.unwrap_or_default();
        let generation = folder.json("generation_config.json")?.unwrap_or_default();
        let config = Value::Object(json_object(config).unwrap_or_default());
        let template = folder.text("chat_template.jinja")?.or_else(|| template(&tokenizer));
        let ends = [&generation, &config].map(|file| ids(file.get("eos_token_id")));
        let ends = ends.into_iter().find(|ends| !ends.is_empty()).unwrap_or_default();
        let words = ["bos_token", "eos_token"].map(|name| word(tokenizer.get(name)));
        Ok(Settings { template, words, ends })
    }

    /// The token that begins a text, and those that end one.
    pub(super) fn around(&self, tokenizer: &Tokenizer) -> (Option<TokenId>, Vec<TokenId>) {
        let id = |word: &Option<String>| match tokenizer.ids(word.as_deref()?, Allowed::All).ok()?[..] {
            [id] => Some(id),
            _ => None,
        };
        let [begin, end] = &self.words;
        let ends = if self.ends.is_empty() { id(end).into_iter().collect() } else { self.ends.clone() };
        (id(begin), ends)
    }
}

/// A template, or of several the one that is called default.
fn template(file: &Value) -> Option<String> {
    match file.get("chat_template")? {
        Value::String(template) => Some(template.clone()),
        Value::Array(several) => {
            let default = several.iter().find(|one| one.get("name").is_some_and(|name| name == "default"));
            default.and_then(|one| one.get("template")?.as_str().map(str::to_owned))
        }
        _ => None,
    }
}

/// A token by its text, which may stand in an object.
fn word(value: Option<&Value>) -> Option<String> {
    let value = value?;
    value.as_str().or_else(|| value.get("content")?.as_str()).map(str::to_owned)
}

/// One id or several.
fn ids(value: Option<&Value>) -> Vec<TokenId> {
    let id = |value: &Value| value.as_u64().and_then(|id| TokenId::try_from(id).ok());
    match value {
        Some(Value::Array(several)) => several.iter().filter_map(id).collect(),
        Some(one) => id(one).into_iter().collect(),
        None => Vec::new(),
    }
}
