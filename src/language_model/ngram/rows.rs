//! Every token of the corpus with its context, sorted and counted.

use rayon::slice::ParallelSliceMut;

use super::key::{Key, Layout};

/// The different rows of a corpus, sorted, each with the number of its occurrences.
pub(super) struct Rows<K> {
    pub(super) layout: Layout,
    pub(super) keys: Vec<K>,
    pub(super) counts: Vec<u32>,
}

/// Sorts and counts the rows of `documents`.
///
/// Each document is read as `E t₁ … tₘ E` with `E = end`.
pub(super) fn rows<K: Key>(documents: &[&[u32]], end: u32, order: usize) -> Rows<K> {
    let layout = Layout::new(order, end);
    let mut keys = Vec::with_capacity(documents.iter().map(|document| document.len() + 1).sum());
    for document in documents {
        let mut context = K::EMPTY.behind(end, layout);
        for &token in document.iter().chain([&end]) {
            let row = context.with(token, layout);
            keys.push(row);
            context = row.behind(token, layout);
        }
    }
    // Rows that compare equal are equal: an unstable sort on any number of threads gives one result.
    keys.par_sort_unstable();
    let counts = keys.chunk_by(|a, b| a == b).map(|same| same.len() as u32).collect();
    keys.dedup();
    keys.shrink_to_fit();
    Rows { layout, keys, counts }
}
