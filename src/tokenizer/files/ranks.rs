//! Byte-pair encoding by the ranks of its tokens, as tiktoken has it.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap, HashMap};

use crate::tokenizer::bpe::{Base, Bpe, ByteOrder, Pair, WordEnd};
use crate::tokenizer::{Symbol, TokenId, TokenizerError, Vocabulary};

/// Tokens by rank.
pub(super) type Ranked = BTreeMap<TokenId, Vec<u8>>;

/// A model by the ranks of its tokens. If every token is made of two by the tokens before it, these are its merges,
/// one a token; otherwise any two neighbours that make a token may merge.
pub(super) fn bpe_of(tokens: Ranked) -> Result<Bpe, TokenizerError> {
    let base = Base::Bytes(ByteOrder::Value);
    let merges = merges(&tokens);
    let longer = |(&id, token): (&TokenId, &Vec<u8>)| (token.len() > 1).then_some(id);
    let order: Vec<TokenId> = tokens.iter().filter_map(longer).collect();
    let symbols = tokens.into_iter().map(|(id, token)| (id, Symbol::from(token))).collect();
    let vocabulary = Vocabulary::with_gaps(symbols)?;
    match merges {
        Some(merges) => Bpe::of_vocabulary(base, WordEnd::Unmarked, vocabulary, &merges),
        None => Bpe::by_token(base, vocabulary, &order),
    }
}

/// The merge that makes each token of two bytes or more; `None` if there is a token that no merge makes.
///
/// Cut a token with those before it: if two parts are left, the merge joins them. Whatever stands beside the token
/// in a text, the same two parts are there before it is.
pub(super) fn merges(tokens: &Ranked) -> Option<Vec<Pair>> {
    let mut ranks: HashMap<&[u8], TokenId> = HashMap::with_capacity(tokens.len());
    for (&rank, token) in tokens {
        ranks.entry(token).or_insert(rank);
    }
    let merge = |(&rank, token): (&TokenId, &'_ Vec<u8>)| match cut_below(token, rank, &ranks).as_slice() {
        [left, right] => Some((Symbol::from(*left), Symbol::from(*right))),
        _ => None,
    };
    tokens.iter().filter(|(_, token)| token.len() > 1).map(merge).collect()
}

/// Tokens of more bytes are cut with a heap.
const LONG: usize = 64;

/// Cuts a token with those of lower rank: the lowest rank first, of several such the leftmost.
fn cut_below<'a>(token: &'a [u8], limit: TokenId, ranks: &HashMap<&[u8], TokenId>) -> Vec<&'a [u8]> {
    let rank = |start: usize, end: usize| ranks.get(&token[start..end]).copied().filter(|&rank| rank < limit);
    let borders = if token.len() > LONG { by_heap(token.len(), rank) } else { by_search(token.len(), rank) };
    borders.windows(2).map(|ends| &token[ends[0]..ends[1]]).collect()
}

/// Where a token is cut, its ends included; `rank` is that of a stretch of it.
fn by_search(bytes: usize, rank: impl Fn(usize, usize) -> Option<TokenId>) -> Vec<usize> {
    let mut borders: Vec<usize> = (0..=bytes).collect();
    loop {
        let places = 0..borders.len().saturating_sub(2);
        let best = places.filter_map(|i| Some((rank(borders[i], borders[i + 2])?, i))).min();
        match best {
            Some((_, i)) => drop(borders.remove(i + 1)),
            None => return borders,
        }
    }
}

/// The same in few steps for each byte: a file may hold a token of a megabyte.
fn by_heap(bytes: usize, rank: impl Fn(usize, usize) -> Option<TokenId>) -> Vec<usize> {
    // For each border the one before and the one behind; a border that is gone is behind none.
    let mut before: Vec<usize> = (0..=bytes).map(|at| at.saturating_sub(1)).collect();
    let mut behind: Vec<usize> = (0..=bytes).map(|at| (at + 1).min(bytes)).collect();
    let mut gone = vec![false; bytes + 1];
    let mut open = BinaryHeap::new();
    let offer = |open: &mut BinaryHeap<_>, behind: &[usize], start: usize| {
        let (middle, end) = (behind[start], behind[behind[start]]);
        if let Some(rank) = (middle < end).then(|| rank(start, end)).flatten() {
            open.push(Reverse((rank, start, middle, end)));
        }
    };
    (0..bytes).for_each(|start| offer(&mut open, &behind, start));
    while let Some(Reverse((_, start, middle, end))) = open.pop() {
        if gone[start] || behind[start] != middle || behind[middle] != end {
            continue; // a neighbour has changed since
        }
        gone[middle] = true;
        (behind[start], before[end]) = (end, start);
        offer(&mut open, &behind, start);
        if start > 0 {
            offer(&mut open, &behind, before[start]);
        }
    }
    (0..=bytes).filter(|&at| !gone[at]).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_heap_cuts_as_the_search_does(
            parts in prop::collection::vec("[ab]{2,5}", 0..20),
            token in "[ab]{1,40}",
        ) {
            let ranks: HashMap<&str, TokenId> = parts.iter().map(String::as_str).zip(0..).collect();
            let rank = |start: usize, end: usize| ranks.get(&token[start..end]).copied();
            prop_assert_eq!(by_heap(token.len(), rank), by_search(token.len(), rank));
        }
    }

    #[test]
    fn a_token_of_a_megabyte_is_cut_in_few_steps() {
        let asked = std::cell::Cell::new(0usize);
        let rank = |start: usize, end: usize| {
            asked.set(asked.get() + 1);
            (end - start == 2).then_some(1)
        };
        let bytes = 1_000_000;
        assert_eq!(by_heap(bytes, rank).len(), bytes / 2 + 1);
        assert!(asked.get() <= 4 * bytes, "{}", asked.get());
    }
}
