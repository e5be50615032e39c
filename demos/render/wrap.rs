//! Breaking text into lines, by the width that it takes on a screen.
//!
//! English breaks at blanks, Chinese between any two characters but not before a full stop: the rules
//! are Unicode's (UAX 14). Escape sequences take no room and no part in the breaking.

use textwrap::core::Word;
use textwrap::{Options, WordSeparator, WordSplitter};
use unicode_linebreak::linebreaks;
use unicode_width::UnicodeWidthChar;

/// The lines of a text, the first one under `first`, all others under `hanging`. At most `width`
/// columns each.
pub fn lines(text: &str, width: usize, first: &str, hanging: &str) -> Vec<String> {
    let options = Options::new(width.max(2))
        .word_separator(WordSeparator::Custom(words))
        .word_splitter(WordSplitter::NoHyphenation)
        .initial_indent(first)
        .subsequent_indent(hanging);
    textwrap::wrap(text, options).into_iter().map(|line| line.trim_end().to_string()).collect()
}

/// A sign between two blanks stays on one line with what it joins: `d = 16`.
const SIGNS: [char; 9] = ['=', '≤', '≥', '<', '>', '±', '×', '+', '−'];

/// The pieces that must stay together.
fn words(line: &str) -> Box<dyn Iterator<Item = Word<'_>> + '_> {
    let (plain, ends) = without_escapes(line);
    let mut from = 0;
    let whole =
        |&at: &usize| !cuts_at_sign(&plain, at) && !cuts_a_condition(&plain, at) && !cuts_a_word(&plain, at);
    let breaks: Vec<usize> = linebreaks(&plain).map(|(at, _)| at).filter(whole).collect();
    Box::new(breaks.into_iter().map(move |at| {
        // What follows the last character is escape sequences that close a style.
        let to = if at >= ends.len() { line.len() } else { ends[at] };
        let word = Word::from(&line[from..to]);
        from = to;
        word
    }))
}

/// Does a sign stand right before or right after this place, with blanks on both sides?
fn cuts_at_sign(plain: &str, at: usize) -> bool {
    let (before, after) = plain.split_at(at);
    let ends = before
        .strip_suffix(' ')
        .is_some_and(|before| before.strip_suffix(SIGNS).is_some_and(|before| before.ends_with(' ')));
    let begins =
        before.ends_with(' ') && after.strip_prefix(SIGNS).is_some_and(|after| after.starts_with(' '));
    ends || begins
}

/// Does it lie at the bar of a condition: `P(y | x)`? Between the choices of a list there is no bracket open.
fn cuts_a_condition(plain: &str, at: usize) -> bool {
    let (before, after) = plain.split_at(at);
    let open = before.rfind('(').is_some_and(|open| before.rfind(')').is_none_or(|close| close < open));
    open && (before.ends_with(" | ") || before.ends_with(' ') && after.starts_with("| "))
}

/// Would a flag, a path or a formula be cut: `--causal`, `a/b`, `√(1/t)`? Unicode's rules break after a hyphen or a
/// slash; only a piece that is longer than a line is broken there, by whoever makes the lines.
fn cuts_a_word(plain: &str, at: usize) -> bool {
    let (before, after) = plain.split_at(at);
    let narrow = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace() && c.width() == Some(1));
    narrow(before.chars().next_back()) && narrow(after.chars().next())
}

/// The text as it is seen, and for each of its bytes where the character before it ends in `line`.
fn without_escapes(line: &str) -> (String, Vec<usize>) {
    let (mut plain, mut ends, mut end) = (String::new(), Vec::new(), 0);
    let mut escaped = false;
    for (at, c) in line.char_indices() {
        match c {
            '\u{1b}' => escaped = true,
            'm' if escaped => escaped = false,
            _ if escaped => {}
            _ => {
                ends.extend(std::iter::repeat_n(end, c.len_utf8()));
                plain.push(c);
                end = at + c.len_utf8();
            }
        }
    }
    (plain, ends)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::screen::columns;

    #[test]
    fn english_breaks_at_blanks() {
        assert_eq!(lines("one two three", 8, "", "  "), ["one two", "  three"]);
    }

    #[test]
    fn chinese_breaks_anywhere_but_not_before_a_full_stop() {
        assert_eq!(lines("点积的方差是维度。", 16, "", ""), ["点积的方差是维", "度。"]);
    }

    #[test]
    fn a_line_is_not_cut_at_a_sign() {
        for width in 8..40 {
            let english = lines("here the width is d = 16 and no more", width, "", "");
            assert!(english.iter().any(|line| line.contains("d = 16")), "{english:?}");
            let chinese = lines("误差为零，要求 ≤ 12", width, "", "");
            assert!(chinese.iter().any(|line| line.contains("求 ≤ 12")), "{chinese:?}");
        }
    }

    #[test]
    fn a_condition_stays_whole() {
        for width in 9..40 {
            let shown = lines("it maximises ln P(y | x) = s(y)", width, "", "");
            assert!(shown.iter().any(|line| line.contains("P(y | x)")), "{shown:?}");
        }
        assert_eq!(lines("a | b", 3, "", ""), ["a |", "b"]);
    }

    #[test]
    fn a_flag_a_path_and_a_formula_stay_whole() {
        for width in 12..40 {
            for text in [
                "try the flag --causal now",
                "see top-k 50, √(1/t) and src/lib.rs",
                "遮住未来用 --causal，见 a/b",
            ] {
                for line in lines(text, width, "", "") {
                    let cut =
                        line.ends_with(['-', '/']) || line.starts_with("causal") || line.starts_with("t)");
                    assert!(!cut, "{line:?}");
                }
            }
        }
        // one that is longer than a line is broken all the same
        assert!(lines(&"x/".repeat(20), 10, "", "").iter().all(|line| columns(line) <= 10));
    }

    #[test]
    fn escape_sequences_take_no_room() {
        let styled = "\u{1b}[1m点积\u{1b}[0m的方差 \u{1b}[2mis large\u{1b}[0m";
        let wrapped = lines(styled, 10, "", "");
        assert_eq!(wrapped.concat().matches('\u{1b}').count(), 4);
        assert!(wrapped.iter().all(|line| columns(line) <= 10), "{wrapped:?}");
        assert_eq!(wrapped.len(), 2);
    }
}
