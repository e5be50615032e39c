//! A person's own logits.
//!
//! | file | what it reads |
//! |---|---|
//! | `text` | JSON arrays, numpy's print, lines of numbers: one row or several |
//! | `dictionary` | names of tokens with their logits |
//! | `servers` | tokens with log-probabilities, as servers answer |
//! | `listed` | a table of tokens and logits |
//! | `npy` | numpy's own format |

mod dictionary;
mod listed;
pub(crate) mod npy;
mod servers;
mod text;

use std::path::Path;

use concepts::decoding::Candidates;

use super::WORDS;
use super::steps::joined;
use crate::errors::At;
use crate::kit::files::{self, Wanted};
use crate::kit::knob::Refusal;
use crate::kit::number::half_width;
use crate::kit::text::Text;
use crate::kit::visible;
use crate::named;

/// A file of logits is not read beyond this: a million numbers with all their digits.
const MOST_BYTES: u64 = 32_000_000;
/// What `numpy.savez` writes begins like every ZIP archive.
const ZIP: &[u8] = b"PK\x03\x04";
/// What is not a number is not quoted beyond this.
const LONGEST_QUOTE: usize = 40;

/// The row that is looked at.
pub(crate) struct Own {
    pub logits: Vec<f64>,
    /// The names of the tokens, if the file has some.
    names: Vec<String>,
    /// Which row of how many, from 1.
    row: usize,
    rows: usize,
    /// Did the person choose it?
    chosen: bool,
    /// Columns and fields of the file that nothing was read from.
    unused: Vec<Text>,
    /// Answers of a server in the file, of which the first was read.
    answers: usize,
}

impl Own {
    /// What a token is called: its name, or its id.
    pub(crate) fn name(&self, token: u32) -> String {
        self.names.get(token as usize).map_or_else(|| token.to_string(), |name| visible::name(name))
    }

    /// Which row is looked at, where there are several.
    pub(crate) fn which(&self) -> Option<Text> {
        let id = if self.chosen { "note_row" } else { "note_row.last" };
        (self.rows > 1).then(|| WORDS.with(id, &named![row = self.row, rows = self.rows]))
    }

    /// What of the file was not read, and what its numbers may lack.
    pub(crate) fn left_out(&self) -> Option<Text> {
        let names = joined("list.names", self.unused.iter().cloned());
        let unused = names.map(|names| WORDS.with("note_file", &named![names]));
        let answers = (self.answers > 1).then(|| WORDS.with("note_file.answers", &named![n = self.answers]));
        let listed = self.listed().map(|mass| WORDS.with("note_file.listed", &named![mass]));
        joined("list.sentences", unused.into_iter().chain(answers).chain(listed))
    }

    /// What the tokens have of the probability, where they may be the best of a server's alone.
    fn listed(&self) -> Option<f64> {
        const SOME: f64 = 0.01;
        const ALL: f64 = 0.9995; // written as a whole
        let may_be = !self.names.is_empty() && self.logits.iter().all(|logit| *logit <= 0.0);
        let mass = self.logits.iter().map(|logit| logit.exp()).sum();
        (may_be && (SOME..ALL).contains(&mass)).then_some(mass)
    }
}

/// What a file holds: one or several rows, each with names if the file has some.
struct Read {
    rows: Vec<Vec<f64>>,
    names: Vec<Vec<String>>,
    /// Columns and fields that nothing was read from.
    unused: Vec<Text>,
    /// Answers of a server, of which the first was read.
    answers: usize,
}

impl Read {
    fn bare(rows: Vec<Vec<f64>>) -> Read {
        Read { rows, names: Vec::new(), unused: Vec::new(), answers: 1 }
    }

    fn named(rows: Vec<Vec<(String, f64)>>) -> Read {
        let (names, rows) = rows.into_iter().map(|row| row.into_iter().unzip()).unzip();
        Read { names, ..Read::bare(rows) }
    }
}

/// Reads a file of logits and checks that a token can be chosen from the row that is asked for, or else from
/// the last one: of a text it is the one that says what comes next.
pub(crate) fn read(path: &Path, asked: Option<usize>) -> Result<Own, Refusal> {
    let (what, because) = (WORDS.get("files.logits"), WORDS.get("files.logits-most"));
    let wanted = Wanted { flag: "logits", what, most: MOST_BYTES, because };
    let file = format!("--logits {}", path.display());
    let bytes = files::read(path, &wanted)?;
    if bytes.starts_with(ZIP) {
        return Err(Refusal(WORDS.with("refused.npz", &named![file])));
    }
    let Read { mut rows, mut names, unused, answers } = match bytes.starts_with(npy::MAGIC) {
        true => Read::bare(npy::rows(&bytes, &file)?),
        false => {
            let text = files::as_text(bytes, path, &wanted)?;
            match listed::is_table(&text) {
                true => listed::table(path, &wanted)?,
                false => of_text(&text, &file)?,
            }
        }
    };
    let count = rows.len();
    let row = asked.unwrap_or(count);
    if row > count {
        return Err(Refusal(WORDS.with("refused.row", &named![file, row, rows = count])));
    }
    let logits = if rows.is_empty() { Vec::new() } else { rows.swap_remove(row - 1) };
    let names = if names.is_empty() { Vec::new() } else { names.swap_remove(row - 1) };
    Candidates::from_logits(&logits).at(&file)?;
    Ok(Own { logits, names, row, rows: count, chosen: asked.is_some(), unused, answers })
}

fn of_text(text: &str, file: &str) -> Result<Read, Refusal> {
    if let Some(read) = servers::answer(text, file)? {
        return Ok(read);
    }
    let text = text::unwrapped(text);
    match text.trim_start().chars().next() {
        Some('{') => Ok(Read::named(vec![dictionary::pairs(text, file)?])),
        Some('[') => text::array(text, file).map(Read::bare),
        _ => text::lines(text, file),
    }
}

/// A number, also `-inf` and `NaN` as other programs write them: the library says what is wrong with it.
fn number(word: &str) -> Option<f64> {
    let word = scalar(word.trim()).trim().trim_matches(['"', '\'']).replace('∞', "inf");
    half_width(&word).parse().ok()
}

/// The number in `np.float64(1.5)` or `tensor(1.5, device='cuda:0')`, as Python prints those of a list; else the word.
fn scalar(word: &str) -> &str {
    const KINDS: [&str; 8] =
        ["float16", "bfloat16", "float32", "float64", "longdouble", "float", "array", "tensor"];
    let inside = || {
        let (call, inside) = word.strip_suffix(')')?.split_once('(')?;
        let kind = call.rsplit('.').next()?;
        KINDS.contains(&kind).then(|| inside.split(',').next())?
    };
    inside().unwrap_or(word)
}

/// Finds commas outside of brackets, which `tensor(1.5, device='cuda:0')` has inside.
fn comma() -> impl FnMut(char) -> bool {
    let mut depth = 0_usize;
    move |sign| {
        match sign {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        sign == ',' && depth == 0
    }
}

fn no_number(file: &str, place: usize, found: &str) -> Refusal {
    let found: String = found.trim().chars().take(LONGEST_QUOTE).collect();
    Refusal(WORDS.with("refused.entry", &named![file, place, found]))
}

#[cfg(test)]
mod tests;
