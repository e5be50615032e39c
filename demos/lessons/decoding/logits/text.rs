//! Rows of numbers in a text.

use super::{Read, WORDS, comma, no_number, number};
use crate::kit::knob::Refusal;
use crate::kit::text::{Text, text};
use crate::named;

/// The numbers of rows beside several of them.
const INDEX: Text = text("the first column, which counts the rows", "第一列（行号）");

/// The list inside of `array([…], dtype=float32)` or `tensor([…])`, as Python prints them, and of
/// `{"logits": […]}`; else the text.
pub(super) fn unwrapped(text: &str) -> &str {
    let whole = text.trim();
    let call = || {
        let bare = ["np.", "numpy.", "torch."].iter().find_map(|of| whole.strip_prefix(of)).unwrap_or(whole);
        let inside = ["array(", "tensor("].iter().find_map(|of| bare.strip_prefix(of))?;
        inside.strip_suffix(')').filter(|inside| inside.trim_start().starts_with('['))
    };
    let key = || {
        let (name, list) = whole.strip_prefix('{')?.split_once(':')?;
        let named = name.trim().trim_matches(['"', '\'']) == "logits";
        let list = list.trim_start();
        let ends = |list: &&str| list.rsplit_once(']').is_some_and(|(_, end)| end.trim() == "}");
        Some(list).filter(|list| named && list.starts_with('[')).filter(ends)
    };
    match call().or_else(key) {
        Some(inside) => inside.rfind(']').map_or(text, |end| inside[..=end].trim()),
        None => text,
    }
}

/// What stands between the innermost brackets: each pair is a row. Numbers are parted by commas, or as numpy
/// prints an array, by blanks. Python writes NaN and Infinity there, which JSON does not know and the library
/// has words for.
pub(super) fn array(text: &str, file: &str) -> Result<Vec<Vec<f64>>, Refusal> {
    let refused = || Refusal(WORDS.with("refused.bracket", &named![file]));
    let (mut rows, mut depth, mut begun) = (Vec::new(), 0_usize, String::new());
    let mut open = false;
    let mut place = 0;
    for sign in text.trim().chars() {
        match sign {
            '[' => {
                blank(&begun, file, place)?;
                (depth, open) = (depth + 1, true);
                begun.clear();
            }
            ']' => {
                depth = depth.checked_sub(1).ok_or_else(refused)?;
                if open {
                    rows.push(row(&begun, file, &mut place)?);
                } else {
                    blank(&begun, file, place)?;
                }
                open = false;
                begun.clear();
            }
            sign => begun.push(sign),
        }
    }
    if depth > 0 {
        return Err(refused());
    }
    blank(&begun, file, place)?;
    let width = rows.first().map_or(0, Vec::len);
    match rows.iter().position(|row| row.len() != width) {
        Some(i) => {
            let values = named![file, place = i + 1, found = rows[i].len(), first = width];
            Err(Refusal(WORDS.with("refused.uneven-list", &values)))
        }
        None => Ok(rows),
    }
}

/// Between rows stand commas and blanks.
fn blank(between: &str, file: &str, place: usize) -> Result<(), Refusal> {
    match between.trim().trim_start_matches(',').trim() {
        "" => Ok(()),
        other => Err(no_number(file, place + 1, other)),
    }
}

/// The numbers of a row; `place` counts those before it.
fn row(inside: &str, file: &str, place: &mut usize) -> Result<Vec<f64>, Refusal> {
    let words: Vec<&str> = match inside.contains(',') {
        true => inside.split(comma()).collect(),
        false => inside.split_whitespace().collect(),
    };
    let numbers = words.into_iter().map(|word| {
        *place += 1;
        number(word).ok_or_else(|| no_number(file, *place, word))
    });
    numbers.collect()
}

