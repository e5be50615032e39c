//! ALiBi's slopes and bias, RoPE's vectors and scores.

use concepts::numerics::{max_difference, normal, rng};
use concepts::position::PositionError;
use concepts::position::alibi_bias;
use concepts::position::rope::{Layout, rope_frequencies, rotate_by_complex};
use ndarray::Array2;

use super::sinusoid::{USUAL_BASE, toeplitz_error};

/// Heads of the bias that is compared with the published slopes.
pub(crate) const HEADS: usize = 8;
/// Places of the bias.
pub(crate) const N: usize = 12;
/// Features that are rotated.
pub(crate) const D: usize = 16;

/// A rule for the slopes of so many heads.
pub(crate) type Slopes = fn(usize) -> Result<Vec<f64>, PositionError>;

/// A rule for ALiBi's slopes beside what is published.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Alibi {
    /// Largest change of the bias along a diagonal.
    pub toeplitz: f64,
    /// The first head's bias against `−|i − j|/2`.
    pub first: f64,
    /// All slopes against 1/2, 1/4, …, 1/256, added up.
    pub slopes: f64,
    /// The first two slopes of 4 and of 16 heads against 1/4, 1/16 and 1/√2, 1/2, added up.
    pub others: f64,
}

/// Holds a rule for the slopes to the published numbers.
pub(crate) fn alibi(rule: Slopes) -> Result<Alibi, PositionError> {
    let slopes = rule(HEADS)?;
    let bias = alibi_bias(N, N, slopes[0])?;
    let wanted = Array2::from_shape_fn((N, N), |(i, j)| -0.5 * (i as f64 - j as f64).abs());
    let halves = slopes.iter().enumerate().map(|(h, slope)| (slope - 0.5_f64.powi(h as i32 + 1)).abs());
    let first_two = |heads: usize, wanted: [f64; 2]| {
        rule(heads).map(|found| (found[0] - wanted[0]).abs() + (found[1] - wanted[1]).abs())
    };
    Ok(Alibi {
        toeplitz: toeplitz_error(&bias),
        first: max_difference(&bias, &wanted),
        slopes: halves.sum(),
        others: first_two(4, [1.0 / 4.0, 1.0 / 16.0])? + first_two(16, [0.5_f64.sqrt(), 1.0 / 2.0])?,
    })
}

/// `2^(−8(h−1)/H)`: the exponent off by one.
pub(crate) fn off_by_one(heads: usize) -> Result<Vec<f64>, PositionError> {
    Ok((0..heads).map(|h| (-8.0 * h as f64 / heads as f64).exp2()).collect())
}

/// `2^(−h)`: right for eight heads only.
pub(crate) fn for_eight(heads: usize) -> Result<Vec<f64>, PositionError> {
    Ok((1..=heads).map(|h| (-(h as f64)).exp2()).collect())
}

/// What RoPE does to a query, and to its score with a key.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rotated {
    /// Change of the query itself between two places.
    pub vector: f64,
    /// Change of the score when query and key move on together.
    pub score: f64,
}

/// The two places of the query; the key stands two before it each time.
pub(crate) const PLACES: [usize; 2] = [4, 9];

/// Rotates a query and a key, the key forwards (`direction` 1) or backwards (−1).
pub(crate) fn rope(direction: i64, seed: u64) -> Result<Rotated, PositionError> {
    let theta = rope_frequencies(D, USUAL_BASE)?;
    let mut rng = rng(seed, "Q2 C14");
    let (q, k) = (normal((1, D), 1.0, &mut rng), normal((1, D), 1.0, &mut rng));
    let turned = |x: &Array2<f64>, m: i64| rotate_by_complex(x.view(), &[m], &theta, Layout::Halves);
    let score = |m: i64| -> Result<f64, PositionError> {
        Ok((turned(&q, m)? * turned(&k, direction * (m - 2))?).sum())
    };
    let [near, far] = PLACES.map(|place| place as i64);
    Ok(Rotated {
        vector: max_difference(&turned(&q, far)?, &turned(&q, near)?),
        score: (score(far)? - score(near)?).abs(),
    })
}
