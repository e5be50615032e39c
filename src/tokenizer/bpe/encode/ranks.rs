//! Which two tokens become which, and when.

use crate::tokenizer::TokenId;
use crate::tokenizer::bpe::Merge;

/// A merge as encoding needs it: the rank, then the token. The lower one comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Next(u64);

/// The merge of a pair that has none.
pub(super) const NEVER: Next = Next(u64::MAX);

impl Next {
    pub(super) fn token(self) -> TokenId {
        self.0 as TokenId
    }

    pub(super) fn rank(self) -> u32 {
        (self.0 >> 32) as u32
    }
}

/// A hash table from pairs to merges. It is made once and only read then; at most a quarter of the slots
/// are taken, so that most pairs without a merge are known at the first look.
#[derive(Debug, Clone)]
pub(in crate::tokenizer::bpe) struct Ranks {
    /// Both ids in one number, and the merge. Their number is a power of two.
    slots: Vec<(u64, Next)>,
    /// The same for two ids below 256, in rows: with these every word begins.
    first: Vec<Next>,
}

/// Ids with a row of their own.
const ROWS: u32 = 256;

impl Ranks {
    pub(in crate::tokenizer::bpe) fn new(merges: &[Merge]) -> Self {
        let slots = vec![(0, NEVER); (merges.len() * 4).next_power_of_two()];
        let mut ranks = Ranks { slots, first: vec![NEVER; (ROWS * ROWS) as usize] };
        for (merge, rank) in merges.iter().zip(0u64..) {
            let key = key(merge.left, merge.right);
            let at = ranks.search(key);
            let next = Next(rank << 32 | u64::from(merge.token));
            ranks.slots[at] = (key, next);
            if merge.left | merge.right < ROWS {
                ranks.first[(merge.left * ROWS + merge.right) as usize] = next;
            }
        }
        ranks
    }

    /// The merge of a pair, or [`NEVER`].
    #[inline]
    pub(super) fn next(&self, left: TokenId, right: TokenId) -> Next {
        if left | right < ROWS {
            return self.first[(left * ROWS + right) as usize];
        }
        self.slots[self.search(key(left, right))].1
    }

    /// The rank of a pair.
    pub(in crate::tokenizer::bpe) fn rank(&self, left: TokenId, right: TokenId) -> Option<u32> {
        let next = self.next(left, right);
        (next != NEVER).then(|| next.rank())
    }

    /// The slot of a pair, or the free one where it would be.
    #[inline]
    fn search(&self, key: u64) -> usize {
        let mask = self.slots.len() - 1;
        // The high half of the product depends on all bits of the key. The factor is 2⁶⁴ by the golden ratio.
        let mut at = (key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as usize & mask;
        while self.slots[at].1 != NEVER && self.slots[at].0 != key {
            at = (at + 1) & mask;
        }
        at
    }
}

fn key(left: TokenId, right: TokenId) -> u64 {
    u64::from(left) << 32 | u64::from(right)
}
