//! The readable trainer: the formulas one by one, on the model that also encodes.

use std::collections::HashSet;

use super::corpus::{WordCount, in_order, occurring};
use super::formula::{self, LEAST_COUNT};
use super::seed::seed;
use super::train::{Round, Training};
use super::{Unigram, UnigramError, UnigramOptions};

/// A piece that a pruning took away.
#[derive(Debug, Clone, PartialEq)]
pub struct Pruned {
    /// The piece.
    pub piece: String,
    /// By how much the log-likelihood of the best cuts was estimated to fall, in nats; 0 for one that no best
    /// cut holds, or whose own text is better cut.
    pub loss: f64,
}

/// Trains as [`train`](super::train()) does, and keeps what each pruning took away, the smallest loss first.
///
/// Every word is searched anew at every step: this is for looking at, on some thousand words.
///
/// # Errors
/// [`UnigramError::EmptyCorpus`], [`UnigramError::BadOption`].
///
/// # Reference
/// Kudo 2018, section 3.2; `unigram_model_trainer.cc` of SentencePiece 0.2.
///
/// # Examples
/// ```
/// use concepts::tokenizer::unigram::{UnigramOptions, trace_training, train};
/// let options = UnigramOptions { pieces: 10, ..UnigramOptions::default() };
/// let corpus = [("low", 3), ("lower", 2), ("newest", 4)];
/// let (prunings, training) = trace_training(&corpus, &options)?;
/// assert_eq!(prunings.len() + 1, training.rounds.len());
/// let names = |training: concepts::tokenizer::unigram::Training| -> Vec<String> {
///     training.pieces.into_iter().map(|(piece, _)| piece).collect()
/// };
/// assert_eq!(names(training), names(train(&corpus, &options)?));
/// # Ok::<(), concepts::tokenizer::unigram::UnigramError>(())
/// ```
pub fn trace_training<S: AsRef<str>>(
    corpus: &[(S, u64)],
    options: &UnigramOptions,
) -> Result<(Vec<Vec<Pruned>>, Training), UnigramError> {
    options.check()?;
    let corpus = occurring(corpus)?;
    let mut model = Unigram::new(seed(&corpus, options), None)?;
    let (mut prunings, mut rounds) = (Vec::new(), Vec::new());
    loop {
        let pieces = model.pieces().len();
        let mut round = Round { pieces, log_likelihoods: Vec::new(), dropped: 0, pruned: 0 };
        for _ in 0..options.em_steps {
            let (counts, likelihood) = expect(&model, &corpus);
            round.log_likelihoods.push(likelihood);
            model = maximise(&model, &counts, options)?;
        }
        round.dropped = pieces - model.pieces().len();
        if model.pieces().len() > options.enough() {
            let (less, away) = prune(&model, &corpus, options.kept(model.pieces().len()))?;
            model = less;
            round.pruned = away.len();
            prunings.extend((!away.is_empty()).then_some(away));
        }
        rounds.push(round);
        if rounds.last().is_some_and(|round| round.pruned == 0) {
            break;
        }
    }
    let model = most_probable(&model, options.pieces)?;
    let (counts, _) = expect(&model, &corpus);
    let names = model.pieces().iter().map(|(piece, _)| piece.clone());
    let pieces = in_order(names.zip(formula::shares(&counts, LEAST_COUNT)).collect());
    Ok((prunings, Training { pieces, rounds }))
}

fn is_character(piece: &str) -> bool {
    piece.chars().nth(1).is_none()
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

/// The pieces with new probabilities, without those that are dropped.
fn maximise(model: &Unigram, counts: &[f64], options: &UnigramOptions) -> Result<Unigram, UnigramError> {
    let pieces = model.pieces();
    let new = formula::maximise(counts, |id| is_character(&pieces[id].0), options.estimate);
    let pieces = pieces.iter().zip(new).filter_map(|((piece, _), new)| Some((piece.clone(), new?)));
    Unigram::new(pieces.collect(), None)
}

/// The model without the pieces of the smallest loss.
fn prune(
    model: &Unigram,
    corpus: &[WordCount<'_>],
    kept: usize,
) -> Result<(Unigram, Vec<Pruned>), UnigramError> {
    let pieces = model.pieces();
    let mut counts = vec![0u64; pieces.len()];
    for &(word, count) in corpus {
        for id in model.best(word).spans.iter().filter_map(|span| span.id) {
            counts[id as usize] = counts[id as usize].saturating_add(count);
        }
    }
    let total = counts.iter().fold(0u64, |sum, &count| sum.saturating_add(count));
    let characters = pieces.iter().filter(|(piece, _)| is_character(piece)).count();
    let longer = (0..pieces.len()).filter(|&id| !is_character(&pieces[id].0));
    let mut losses: Vec<(usize, Option<f64>)> =
        longer.map(|id| (id, loss(model, &counts, total, id))).collect();
    // A loss may be below 0; one that is none comes last all the same.
    let order = |loss: Option<f64>| loss.unwrap_or(f64::NEG_INFINITY);
    losses.sort_by(|a, b| order(b.1).total_cmp(&order(a.1)));
    let worth = losses.iter().filter(|(_, loss)| loss.is_some()).count();
    let away = losses.split_off(worth.min(kept.saturating_sub(characters)));
    let gone: HashSet<usize> = away.iter().map(|(id, _)| *id).collect();
    let left = pieces.iter().enumerate().filter(|(id, _)| !gone.contains(id));
    let less = Unigram::new(left.map(|(_, piece)| piece.clone()).collect(), None)?;
    let named = away
        .iter()
        .rev()
        .map(|&(id, loss)| Pruned { piece: pieces[id].0.clone(), loss: loss.unwrap_or(0.0) });
    Ok((less, named.collect()))
}

/// What the likelihood loses without a piece; nothing for one that no best cut holds, or that is itself better
/// cut.
fn loss(model: &Unigram, counts: &[u64], total: u64, id: usize) -> Option<f64> {
    let (piece, _) = &model.pieces()[id];
    let cuts = model.best_cuts(piece, 2).unwrap_or_default();
    let whole = cuts.first().is_some_and(|cut| cut.spans.len() == 1);
    let parts: Vec<u64> =
        cuts.get(1)?.spans.iter().filter_map(|span| Some(counts[span.id? as usize])).collect();
    (whole && counts[id] > 0).then(|| formula::loss(counts[id], parts.into_iter(), total))
}

/// The characters, and the most probable of the longer pieces, so many in all.
fn most_probable(model: &Unigram, wanted: usize) -> Result<Unigram, UnigramError> {
    let (characters, mut longer): (Vec<_>, Vec<_>) =
        model.pieces().iter().cloned().partition(|(piece, _)| is_character(piece));
    longer.sort_by(|a, b| formula::more_probable(a.1, b.1));
    longer.truncate(wanted.saturating_sub(characters.len()));
    Unigram::new(characters.into_iter().chain(longer).collect(), None)
}
