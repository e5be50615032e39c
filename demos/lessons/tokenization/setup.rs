//! From knobs to a text and a tokenizer.

use std::path::PathBuf;

use concepts::tokenizer::bpe::Base;
use concepts::tokenizer::wordpiece::Criterion;
use concepts::tokenizer::{EncodeError, Encoding, Model, Tokenizer};

use super::corpus::Corpus;
use super::files;
use super::learn::{self, Algorithm, Size};
use super::trained::{BYTES, Trained};
use crate::kit::knob::Refusal;
use crate::kit::lesson::Setting;
use crate::kit::text::{Lang, Text};

/// Tokens of a vocabulary when nothing is said.
const DEFAULT_SIZE: usize = 2000;
/// Tokens up to which it is shown what a larger vocabulary would bring.
const LONG: usize = 8000;

/// Everything that one run of the lesson computes with.
pub(super) struct Setup {
    pub corpus: Corpus,
    pub algorithm: Algorithm,
    /// What was asked for.
    pub size: Size,
    /// The text to cut.
    pub text: String,
    pub trace: bool,
    pub compare: bool,
    /// A byte-pair encoding of the corpus, whatever the algorithm: its merges are what is looked at.
    pub bpe: Trained,
    /// The same with more merges, to see what they would bring.
    pub long: Trained,
    /// Symbols of the corpus before any merge.
    pub symbols: f64,
    /// The tokenizer that was learned or loaded.
    pub tokenizer: Tokenizer,
    /// Merges that were made to learn it.
    pub merges: usize,
    /// Where it was loaded from.
    pub loaded: Option<PathBuf>,
    /// Where it is to be saved.
    pub save: Option<PathBuf>,
}

impl Setup {
    pub(super) fn new(setting: &Setting) -> Result<Setup, Refusal> {
        let knobs = &setting.values;
        let corpus = knobs.file("corpus").map_or_else(|| Ok(Corpus::embedded()), Corpus::read)?;
        let algorithm = match knobs.words("algorithm") {
            Some("wordpiece") => Algorithm::WordPiece,
            Some("unigram") => Algorithm::Unigram,
            _ => Algorithm::Bpe,
        };
        let size = size(setting, algorithm)?;
        let base = base(setting, algorithm)?;
        let loaded = knobs.file("load").map(PathBuf::from);
        let long = learn::bpe(&corpus, base, at_least(size, LONG))?;
        let asked = match size {
            Size::Merges(merges) => merges,
            // without all bytes, one token is for what is unknown
            Size::Vocabulary(tokens) => {
                tokens.saturating_sub(long.alphabet() + usize::from(base == Base::Chars))
            }
        };
        let bpe = long.first(asked)?;
        let (tokenizer, merges) = match &loaded {
            Some(path) => (files::load(path)?, 0),
            None => learned(&corpus, algorithm, &bpe, size)?,
        };
        Ok(Setup {
            algorithm: if loaded.is_some() { of_model(tokenizer.model()) } else { algorithm },
            size,
            text: knobs.words("text").unwrap_or("lowest").to_string(),
            trace: knobs.is_on("trace"),
            compare: knobs.is_on("compare"),
            symbols: symbols(&corpus, base),
            corpus,
            bpe,
            long,
            tokenizer,
            merges,
            loaded,
            save: knobs.file("save").map(PathBuf::from),
        })
    }

    /// Tokens in front of those that were learned: the alphabet, and what is unknown.
    pub(super) fn alphabet(&self) -> usize {
        match self.tokenizer.model() {
            Model::Bpe(bpe, _) => bpe.vocabulary().len() - bpe.merges().len().min(bpe.vocabulary().len()),
            Model::WordPiece(model) => model.pieces().iter().take_while(|piece| is_single(piece)).count(),
            Model::Unigram(_) => 1,
        }
    }

    /// Tokens asked for. Merges come on top of the alphabet.
    pub(super) fn tokens_wanted(&self) -> usize {
        match self.size {
            Size::Vocabulary(tokens) => tokens,
            Size::Merges(merges) => self.bpe.alphabet().saturating_add(merges),
        }
    }

    /// Tokens or merges made, whichever was asked for.
    pub(super) fn made(&self) -> usize {
        match self.size {
            Size::Vocabulary(_) => self.tokenizer.len(),
            Size::Merges(_) => self.merges,
        }
    }

