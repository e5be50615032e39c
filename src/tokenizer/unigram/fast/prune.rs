//! Which pieces the likelihood misses least.

use std::ops::Range;

use super::super::formula;
use super::lattice::Lattice;
use super::pieces::Pieces;

/// Which pieces stay, about `kept` of them: all characters, and of the longer ones those with the largest loss. One
/// that no best cut holds goes, and so does one whose text is better cut.
pub(in super::super) fn pruned(lattice: &Lattice, model: &Pieces, kept: usize) -> Vec<bool> {
    let mut best = Best { lattice, model, reached: Vec::new() };
    let mut counts = vec![0u64; model.len()];
    for (word, count) in lattice.text.words() {
        best.search(word, false);
        best.follow(|id| counts[id] = counts[id].saturating_add(count));
    }
    let total = counts.iter().fold(0u64, |sum, &count| sum.saturating_add(count));
    let mut losses = Vec::new();
    let mut parts = Vec::new();
    for id in model.alphabet()..model.len() {
        let place = model.places[id] as usize;
        if counts[id] == 0
            || best.search(place..place + model.lengths[id] as usize, true) > model.log_probs[id]
        {
            continue;
        }
        parts.clear();
        best.follow(|part| parts.push(counts[part]));
        losses.push((formula::loss(counts[id], parts.iter().copied(), total), id));
    }
    // Stable: of equal losses the one before.
    losses.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut stays = vec![false; model.len()];
    stays[..model.alphabet()].fill(true);
    losses.iter().take(kept.saturating_sub(model.alphabet())).for_each(|&(_, id)| stays[id] = true);
    stays
}

/// The best cut of one word.
struct Best<'a> {
    lattice: &'a Lattice,
    model: &'a Pieces,
    /// For each place and the end: the largest sum of logarithms, and the last piece of that cut.
    reached: Vec<(f64, u32)>,
}

impl Best<'_> {
    /// Searches, from the front; of equally good ways to a place the first found stays. `cut` asks for two pieces
    /// or more. Returns the logarithm of the probability.
    fn search(&mut self, word: Range<usize>, cut: bool) -> f64 {
        let (start, length) = (word.start, word.len());
        let Pieces { log_probs, lengths, .. } = self.model;
        self.reached.clear();
        self.reached.resize(length + 1, (f64::NEG_INFINITY, 0));
        self.reached[0].0 = 0.0;
        for place in word {
            let reached = &mut self.reached[place - start..];
            let here = reached[0].0;
            let mut reach = |id: usize, to: usize| {
                let sum = here + log_probs[id];
                if sum > reached[to].0 {
                    reached[to] = (sum, id as u32);
                }
            };
            reach(self.lattice.character(place), 1);
            let most = if cut && place == start { length - 1 } else { length - (place - start) };
            for &id in self.lattice.at(place) {
                let chars = lengths[id as usize] as usize;
                if chars > most {
                    break;
                }
                reach(id as usize, chars);
            }
        }
        self.reached[length].0
    }

    /// The pieces of the cut that was found, from its end.
    fn follow(&self, mut visit: impl FnMut(usize)) {
        let mut end = self.reached.len() - 1;
        while end > 0 {
            let id = self.reached[end].1 as usize;
            visit(id);
            end -= self.model.lengths[id] as usize;
        }
    }
}
