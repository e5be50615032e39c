//! What the tie rule decides: training again and again, once for each way to break the ties.

use super::{BpeOptions, Pair, ReadableTrainer, WordCount};
use crate::tokenizer::TokenizerError;

/// Every list of merges that some way of breaking ties leads to.
///
/// At each step all pairs with the highest count are tried in turn, in order of first appearance; the
/// tie rule of the options is not used. What is true of all paths is true whatever the rule.
///
/// # Errors
/// [`TokenizerError::TooManyPaths`] if there are more than `limit` paths; otherwise as
/// [`ReadableTrainer::new`].
///
/// # Examples
/// ```
/// use concepts::tokenizer::bpe::{BpeOptions, all_tie_paths};
/// let words = [("low", 3), ("lower", 2), ("newest", 4)];
/// let paths = all_tie_paths(&words, &BpeOptions::default(), 1000)?;
/// assert_eq!(paths.len(), 48);
/// // w+e is never tied.
/// assert!(paths.iter().all(|path| path[0] == ("w".into(), "e".into())));
/// # Ok::<(), concepts::tokenizer::TokenizerError>(())
/// ```
pub fn all_tie_paths<W: AsRef<[u8]>>(
    words: &[WordCount<W>],
    options: &BpeOptions,
    limit: usize,
) -> Result<Vec<Vec<Pair>>, TokenizerError> {
    let mut paths = Vec::new();
    // Depth first; the branch to be followed next is on top.
    let mut open = vec![ReadableTrainer::new(words, options)?];
    while let Some(trainer) = open.pop() {
        // Every open branch ends in at least one path.
        if paths.len() + open.len() >= limit {
            return Err(TokenizerError::TooManyPaths { limit });
        }
        let (_, ties) = trainer.candidates(&trainer.pair_counts());
        if ties.is_empty() {
            paths.push(trainer.merges().to_vec());
        }
        for pair in ties.iter().rev() {
            let mut branch = trainer.clone();
            branch.merge(pair);
            open.push(branch);
        }
    }
    Ok(paths)
}
