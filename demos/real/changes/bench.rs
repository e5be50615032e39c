//! A model with changes on the same texts, again and again.

use concepts::decoder::fast::FastModel;
use concepts::decoder::{Change, Keeping};
use concepts::evaluation::{Bootstrap, Difference, Interval, mean_difference, mean_interval};
use concepts::numerics::statistics::mean;

use super::WORDS;
use super::texts::{held_out, windows};
use crate::kit::knob::Refusal;
use crate::named;
use crate::real::Real;

/// A model and the windows of text that every change is measured on.
pub(crate) struct Bench<'r> {
    pub(crate) real: &'r Real,
    pub(crate) model: FastModel<'r>,
    /// The text, as tokens without a frame.
    pub(crate) text: Vec<u32>,
    /// Windows of it, all as long.
    pub(crate) windows: Vec<Vec<u32>>,
    /// Nats a token of each window, of the model as it is.
    pub(crate) plain: Vec<f64>,
    options: Bootstrap,
}

/// What a change costs.
#[derive(Debug, Clone)]
pub(crate) struct Cost {
    /// Nats a token of each window.
    pub(crate) nats: Vec<f64>,
    /// Their mean.
    pub(crate) mean: f64,
    /// How many more than of the model as it is, on the same windows.
    pub(crate) more: Interval,
}

impl Cost {
    /// Is it shown that the text became harder?
    pub(crate) fn is_shown(&self) -> bool {
        self.more.difference() == Difference::Larger
    }
}

/// Tokens that a model must be able to read: less has no near and far.
const LEAST: usize = 16;

/// Refuses a model that was trained for texts of fewer tokens than that.
pub(crate) fn long_enough(real: &Real, context: usize) -> Result<(), Refusal> {
    if context < LEAST {
        let said = named![place = real.place(), context, least = LEAST];
        return Err(Refusal(WORDS.with("refused.short", &said)));
    }
    Ok(())
}

/// Refuses a model that predicts what is no number: its weights were damaged after they were trained.
pub(crate) fn sound(real: &Real, nats: impl IntoIterator<Item = f64>) -> Result<(), Refusal> {
    match nats.into_iter().all(f64::is_finite) {
        true => Ok(()),
        false => Err(Refusal(WORDS.with("refused.damaged", &named![place = real.place()]))),
    }
}

impl<'r> Bench<'r> {
    pub(crate) fn new(real: &'r Real, seed: u64) -> Result<Bench<'r>, Refusal> {
        long_enough(real, real.config().context)?;
        let (model, text) = (real.fast()?, held_out(real)?);
        let windows = windows(real, &text);
        let options = Bootstrap { seed, ..Bootstrap::default() };
        let mut bench = Bench { real, model, text, windows, plain: Vec::new(), options };
        bench.plain = bench.nats(&[])?;
        sound(real, bench.plain.iter().copied())?;
        Ok(bench)
    }

    /// The surprise at each token of texts, in nats.
    pub(crate) fn surprise(&self, changes: &[Change], texts: &[Vec<u32>]) -> Result<Vec<Vec<f64>>, Refusal> {
        let texts: Vec<&[u32]> = texts.iter().map(Vec::as_slice).collect();
        Ok(self.model.decoder_with(Keeping::F32, changes)?.surprise(&texts)?)
    }

    /// Nats a token of each window.
    pub(crate) fn nats(&self, changes: &[Change]) -> Result<Vec<f64>, Refusal> {
        Ok(self.surprise(changes, &self.windows)?.iter().map(|nats| mean(nats)).collect())
    }

    /// What a change costs.
    pub(crate) fn with(&self, changes: &[Change]) -> Result<Cost, Refusal> {
        self.cost(self.nats(changes)?)
    }

    /// The cost of a change of which the nats of each window are known.
    pub(crate) fn cost(&self, nats: Vec<f64>) -> Result<Cost, Refusal> {
        let more = self.apart(&nats, &self.plain)?;
        Ok(Cost { mean: mean(&nats), nats, more })
    }

    /// How far two lists of windows are apart, window by window.
    pub(crate) fn apart(&self, first: &[f64], second: &[f64]) -> Result<Interval, Refusal> {
        Ok(mean_difference(first, second, &self.options)?)
    }

    /// The mean over windows with its interval.
    pub(crate) fn interval(&self, nats: &[f64]) -> Result<Interval, Refusal> {
        Ok(mean_interval(nats, &self.options)?)
    }
}
