//! A tokenizer as a file: Hugging Face's `tokenizer.json`.

use std::path::Path;

use concepts::tokenizer::Tokenizer;
use concepts::tokenizer::files::{from_json, to_json};

use crate::errors::At;
use crate::kit::draft::{CannotWrite, Draft};
use crate::kit::files::{self, Wanted};
use crate::kit::knob::Refusal;
use crate::lessons::tokenization::WORDS;

/// A file is not read beyond this.
const MOST_BYTES: u64 = 256 << 20;

/// Reads a tokenizer.
///
/// # Errors
/// [`Refusal`] that names the file and what is wrong with it.
pub(crate) fn load(path: &Path) -> Result<Tokenizer, Refusal> {
    let json = files::read_text(path, &wanted())?;
    from_json(&json).at(format_args!("--load {}", path.display()))
}

fn wanted() -> Wanted {
    Wanted {
        flag: "load",
        what: WORDS.get("refused.tokenizer"),
        most: MOST_BYTES,
        because: WORDS.get("refused.tokenizer-size"),
    }
}

/// A place where no tokenizer can be written is refused before one is learned.
///
/// # Errors
/// [`Refusal`] that names the file and why it cannot be written.
pub(crate) fn check(path: &Path) -> Result<(), Refusal> {
    Draft::check(path).map_err(|CannotWrite(why)| Refusal(why)).at("--save")
}

/// The text of a tokenizer's file.
///
/// # Errors
/// [`Refusal`] of a tokenizer that the format cannot hold.
pub(crate) fn written(path: &Path, tokenizer: &Tokenizer) -> Result<String, Refusal> {
    to_json(tokenizer).at(format_args!("--save {}", path.display()))
}
