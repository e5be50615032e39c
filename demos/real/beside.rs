//! The small files beside the weights of a folder.

use std::path::Path;

use concepts::budget::{JsonFault, json_object};
use serde_json::Value;

use super::WORDS;
use crate::errors::Chinese;
use crate::kit::files::{Wanted, read_text};
use crate::kit::knob::Refusal;
use crate::kit::reading::place;
use crate::kit::text::Text;
use crate::named;

/// A small file is not read beyond this.
const MOST_BYTES: u64 = 256 << 20;

/// A folder and the flag that named it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Folder<'p> {
    pub(super) path: &'p Path,
    pub(super) flag: &'static str,
}

impl Folder<'_> {
    /// How refusals name it.
    pub(super) fn place(&self) -> String {
        place(self.flag, self.path)
    }

    /// What is read of it.
    pub(super) fn wanted(&self) -> Wanted {
        let (what, because) = (WORDS.get("refused.small"), WORDS.get("refused.small-size"));
        Wanted { flag: self.flag, what, most: MOST_BYTES, because }
    }

    /// The text of a file that may be missing.
    pub(super) fn text(&self, name: &str) -> Result<Option<String>, Refusal> {
        let path = self.path.join(name);
        if path.exists() { read_text(&path, &self.wanted()).map(Some) } else { Ok(None) }
    }

    /// The JSON of a file that may be missing.
    pub(super) fn json(&self, name: &str) -> Result<Option<Value>, Refusal> {
        let Some(text) = self.text(name)? else { return Ok(None) };
        let refused = |fault: JsonFault| {
            let (place, reason) = (self.place(), Text::new(fault.to_string(), fault.chinese()));
            Refusal(WORDS.with("refused.json", &named![place, file = name, reason]))
        };
        json_object(&text).map(|fields| Some(Value::Object(fields))).map_err(refused)
    }

    /// The text of a file without which there is no model.
    pub(super) fn need(&self, name: &str) -> Result<String, Refusal> {
        self.text(name)?.ok_or_else(|| self.lacks(name))
    }

    /// The refusal of a folder without this file.
    pub(super) fn lacks(&self, file: &str) -> Refusal {
        Refusal(WORDS.with("refused.lacks", &named![place = self.place(), file]))
    }
}
