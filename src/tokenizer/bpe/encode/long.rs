//! Long words: symbols linked to their neighbours, possible merges in a queue. For a word of `n`
//! symbols `n log n` steps.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::tokenizer::TokenId;
use crate::tokenizer::bpe::ranks::{NEVER, Ranks};

const NONE: u32 = u32::MAX;

/// Neighbours of each symbol, and the merges that wait: the first turn first, then leftmost.
#[derive(Debug, Clone, Default)]
pub(super) struct Links {
    before: Vec<u32>,
    after: Vec<u32>,
    queue: BinaryHeap<Reverse<Waiting>>,
}

/// A possible merge: its turn, its place, and the two symbols as they were, to see whether they still
/// are.
type Waiting = (u32, u32, TokenId, TokenId);

/// Merges in place until no merge is left. `links` is memory to be used again.
pub(super) fn merge(ranks: &Ranks, symbols: &mut Vec<TokenId>, links: &mut Links) {
    links.reset(symbols.len());
    for left in 0..symbols.len() as u32 {
        links.offer(ranks, symbols, left);
    }
    while let Some(Reverse((turn, left, a, b))) = links.queue.pop() {
        let right = links.after[left as usize];
        if symbols[left as usize] != a || right == NONE || symbols[right as usize] != b {
            continue;
        }
        links.remove(right);
        // Each rank has a turn of its own, unless it is said otherwise.
        let rank = if ranks.has_turns() { ranks.get(a, b) } else { turn };
        symbols[left as usize] = ranks.token(rank);
        // A removed symbol is nobody's neighbour and no part of a pair.
        symbols[right as usize] = NONE;
        links.offer(ranks, symbols, left);
        let before = links.before[left as usize];
        if before != NONE {
            links.offer(ranks, symbols, before);
        }
    }
    links.keep(symbols);
}

impl Links {
    fn reset(&mut self, n: usize) {
        let n = n as u32;
        self.before.clear();
        self.before.extend((0..n).map(|i| i.wrapping_sub(1)));
        self.after.clear();
        self.after.extend((1..n).chain([NONE]));
        self.queue.clear();
    }

    /// Puts the pair that starts at `left` into the queue, if it has a merge.
    fn offer(&mut self, ranks: &Ranks, symbols: &[TokenId], left: u32) {
        let right = self.after[left as usize];
        if right == NONE {
            return;
        }
        let (a, b) = (symbols[left as usize], symbols[right as usize]);
        let rank = ranks.get(a, b);
        if rank != NEVER {
            self.queue.push(Reverse((ranks.turn(rank), left, a, b)));
        }
    }

    /// Takes a symbol out of the row.
    fn remove(&mut self, at: u32) {
        let (before, after) = (self.before[at as usize], self.after[at as usize]);
        self.after[before as usize] = after;
        if after != NONE {
            self.before[after as usize] = before;
        }
        self.after[at as usize] = NONE;
    }

    /// Moves the symbols that are left to the front.
    fn keep(&self, symbols: &mut Vec<TokenId>) {
        let (mut at, mut kept) = (0, 0);
        while at != NONE {
            symbols[kept] = symbols[at as usize];
            kept += 1;
            at = self.after[at as usize];
        }
        symbols.truncate(kept);
    }
}
