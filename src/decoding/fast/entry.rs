use std::cmp::Ordering;

/// A token that was picked out of the vocabulary.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Entry {
    pub(super) id: u32,
    pub(super) logit: f32,
    /// `e^((l − m) / t)`, `m` the largest logit.
    pub(super) weight: f64,
}

/// The most probable first, then the lowest id: no two entries are equal.
pub(super) fn order(a: &Entry, b: &Entry) -> Ordering {
    b.logit.partial_cmp(&a.logit).unwrap_or(Ordering::Equal).then(a.id.cmp(&b.id))
}

/// Draws by weight: the entry in which the running sum passes `at`.
///
/// `at` is below the sum of the weights; where rounding contradicts, the last entry that has a weight.
pub(super) fn draw(entries: impl IntoIterator<Item = (u32, f64)>, mut at: f64) -> Option<u32> {
    let mut last = None;
    for (id, weight) in entries {
        if weight > 0.0 {
            last = Some(id);
        }
        at -= weight;
        if at < 0.0 {
            break;
        }
    }
    last
}
