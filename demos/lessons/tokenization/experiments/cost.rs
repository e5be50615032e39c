//! What merges save, and what training costs, counted on the English text.

use concepts::tokenizer::bpe::{Base, BpeOptions, WordCounter, train};
use concepts::tokenizer::pretokenize::Pretokenizer;

use super::prose::english;
use crate::lessons::tokenization::trained::{BYTES, Trained};

/// How the text of training shortened.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shortened {
    pub before: f64,
    /// By the counts of the merges.
    pub predicted: f64,
    /// By encoding the text.
    pub counted: f64,
    /// Merges whose count was higher than that of the one before.
    pub rises: f64,
}

/// Learns merges, then compares the sum of their counts with the length of the encoded text.
pub(crate) fn shortening(merges: usize, pre: Pretokenizer, base: Base) -> Shortened {
    let text = english().0;
    let Ok(trained) = Trained::new(text, pre, base, merges) else {
        return Shortened { before: f64::NAN, predicted: f64::NAN, counted: f64::NAN, rises: f64::NAN };
    };
    let before = text.len() as f64; // the text is ASCII: a byte, a character
    let saved: u64 = trained.counts.iter().sum();
    Shortened {
        before,
        predicted: before - saved as f64,
        counted: trained.length(text.as_bytes()),
        rises: trained.counts.windows(2).filter(|pair| pair[1] > pair[0]).count() as f64,
    }
}

/// Symbols that training looks at or replaces.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Work {
    /// Symbols of the distinct words before training.
    pub symbols: f64,
    /// Symbols looked at when all pairs are counted before each merge.
    pub anew: f64,
    /// Places where a merge replaced two symbols by one.
    pub replaced: f64,
}

/// Counts the work of so many merges on the distinct words of the text.
pub(crate) fn work(merges: usize) -> Work {
    let mut counter = WordCounter::new(Pretokenizer::Gpt2);
    counter.add(english().0);
    // Each distinct word once: a place of a pair is then a count of it.
    let words: Vec<(Vec<u8>, u64)> = counter.into_words();
    let options = BpeOptions { base: BYTES, merges, ..BpeOptions::default() };
    let Ok(trained) = train(&words, &options, &mut |_| {}) else { return Work::default() };
    let symbols: usize = words.iter().map(|(word, _)| word.len()).sum();
    let (mut left, mut anew) = (symbols as f64, 0.0);
    let mut cut: Vec<Vec<u32>> = Vec::new();
    for (word, _) in &words {
        let ids = word.iter().map(|byte| trained.bpe.vocabulary().id(&[*byte]).unwrap_or(0));
        cut.push(ids.collect());
    }
    for merge in trained.bpe.merges() {
        anew += left;
        for word in &mut cut {
            let before = word.len();
            replace(word, (merge.left, merge.right), merge.token);
            left -= (before - word.len()) as f64;
        }
    }
    Work { symbols: symbols as f64, anew, replaced: symbols as f64 - left }
}

fn replace(word: &mut Vec<u32>, pair: (u32, u32), token: u32) {
    let mut kept = 0;
    let mut i = 0;
    while i < word.len() {
        let joins = i + 1 < word.len() && (word[i], word[i + 1]) == pair;
        word[kept] = if joins { token } else { word[i] };
        i += if joins { 2 } else { 1 };
        kept += 1;
    }
    word.truncate(kept);
}
