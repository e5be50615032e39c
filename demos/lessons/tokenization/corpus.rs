//! The text that is learned from: the embedded one, or a person's own file.

use std::borrow::Cow;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use concepts::corpus::split;

use super::experiments::prose::{chinese, english};
use crate::kit::knob::Refusal;
use crate::kit::reading::{reason, unreadable};
use crate::kit::text::Text;
use crate::lessons::tokenization::WORDS;
use crate::named;

/// A larger file is not read: training would take more memory than a laptop can spare.
const MOST_BYTES: u64 = 256 << 20;
/// Memory that training takes for each byte of text, about: the text, its words, and their pairs. Ten
/// megabytes of documentation took 38, of which a tenth were random letters 70.
const MEMORY_A_BYTE: u64 = 5;
/// Shorter texts are not divided: what would be held out is too little to measure anything on.
const LEAST_TO_DIVIDE: usize = 2000;

/// The text that is learned from, and the text that is measured on.
#[derive(Debug, Clone)]
pub(crate) struct Corpus {
    pub name: Text,
    pub training: Cow<'static, [u8]>,
    /// Text that training does not see; of a short text, the same again.
    pub held_out: Cow<'static, [u8]>,
    /// The file is too short to hold anything out.
    pub undivided: bool,
}

impl Corpus {
    /// The embedded texts in both languages.
    pub(crate) fn embedded() -> Corpus {
        let both = |a: &str, b: &str| Cow::Owned(format!("{a}{b}").into_bytes());
        Corpus {
            name: WORDS.get("corpus"),
            training: both(english().0, chinese().0),
            held_out: both(english().1, chinese().1),
            undivided: false,
        }
    }

    /// A person's own file.
    pub(crate) fn read(path: &Path) -> Result<Corpus, Refusal> {
        let unreadable =
            |error: &std::io::Error| unreadable("corpus", path, &reason(error), &WORDS.get("refused.corpus"));
        let file = File::open(path).map_err(|error| unreadable(&error))?;
        let size = file.metadata().map_err(|error| unreadable(&error))?.len();
        if size > MOST_BYTES {
            return Err(too_large(path, size));
        }
        let mut bytes = Vec::new();
        // A pipe has no size: it is read up to the limit, too.
        file.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(|error| unreadable(&error))?;
        if bytes.len() as u64 > MOST_BYTES {
            return Err(too_large(path, bytes.len() as u64));
        }
        if bytes.iter().all(u8::is_ascii_whitespace) {
            let values = named![file = path.display().to_string(), bytes = bytes.len()];
            return Err(Refusal(WORDS.with("refused.blank", &values)));
        }
        Ok(Corpus::divided(Text::same(path.display().to_string()), bytes))
    }

    fn divided(name: Text, bytes: Vec<u8>) -> Corpus {
        if bytes.len() < LEAST_TO_DIVIDE {
            let held_out = bytes.clone().into();
            return Corpus { name, training: bytes.into(), held_out, undivided: true };
        }
        let cut = place_to_cut(&bytes);
        let mut training = bytes;
        let held_out = training.split_off(cut);
        Corpus { name, training: training.into(), held_out: held_out.into(), undivided: false }
    }

    /// The text as characters, for who needs them.
    ///
    /// # Errors
    /// [`Refusal`] that names the first byte that is not UTF-8, and what reads bytes.
    pub(crate) fn characters(&self) -> Result<(&str, &str), Refusal> {
        let not_text = |offset: usize| {
            Refusal(WORDS.with("refused.not-text", &named![file = self.name.clone(), offset]))
        };
        let training = str::from_utf8(&self.training).map_err(|error| not_text(error.valid_up_to()))?;
        let before = if self.undivided { 0 } else { training.len() };
        let held_out =
            str::from_utf8(&self.held_out).map_err(|error| not_text(before + error.valid_up_to()))?;
        Ok((training, held_out))
    }
}

/// Where the last tenth begins: after a blank line, a line, or a character, whichever there is.
fn place_to_cut(bytes: &[u8]) -> usize {
    if let Ok(text) = str::from_utf8(bytes) {
        let cut = split(text).0.len();
        if cut < text.len() && cut >= text.len() / 2 {
            return cut;
        }
    }
    let target = bytes.len() / 10 * 9;
    let line = bytes[..target].iter().rposition(|&byte| byte == b'\n').map(|at| at + 1);
    let starts_character = |&at: &usize| bytes.get(at).is_none_or(|byte| byte & 0xC0 != 0x80);
    line.filter(|&at| at >= target / 2)
        .unwrap_or_else(|| (target..bytes.len()).find(starts_character).unwrap_or(target))
}

fn too_large(path: &Path, bytes: u64) -> Refusal {
    let memory = bytes.saturating_mul(MEMORY_A_BYTE) as f64 / (1u64 << 30) as f64;
    let values = named![file = path.display().to_string(), bytes, memory, most = MOST_BYTES >> 20];
    Refusal(WORDS.with("refused.too-large", &values))
}
