//! What happens beyond the trained length.

use std::f64::consts::TAU;

use concepts::numerics::tolerance::EXACT_F64;
use concepts::numerics::{least_squares, rng};
use concepts::position::PositionError;
use concepts::position::rope::{out_of_range, phase_ratios, rope_frequencies};
use ndarray::{Array1, Array2};
use rand::Rng;

use crate::lessons::rope::method::{Extension, Method};

/// How a method fares at some length.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Extended {
    /// Pairs outside their trained range.
    pub outside: f64,
    /// The largest phase of a pair that never completed a turn, in units of its largest in training.
    pub farthest: f64,
    /// What the scores are multiplied with.
    pub sharpened: f64,
}

/// Does a pair complete no turn in training?
fn is_slow(theta: f64, train_len: usize) -> bool {
    train_len as f64 * theta < TAU
}

/// Pairs that never complete a turn in training.
pub(crate) fn incomplete(trained: &[f64], train_len: usize) -> usize {
    trained.iter().filter(|&&theta| is_slow(theta, train_len)).count()
}

/// Pairs that leave their trained range between `train_len` and `len`.
pub(crate) fn outside(
    used: &[f64],
    trained: &[f64],
    train_len: usize,
    len: usize,
) -> Result<f64, PositionError> {
    Ok(out_of_range(used, trained, train_len, len)?.iter().filter(|out| **out).count() as f64)
}

/// A ratio of phases for the eye: what is 1 up to rounding is 1.
pub(crate) fn whole(ratio: f64) -> f64 {
    if (ratio - 1.0).abs() <= EXACT_F64 { 1.0 } else { ratio }
}

/// The largest phase of a pair that never completed a turn, in units of its largest in training.
pub(crate) fn farthest(
    used: &[f64],
    trained: &[f64],
    train_len: usize,
    len: usize,
) -> Result<f64, PositionError> {
    let ratios = phase_ratios(used, trained, train_len, len)?;
    let slow = ratios.iter().zip(trained).filter(|(_, theta)| is_slow(**theta, train_len));
    Ok(slow.map(|(ratio, _)| *ratio).fold(0.0, f64::max))
}

/// A method for a longer context. NaN if the library refuses it.
pub(crate) fn extended(method: Method, head_dim: usize, base: f64, extension: &Extension) -> Extended {
    let (scaling, Extension { train_len, len, .. }) = (method.scaling(extension), *extension);
    let computed = rope_frequencies(head_dim, base).and_then(|trained| {
        let used = scaling.frequencies(head_dim, base)?;
        Ok(Extended {
            outside: outside(&used, &trained, train_len, len)?,
            farthest: farthest(&used, &trained, train_len, len)?,
            sharpened: scaling.attention_factor().powi(2),
        })
    });
    computed.unwrap_or(Extended { outside: f64::NAN, farthest: f64::NAN, sharpened: f64::NAN })
}

/// The largest size of a fitted score: where it was fitted, beyond, and between the fitted places.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fit {
    pub inside: f64,
    pub beyond: f64,
    pub between: f64,
}

/// Random values that the curve goes through.
const KNOTS: usize = 64;

/// Fits a score `Σ aⱼ cos(s θⱼ) + bⱼ sin(s θⱼ)` to a bounded curve on the trained places, as Chen et al.
/// 2023 do for their Figure 2, and looks beyond. A small `cutoff` allows large coefficients.
pub(crate) fn fit(trained: &[f64], train_len: usize, cutoff: f64, seed: u64) -> Fit {
    let end = train_len as f64;
    // Every trained place: between sparser ones the fast waves would be free to do as they like.
    let count = train_len + 1;
    let places = |from: f64, step: f64, count: usize| -> Vec<f64> {
        (0..count).map(|i| from + i as f64 * step).collect()
    };
    let inside = places(0.0, 1.0, count);
    // (count, d) · x ≈ (count)
    let x = least_squares(waves(&inside, trained).view(), curve(&inside, end, seed).view(), cutoff);
    let largest =
        |places: &[f64]| waves(places, trained).dot(&x).iter().fold(0.0_f64, |most, y| most.max(y.abs()));
    Fit {
        inside: largest(&inside),
        beyond: largest(&places(end, 1.0, count)),
        between: largest(&places(0.0, 0.25, 4 * count - 3)),
    }
}

/// Straight lines between random values of size at most 1.
fn curve(places: &[f64], end: f64, seed: u64) -> Array1<f64> {
    let mut rng = rng(seed, "fitted curve");
    let knots: Vec<f64> = (0..=KNOTS).map(|_| rng.random_range(-1.0..1.0)).collect();
    places
        .iter()
        .map(|place| {
            let at = place / end * KNOTS as f64;
            let left = (at.floor() as usize).min(KNOTS - 1);
            let part = at - left as f64;
            knots[left] * (1.0 - part) + knots[left + 1] * part
        })
        .collect()
}

/// A cosine and a sine a pair, `(places, d)`.
fn waves(places: &[f64], frequencies: &[f64]) -> Array2<f64> {
    let pairs = frequencies.len();
    Array2::from_shape_fn((places.len(), 2 * pairs), |(i, j)| {
        let angle = places[i] * frequencies[j % pairs];
        if j < pairs { angle.cos() } else { angle.sin() }
    })
}
