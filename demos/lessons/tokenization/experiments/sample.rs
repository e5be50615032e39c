//! A part of a long text that stands for the whole.

use concepts::numerics::rng;
use rand::Rng;

use super::prose::beginning;

/// Bytes of a stretch, about: SentencePiece takes no longer line.
const STRETCH: usize = 4192;

/// Stretches of a text of about so many bytes together: its lines, longer ones in parts, each drawn or not
/// whatever stands beside it. Every line in so many would be one sort of line where two sorts take turns.
pub(crate) fn sample(text: &str, bytes: usize, seed: u64) -> Vec<&str> {
    let lines = text.lines();
    if text.len() <= bytes {
        return lines.collect();
    }
    let share = bytes as f64 / text.len() as f64;
    let mut rng = rng(seed, "sample of a long text");
    lines.flat_map(stretches).filter(|_| rng.random_bool(share)).collect()
}

/// A line in parts, each ending with a word where there are words.
fn stretches(mut line: &str) -> impl Iterator<Item = &str> {
    std::iter::from_fn(move || {
        if line.is_empty() {
            return None;
        }
        let end = beginning(line, STRETCH).len();
        let end =
            if end == line.len() { end } else { line[..end].rfind(' ').filter(|&at| at > 0).unwrap_or(end) };
        let (part, rest) = line.split_at(end);
        line = rest;
        Some(part)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_text_is_read_whole() {
        assert_eq!(sample("a\nb c\n", 100, 7), ["a", "b c"]);
    }

    #[test]
    fn lines_that_take_turns_are_both_drawn() {
        let text = "a dog\n一只狗\n".repeat(2000);
        let drawn = sample(&text, text.len() / 2, 7);
        let dogs = drawn.iter().filter(|line| **line == "a dog").count();
        // 2,000 draws with one half: five standard errors
        assert!(dogs.abs_diff(1000) < 112 && (drawn.len() - dogs).abs_diff(1000) < 112, "{dogs}");
    }

    #[test]
    fn one_endless_line_is_drawn_in_parts() {
        for line in ["a dog ".repeat(200_000), "一只狗".repeat(100_000)] {
            let drawn = sample(&line, line.len() / 2, 7);
            let bytes: usize = drawn.iter().map(|part| part.len()).sum();
            assert!((0.4..0.6).contains(&(bytes as f64 / line.len() as f64)), "{bytes}");
            assert!(drawn.iter().all(|part| part.len() <= STRETCH));
        }
    }
}
