//! Text of any length to train on and to encode, the same on every machine.
//!
//! Paragraphs of this project's corpus, drawn at random, in which about every fourth word is replaced
//! by an invented one. The invented words follow Zipf's law, so that a longer text has more distinct
//! words, as natural text has. English ones are made of syllables and inflected; Chinese ones are two
//! characters of the corpus. It is no natural text: for that there is `--file`.

use std::path::Path;

use anyhow::{Context, Result};
use concepts::corpus;
use concepts::numerics::rng;
use rand::Rng;

/// Number of invented stems.
const STEMS: f64 = 60_000.0;
/// One word of so many is invented.
const INVENTED: usize = 4;
const ONSETS: [&str; 16] = ["b", "br", "c", "d", "f", "g", "h", "l", "m", "n", "p", "r", "s", "st", "t", "w"];
const NUCLEI: [&str; 8] = ["a", "e", "i", "o", "u", "ai", "ea", "ou"];
const CODAS: [&str; 8] = ["", "n", "r", "s", "t", "l", "ck", "nd"];
const ENDINGS: [&str; 8] = ["", "", "", "s", "ed", "ing", "er", "ly"];

/// The language of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Language {
    English,
    Chinese,
    /// Paragraphs of both.
    Mixed,
}

impl Language {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Language::English => "English",
            Language::Chinese => "Chinese",
            Language::Mixed => "mixed",
        }
    }

    fn paragraphs(self) -> Vec<&'static str> {
        let texts = match self {
            Language::English => &[corpus::ENGLISH][..],
            Language::Chinese => &[corpus::CHINESE],
            Language::Mixed => &[corpus::ENGLISH, corpus::CHINESE],
        };
        texts.iter().flat_map(|text| text.lines()).filter(|line| line.len() > 20).collect()
    }
}

/// Texts, each with a name that says its size: a person's, or of each language so many megabytes.
pub(crate) fn of(file: Option<&Path>, languages: &[Language], mb: &[usize]) -> Result<Vec<(String, String)>> {
    if let Some(file) = file {
        let text = std::fs::read_to_string(file).with_context(|| format!("{} is no text", file.display()))?;
        return Ok(vec![(format!("{:.1} MB", text.len() as f64 / 1e6), text)]);
    }
    let made = |&language: &Language| {
        mb.iter().map(move |&mb| (format!("{mb} MB {}", language.name()), generate(language, mb * 1_000_000)))
    };
    Ok(languages.iter().flat_map(made).collect())
}

/// About that many bytes.
fn generate(language: Language, bytes: usize) -> String {
    let mut random = rng(1, "text to train on");
    let (paragraphs, characters) = (language.paragraphs(), han_characters());
    let mut text = String::with_capacity(bytes + 4000);
    while text.len() < bytes {
        let paragraph = paragraphs[random.random_range(0..paragraphs.len())];
        if paragraph.is_ascii() {
            vary_words(paragraph, &mut random, &mut text);
        } else {
            vary_characters(paragraph, &characters, &mut random, &mut text);
        }
        text.push('\n');
    }
    text
}

/// English: words stand between spaces.
fn vary_words(paragraph: &str, random: &mut impl Rng, text: &mut String) {
    for (i, word) in paragraph.split(' ').enumerate() {
        if i > 0 {
            text.push(' ');
        }
        if random.random_range(0..INVENTED) == 0 {
            invent_word(random, text);
        } else {
            text.push_str(word);
        }
    }
}

/// Chinese: two characters in a row count as a word.
fn vary_characters(paragraph: &str, characters: &[char], random: &mut impl Rng, text: &mut String) {
    let mut rest = paragraph.chars();
    while let Some(c) = rest.next() {
        let mut behind = rest.clone();
        match behind.next() {
            Some(next) if is_han(c) && is_han(next) => {
                if random.random_range(0..INVENTED) == 0 {
                    invent_pair(characters, random, text);
                } else {
                    text.extend([c, next]);
                }
                rest = behind;
            }
            _ => text.push(c),
        }
    }
}

/// A rank by Zipf's law.
fn rank(random: &mut impl Rng) -> usize {
    STEMS.powf(random.random::<f64>()) as usize
}

/// One invented word: its rank says of which syllables it is made.
fn invent_word(random: &mut impl Rng, text: &mut String) {
    let mut rank = rank(random);
    loop {
        for sounds in [&ONSETS[..], &NUCLEI, &CODAS] {
            text.push_str(sounds[rank % sounds.len()]);
            rank /= sounds.len();
        }
        if rank == 0 {
            break;
        }
    }
    text.push_str(ENDINGS[random.random_range(0..ENDINGS.len())]);
}

/// One invented word of two characters: its rank says which.
fn invent_pair(characters: &[char], random: &mut impl Rng, text: &mut String) {
    let (rank, n) = (rank(random), characters.len());
    text.extend([characters[rank % n], characters[(rank + rank / n) % n]]);
}

fn is_han(c: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&c)
}

/// The Chinese characters of the corpus, in order of first appearance.
fn han_characters() -> Vec<char> {
    let mut seen = std::collections::HashSet::new();
    corpus::CHINESE.chars().filter(|&c| is_han(c) && seen.insert(c)).collect()
}

#[cfg(test)]
mod tests {
    use concepts::tokenizer::pretokenize::Pretokenizer;

    use super::*;

    #[test]
    fn longer_text_has_more_words() {
        for language in [Language::English, Language::Chinese, Language::Mixed] {
            let (short, long) = (generate(language, 100_000), generate(language, 1_000_000));
            assert_eq!(long.as_bytes()[..90_000], short.as_bytes()[..90_000], "{language:?}");
            let distinct =
                |text: &str| Pretokenizer::Gpt2.split(text).collect::<std::collections::HashSet<_>>().len();
            assert!(distinct(&long) > 3 * distinct(&short), "{language:?}");
        }
    }

    #[test]
    fn chinese_stays_chinese() {
        let text = generate(Language::Chinese, 100_000);
        let share = text.chars().filter(|&c| is_han(c)).count() as f64 / text.chars().count() as f64;
        assert!(share > 0.8, "{share}");
    }
}
