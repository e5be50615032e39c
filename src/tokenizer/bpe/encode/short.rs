//! Short words: a scan of all ranks before each merge is faster than any queue.

use crate::tokenizer::TokenId;
use crate::tokenizer::bpe::ranks::{NEVER, Ranks, UNKNOWN};

/// Up to so many symbols a word is short.
pub(super) const SHORT: usize = PLACES - 1;
const PLACES: usize = 64;
/// So many places are looked at together.
const STRIDE: usize = 8;
/// The last place is no symbol's: it is before the first symbol and after the last one.
const OUTSIDE: usize = PLACES - 1;
/// What is before and after each place when nothing is merged. Before the first is the outside.
const NEIGHBOURS: ([u8; PLACES], [u8; PLACES]) = {
    let (mut before, mut after) = ([OUTSIDE as u8; PLACES], [OUTSIDE as u8; PLACES]);
    let mut place = 0;
    while place < OUTSIDE {
        before[place + 1] = place as u8;
        after[place] = place as u8 + 1;
        place += 1;
    }
    (before, after)
};
/// Where no merge waits, the rank is [`NEVER`].
const NOTHING: u64 = (NEVER as u64) << 32;

/// What there is to know about the symbols of a word. What was merged away stays where it is and is
/// skipped: that is faster than moving all that follows.
#[derive(Debug, Clone)]
pub(super) struct Row {
    /// For the pair that starts at a place its rank, then the place: the smallest is next.
    waiting: [u64; PLACES],
    before: [u8; PLACES],
    after: [u8; PLACES],
}

impl Default for Row {
    fn default() -> Self {
        Row { waiting: [NOTHING; PLACES], before: [0; PLACES], after: [0; PLACES] }
    }
}

/// Merges at most [`SHORT`] symbols until no merge is left. `row` is memory to be used again.
pub(super) fn merge(ranks: &Ranks, symbols: &mut Vec<TokenId>, row: &mut Row) {
    let n = symbols.len();
    if n < 2 {
        return;
    }
    // Room for the place outside, where there is no token.
    symbols.resize(PLACES, UNKNOWN);
    if let Some(all) = symbols.first_chunk_mut() {
        row.fill(ranks, all, n);
        // The places where a pair can start, in whole strides.
        let used = (n - 1).next_multiple_of(STRIDE);
        while let Some((rank, place)) = row.next(used) {
            row.apply(ranks, all, rank, place);
        }
        let kept = row.keep(all);
        symbols.truncate(kept);
    }
}

impl Row {
    #[inline]
    fn fill(&mut self, ranks: &Ranks, symbols: &[TokenId; PLACES], n: usize) {
        let last = (n - 1) % PLACES;
        for place in 0..last {
            self.waiting[place] = waiting(ranks, symbols[place], symbols[place + 1], place);
        }
        self.waiting[last..(last + STRIDE).min(PLACES)].fill(NOTHING);
        (self.before, self.after) = NEIGHBOURS;
        self.after[last] = OUTSIDE as u8;
    }

    /// The lowest rank, and the leftmost place of several.
    #[inline]
    fn next(&self, used: usize) -> Option<(u32, usize)> {
        let (strides, _) = self.waiting[..used].as_chunks::<STRIDE>();
        let next = strides.iter().map(smallest).fold(NOTHING, u64::min);
        (next < NOTHING).then_some(((next >> 32) as u32, next as usize % PLACES))
    }

    /// Merges the pair that starts at a place.
    #[inline]
    fn apply(&mut self, ranks: &Ranks, symbols: &mut [TokenId; PLACES], rank: u32, place: usize) {
        let right = usize::from(self.after[place]) % PLACES;
        let after = usize::from(self.after[right]) % PLACES;
        let before = usize::from(self.before[place]) % PLACES;
        let token = ranks.token(rank);
        self.after[place] = after as u8;
        self.before[after] = place as u8;
        symbols[place] = token;
        self.waiting[right] = NOTHING;
        self.waiting[place] = waiting(ranks, token, symbols[after], place);
        // Outside there is no token, and nothing waits there.
        self.waiting[before] = waiting(ranks, symbols[before], token, before);
    }

    /// Moves what is left to the front; returns how many there are.
    #[inline]
    fn keep(&self, symbols: &mut [TokenId; PLACES]) -> usize {
        let (mut place, mut kept) = (0, 0);
        while place != OUTSIDE {
            symbols[kept] = symbols[place];
            kept += 1;
            place = usize::from(self.after[place]) % PLACES;
        }
        kept
    }
}

/// In pairs, so that the processor need not wait for one comparison to begin the next.
#[inline]
fn smallest(&[a, b, c, d, e, f, g, h]: &[u64; STRIDE]) -> u64 {
    (a.min(b).min(c.min(d))).min(e.min(f).min(g.min(h)))
}

#[inline]
fn waiting(ranks: &Ranks, left: TokenId, right: TokenId, place: usize) -> u64 {
    u64::from(ranks.get(left, right)) << 32 | place as u64
}
