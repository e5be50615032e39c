//! A person's own logits: a JSON array, or one number a line.

use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

use concepts::decoding::Candidates;

use crate::errors::At;
use crate::kit::knob::Refusal;
use crate::kit::reading::{FOLDER, NOT_TEXT, reason, unreadable};
use crate::kit::text::{Text, text};

/// A file of logits is not read beyond this: a million numbers with all their digits.
const MOST_BYTES: u64 = 32_000_000;

/// Reads a file of logits and checks that a token can be chosen from them.
pub(super) fn read(path: &Path) -> Result<Vec<f64>, Refusal> {
    let text = read_text(path, "logits", MOST_BYTES)?;
    let file = format!("--logits {}", path.display());
    let logits = if text.trim_start().starts_with('[') { array(&text, &file)? } else { lines(&text, &file)? };
    Candidates::from_logits(&logits).at(&file)?;
    Ok(logits)
}

/// A text file of a bounded size.
pub(super) fn read_text(path: &Path, flag: &str, most: u64) -> Result<String, Refusal> {
    let shown = path.display();
    let refused = |reason: &Text| unreadable(flag, path, reason, &text("a text file", "文本文件"));
    let file = File::open(path).map_err(|error| refused(&reason(&error)))?;
    if fs::metadata(path).is_ok_and(|there| there.is_dir()) {
        return Err(refused(&FOLDER));
    }
    // One byte more than allowed shows that there is more, whatever the system says of the size.
    let mut bytes = Vec::new();
    file.take(most + 1).read_to_end(&mut bytes).map_err(|error| refused(&reason(&error)))?;
    if bytes.len() as u64 > most {
        return Err(Refusal::new(
            format!("--{flag} {shown}: more than {most} bytes; give a smaller file"),
            format!("--{flag} {shown}：超过 {most} 字节，请换一个小一点的文件"),
        ));
    }
    String::from_utf8(bytes).map_err(|_| refused(&NOT_TEXT))
}

/// What stands between the brackets, at commas. Python writes NaN and Infinity there, which JSON does not
/// know and the library has words for.
fn array(text: &str, file: &str) -> Result<Vec<f64>, Refusal> {
    let Some(inside) = text.trim().strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) else {
        return Err(Refusal::new(
            format!("{file}: begins like a JSON array but has no ] at its end; write [1.5, -0.2, …]"),
            format!("{file}：开头像 JSON 数组，结尾却没有 ]；请写成 [1.5, -0.2, …]"),
        ));
    };
    if inside.trim().is_empty() {
        return Ok(Vec::new());
    }
    let words = inside.split(',').enumerate();
    words.map(|(i, word)| parse(word).ok_or_else(|| no_number(file, i + 1, word.trim()))).collect()
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
    let found: String = found.chars().take(40).filter(|c| !c.is_control()).collect();
    Refusal::new(
        format!("{file}: entry {place} is “{found}”, not a number; give a JSON array, or one number a line"),
        format!("{file}：第 {place} 项“{found}”不是数；请给出 JSON 数组，或每行写一个数"),
    )
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
        for (text, entry) in
            [("[1, [2]]", "entry 2"), ("[1,]", "entry 2"), ("1 2", "entry 1"), ("1\n2,5", "entry 2")]
        {
            assert!(read(text).unwrap_err().to_string().contains(entry), "{text}");
        }
    }
}
