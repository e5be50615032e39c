//! Who compares.

use concepts::numerics::{rng, sigmoid};
use concepts::preference::{Comparisons, PreferenceError, fit_bradley_terry};
use rand::Rng;

use super::answers::{NAMES, REWARDS};
use super::standard_normal;

/// Comparisons of each pair of the six answers.
pub(crate) const EACH: usize = 40;
/// How much the true strengths are stretched, so that comparisons are neither all alike nor all the same.
pub(crate) const STRETCH: f64 = 2.0;

/// One label: does the first win? By the difference of strengths, and with a share of labels the wrong way round.
pub(crate) fn prefers_first(lead: f64, noise: f64, rng: &mut impl Rng) -> bool {
    let first = rng.random::<f64>() < sigmoid(lead);
    first != (rng.random::<f64>() < noise)
}

/// Every pair, compared by annotators of whom a share errs.
pub(crate) fn compared(noise: f64, seed: u64) -> Result<Comparisons, PreferenceError> {
    let mut rng = rng(seed, "rlhf annotators");
    let mut pairs = Vec::new();
    for i in 0..NAMES.len() {
        for j in i + 1..NAMES.len() {
            for _ in 0..EACH {
                let lead = STRETCH * (REWARDS[i] - REWARDS[j]);
                pairs.push(if prefers_first(lead, noise, &mut rng) { (i, j) } else { (j, i) });
            }
        }
    }
    Comparisons::from_places(&NAMES, &pairs)
}

/// Share of pairs that come out in the right order, from scores and from comparisons of the same annotators.
pub(crate) struct Ordered {
    pub spread: f64,
    pub scores: f64,
    pub pairs: f64,
}

/// Answers, and annotators of whom each sees two answers, on a scale of their own.
const ANSWERS: usize = 8;
pub(crate) const ANNOTATORS: usize = 200;
/// What an annotator's eye adds to the true quality.
const EYE: f64 = 0.5;

/// Annotators whose scales are shifted against each other by this spread, and who turn a share of their comparisons
/// round.
pub(crate) fn own_scales(spread: f64, draws: usize, noise: f64, seed: u64) -> Ordered {
    let mut rng = rng(seed, "rlhf scales");
    let (mut scores, mut pairs) = (0.0, 0.0);
    for _ in 0..draws {
        let truth: Vec<f64> = (0..ANSWERS).map(|_| standard_normal(&mut rng)).collect();
        let (mut sums, mut counts) = ([0.0; ANSWERS], [0.0; ANSWERS]);
        let (mut won, mut met) = ([0.0; ANSWERS], [0.0; ANSWERS]);
        for annotator in 0..ANNOTATORS {
            // The same pairs in every draw: each against the next ones in turn.
            let first = annotator % ANSWERS;
            let second = (first + 1 + (annotator / ANSWERS) % (ANSWERS - 1)) % ANSWERS;
            let shift = spread * standard_normal(&mut rng);
            let seen = [first, second].map(|i| truth[i] + EYE * standard_normal(&mut rng));
            for (i, seen) in [first, second].into_iter().zip(seen) {
                sums[i] += shift + seen;
                counts[i] += 1.0;
                met[i] += 1.0;
            }
            let turned = rng.random::<f64>() < noise;
            won[if (seen[0] > seen[1]) != turned { first } else { second }] += 1.0;
        }
        let share = |found: &[f64; ANSWERS], of: &[f64; ANSWERS]| {
            let value = |i: usize| found[i] / of[i];
            let all = (0..ANSWERS).flat_map(|i| (0..i).map(move |j| (i, j)));
            let right = all.filter(|&(i, j)| (value(i) > value(j)) == (truth[i] > truth[j])).count();
            right as f64 / (ANSWERS * (ANSWERS - 1) / 2) as f64 / draws as f64
        };
        scores += share(&sums, &counts);
        // Everybody met everybody equally often, so the order by wins is that of the fitted strengths.
        pairs += share(&won, &met);
    }
    Ordered { spread, scores, pairs }
}

/// Two groups of annotators of whom each is sure of the opposite: what one strength a player makes of them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Groups {
    /// Share of annotators in the first group.
    pub share: f64,
    /// The lead of the first answer in the first group; the opposite in the second.
    pub lead: f64,
}

impl Groups {
    /// How often the first answer is preferred: in the first group, in the second, by all.
    pub(crate) fn preferred(self) -> [f64; 3] {
        let [a, b] = [sigmoid(self.lead), sigmoid(-self.lead)];
        [a, b, self.share * a + (1.0 - self.share) * b]
    }

    /// What is fitted to ten thousand comparisons in these shares.
    pub(crate) fn fitted(self) -> Result<f64, PreferenceError> {
        const ALL: usize = 10_000;
        let wins = (self.preferred()[2] * ALL as f64).round() as usize;
        let pairs: Vec<_> = (0..ALL).map(|i| if i < wins { (0, 1) } else { (1, 0) }).collect();
        let fit = fit_bradley_terry(&Comparisons::from_places(&["A", "B"], &pairs)?)?;
        Ok(sigmoid(fit.strengths[0] - fit.strengths[1]))
    }
}

/// A beats B, B beats C and C beats A, each in this share: what the fit says of A against B.
pub(crate) fn circle(share: f64) -> Result<f64, PreferenceError> {
    let mut pairs = Vec::new();
    for (i, j) in [(0, 1), (1, 2), (2, 0)] {
        let wins = (100.0 * share).round() as usize;
        pairs.extend((0..100).map(|k| if k < wins { (i, j) } else { (j, i) }));
    }
    let fit = fit_bradley_terry(&Comparisons::from_places(&["A", "B", "C"], &pairs)?)?;
    Ok(sigmoid(fit.strengths[0] - fit.strengths[1]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_seed_is_refused() {
        for (seed, noise) in (0..100).flat_map(|seed| [0.0, 0.01, 0.1, 0.2].map(|noise| (seed, noise))) {
            let made = compared(noise, seed).unwrap();
            if made.can_be_fitted().is_ok() {
                fit_bradley_terry(&made)
                    .unwrap_or_else(|error| panic!("seed {seed}, noise {noise}: {error}"));
            } else {
                // An answer that never lost in two hundred comparisons: without noise that may happen, hardly with it.
                assert_eq!(noise, 0.0, "seed {seed}");
            }
        }
    }
}
