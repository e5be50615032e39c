//! Whole characters to begin with.
//!
//! With a base of bytes a Chinese character is three symbols, and the first merges of a word do little
//! but put characters together again. Where it is certain that nothing can come between, encoding
//! begins with the token of the character: a third of the symbols, and the same tokens in the end.
//!
//! # When it is certain
//! Let the bytes of a character, merged on their own, end in one token `t`, and let the highest rank on
//! the way be `h`. A symbol at an edge of the character could merge with a neighbour instead. In UTF-8
//! that neighbour is the end or the beginning of another character, which not every symbol can be.
//! The character is taken whole if
//!
//! 1. at every step on the way, every merge of an edge with a possible neighbour has a higher rank than
//!    the step, so that the step comes first; and
//! 2. every merge of `t` with a possible neighbour has a higher rank than `h`, so that no merge of `t`
//!    becomes possible earlier than it would have.
//!
//! By 1 the symbols of the character go their own way until they are `t`, whatever stands beside them.
//! By 2 the merge that comes next among all others is the same with `t` in place from the beginning: if
//! it touches `t`, the steps towards `t` have lower ranks and are all done by then. Nothing is assumed
//! about the list of merges; where 1 or 2 fails, encoding begins with the bytes.
//!
//! With a base of characters nothing is to be proved: the same table has the token of each.

use super::Merge;
use super::ranks::{NEVER, Ranks, UNKNOWN};
use crate::tokenizer::{Symbol, TokenId, Vocabulary};

/// Characters that share a row.
const ROW: usize = 64;
/// One more than the largest character, in rows.
const ROWS: usize = (char::MAX as usize + 1) / ROW;

/// The tokens of the characters that can be taken whole.
#[derive(Debug, Clone)]
pub(super) struct Characters {
    /// For each 64 characters the number of their row. Most share row 0, which has no token.
    index: Vec<u16>,
    rows: Vec<[TokenId; ROW]>,
}

impl Characters {
    /// The characters of a model whose base is bytes; `bytes` are their tokens.
    pub(super) fn new(
        vocabulary: &Vocabulary,
        merges: &[Merge],
        ranks: &Ranks,
        bytes: &[TokenId; 256],
    ) -> Self {
        let mut characters = Characters { index: vec![0; ROWS], rows: vec![[UNKNOWN; ROW]] };
        let edges = Edges::new(vocabulary.tokens(), merges, ranks);
        for token in vocabulary.tokens() {
            let text = token.as_str().unwrap_or_default();
            let mut chars = text.chars();
            if let (Some(c), None) = (chars.next(), chars.next())
                && !c.is_ascii()
                && let Some(id) = assemble(ranks, &edges, text.bytes().map(|byte| bytes[usize::from(byte)]))
            {
                characters.put(c, id);
            }
        }
        characters
    }

    /// The characters of a model whose base is characters.
    pub(super) fn plain(vocabulary: &Vocabulary) -> Self {
        let mut characters = Characters { index: vec![0; ROWS], rows: vec![[UNKNOWN; ROW]] };
        for (token, id) in vocabulary.tokens().iter().zip(0..) {
            let mut chars = token.as_str().unwrap_or_default().chars();
            if let (Some(c), None) = (chars.next(), chars.next()) {
                characters.put(c, id);
            }
        }
        characters
    }

    fn put(&mut self, c: char, id: TokenId) {
        let (row, column) = (c as usize / ROW, c as usize % ROW);
        if self.index[row] == 0 {
            self.index[row] = self.rows.len() as u16;
            self.rows.push([UNKNOWN; ROW]);
        }
        self.rows[usize::from(self.index[row])][column] = id;
    }

    /// The token of a character, or [`UNKNOWN`] if it has none, or must begin with its bytes.
    #[inline]
    pub(super) fn get(&self, c: char) -> TokenId {
        self.rows[usize::from(self.index[c as usize / ROW])][c as usize % ROW]
    }
}

/// The token that the bytes of a character become on their own, if no neighbour can come between.
fn assemble(ranks: &Ranks, edges: &Edges, bytes: impl Iterator<Item = TokenId>) -> Option<TokenId> {
    let mut symbols: Vec<TokenId> = bytes.collect();
    let mut highest = 0;
    while let [first, .., last] = symbols[..] {
        let pairs = symbols.windows(2).map(|pair| ranks.get(pair[0], pair[1])).zip(0..);
        let (rank, place) = pairs.min()?;
        if rank >= edges.lowest(first, last) {
            return None;
        }
        highest = highest.max(rank);
        symbols[place] = ranks.token(rank);
        symbols.remove(place + 1);
    }
    let token = symbols[0];
    (highest < edges.lowest(token, token)).then_some(token)
}

