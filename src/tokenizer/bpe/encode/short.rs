//! Short words: a scan of all ranks before each merge is faster than any queue.

use super::ranks::{NEVER, Next, Ranks};
use crate::tokenizer::TokenId;

/// Merges in place until no merge is left. `next` is memory to be used again.
pub(super) fn merge(ranks: &Ranks, symbols: &mut Vec<TokenId>, next: &mut Vec<Next>) {
    // next[i]: the merge of the pair that starts at i; the last symbol starts none.
    next.clear();
    next.extend(symbols.windows(2).map(|pair| ranks.next(pair[0], pair[1])));
    while let Some((i, merge)) = lowest(next) {
        symbols[i] = merge.token();
        symbols.remove(i + 1);
        next.remove(i);
        if let Some(merge) = next.get_mut(i) {
            *merge = ranks.next(symbols[i], symbols[i + 1]);
        }
        if i > 0 {
            next[i - 1] = ranks.next(symbols[i - 1], symbols[i]);
        }
    }
}

/// The merge of the lowest rank, the leftmost of several, and its place.
#[inline]
fn lowest(next: &[Next]) -> Option<(usize, Next)> {
    let mut best = (0, NEVER);
    for (i, &merge) in next.iter().enumerate() {
        if merge < best.1 {
            best = (i, merge);
        }
    }
    (best.1 != NEVER).then_some(best)
}
