//! The score with several positions a token: M-RoPE, for images and video.

use concepts::position::rope::Layout;

use super::score::Content;

/// Time, row and column of a token.
pub(crate) type Place = [i64; 3];

/// Of every eight pairs the first two take the time, three the row, three the column: 16, 24 and 24 of 64, as
/// in Qwen2-VL.
fn axis(pair: usize, pairs: usize) -> usize {
    match 8 * pair / pairs {
        0..2 => 0,
        2..5 => 1,
        _ => 2,
    }
}

/// Query and key each turned on its own, every pair by the position along its axis, then the dot product.
pub(crate) fn score_by_axes(c: &Content, m: Place, n: Place, frequencies: &[f64], layout: Layout) -> f64 {
    let pairs = frequencies.len();
    let of_pair = |(i, theta): (usize, &f64)| {
        let (a, b) = layout.pair(i, pairs);
        let turned = |x: &ndarray::Array2<f64>, at: Place| {
            let (sin, cos) = (at[axis(i, pairs)] as f64 * theta).sin_cos();
            (x[[0, a]] * cos - x[[0, b]] * sin, x[[0, a]] * sin + x[[0, b]] * cos)
        };
        let (q, k) = (turned(&c.q, m), turned(&c.k, n));
        q.0 * k.0 + q.1 * k.1
    };
    frequencies.iter().enumerate().map(of_pair).sum()
}
