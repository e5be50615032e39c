//! Files that people have and that are no GGUF.

use std::path::Path;

use concepts::weights::StandIn;

use super::WORDS;
use crate::kit::knob::Refusal;
use crate::kit::reading::place;
use crate::named;

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
        _ if StandIn::of(bytes) == Some(StandIn::Pointer) => "refused.pointer",
        _ if StandIn::of(bytes) == Some(StandIn::WebPage) => "refused.page",
        _ if ends("safetensors") => "refused.one-file",
        _ if bytes.starts_with(ARCHIVE) || bytes.starts_with(PICKLE) => "refused.pytorch",
        _ => "refused.other",
    };
    Err(Refusal(WORDS.with(id, &named![place])))
}
