//! The objects of a file: one a line, or all in one array, as `json.dump` writes a list.

use serde_json::{Deserializer, Error, Value};

/// Each object as it stands in the file, with the line that it begins on.
///
/// # Errors
/// A file that begins like an array and is none.
pub(super) fn pieces(text: &str) -> Result<Vec<(usize, &str)>, Error> {
    let lines = || {
        text.lines().enumerate().map(|(i, line)| (i + 1, line)).filter(|(_, line)| !line.trim().is_empty())
    };
    let first = lines().next().map_or("", |(_, line)| line);
    if !first.trim_start().starts_with('[') {
        return Ok(lines().collect());
    }
    match serde_json::from_str::<Vec<Value>>(text) {
        Ok(_) => Ok(of_array(text)),
        // A list on a line of its own is wrong there, and the lines below it are not.
        Err(_) if serde_json::from_str::<Value>(first).is_ok() => Ok(lines().collect()),
        Err(error) => Err(error),
    }
}

/// The entries of an array that is known to be whole.
fn of_array(text: &str) -> Vec<(usize, &str)> {
    let (mut pieces, mut at, mut line) = (Vec::new(), 0, 1);
    loop {
        let between = |sign: char| sign.is_whitespace() || sign == ',' || (pieces.is_empty() && sign == '[');
        let begins = text.len() - text[at..].trim_start_matches(between).len();
        line += text[at..begins].matches('\n').count();
        let mut entries = Deserializer::from_str(&text[begins..]).into_iter::<Value>();
        match entries.next() {
            Some(Ok(_)) => {
                let piece = &text[begins..begins + entries.byte_offset()];
                pieces.push((line, piece));
                line += piece.matches('\n').count();
                at = begins + piece.len();
            }
            _ => return pieces,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_array_is_taken_apart_with_its_lines() {
        let of = |text: &'static str| pieces(text).unwrap();
        assert_eq!(of("{\"a\": 1}\n\n{\"b\": 2}\n"), [(1, "{\"a\": 1}"), (3, "{\"b\": 2}")]);
        assert_eq!(of("[{\"a\": 1}, {\"b\": \"],[\"}]"), [(1, "{\"a\": 1}"), (1, "{\"b\": \"],[\"}")]);
        assert_eq!(
            of("[\n {\n \"a\": 1\n },\n {\"b\": 2}\n]\n"),
            [(2, "{\n \"a\": 1\n }"), (5, "{\"b\": 2}")]
        );
        assert_eq!(of("[]"), []);
        assert_eq!(of("[1]\n{}\n"), [(1, "[1]"), (2, "{}")]);
        assert_eq!(pieces("[\n{},\n{\n").unwrap_err().line(), 4);
    }
}