/// One number a line, or a row a line, as `numpy.savetxt` and tables without names have it. What follows a # is a
/// comment. Pandas writes the numbers of the columns above them, and those of the rows beside them.
pub(super) fn lines(text: &str, file: &str) -> Result<Read, Refusal> {
    let code = |line: &'_ str| {
        line.split('#').next().unwrap_or_default().trim().trim_end_matches([',', ';']).to_string()
    };
    let lines: Vec<(usize, String)> = text
        .lines()
        .enumerate()
        .map(|(i, line)| (i + 1, code(line)))
        .filter(|(_, line)| !line.is_empty())
        .collect();
    let parting = Parting::of(&lines);
    unsure(&lines, file)?;
    let mut words: Vec<(usize, Vec<String>)> =
        lines.iter().map(|(place, line)| (*place, parting.words(line))).collect();
    let index = match heading(&words, file)? {
        Heading::None => Vec::new(),
        Heading::Columns => {
            words.remove(0);
            Vec::new()
        }
        Heading::Both => {
            words.remove(0);
            words.iter_mut().map(|(_, row)| row.remove(0)).collect()
        }
    };
    let mut rows: Vec<Vec<f64>> = Vec::new();
    for (place, words) in words {
        let numbers = words.iter().map(|word| number(word).ok_or_else(|| no_number(file, place, word)));
        let numbers = numbers.collect::<Result<Vec<_>, _>>()?;
        if let Some(first) = rows.first().filter(|first| first.len() != numbers.len()) {
            let values = named![file, place, found = numbers.len(), first = first.len()];
            return Err(Refusal(WORDS.with("refused.uneven", &values)));
        }
        rows.push(numbers);
    }
    // One number a line is one row.
    Ok(match (rows.iter().all(|row| row.len() == 1), index.is_empty()) {
        (true, true) => Read::bare(vec![rows.concat()]),
        (true, false) => Read::named(vec![index.into_iter().zip(rows.concat()).collect()]),
        (false, true) => Read::bare(rows),
        (false, false) => Read { unused: vec![INDEX], ..Read::bare(rows) },
    })
}

/// Lines of two whole numbers may as well be numbers with a decimal comma.
fn unsure(lines: &[(usize, String)], file: &str) -> Result<(), Refusal> {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let two = |(_, line): &(usize, String)| {
        let parts = line.split_once(',');
        parts.is_some_and(|(whole, rest)| digits(whole.trim_start_matches(['-', '+', '−'])) && digits(rest))
    };
    match lines {
        [(place, found), _, ..] if lines.iter().all(two) => {
            Err(Refusal(WORDS.with("refused.comma", &named![file, place = *place, found = found.as_str()])))
        }
        _ => Ok(()),
    }
}

/// What parts the numbers of a line.
#[derive(Clone, Copy)]
enum Parting {
    /// Commas, and where there is none blanks.
    Commas,
    /// Semicolons, or tabs beside commas, and a comma is the decimal point unless the file has points.
    Sign { sign: char, decimal: bool },
}

impl Parting {
    fn of(lines: &[(usize, String)]) -> Parting {
        let any = |sign: char| lines.iter().any(|(_, line)| line.contains(sign));
        let within = |line: &str| {
            let bytes = line.as_bytes();
            let digit = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
            line.match_indices(',').all(|(at, _)| digit(at.checked_sub(1)) && digit(Some(at + 1)))
        };
        let decimal = !any('.');
        match (any(';'), any('\t') && any(',')) {
            (true, _) => Parting::Sign { sign: ';', decimal },
            (false, true) if lines.iter().all(|(_, line)| within(line)) => {
                Parting::Sign { sign: '\t', decimal }
            }
            _ => Parting::Commas,
        }
    }

    fn words(self, line: &str) -> Vec<String> {
        let words: Vec<&str> = match self {
            Parting::Sign { sign, .. } => line.split(sign).collect(),
            Parting::Commas if line.contains(',') => line.split(comma()).collect(),
            Parting::Commas => line.split_whitespace().collect(),
        };
        let decimal = matches!(self, Parting::Sign { decimal: true, .. });
        let word = |word: &str| if decimal { word.replace(',', ".") } else { word.to_string() };
        words.into_iter().map(|part| word(part.trim())).collect()
    }
}

/// What the first line names.
enum Heading {
    None,
    /// The columns, from 0.
    Columns,
    /// The columns, and every line begins with the number of its row.
    Both,
}

/// Pandas calls columns without names 0, 1, 2, … and writes its numbers with a point. Where only the first one or two
/// are there, they may as well be logits.
fn heading(words: &[(usize, Vec<String>)], file: &str) -> Result<Heading, Refusal> {
    let Some(((place, first), rest @ [_, ..])) = words.split_first() else { return Ok(Heading::None) };
    let counts = |names: &[String]| {
        !names.is_empty() && names.iter().enumerate().all(|(i, name)| *name == i.to_string())
    };
    let even = rest.iter().all(|(_, row)| row.len() == first.len());
    if even && first.split_first().is_some_and(|(corner, names)| corner.is_empty() && counts(names)) {
        return Ok(Heading::Both);
    }
    let whole = |word: &String| word.parse::<i64>().is_ok();
    if !counts(first) || !even || rest.iter().flat_map(|(_, row)| row).any(whole) {
        return Ok(Heading::None);
    }
    if first.len() > 2 {
        return Ok(Heading::Columns);
    }
    let found = first.join(",");
    Err(Refusal(WORDS.with("refused.counted", &named![file, place = *place, found])))
}
