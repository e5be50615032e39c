//! Short words: a scan of all ranks before each merge is faster than any queue.

use super::Ranks;
use crate::tokenizer::TokenId;

/// The rank of a pair that has no merge.
const NEVER: u32 = u32::MAX;

/// Merges in place until no merge is left. `ranks` is memory to be used again.
pub(super) fn merge(ranks: &Ranks, symbols: &mut Vec<TokenId>, of: &mut Vec<u32>) {
    // of[i]: the rank of the pair that starts at i
    let rank = |symbols: &[TokenId], i: usize| {
        let right = symbols.get(i + 1)?;
        ranks.get(symbols[i], *right).map(|(rank, _)| rank)
    };
    of.clear();
    of.extend((0..symbols.len()).map(|i| rank(symbols, i).unwrap_or(NEVER)));
    while let Some((i, _)) = lowest(of) {
        // The token is looked up again rather than kept: it is needed once in a whole scan.
        let Some((_, token)) = ranks.get(symbols[i], symbols[i + 1]) else { return };
        symbols[i] = token;
        symbols.remove(i + 1);
        of.remove(i + 1);
        of[i] = rank(symbols, i).unwrap_or(NEVER);
        if i > 0 {
            of[i - 1] = rank(symbols, i - 1).unwrap_or(NEVER);
        }
    }
}

/// The lowest rank and the leftmost place where it is.
fn lowest(of: &[u32]) -> Option<(usize, u32)> {
    let mut best = (0, NEVER);
    for (i, &rank) in of.iter().enumerate() {
        if rank < best.1 {
            best = (i, rank);
        }
    }
    (best.1 != NEVER).then_some(best)
}
