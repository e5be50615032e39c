//! Learning a vocabulary with each of the algorithms.

use concepts::tokenizer::bpe::{Base, Bpe, BpeOptions, WordCount, WordCounter};
use concepts::tokenizer::pretokenize::{BertNormalizer, Pretokenizer, escape_spaces};
use concepts::tokenizer::unigram::UnigramOptions;
use concepts::tokenizer::wordpiece::{Criterion, Ties, Until, WordPiece, train_with_progress};
use concepts::tokenizer::{
    BpeRules, EncodeError, Model, Symbol, Tokenizer, Vocabulary, bpe, unigram, wordpiece,
};

use super::corpus::Corpus;
use super::experiments::sample::sample;
use super::trained::Trained;
use crate::kit::bar::Bar;
use crate::kit::knob::Refusal;

/// How a vocabulary is learned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Algorithm {
    Bpe,
    WordPiece,
    Unigram,
    /// Only in files: a list of words, of which nothing is learned here.
    WordLevel,
}

impl Algorithm {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Algorithm::Bpe => "BPE",
            Algorithm::WordPiece => "WordPiece",
            Algorithm::Unigram => "Unigram",
            Algorithm::WordLevel => "WordLevel",
        }
    }
}

/// Texts below this are learned before a bar could be read.
const LONG: usize = 2_000_000;

fn bar(algorithm: Algorithm, bytes: usize) -> Bar {
    Bar::new(algorithm.name(), bytes >= LONG)
}

/// How far to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Size {
    /// So many tokens in all.
    Vocabulary(usize),
    /// So many merges.
    Merges(usize),
}

/// Text that the unigram model reads, in bytes. Where nothing stands between words it holds all of it with all its
/// pieces, about 70 bytes of memory for a character; so of a longer text it reads a sample, as SentencePiece does
/// with `input_sentence_size`.
const UNIGRAM_READS: usize = 16_000_000;

/// The token for what is unknown.
const UNKNOWN: &str = "[UNK]";
/// The same in SentencePiece's spelling.
const UNKNOWN_PIECE: &str = "<unk>";

/// Byte-pair encoding on the words of a corpus.
///
/// # Errors
/// [`Refusal`] of the library.
pub(crate) fn bpe(corpus: &Corpus, base: Base, size: Size) -> Result<Trained, Refusal> {
    let mut bar = bar(Algorithm::Bpe, corpus.training.len());
    bar.show(0, usize::MAX);
    let mut counter = WordCounter::new(Pretokenizer::Gpt2);
    counter.add_parallel(&corpus.training);
    let (merges, vocabulary) = match size {
        Size::Vocabulary(tokens) => (usize::MAX, tokens),
        Size::Merges(merges) => (merges, usize::MAX),
    };
    let options = BpeOptions { base, merges, vocabulary, ..BpeOptions::default() };
    let words = counter.into_words();
    let mut show = |progress: bpe::Progress| bar.show(progress.merges, progress.wanted);
    Trained::from_words(&words, Pretokenizer::Gpt2, &options, &mut show).map_err(Refusal::from)
}

/// A tokenizer of a byte-pair encoding. Without all bytes it has a token for unknown characters.
pub(crate) fn tokenizer_of(trained: &Trained) -> Result<Tokenizer, EncodeError> {
    if trained.bpe.base() != Base::Chars {
        return Ok(Tokenizer::byte_level(trained.bpe.clone(), trained.pre));
    }
    let mut tokens = trained.bpe.vocabulary().tokens().to_vec();
    let unknown = tokens.len() as u32;
    tokens.push(Symbol::from(UNKNOWN));
    let merges = trained.bpe.merges().to_vec();
    let bpe = Bpe::new(Base::Chars, trained.bpe.word_end(), Vocabulary::new(tokens)?, merges)?;
    let rules = BpeRules { unknown: Some(unknown), ..BpeRules::default() };
    Ok(Tokenizer::new(Model::Bpe(bpe, rules))?.with_pretokenizer(trained.pre))
}

fn as_text(words: Vec<WordCount<Vec<u8>>>) -> Vec<WordCount<String>> {
    // They were cut out of text.
    words.into_iter().map(|(word, count)| (String::from_utf8_lossy(&word).into_owned(), count)).collect()
}

/// WordPiece under a criterion, on lower-cased words as of BERT, and the number of its merges.
///
/// # Errors
/// [`Refusal`] if the corpus has no word.
pub(crate) fn wordpiece(
    corpus: &Corpus,
    criterion: Criterion,
    size: Size,
) -> Result<(Tokenizer, usize), Refusal> {
    let mut bar = bar(Algorithm::WordPiece, corpus.training.len());
    bar.show(0, usize::MAX);
    let normalizer = BertNormalizer::default();
    let mut counter = WordCounter::new(Pretokenizer::Bert);
    counter.add_parallel(&normalizer.normalize(&corpus.training));
    let until = match size {
        Size::Vocabulary(tokens) => Until::Pieces(tokens.saturating_sub(1)), // one is the unknown token
        Size::Merges(merges) => Until::Merges(merges),
    };
    let words = as_text(counter.into_words());
    let mut show = |progress: wordpiece::Progress| bar.show(progress.done, progress.wanted);
    let training = train_with_progress(&words, criterion, Ties::SmallestIds, until, &mut show);
    let made = training.and_then(|training| {
        let pieces = std::iter::once(UNKNOWN.to_string()).chain(training.pieces);
        Ok((WordPiece::new(pieces.collect(), UNKNOWN)?, training.merges.len()))
    });
    made.map(|(model, merges)| (Tokenizer::bert(model, normalizer), merges)).map_err(Refusal::from)
}

/// The share of a text that the unigram model reads.
pub(crate) fn unigram_share(corpus: &Corpus) -> f64 {
    (UNIGRAM_READS as f64 / corpus.training.len() as f64).min(1.0)
}

/// The unigram language model on words with `▁` for the space, line by line as SentencePiece reads.
///
/// # Errors
/// [`Refusal`] of the library.
pub(crate) fn unigram(corpus: &Corpus, tokens: usize, seed: u64) -> Result<Tokenizer, Refusal> {
    let mut counter = WordCounter::new(Pretokenizer::Metaspace);
    let read = sample(&corpus.training, UNIGRAM_READS, seed);
    read.iter().for_each(|line| counter.add(&escape_spaces(line)));
    let pieces = tokens.saturating_sub(1); // one is the unknown token
    let options = UnigramOptions { pieces, ..UnigramOptions::default() };
    let mut bar = bar(Algorithm::Unigram, corpus.training.len());
    let mut show = |progress: unigram::Progress| bar.show(progress.done, progress.wanted);
    let training = unigram::train_with_progress(&as_text(counter.into_words()), &options, &mut show);
    let made = training.and_then(|mut training| {
        training.pieces.retain(|(piece, _)| piece != UNKNOWN_PIECE); // a text may hold it, as WikiText does
        training.model(UNKNOWN_PIECE)
    });
    made.map(Tokenizer::sentencepiece).map_err(Refusal::from)
}
