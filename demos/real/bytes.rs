//! The bytes of weights.

use std::path::Path;

use super::{WORDS, memory};
use crate::kit::files::{self, Wanted};
use crate::kit::knob::Refusal;
use crate::kit::reading::place;
use crate::named;

/// What is read of a pipe, which has no size beforehand.
const MOST_OF_A_PIPE: u64 = 4 << 30;

/// A file of weights, whole.
#[derive(Debug)]
pub(super) struct WeightFile {
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

impl WeightFile {
    pub(super) fn read(path: &Path, flag: &'static str) -> Result<WeightFile, Refusal> {
        let there = path.metadata().ok().filter(std::fs::Metadata::is_file);
        if let Some(there) = &there {
            enough_memory(&place(flag, path), there.len())?;
        }
        let wanted = Wanted {
            flag,
            what: WORDS.get("refused.model"),
            most: there.map_or(MOST_OF_A_PIPE, |there| there.len()),
            because: WORDS.get("refused.pipe"),
        };
        let bytes = files::read(path, &wanted)?;
        let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        Ok(WeightFile { name, bytes })
    }
}

/// Refuses what the machine has not enough memory for.
pub(super) fn enough_memory(place: &str, needed: u64) -> Result<(), Refusal> {
    fits(place, needed, memory::total())
}

fn fits(place: &str, needed: u64, there: Option<u64>) -> Result<(), Refusal> {
    match there {
        Some(there) if needed > there => {
            let [needed, there] = [needed, there].map(|bytes| bytes as f64 / f64::from(1 << 30));
            Err(Refusal(WORDS.with("refused.memory", &named![place, needed, there])))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::text::Lang;

    #[test]
    fn what_is_larger_than_the_memory_is_refused_with_both_sizes() {
        let refused = fits("big.gguf", 5 << 30, Some(4 << 30)).unwrap_err();
        assert!(refused.to_string().starts_with("big.gguf: needs 5.0 GiB of memory"), "{refused}");
        assert!(refused.0.get(Lang::Zh).contains("4.0 GiB"), "{refused:?}");
        assert!(fits("", 4 << 30, Some(4 << 30)).is_ok() && fits("", u64::MAX, None).is_ok());
    }
}
