//! From knobs to a text and a tokenizer.

use std::path::{Path, PathBuf};

use concepts::tokenizer::bpe::Base;
use concepts::tokenizer::files::{Kind, Loaded};
use concepts::tokenizer::wordpiece::Criterion;
use concepts::tokenizer::{Allowed, EncodeError, Encoding, Model, Tokenizer};

use super::WORDS;
use super::corpus::Corpus;
use super::files;
use super::knobs::{
    ALGORITHM, BASE, COMPARE, CORPUS, LOAD, MERGES, PATTERN, SAVE, SPECIAL, TEXT, TRACE, VOCAB,
};
use super::learn::{self, Algorithm, Size};
use super::trained::Trained;
use crate::kit::knob::{Refusal, Values};
use crate::kit::lesson::Setting;
use crate::kit::text::Text;
use crate::kit::visible::name;
use crate::named;

/// Tokens up to which it is shown what a larger vocabulary would bring.
const LONG: usize = 8000;

/// Everything that one run of the lesson computes with.
pub(crate) struct Setup {
    pub corpus: Corpus,
    /// Of what is drawn from a long text.
    pub seed: u64,
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
    /// The tokenizer that was learned or loaded.
    pub tokenizer: Tokenizer,
    /// Merges that were made to learn it.
    pub merges: usize,
    /// Where it was loaded from.
    pub loaded: Option<Source>,
    /// Whether special tokens in the text count as such, and the text stands between those of the file.
    pub special: bool,
    /// Where it is to be saved.
    pub save: Option<PathBuf>,
}

/// The file of a tokenizer.
pub(crate) struct Source {
    pub path: PathBuf,
    pub kind: Kind,
    /// Fields that it has and that are not used.
    pub unused: Vec<String>,
}

impl Setup {
    pub(crate) fn new(setting: &Setting) -> Result<Setup, Refusal> {
        let values = &setting.values;
        SAVE.of(values).map_or(Ok(()), files::check)?;
        of_a_file(values)?;
        let corpus = CORPUS.of(values).map_or_else(|| Ok(Corpus::embedded()), Corpus::read)?;
        let algorithm = ALGORITHM.of(values);
        let size = size(values, algorithm)?;
        let base = base(values, algorithm)?;
        let load = |path: &Path| Ok::<_, Refusal>((path.to_path_buf(), files::load(path, values)?));
        let loaded = LOAD.of(values).map(load).transpose()?;
        if loaded.is_none() && PATTERN.of(values).is_some() {
            return Err(Refusal(WORDS.with("refused.pattern", &named![pattern = PATTERN.word(values)])));
        }
        let long = learn::bpe(&corpus, base, at_least(size, LONG))?;
        let asked = match size {
            Size::Merges(merges) => merges,
            // without all bytes, one token is for what is unknown
            Size::Vocabulary(tokens) => {
                tokens.saturating_sub(long.alphabet() + usize::from(base == Base::Chars))
            }
        };
        let bpe = long.first(asked)?;
        let (tokenizer, merges, loaded) = match loaded {
            Some((path, Loaded { tokenizer, kind, unused })) => {
                (tokenizer, 0, Some(Source { path, kind, unused }))
            }
            None => {
                let (tokenizer, merges) = learned(&corpus, algorithm, &bpe, size, setting.seed)?;
                (tokenizer, merges, None)
            }
        };
        Ok(Setup {
            algorithm: if loaded.is_some() { of_model(tokenizer.model()) } else { algorithm },
            size,
            seed: setting.seed,
            text: TEXT.of(values).unwrap_or_default().to_string(),
            trace: TRACE.of(values),
            compare: COMPARE.of(values),
            corpus,
            bpe,
            long,
            tokenizer,
            merges,
            loaded,
            special: SPECIAL.of(values),
            save: SAVE.of(values).map(PathBuf::from),
        })
    }

    /// The id of the first token that was learned. What is unknown may stand in front or at the end.
    pub(crate) fn first_learned(&self) -> usize {
        match self.tokenizer.model() {
            Model::Bpe(bpe, _) => {
                let made = bpe.merges().iter().map(|merge| merge.token as usize);
                made.min().unwrap_or(self.tokenizer.len())
            }
            Model::WordPiece(model) => model.pieces().iter().take_while(|piece| is_single(piece)).count(),
            Model::Unigram(_) | Model::WordLevel(_) => 1,
        }
    }

