//! How text shortens as merges are added.

use concepts::tokenizer::bpe::{Base, Encoder, WordCount, count_text};

use super::held_out::measured;
use crate::lessons::tokenization::setup::Setup;
use crate::lessons::tokenization::trained::Trained;

/// Merges at which the length is measured.
const AT: [usize; 12] = [0, 50, 100, 200, 400, 800, 1600, 3200, 6400, 12_800, 25_600, 51_200];

/// What a number of merges brings.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Point {
    pub merges: usize,
    pub vocabulary: usize,
    pub held_out_tokens: f64,
    /// Bytes a token of the held-out text.
    pub held_out: f64,
    /// Bytes a token of the text of training.
    pub training: f64,
}

/// From no merge to as many as were learned.
pub(crate) fn growth(setup: &Setup) -> Vec<Point> {
    let all = setup.long.counts.len();
    let mut at: Vec<usize> = AT.into_iter().filter(|&merges| merges < all).collect();
    at.push(all);
    at.dedup();
    // Each word of the text of training is cut once, however often it stands there.
    let words = count_text(setup.long.pre, &setup.corpus.training);
    at.into_iter().filter_map(|merges| point(setup, &words, merges)).collect()
}

fn point(setup: &Setup, words: &[WordCount<Vec<u8>>], merges: usize) -> Option<Point> {
    let held_out = measured(&setup.corpus.held_out);
    let some = setup.long.first(merges).ok()?;
    let tokens = some.length(held_out.as_bytes());
    Some(Point {
        merges,
        // Characters need a token for the unknown beside the alphabet.
        vocabulary: some.bpe.vocabulary().len() + usize::from(matches!(some.bpe.base(), Base::Chars)),
        training: setup.corpus.training.len() as f64 / tokens_of(&some, words),
        held_out_tokens: tokens,
        held_out: held_out.len() as f64 / tokens,
    })
}

/// Tokens of counted words. The counts of the merges do not tell: a pair that overlaps itself, as `aa` in
/// `aaa`, is counted more often than it can be merged.
fn tokens_of(trained: &Trained, words: &[WordCount<Vec<u8>>]) -> f64 {
    let mut encoder = Encoder::new(&trained.bpe);
    let mut of = |word: &[u8]| encoder.pieces(word).map_or(f64::NAN, |pieces| pieces.len() as f64);
    words.iter().map(|(word, count)| of(word) * *count as f64).sum()
}

#[cfg(test)]
mod tests {
    use concepts::tokenizer::pretokenize::Pretokenizer;

    use super::*;
    use crate::lessons::tokenization::trained::BYTES;

    #[test]
    fn pairs_that_overlap_themselves_are_counted_as_they_are_merged() {
        let text = "aaaaaaaa aaaaaaaa aaaaaaa\n the aaa of the\n";
        for merges in 0..12 {
            let trained = Trained::new(text, Pretokenizer::Gpt2, BYTES, merges).unwrap();
            let words = count_text(trained.pre, text);
            assert_eq!(tokens_of(&trained, &words), trained.length(text.as_bytes()), "{merges}");
        }
        let trained = Trained::new(text, Pretokenizer::Gpt2, BYTES, 1).unwrap();
        // Each eight of a become four, seven become four, three become two.
        assert_eq!(tokens_of(&trained, &count_text(trained.pre, text)), text.len() as f64 - 12.0);
    }
}
