//! The same merges as the readable trainer, at a cost that follows what a merge changes.
//!
//! The readable trainer looks at every pair before every merge. Here most pairs are never looked at again:
//!
//! 1. **Counts are kept up to date.** A merge changes those of the pairs around the places where it happens.
//! 2. **A score has two parts.** With `m` for the pieces that a merge saves and `f(c) = c ln c`, the gain in
//!    likelihood is `h + f(N) − f(N−m)`, `h = f(c(x)−m) − f(c(x)) + f(c(y)−m) − f(c(y)) + f(m)`. The first
//!    part, `h`, knows the pair and its pieces alone, so it stays as it is while other pieces are merged. The
//!    second, which every merge changes, is the same for all pairs with the same `m`: among those the order is
//!    that of `h`. The perplexity after a merge is made of the same two parts; the count and the ratio have no
//!    second one.
//! 3. **A shortlist.** The best few hundred pairs are scored before every merge. Of all others only bounds are
//!    kept, the largest first part for each `m`; when they no longer show that the winner is on the list, a new
//!    list is made from all pairs.
//! 4. **Rarer pieces.** A merge makes its two pieces rarer, and every pair that holds them better: of a common
//!    piece that is thousands of pairs. Bounds are computed from counts rounded down to a few binary digits, so
//!    those pairs are looked at again only when that number changes.
//!
//! So the winner is found exactly, with all that are as good, at the cost of a few hundred scores a merge.
//!
//! | | file | what it holds |
//! |---|---|---|
//! | 1 | `text` | the words as one linked list of pieces |
//! | 2 | `totals` | how often each piece occurs, the likelihood |
//! | 3 | `places` | where a pair stands |
//! | 4 | `pairs` | for each pair its counts, and which pairs hold a piece |
//! | 5 | `makes` | which piece a pair makes |
//! | 6 | `runs` | what a merge of a piece with itself saves |
//! | 7 | `merge` | a pair becomes a piece wherever it stands |
//! | 8 | `score` | the two parts of a score |
//! | 9 | `shortlist` | the pairs that can be the best |
//! | 10 | `state` | the words, their pairs and the shortlist, and what a merge changes in them |
//! | 11 | `choose` | the best pair |

mod choose;
mod makes;
mod merge;
mod pairs;
mod places;
mod runs;
mod score;
mod shortlist;
mod state;
#[cfg(test)]
mod tests;
mod text;
mod totals;

use super::corpus::characters;
use super::train::summary;
use super::{Criterion, Ties, Training, Until, WordPieceError};
use shortlist::{LEAST, Shortlist};
use state::State;

/// How far training has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Merges made.
    pub merges: usize,
    /// What [`Until`] counts, so far: merges, or pieces on top of the alphabet.
    pub done: usize,
    /// The same at the end; [`usize::MAX`] if as many as there are. Training may end earlier.
    pub wanted: usize,
    /// How often the score of a pair was computed so far: the work that finding the best pair takes.
    pub scored: u64,
}

/// Trains: the merges of [`trace_training`](super::trace_training), without its tables.
///
/// The time is that of the merges themselves, and of a few hundred scores for each: pairs that cannot be the
/// best are not looked at. No language model is trained for any criterion: counts of pieces and pairs are all
/// they need.
///
/// # Formula
/// The gain in likelihood needs no second look at the corpus. With `m` replacements,
///
/// `ΔL = f(c(x)−m) − f(c(x)) + f(c(y)−m) − f(c(y)) + f(c(xy)+m) − f(c(xy)) − f(N−m) + f(N)`, `f(c) = c ln c`,
/// where `c(xy)` counts the pieces `xy` that exist already; if `x = y`, the first four terms become
/// `f(c(x)−2m) − f(c(x))`.
///
/// # Errors
/// [`WordPieceError::EmptyCorpus`], [`WordPieceError::TooManyTokens`], [`WordPieceError::CorpusTooLarge`].
///
/// # Examples
/// ```
/// use concepts::tokenizer::wordpiece::{Criterion, Ties, Until, train};
/// let corpus = [("low", 3), ("lower", 2), ("newest", 4)];
/// let training = train(&corpus, Criterion::Likelihood, Ties::FirstMet, Until::Merges(4))?;
/// assert_eq!(training.pieces[8..], ["lo", "##st", "low", "ne"]);
/// # Ok::<(), concepts::tokenizer::wordpiece::WordPieceError>(())
/// ```
pub fn train<S: AsRef<str>>(
    corpus: &[(S, u64)],
    criterion: Criterion,
    ties: Ties,
    until: Until,
) -> Result<Training, WordPieceError> {
    train_with_progress(corpus, criterion, ties, until, &mut |_| {})
}

/// [`train`], which says after each merge how far it has come.
///
/// # Errors
/// Those of [`train`].
///
/// # Examples
/// ```
/// use concepts::tokenizer::wordpiece::{Criterion, Ties, Until, train_with_progress};
/// let corpus = [("low", 3), ("lower", 2), ("newest", 4)];
/// let mut seen = Vec::new();
/// let mut progress = |progress: concepts::tokenizer::wordpiece::Progress| {
///     seen.push((progress.done, progress.wanted));
/// };
/// let until = Until::Pieces(10); // the alphabet is 8 of them
/// train_with_progress(&corpus, Criterion::Frequency, Ties::FirstMet, until, &mut progress)?;
/// assert_eq!(seen, [(1, 2), (2, 2)]);
/// # Ok::<(), concepts::tokenizer::wordpiece::WordPieceError>(())
/// ```
pub fn train_with_progress<S: AsRef<str>>(
    corpus: &[(S, u64)],
    criterion: Criterion,
    ties: Ties,
    until: Until,
    progress: &mut dyn FnMut(Progress),
) -> Result<Training, WordPieceError> {
    train_listing(corpus, criterion, ties, until, LEAST, progress)
}

/// Trains with shortlists of at least so many pairs.
fn train_listing<S: AsRef<str>>(
    corpus: &[(S, u64)],
    criterion: Criterion,
    ties: Ties,
    until: Until,
    least: usize,
    progress: &mut dyn FnMut(Progress),
) -> Result<Training, WordPieceError> {
    let (names, words) = characters(corpus)?;
    let alphabet = names.names.len();
    let mut state = State::new(names, &words, criterion, ties, Shortlist::new(least))?;
    drop(words);
    let mut merges = Vec::new();
    while !until.reached(merges.len(), state.names.names.len()) {
        let Some(best) = state.choose() else { break };
        merges.push(state.merge(best));
        let (done, wanted) = match until {
            Until::Merges(wanted) => (merges.len(), wanted),
            Until::Pieces(wanted) => (state.names.names.len() - alphabet, wanted - alphabet),
        };
        progress(Progress { merges: merges.len(), done, wanted, scored: state.scored });
    }
    Ok(summary(&state.names, &state.text.words(), merges))
}
