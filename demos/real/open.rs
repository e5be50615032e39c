//! From a path to a model.

use std::path::Path;

use super::opened::Real;
use super::{folder, gguf};
use crate::kit::knob::Refusal;

/// Opens a GGUF file, or a folder of Hugging Face: `config.json`, safetensors, and the tokenizer's file. `flag`: the one
/// that named it, without dashes; empty if none did.
///
/// No weight is looked at; whether they are those of the configuration, [`Real::fast`] and [`Real::twin`] say.
///
/// # Errors
/// [`Refusal`] of a file that cannot be read, is cut off, damaged or of another kind, is larger than the machine's
/// memory, or holds a model or a tokenizer that is not known.
pub fn open(path: &Path, flag: &'static str) -> Result<Real, Refusal> {
    if path.is_dir() { folder::open(path, flag) } else { gguf::open(path, flag) }
}
