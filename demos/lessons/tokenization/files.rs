//! A tokenizer as a file: Hugging Face's `tokenizer.json`, and what others write.

use std::path::Path;

use concepts::tokenizer::Tokenizer;
use concepts::tokenizer::files::{Kind, Loaded, from_bytes, from_pieces, to_json};

use crate::errors::At;
use crate::kit::draft::{CannotWrite, Draft};
use crate::kit::files::{self, Wanted};
use crate::kit::knob::{Refusal, Values};
use crate::lessons::tokenization::WORDS;
use crate::lessons::tokenization::knobs::PATTERN;
use crate::named;
use crate::real::{lost_beside, no_ends_beside, tokenizer_in_gguf};

/// A file is not read beyond this.
const MOST_BYTES: u64 = 256 << 20;

/// What a folder of a model calls its tokenizer, or a part of it, whose refusal then says what to do.
const INSIDE: [&str; 7] = [
    "tokenizer.json",
    "tekken.json",
    "tokenizer.model",
    "spiece.model",
    "vocab.txt",
    "vocab.json",
    "merges.txt",
];
/// A model of SentencePiece whose pieces have other ids in the models that come with it.
const SHIFTED: &str = "sentencepiece.bpe.model";
/// The settings beside the pieces of BERT.
const SETTINGS: &str = "tokenizer_config.json";

/// Reads a tokenizer out of a file, or out of a folder as Hugging Face has it.
///
/// # Errors
/// [`Refusal`] that names the file and what is wrong with it.
pub(crate) fn load(path: &Path, values: &Values) -> Result<Loaded, Refusal> {
    // Of a folder, the first of these files that is in it.
    let inside = INSIDE.iter().map(|name| path.join(name)).find(|file| file.is_file());
    if inside.is_none() && path.is_dir() {
        return Err(no_tokenizer(path));
    }
    let path = inside.as_deref().unwrap_or(path);
    let loaded = match tokenizer_in_gguf(path, "load")? {
        Some(loaded) => loaded,
        None => of_its_own_file(path, values)?,
    };
    if PATTERN.of(values).is_some() && !matches!(loaded.kind, Kind::Ranks(_)) {
        return Err(Refusal(WORDS.with("refused.pattern", &named![pattern = PATTERN.word(values)])));
    }
    Ok(loaded)
}

/// A tokenizer that has a file of its own.
fn of_its_own_file(path: &Path, values: &Values) -> Result<Loaded, Refusal> {
    let mut bytes = files::read(path, &wanted())?;
    // A model of SentencePiece is no text; anything else is, and its encoding is named.
    if !bytes.starts_with(b"\n") && str::from_utf8(&bytes).is_err() {
        bytes = files::as_text(bytes, path, &wanted())?.into_bytes();
    }
    let place = format!("--load {}", path.display());
    let loaded = from_bytes(&bytes, PATTERN.of(values)).at(&place)?;
    let loaded = match loaded.kind {
        Kind::Pieces { .. } => with_settings(&bytes, path, &place)?.unwrap_or(loaded),
        _ => loaded,
    };
    let (lost, ends) = (lost_beside(path, &loaded), no_ends_beside(path, &loaded));
    Ok(Loaded { unused: [loaded.unused, lost, ends].concat(), ..loaded })
}

/// BERT's pieces as the settings beside them want them read; `None` if there are none.
fn with_settings(bytes: &[u8], path: &Path, place: &str) -> Result<Option<Loaded>, Refusal> {
    let settings = path.with_file_name(SETTINGS);
    if !settings.is_file() {
        return Ok(None);
    }
    let settings = files::read_text(&settings, &wanted())?;
    from_pieces(&String::from_utf8_lossy(bytes), &settings).map(Some).at(format_args!("{place}, {SETTINGS}"))
}

/// A folder in which nothing is that is read.
fn no_tokenizer(folder: &Path) -> Refusal {
    let id = if folder.join(SHIFTED).is_file() { "refused.shifted" } else { "refused.no-tokenizer" };
    Refusal(WORDS.with(id, &named![path = folder.display().to_string()]))
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
