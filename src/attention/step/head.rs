//! One key/value head and the queries that share it.

/// Everything that one task reads and writes.
pub(super) struct Head<'a, T> {
    /// The queries of the group, `(group, d_k)`.
    pub(super) q: &'a [f32],
    /// `(n, d_k)`
    pub(super) k: &'a [T],
    /// `(n, d_v)`
    pub(super) v: &'a [T],
    /// `(group, d_v)`, zeros at first.
    pub(super) out: &'a mut [f32],
    pub(super) d_k: usize,
    pub(super) d_v: usize,
}

/// `log₂ e / √d_k`: what makes a dot product ready for `2^x`.
pub(super) fn scale(d_k: usize) -> f32 {
    (std::f64::consts::LOG2_E / (d_k as f64).sqrt()) as f32
}
