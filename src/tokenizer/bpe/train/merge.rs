//! One merge.

use super::corpus::{Corpus, NONE};
use super::pairs::{Best, Pairs};
use crate::tokenizer::TokenId;

/// Replaces a pair by a token wherever it stands, and updates the counts of the pairs around it.
///
/// Places come in ascending order, so each word is read from left to right: in `aaa` the first two
/// become one. What it does at one place, with `x` before and `y` after:
///
/// ```text
/// x [a b] y        x+a, b+y one less
/// x   X   y        x+X, X+y one more
/// ```
pub(super) fn everywhere(corpus: &mut Corpus, pairs: &mut Pairs, best: &Best, token: TokenId) {
    let (a, b) = best.ids;
    for &place in &best.places {
        let left = corpus.nodes[place as usize];
        if left.symbol != a || left.after == NONE || corpus.nodes[left.after as usize].symbol != b {
            continue;
        }
        let after = corpus.nodes[left.after as usize].after;
        let count = corpus.counts[left.word as usize];
        if left.before != NONE {
            let x = corpus.nodes[left.before as usize].symbol;
            pairs.remove(x, a, count);
            pairs.add(x, token, count, left.before);
        }
        if after != NONE {
            let right = &mut corpus.nodes[after as usize];
            right.before = place;
            pairs.remove(b, right.symbol, count);
            pairs.add(token, right.symbol, count, place);
        }
        corpus.nodes[left.after as usize].symbol = NONE;
        let node = &mut corpus.nodes[place as usize];
        node.symbol = token;
        node.after = after;
    }
    pairs.enqueue_made();
}