    /// Tokens asked for. Merges come on top of the alphabet.
    pub(crate) fn tokens_wanted(&self) -> usize {
        match self.size {
            Size::Vocabulary(tokens) => tokens,
            Size::Merges(merges) => self.bpe.alphabet().saturating_add(merges),
        }
    }

    /// Tokens or merges made, whichever was asked for.
    pub(crate) fn made(&self) -> usize {
        match self.size {
            Size::Vocabulary(_) => self.tokenizer.len(),
            Size::Merges(_) => self.merges,
        }
    }

    /// Where the tokenizer comes from.
    pub(crate) fn origin(&self) -> Text {
        match &self.loaded {
            Some(file) => WORDS.with("origin.loaded", &named![path = name(&file.path.display().to_string())]),
            None => WORDS.with("origin.learned", &named![corpus = self.corpus.name.clone()]),
        }
    }

    /// The tokens of the person's text.
    pub(crate) fn encoding(&self) -> Result<Encoding, EncodeError> {
        let allowed = if self.special { Allowed::All } else { Allowed::None };
        self.tokenizer.encode_with(&self.text, allowed)
    }
}

/// What a file of a tokenizer says for itself, or what only such a file has.
fn of_a_file(values: &Values) -> Result<(), Refusal> {
    let loads = LOAD.of(values).is_some();
    if loads && values.given(&ALGORITHM) {
        let algorithm = ALGORITHM.word(values);
        return Err(Refusal(WORDS.with("refused.load-algorithm", &named![algorithm])));
    }
    if SPECIAL.of(values) && !loads {
        return Err(Refusal(WORDS.get("refused.special")));
    }
    Ok(())
}

/// What BPE starts from.
///
/// # Errors
/// Characters asked for where another algorithm learns: those work on characters anyway, and the knob
/// would be ignored.
fn base(values: &Values, algorithm: Algorithm) -> Result<Base, Refusal> {
    let base = BASE.of(values);
    if base == Base::Chars && algorithm != Algorithm::Bpe {
        let algorithm = ALGORITHM.word(values);
        return Err(Refusal(WORDS.with("refused.base", &named![algorithm])));
    }
    Ok(base)
}

fn at_least(size: Size, tokens: usize) -> Size {
    match size {
        Size::Vocabulary(asked) => Size::Vocabulary(asked.max(tokens)),
        Size::Merges(merges) => Size::Merges(merges.max(tokens)),
    }
}

fn size(values: &Values, algorithm: Algorithm) -> Result<Size, Refusal> {
    let vocab = VOCAB.of(values);
    match MERGES.of(values) {
        None => Ok(Size::Vocabulary(vocab)),
        Some(merges) if values.given(&VOCAB) => {
            Err(Refusal(WORDS.with("refused.twice", &named![vocab, merges])))
        }
        Some(merges) if algorithm == Algorithm::Unigram => {
            Err(Refusal(WORDS.with("refused.no-merges", &named![merges])))
        }
        Some(merges) => Ok(Size::Merges(merges)),
    }
}

fn of_model(model: &Model) -> Algorithm {
    match model {
        Model::Bpe(..) => Algorithm::Bpe,
        Model::WordPiece(_) => Algorithm::WordPiece,
        Model::Unigram(_) => Algorithm::Unigram,
        Model::WordLevel(_) => Algorithm::WordLevel,
    }
}

/// The tokenizer of an algorithm, and the number of its merges.
fn learned(
    corpus: &Corpus,
    algorithm: Algorithm,
    bpe: &Trained,
    size: Size,
    seed: u64,
) -> Result<(Tokenizer, usize), Refusal> {
    match algorithm {
        Algorithm::Bpe => Ok((learn::tokenizer_of(bpe)?, bpe.counts.len())),
        Algorithm::WordPiece => learn::wordpiece(corpus, Criterion::Likelihood, size),
        // No word of --algorithm stands for the last.
        Algorithm::Unigram | Algorithm::WordLevel => Ok((learn::unigram(corpus, wanted(size), seed)?, 0)),
    }
}

/// A character, or the sign for unknown words.
fn is_single(piece: &str) -> bool {
    piece.starts_with('[') || piece.trim_start_matches("##").chars().count() == 1
}

/// The number asked for, be it of tokens or of merges.
pub(crate) fn wanted(size: Size) -> usize {
    match size {
        Size::Vocabulary(tokens) => tokens,
        Size::Merges(merges) => merges,
    }
}
