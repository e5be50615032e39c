//! A person's own logits: a JSON array, or one number per line.

use std::path::Path;

use concepts::decoding::Candidates;

use super::WORDS;
use crate::errors::At;
use crate::kit::files::{Wanted, read_text};
use crate::kit::knob::Refusal;
use crate::named;

/// A file of logits is not read beyond this: a million numbers with all their digits.
const MOST_BYTES: u64 = 32_000_000;

/// Reads a file of logits and checks that a token can be chosen from them.
pub(crate) fn read(path: &Path) -> Result<Vec<f64>, Refusal> {
    let (what, because) = (WORDS.get("files.logits"), WORDS.get("files.logits-most"));
    let text = read_text(path, &Wanted { flag: "logits", what, most: MOST_BYTES, because })?;
    let file = format!("--logits {}", path.display());
    let logits = if text.trim_start().starts_with('[') { array(&text, &file)? } else { lines(&text, &file)? };
    Candidates::from_logits(&logits).at(&file)?;
    Ok(logits)
}

/// What stands between the brackets, at commas, or as numpy prints an array: at blanks. A batch of one row is
/// taken as that row. Python writes NaN and Infinity there, which JSON does not know and the library has words
/// for.
fn array(text: &str, file: &str) -> Result<Vec<f64>, Refusal> {
    let Some(mut inside) = unwrapped(text) else {
        return Err(Refusal(WORDS.with("refused.bracket", &named![file])));
    };
    if let Some(row) = unwrapped(inside).filter(|row| !row.contains('[')) {
        inside = row;
    }
    let words: Vec<&str> = match inside.contains(',') {
        true => inside.split(',').collect(),
        false => inside.split_whitespace().collect(),
    };
    let number = |(i, word): (usize, &&str)| parse(word).ok_or_else(|| no_number(file, i + 1, word.trim()));
    words.iter().enumerate().map(number).collect()
}

/// What stands between an outer pair of brackets.
fn unwrapped(text: &str) -> Option<&str> {
    text.trim().strip_prefix('[')?.strip_suffix(']')
}

fn lines(text: &str, file: &str) -> Result<Vec<f64>, Refusal> {
    let words = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    words.map(|(i, line)| parse(line).ok_or_else(|| no_number(file, i + 1, line.trim()))).collect()
}

/// A number, also `-inf` and `NaN` as other programs write them: the library says what is wrong with it.
fn parse(word: &str) -> Option<f64> {
    let word = word.trim().trim_end_matches(',').trim_matches('"').replace('−', "-").replace('∞', "inf");
    word.parse().ok()
}

fn no_number(file: &str, place: usize, found: &str) -> Refusal {
    let found: String = found.chars().take(40).collect();
    Refusal(WORDS.with("refused.entry", &named![file, place, found]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_programs_write_them() {
        let read = |text: &str| if text.starts_with('[') { array(text, "f") } else { lines(text, "f") };
        assert_eq!(read("[1, -2.5e1,\n 3]").unwrap(), [1.0, -25.0, 3.0]);
        assert_eq!(read("1\r\n\n −2 \n3,\n").unwrap(), [1.0, -2.0, 3.0]);
        assert_eq!(read("[-Infinity, \"-inf\", −∞]").unwrap(), [f64::NEG_INFINITY; 3]);
        assert!(read("[NaN]").unwrap()[0].is_nan());
        assert_eq!(read("[]").unwrap(), [0.0; 0]);
        assert_eq!(read("[[1, 2]]").unwrap(), [1.0, 2.0]);
        assert_eq!(read("[ 1.5 -0.2\n  3. ]").unwrap(), [1.5, -0.2, 3.0]);
        for (text, entry) in [
            ("[1, [2]]", "entry 2"),
            ("[1,]", "entry 2"),
            ("[[1], [2]]", "entry 1"),
            ("1 2", "entry 1"),
            ("1\n2,5", "entry 2"),
        ] {
            assert!(read(text).unwrap_err().to_string().contains(entry), "{text}");
        }
    }
}
