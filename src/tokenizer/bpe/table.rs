//! A hash table from short byte strings to numbers, which keeps its strings one after the other.

use std::hash::Hasher;

use rustc_hash::FxHasher;

/// Strings numbered in order of first appearance.
#[derive(Debug, Clone)]
pub(super) struct WordTable {
    /// The strings, one after the other.
    bytes: Vec<u8>,
    /// Where each string ends; the one before it ends where it starts.
    ends: Vec<usize>,
    /// Half of the hash, then the number of the string plus one; 0 is free. The length is a power of two.
    slots: Vec<u64>,
}

/// Where a string is, or where it would go.
pub(super) enum Place {
    Found(usize),
    Free { slot: usize, hash: u64 },
}

impl WordTable {
    pub(super) fn new() -> Self {
        WordTable { bytes: Vec::new(), ends: Vec::new(), slots: vec![0; 1 << 10] }
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The string of a number.
    pub(super) fn word(&self, number: usize) -> &[u8] {
        let start = if number == 0 { 0 } else { self.ends[number - 1] };
        &self.bytes[start..self.ends[number]]
    }

    /// Looks a string up.
    #[inline]
    pub(super) fn find(&self, word: &[u8]) -> Place {
        let hash = hash(word);
        let mask = self.slots.len() - 1;
        let mut slot = hash as usize & mask;
        loop {
            let entry = self.slots[slot];
            if entry == 0 {
                return Place::Free { slot, hash };
            }
            let number = (entry as u32 - 1) as usize;
            if entry >> 32 == hash >> 32 && self.word(number) == word {
                return Place::Found(number);
            }
            slot = (slot + 1) & mask;
        }
    }

    /// Gives a string that is not there the next number, at the place that [`find`](Self::find) named.
    pub(super) fn insert(&mut self, word: &[u8], slot: usize, hash: u64) -> usize {
        let number = self.ends.len();
        self.bytes.extend_from_slice(word);
        self.ends.push(self.bytes.len());
        self.slots[slot] = entry(hash, number);
        // At most half full, so that a search is short.
        if self.ends.len() * 2 > self.slots.len() {
            self.grow();
        }
        number
    }

    /// The number of a string, new or old.
    #[inline]
    pub(super) fn number(&mut self, word: &[u8]) -> usize {
        match self.find(word) {
            Place::Found(number) => number,
            Place::Free { slot, hash } => self.insert(word, slot, hash),
        }
    }

    /// Four times as many slots.
    fn grow(&mut self) {
        let mask = self.slots.len() * 4 - 1;
        let mut slots = vec![0; mask + 1];
        for number in 0..self.ends.len() {
            let hash = hash(self.word(number));
            let mut slot = hash as usize & mask;
            while slots[slot] != 0 {
                slot = (slot + 1) & mask;
            }
            slots[slot] = entry(hash, number);
        }
        self.slots = slots;
    }

    pub(super) fn clear(&mut self) {
        self.bytes.clear();
        self.ends.clear();
        self.slots.fill(0);
    }
}

fn entry(hash: u64, number: usize) -> u64 {
    (hash >> 32 << 32) | (number as u64 + 1)
}

#[inline]
fn hash(word: &[u8]) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(word);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_order_of_first_appearance() {
        let mut table = WordTable::new();
        let word = |n: usize| format!("{}", n * n).into_bytes();
        for n in 0..5000 {
            assert_eq!(table.number(&word(n)), n);
        }
        for n in 0..5000 {
            assert_eq!(table.number(&word(n)), n);
            assert_eq!(table.word(n), word(n));
        }
        assert_eq!(table.number(b""), 5000);
        table.clear();
        assert_eq!((table.len(), table.number(b"x"), table.number(b"")), (0, 0, 1));
    }
}
