//! Queries and keys turned to their positions, with tables of cosines and sines.

use ndarray::{Array2, ArrayView2};

use super::DecoderError;
use crate::budget::RopeConfig;
use crate::position::rope::Layout;

/// Cosine and sine of each place of a text and pair, times the attention factor.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Turns {
    layout: Layout,
    /// `(places, pairs)`
    cos: Array2<f64>,
    /// `(places, pairs)`
    sin: Array2<f64>,
}

impl Turns {
    /// The tables for a text whose tokens stand at these positions.
    pub(super) fn new(rope: &RopeConfig, layout: Layout, positions: &[i64]) -> Result<Turns, DecoderError> {
        // As long as the text that reaches from position 0 to the farthest.
        let farthest = positions.iter().map(|position| position.unsigned_abs() as usize).max();
        let theta = rope.frequencies(farthest.map_or(0, |farthest| farthest.saturating_add(1)))?;
        let angle = |(place, pair): (usize, usize)| positions[place] as f64 * theta[pair];
        let (factor, shape) = (rope.attention_factor, (positions.len(), theta.len()));
        let cos = Array2::from_shape_fn(shape, |at| factor * libm::cos(angle(at)));
        let sin = Array2::from_shape_fn(shape, |at| factor * libm::sin(angle(at)));
        Ok(Turns { layout, cos, sin })
    }

    /// Each row turned to its position; the first row is at place `first` of the text. Features beyond the pairs stay.
    ///
    /// # Formula
    /// `(xₐ, x_b) ↦ (xₐ cos mθ − x_b sin mθ, x_b cos mθ + xₐ sin mθ)`
    ///
    /// # Shapes
    /// `x (n, head_dim)` → `(n, head_dim)`
    pub(super) fn apply(&self, x: ArrayView2<f64>, first: usize) -> Array2<f64> {
        let pairs = self.cos.ncols();
        let mut y = x.to_owned();
        for (i, mut row) in y.outer_iter_mut().enumerate() {
            for pair in 0..pairs {
                let (a, b) = self.layout.pair(pair, pairs);
                let (cos, sin) = (self.cos[[first + i, pair]], self.sin[[first + i, pair]]);
                (row[a], row[b]) = (row[a] * cos - row[b] * sin, row[b] * cos + row[a] * sin);
            }
        }
        y
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decoder::Config;
    use crate::numerics::{max_difference, normal, rng, tolerance::EXACT_F64};
    use crate::position::rope::rotate_by_matrix;

    #[test]
    fn tables_turn_as_the_matrix_does() {
        for layout in [Layout::Halves, Layout::Interleaved] {
            for (head_dim, rotary_dim) in [(8, 8), (12, 6), (2, 2)] {
                let rope = RopeConfig { rotary_dim, ..Config::small().ropes[0].clone() };
                let x = normal((5, head_dim), 1.0, &mut rng(7, "turns"));
                let turned =
                    Turns::new(&rope, layout, &[0, 1, 2, 3, 4, 5, 6, 7, 8]).unwrap().apply(x.view(), 4);
                let theta = rope.frequencies(9).unwrap();
                let matrix = rotate_by_matrix(x.view(), &[4, 5, 6, 7, 8], &theta, layout).unwrap();
                assert!(max_difference(&turned, &matrix) < EXACT_F64, "{layout:?} {head_dim}");
            }
        }
    }
}
