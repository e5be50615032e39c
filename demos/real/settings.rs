//! The small files of a folder: how a chat is written, which tokens begin and end a text.

use concepts::budget::{json_object, json_quoted};
use concepts::tokenizer::{Allowed, TokenId, Tokenizer};
use serde_json::Value;

use super::beside::Folder;
use super::vocabulary::is_token;
use crate::kit::knob::Refusal;

/// The file of settings of a tokenizer.
const OF_TOKENIZER: &str = "tokenizer_config.json";
/// The file of settings of decoding.
const OF_GENERATION: &str = "generation_config.json";

/// What they say.
pub(super) struct Settings {
    /// The template of a chat.
    pub(super) template: Option<String>,
    /// The texts of the tokens that begin and end a text.
    words: [Option<String>; 2],
    /// Is a token put before and behind each text?
    adds: [Option<bool>; 2],
    /// The tokens that begin and end one, by id, as the files name them.
    ids: Vec<ById>,
    /// Fields that are there and say nothing, with what they hold.
    pub(super) unused: Vec<String>,
}

/// A token that a file names by its id.
struct ById {
    file: &'static str,
    field: &'static str,
    id: TokenId,
}

impl Settings {
    /// `config`: the text of `config.json`, which was read before.
    pub(super) fn read(folder: &Folder<'_>, config: &str) -> Result<Settings, Refusal> {
        let tokenizer = folder.json(OF_TOKENIZER)?.unwrap_or_default();
        let generation = folder.json(OF_GENERATION)?.unwrap_or_default();
        let config = Value::Object(json_object(config).unwrap_or_default());
        let mut unused = Vec::new();
        let of_tokenizer = template(&tokenizer);
        let lost = of_tokenizer.is_none().then(|| tokenizer.get("chat_template")).flatten();
        unused.extend(lost.and_then(|value| silent(OF_TOKENIZER, "chat_template", value)));
        let template = folder.text("chat_template.jinja")?.or(of_tokenizer);
        let files = [(OF_GENERATION, &generation), ("config.json", &config)];
        let mut by_id = Vec::new();
        for (file, fields) in files {
            for field in [BEGINS, ENDS] {
                let found = ids((file, field), fields.get(field), &mut unused);
                by_id.extend(found.into_iter().map(|id| ById { file, field, id }));
            }
        }
        let mut said = |field: &str, known: bool| {
            let value = tokenizer.get(field).filter(|_| !known);
            unused.extend(value.and_then(|value| silent(OF_TOKENIZER, field, value)));
        };
        let words = ["bos_token", "eos_token"].map(|field| {
            let word = word(tokenizer.get(field));
            said(field, word.is_some());
            word
        });
        let adds = ADDS.map(|field| {
            let flag = tokenizer.get(field).and_then(Value::as_bool);
            said(field, flag.is_some());
            flag
        });
        Ok(Settings { template, words, adds, ids: by_id, unused })
    }

    /// The token that begins a text, and those that end one. `rows`: those of the model's embedding. What names no token
    /// is noted.
    pub(super) fn around(&mut self, tokenizer: &Tokenizer, rows: usize) -> (Option<TokenId>, Vec<TokenId>) {
        let unused = &mut self.unused;
        let mut id = |field: &str, word: &Option<String>| {
            let ids = tokenizer.ids(word.as_deref()?, Allowed::All).ok()?;
            let id = ids.first().copied().filter(|&id| ids.len() == 1 && is_token(id, (tokenizer, rows)));
            let lost = word.as_ref().filter(|_| id.is_none());
            unused.extend(lost.map(|word| format!("{OF_TOKENIZER}: {field} = {word:?}")));
            id
        };
        let [begin, end] = &self.words;
        let (begin, end) = (id("bos_token", begin), id("eos_token", end));
        let there = |named: &&ById| is_token(named.id, (tokenizer, rows));
        let none = self.ids.iter().filter(|named| !there(named));
        unused.extend(none.map(|ById { file, field, id }| format!("{file}: {field} = {id}")));
        // The first file that names any counts.
        let ends: Vec<&ById> = self.ids.iter().filter(|named| named.field == ENDS).collect();
        let Some(first) = ends.first().map(|named| named.file) else {
            return (begin, end.into_iter().collect());
        };
        let ends = ends.into_iter().filter(|named| named.file == first).filter(there);
        (begin, ends.map(|named| named.id).collect())
    }

    /// Notes where the settings want another token around a text than the tokenizer's own file, which counts.
    pub(super) fn beside(&mut self, tokenizer: &Tokenizer) {
        let (before, after) = tokenizer.frame();
        let there = [!before.is_empty(), !after.is_empty()];
        let differs = |(wanted, there): (Option<bool>, bool)| wanted.is_some_and(|wanted| wanted != there);
        for (name, said) in ADDS.into_iter().zip(self.adds.into_iter().zip(there)) {
            self.unused.extend(differs(said).then(|| format!("{OF_TOKENIZER}: {name}")));
        }
    }
}

/// The settings that put a token before and behind each text.
const ADDS: [&str; 2] = ["add_bos_token", "add_eos_token"];
/// The fields with the ids of the tokens that begin and end a text.
const BEGINS: &str = "bos_token_id";
const ENDS: &str = "eos_token_id";

/// How a field is named whose value says nothing that can be used; null is as good as not there.
fn silent(file: &str, field: &str, value: &Value) -> Option<String> {
    (!value.is_null()).then(|| format!("{file}: {field} = {}", json_quoted(value, MOST_SHOWN)))
}

/// Characters of a value that are shown.
const MOST_SHOWN: usize = 40;

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
pub(super) fn word(value: Option<&Value>) -> Option<String> {
    let value = value?;
    value.as_str().or_else(|| value.get("content")?.as_str()).map(str::to_owned)
}

/// One id or several.
fn ids((file, field): (&str, &str), value: Option<&Value>, unused: &mut Vec<String>) -> Vec<TokenId> {
    let several = match value {
        Some(Value::Array(several)) => several.iter().collect(),
        one => Vec::from_iter(one),
    };
    let mut ids = Vec::new();
    for value in several {
        match value.as_u64().and_then(|id| TokenId::try_from(id).ok()) {
            Some(id) => ids.push(id),
            None => unused.extend(silent(file, field, value)),
        }
    }
    ids
}
