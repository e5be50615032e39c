//! Cuts that must know all probabilities before they decide: typical, ε, η.

use super::entry::{Entry, order};
use super::keep::{Kept, Nucleus, at_least, up};
use super::nucleus::{crossing, gather, smallest, sum_up};
use super::sampler::Sampler;
use super::scan::Extent;
use super::settings::Cut;
use super::weigh::BUCKETS;
use crate::decoding::edge::least;

/// Sums that are kept side by side: each waits for its last addition.
const LANES: usize = 8;
/// Weights below `2^−32` are not told apart.
const FARTHEST: f64 = 32.0 * std::f64::consts::LN_2;

impl Sampler {
    /// One pass for the sum of all weights, and then what the cut asks for.
    pub(super) fn keep_cut(&mut self, logits: &[f32], extent: Extent, cut: Cut) -> Kept {
        let sum = self.sum(logits, extent);
        match cut {
            Cut::Typical(1.0) => Kept::AtLeast(f32::NEG_INFINITY),
            Cut::Typical(mass) => {
                // Something stays even of no mass.
                let target = (least(mass) * sum).max(f64::MIN_POSITIVE);
                Kept::Buckets(self.keep_typical(logits, extent, target))
            }
            Cut::Epsilon(epsilon) => self.keep_probable(logits, extent, epsilon * sum),
            Cut::Eta(epsilon) => {
                let entropy = libm::log(sum) + self.mean_surprise(logits, extent);
                let eta = epsilon.min(epsilon.sqrt() * libm::exp(-entropy));
                self.keep_probable(logits, extent, eta * sum)
            }
        }
    }

    /// Everything that has this share of the weight of the best, and the best.
    fn keep_probable(&mut self, logits: &[f32], extent: Extent, share: f64) -> Kept {
        if least(share) > 1.0 {
            return self.keep_best(logits, extent);
        }
        let threshold = at_least(extent.max, self.settings.temperature, share);
        self.weigh(logits, extent, threshold);
        Kept::AtLeast(threshold)
    }

    /// Every logit that is at least so large, and the best.
    pub(super) fn keep_above(&mut self, logits: &[f32], extent: Extent, least: f64) -> Kept {
        // Not so of a threshold that is not a number.
        if least <= f64::from(extent.max) {
            let threshold = up(least);
            self.weigh(logits, extent, threshold);
            return Kept::AtLeast(threshold);
        }
        self.keep_best(logits, extent)
    }

    /// The sum of all weights, which are ready then.
    fn sum(&mut self, logits: &[f32], extent: Extent) -> f64 {
        self.weigh(logits, extent, f32::NEG_INFINITY);
        self.sums.iter().map(|&sum| f64::from(sum)).sum()
    }

    /// `ln Σ e^((l − m)/t)`.
    pub(super) fn log_sum(&mut self, logits: &[f32], extent: Extent) -> f64 {
        libm::log(self.sum(logits, extent))
    }

    /// The mean of `(m − l)/t`, by the weights: what the surprise is above that of the best, on average.
    fn mean_surprise(&self, logits: &[f32], extent: Extent) -> f64 {
        let (mut sums, mut masses) = ([0.0; LANES], [0.0; LANES]);
        for (weights, logits) in self.weights.chunks(LANES).zip(logits.chunks(LANES)) {
            for (lane, (&weight, &logit)) in weights.iter().zip(logits).enumerate() {
                let weight = f64::from(weight);
                // What weighs nothing may be −∞.
                let below = if weight > 0.0 { f64::from(extent.max) - f64::from(logit) } else { 0.0 };
                sums[lane] += weight * below;
                masses[lane] += weight;
            }
        }
        sums.iter().sum::<f64>() / masses.iter().sum::<f64>() / self.settings.temperature
    }

    /// Top-p's buckets, with the distance from the expected surprise in the place of the logit.
    fn keep_typical(&mut self, logits: &[f32], extent: Extent, target: f64) -> Nucleus {
        let (max, temperature) = (f64::from(extent.max), self.settings.temperature);
        let expected = self.mean_surprise(logits, extent);
        let distance = |logit: f32| ((max - f64::from(logit)) / temperature - expected).abs();
        let spread = ((max - f64::from(extent.min)) / temperature).min(FARTHEST);
        let farthest = expected.max(spread - expected).max(f64::MIN_POSITIVE);
        let density = (BUCKETS - 1) as f64 / farthest;
        self.buckets.clear();
        // A larger distance is never in an earlier bucket; what is too far for any is in the last.
        let bucket = |logit: &f32| ((distance(*logit) * density) as usize).min(BUCKETS - 1) as u32;
        self.buckets.extend(logits.iter().map(bucket));
        sum_up(&self.buckets, &self.weights, &mut self.masses);
        let (bucket, before) = crossing(&self.masses, target);
        gather(bucket, &self.buckets, logits, &self.weights, &mut self.list);
        let nearer =
            |a: &Entry, b: &Entry| distance(a.logit).total_cmp(&distance(b.logit)).then_with(|| order(a, b));
        let of_bucket = smallest(&mut self.list, target - before, nearer);
        Nucleus { bucket, before, of_bucket }
    }
}
