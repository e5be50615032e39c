//! The tokenizer of a GGUF file, without its weights.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use concepts::tokenizer::files::Loaded;
use concepts::weights::{Gguf, WeightsError};

use super::bytes::enough_memory;
use super::vocabulary::{kind_of_gguf, no_tokens, tokenizer_of_gguf};
use crate::errors::At;
use crate::kit::knob::Refusal;
use crate::kit::reading::place;

/// What is read of a file first; the metadata of most end before.
const FIRST: u64 = 32 << 20;

/// The tokenizer in a GGUF file; `None` of a file that is none, or that cannot be read. Only its beginning is read:
/// weights may be cut off.
///
/// # Errors
/// [`Refusal`] of metadata that are damaged or of a tokenizer that is not known.
pub fn tokenizer_in_gguf(path: &Path, flag: &str) -> Result<Option<Loaded>, Refusal> {
    let place = place(flag, path);
    let mut most = FIRST;
    loop {
        let Some(bytes) = beginning(path, most).filter(|bytes| bytes.starts_with(b"GGUF")) else {
            return Ok(None);
        };
        let more = bytes.len() as u64 == most;
        return match Gguf::parse_metadata(&bytes) {
            Err(WeightsError::CutOff { .. } | WeightsError::TooMany { .. }) if more => {
                most *= 4;
                enough_memory(&place, most)?;
                continue;
            }
            gguf => {
                let gguf = gguf.at(&place)?;
                let (tokenizer, kind) = (tokenizer_of_gguf(&gguf).at(&place)?, kind_of_gguf(&gguf));
                let unused = no_tokens(&gguf, &tokenizer).at(&place)?;
                Ok(Some(Loaded { tokenizer, kind, unused }))
            }
        };
    }
}

/// So many bytes of a file, or all that there are.
fn beginning(path: &Path, most: u64) -> Option<Vec<u8>> {
    // A pipe would be empty for whoever reads it next.
    let there = path.metadata().ok().filter(std::fs::Metadata::is_file)?;
    let mut bytes = Vec::with_capacity(usize::try_from(there.len().min(most)).ok()?);
    File::open(path).ok()?.take(most).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}
