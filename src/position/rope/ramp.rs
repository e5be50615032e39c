//! Which pairs are stretched: fast ones keep their frequency, slow ones are interpolated, and between
//! them runs a ramp.

use crate::position::words::Dimension;
use std::f64::consts::TAU;

use crate::position::PositionError;
use crate::position::check::not_empty;

/// Over what the ramp between kept and stretched pairs runs.
///
/// Both start and end near the same pairs. The paper's ramp is linear in the number of turns, so most of
/// the pairs in between are close to stretched; the other is linear in the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum YarnRamp {
    /// Linear in the number of turns that a pair makes in training, as in the paper.
    ByRotations,
    /// Linear in the index of the pair, between the pair that makes `beta` turns (rounded down) and the
    /// one that makes `alpha` turns (rounded up), as in the released code and in Hugging Face.
    ByIndex,
    /// As [`YarnRamp::ByIndex`], with ends between two pairs where they fall there: `truncate: false` in a
    /// configuration, as gpt-oss has it.
    ByIndexUnrounded,
}

/// Between which numbers of turns in `train_len` tokens the ramp runs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ramp {
    pub(super) train_len: usize,
    pub(super) alpha: f64,
    pub(super) beta: f64,
    pub(super) over: YarnRamp,
}

impl Ramp {
    /// How much of its own frequency each pair keeps: `γ`, from 1 (kept) to 0 (stretched).
    pub(super) fn kept(&self, theta: &[f64], base: f64) -> Vec<f64> {
        match self.over {
            YarnRamp::ByRotations => theta.iter().map(|&theta| self.by_rotations(theta)).collect(),
            YarnRamp::ByIndex => self.by_index(theta.len(), base, true),
            YarnRamp::ByIndexUnrounded => self.by_index(theta.len(), base, false),
        }
    }

    /// `r = L θ / 2π` turns in training; below `alpha` nothing is kept, above `beta` all.
    fn by_rotations(&self, theta: f64) -> f64 {
        let turns = self.train_len as f64 * theta / TAU;
        ((turns - self.alpha) / (self.beta - self.alpha)).clamp(0.0, 1.0)
    }

    /// The same ends, rounded outwards to whole indices or not, and a straight line between them.
    fn by_index(&self, pairs: usize, base: f64, rounded: bool) -> Vec<f64> {
        let d = (2 * pairs) as f64;
        // Which (fractional) pair makes this many turns: L base^(−2i/d) / 2π = turns, solved for i.
        let place =
            |turns: f64| d * libm::log(self.train_len as f64 / (turns * TAU)) / (2.0 * libm::log(base));
        // The upper limit is d − 1 in the released code, though there are only d/2 pairs.
        let (first, last) = (place(self.beta), place(self.alpha));
        let (first, last) = if rounded { (first.floor(), last.ceil()) } else { (first, last) };
        let (first, last) = (first.max(0.0), last.min(d - 1.0));
        // A ramp of no width would divide by 0: the released code widens it by this much.
        let width = if first == last { 0.001 } else { last - first };
        (0..pairs).map(|i| 1.0 - ((i as f64 - first) / width).clamp(0.0, 1.0)).collect()
    }

    /// Are there a training length and two different ends?
    pub(super) fn check(&self) -> Result<(), PositionError> {
        not_empty(Dimension::TrainingLength, self.train_len)?;
        let (alpha, beta) = (self.alpha, self.beta);
        // Written so that NaN is refused as well.
        if !(alpha > 0.0 && beta > alpha && beta.is_finite()) {
            return Err(PositionError::BadRamp { alpha, beta });
        }
        Ok(())
    }
}
