//! The pieces that are left, by number: first all characters, then the longer ones.

use super::super::Estimate;
use super::super::formula;

/// Pieces with the logarithms of their probabilities.
pub(in super::super) struct Pieces {
    /// How many characters there are; these are the first pieces, in the order of the alphabet.
    alphabet: usize,
    /// A place in the text where each stands.
    pub(super) places: Vec<u32>,
    /// Characters of each.
    pub(super) lengths: Vec<u32>,
    pub(super) log_probs: Vec<f64>,
}

impl Pieces {
    pub(super) fn new(alphabet: usize) -> Self {
        Self { alphabet, places: Vec::new(), lengths: Vec::new(), log_probs: Vec::new() }
    }

    pub(in super::super) fn len(&self) -> usize {
        self.lengths.len()
    }

    pub(in super::super) fn alphabet(&self) -> usize {
        self.alphabet
    }

    pub(super) fn push(&mut self, place: u32, length: u32, log_prob: f64) {
        self.places.push(place);
        self.lengths.push(length);
        self.log_probs.push(log_prob);
    }

    /// New probabilities from expected counts. Returns which pieces stay.
    pub(in super::super) fn maximise(&mut self, counts: &[f64], estimate: Estimate) -> Vec<bool> {
        let new = formula::maximise(counts, |id| id < self.alphabet, estimate);
        for (old, new) in self.log_probs.iter_mut().zip(&new) {
            *old = new.unwrap_or(*old);
        }
        new.iter().map(Option::is_some).collect()
    }

    /// Which pieces are characters or among the most probable, so many in all; of equal ones those before.
    pub(in super::super) fn most_probable(&self, wanted: usize) -> Vec<bool> {
        let mut longer: Vec<usize> = (self.alphabet..self.len()).collect();
        longer.sort_by(|&a, &b| formula::more_probable(self.log_probs[a], self.log_probs[b]));
        let mut stays = vec![false; self.len()];
        stays[..self.alphabet].fill(true);
        longer.iter().take(wanted.saturating_sub(self.alphabet)).for_each(|&id| stays[id] = true);
        stays
    }

    /// Keeps some of the pieces.
    pub(super) fn retain(&mut self, stays: &[bool]) {
        retain(&mut self.places, stays);
        retain(&mut self.lengths, stays);
        retain(&mut self.log_probs, stays);
    }
}

fn retain<T>(values: &mut Vec<T>, stays: &[bool]) {
    let mut stays = stays.iter();
    values.retain(|_| stays.next().is_none_or(|&stays| stays));
}
