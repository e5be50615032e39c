//! The suffixes of all words in order, compared up to a number of characters.
//!
//! No piece is longer than a few characters, so this is no whole suffix array: as many characters as fit into 64
//! bits are sorted by, then, among suffixes equal so far, as many again.

use super::text::Text;

/// Neighbours that are equal so far.
const EQUAL: u32 = u32::MAX;

/// Suffixes in order.
pub(super) struct Suffixes {
    /// Where each begins.
    pub(super) places: Vec<u32>,
    /// How many characters each shares with the one before it, at most `max_chars`; 0 for the first.
    pub(super) shared: Vec<u32>,
}

impl Suffixes {
    pub(super) fn new(text: &Text, max_chars: usize) -> Self {
        let bits = (text.alphabet.len() as u64 + 1).next_power_of_two().trailing_zeros().max(1);
        let step = (64 / bits) as usize;
        let keys = Keys { text, bits, step };
        let mut suffixes: Vec<(u64, u32)> = Vec::with_capacity(text.chars.len());
        for (word, _) in text.words() {
            suffixes.extend(word.map(|place| (keys.at(place), place as u32)));
        }
        let mut shared = vec![EQUAL; suffixes.len()];
        let mut depth = 0;
        let mut open = true;
        while open && depth < max_chars {
            open = false;
            let mut first = 0;
            while first < suffixes.len() {
                let rest = &shared[first + 1..];
                let last = first + 1 + rest.iter().position(|&s| s != EQUAL).unwrap_or(rest.len());
                if last - first > 1 {
                    let run = (&mut suffixes[first..last], &mut shared[first..last]);
                    open |= keys.sort(run.0, run.1, depth);
                }
                first = last;
            }
            depth += step;
        }
        let most = max_chars as u64;
        shared.iter_mut().for_each(|s| *s = u64::from(*s).min(most) as u32);
        shared[0] = 0;
        Self { places: suffixes.into_iter().map(|(_, place)| place).collect(), shared }
    }
}

/// Several characters in one number.
struct Keys<'a> {
    text: &'a Text,
    /// Bits of a character.
    bits: u32,
    /// Characters in a number.
    step: usize,
}

impl Keys<'_> {
    /// The characters from a place on; 0 from the end of the word on.
    fn at(&self, place: usize) -> u64 {
        let mut key = 0;
        let mut left = self.step;
        for &c in self.text.chars[place..].iter().take(self.step).take_while(|&&c| c > 0) {
            key = (key << self.bits) | u64::from(c);
            left -= 1;
        }
        // A word may end before its first character here: then nothing is shifted out by a full word.
        (0..left).fold(key, |key, _| key << self.bits)
    }

    /// Sorts suffixes that are equal in their first `depth` characters by those that follow. Returns whether
    /// some are still equal.
    fn sort(&self, suffixes: &mut [(u64, u32)], shared: &mut [u32], depth: usize) -> bool {
        if depth > 0 {
            suffixes.iter_mut().for_each(|(key, place)| *key = self.at(*place as usize + depth));
        }
        suffixes.sort_unstable();
        let mut open = false;
        let unused = 64 - self.bits * self.step as u32;
        for i in 1..suffixes.len() {
            let (a, b) = (suffixes[i - 1].0, suffixes[i].0);
            shared[i] = if a != b {
                let same = ((a ^ b).leading_zeros() - unused) / self.bits;
                depth as u32 + same
            } else if a & ((1 << self.bits) - 1) == 0 {
                let used = (64 - unused - a.trailing_zeros().min(64 - unused)).div_ceil(self.bits);
                depth as u32 + used
            } else {
                open = true;
                EQUAL
            };
        }
        open
    }
}
