use std::cmp::Ordering;

use super::entry::Entry;
use super::weigh::BUCKETS;

/// The sum of the weights in each bucket.
pub(super) fn sum_up(buckets: &[u32], weights: &[f32], masses: &mut [f64; BUCKETS]) {
    masses.fill(0.0);
    for (&bucket, &weight) in buckets.iter().zip(weights) {
        masses[bucket as usize % BUCKETS] += f64::from(weight);
    }
}

/// The bucket in which the mass reaches `target`, and the mass of those before it.
pub(super) fn crossing(masses: &[f64; BUCKETS], target: f64) -> (usize, f64) {
    let mut before = 0.0;
    for (bucket, mass) in masses.iter().enumerate() {
        if before + mass >= target {
            return (bucket, before);
        }
        before += mass;
    }
    // Rounding kept the sum below a target that is nearly all of it.
    let last = masses.iter().rposition(|&mass| mass > 0.0).unwrap_or(0);
    (last, masses[..last].iter().sum())
}

/// Puts the tokens of one bucket into `list`, in the order of their ids.
pub(super) fn gather(bucket: usize, buckets: &[u32], logits: &[f32], weights: &[f32], list: &mut Vec<Entry>) {
    const AT_ONCE: usize = 64;
    list.clear();
    for (chunk, found) in buckets.chunks(AT_ONCE).enumerate() {
        // No branch inside: the compiler makes vectors of it.
        if !found.iter().fold(false, |any, &other| any | (other == bucket as u32)) {
            continue;
        }
        for (place, _) in found.iter().enumerate().filter(|(_, other)| **other == bucket as u32) {
            let id = chunk * AT_ONCE + place;
            let Some(&logit) = logits.get(id) else { break };
            if logit > f32::NEG_INFINITY {
                list.push(Entry { id: id as u32, logit, weight: f64::from(weights[id]) });
            }
        }
    }
}

/// Brings the smallest set of first entries by an order whose mass is at least `target` to the front, and
/// returns its size, at least 1. The last entry of the set is the last one by the order.
///
/// A selection that looks at masses: split at the middle, and go on in the half in which the sum crosses.
pub(super) fn smallest(list: &mut [Entry], target: f64, order: impl Fn(&Entry, &Entry) -> Ordering) -> usize {
    let (mut start, mut end) = (0, list.len());
    let mut before = 0.0;
    while end - start > 1 {
        let middle = (start + end) / 2;
        list[start..end].select_nth_unstable_by(middle - start, &order);
        let left: f64 = list[start..middle].iter().map(|entry| entry.weight).sum();
        if before + left >= target {
            end = middle;
        } else {
            before += left;
            start = middle;
        }
    }
    end
}
