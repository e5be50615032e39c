//! The contexts as a tree, with the adjusted counts of every order.

use std::ops::Range;

use super::Discounts;
use super::discounts::counts_of_counts;
use super::rows::Row;

/// All contexts of one length: level `d` holds those of `d` tokens, the root none.
///
/// A context's children have one token more in front. Nodes of a parent lie together, sorted.
#[derive(Debug, Clone, Default)]
pub(super) struct Level {
    /// The first token of each context, the one that its parent does not have.
    pub(super) first: Vec<u32>,
    /// Node `i` has the children `children[i] .. children[i + 1]` of the next level.
    pub(super) children: Vec<u32>,
    /// Node `i` was followed by `token[entries[i] .. entries[i + 1]]`, sorted.
    pub(super) entries: Vec<u32>,
    /// The tokens that followed.
    pub(super) token: Vec<u32>,
    /// Their adjusted counts.
    pub(super) count: Vec<u32>,
}

impl Level {
    /// The number of contexts.
    pub(super) fn nodes(&self) -> usize {
        self.first.len()
    }

    /// The children of `node`, in the next level.
    pub(super) fn children(&self, node: usize) -> Range<usize> {
        self.children[node] as usize..self.children[node + 1] as usize
    }

    /// The entries of `node`.
    pub(super) fn entries(&self, node: usize) -> Range<usize> {
        self.entries[node] as usize..self.entries[node + 1] as usize
    }

    /// Discounts from the counts of counts of this order.
    pub(super) fn discounts(&self) -> Discounts {
        Discounts::estimate(counts_of_counts(self.count.iter().map(|&count| u64::from(count))))
    }
}

/// The tree for sorted `rows`, one level an order.
pub(super) fn levels(rows: &[(Row, u32)], end: u32, order: usize) -> Vec<Level> {
    let (mut levels, spans) = contexts(rows, end, order);
    let mut tally = Tally::new(end as usize + 1);
    for depth in (0..order).rev() {
        let mut level = std::mem::take(&mut levels[depth]);
        level.entries.push(0);
        for (node, span) in spans[depth].iter().enumerate() {
            let children = level.children(node);
            if children.is_empty() {
                level.token.extend(rows[span.clone()].iter().map(|(row, _)| row.token));
                level.count.extend(rows[span.clone()].iter().map(|(_, count)| count));
            } else {
                let longer = &levels[depth + 1];
                for child in children {
                    tally.add(&longer.token[longer.entries(child)]);
                }
                tally.drain_into(&mut level);
            }
            level.entries.push(level.token.len() as u32);
        }
        levels[depth] = level;
    }
    levels
}

/// The nodes of every level, without entries, and for each node the rows of its context.
fn contexts(rows: &[(Row, u32)], end: u32, order: usize) -> (Vec<Level>, Vec<Vec<Range<usize>>>) {
    let root = Level { first: vec![super::rows::NOTHING], ..Level::default() };
    let (mut levels, mut spans) = (vec![root], vec![vec![0..rows.len()]]);
    for depth in 0..order {
        let level = &mut levels[depth];
        let (mut next, mut next_spans) = (Level::default(), Vec::new());
        level.children.push(0);
        for (&first, span) in level.first.iter().zip(&spans[depth]) {
            // Nothing stands before the start of a document.
            if depth + 1 < order && first != end {
                split(rows, span.clone(), depth, &mut next.first, &mut next_spans);
            }
            level.children.push(next.first.len() as u32);
        }
        if depth + 1 < order {
            levels.push(next);
            spans.push(next_spans);
        }
    }
    (levels, spans)
}

/// The children of a node: its rows, parted where the token at `depth` before changes.
fn split(
    rows: &[(Row, u32)],
    span: Range<usize>,
    depth: usize,
    first: &mut Vec<u32>,
    spans: &mut Vec<Range<usize>>,
) {
    let mut begin = span.start;
    for group in rows[span].chunk_by(|(a, _), (b, _)| a.before[depth] == b.before[depth]) {
        first.push(group[0].0.before[depth]);
        spans.push(begin..begin + group.len());
        begin += group.len();
    }
}

/// Counts in how many lists each token occurs.
struct Tally {
    /// By token, 0 between uses.
    count: Vec<u32>,
    seen: Vec<u32>,
}

impl Tally {
    fn new(vocab_size: usize) -> Self {
        Self { count: vec![0; vocab_size], seen: Vec::new() }
    }

    fn add(&mut self, tokens: &[u32]) {
        for &token in tokens {
            let count = &mut self.count[token as usize];
            if *count == 0 {
                self.seen.push(token);
            }
            *count += 1;
        }
    }

    /// Appends the tokens, sorted, with their counts, and is empty again.
    fn drain_into(&mut self, level: &mut Level) {
        self.seen.sort_unstable();
        for &token in &self.seen {
            level.token.push(token);
            level.count.push(std::mem::take(&mut self.count[token as usize]));
        }
        self.seen.clear();
    }
}
