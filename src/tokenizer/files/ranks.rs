//! Byte-pair encoding by the ranks of its tokens, as tiktoken has it.

use std::collections::{BTreeMap, HashMap};

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

/// Cuts a token with those of lower rank: the lowest rank first, of several such the leftmost.
fn cut_below<'a>(token: &'a [u8], limit: TokenId, ranks: &HashMap<&[u8], TokenId>) -> Vec<&'a [u8]> {
    let mut borders: Vec<usize> = (0..=token.len()).collect();
    loop {
        let rank = |i: usize| ranks.get(&token[borders[i]..borders[i + 2]]).copied();
        let places = 0..borders.len().saturating_sub(2);
        let best = places.filter_map(|i| Some((rank(i)?, i))).filter(|(rank, _)| *rank < limit).min();
        match best {
            Some((_, i)) => drop(borders.remove(i + 1)),
            None => return borders.windows(2).map(|ends| &token[ends[0]..ends[1]]).collect(),
        }
    }
}
