//! Which two tokens become which, and when.

use super::Merge;
use crate::tokenizer::TokenId;

/// The rank of a pair that has no merge. It has all bits set.
pub(super) const NEVER: u32 = u32::MAX;

/// A symbol that has no token, so that no merge has it.
pub(super) const UNKNOWN: TokenId = TokenId::MAX;

/// So many bits of a slot hold an id: no model comes near 2²¹ tokens.
const ID_BITS: u32 = 21;
/// The others hold the rank.
const RANK_BITS: u32 = 64 - 2 * ID_BITS;
/// A slot without a pair: it is made of the largest ids, which no token has.
const FREE: u64 = u64::MAX;

/// The most tokens that a model may have. Some ids are left over, so that no token together with an id
/// of 32 bits looks like a free slot.
pub(super) const MAX_TOKENS: usize = (1 << ID_BITS) - (1 << (32 - ID_BITS));
/// The most merges that a model may have.
pub(super) const MAX_MERGES: usize = 1 << RANK_BITS;

/// Ids with a row of their own.
const ROWS: u32 = 256;

/// A hash table from pairs to ranks. It is made once and only read then.
///
/// Encoding spends its time here, and most of it with branches that were guessed wrongly: whether a pair
/// has a merge is as good as random. So there is no branch. A pair is in one of two slots, both are looked
/// at, and the answer is put together from both ([cuckoo hashing]).
///
/// [cuckoo hashing]: https://doi.org/10.1016/j.jalgor.2003.12.002
#[derive(Debug, Clone)]
pub(super) struct Ranks {
    /// Left, right and rank in one number. Their number is a power of two.
    slots: Vec<u64>,
    /// The ranks of two ids below 256, in rows: with these every word begins.
    first: Vec<u32>,
    /// What the merges make, by rank; merges of one rank make the same.
    tokens: Vec<TokenId>,
    /// The turn of each rank, where several ranks have the same; otherwise empty, and each rank has its own.
    turns: Vec<u32>,
}

impl Ranks {
    /// The ids are below [`MAX_TOKENS`], the merges at most [`MAX_MERGES`], and no pair has two. The rank of a
    /// merge is its place in the list, or, with `by_token`, the number of the token that it makes, counted
    /// where merges that make the same stand together.
    pub(super) fn new(merges: &[Merge], by_token: bool) -> Self {
        let mut first = vec![NEVER; (ROWS * ROWS) as usize];
        let mut pairs = Vec::with_capacity(merges.len());
        let mut tokens: Vec<TokenId> = Vec::with_capacity(merges.len());
        for merge in merges {
            if !by_token || tokens.last() != Some(&merge.token) {
                tokens.push(merge.token);
            }
            let rank = tokens.len() as u32 - 1;
            if merge.left | merge.right < ROWS {
                first[(merge.left * ROWS + merge.right) as usize] = rank;
            } else {
                pairs.push(key(merge.left, merge.right) << RANK_BITS | u64::from(rank));
            }
        }
        Ranks { slots: slots(&pairs), first, tokens, turns: Vec::new() }
    }

    /// The same, where the turn of a merge is that of the token that it makes: of one turn the leftmost comes first.
    pub(super) fn with_turns(mut self, turn: impl Fn(TokenId) -> u32) -> Self {
        self.turns = self.tokens.iter().map(|&token| turn(token)).collect();
        self
    }

    /// Whether several ranks may have one turn.
    pub(super) fn has_turns(&self) -> bool {
        !self.turns.is_empty()
    }

    /// When a merge has its turn: the lowest comes first.
    pub(super) fn turn(&self, rank: u32) -> u32 {
        self.turns.get(rank as usize).copied().unwrap_or(rank)
    }

