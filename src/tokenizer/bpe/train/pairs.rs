//! For each pair its count and the places where it stands, and the most frequent pair.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use rustc_hash::FxHashMap;

use super::corpus::{Corpus, NONE};
use crate::tokenizer::TokenId;

/// A pair that is about to be merged.
#[derive(Debug)]
pub(super) struct Best {
    pub(super) ids: (TokenId, TokenId),
    pub(super) count: u64,
    /// Where its left symbol stood when the place was written down, in ascending order. Some are out of
    /// date: a neighbouring merge was quicker.
    pub(super) places: Vec<u32>,
}

#[derive(Debug)]
struct Entry {
    count: u64,
    places: Vec<u32>,
}

/// All pairs.
#[derive(Debug)]
pub(super) struct Pairs {
    numbers: FxHashMap<u64, u32>,
    entries: Vec<Entry>,
    /// Highest count first, then smallest ids. Counts may be out of date, but are never too low: a
    /// pair whose count falls stays where it is until it comes up.
    queue: BinaryHeap<(u64, Reverse<u64>, u32)>,
    /// Pairs that the merge under way has made.
    made: Vec<(u64, u32)>,
}

/// Both ids in one number, ordered as the pair is.
fn key(left: TokenId, right: TokenId) -> u64 {
    u64::from(left) << 32 | u64::from(right)
}

impl Pairs {
    /// Counts all pairs of a corpus.
    pub(super) fn new(corpus: &Corpus) -> Self {
        let mut pairs = Pairs {
            numbers: FxHashMap::default(),
            entries: Vec::new(),
            queue: BinaryHeap::new(),
            made: Vec::new(),
        };
        for (node, place) in corpus.nodes.iter().zip(0..) {
            if node.after != NONE {
                let right = corpus.nodes[node.after as usize].symbol;
                pairs.add(node.symbol, right, corpus.counts[node.word as usize], place);
            }
        }
        pairs.enqueue_made();
        pairs
    }

    /// One more place where a pair stands.
    #[inline]
    pub(super) fn add(&mut self, left: TokenId, right: TokenId, count: u64, place: u32) {
        let key = key(left, right);
        let number = *self.numbers.entry(key).or_insert_with(|| {
            let number = self.entries.len() as u32;
            self.entries.push(Entry { count: 0, places: Vec::new() });
            self.made.push((key, number));
            number
        });
        let entry = &mut self.entries[number as usize];
        entry.count += count;
        entry.places.push(place);
    }

    /// One place less. The place itself stays on the list, and is found to be out of date later.
    #[inline]
    pub(super) fn remove(&mut self, left: TokenId, right: TokenId, count: u64) {
        if let Some(&number) = self.numbers.get(&key(left, right)) {
            let entry = &mut self.entries[number as usize];
            entry.count = entry.count.saturating_sub(count);
        }
    }

    /// After a merge: the pairs that it made wait for their turn.
    pub(super) fn enqueue_made(&mut self) {
        for (key, number) in self.made.drain(..) {
            let count = self.entries[number as usize].count;
            if count > 0 {
                self.queue.push((count, Reverse(key), number));
            }
        }
    }

    /// Takes the most frequent pair, the one with the smallest ids of several; `None` if it occurs less
    /// often than `min_count`.
    pub(super) fn most_frequent(&mut self, min_count: u64) -> Option<Best> {
        while let Some((count, Reverse(key), number)) = self.queue.pop() {
            let entry = &mut self.entries[number as usize];
            if entry.count < min_count {
                continue;
            }
            if entry.count < count {
                self.queue.push((entry.count, Reverse(key), number));
                continue;
            }
            entry.count = 0;
            let places = std::mem::take(&mut entry.places);
            return Some(Best { ids: ((key >> 32) as TokenId, key as TokenId), count, places });
        }
        None
    }
}
