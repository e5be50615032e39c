//! A record against a new run.

use super::record::{Record, Said};
use crate::kit::text::Lang;

/// Numbers may differ by this, and by [`RELATIVE`] of themselves: another processor adds in another order, and shown
/// are three digits.
const ABSOLUTE: f64 = 0.01;
const RELATIVE: f64 = 0.02;

/// Sentences of the record that the run does not say any more, and new ones: each in English, the recorded one first.
/// A sentence is the same if its words are and its numbers are near.
pub fn differences(recorded: &Record, found: &Record) -> Vec<(Option<String>, Option<String>)> {
    let text = |said: Option<&Said>| said.map(|said| said.text.get(Lang::En).to_string());
    let most = recorded.said.len().max(found.said.len());
    let pairs = (0..most).map(|i| (recorded.said.get(i), found.said.get(i)));
    let differ = |(old, new): &(Option<&Said>, Option<&Said>)| match (old, new) {
        (Some(old), Some(new)) => old.claims != new.claims || !is_same(old, new),
        _ => true,
    };
    pairs.filter(differ).map(|(old, new)| (text(old), text(new))).collect()
}

fn is_same(old: &Said, new: &Said) -> bool {
    Lang::ALL.iter().all(|&lang| alike(old.text.get(lang), new.text.get(lang)))
}

fn alike(old: &str, new: &str) -> bool {
    let ((old_words, old), (new_words, new)) = (apart(old), apart(new));
    let near = |(a, b): (&f64, &f64)| (a - b).abs() <= ABSOLUTE + RELATIVE * a.abs().max(b.abs());
    old_words == new_words && old.len() == new.len() && old.iter().zip(&new).all(near)
}

/// A sentence with a mark for each number, and the numbers.
fn apart(text: &str) -> (String, Vec<f64>) {
    let (mut words, mut numbers, mut rest) = (String::new(), Vec::new(), text);
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let length = number(&rest[start..]);
        numbers.extend(rest[start..start + length].parse::<f64>());
        words.push_str(&rest[..start]);
        words.push('#');
        rest = &rest[start + length..];
    }
    words.push_str(rest);
    (words, numbers)
}

/// How long a number is that begins here: `12`, `0.5`, `1.3e-5`. A full stop behind it ends the sentence.
fn number(text: &str) -> usize {
    let digits = |text: &str| text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let behind = |from: usize, mark: &str| {
        let rest = text[from..].strip_prefix(mark)?;
        Some(mark.len() + digits(rest)).filter(|length| *length > mark.len())
    };
    let whole = digits(text);
    let decimals = whole + behind(whole, ".").unwrap_or(0);
    decimals + behind(decimals, "e-").or(behind(decimals, "e")).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_may_move_a_little_and_words_not_at_all() {
        assert!(alike("it costs +2.382 nats (95%).", "it costs +2.390 nats (95%)."));
        assert!(!alike("it costs +2.382 nats.", "it costs +2.482 nats."));
        assert!(!alike("it costs +2.382 nats.", "it costs −2.382 nats."));
        assert!(!alike("it costs 2 nats.", "it gains 2 nats."));
        assert!(!alike("3 of 4", "3"));
        assert_eq!(apart("78 of 270 heads, 0.67."), ("# of # heads, #.".into(), vec![78.0, 270.0, 0.67]));
        assert_eq!(apart("层 2：1.3e-5, 3e8，末"), ("层 #：#, #，末".into(), vec![2.0, 1.3e-5, 3e8]));
    }
}
