//! Expectation–maximisation, and pruning by what the likelihood loses.

use super::progress::{Progress, Steps};
use super::seed::{WordCount, seed};
use super::{Unigram, UnigramError, UnigramOptions};

/// The smallest share that a piece keeps during training, so that its logarithm stays finite.
const SMALLEST_SHARE: f64 = 1e-30;

/// What a piece counts at least when training ends. A character that only stands inside longer pieces is
/// then rare, not impossible.
const LEAST_COUNT: f64 = 0.5;

/// A piece that a pruning took away.
#[derive(Debug, Clone, PartialEq)]
pub struct Pruned {
    /// The piece.
    pub piece: String,
    /// By how much the log-likelihood of the corpus was estimated to fall, in nats.
    pub loss: f64,
}

/// Some steps of expectation–maximisation and the pruning after them.
#[derive(Debug, Clone, PartialEq)]
pub struct Round {
    /// Number of pieces.
    pub pieces: usize,
    /// Log-likelihood of the corpus in nats: before the first step, and after each. It never falls.
    pub log_likelihoods: Vec<f64>,
    /// What was taken away, the smallest loss first. Empty in the last round.
    pub pruned: Vec<Pruned>,
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

/// Trains a unigram language model on words with counts.
///
/// Each round takes a few steps of expectation–maximisation and then takes pieces away, until few enough are
/// left; a last round follows. No piece crosses the end of a word.
///
/// # Formula
/// - expectation: `c(x) = Σ_words count · Σ_places P(x stands there | word)`
/// - maximisation: `p(x) = c(x) / Σ c`
/// - loss of `x`, whose second-best cut is `y₁ … y_k`: what it counts goes to them,
///   `c(x) · (ln p(x) − Σᵢ ln p′(yᵢ))`, `p′(y) = (c(y) + c(x)) / (Σ c + (k − 1) c(x))`
///
/// SentencePiece puts a prior on the probabilities (a digamma function in the maximisation). Here it is the
/// plain algorithm, whose likelihood never falls.
///
/// # Errors
/// [`UnigramError::EmptyCorpus`], [`UnigramError::BadOption`].
///
/// # Reference
/// Kudo 2018, section 3.2; Dempster, Laird & Rubin 1977.
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
    let corpus: Vec<WordCount<'_>> = corpus
        .iter()
        .map(|(word, count)| (word.as_ref(), *count))
        .filter(|(word, count)| !word.is_empty() && *count > 0)
        .collect();
    if corpus.is_empty() {
        return Err(UnigramError::EmptyCorpus);
    }
    let mut model = Unigram::new(seed(&corpus, options), None)?;
    let mut steps = Steps::new(&model, options, progress);
    let mut rounds = Vec::new();
    loop {
        let (next, counts, mut round) = maximise(model, &corpus, options.em_steps, &mut steps)?;
        model = next;
        let losses = removable(&model, &counts);
        let surplus = options.surplus(model.pieces().len(), losses.len());
        steps.done(model.pieces().len());
        if surplus == 0 {
            rounds.push(round);
            let pieces = last_pieces(&model, &counts);
            return Ok(Training { pieces, rounds });
        }
        (model, round.pruned) = prune(&model, &losses[..surplus])?;
        rounds.push(round);
    }
}

