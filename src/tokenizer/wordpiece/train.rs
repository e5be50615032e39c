//! The readable trainer: count everything, cut the corpus anew for every candidate, take the best.

use super::corpus::{Names, Pair, Word, characters, log_likelihood, merged, pair_counts, piece_counts};
use super::criterion::Measures;
use super::{Candidate, Criterion, Ties, Until, WordPieceError};

/// What training leaves behind.
#[derive(Debug, Clone, PartialEq)]
pub struct Training {
    /// The pieces in the order of their ids: the alphabet, then what was merged.
    pub pieces: Vec<String>,
    /// The pairs that were merged, in order.
    pub merges: Vec<(String, String)>,
    /// Each word of the corpus as it is cut in the end, with its count.
    pub words: Vec<(Vec<String>, u64)>,
}

/// One merge, with the table it was chosen from.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Every pair, in the order in which a reader of the corpus meets them.
    pub candidates: Vec<Candidate>,
    /// Which one was merged.
    pub chosen: usize,
    /// All that were equally good, the chosen one among them.
    pub tied: Vec<usize>,
    /// `N`: pieces in the corpus before the merge.
    pub tokens: u64,
    /// `L = Σ c(x) ln(c(x)/N)` before the merge, in nats.
    pub log_likelihood: f64,
    /// `exp(−L/N)` before the merge.
    pub perplexity: f64,
}

impl Step {
    /// The pair that was merged, with its numbers.
    ///
    /// # Examples
    /// ```
    /// use concepts::tokenizer::wordpiece::{Criterion, Ties, Until, trace_training};
    /// let (steps, _) = trace_training(&[("aab", 2)], Criterion::Frequency, Ties::FirstMet, Until::Merges(1))?;
    /// assert_eq!(steps[0].best().merged, "aa");
    /// # Ok::<(), concepts::tokenizer::wordpiece::WordPieceError>(())
    /// ```
    pub fn best(&self) -> &Candidate {
        &self.candidates[self.chosen]
    }
}

/// Trains and keeps the table before each merge.
///
/// Words are taken in the order given. Those that are empty or never occur are left out. Training stops
/// early when every word is a single piece. Every candidate is tried on the whole corpus: this is for
/// looking at, on a few hundred words; [`train`](super::train()) makes the same merges on a large corpus.
///
/// # Errors
/// [`WordPieceError::EmptyCorpus`], [`WordPieceError::TooManyTokens`].
///
/// # Reference
/// Schuster & Nakajima 2012, section 3.
///
/// # Examples
/// Three criteria, three first merges:
/// ```
/// use concepts::tokenizer::wordpiece::{Criterion, Ties, Until, trace_training};
/// let corpus = [("low", 3), ("lower", 2), ("newest", 4)];
/// let first = |criterion| -> Result<String, concepts::tokenizer::wordpiece::WordPieceError> {
///     let (steps, _) = trace_training(&corpus, criterion, Ties::FirstMet, Until::Merges(1))?;
///     Ok(steps[0].best().merged.clone())
/// };
/// assert_eq!(first(Criterion::Frequency)?, "##we");
/// assert_eq!(first(Criterion::Ratio)?, "##st");
/// assert_eq!(first(Criterion::Likelihood)?, "lo");
/// # Ok::<(), concepts::tokenizer::wordpiece::WordPieceError>(())
/// ```
pub fn trace_training<S: AsRef<str>>(
    corpus: &[(S, u64)],
    criterion: Criterion,
    ties: Ties,
    until: Until,
) -> Result<(Vec<Step>, Training), WordPieceError> {
    let (mut names, mut words) = characters(corpus)?;
    let mut steps = Vec::new();
    while !until.reached(steps.len(), names.names.len()) {
        let Some(step) = next_step(&names, &words, criterion, ties) else { break };
        let pair = step.best().ids;
        let new = names.join(pair);
        for word in &mut words {
            word.pieces = merged(&word.pieces, pair, new);
        }
        steps.push(step);
    }
    let pairs = steps.iter().map(|step| step.best().ids).collect();
    Ok((steps, summary(&names, &words, pairs)))
}

pub(super) fn summary(names: &Names, words: &[Word], pairs: Vec<Pair>) -> Training {
    let name = |id: u32| names.name(id).to_string();
    Training {
        pieces: names.names.clone(),
        merges: pairs.into_iter().map(|(left, right)| (name(left), name(right))).collect(),
        words: words.iter().map(|w| (w.pieces.iter().map(|&p| name(p)).collect(), w.count)).collect(),
    }
}

fn next_step(names: &Names, words: &[Word], criterion: Criterion, ties: Ties) -> Option<Step> {
    let counts = piece_counts(words, names.names.len());
    let tokens: u64 = counts.iter().sum();
    let before = log_likelihood(&counts);
    let candidates: Vec<Candidate> = pair_counts(words)
        .into_iter()
        .map(|(pair, count)| candidate(names, words, &counts, before, pair, count))
        .collect();
    let measures: Vec<Measures> = candidates.iter().map(Candidate::measures).collect();
    let best = measures.iter().map(|m| criterion.score(m)).reduce(f64::max)?;
    let enough = best - criterion.rounding(best, before);
    let tied: Vec<usize> = (0..measures.len()).filter(|&i| criterion.score(&measures[i]) >= enough).collect();
    let chosen = match ties {
        Ties::FirstMet => *tied.first()?,
        Ties::SmallestIds => *tied.iter().min_by_key(|&&i| candidates[i].ids)?,
    };
    Some(Step {
        candidates,
        chosen,
        tied,
        tokens,
        log_likelihood: before,
        perplexity: perplexity(before, tokens),
    })
}

/// `exp(−L/N)`.
pub(super) fn perplexity(log_likelihood: f64, tokens: u64) -> f64 {
    libm::exp(-log_likelihood / tokens as f64)
}

/// Cuts the corpus anew and counts again: nothing here follows from the ratio.
fn candidate(
    names: &Names,
    words: &[Word],
    counts: &[u64],
    before: f64,
    pair: Pair,
    count: u64,
) -> Candidate {
    let new = names.find(pair).unwrap_or(counts.len() as u32);
    let after: Vec<Word> = words
        .iter()
        .map(|word| Word { pieces: merged(&word.pieces, pair, new), count: word.count })
        .collect();
    let counts_after = piece_counts(&after, counts.len() + 1);
    let (tokens, tokens_after): (u64, u64) = (counts.iter().sum(), counts_after.iter().sum());
    let likelihood_after = log_likelihood(&counts_after);
    let ratio = ratio(count, counts[pair.0 as usize], counts[pair.1 as usize]);
    Candidate {
        left: names.name(pair.0).into(),
        right: names.name(pair.1).into(),
        merged: names.joined(pair),
        count,
        replaced: tokens - tokens_after,
        ratio,
        estimated_gain: count as f64 * libm::log(ratio * tokens as f64),
        likelihood_gain: likelihood_after - before,
        perplexity: perplexity(likelihood_after, tokens_after),
        ids: pair,
    }
}

/// `c(xy) / (c(x) c(y))`.
pub(super) fn ratio(pair: u64, left: u64, right: u64) -> f64 {
    pair as f64 / (left as f64 * right as f64)
}

impl Candidate {
    fn measures(&self) -> Measures {
        Measures {
            count: self.count,
            ratio: self.ratio,
            gain: self.likelihood_gain,
            perplexity: self.perplexity,
        }
    }
}