/// For each token the lowest rank at which a neighbouring character could take it.
struct Edges {
    /// The neighbour is on the left.
    left: Vec<u32>,
    right: Vec<u32>,
}

impl Edges {
    fn new(tokens: &[Symbol], merges: &[Merge], ranks: &Ranks) -> Self {
        let mut edges = Edges { left: vec![NEVER; tokens.len()], right: vec![NEVER; tokens.len()] };
        for merge in merges {
            let rank = ranks.get(merge.left, merge.right);
            let (left, right) = (merge.left as usize, merge.right as usize);
            let lower = |lowest: &mut u32| *lowest = rank.min(*lowest);
            if ends_character(&tokens[left]) {
                lower(&mut edges.left[right]);
            }
            if begins_character(&tokens[right]) {
                lower(&mut edges.right[left]);
            }
        }
        edges
    }

    /// The lowest rank at which a neighbour takes the first or the last symbol of a character.
    fn lowest(&self, first: TokenId, last: TokenId) -> u32 {
        self.left[first as usize].min(self.right[last as usize])
    }
}

/// Whether the last byte can be the last one of a character: not the first of several.
fn ends_character(token: &Symbol) -> bool {
    token.as_bytes().last().is_none_or(|&byte| byte < 0xC0)
}

/// Whether the first byte can be the first one of a character: none that continues one.
fn begins_character(token: &Symbol) -> bool {
    token.as_bytes().first().is_none_or(|&byte| !(0x80..0xC0).contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tokenizer::bpe::{Base, Bpe, ByteOrder, WordEnd};

    /// 一 is E4 B8 80, 丁 is E4 B8 81: two characters that share the bytes of their edges with many others.
    const ONE: [&[u8]; 3] = [b"\xE4", b"\xB8", b"\x80"];

    /// The character 一 in a model with these merges, given as bytes.
    fn taken(merges: &[(&[u8], &[u8])]) -> bool {
        let mut tokens: Vec<Symbol> = (0..=u8::MAX).map(|byte| Symbol::from(&[byte][..])).collect();
        let pairs: Vec<(Symbol, Symbol)> =
            merges.iter().map(|&(left, right)| (Symbol::from(left), Symbol::from(right))).collect();
        for (left, right) in &pairs {
            let joined = left.joined(right);
            if !tokens.contains(&joined) {
                tokens.push(joined);
            }
        }
        let base = Base::Bytes(ByteOrder::Value);
        let bpe = Bpe::from_pairs(base, WordEnd::Unmarked, tokens, &pairs).expect("whole");
        let bytes = std::array::from_fn(|byte| byte as TokenId);
        bpe.characters(&bytes).get('一') != UNKNOWN
    }

    #[test]
    fn a_character_that_is_put_together_is_taken_whole() {
        let [a, b, c] = ONE;
        assert!(taken(&[(a, b), (b"\xE4\xB8", c)]));
        assert!(taken(&[(b, c), (a, b"\xB8\x80")]));
        // It is never put together.
        assert!(!taken(&[(a, b)]));
        assert!(!taken(&[(b, c), (a, b), (b"\xE4\xB8", c)]));
    }

    #[test]
    fn not_where_a_neighbour_comes_first() {
        let [a, b, c] = ONE;
        let last = (b"\xE4\xB8".as_slice(), c);
        // The first byte of a next character takes the last one: before, it matters; behind, it does not.
        assert!(!taken(&[(c, b"\xE5"), (a, b), last]));
        assert!(taken(&[(a, b), last, (c, b"\xE5")]));
        // 80 80 is within a character, and so is E5 E4 in no text.
        assert!(taken(&[(c, b"\x80"), (b"\xE5", a), (a, b), last]));
        // The last byte of the one before takes the first.
        assert!(!taken(&[(a, b), (b"\x81", b"\xE4\xB8"), last]));
        assert!(!taken(&[(a, b), (b"a", b"\xE4\xB8"), last]));
    }

    #[test]
    fn not_where_its_token_could_go_on_too_early() {
        let [a, b, c] = ONE;
        let whole = b"\xE4\xB8\x80".as_slice();
        let steps = [(a, b), (b"\xE4\xB8".as_slice(), c)];
        assert!(!taken(&[(whole, b"a"), steps[0], steps[1]]));
        assert!(taken(&[steps[0], steps[1], (whole, b"a")]));
        assert!(taken(&[(whole, b"\x80"), steps[0], steps[1]]));
    }
}
