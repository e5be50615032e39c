//! The words that were seen not long ago, with their tokens.

use crate::tokenizer::TokenId;
use crate::tokenizer::bpe::ranks::UNKNOWN;
use crate::tokenizer::bpe::table::Key;

/// The tokens that a slot has room for.
const TOKENS: usize = 4;
/// At the beginning; the number of slots is a power of two.
const FEWEST: usize = 1 << 10;
/// 1 MB.
const MOST: usize = 1 << 15;
/// Longer words are not remembered.
const LONGEST: usize = 255;
/// Bytes, and tokens, beside the slots. When they are used up all is forgotten.
const BESIDE: usize = 1 << 20;
/// In the last place of a slot: the tokens are not here. No token has this id.
const ELSEWHERE: TokenId = UNKNOWN - 1;

/// A table with one place for each word. The next word with the same place takes it: so there is nothing
/// to search, and a frequent word is soon back.
#[derive(Debug, Clone, Default)]
pub(super) struct Recent {
    slots: Vec<Slot>,
    taken: usize,
    /// Words that are longer than their keys.
    words: Vec<u8>,
    /// Tokens for which a slot has no room.
    tokens: Vec<TokenId>,
}

/// 32 bytes: two slots are one line of a processor's cache.
#[derive(Debug, Clone, Copy)]
struct Slot {
    /// 0 is no word.
    key: u128,
    /// At most four, filled up with [`UNKNOWN`]. Or, with [`ELSEWHERE`] as the last, where the tokens
    /// begin, how many there are, and where the word begins.
    tokens: [TokenId; TOKENS],
}

const FREE: Slot = Slot { key: 0, tokens: [UNKNOWN; TOKENS] };

/// At most four tokens, filled up.
#[inline(always)]
fn few(tokens: &[TokenId]) -> Option<[TokenId; TOKENS]> {
    const U: TokenId = UNKNOWN;
    match *tokens {
        [] => Some([U; TOKENS]),
        [a] => Some([a, U, U, U]),
        [a, b] => Some([a, b, U, U]),
        [a, b, c] => Some([a, b, c, U]),
        [a, b, c, d] => Some([a, b, c, d]),
        _ => None,
    }
}

/// Appends those that are tokens. All and some off again, so that the same amount is copied each time.
#[inline(always)]
fn append_few(few: [TokenId; TOKENS], ids: &mut Vec<TokenId>) {
    let unused = few.iter().filter(|&&token| token == UNKNOWN).count();
    ids.extend_from_slice(&few);
    ids.truncate(ids.len() - unused);
}

/// Appends tokens, quickly if they are few, as they mostly are.
#[inline(always)]
pub(super) fn append(tokens: &[TokenId], ids: &mut Vec<TokenId>) {
    match few(tokens) {
        Some(few) => append_few(few, ids),
        None => ids.extend_from_slice(tokens),
    }
}

impl Recent {
    pub(super) fn new() -> Self {
        Recent { slots: vec![FREE; FEWEST], ..Recent::default() }
    }

    /// Appends the tokens of a word to `ids`, if they are here.
    #[inline(always)]
    pub(super) fn recall(&self, key: Key, word: &[u8], ids: &mut Vec<TokenId>) -> bool {
        let Some(slot) = self.slots.get(self.place(key)).filter(|slot| slot.key == key.bits()) else {
            return false;
        };
        if slot.tokens[TOKENS - 1] == ELSEWHERE {
            return self.recall_elsewhere(slot.tokens, key, word, ids);
        }
        append_few(slot.tokens, ids);
        true
    }

    #[inline(never)]
    fn recall_elsewhere(
        &self,
        [first, count, start, _]: [u32; TOKENS],
        key: Key,
        word: &[u8],
        ids: &mut Vec<TokenId>,
    ) -> bool {
        let same = !key.is_long() || self.words[start as usize..].starts_with(word);
        if same {
            ids.extend_from_slice(&self.tokens[first as usize..][..count as usize]);
        }
        same
    }

    /// Remembers the tokens of a word.
    pub(super) fn remember(&mut self, key: Key, word: &[u8], tokens: &[TokenId]) {
        if word.len() > LONGEST {
            return;
        }
        if self.taken * 2 >= self.slots.len() && self.slots.len() < MOST {
            self.grow();
        }
        let slot = match few(tokens) {
            Some(few) if !key.is_long() => few,
            _ => self.put_elsewhere(key, word, tokens),
        };
        let place = self.place(key);
        self.taken += usize::from(self.slots[place].key == 0);
        self.slots[place] = Slot { key: key.bits(), tokens: slot };
    }

    fn put_elsewhere(&mut self, key: Key, word: &[u8], tokens: &[TokenId]) -> [u32; TOKENS] {
        if self.words.len() + LONGEST > BESIDE || self.tokens.len() + LONGEST > BESIDE {
            self.slots.fill(FREE);
            self.words.clear();
            self.tokens.clear();
        }
        let (first, start) = (self.tokens.len() as u32, self.words.len() as u32);
        self.tokens.extend_from_slice(tokens);
        if key.is_long() {
            self.words.extend_from_slice(word);
        }
        [first, tokens.len() as u32, start, ELSEWHERE]
    }

    #[inline(always)]
    fn place(&self, key: Key) -> usize {
        key.hash() & self.slots.len().wrapping_sub(1)
    }

    #[cold]
    fn grow(&mut self) {
        let slots = (self.slots.len() * 8).clamp(FEWEST, MOST);
        for slot in std::mem::replace(&mut self.slots, vec![FREE; slots]) {
            if slot.key != 0 {
                let place = self.place(Key::of_bits(slot.key));
                self.slots[place] = slot;
            }
        }
        self.taken = self.slots.iter().filter(|slot| slot.key != 0).count();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Short and long words with few and many tokens, until everything was forgotten several times.
    #[test]
    fn what_is_recalled_is_right_and_what_was_just_remembered_is_recalled() {
        let word = |n: u32| format!("{n} ").repeat(1 + n as usize % 9).into_bytes();
        let tokens = |n: u32| -> Vec<TokenId> { (n..n + 1 + n % 7).collect() };
        let key = |word: &[u8]| Key::new(word, &(0..word.len()));
        let mut recent = Recent::new();
        let mut recalled = [0; 2];
        for n in 0..200_000 {
            recent.remember(key(&word(n)), &word(n), &tokens(n));
            for (kind, old) in [n, n / 2].into_iter().enumerate() {
                let mut ids = vec![7];
                let found = recent.recall(key(&word(old)), &word(old), &mut ids);
                let wanted = if found { [vec![7], tokens(old)].concat() } else { vec![7] };
                assert_eq!(ids, wanted, "{old} after {n}");
                recalled[kind] += u32::from(found);
            }
        }
        assert_eq!(recalled[0], 200_000);
        assert!((1000..199_000).contains(&recalled[1]), "{recalled:?}");
        assert!(recent.slots.len() <= MOST && recent.words.len() <= BESIDE && recent.tokens.len() <= BESIDE);
    }

    #[test]
    fn a_word_that_was_not_remembered_is_not_here() {
        let mut recent = Recent::new();
        let long = [b'a'; LONGEST + 1];
        let (key, mut ids) = (Key::new(&long, &(0..long.len())), Vec::new());
        recent.remember(key, &long, &[1]);
        assert!(!recent.recall(key, &long, &mut ids));
        assert!(!Recent::default().recall(Key::new(b"a", &(0..1)), b"a", &mut ids));
        assert!(ids.is_empty());
    }
}
