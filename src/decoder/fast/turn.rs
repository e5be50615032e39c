//! Queries and keys turned to their positions.

use crate::position::rope::Layout;

/// Cosines and sines of some tokens: `(tokens, pairs)` each.
pub(super) struct Turns {
    layout: Layout,
    pairs: usize,
    cos: Vec<f32>,
    sin: Vec<f32>,
}

impl Turns {
    /// For tokens at these positions. Angles are computed in `f64`; what is rounded is their cosine and sine.
    pub(super) fn new(
        frequencies: &[f64],
        factor: f64,
        layout: Layout,
        positions: impl Iterator<Item = i64>,
    ) -> Self {
        let (mut cos, mut sin) = (Vec::new(), Vec::new());
        for position in positions {
            for theta in frequencies {
                let (s, c) = libm::sincos(position as f64 * theta);
                cos.push((factor * c) as f32);
                sin.push((factor * s) as f32);
            }
        }
        Self { layout, pairs: frequencies.len(), cos, sin }
    }

    /// Turns every head of each row: `x (tokens, heads · head_dim)`.
    pub(super) fn apply(&self, x: &mut [f32], head_dim: usize) {
        if self.pairs == 0 {
            return;
        }
        let tokens = self.cos.len() / self.pairs;
        let width = x.len() / tokens;
        let tables = self.cos.chunks_exact(self.pairs).zip(self.sin.chunks_exact(self.pairs));
        for (row, (cos, sin)) in x.chunks_exact_mut(width).zip(tables) {
            for head in row.chunks_exact_mut(head_dim) {
                match self.layout {
                    Layout::Halves => halves(head, cos, sin),
                    Layout::Interleaved => interleaved(head, cos, sin),
                }
            }
        }
    }
}

fn halves(head: &mut [f32], cos: &[f32], sin: &[f32]) {
    let (first, second) = head.split_at_mut(cos.len());
    for (((a, b), c), s) in first.iter_mut().zip(second).zip(cos).zip(sin) {
        (*a, *b) = (*a * c - *b * s, *b * c + *a * s);
    }
}

fn interleaved(head: &mut [f32], cos: &[f32], sin: &[f32]) {
    for (([a, b], c), s) in head.as_chunks_mut().0.iter_mut().zip(cos).zip(sin) {
        (*a, *b) = (*a * c - *b * s, *b * c + *a * s);
    }
}
