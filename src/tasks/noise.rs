//! How much a solver knows, and how it errs: a stated model of errors.

use rand::Rng;
use rand_distr::StandardNormal;

use super::TasksError;
use super::error::between;
use super::words::Quantity;
use crate::numerics::rng;

/// The error model of a [`Solver`](super::Solver), as data.
///
/// At a decision every option has *evidence*: normal with standard deviation `spread`, and around `margin · ease`
/// for the right option, 0 for the others. The solver does not know which is right; it believes what the evidence
/// says. With `sharpness` 1 that is the posterior probability, so the solver is calibrated *by construction*: of all
/// options that it gives probability `p`, a share `p` is right. Above 1 it is over-confident, below 1 too modest.
/// The sharpness changes no argmax; a temperature of the same value undoes it.
///
/// The evidence is fixed by the prompt and by what was written, as the logits of a network are: asked again the
/// solver says the same. `shared` is the part of its variance that depends on the *fact* alone: what the solver gets
/// wrong about `7 + 8` it then gets wrong wherever `7 + 8` comes up. The rest is drawn anew at each place.
///
/// # Formula
/// `x_o = m·[o right] + σ(√ρ · s_o + √(1−ρ) · g_o)`, `s, g ~ N(0, 1)`, `m = margin · ease`, `σ = spread`,
/// `ρ = shared`; option `o` is meant with probability `b_o = softmax(sharpness · m/σ² · x)_o`.
/// Proof of calibration: with every option equally likely to be right,
/// `P(o right | x) ∝ φ((x_o − m)/σ) Π_{j≠o} φ(x_j/σ) ∝ exp(m x_o/σ² − m²/2σ²)`.
///
/// # Reference
/// Green & Swets 1966, *Signal Detection Theory and Psychophysics*, chapter 6, for choice among `m` alternatives;
/// networks as they are trained: Guo et al. 2017, *On Calibration of Modern Neural Networks*.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Noise {
    /// By how much the evidence of the right option is higher, on average.
    pub margin: f64,
    /// Standard deviation of the evidence.
    pub spread: f64,
    /// The part of the variance that belongs to the fact, from 0 to 1.
    pub shared: f64,
    /// What the logits of a calibrated solver are multiplied by.
    pub sharpness: f64,
    /// The probability, at every step, of a token that belongs to no task: shared evenly among all of them.
    pub tail: f64,
    /// The probability, at every step, to end too early.
    pub stop: f64,
}

impl Default for Noise {
    /// A solver that is right about most things, calibrated, with a thin tail.
    fn default() -> Self {
        Self { margin: 3.0, spread: 1.0, shared: 0.25, sharpness: 1.0, tail: 0.02, stop: 0.002 }
    }
}

impl Noise {
    /// # Errors
    /// [`TasksError`] if a number is out of its range.
    pub(super) fn check(&self) -> Result<(), TasksError> {
        between(Quantity::Margin, self.margin, 0.0, 100.0)?;
        between(Quantity::Spread, self.spread, 0.01, 100.0)?;
        between(Quantity::Shared, self.shared, 0.0, 1.0)?;
        between(Quantity::Sharpness, self.sharpness, 0.0, 100.0)?;
        between(Quantity::Tail, self.tail, 0.0, 1.0)?;
        between(Quantity::Stop, self.stop, 0.0, 1.0)?;
        let Self { tail, stop, .. } = *self;
        if tail + stop < 1.0 { Ok(()) } else { Err(TasksError::NothingLeft { tail, stop }) }
    }

    /// What the solver believes about each option.
    ///
    /// # Shapes
    /// → `(options)`, sums to 1
    pub(super) fn beliefs(
        &self,
        seed: u64,
        (fact, place): (&str, &str),
        (options, right, ease): (usize, usize, f64),
    ) -> Vec<f64> {
        let mut shared = rng(seed, fact);
        let mut own = rng(seed, place);
        let margin = self.margin * ease;
        let scale = self.sharpness * margin / (self.spread * self.spread);
        let (of_fact, of_place) = (self.shared.sqrt(), (1.0 - self.shared).sqrt());
        let mut evidence = |option: usize| {
            let (s, g): (f64, f64) = (shared.sample(StandardNormal), own.sample(StandardNormal));
            let drawn = self.spread * (of_fact * s + of_place * g);
            scale * (drawn + if option == right { margin } else { 0.0 })
        };
        let logits: Vec<f64> = (0..options).map(&mut evidence).collect();
        let highest = logits.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let weights: Vec<f64> = logits.iter().map(|logit| libm::exp(logit - highest)).collect();
        let sum: f64 = weights.iter().sum();
        weights.iter().map(|weight| weight / sum).collect()
    }
}
