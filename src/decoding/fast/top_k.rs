use std::cmp::Ordering;

use super::block::BLOCK;
use super::entry::{Entry, order};

/// Puts the `k` best tokens into `list`, the best first; fewer if fewer can follow.
///
/// If `k` blocks have a maximum of at least `t`, then `k` logits are at least `t`. So the `k`-th largest
/// maximum is a threshold below which none of the best lies, and only blocks whose maximum reaches it need
/// to be looked at: `k` of them, and those that tie.
///
/// # Shapes
/// `logits (V)`, `maxima (⌈V / BLOCK⌉)` those of the blocks; `spare` is working memory
pub(super) fn best(logits: &[f32], maxima: &[f32], k: usize, spare: &mut Vec<f32>, list: &mut Vec<Entry>) {
    let threshold = threshold(maxima, k, spare);
    list.clear();
    for (block, _) in maxima.iter().enumerate().filter(|(_, max)| **max >= threshold) {
        let start = block * BLOCK;
        let end = logits.len().min(start + BLOCK);
        for (place, &logit) in logits[start..end].iter().enumerate() {
            if logit >= threshold && logit > f32::NEG_INFINITY {
                list.push(Entry { id: (start + place) as u32, logit, weight: 0.0 });
            }
        }
    }
    if k < list.len() {
        list.select_nth_unstable_by(k, order);
        list.truncate(k);
    }
    list.sort_unstable_by(order);
}

/// The `k`-th largest maximum; −∞ if there are not that many.
fn threshold(maxima: &[f32], k: usize, spare: &mut Vec<f32>) -> f32 {
    if k >= maxima.len() {
        return f32::NEG_INFINITY;
    }
    spare.clear();
    spare.extend_from_slice(maxima);
    let falling = |a: &f32, b: &f32| b.partial_cmp(a).unwrap_or(Ordering::Equal);
    *spare.select_nth_unstable_by(k - 1, falling).1
}
