use crate::decoding::error::{check_finite, check_probability};
use crate::decoding::words::{Bounds, Parameter};
use crate::decoding::{DecodingError, Filter, Pipeline};

/// A cut that must know all probabilities before it decides.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum Cut {
    /// As [`typical`](crate::decoding::typical), with this mass.
    Typical(f64),
    /// As [`epsilon_cutoff`](crate::decoding::epsilon_cutoff), with this probability.
    Epsilon(f64),
    /// As [`eta_cutoff`](crate::decoding::eta_cutoff), with this probability.
    Eta(f64),
}

impl Cut {
    fn filter(self) -> Filter {
        match self {
            Cut::Typical(mass) => Filter::Typical(mass),
            Cut::Epsilon(epsilon) => Filter::Epsilon(epsilon),
            Cut::Eta(epsilon) => Filter::Eta(epsilon),
        }
    }
}

/// What a [`Sampler`](super::Sampler) does, in this order: temperature, top-k, top-p, min-p, one more cut.
///
/// # Examples
/// ```
/// use concepts::decoding::{Filter, Settings};
/// let settings = Settings { top_p: Some(0.9), ..Settings::default() };
/// assert_eq!(settings.pipeline().filters, [Filter::Temperature(1.0), Filter::TopP(0.9)]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    /// 0 is greedy.
    pub temperature: f64,
    /// At most so many candidates.
    pub top_k: Option<usize>,
    /// The smallest set of at least this mass.
    pub top_p: Option<f64>,
    /// At least this share of the probability of the best.
    pub min_p: Option<f64>,
    /// One more. Fast where it is the only cut; beside others it goes the way of the readable twin.
    pub cut: Option<Cut>,
}

impl Default for Settings {
    /// Pure sampling.
    fn default() -> Self {
        Self { temperature: 1.0, top_k: None, top_p: None, min_p: None, cut: None }
    }
}

impl Settings {
    /// The readable twin.
    pub fn pipeline(&self) -> Pipeline {
        let steps = [
            Some(Filter::Temperature(self.temperature)),
            self.top_k.map(Filter::TopK),
            self.top_p.map(Filter::TopP),
            self.min_p.map(Filter::MinP),
            self.cut.map(Cut::filter),
        ];
        Pipeline::filters(steps.into_iter().flatten().collect::<Vec<_>>())
    }

    pub(super) fn check(&self) -> Result<(), DecodingError> {
        check_finite(Parameter::Temperature, self.temperature, 0.0, Bounds::OrGreedy)?;
        if self.top_k == Some(0) {
            return Err(DecodingError::Zero { name: Parameter::K });
        }
        check_probability(Parameter::TopP, self.top_p.unwrap_or(1.0))?;
        check_probability(Parameter::MinP, self.min_p.unwrap_or(0.0))?;
        match self.cut {
            Some(Cut::Typical(mass)) => check_probability(Parameter::TypicalMass, mass),
            Some(Cut::Epsilon(epsilon) | Cut::Eta(epsilon)) => check_probability(Parameter::Epsilon, epsilon),
            None => Ok(()),
        }
    }
}
