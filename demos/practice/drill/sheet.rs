//! What stands on the back of a card: sizes in words, the points of an answer.

use crate::kit::answer;
use crate::kit::knob::Values;
use crate::kit::lesson::{Block, DEFAULT_SEED, Lesson, Setting, Span};
use crate::kit::number::formatted;
use crate::kit::text::{Lang, Text};

/// A number of bytes in the units that people use: `42.9 GB = 40 GiB`.
pub fn in_bytes(bytes: f64) -> Text {
    let units = [(1e12, "TB", 40, "TiB"), (1e9, "GB", 30, "GiB"), (1e6, "MB", 20, "MiB")];
    let (decimal, name, power, binary) =
        units.into_iter().find(|unit| bytes >= unit.0).unwrap_or((1e3, "kB", 10, "KiB"));
    let [decimal, of_two] = [bytes / decimal, bytes / 2f64.powi(power)].map(three_digits);
    Text::same(format!("{decimal} {name} = {of_two} {binary}"))
}

/// A count as it is said: `1.40 trillion`, `1.40 万亿`.
pub fn counted(count: f64) -> Text {
    let say = |lang| formatted(count, "big", lang).unwrap_or_else(|| count.to_string());
    Text::new(say(Lang::En), say(Lang::Zh))
}

fn three_digits(x: f64) -> String {
    let decimals = if x >= 100.0 {
        0
    } else if x >= 10.0 {
        1
    } else {
        2
    };
    let text = format!("{x:.decimals$}");
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').into() } else { text }
}

/// The points of what to say in thirty seconds: its sentences, with the numbers of the lesson.
pub fn points(lesson: &'static Lesson, lang: Lang) -> Vec<String> {
    let Ok(values) = Values::read(lesson.knobs, |_| None) else { return Vec::new() };
    let setting = Setting { values, seed: DEFAULT_SEED };
    let Ok(page) = answer::answer(lesson, setting, answer::Role::Both, lang) else { return Vec::new() };
    // The first part is the opening; the next heading begins another.
    let mut headings = 0;
    let mut points = Vec::new();
    for block in &page.blocks {
        let Block::Prose(spans) = block else { continue };
        let text: String =
            spans.iter().filter(|span| !matches!(span, Span::Claim(_))).map(Span::markdown).collect();
        for line in text.lines() {
            if line.starts_with("## ") {
                headings += 1;
            } else if headings == 1 {
                points.extend(sentences(line));
            }
        }
    }
    points
}

/// The sentences of a paragraph. A full stop inside a number or before a small letter ends none.
fn sentences(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let mut sentences = vec![String::new()];
    for (i, &c) in chars.iter().enumerate() {
        sentences.last_mut().expect("one at least").push(c);
        let next: String = chars[i + 1..].iter().take(2).collect();
        let ends = match c {
            '。' | '！' | '？' => true,
            '.' | '!' | '?' => next.starts_with(' ') && !next.ends_with(char::is_lowercase),
            _ => false,
        };
        if ends {
            sentences.push(String::new());
        }
    }
    let tidy = |sentence: String| {
        sentence.split_whitespace().collect::<Vec<_>>().join(" ").replace(" .", ".").replace(" 。", "。")
    };
    sentences.into_iter().map(tidy).filter(|sentence| sentence.chars().count() > 2).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_said_in_both_kinds_of_unit() {
        assert_eq!(in_bytes(42_949_672_960.0).get(Lang::En), "42.9 GB = 40 GiB");
        assert_eq!(counted(1.4e12).get(Lang::Zh), "1.40 万亿");
    }

    #[test]
    fn a_paragraph_has_sentences() {
        assert_eq!(sentences("It takes 3.5 s. Then it stops."), ["It takes 3.5 s.", "Then it stops."]);
        assert_eq!(sentences("先做。再想！"), ["先做。", "再想！"]);
    }
}