    /// Where the tokenizer comes from.
    pub(super) fn origin(&self) -> Text {
        let name = &self.corpus.name;
        match &self.loaded {
            Some(path) => {
                Text::new(format!("loaded from {}", path.display()), format!("从 {} 读入", path.display()))
            }
            None => Text::new(
                format!("learned from {}", name.get(Lang::En)),
                format!("训练语料是{}", name.get(Lang::Zh)),
            ),
        }
    }

    /// The tokens of the person's text.
    pub(super) fn encoding(&self) -> Result<Encoding, EncodeError> {
        self.tokenizer.encode(&self.text)
    }
}

/// What BPE starts from.
///
/// # Errors
/// Characters asked for where another algorithm learns: those work on characters anyway, and the knob
/// would be ignored.
fn base(setting: &Setting, algorithm: Algorithm) -> Result<Base, Refusal> {
    let name = match algorithm {
        _ if setting.values.words("base") != Some("char") => return Ok(BYTES),
        Algorithm::Bpe => return Ok(Base::Chars),
        Algorithm::WordPiece => "wordpiece",
        Algorithm::Unigram => "unigram",
    };
    Err(Refusal::new(
        format!("--base char belongs to --algorithm bpe; {name} works on characters anyway, leave it out"),
        format!("--base char 只用于 --algorithm bpe；{name} 本来就以字符为单位，去掉即可"),
    ))
}

fn symbols(corpus: &Corpus, base: Base) -> f64 {
    match base {
        Base::Chars => String::from_utf8_lossy(&corpus.training).chars().count() as f64,
        Base::Bytes(_) => corpus.training.len() as f64,
    }
}

fn at_least(size: Size, tokens: usize) -> Size {
    match size {
        Size::Vocabulary(asked) => Size::Vocabulary(asked.max(tokens)),
        Size::Merges(merges) => Size::Merges(merges.max(tokens)),
    }
}

fn size(setting: &Setting, algorithm: Algorithm) -> Result<Size, Refusal> {
    let knobs = &setting.values;
    match (knobs.integer("vocab"), knobs.integer("merges")) {
        (Some(vocabulary), Some(merges)) => Err(Refusal::new(
            format!("--vocab {vocabulary} and --merges {merges} say the same thing twice; give one of them"),
            format!("--vocab {vocabulary} 和 --merges {merges} 说的是同一件事，请只给一个"),
        )),
        (_, Some(merges)) if algorithm == Algorithm::Unigram => Err(Refusal::new(
            format!(
                "--merges {merges}: the unigram model merges nothing, it takes pieces away; give --vocab"
            ),
            format!("--merges {merges}：unigram 不做合并，而是逐步删减；请改用 --vocab"),
        )),
        (_, Some(merges)) => Ok(Size::Merges(merges)),
        (vocabulary, None) => Ok(Size::Vocabulary(vocabulary.unwrap_or(DEFAULT_SIZE))),
    }
}

fn of_model(model: &Model) -> Algorithm {
    match model {
        Model::Bpe(..) => Algorithm::Bpe,
        Model::WordPiece(_) => Algorithm::WordPiece,
        Model::Unigram(_) => Algorithm::Unigram,
    }
}

/// The tokenizer of an algorithm, and the number of its merges.
fn learned(
    corpus: &Corpus,
    algorithm: Algorithm,
    bpe: &Trained,
    size: Size,
) -> Result<(Tokenizer, usize), Refusal> {
    match algorithm {
        Algorithm::Bpe => Ok((learn::tokenizer_of(bpe)?, bpe.counts.len())),
        Algorithm::WordPiece => learn::wordpiece(corpus, Criterion::Likelihood, size),
        Algorithm::Unigram => Ok((learn::unigram(corpus, wanted(size))?, 0)),
    }
}

/// A character, or the sign for unknown words.
fn is_single(piece: &str) -> bool {
    piece.starts_with('[') || piece.trim_start_matches("##").chars().count() == 1
}

/// The number asked for, be it of tokens or of merges.
pub(super) fn wanted(size: Size) -> usize {
    match size {
        Size::Vocabulary(tokens) => tokens,
        Size::Merges(merges) => merges,
    }
}
