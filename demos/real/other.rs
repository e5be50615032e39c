//! Files that people have and that are no GGUF.

use std::path::Path;

use super::WORDS;
use crate::kit::knob::Refusal;
use crate::kit::reading::place;
use crate::named;

/// What a file begins with that stands in the place of another in a repository.
const POINTER: &[u8] = b"version https://git-lfs";
/// Archives, which is what PyTorch writes.
const ARCHIVE: &[u8] = b"PK\x03\x04";
/// Pickled objects of Python, which is what it wrote before.
const PICKLE: &[u8] = b"\x80\x02";

/// Refuses them, by name where it is known.
pub(super) fn refuse_other(path: &Path, flag: &str, bytes: &[u8]) -> Result<(), Refusal> {
    let place = place(flag, path);
    let ends = |ending: &str| path.extension().is_some_and(|found| found.eq_ignore_ascii_case(ending));
    let id = match bytes {
        _ if bytes.starts_with(b"GGUF") => return Ok(()),
        [] => "refused.empty",
        _ if bytes.starts_with(POINTER) => "refused.pointer",
        _ if ends("safetensors") => "refused.one-file",
        _ if bytes.starts_with(ARCHIVE) || bytes.starts_with(PICKLE) => "refused.pytorch",
        _ => "refused.other",
    };
    Err(Refusal(WORDS.with(id, &named![place])))
}
