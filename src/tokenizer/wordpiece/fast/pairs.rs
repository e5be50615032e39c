//! For each pair how often it stands and where, and which pairs hold a piece.

use rustc_hash::FxHashMap;

use super::makes::Makes;
use super::places::Places;
use super::text::Text;
use crate::tokenizer::wordpiece::corpus::{Names, Pair};

/// What is counted of a pair.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tally {
    pub(super) pair: Pair,
    /// Times it stands in the corpus; 0 once it is gone. It may come back.
    pub(super) count: u64,
    /// Pieces that a merge saves: `count`, or less for a piece beside itself. Kept if it is asked for.
    pub(super) saves: u64,
    /// The piece that it makes, if that exists already. Kept if it is asked for.
    pub(super) made: Option<u32>,
    /// The last merge that changed it.
    changed: u32,
}

/// All pairs, by the number that each got when it was first met.
#[derive(Debug, Default)]
pub(super) struct Pairs {
    numbers: FxHashMap<u64, u32>,
    tallies: Vec<Tally>,
    places: Vec<Places>,
    /// For each piece the pairs that hold it. Some may be gone, and one that came back stands there twice.
    holders: Vec<Vec<u32>>,
    /// The pieces that pairs make, if the likelihood is asked for: it needs them, and what merges save.
    makes: Option<Makes>,
    /// Pairs that the merge under way has changed.
    touched: Vec<u32>,
    merges: u32,
}

/// Both ids in one number, ordered as the pair is.
pub(super) fn key((left, right): Pair) -> u64 {
    u64::from(left) << 32 | u64::from(right)
}

impl Pairs {
    /// Counts all pairs of a corpus, with what the likelihood needs to know of them or without.
    pub(super) fn new(text: &Text, names: &Names, likelihood: bool) -> Self {
        let mut pairs = Self { makes: likelihood.then(Makes::default), ..Self::default() };
        let mut repeats = 0u64;
        for place in 0..text.nodes.len() as u32 {
            let pair = text.pair_at(place);
            repeats = if pair.is_some_and(|(left, right)| left == right) { repeats + 1 } else { 0 };
            if let Some(pair) = pair {
                let count = text.counts[text.nodes[place as usize].word as usize];
                pairs.add(pair, count, place, names);
                // Of the two `aa` in `aaa`, a merge from left to right replaces the first.
                if repeats % 2 == 1 {
                    pairs.save_more(pair, count);
                }
            }
        }
        pairs.changes();
        pairs
    }

    /// One more place where a pair stands.
    #[inline]
    pub(super) fn add(&mut self, pair: Pair, count: u64, place: u32, names: &Names) {
        let number = match self.numbers.get(&key(pair)) {
            Some(&number) => number,
            None => self.enter(pair, names),
        };
        if self.tallies[number as usize].count == 0 {
            self.hold(pair, number);
        }
        self.touch(number).count += count;
        self.places[number as usize].push(place);
    }

    /// One place less. The place itself stays on the list, and is found to be out of date later.
    #[inline]
    pub(super) fn remove(&mut self, pair: Pair, count: u64) {
        if let Some(&number) = self.numbers.get(&key(pair)) {
            self.touch(number).count -= count;
        }
    }

    fn enter(&mut self, pair: Pair, names: &Names) -> u32 {
        let number = self.tallies.len() as u32;
        self.numbers.insert(key(pair), number);
        let made = self.makes.as_mut().and_then(|makes| makes.enter(pair, names));
        self.tallies.push(Tally { pair, count: 0, saves: 0, made, changed: u32::MAX });
        self.places.push(Places::default());
        number
    }

    fn hold(&mut self, (left, right): Pair, number: u32) {
        let pieces = left.max(right) as usize + 1;
        if self.holders.len() < pieces {
            self.holders.resize_with(pieces, Vec::new);
        }
        self.holders[left as usize].push(number);
        if left != right {
            self.holders[right as usize].push(number);
        }
    }

    fn touch(&mut self, number: u32) -> &mut Tally {
        let tally = &mut self.tallies[number as usize];
        if tally.changed != self.merges {
            tally.changed = self.merges;
            self.touched.push(number);
        }
        tally
    }

    /// Does anyone ask what merges save?
    pub(super) fn knows_savings(&self) -> bool {
        self.makes.is_some()
    }

    /// A merge of a piece with itself would save more.
    pub(super) fn save_more(&mut self, pair: Pair, count: u64) {
        if let Some(&number) = self.numbers.get(&key(pair)) {
            self.touch(number).saves += count;
        }
    }

    /// A merge of a piece with itself would save less.
    pub(super) fn save_less(&mut self, pair: Pair, count: u64) {
        if let Some(&number) = self.numbers.get(&key(pair)) {
            self.touch(number).saves -= count;
        }
    }

    /// After a merge: the pairs that it changed, brought up to date.
    pub(super) fn changes(&mut self) -> Vec<u32> {
        let touched = std::mem::take(&mut self.touched);
        for &number in &touched {
            let tally = &mut self.tallies[number as usize];
            // What a piece beside itself saves is kept by `save_more` and `save_less`, until it is merged.
            if tally.pair.0 != tally.pair.1 || tally.count == 0 {
                tally.saves = tally.count;
            }
        }
        self.merges += 1;
        touched
    }

    /// Numbers of pairs, those that are gone among them.
    pub(super) fn len(&self) -> u32 {
        self.tallies.len() as u32
    }

    pub(super) fn tally(&self, number: u32) -> Tally {
        self.tallies[number as usize]
    }

    /// The pair makes a piece: other pairs may make the same one. Returns their numbers.
    pub(super) fn make(&mut self, number: u32, piece: u32) -> Vec<u32> {
        let others = self.makes.as_mut().map_or_else(Vec::new, |makes| makes.make(number, piece));
        others.iter().for_each(|&other| self.tallies[other as usize].made = Some(piece));
        others
    }

    /// The pairs that hold a piece.
    pub(super) fn holding(&mut self, piece: u32) -> &[u32] {
        let tallies = &self.tallies;
        match self.holders.get_mut(piece as usize) {
            Some(holders) => {
                holders.retain(|&number| tallies[number as usize].count > 0);
                holders
            }
            None => &[],
        }
    }

    /// The first place where a pair stands.
    pub(super) fn first(&mut self, number: u32, text: &Text) -> Option<u32> {
        self.places[number as usize].first(self.tallies[number as usize].pair, text)
    }

    /// Takes the places of a pair that is about to be merged.
    pub(super) fn take_places(&mut self, number: u32) -> Vec<u32> {
        self.places[number as usize].take()
    }
}
