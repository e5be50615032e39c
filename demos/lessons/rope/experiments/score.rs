//! The score of a rotated query and a rotated key.

use concepts::numerics::{normal, rng};
use concepts::position::PositionError;
use concepts::position::rope::{Layout, Rope, RopeCache, rotate_by_complex, rotate_by_matrix};
use ndarray::{Array2, Axis};
use rand::Rng;

/// What a query and a key say, `(1, d)` each.
#[derive(Debug, Clone)]
pub(crate) struct Content {
    pub q: Array2<f64>,
    pub k: Array2<f64>,
}

/// How a query and a key of complex pairs are multiplied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Product {
    /// `Σ q·k̄`, as the paper has it.
    Conjugate,
    /// `Σ q·k`, as the written answer has it.
    Plain,
}

/// Random content of width `d`.
pub(crate) fn content(d: usize, seed: u64, stream: &str) -> Content {
    let mut rng = rng(seed, stream);
    Content { q: normal((1, d), 1.0, &mut rng), k: normal((1, d), 1.0, &mut rng) }
}

/// Query at `m`, key at `n`, each rotated on its own by complex numbers, then the dot product.
pub(crate) fn score(c: &Content, m: i64, n: i64, frequencies: &[f64], layout: Layout) -> f64 {
    let turned = |x: &Array2<f64>, at| rotate_by_complex(x.view(), &[at], frequencies, layout);
    dot(turned(&c.q, m).ok(), turned(&c.k, n).ok())
}

/// The same by rotation matrices.
pub(crate) fn score_by_matrix(c: &Content, m: i64, n: i64, frequencies: &[f64], layout: Layout) -> f64 {
    let turned = |x: &Array2<f64>, at| rotate_by_matrix(x.view(), &[at], frequencies, layout);
    dot(turned(&c.q, m).ok(), turned(&c.k, n).ok())
}

fn dot(q: Option<Array2<f64>>, k: Option<Array2<f64>>) -> f64 {
    q.zip(k).map_or(f64::NAN, |(q, k)| q.row(0).dot(&k.row(0)))
}

/// The complex product of query and key, real and imaginary part.
pub(crate) fn product(
    c: &Content,
    (m, n): (i64, i64),
    frequencies: &[f64],
    layout: Layout,
    how: Product,
) -> (f64, f64) {
    let (mut re, mut im) = (0.0, 0.0);
    for (i, theta) in frequencies.iter().enumerate() {
        let (a, b) = layout.pair(i, frequencies.len());
        let turned = |x: &Array2<f64>, at: i64| {
            let (sin, cos) = (at as f64 * theta).sin_cos();
            (x[[0, a]] * cos - x[[0, b]] * sin, x[[0, a]] * sin + x[[0, b]] * cos)
        };
        let ((q, q_im), (k, k_im)) = (turned(&c.q, m), turned(&c.k, n));
        let k_im = if how == Product::Conjugate { -k_im } else { k_im };
        re += q * k - q_im * k_im;
        im += q * k_im + q_im * k;
    }
    (re, im)
}

/// Distance of two complex numbers.
pub(crate) fn apart(a: (f64, f64), b: (f64, f64)) -> f64 {
    (a.0 - b.0).hypot(a.1 - b.1)
}

/// The largest change of `score(m, n)` under common shifts, over random places up to `most`.
pub(crate) fn shift_error(trials: usize, most: i64, seed: u64, score: impl Fn(i64, i64) -> f64) -> f64 {
    let mut rng = rng(seed, "common shifts");
    let mut place = || rng.random_range(0..most);
    let worse = |a: f64, b: f64| if a.is_nan() || b.is_nan() { f64::NAN } else { a.max(b) };
    (0..trials)
        .map(|_| {
            let (m, n, t) = (place(), place(), place());
            (score(m + t, n + t) - score(m, n)).abs()
        })
        .fold(0.0, worse)
}

/// A row at position `m` as checkpoints in halves turn it: `x ⊙ cos + rotate_half(x) ⊙ sin`, `(1, d)`.
pub(crate) fn by_rotate_half(x: &Array2<f64>, m: i64, frequencies: &[f64]) -> Array2<f64> {
    let pairs = frequencies.len();
    Array2::from_shape_fn(x.dim(), |(row, j)| {
        let (sin, cos) = (m as f64 * frequencies[j % pairs]).sin_cos();
        let turned = if j < pairs { -x[[row, j + pairs]] } else { x[[row, j - pairs]] };
        x[[row, j]] * cos + turned * sin
    })
}

/// A row at place `m`, turned by the kernel that a model would use, `(1, d)`.
pub(crate) fn turned_by_kernel(
    x: &Array2<f64>,
    m: i64,
    frequencies: &[f64],
    layout: Layout,
) -> Result<Array2<f32>, PositionError> {
    let cache = RopeCache::new(frequencies, m as usize + 1, 1.0)?;
    // (1 head, 1 token, d)
    let mut row = x.mapv(|x| x as f32).insert_axis(Axis(0));
    Rope::with_cache(x.ncols(), cache, layout)?.apply(&mut row.view_mut(), m as usize)?;
    Ok(row.remove_axis(Axis(0)))
}
