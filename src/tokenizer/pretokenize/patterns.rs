//! Where a piece ends, by hand instead of by a regular expression.
//!
//! Each function is one pattern; its alternatives are tried in the order in which they are written.

use super::class::{Class, Classes};

/// GPT-2's pattern.
pub(super) const GPT2: &str = r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";

/// The pattern of `cl100k_base`.
pub(super) const CL100K: &str = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

/// The pattern of Qwen: the one before, but every digit is alone.
pub(super) const QWEN: &str = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

/// The end of the piece that starts at `at`, by GPT-2's pattern.
pub(super) fn gpt2(text: Classes, at: usize) -> usize {
    let Some((mut class, len)) = text.at(at) else { return at };
    // 's|'t|'re|'ve|'m|'ll|'d
    if text.byte(at) == Some(b'\'')
        && let Some(len) = contraction(&text.text.as_bytes()[at + 1..])
    {
        return at + 1 + len;
    }
    // An optional space before a run: ␣?\p{L}+|␣?\p{N}+|␣?[^\s\p{L}\p{N}]+
    let mut from = at + len;
    if text.byte(at) == Some(b' ')
        && let Some((next, len)) = text.at(from)
    {
        class = next;
        from += len;
    }
    if class != Class::Space {
        return text.run(class, from);
    }
    text.whitespace(at, text.run(Class::Space, at))
}

/// The end of the piece that starts at `at`, by the pattern of `cl100k_base`; with `digits` = 1 by
/// that of Qwen.
pub(super) fn cl100k(text: Classes, at: usize, digits: usize) -> usize {
    let Some((class, len)) = text.at(at) else { return at };
    let first = text.byte(at);
    // (?i:'s|'t|'re|'ve|'m|'ll|'d)
    if first == Some(b'\'')
        && let Some(len) = contraction_any_case(&text.text.as_bytes()[at + 1..])
    {
        return at + 1 + len;
    }
    match class {
        // \p{L}+
        Class::Letter => return text.run(Class::Letter, at + len),
        // \p{N}{1,3}
        Class::Number => return numbers(text, at + len, digits - 1),
        _ => {}
    }
    let next = text.at(at + len);
    // [^\r\n\p{L}\p{N}]\p{L}+
    if let Some((Class::Letter, more)) = next
        && !matches!(first, Some(b'\r' | b'\n'))
    {
        return text.run(Class::Letter, at + len + more);
    }
    // ␣?[^\s\p{L}\p{N}]+[\r\n]*
    let spaced = first == Some(b' ') && matches!(next, Some((Class::Other, _)));
    if class == Class::Other || spaced {
        return text.newlines(text.run(Class::Other, at + len));
    }
    let end = text.run(Class::Space, at);
    // \s*[\r\n]+: as much as there is, up to the last end of a line.
    let run = &text.text.as_bytes()[at..end];
    if let Some(last) = run.iter().rposition(|byte| matches!(byte, b'\r' | b'\n')) {
        return at + last + 1;
    }
    text.whitespace(at, end)
}

/// The end of at most `more` numbers.
fn numbers(text: Classes, mut at: usize, more: usize) -> usize {
    for _ in 0..more {
        match text.at(at) {
            Some((Class::Number, len)) => at += len,
            _ => break,
        }
    }
    at
}

/// The length of what follows an apostrophe in a contraction.
pub(super) fn contraction(rest: &[u8]) -> Option<usize> {
    match rest {
        [b's' | b't' | b'm' | b'd', ..] => Some(1),
        [b'r' | b'v', b'e', ..] | [b'l', b'l', ..] => Some(2),
        _ => None,
    }
}

/// The same in upper and lower case. `ſ`, the long s, is an `s` of another case.
fn contraction_any_case(rest: &[u8]) -> Option<usize> {
    if rest.starts_with("ſ".as_bytes()) {
        return Some("ſ".len());
    }
    let lower = |i: usize| rest.get(i).map_or(0, u8::to_ascii_lowercase);
    contraction(&[lower(0), lower(1)])
}
