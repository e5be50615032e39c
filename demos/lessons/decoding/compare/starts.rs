//! After what the texts begin.

use std::collections::HashMap;
use std::path::Path;

use super::generate::Starts;
use super::writer::Writer;
use crate::kit::files::{Wanted, read_text};
use crate::kit::knob::{Refusal, Values};
use crate::kit::shell::argument;
use crate::lessons::decoding::{WORDS, knobs};
use crate::named;

/// A file of prompts is not read beyond this, and not more of them are continued.
const MOST_BYTES: u64 = 1_000_000;
const MOST: usize = 1000;

/// A person's own words, one beginning or a file of them, or held-out text.
pub(super) fn starts(writer: &dyn Writer, values: &Values) -> Result<Starts, Refusal> {
    match (knobs::PROMPT.of(values), knobs::PROMPTS.of(values)) {
        (Some(_), Some(_)) => Err(Refusal(WORDS.get("refused.prompt-twice"))),
        (Some(typed), None) => Ok(Starts::Own(vec![tokens(writer, typed)?])),
        (None, Some(path)) => of_file(writer, path),
        (None, None) => Ok(Starts::HeldOut),
    }
}

fn tokens(writer: &dyn Writer, typed: &str) -> Result<Vec<u32>, Refusal> {
    let prompt = writer.encode(typed)?;
    if prompt.is_empty() { Err(Refusal(WORDS.get("refused.prompt-empty"))) } else { Ok(prompt) }
}

/// A line, a prompt, as it stands there, blanks at its end too. One that is there twice is refused: it would count once.
fn of_file(writer: &dyn Writer, path: &Path) -> Result<Starts, Refusal> {
    let (what, because) = (WORDS.get("files.prompts"), WORDS.get("files.prompts-most"));
    let text = read_text(path, &Wanted { flag: "prompts", what, most: MOST_BYTES, because })?;
    // Lines may end as on an old Mac.
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let path = path.display().to_string();
    let mut lines: Vec<&str> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for (i, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        if let Some(first) = places.insert(line, i + 1) {
            return Err(Refusal(WORDS.with("refused.prompt-again", &named![path, line = i + 1, first])));
        }
        lines.push(line);
    }
    let n = lines.len();
    if n > 0 && lines.iter().all(|line| is_object(line)) {
        let typed = argument(&path);
        return Err(Refusal(WORDS.with("refused.prompts-json", &named![path, typed])));
    }
    if !(1..=MOST).contains(&n) {
        return Err(Refusal(WORDS.with("refused.prompts", &named![path, n, most = MOST])));
    }
    Ok(Starts::Own(lines.into_iter().map(|line| tokens(writer, line)).collect::<Result<_, _>>()?))
}

/// Is it a whole object of JSON? One that is begun may well be a prompt.
fn is_object(line: &str) -> bool {
    line.trim_start().starts_with('{') && serde_json::from_str::<serde_json::Value>(line).is_ok()
}
