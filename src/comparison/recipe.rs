//! A strategy with its number.

use crate::decoding::words::Parameter;
use crate::decoding::{
    Cut, DecodingError, FastMirostat, Filter, Greedy, Mirostat, Penalised, Penalty, Pipeline, Sampler,
    Settings, Strategy,
};

use super::Family;

/// Candidates of contrastive search, as its paper has them.
const CONTRASTIVE_K: usize = 5;
/// How fast Mirostat learns, as its paper has it.
const MIROSTAT_RATE: f64 = 0.1;
/// From here on what is fast pays.
const LARGE_VOCABULARY: usize = 512;

/// A strategy with its numbers: what one setting of a comparison is.
///
/// # Examples
/// ```
/// use concepts::comparison::{Family, Recipe};
/// let hot = Recipe { temperature: 2.0, ..Recipe::new(Family::MinP, 0.1) };
/// assert_eq!(hot.settings(), [("min_p", 0.1), ("temperature", 2.0)]);
/// assert_eq!(Recipe::new(Family::Greedy, 0.0).settings(), []);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Recipe {
    /// The strategy.
    pub family: Family,
    /// The number that it is swept over; of no effect for greedy.
    pub value: f64,
    /// Applied before the cut; 1 for a sweep of the cut alone. Of [`Family::Temperature`] it is `value` that counts.
    pub temperature: f64,
    /// Of beam search: the score is `ln p / length^penalty`.
    pub length_penalty: f64,
}

impl Recipe {
    /// At temperature 1, without a length penalty.
    pub fn new(family: Family, value: f64) -> Recipe {
        Recipe { family, value, temperature: 1.0, length_penalty: 0.0 }
    }

    /// The settings of a sweep.
    pub fn sweep(family: Family, values: &[f64]) -> Vec<Recipe> {
        if values.is_empty() {
            return vec![Recipe::new(family, 0.0)];
        }
        values.iter().map(|&value| Recipe::new(family, value)).collect()
    }

    /// Its numbers by name, as they stand in a file.
    pub fn settings(&self) -> Vec<(&'static str, f64)> {
        let own = (!self.family.parameter().is_empty()).then(|| (self.family.parameter(), self.value));
        let heat = (self.family != Family::Temperature && self.temperature != 1.0)
            .then_some(("temperature", self.temperature));
        let length = (self.length_penalty != 0.0).then_some(("length_penalty", self.length_penalty));
        own.into_iter().chain(heat).chain(length).collect()
    }

    /// Does chance play a part?
    pub fn is_random(&self) -> bool {
        let sure = matches!((self.family, self.value), (Family::TopK, 1.0) | (Family::Temperature, 0.0));
        self.family.is_random() && self.temperature > 0.0 && !sure
    }

    /// The penalties and filters; `None` where the choice is no draw from a filtered distribution.
    pub fn pipeline(&self) -> Option<Pipeline> {
        let value = self.value;
        let filter = match self.family {
            Family::Greedy => Filter::TopK(1),
            Family::NoRepeat => Filter::TopK(1),
            Family::Temperature => Filter::Temperature(value),
            Family::TopK => Filter::TopK(value as usize),
            Family::TopP => Filter::TopP(value),
            Family::MinP => Filter::MinP(value),
            Family::Typical => Filter::Typical(value),
            Family::Epsilon => Filter::Epsilon(value),
            Family::Eta => Filter::Eta(value),
            Family::Repetition => Filter::Temperature(self.temperature),
            Family::Beam | Family::Contrastive | Family::Mirostat => return None,
        };
        let penalties = self.penalties();
        let heated =
            self.temperature != 1.0 && !matches!(self.family, Family::Temperature | Family::Repetition);
        let heat = heated.then_some(Filter::Temperature(self.temperature));
        Some(Pipeline { penalties, filters: heat.into_iter().chain([filter]).collect() })
    }

    /// The rules against repetition.
    fn penalties(&self) -> Vec<Penalty> {
        match self.family {
            Family::NoRepeat => vec![Penalty::NoRepeatNGram(self.value as usize)],
            Family::Repetition => vec![Penalty::Repetition(self.value)],
            _ => Vec::new(),
        }
    }

    /// What chooses token after token; `None` for a search, which compares prefixes. For a large vocabulary the fast
    /// twins, which do not sort.
    ///
    /// # Errors
    /// A number is out of its range.
    pub fn chooser(&self, vocab_size: usize) -> Result<Option<Box<dyn Strategy + Send>>, DecodingError> {
        let large = vocab_size >= LARGE_VOCABULARY;
        if self.family == Family::Mirostat {
            let rule = Mirostat::new(self.value, MIROSTAT_RATE)?;
            return Ok(Some(if large { Box::new(FastMirostat::new(rule)) } else { Box::new(rule) }));
        }
        if let Some(settings) = self.fast().filter(|_| large) {
            let penalties = self.penalties();
            return Ok(Some(match penalties.is_empty() {
                true => Box::new(Sampler::new(settings)?),
                false => Box::new(Penalised::new(penalties, settings)?),
            }));
        }
        if self.family == Family::Greedy {
            return Ok(Some(Box::new(Greedy)));
        }
        Ok(self.pipeline().map(|pipeline| Box::new(pipeline) as Box<dyn Strategy + Send>))
    }

    /// As the fast sampler has it, after the penalties; `None` for what it cannot do.
    fn fast(&self) -> Option<Settings> {
        let heated = Settings { temperature: self.temperature, ..Settings::default() };
        match self.family {
            Family::Greedy | Family::NoRepeat => Some(Settings { temperature: 0.0, ..heated }),
            Family::Temperature => Some(Settings { temperature: self.value, ..heated }),
            Family::TopK => Some(Settings { top_k: Some(self.value as usize), ..heated }),
            Family::TopP => Some(Settings { top_p: Some(self.value), ..heated }),
            Family::MinP => Some(Settings { min_p: Some(self.value), ..heated }),
            Family::Typical => Some(Settings { cut: Some(Cut::Typical(self.value)), ..heated }),
            Family::Epsilon => Some(Settings { cut: Some(Cut::Epsilon(self.value)), ..heated }),
            Family::Eta => Some(Settings { cut: Some(Cut::Eta(self.value)), ..heated }),
            Family::Repetition => Some(heated),
            Family::Beam | Family::Contrastive | Family::Mirostat => None,
        }
    }

    /// The beams, if it searches with beams.
    pub fn beams(&self) -> Option<usize> {
        (self.family == Family::Beam).then_some(self.value as usize)
    }

    /// Candidates and weight, if it is contrastive search.
    pub fn contrastive(&self) -> Option<(usize, f64)> {
        (self.family == Family::Contrastive).then_some((CONTRASTIVE_K, self.value))
    }

    /// Is the number one that the strategy takes?
    ///
    /// # Errors
    /// The number is out of its range, or no whole number where tokens or beams are counted.
    pub fn check(&self) -> Result<(), DecodingError> {
        let counted = match self.family {
            Family::TopK => Some(Parameter::K),
            Family::Beam => Some(Parameter::Beams),
            Family::NoRepeat => Some(Parameter::NGram),
            _ => None,
        };
        if let Some(name) = counted
            && !(self.value >= 1.0 && self.value.fract() == 0.0)
        {
            return Err(DecodingError::Zero { name });
        }
        // Every filter and penalty checks its own number.
        if let Some(pipeline) = self.pipeline() {
            pipeline.candidates(&[0.0f64, 0.0], &[])?;
        }
        self.chooser(1)?;
        Ok(())
    }
}
