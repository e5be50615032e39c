//! The steps of a group, searched for: of several that lie near the obvious one, that with the least squares.
//!
//! The obvious step leads exactly to the farthest weight. A little larger or smaller it serves the many better at the
//! cost of one, and once the whole numbers are chosen, the best step for them is known in closed form.

use super::nibbles::farthest;

/// Steps that are tried on either side of the obvious one, a tenth of a level apart.
const TRIED: i32 = 9;
const APART: f32 = 0.1;

/// The step `s` of a group whose weights are `s · level`, levels that `nearest` chooses.
///
/// # Formula
/// For levels `l` the squares `Σ (w − s l)²` are least at `s = Σ w l / Σ l²`, and then smaller by `(Σ w l)² / Σ l²` than
/// with 0: of the levels tried, those with the largest gain. `end` is the level of the weight that is farthest from 0.
pub(super) fn step(weights: &[f32], end: f32, nearest: impl Fn(f32) -> f32) -> f32 {
    let farthest = farthest(weights);
    if farthest == 0.0 || !farthest.is_finite() {
        return farthest;
    }
    let (mut best, mut step) = (0.0, 0.0);
    for k in -TRIED..=TRIED {
        let inverse = (end + APART * k as f32) / farthest;
        let (mut both, mut square) = (0.0f64, 0.0f64);
        for &w in weights {
            let level = f64::from(nearest(inverse * w));
            both += f64::from(w) * level;
            square += level * level;
        }
        if square > 0.0 && both * both > best * square {
            (best, step) = (both * both / square, (both / square) as f32);
        }
    }
    step
}

/// The step `s` and the minimum `m ≥ 0` of a group whose weights are `s q − m` with `q` from 0 to `most`.
///
/// # Formula
/// For whole numbers `q` the squares `Σ (w − s q + m)²` are least where both derivatives are 0:
/// `s = (n Σ w q − Σ w Σ q) / (n Σ q² − (Σ q)²)` and `m = (s Σ q − Σ w) / n`; where that `m` is negative, at `m = 0`.
pub(super) fn step_and_min(weights: &[f32], most: f32) -> (f32, f32) {
    let (low, high) = weights
        .iter()
        .fold((0.0, f32::NEG_INFINITY), |(low, high): (f32, f32), &w| (low.min(w), high.max(w)));
    if high <= low || !(high - low).is_finite() {
        return (0.0, -low);
    }
    let mut best = (f64::INFINITY, 0.0, 0.0);
    for k in -TRIED..=TRIED {
        let inverse = (most + APART * k as f32) / (high - low);
        let q = |w: f32| f64::from(((w - low) * inverse).round().clamp(0.0, most));
        let (s, m) = least_squares(weights, q);
        let lost = weights.iter().map(|&w| (f64::from(w) - s * q(w) + m).powi(2)).sum();
        if s > 0.0 && lost < best.0 {
            best = (lost, s, m);
        }
    }
    (best.1 as f32, best.2 as f32)
}

/// Step and minimum for whole numbers that are chosen.
fn least_squares(weights: &[f32], q: impl Fn(f32) -> f64) -> (f64, f64) {
    let n = weights.len() as f64;
    let [mut w_sum, mut q_sum, mut both, mut square] = [0.0; 4];
    for &w in weights {
        let (w, q) = (f64::from(w), q(w));
        w_sum += w;
        q_sum += q;
        both += w * q;
        square += q * q;
    }
    let spread = n * square - q_sum * q_sum;
    let s = (n * both - w_sum * q_sum) / spread;
    let m = (s * q_sum - w_sum) / n;
    if spread > 0.0 && m >= 0.0 { (s, m) } else { (both / square, 0.0) }
}

/// Numbers as whole ones of a few bits, with the step that all of them share: `value ≈ step · whole`.
///
/// `nearest` rounds to what there is, and the number farthest from 0 is at `end`. The step is in half precision.
pub(super) fn shared<const N: usize>(
    values: [f32; N],
    end: f32,
    nearest: impl Fn(f32) -> f32,
) -> (f32, [f32; N]) {
    let step = half::f16::from_f32(farthest(&values) / end).to_f32();
    let inverse = if step == 0.0 { 0.0 } else { 1.0 / step };
    (step, values.map(|value| nearest(value * inverse)))
}

/// Rounded to a whole number between two others.
pub(super) fn between(low: f32, high: f32) -> impl Fn(f32) -> f32 {
    move |x| x.round().clamp(low, high)
}

/// The whole number from 0 to `most` for which `s q − m` is nearest to a weight.
pub(super) fn nearest(weight: f32, s: f32, m: f32, most: u8) -> u8 {
    if s == 0.0 { 0 } else { ((weight + m) / s).round().clamp(0.0, f32::from(most)) as u8 }
}
