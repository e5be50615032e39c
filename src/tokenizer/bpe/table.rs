//! A hash table from words to small values, made for text: most words are short and were seen before.

use std::hash::Hasher;
use std::ops::Range;

use rustc_hash::FxHasher;

/// Words of at most this many bytes are their own key.
const SHORT: usize = 15;
/// The last byte of the key of a longer word; in that of a short one it is the length plus one.
const LONG: u128 = 0xFF << 120;

/// Words with values, in order of first appearance.
#[derive(Debug, Clone)]
pub(super) struct WordTable<T> {
    /// At most half of them are taken, so that a search is short. The number is a power of two.
    slots: Vec<Slot<T>>,
    /// The words, one after the other.
    bytes: Vec<u8>,
    /// Where each word ends; the one before it ends where it starts.
    ends: Vec<usize>,
}

/// 32 bytes with a value of 12.
#[derive(Debug, Clone, Copy)]
struct Slot<T> {
    /// 0 is free. A short word and its length; or hash and length of a longer one.
    key: u128,
    /// The number of the word.
    number: u32,
    value: T,
}

impl<T: Copy + Default> WordTable<T> {
    pub(super) fn new() -> Self {
        WordTable::with_slots(1 << 10)
    }

    /// With at least so many slots from the beginning.
    pub(super) fn with_slots(slots: usize) -> Self {
        WordTable { slots: free(slots.next_power_of_two()), bytes: Vec::new(), ends: Vec::new() }
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The word of a number.
    fn word(&self, number: u32) -> &[u8] {
        let number = number as usize;
        let start = if number == 0 { 0 } else { self.ends[number - 1] };
        &self.bytes[start..self.ends[number]]
    }

    /// The value of a word, if it is there.
    #[inline(always)]
    pub(super) fn get(&self, key: Key, text: &[u8], word: &Range<usize>) -> Option<&T> {
        let slot = &self.slots[self.home(key)];
        if slot.key == key.bits && !key.is_long() {
            return Some(&slot.value);
        }
        if slot.key == 0 {
            return None;
        }
        let slot = &self.slots[self.search(key, text, word)];
        (slot.key != 0).then_some(&slot.value)
    }

    /// The value of a word, if it is where the search for it would begin: then nothing else needs to be
    /// looked at. For a long word never.
    #[inline(always)]
    pub(super) fn get_at_home(&self, key: Key) -> Option<T> {
        let slot = &self.slots[self.home(key)];
        ((slot.key == key.bits) & !key.is_long()).then_some(slot.value)
    }

    /// The value of a word, which is the default value if the word is new.
    #[inline]
    pub(super) fn entry(&mut self, key: Key, text: &[u8], word: &Range<usize>) -> &mut T {
        let mut at = self.home(key);
        if self.slots[at].key != key.bits || key.is_long() {
            at = self.search(key, text, word);
            if self.slots[at].key == 0 {
                at = self.insert(key, at, &text[word.clone()]);
            }
        }
        &mut self.slots[at].value
    }

    /// Where a word is, unless another one was there before.
    #[inline]
    fn home(&self, key: Key) -> usize {
        key.hash & (self.slots.len() - 1)
    }

    /// The slot of a word, or the free one where it belongs.
    #[inline(never)]
    fn search(&self, key: Key, text: &[u8], word: &Range<usize>) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = self.home(key);
        loop {
            let slot = &self.slots[at];
            let same =
                slot.key == key.bits && (!key.is_long() || *self.word(slot.number) == text[word.clone()]);
            if same || slot.key == 0 {
                return at;
            }
            at = (at + 1) & mask;
        }
    }

    /// Puts a new word into a free slot; returns where it is in the end.
    #[cold]
    fn insert(&mut self, key: Key, at: usize, word: &[u8]) -> usize {
        let number = self.ends.len() as u32;
        self.bytes.extend_from_slice(word);
        self.ends.push(self.bytes.len());
        self.slots[at] = Slot { key: key.bits, number, value: T::default() };
        if self.ends.len() * 2 <= self.slots.len() {
            return at;
        }
        self.grow();
        self.search(key, word, &(0..word.len()))
    }

    /// Twice as many slots.
    fn grow(&mut self) {
        let mut slots = free(self.slots.len() * 2);
        let mask = slots.len() - 1;
        for slot in self.slots.iter().filter(|slot| slot.key != 0) {
            let mut at = spread(slot.key) & mask;
            while slots[at].key != 0 {
                at = (at + 1) & mask;
            }
            slots[at] = *slot;
        }
        self.slots = slots;
    }

    /// All words with their values, in order of first appearance.
    pub(super) fn entries(&self) -> impl Iterator<Item = (&[u8], T)> {
        let mut values = vec![T::default(); self.len()];
        for slot in self.slots.iter().filter(|slot| slot.key != 0) {
            values[slot.number as usize] = slot.value;
        }
        values.into_iter().zip(0..).map(|(value, number)| (self.word(number), value))
    }
}

