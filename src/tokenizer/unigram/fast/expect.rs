//! The expectation: how often each piece stands in the corpus, over all cuts.

use std::ops::Range;

use super::lattice::Lattice;
use super::pieces::Pieces;

/// Sums below `SMALL` are scaled up by `SCALE`, unless another one would come above `LARGE`.
const SMALL: f64 = 1e-50;
const SCALE: f64 = 1e50;
const LARGE: f64 = 1e250;

/// The expected count of each piece, and the log-likelihood of the corpus in nats.
///
/// # Formula
/// `β(n) = 1`, `β(i) = Σ_{i→j} p(x_ij) β(j)`. A cut that comes to `i` goes on to `j` with probability
/// `γ(i→j) = p(x_ij) β(j) / β(i)`, so `π(0) = 1`, `π(j) = Σ_i π(i) γ(i→j)` and `P(i→j) = π(i) γ(i→j)`. No
/// logarithm is needed, and only `β` can leave the range of an `f64`.
pub(in super::super) fn expect(lattice: &Lattice, model: &Pieces) -> (Vec<f64>, f64) {
    let mut cuts = Cuts::new(lattice, model);
    let mut likelihood = 0.0;
    for (word, count) in lattice.text.words() {
        let count = count as f64;
        likelihood += count * cuts.backward(word.clone());
        cuts.forward(word, count);
    }
    (cuts.counts, likelihood)
}

/// The sums of one word, and the counts of all.
struct Cuts<'a> {
    lattice: &'a Lattice,
    lengths: &'a [u32],
    probs: Vec<f64>,
    counts: Vec<f64>,
    /// `β` and `π` for each place of the word and its end.
    sums: Vec<f64>,
    /// `γ`: for each place that of its character, then those of its pieces.
    steps: Vec<f64>,
    longest: usize,
}

impl<'a> Cuts<'a> {
    fn new(lattice: &'a Lattice, model: &'a Pieces) -> Self {
        Self {
            lattice,
            lengths: &model.lengths,
            probs: model.log_probs.iter().map(|&p| libm::exp(p)).collect(),
            counts: vec![0.0; model.len()],
            sums: Vec::new(),
            steps: Vec::new(),
            longest: model.lengths.iter().max().map_or(1, |&length| length as usize),
        }
    }

    /// `γ` of a word, from its end to its beginning. Returns `ln β(0)`.
    fn backward(&mut self, word: Range<usize>) -> f64 {
        let (start, length) = (word.start, word.len());
        let mut at = self.lattice.first[word.end] - self.lattice.first[start] + length;
        self.steps.clear();
        self.steps.resize(at, 0.0);
        self.sums.clear();
        self.sums.resize(length + 1, 0.0);
        self.sums[length] = 1.0;
        let mut scaled = 0u32;
        for place in word.rev() {
            let ids = self.lattice.at(place);
            at -= ids.len() + 1;
            let beta = &self.sums[place - start..];
            let steps = &mut self.steps[at..=at + ids.len()];
            steps[0] = self.probs[self.lattice.character(place)] * beta[1];
            let mut sum = steps[0];
            for (step, &id) in steps[1..].iter_mut().zip(ids) {
                *step = self.probs[id as usize] * beta[self.lengths[id as usize] as usize];
                sum += *step;
            }
            // Beside a cut that is 10³⁰⁰ times as probable no other one counts.
            let part = if sum > 0.0 { 1.0 / sum } else { 0.0 };
            steps.iter_mut().for_each(|step| *step *= part);
            self.sums[place - start] = sum;
            if sum < SMALL {
                scaled += u32::from(self.scale(place - start));
            }
        }
        libm::log(self.sums[0]) - f64::from(scaled) * libm::log(SCALE)
    }

    /// Multiplies all sums that are still needed.
    fn scale(&mut self, place: usize) -> bool {
        let end = self.sums.len().min(place + self.longest + 1);
        let sums = &mut self.sums[place..end];
        let fits = sums.iter().all(|&sum| sum < LARGE / SCALE);
        if fits {
            sums.iter_mut().for_each(|sum| *sum *= SCALE);
        }
        fits
    }

    /// Adds the counts of a word, from its beginning to its end.
    fn forward(&mut self, word: Range<usize>, count: f64) {
        let start = word.start;
        self.sums.fill(0.0);
        self.sums[0] = count;
        let mut at = 0;
        for place in word {
            let ids = self.lattice.at(place);
            let here = self.sums[place - start];
            let steps = &self.steps[at..=at + ids.len()];
            at += ids.len() + 1;
            let character = here * steps[0];
            self.counts[self.lattice.character(place)] += character;
            self.sums[place - start + 1] += character;
            for (step, &id) in steps[1..].iter().zip(ids) {
                let share = here * step;
                self.counts[id as usize] += share;
                self.sums[place - start + self.lengths[id as usize] as usize] += share;
            }
        }
    }
}
