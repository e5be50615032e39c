//! Are the words of a generated text words at all?

use std::collections::BTreeSet;

/// What counts as a word: a maximal run of letters; of Chinese characters, which are written without spaces,
/// each two that stand side by side.
///
/// A letter is what Unicode calls alphabetic. A Chinese character between others that are none is a word of its
/// own. Nothing is folded: `The` is not `the` unless the caller makes it so, on both sides.
///
/// # Examples
/// ```
/// use concepts::evaluation::text_words;
/// assert_eq!(text_words("It's 3 o'clock."), ["It", "s", "o", "clock"]);
/// assert_eq!(text_words("学而时习，不亦说 RNN乎"), ["学而", "而时", "时习", "不亦", "亦说", "RNN", "乎"]);
/// ```
pub fn text_words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(char::is_alphabetic) {
        rest = &rest[start..];
        let chinese = rest.starts_with(is_chinese);
        let same = |c: char| c.is_alphabetic() && is_chinese(c) == chinese;
        let (run, after) = rest.split_at(rest.find(|c| !same(c)).unwrap_or(rest.len()));
        if chinese {
            words.extend(pairs(run));
        } else {
            words.push(run);
        }
        rest = after;
    }
    words
}

/// Each two characters side by side; one alone is itself.
fn pairs(run: &str) -> Vec<&str> {
    let mut ends: Vec<usize> = run.char_indices().map(|(place, _)| place).collect();
    ends.push(run.len());
    if ends.len() == 2 { vec![run] } else { ends.windows(3).map(|w| &run[w[0]..w[2]]).collect() }
}

/// Unicode's blocks of Chinese characters, and 々 and 〇 that stand among them.
fn is_chinese(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '\u{F900}'..='\u{FAFF}' | '々' | '〇'
        | '\u{20000}'..='\u{3FFFF}')
}

/// The share of a generated text's words that occur in a reference text; NaN if it has no words.
///
/// Words are those of [`text_words`]. It says whether letters are put together to words (of Chinese: whether two
/// characters are put side by side as the reference puts them), not whether the words make sense. A human text
/// does not reach 1: it has words that the reference has not. So measure held-out text too, against the same
/// reference; a larger reference knows more words.
///
/// # Formula
/// `|{i : wᵢ ∈ known}| / |{i}|`, from 0 to 1, each word counted as often as it occurs
///
/// # Examples
/// ```
/// use concepts::evaluation::{text_words, vocabulary_share};
/// use std::collections::BTreeSet;
/// let known: BTreeSet<&str> = text_words("the cat sat on the mat").into_iter().collect();
/// assert_eq!(vocabulary_share(&text_words("the cet sat, the mat!"), &known), 4.0 / 5.0);
/// assert!(vocabulary_share(&text_words("42"), &known).is_nan());
/// ```
pub fn vocabulary_share(words: &[&str], known: &BTreeSet<&str>) -> f64 {
    let there = words.iter().filter(|word| known.contains(*word)).count();
    there as f64 / words.len() as f64
}
