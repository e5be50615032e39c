//! One of the tokens that are left.

use super::block::BLOCK;
use super::entry::{Entry, draw, order};
use super::keep::{Kept, Nucleus};
use super::nucleus::gather;
use super::sampler::Sampler;
use super::scan::first_largest;
use crate::decoding::Candidate;

impl Sampler {
    /// The token at the share `u` of the mass, `u` in `[0, 1)`.
    pub(super) fn draw(&mut self, kept: Kept, logits: &[f32], u: f64) -> u32 {
        let drawn = match kept {
            Kept::List(size) => draw_entry(&self.list[..size], u * mass(&self.list[..size])),
            Kept::AtLeast(_) => self.draw_weight(u),
            Kept::Buckets(nucleus) => self.draw_bucket(nucleus, logits, u),
        };
        drawn.unwrap_or_else(|| {
            // The weight of the best is 1, so there always is one.
            let max = self.maxima.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            first_largest(logits, &self.maxima, max)
        })
    }

    /// First the block, then the token in it.
    fn draw_weight(&self, u: f64) -> Option<u32> {
        let sums = || (0u32..).zip(self.sums.iter().map(|&sum| f64::from(sum)));
        let at = u * sums().map(|(_, sum)| sum).sum::<f64>();
        let block = draw(sums(), at)?;
        let start = block as usize * BLOCK;
        let before: f64 = sums().take(block as usize).map(|(_, sum)| sum).sum();
        let weights = self.weights[start..].iter().take(BLOCK).map(|&weight| f64::from(weight));
        draw((start as u32..).zip(weights), at - before)
    }

    /// First the bucket, then the token in it.
    fn draw_bucket(&mut self, nucleus: Nucleus, logits: &[f32], u: f64) -> Option<u32> {
        let Nucleus { bucket, before, of_bucket } = nucleus;
        let at = u * (before + mass(&self.list[..of_bucket]));
        if at >= before {
            return draw_entry(&self.list[..of_bucket], at - before);
        }
        let whole = || (0u32..).zip(self.masses[..bucket].iter().copied());
        let hit = draw(whole(), at)? as usize;
        gather(hit, &self.buckets, logits, &self.weights, &mut self.list);
        draw_entry(&self.list, at - self.masses[..hit].iter().sum::<f64>())
    }

    /// How many tokens a draw chose from.
    pub(super) fn size(&self, kept: Kept, logits: &[f32]) -> usize {
        match kept {
            Kept::List(size) => size,
            Kept::AtLeast(least) => {
                logits.iter().filter(|&&logit| logit >= least && logit > f32::NEG_INFINITY).count()
            }
            Kept::Buckets(nucleus) => {
                let before = self.buckets.iter().filter(|&&bucket| (bucket as usize) < nucleus.bucket);
                before.count() + nucleus.of_bucket
            }
        }
    }

    /// What is left, sorted.
    pub(super) fn listed(&mut self, kept: Kept, logits: &[f32]) -> Vec<Candidate> {
        let mut all = self.entries(kept, logits);
        all.sort_unstable_by(order);
        let sum: f64 = all.iter().map(|entry| entry.weight).sum();
        let candidate = |entry: &Entry| {
            let prob = entry.weight / sum;
            Candidate { id: entry.id, prob, log_prob: libm::log(prob) }
        };
        all.iter().map(candidate).collect()
    }

    /// The tokens a draw chooses from, in no order.
    fn entries(&mut self, kept: Kept, logits: &[f32]) -> Vec<Entry> {
        match kept {
            Kept::List(size) => self.list[..size].to_vec(),
            Kept::AtLeast(threshold) => {
                let entries = (0u32..).zip(logits).zip(&self.weights);
                let entries = entries.map(|((id, &logit), &w)| Entry { id, logit, weight: f64::from(w) });
                entries.filter(|e| e.logit >= threshold && e.logit > f32::NEG_INFINITY).collect()
            }
            Kept::Buckets(nucleus) => {
                let mut all = self.list[..nucleus.of_bucket].to_vec();
                for bucket in 0..nucleus.bucket {
                    gather(bucket, &self.buckets, logits, &self.weights, &mut self.list);
                    all.extend_from_slice(&self.list);
                }
                all
            }
        }
    }
}

fn mass(list: &[Entry]) -> f64 {
    list.iter().map(|entry| entry.weight).sum()
}

fn draw_entry(list: &[Entry], at: f64) -> Option<u32> {
    draw(list.iter().map(|entry| (entry.id, entry.weight)), at)
}
