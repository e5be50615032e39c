//! The contexts as a tree, with the adjusted counts of every order.

use std::ops::Range;

use super::discounts::counts_of_counts;
use super::key::{Key, Layout};
use super::rows::{Rows, rows};
use super::{Discounts, MAX_ORDER};

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

/// The tree under construction: all contexts, and the entries of some levels.
pub(super) struct Contexts {
    pub(super) levels: Vec<Level>,
    /// By level and node: the rows of its context.
    spans: Vec<Vec<Range<u32>>>,
    /// The token and the count of each row.
    token: Vec<u32>,
    count: Vec<u32>,
}

impl Contexts {
    /// The contexts of `documents`, without entries.
    pub(super) fn of(documents: &[&[u32]], end: u32, order: usize) -> Self {
        // The narrowest number that holds a row is the fastest to sort.
        match Layout::new(order, end).width() {
            0..=64 => Self::from_rows(rows::<u64>(documents, end, order), end),
            65..=128 => Self::from_rows(rows::<u128>(documents, end, order), end),
            _ => Self::from_rows(rows::<[u32; MAX_ORDER]>(documents, end, order), end),
        }
    }

    fn from_rows<K: Key>(rows: Rows<K>, end: u32) -> Self {
        let root = Level { first: vec![0], ..Level::default() };
        let (mut levels, mut spans) = (vec![root], vec![vec![0..rows.keys.len() as u32]]);
        for depth in 0..rows.layout.order {
            let (level, deepest) = (&mut levels[depth], depth + 1 == rows.layout.order);
            let (mut next, mut next_spans) = (Level::default(), Vec::new());
            level.children.push(0);
            for (&first, span) in level.first.iter().zip(&spans[depth]) {
                // Nothing stands before the start of a document.
                let at_start = depth > 0 && first == end;
                if !deepest && !at_start {
                    split(&rows, span.clone(), depth, &mut next.first, &mut next_spans);
                }
                level.children.push(next.first.len() as u32);
            }
            if !deepest {
                levels.push(next);
                spans.push(next_spans);
            }
        }
        let token = rows.keys.iter().map(|key| key.token(rows.layout)).collect();
        Self { levels, spans, token, count: rows.counts }
    }

    /// Counts what followed the contexts of `depth` tokens; those of `depth + 1` are counted before.
    pub(super) fn count(&mut self, depth: usize, end: u32) {
        let mut level = std::mem::take(&mut self.levels[depth]);
        let mut tally = Tally::new(end as usize + 1);
        level.entries.reserve_exact(level.nodes() + 1);
        level.entries.push(0);
        for (node, span) in std::mem::take(&mut self.spans[depth]).into_iter().enumerate() {
            let children = level.children(node);
            if children.is_empty() {
                let span = span.start as usize..span.end as usize;
                level.token.extend_from_slice(&self.token[span.clone()]);
                level.count.extend_from_slice(&self.count[span]);
            } else {
                let longer = &self.levels[depth + 1];
                for child in children {
                    tally.add(&longer.token[longer.entries(child)]);
                }
                tally.drain_into(&mut level);
            }
            level.entries.push(level.token.len() as u32);
        }
        level.token.shrink_to_fit();
        level.count.shrink_to_fit();
        self.levels[depth] = level;
    }
}

/// The children of a node: its rows, parted where the token at `depth` before changes.
fn split<K: Key>(
    rows: &Rows<K>,
    span: Range<u32>,
    depth: usize,
    first: &mut Vec<u32>,
    spans: &mut Vec<Range<u32>>,
) {
    let mut begin = span.start;
    let before = |key: &K| key.before(depth, rows.layout);
    let keys = &rows.keys[span.start as usize..span.end as usize];
    for group in keys.chunk_by(|a, b| before(a) == before(b)) {
        first.push(before(&group[0]));
        spans.push(begin..begin + group.len() as u32);
        begin += group.len() as u32;
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
