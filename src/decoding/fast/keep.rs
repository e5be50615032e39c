//! Which tokens are left.

use super::block::{BLOCK, padded};
use super::entry::{Entry, order};
use super::nucleus::{crossing, gather, smallest, sum_up};
use super::sampler::Sampler;
use super::scan::{Extent, first_largest};
use super::settings::Settings;
use super::top_k::best;
use super::weigh::{BUCKETS, Place, Weigh, Weight};
use crate::decoding::edge::{least, reaches};
use crate::decoding::{Candidate, DecodingError};

/// What is left of the vocabulary.
#[derive(Debug, Clone, Copy)]
pub(super) enum Kept {
    /// The first so many of the list, which is sorted.
    List(usize),
    /// All logits that are at least so large; their weights and sums are ready.
    AtLeast(f32),
    /// The buckets before this one, and of its entries, which are in the list, the first so many.
    Buckets(Nucleus),
}

/// The set of top-p among buckets.
#[derive(Debug, Clone, Copy)]
pub(super) struct Nucleus {
    /// The bucket in which the mass reaches `p`.
    pub(super) bucket: usize,
    /// The mass of the buckets before it.
    pub(super) before: f64,
    /// How many of its entries belong to the set, the first so many of the list.
    pub(super) of_bucket: usize,
}

impl Sampler {
    /// Decides what is left.
    pub(super) fn keep(&mut self, logits: &[f32]) -> Result<Kept, DecodingError> {
        let extent = self.scan(logits)?;
        let Settings { temperature, top_k, top_p, min_p, cut } = self.settings;
        if temperature == 0.0 {
            return Ok(self.keep_best(logits, extent));
        }
        let alone = top_k.is_none() && top_p.is_none() && min_p.is_none();
        if beyond_f32(extent, temperature) || (cut.is_some() && !alone) {
            return Ok(Kept::List(self.keep_carefully(logits)?));
        }
        if let Some(cut) = cut {
            return Ok(self.keep_cut(logits, extent, cut));
        }
        if let Some(k) = top_k.filter(|&k| k < logits.len()) {
            return Ok(Kept::List(self.keep_list(logits, extent, k)));
        }
        let threshold = min_p.map_or(f32::NEG_INFINITY, |share| at_least(extent.max, temperature, share));
        if let Some(p) = top_p.filter(|&p| p < 1.0) {
            let nucleus = self.keep_nucleus(logits, extent, p);
            // Both rules keep the most probable tokens: the one that keeps fewer decides.
            if self.list[nucleus.of_bucket - 1].logit >= threshold {
                return Ok(Kept::Buckets(nucleus));
            }
        }
        self.weigh(logits, extent, threshold);
        Ok(Kept::AtLeast(threshold))
    }

    /// The best alone.
    pub(super) fn keep_best(&mut self, logits: &[f32], extent: Extent) -> Kept {
        let id = first_largest(logits, &self.maxima, extent.max);
        self.list.clear();
        self.list.push(Entry { id, logit: extent.max, weight: 1.0 });
        Kept::List(1)
    }

    /// As the readable twin, in `f64`; the size of the list.
    #[cold]
    fn keep_carefully(&mut self, logits: &[f32]) -> Result<usize, DecodingError> {
        let kept = self.settings.pipeline().candidates(logits, &[])?;
        let entry = |c: &Candidate| Entry { id: c.id, logit: logits[c.id as usize], weight: c.prob };
        self.list.clear();
        self.list.extend(kept.as_slice().iter().map(entry));
        Ok(self.list.len())
    }

    /// Top-k, and top-p and min-p among these few; the size of what is left of the list.
    fn keep_list(&mut self, logits: &[f32], extent: Extent, k: usize) -> usize {
        best(logits, &self.maxima, k, &mut self.sums, &mut self.list);
        for entry in &mut self.list {
            let below = f64::from(entry.logit) - f64::from(extent.max);
            entry.weight = libm::exp(below / self.settings.temperature);
        }
        let mut size = self.list.len();
        if let Some(p) = self.settings.top_p.filter(|&p| p < 1.0) {
            let target = least(p) * self.list.iter().map(|entry| entry.weight).sum::<f64>();
            let mut mass = 0.0;
            let below = |entry: &&Entry| {
                mass += entry.weight;
                mass < target
            };
            size = 1 + self.list.iter().take_while(below).count();
        }
        // The weight of the best is 1.
        let share = self.settings.min_p.unwrap_or(0.0);
        size.min(self.list.iter().take_while(|entry| reaches(entry.weight, share)).count())
    }

    /// Top-p of the whole vocabulary.
    fn keep_nucleus(&mut self, logits: &[f32], extent: Extent, p: f64) -> Nucleus {
        self.weights.resize(padded(logits.len()), 0.0);
        self.buckets.resize(padded(logits.len()), 0);
        let weight = Weight::new(extent.max, self.settings.temperature);
        let density = density(extent, self.settings.temperature);
        let (weights, buckets) = (&mut self.weights, &mut self.buckets);
        self.arch.dispatch(Place { logits, weight, density, weights, buckets });
        sum_up(&self.buckets, &self.weights, &mut self.masses);
        let target = least(p) * self.masses.iter().sum::<f64>();
        let (bucket, before) = crossing(&self.masses, target);
        gather(bucket, &self.buckets, logits, &self.weights, &mut self.list);
        let of_bucket = smallest(&mut self.list, target - before, order);
        Nucleus { bucket, before, of_bucket }
    }

    /// The weights of all logits that are at least `threshold`.
    pub(super) fn weigh(&mut self, logits: &[f32], extent: Extent, threshold: f32) {
        self.weights.resize(padded(logits.len()), 0.0);
        self.sums.resize(logits.len().div_ceil(BLOCK), 0.0);
        let weight = Weight::new(extent.max, self.settings.temperature);
        let (weights, sums) = (&mut self.weights, &mut self.sums);
        self.arch.dispatch(Weigh { logits, weight, threshold, weights, sums });
    }
}

/// Do the logits lie farther apart than `f32` can say, or is the temperature out of its range?
pub(super) fn beyond_f32(extent: Extent, temperature: f64) -> bool {
    // Hidden tokens (−∞) have no distance.
    let spread = f64::from(extent.max) - f64::from(extent.min.max(f32::MIN));
    let scale = std::f64::consts::LOG2_E / temperature;
    spread > f64::from(f32::MAX) || !(f64::from(f32::MIN_POSITIVE)..f64::from(f32::MAX)).contains(&scale)
}

/// The smallest logit whose probability reaches `share` of the largest.
pub(super) fn at_least(max: f32, temperature: f64, share: f64) -> f32 {
    up(f64::from(max) + temperature * libm::log(least(share)))
}

/// The smallest `f32` that is at least so large.
pub(super) fn up(exact: f64) -> f32 {
    let near = exact as f32;
    if f64::from(near) < exact { near.next_up() } else { near }
}

/// Buckets for each unit of a logit: all of them between the largest logit and the smallest, or a weight of
/// `2⁻³²` if the smallest is below that.
fn density(extent: Extent, temperature: f64) -> f32 {
    let all = f64::from(extent.max) - f64::from(extent.min);
    let range = all.min(32.0 * std::f64::consts::LN_2 * temperature);
    (((BUCKETS - 1) as f64 / range) as f32).clamp(f32::MIN_POSITIVE, f32::MAX)
}
