//! Every context of one length with what followed it.

use rayon::slice::ParallelSliceMut;

/// Bits of a character; code points need 21.
const BITS: u32 = 21;
/// Stands where no character is, before the text: no code point is so large.
const NOTHING: u128 = (1 << BITS) - 1;

/// The last characters, the nearest in the lowest bits.
#[derive(Debug, Clone, Copy)]
pub(super) struct Context {
    packed: u128,
    longest: usize,
}

impl Context {
    /// The context at the start of a text.
    pub(super) fn start(longest: usize) -> Self {
        let packed = (0..longest).fold(0, |packed, _| packed << BITS | NOTHING);
        Self { packed, longest }
    }

    /// Appends a character.
    pub(super) fn push(&mut self, character: char) {
        self.packed = self.last(self.longest.saturating_sub(1)) << BITS | u128::from(u32::from(character));
    }

    /// The last `length` characters.
    fn last(self, length: usize) -> u128 {
        self.packed & low(length)
    }

    /// All of it, followed by a character.
    fn then(self, character: char) -> u128 {
        self.last(self.longest) << BITS | u128::from(u32::from(character))
    }
}

/// Ones in the bits of so many characters.
fn low(characters: usize) -> u128 {
    (1 << (BITS * characters as u32)) - 1
}

/// What followed the contexts of one length: each a context and a character in one number, sorted.
#[derive(Debug, Clone, Default)]
pub(super) struct Counts {
    length: usize,
    keys: Vec<u128>,
    counts: Vec<u32>,
}

/// What followed one context, sorted by character.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Followers<'a> {
    keys: &'a [u128],
    counts: &'a [u32],
}

impl Counts {
    /// Counts the contexts of `length` characters of a text.
    pub(super) fn of(text: &str, length: usize) -> Self {
        let mut context = Context::start(length);
        let mut keys = Vec::with_capacity(text.len() / 2);
        for character in text.chars() {
            keys.push(context.then(character));
            context.push(character);
        }
        // Equal keys are equal: an unstable sort on any number of threads gives one result.
        keys.par_sort_unstable();
        let counts = keys.chunk_by(|a, b| a == b).map(|same| same.len() as u32).collect();
        keys.dedup();
        keys.shrink_to_fit();
        Self { length, keys, counts }
    }

    /// The counts of contexts that are one character shorter.
    pub(super) fn shorter(&self) -> Self {
        let kept = low(self.length);
        let mut pairs: Vec<(u128, u32)> =
            self.keys.iter().zip(&self.counts).map(|(key, &count)| (key & kept, count)).collect();
        // Equal keys are added up, in whatever order.
        pairs.par_sort_unstable_by_key(|pair| pair.0);
        let groups = || pairs.chunk_by(|a, b| a.0 == b.0);
        Self {
            length: self.length - 1,
            keys: groups().map(|group| group[0].0).collect(),
            counts: groups().map(|group| group.iter().map(|pair| pair.1).sum()).collect(),
        }
    }

    /// What followed the last characters of a context.
    pub(super) fn after(&self, context: Context) -> Followers<'_> {
        let before = context.last(self.length);
        let begin = self.keys.partition_point(|key| key >> BITS < before);
        // Few follow a context: look near the place where they begin.
        let mut reach = 1;
        while self.keys.get(begin + reach).is_some_and(|key| key >> BITS == before) {
            reach *= 2;
        }
        let near = &self.keys[begin..(begin + reach).min(self.keys.len())];
        let end = begin + near.partition_point(|key| key >> BITS == before);
        Followers { keys: &self.keys[begin..end], counts: &self.counts[begin..end] }
    }
}

impl Followers<'_> {
    /// How many different characters there are.
    pub(super) fn len(self) -> usize {
        self.keys.len()
    }

    /// How often a character followed.
    pub(super) fn count(self, character: char) -> Option<u32> {
        let wanted = u128::from(u32::from(character));
        self.keys.binary_search_by_key(&wanted, |key| key & low(1)).ok().map(|place| self.counts[place])
    }

    /// How often all those followed that are not in `excluded`, which is a part of these.
    pub(super) fn total_without(self, excluded: Self) -> u64 {
        let mut out = excluded.keys.iter().map(|key| key & low(1)).peekable();
        let mut total = 0;
        for (key, &count) in self.keys.iter().zip(self.counts) {
            if out.next_if_eq(&(key & low(1))).is_none() {
                total += u64::from(count);
            }
        }
        total
    }
}