fn free<T: Copy + Default>(slots: usize) -> Vec<Slot<T>> {
    vec![Slot { key: 0, number: 0, value: T::default() }; slots]
}

/// What tells words apart, for long ones nearly; and its hash.
#[derive(Debug, Clone, Copy)]
pub(super) struct Key {
    bits: u128,
    hash: usize,
}

impl Key {
    /// The key of a part of a text: reading a little beyond its end is faster than stopping there.
    #[inline(always)]
    pub(super) fn new(text: &[u8], word: &Range<usize>) -> Self {
        Key::of_bits(bits(text, word))
    }

    /// The key with these bits.
    #[inline(always)]
    pub(super) fn of_bits(bits: u128) -> Self {
        Key { bits, hash: spread(bits) }
    }

    /// For a short word all there is to know; 0 is no word.
    #[inline(always)]
    pub(super) fn bits(self) -> u128 {
        self.bits
    }

    #[inline(always)]
    pub(super) fn hash(self) -> usize {
        self.hash
    }

    /// Whether other words can have the same bits.
    #[inline(always)]
    pub(super) fn is_long(self) -> bool {
        self.bits >= LONG
    }
}

#[inline(always)]
fn bits(text: &[u8], word: &Range<usize>) -> u128 {
    let len = word.end - word.start;
    if len > SHORT {
        let mut hasher = FxHasher::default();
        hasher.write(&text[word.clone()]);
        return LONG | u128::from(hasher.finish()) << 32 | (len as u32 as u128);
    }
    let bytes = match text.get(word.start..word.start + 16).and_then(|bytes| bytes.first_chunk()) {
        // Always as many bytes, so without a loop; what lies beyond the word is taken off.
        Some(&bytes) => u128::from_le_bytes(bytes) & ((1 << (8 * len)) - 1),
        None => {
            let mut bytes = [0; 16];
            bytes[..len].copy_from_slice(&text[word.clone()]);
            u128::from_le_bytes(bytes)
        }
    };
    bytes | (len as u128 + 1) << 120
}

/// A hash of which every bit depends on every bit of the key.
#[inline]
fn spread(key: u128) -> usize {
    // Odd numbers without structure: digits of π. The last byte of the second is no last byte of a key,
    // so the factor is never 0.
    let (low, high) = (key as u64 ^ 0x243F_6A88_85A3_08D3, (key >> 64) as u64 ^ 0xA409_3822_299F_31D0);
    let product = u128::from(low) * u128::from(high);
    (product as u64 ^ (product >> 64) as u64) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    fn get<'a>(table: &'a WordTable<u32>, text: &[u8], word: Range<usize>) -> Option<&'a u32> {
        table.get(Key::new(text, &word), text, &word)
    }

    fn entry<'a>(table: &'a mut WordTable<u32>, text: &[u8], word: Range<usize>) -> &'a mut u32 {
        table.entry(Key::new(text, &word), text, &word)
    }

    /// Short words and long ones; the last one ends where the text ends.
    #[test]
    fn every_word_has_its_own_value() {
        let words: Vec<String> = (0..5000usize).map(|n| format!("{}", n * n).repeat(1 + n % 5)).collect();
        let text = words.concat();
        let mut table = WordTable::<u32>::new();
        let mut start = 0;
        for (n, word) in words.iter().enumerate() {
            let range = start..start + word.len();
            assert_eq!(get(&table, text.as_bytes(), range.clone()), None);
            *entry(&mut table, text.as_bytes(), range.clone()) = n as u32;
            assert_eq!(get(&table, word.as_bytes(), 0..word.len()), Some(&(n as u32)));
            start = range.end;
        }
        for (n, word) in words.iter().enumerate() {
            assert_eq!(*entry(&mut table, word.as_bytes(), 0..word.len()), n as u32);
        }
        let entries: Vec<(&[u8], u32)> = words.iter().map(String::as_bytes).zip(0..).collect();
        assert_eq!(table.entries().collect::<Vec<_>>(), entries);
    }

    #[test]
    fn the_empty_word_and_zeros_are_words() {
        let mut table = WordTable::<u32>::new();
        for (value, word) in
            [(1, &b""[..]), (2, b"\0"), (3, b"\0\0"), (4, &[0; 15]), (5, &[0; 16]), (6, &[0; 17])]
        {
            assert_eq!(get(&table, word, 0..word.len()), None);
            *entry(&mut table, word, 0..word.len()) = value;
        }
        assert_eq!(table.entries().map(|(_, value)| value).collect::<Vec<_>>(), [1, 2, 3, 4, 5, 6]);
    }
}
