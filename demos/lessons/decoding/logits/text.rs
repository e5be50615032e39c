//! Rows of numbers in a text.

use super::{WORDS, no_number, number};
use crate::kit::knob::Refusal;
use crate::named;

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
        (named && list.starts_with('[') && list.ends_with('}')).then_some(list)
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
    blank(&begun, file, place).map(|()| rows)
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
        true => inside.split(',').collect(),
        false => inside.split_whitespace().collect(),
    };
    let numbers = words.into_iter().map(|word| {
        *place += 1;
        number(word).ok_or_else(|| no_number(file, *place, word))
    });
    numbers.collect()
}

/// One number a line, or a row a line, as `numpy.savetxt` and tables with commas have it. What follows a # is
/// a comment.
pub(super) fn lines(text: &str, file: &str) -> Result<Vec<Vec<f64>>, Refusal> {
    let code =
        |line: &'_ str| line.split('#').next().unwrap_or_default().trim().trim_end_matches(',').to_string();
    let lines =
        text.lines().enumerate().map(|(i, line)| (i + 1, code(line))).filter(|(_, line)| !line.is_empty());
    let mut rows: Vec<Vec<f64>> = Vec::new();
    for (place, line) in lines {
        let words: Vec<&str> = match line.contains([',', ';']) {
            true => line.split([',', ';']).collect(),
            false => line.split_whitespace().collect(),
        };
        let numbers = words.into_iter().map(|word| number(word).ok_or_else(|| no_number(file, place, word)));
        let numbers = numbers.collect::<Result<Vec<_>, _>>()?;
        if let Some(first) = rows.first().filter(|first| first.len() != numbers.len()) {
            let values = named![file, place, found = numbers.len(), first = first.len()];
            return Err(Refusal(WORDS.with("refused.uneven", &values)));
        }
        rows.push(numbers);
    }
    // One number a line is one row.
    Ok(if rows.iter().all(|row| row.len() == 1) { vec![rows.concat()] } else { rows })
}