    /// The rank of the merge of a pair, or [`NEVER`]. An id that no token has is in no pair.
    #[inline]
    pub(super) fn get(&self, left: TokenId, right: TokenId) -> u32 {
        if left | right < ROWS {
            return self.first[(left * ROWS + right) as usize];
        }
        let key = key(left, right);
        let [one, two] = places(key, self.slots.len()).map(|place| self.slots[place]);
        rank_if(one >> RANK_BITS == key, one) & rank_if(two >> RANK_BITS == key, two)
    }

    /// What the merge of a rank makes.
    #[inline]
    pub(super) fn token(&self, rank: u32) -> TokenId {
        self.tokens[rank as usize]
    }

    /// The rank of a pair, if it has a merge.
    pub(super) fn rank(&self, left: TokenId, right: TokenId) -> Option<u32> {
        Some(self.get(left, right)).filter(|&rank| rank != NEVER)
    }
}

/// All pairs in slots, each in one of its two places. Of four slots at most one is taken, where that
/// works out at once; otherwise there are more.
fn slots(pairs: &[u64]) -> Vec<u64> {
    let mut size = (pairs.len() * 4).next_power_of_two();
    loop {
        let mut slots = vec![FREE; size];
        if pairs.iter().all(|&pair| insert(&mut slots, pair)) {
            return slots;
        }
        size *= 2;
    }
}

/// Puts a pair into one of its places. Who was there moves to its other place, and so on; `false` if that
/// does not end.
fn insert(slots: &mut [u64], mut pair: u64) -> bool {
    let mut place = places(pair >> RANK_BITS, slots.len())[0];
    for _ in 0..64 {
        std::mem::swap(&mut slots[place], &mut pair);
        if pair == FREE {
            return true;
        }
        let [one, two] = places(pair >> RANK_BITS, slots.len());
        place = if place == one { two } else { one };
    }
    false
}

/// The rank in a slot, or [`NEVER`].
#[inline]
fn rank_if(yes: bool, slot: u64) -> u32 {
    (slot as u32 & ((1 << RANK_BITS) - 1)) | u32::from(yes).wrapping_sub(1)
}

/// Both ids in one number. An id of 32 bits spills over, and the key is none of a pair of tokens.
#[inline]
fn key(left: TokenId, right: TokenId) -> u64 {
    u64::from(left) << ID_BITS | u64::from(right)
}

/// The two places of a pair. The high half of a product depends on all bits of the key; the factors are
/// odd and without structure: 2⁶⁴ by the golden ratio, and digits of π.
#[inline]
fn places(key: u64, slots: usize) -> [usize; 2] {
    [0x9E37_79B9_7F4A_7C15, 0x243F_6A88_85A3_08D3]
        .map(|factor: u64| (key.wrapping_mul(factor) >> 32) as usize & (slots - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every pair of 300 ids that is a multiple of 7, more than enough for some to be moved.
    #[test]
    fn every_pair_is_found_and_no_other() {
        let ids = 300;
        let pair = |n: u32| (n / ids, n % ids);
        let merges: Vec<Merge> = (0..ids * ids)
            .step_by(7)
            .map(|n| Merge { left: pair(n).0, right: pair(n).1, token: n })
            .collect();
        let ranks = Ranks::new(&merges, false);
        for n in 0..ids * ids {
            let (left, right) = pair(n);
            let wanted = (n % 7 == 0).then_some(n / 7);
            assert_eq!(ranks.rank(left, right), wanted, "{left} {right}");
            assert!(wanted.is_none_or(|rank| ranks.token(rank) == n));
        }
        assert_eq!(ranks.get(u32::MAX, 7), NEVER);
        assert_eq!(ranks.get(7, u32::MAX), NEVER);
    }

    #[test]
    fn without_merges_no_pair_has_one() {
        let ranks = Ranks::new(&[], false);
        let largest = MAX_TOKENS as u32 - 1;
        for (left, right) in [(0, 0), (1000, 1000), (largest, largest)] {
            assert_eq!(ranks.get(left, right), NEVER);
            assert_eq!(ranks.get(left, u32::MAX), NEVER);
            assert_eq!(ranks.get(u32::MAX, right), NEVER);
        }
    }
}
