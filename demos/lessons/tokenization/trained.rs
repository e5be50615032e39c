//! A byte-pair encoding together with the way text is cut into words before it.

use concepts::tokenizer::bpe::{
    Base, Bpe, BpeOptions, ByteOrder, Encoder, Piece, Progress, WordCount, WordCounter, train,
};
use concepts::tokenizer::pretokenize::Pretokenizer;
use concepts::tokenizer::{TokenId, TokenizerError, Vocabulary};

/// All 256 bytes, in GPT-2's order.
pub(crate) const BYTES: Base = Base::Bytes(ByteOrder::Gpt2);

/// A byte-pair encoding with its pre-tokeniser.
#[derive(Debug, Clone)]
pub(crate) struct Trained {
    pub pre: Pretokenizer,
    pub bpe: Bpe,
    /// How often the pair of each merge occurred when it was merged.
    pub counts: Vec<u64>,
}

impl Trained {
    /// Learns at most so many merges from a text.
    pub(crate) fn new(
        text: &str,
        pre: Pretokenizer,
        base: Base,
        merges: usize,
    ) -> Result<Trained, TokenizerError> {
        let mut counter = WordCounter::new(pre);
        counter.add(text);
        let options = BpeOptions { base, merges, ..BpeOptions::default() };
        Trained::from_words(&counter.into_words(), pre, &options, &mut |_| {})
    }

    /// Learns from words that are counted already.
    pub(crate) fn from_words(
        words: &[WordCount<Vec<u8>>],
        pre: Pretokenizer,
        options: &BpeOptions,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Trained, TokenizerError> {
        let trained = train(words, options, progress)?;
        Ok(Trained { pre, bpe: trained.bpe, counts: trained.counts })
    }

    /// The same with its first merges alone.
    pub(crate) fn first(&self, merges: usize) -> Result<Trained, TokenizerError> {
        let (all, tokens) = (self.bpe.merges(), self.bpe.vocabulary().tokens());
        let kept = merges.min(all.len());
        let alphabet = tokens.len() - all.len();
        let vocabulary = Vocabulary::new(tokens[..alphabet + kept].to_vec())?;
        let bpe = Bpe::new(self.bpe.base(), self.bpe.word_end(), vocabulary, all[..kept].to_vec())?;
        Ok(Trained { pre: self.pre, bpe, counts: self.counts[..kept].to_vec() })
    }

    /// Tokens before any merge.
    pub(crate) fn alphabet(&self) -> usize {
        self.bpe.vocabulary().len() - self.bpe.merges().len()
    }

    /// The pieces of a text.
    pub(crate) fn pieces(&self, text: &[u8]) -> Result<Vec<Piece>, TokenizerError> {
        let mut encoder = Encoder::new(&self.bpe);
        let mut pieces = Vec::new();
        for word in self.pre.split_bytes(text) {
            pieces.extend(encoder.pieces(word)?);
        }
        Ok(pieces)
    }

    /// How many tokens a text has; NaN if it cannot be cut at all.
    pub(crate) fn length(&self, text: &[u8]) -> f64 {
        self.pieces(text).map_or(f64::NAN, |pieces| pieces.len() as f64)
    }

    /// How many pieces of a text have no token.
    pub(crate) fn unknown(&self, text: &[u8]) -> usize {
        let without = |pieces: Vec<Piece>| pieces.iter().filter(|piece| piece.id().is_none()).count();
        self.pieces(text).map_or(text.len(), without)
    }

    /// Is the text, encoded and decoded, what it was?
    pub(crate) fn restores(&self, text: &[u8]) -> bool {
        let back = || {
            let ids: Option<Vec<TokenId>> = self.pieces(text).ok()?.into_iter().map(Piece::id).collect();
            self.bpe.decode(&ids?).ok()
        };
        back().is_some_and(|back| back == text)
    }
}
