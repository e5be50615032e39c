//! Text of any length to train on, the same on every machine.
//!
//! Sentences of this project's lessons, drawn at random, in which every fourth word is replaced by an
//! invented one. The invented words follow Zipf's law and are inflected, so that a longer text has more
//! distinct words, as natural text has. It is no natural text: for that there is `--file`.

use concepts::numerics::rng;
use rand::Rng;

const SOURCES: [&str; 5] = [
    include_str!("../../../demos/architectures/lesson.en.md"),
    include_str!("../../../demos/attention/lesson.en.md"),
    include_str!("../../../demos/heads/lesson.en.md"),
    include_str!("../../../demos/positions/lesson.en.md"),
    include_str!("../../../demos/rope/lesson.en.md"),
];
/// Number of invented stems.
const STEMS: f64 = 60_000.0;
const ONSETS: [&str; 16] = ["b", "br", "c", "d", "f", "g", "h", "l", "m", "n", "p", "r", "s", "st", "t", "w"];
const NUCLEI: [&str; 8] = ["a", "e", "i", "o", "u", "ai", "ea", "ou"];
const CODAS: [&str; 8] = ["", "n", "r", "s", "t", "l", "ck", "nd"];
const ENDINGS: [&str; 8] = ["", "", "", "s", "ed", "ing", "er", "ly"];

/// About that many bytes.
pub(crate) fn generate(bytes: usize) -> String {
    let mut random = rng(1, "text to train on");
    let sentences: Vec<&str> =
        SOURCES.iter().flat_map(|text| text.lines()).filter(|line| line.len() > 20).collect();
    let mut text = String::with_capacity(bytes + 1000);
    while text.len() < bytes {
        for word in sentences[random.random_range(0..sentences.len())].split(' ') {
            if random.random_range(0..4) == 0 {
                invent(&mut random, &mut text);
            } else {
                text.push_str(word);
            }
            text.push(' ');
        }
        text.pop();
        text.push('\n');
    }
    text
}

/// One invented word: its rank is drawn by Zipf's law, and says of which syllables it is made.
fn invent(random: &mut impl Rng, text: &mut String) {
    let mut rank = STEMS.powf(random.random::<f64>()) as usize;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn longer_text_has_more_words() {
        let (short, long) = (generate(100_000), generate(1_000_000));
        assert!(long.starts_with(&short[..90_000]));
        let distinct = |text: &str| text.split(' ').collect::<std::collections::HashSet<_>>().len();
        assert!(distinct(&long) > 3 * distinct(&short));
    }
}