/// Steps of expectation–maximisation; the counts belong to the last expectation, after the last step.
fn maximise(
    mut model: Unigram,
    corpus: &[WordCount<'_>],
    em_steps: usize,
    steps: &mut Steps<'_>,
) -> Result<(Unigram, Vec<f64>, Round), UnigramError> {
    let mut round = Round { pieces: model.pieces().len(), log_likelihoods: Vec::new(), pruned: Vec::new() };
    let (mut counts, mut likelihood) = expect(&model, corpus);
    steps.done(round.pieces);
    for _ in 0..em_steps {
        round.log_likelihoods.push(likelihood);
        let least = SMALLEST_SHARE * counts.iter().sum::<f64>();
        model = Unigram::new(with_counts(&model, &counts, least), None)?;
        (counts, likelihood) = expect(&model, corpus);
        steps.done(round.pieces);
    }
    round.log_likelihoods.push(likelihood);
    Ok((model, counts, round))
}

/// The expected count of each piece, and the log-likelihood of the corpus.
fn expect(model: &Unigram, corpus: &[WordCount<'_>]) -> (Vec<f64>, f64) {
    let mut counts = vec![0.0; model.pieces().len()];
    let mut likelihood = 0.0;
    for &(word, count) in corpus {
        let count = count as f64;
        likelihood += count
            * model.for_each_marginal(word, |marginal| {
                if let Some(id) = marginal.id {
                    counts[id as usize] += count * marginal.probability;
                }
            });
    }
    (counts, likelihood)
}

/// The same pieces, each as probable as its count says; none counts less than `least`.
fn with_counts(model: &Unigram, counts: &[f64], least: f64) -> Vec<(String, f64)> {
    let counts: Vec<f64> = counts.iter().map(|c| c.max(least)).collect();
    let total: f64 = counts.iter().sum();
    let pieces = model.pieces().iter().zip(&counts);
    pieces.map(|((piece, _), c)| (piece.clone(), libm::log(c / total))).collect()
}

/// The pieces of more than one character, each with its loss: the smallest loss first, then the longer
/// piece, then the larger text.
fn removable(model: &Unigram, counts: &[f64]) -> Vec<(u32, f64)> {
    let total: f64 = counts.iter().sum();
    let pieces = model.pieces();
    let mut losses: Vec<(u32, f64)> = (0u32..)
        .zip(pieces)
        .filter(|(_, (piece, _))| piece.chars().nth(1).is_some())
        .map(|(id, _)| (id, loss(model, counts, total, id)))
        .collect();
    let text = |id: u32| pieces[id as usize].0.as_str();
    losses.sort_by(|a, b| {
        let longer = text(b.0).len().cmp(&text(a.0).len());
        a.1.total_cmp(&b.1).then(longer).then_with(|| text(b.0).cmp(text(a.0)))
    });
    losses
}

/// What the log-likelihood loses when a piece is cut in the best way without it.
fn loss(model: &Unigram, counts: &[f64], total: f64, id: u32) -> f64 {
    let (piece, log_prob) = &model.pieces()[id as usize];
    let count = counts[id as usize];
    // Two are asked for: one of them may be the piece itself. Characters are always there.
    let cuts = model.best_cuts(piece, 2).unwrap_or_default();
    let Some(other) = cuts.into_iter().find(|cut| cut.spans.len() > 1) else { return f64::INFINITY };
    let parts: Vec<usize> = other.spans.iter().filter_map(|span| span.id).map(|id| id as usize).collect();
    let total_after = total + (parts.len() as f64 - 1.0) * count;
    let after: f64 = parts.iter().map(|&y| libm::log((counts[y] + count) / total_after)).sum();
    count * (log_prob - after)
}

fn prune(model: &Unigram, away: &[(u32, f64)]) -> Result<(Unigram, Vec<Pruned>), UnigramError> {
    let mut stays = vec![true; model.pieces().len()];
    for &(id, _) in away {
        stays[id as usize] = false;
    }
    let name = |id: u32| model.pieces()[id as usize].0.clone();
    let pruned = away.iter().map(|&(id, loss)| Pruned { piece: name(id), loss }).collect();
    let kept = model.pieces().iter().zip(stays).filter(|(_, stays)| *stays);
    Ok((Unigram::new(kept.map(|(piece, _)| piece.clone()).collect(), None)?, pruned))
}

/// The result: no piece counts less than [`LEAST_COUNT`]; the most probable first.
fn last_pieces(model: &Unigram, counts: &[f64]) -> Vec<(String, f64)> {
    let mut pieces = with_counts(model, counts, LEAST_COUNT);
    pieces.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    pieces
}
