//! A tokenizer as a file: Hugging Face's `tokenizer.json`.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use concepts::tokenizer::Tokenizer;
use concepts::tokenizer::files::{from_json, to_json};

use crate::errors::At;
use crate::kit::draft::{CannotWrite, Draft};
use crate::kit::knob::Refusal;
use crate::kit::reading::{reason, unreadable};
use crate::kit::text::text;

/// A file is not read beyond this.
const MOST_BYTES: u64 = 256 << 20;

/// Reads a tokenizer.
///
/// # Errors
/// [`Refusal`] that names the file and what is wrong with it.
pub(super) fn load(path: &Path) -> Result<Tokenizer, Refusal> {
    let wanted = text("a tokenizer.json", " tokenizer.json ");
    let unreadable = |error| unreadable("load", path, &reason(&error), &wanted);
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(unreadable)?;
    file.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    let json = String::from_utf8(bytes).map_err(|error| {
        let (shown, offset) = (path.display(), error.utf8_error().valid_up_to());
        Refusal::new(
            format!("--load {shown}: byte {offset} is not UTF-8; give the tokenizer.json of a Hugging Face tokenizer"),
            format!("--load {shown}：第 {offset} 字节不是 UTF-8，请给出 Hugging Face 的 tokenizer.json"),
        )
    })?;
    from_json(&json).at(format_args!("--load {}", path.display()))
}

/// Writes a tokenizer, whole or not at all.
///
/// # Errors
/// [`Refusal`] that names the file and why it cannot be written.
pub(super) fn save(path: &Path, tokenizer: &Tokenizer) -> Result<(), Refusal> {
    let text = to_json(tokenizer).at(format_args!("--save {}", path.display()))?;
    let whole = || {
        let mut draft = Draft::new(path)?;
        draft.write(&text)?;
        draft.keep()
    };
    whole().map_err(|CannotWrite(why)| Refusal(why)).at("--save")
}
