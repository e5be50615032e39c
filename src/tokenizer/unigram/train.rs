//! What training needs and leaves behind.

use super::corpus::occurring;
use super::progress::{Progress, Steps};
use super::{Unigram, UnigramError, UnigramOptions, fast};

/// Some steps of expectation–maximisation and the pruning after them.
#[derive(Debug, Clone, PartialEq)]
pub struct Round {
    /// Number of pieces before it.
    pub pieces: usize,
    /// Log-likelihood of the corpus in nats before each step. It never falls under
    /// [`Estimate::Likelihood`](super::Estimate::Likelihood).
    pub log_likelihoods: Vec<f64>,
    /// How many pieces its steps dropped.
    pub dropped: usize,
    /// How many pieces the pruning took away: none in the last round.
    pub pruned: usize,
}

/// What training leaves behind.
#[derive(Debug, Clone, PartialEq)]
pub struct Training {
    /// The pieces with the logarithms of their probabilities, the most probable first; of equally probable
    /// ones the smaller text.
    pub pieces: Vec<(String, f64)>,
    /// The rounds.
    pub rounds: Vec<Round>,
}

impl Training {
    /// A model of these pieces behind a token for unknown characters, which has id 0.
    ///
    /// # Errors
    /// [`UnigramError::Twice`] if the token is one of the pieces.
    pub fn model(&self, unknown: &str) -> Result<Unigram, UnigramError> {
        let pieces = std::iter::once((unknown.to_string(), 0.0)).chain(self.pieces.iter().cloned());
        Unigram::new(pieces.collect(), Some(0))
    }
}

/// Trains a unigram language model on words with counts, as SentencePiece does.
///
/// It begins with far too many pieces. Each round takes a few steps of expectation–maximisation; then the pieces
/// that the likelihood misses least are taken away, until a tenth more than asked for are left. Of these the most
/// probable are the result. No piece crosses the end of a word.
///
/// # Formula
/// - expectation: `c(x) = Σ_words count · Σ_places P(x stands there | word)`
/// - maximisation: `ln p(x) = ψ(c(x)) − ψ(Σ c)` without the pieces of `c(x) < ½` ([`Estimate`](super::Estimate))
/// - loss of `x`, whose best cut into two or more is `y₁ … y_k`, with `f` counted in the best cut of each word:
///   `f(x) · (ln(f(x)/N) − Σᵢ ln((f(yᵢ) + f(x)) / (N + (k − 1) f(x))))`, `N = Σ f`
/// - in the end once `p(x) = c(x) / Σ c`
///
/// This is the fast one: suffixes are sorted once, and the places of each piece are kept, so that no word is
/// searched again. [`trace_training`](super::trace_training) is the same, line by line.
///
/// # Errors
/// [`UnigramError::EmptyCorpus`], [`UnigramError::BadOption`], [`UnigramError::TooLong`].
///
/// # Reference
/// Kudo 2018, section 3.2; Dempster, Laird & Rubin 1977; `unigram_model_trainer.cc` of SentencePiece 0.2. The
/// prior is that of Liang & Klein 2007, *Structured Bayesian Nonparametric Models with Variational Inference*.
///
/// # Examples
/// ```
/// use concepts::tokenizer::unigram::{UnigramOptions, train};
/// let options = UnigramOptions { pieces: 10, ..UnigramOptions::default() };
/// let training = train(&[("low", 3), ("lower", 2), ("newest", 4)], &options)?;
/// let model = training.model("<unk>")?;
/// assert_eq!(model.text(&model.best("newest")), ["newest"]);
/// # Ok::<(), concepts::tokenizer::unigram::UnigramError>(())
/// ```
pub fn train<S: AsRef<str>>(corpus: &[(S, u64)], options: &UnigramOptions) -> Result<Training, UnigramError> {
    train_with_progress(corpus, options, &mut |_| {})
}

/// [`train`], which says after each step how far it has come.
///
/// # Errors
/// Those of [`train`].
///
/// # Examples
/// ```
/// use concepts::tokenizer::unigram::{Progress, UnigramOptions, train_with_progress};
/// let options = UnigramOptions { pieces: 10, ..UnigramOptions::default() };
/// let mut seen = Vec::new();
/// let mut progress = |progress: Progress| seen.push((progress.done, progress.wanted));
/// train_with_progress(&[("low", 3), ("lower", 2), ("newest", 4)], &options, &mut progress)?;
/// assert_eq!(seen.last(), Some(&(seen.len(), seen.len())));
/// # Ok::<(), concepts::tokenizer::unigram::UnigramError>(())
/// ```
pub fn train_with_progress<S: AsRef<str>>(
    corpus: &[(S, u64)],
    options: &UnigramOptions,
    progress: &mut dyn FnMut(Progress),
) -> Result<Training, UnigramError> {
    options.check()?;
    let (mut model, mut lattice) = fast::seed(&occurring(corpus)?, options)?;
    let mut steps = Steps::new(model.alphabet(), options, progress);
    let mut rounds = Vec::new();
    loop {
        let mut round = Round { pieces: model.len(), log_likelihoods: Vec::new(), dropped: 0, pruned: 0 };
        for step in 1..=options.em_steps {
            let (counts, likelihood) = fast::expect(&lattice, &model);
            round.log_likelihoods.push(likelihood);
            let dropped = model.maximise(&counts, options.estimate);
            round.dropped += lattice.keep(&mut model, &dropped);
            steps.expected(options.em_steps - step, model.len());
        }
        if model.len() > options.enough() {
            let stays = fast::pruned(&lattice, &model, options.kept(model.len()));
            round.pruned = lattice.keep(&mut model, &stays);
        }
        let last = round.pruned == 0;
        if !last {
            steps.pruned(model.len());
        }
        rounds.push(round);
        if last {
            break;
        }
    }
    let stays = model.most_probable(options.pieces);
    lattice.keep(&mut model, &stays);
    let (counts, _) = fast::expect(&lattice, &model);
    steps.finished(model.len());
    Ok(Training { pieces: lattice.result(&model, &counts), rounds })
}
