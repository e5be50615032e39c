//! The activations of one token as whole numbers, so that their products with whole weights are whole numbers.
//!
//! Sixteen bits for each of 32 numbers, and a step that they share; then what rounding left over, in sixteen bits more.
//! The first alone would be 128 times as fine as the eight bits that other programs take, and a logit of a whole model
//! would still move in its fifth digit. With the second it moves no more than in `f32`.

use super::lanes::EIGHT;
use super::layout::PART;

/// Whole numbers go from `−LARGEST` to `LARGEST`.
const LARGEST: f32 = 32_767.0;

/// Fine steps of a step: what rounding to steps leaves over is at most half of them.
pub(super) const FINE: f32 = 32_768.0;

/// Added to a number below 2⁵¹, this leaves it rounded to a whole one in the lowest bits: `1.5 · 2⁵²`.
const ROUNDER: f64 = 6_755_399_441_055_744.0;

/// Sizes of which a part has none but zeros: neither a step nor its inverse leaves the range of `f32`.
const TINY: f32 = 1e-30;
const HUGE: f32 = 1e30;

/// Activations in steps.
pub(super) struct Fixed {
    /// `x ≈ step · (whole + fine / FINE)`, part after part.
    pub(super) whole: Vec<[i16; PART]>,
    pub(super) fine: Vec<[i16; PART]>,
    /// The largest of a part is [`LARGEST`] steps.
    pub(super) steps: Vec<f32>,
    /// `Σ x` of a part, of the numbers as they came; behind the last, zeros up to a whole number of eights.
    pub(super) sums: Vec<f32>,
}

impl Fixed {
    /// `None` if a number is none, or so large or small that its step would be none.
    pub(super) fn new(x: &[[f32; PART]]) -> Option<Self> {
        let room = x.len().next_multiple_of(EIGHT);
        let mut fixed = Self {
            whole: Vec::with_capacity(x.len()),
            fine: Vec::with_capacity(x.len()),
            steps: Vec::with_capacity(x.len()),
            sums: Vec::with_capacity(room),
        };
        for part in x {
            let largest = largest(part);
            if !(largest == 0.0 || (TINY..=HUGE).contains(&largest)) {
                return None;
            }
            let step = largest / LARGEST;
            let inverse = if largest > 0.0 { 1.0 / f64::from(step) } else { 0.0 };
            let (mut whole, mut fine) = ([0; PART], [0; PART]);
            for i in 0..PART {
                let in_steps = f64::from(part[i]) * inverse;
                let rounded = in_steps + ROUNDER;
                let left = in_steps - (rounded - ROUNDER);
                whole[i] = rounded.to_bits() as i16;
                fine[i] = (left * f64::from(FINE) + ROUNDER).to_bits() as i16;
            }
            fixed.whole.push(whole);
            fixed.fine.push(fine);
            fixed.steps.push(step);
            fixed.sums.push(part.iter().sum());
        }
        fixed.sums.resize(room, 0.0);
        Some(fixed)
    }
}

/// The largest size of a part; NaN if there is one.
fn largest(part: &[f32; PART]) -> f32 {
    part.iter().fold(0.0, |largest: f32, x| if x.abs() > largest || x.is_nan() { x.abs() } else { largest })
}

/// How far a number of a part may be from its steps: half a fine one, and a rounding on either side of it.
pub(super) fn half_step(part: &[f32]) -> f32 {
    let largest = part.iter().fold(0.0, |largest: f32, x| largest.max(x.abs()));
    largest / LARGEST / FINE * 0.51
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numerics::rng;
    use rand::Rng;

    #[test]
    fn every_number_is_within_half_a_fine_step() {
        let mut random = rng(1, "fixed");
        for scale in [1e-29, 1e-3, 1.0, 1e29] {
            let part: [f32; PART] = std::array::from_fn(|_| scale * random.random_range(-1.0f32..1.0));
            let fixed = Fixed::new(&[part]).unwrap();
            for ((whole, fine), x) in fixed.whole[0].iter().zip(&fixed.fine[0]).zip(part) {
                let steps = f64::from(*whole) + f64::from(*fine) / f64::from(FINE);
                let back = steps * f64::from(fixed.steps[0]);
                assert!((back - f64::from(x)).abs() <= f64::from(half_step(&part)), "{x}: {back}");
            }
            assert_eq!(fixed.whole[0].iter().map(|q| q.unsigned_abs()).max(), Some(32_767));
        }
    }

    #[test]
    fn what_has_no_step_is_refused() {
        for bad in [f32::NAN, f32::INFINITY, 2e30, 1e-31, f32::MIN_POSITIVE / 8.0] {
            let mut part = [0.0; PART];
            part[3] = bad;
            assert!(Fixed::new(&[part]).is_none(), "{bad}");
        }
        let zeros = Fixed::new(&[[0.0; PART]]).unwrap();
        assert_eq!((zeros.whole[0], zeros.steps[0]), ([0; PART], 0.0));
    }
}
