//! What a sinusoidal table is like.

use concepts::numerics::statistics::variance;
use concepts::numerics::{max_abs, max_difference, normal, rng};
use concepts::position::{
    PositionError, sinusoidal_frequencies, sinusoidal_shift, sinusoidal_table, wavelengths,
};
use ndarray::{Array2, ArrayView1, Axis, Slice};

/// The base of Vaswani et al. 2017.
pub(crate) const USUAL_BASE: f64 = 10_000.0;

/// Rows and width of the table behind random projections.
pub(crate) const PROJECTED: (usize, usize) = (256, 32);

/// `max |PE(p + k) − R(k) PE(p)|` over the rows of a table.
pub(crate) fn shift_error(table: &Array2<f64>, k: usize, base: f64) -> Result<f64, PositionError> {
    let (n, d) = table.dim();
    let shift = sinusoidal_shift(k as i64, d, base)?;
    let moved = table.slice_axis(Axis(0), Slice::from(..n - k)).dot(&shift.t());
    Ok(max_difference(&moved, &table.slice_axis(Axis(0), Slice::from(k..)).to_owned()))
}

/// How far the matrix of dot products is from depending on the distance alone: the largest spread along
/// a diagonal.
pub(crate) fn toeplitz_error(dots: &Array2<f64>) -> f64 {
    let n = dots.nrows();
    let below = Slice::from(..n - 1);
    let above = Slice::from(1..);
    let here = dots.slice_axis(Axis(0), below);
    let there = dots.slice_axis(Axis(0), above);
    max_abs(&(&here.slice_axis(Axis(1), below) - &there.slice_axis(Axis(1), above)))
}

/// `PE(p)·PE(p + k) = Σ cos(ω k)` for `k = 0, 1, …, n − 1`, from the rows of the table.
pub(crate) fn by_offset(table: &Array2<f64>) -> Vec<f64> {
    table.dot(&table.row(0)).to_vec()
}

/// The smallest distance of two of `n` places: `‖PE(p) − PE(q)‖² = d − 2 PE(p)·PE(q)`, and the dot product
/// depends on `p − q` alone.
pub(crate) fn nearest(n: usize, d_model: usize, base: f64) -> Result<f64, PositionError> {
    let dots = by_offset(&sinusoidal_table(n, d_model, base)?);
    let distances = dots.iter().skip(1).map(|dot| (d_model as f64 - 2.0 * dot).max(0.0).sqrt());
    Ok(distances.fold(f64::INFINITY, f64::min))
}

/// The standard deviation, over places, of the score of two rows `k` apart once `W_Q` and `W_K` stand
/// between them; without them it is 0.
pub(crate) fn projected_spread(k: usize, seed: u64) -> Result<f64, PositionError> {
    const N: usize = PROJECTED.0;
    const D: usize = PROJECTED.1;
    let mut rng = rng(seed, "projected rows");
    let mut draw = || normal((D, D), 1.0 / (D as f64).sqrt(), &mut rng);
    let (w_q, w_k, rows) = (draw(), draw(), sinusoidal_table(N, D, USUAL_BASE)?);
    let (q, keys) = (rows.dot(&w_q), rows.dot(&w_k));
    let scores: Vec<f64> = (0..N - k).map(|p| q.row(p + k).dot(&keys.row(p))).collect();
    Ok(variance(&scores).sqrt())
}

/// The first offset at which the dot product rises again.
pub(crate) fn first_rise(by_offset: &[f64]) -> Option<usize> {
    by_offset.windows(2).position(|pair| pair[1] > pair[0]).map(|k| k + 1)
}

/// Pairs whose wavelength is longer than the places seen in training.
pub(crate) fn unseen_pairs(d_model: usize, base: f64, train_len: usize) -> Result<usize, PositionError> {
    let frequencies = sinusoidal_frequencies(d_model, base)?;
    Ok(wavelengths(&frequencies).iter().filter(|&&length| length > train_len as f64).count())
}

/// Places per turn, from the first to the last upward crossing of zero.
pub(crate) fn turn(sine: ArrayView1<f64>) -> f64 {
    let ups: Vec<usize> = (1..sine.len()).filter(|&p| sine[p - 1] < 0.0 && sine[p] >= 0.0).collect();
    match ups[..] {
        [first, .., last] => (last - first) as f64 / (ups.len() - 1) as f64,
        _ => f64::NAN,
    }
}

/// The usual slip: `i` in place of `2i`, so that the wavelengths reach only the square root of the base.
pub(crate) fn slipped(n: usize, d_model: usize, base: f64) -> Array2<f64> {
    Array2::from_shape_fn((n, d_model), |(p, j)| {
        let angle = p as f64 / base.powf((j / 2) as f64 / d_model as f64);
        if j % 2 == 0 { angle.sin() } else { angle.cos() }
    })
}
