//! Every token of the corpus with its context, sorted and counted.

use rayon::slice::ParallelSliceMut;

use super::MAX_ORDER;

/// Stands where no token is: before the start of a document, and beyond the order.
pub(super) const NOTHING: u32 = u32::MAX;

/// A token in its context.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Row {
    /// The tokens before it, the nearest first. Rows that share a context of any length lie
    /// together once rows are sorted.
    pub(super) before: [u32; MAX_ORDER - 1],
    /// The token itself.
    pub(super) token: u32,
}

/// The different rows of `documents`, sorted, each with the number of its occurrences.
///
/// Each document is read as `E t₁ … tₘ E` with `E = end`.
pub(super) fn rows(documents: &[&[u32]], end: u32, order: usize) -> Vec<(Row, u32)> {
    let mut all = Vec::with_capacity(documents.iter().map(|document| document.len() + 1).sum());
    for document in documents {
        let mut before = [NOTHING; MAX_ORDER - 1];
        push(&mut before, end, order);
        for &token in document.iter().chain([&end]) {
            all.push(Row { before, token });
            push(&mut before, token, order);
        }
    }
    // Rows that compare equal are equal: an unstable sort on any number of threads gives one result.
    all.par_sort_unstable();
    all.chunk_by(|a, b| a == b).map(|same| (same[0], same.len() as u32)).collect()
}

/// Puts `token` in front and forgets what is beyond the order.
fn push(before: &mut [u32; MAX_ORDER - 1], token: u32, order: usize) {
    let kept = order - 1;
    if kept > 0 {
        before.copy_within(0..kept - 1, 1);
        before[0] = token;
    }
}
