use crate::decoding::DecodingError;
use crate::decoding::error::check_between;
use crate::decoding::words::{Bounds, Parameter};

/// By what the log-probability of a text is divided before texts of different length are compared.
///
/// Every token makes a text less probable, so without a penalty the shortest text has the edge.
///
/// # Formula
/// `score = ln p / lp(L)`, `L` the number of tokens after the prompt, the end token included
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub enum LengthPenalty {
    /// `lp = 1`: the probability itself.
    #[default]
    None,
    /// `lp = L^α`; `α = 1` is the mean log-probability. HF transformers has this one.
    Power(f64),
    /// `lp = ((5 + L) / 6)^α`.
    ///
    /// Reference: Wu et al. 2016, *Google's Neural Machine Translation System*, equation 14 (`α` 0.6 to 0.7).
    Gnmt(f64),
}

impl LengthPenalty {
    /// `ln p / lp(L)`.
    ///
    /// # Shapes
    /// `length` in tokens, at least 1
    ///
    /// # Examples
    /// ```
    /// use concepts::decoding::LengthPenalty;
    /// assert_eq!(LengthPenalty::None.score(-6.0, 3), -6.0);
    /// assert_eq!(LengthPenalty::Power(1.0).score(-6.0, 3), -2.0);
    /// assert_eq!(LengthPenalty::Gnmt(1.0).score(-6.0, 7), -3.0);
    /// ```
    pub fn score(self, log_prob: f64, length: usize) -> f64 {
        let length = length as f64;
        match self {
            LengthPenalty::None => log_prob,
            LengthPenalty::Power(alpha) => log_prob / length.powf(alpha),
            LengthPenalty::Gnmt(alpha) => log_prob / ((5.0 + length) / 6.0).powf(alpha),
        }
    }

    /// No continuation of a text with this log-probability scores better, if it has from `shortest` to
    /// `longest` tokens in the end.
    ///
    /// Proof: every further token multiplies by a probability, so `ln p' ≤ ln p ≤ 0`, and the score of the
    /// end is at most `ln p / lp(L')`. `lp` is monotone in `L'` (rising for `α > 0`, falling for `α < 0`),
    /// so over `shortest ≤ L' ≤ longest` that quotient is largest at one of the two ends.
    pub(super) fn bound(self, log_prob: f64, shortest: usize, longest: usize) -> f64 {
        self.score(log_prob, shortest).max(self.score(log_prob, longest))
    }

    /// # Errors
    /// The exponent is not between −10 and 10: beyond that lengths overflow.
    pub(super) fn check(self) -> Result<(), DecodingError> {
        match self {
            LengthPenalty::None => Ok(()),
            LengthPenalty::Power(alpha) | LengthPenalty::Gnmt(alpha) => {
                check_between(Parameter::LengthPenalty, alpha, (-10.0, 10.0), Bounds::PlusMinus10)
            }
        }
    }
}
