//! From knobs to checked values.

use concepts::emergence::{Comparison, Evaluated, Metric, PowerLaw, Test, compare, evaluate};

use super::knobs;
use super::scores::{Scores, drawn};
use super::sizes;
use crate::errors::At;
use crate::kit::knob::Refusal;
use crate::kit::lesson::Setting;

/// How much the scores of options waver from item to item.
const WAVER: f64 = 1.0;

/// Everything that one run of the lesson computes with.
pub(crate) struct Setup {
    pub law: PowerLaw,
    pub test: Test,
    /// Questions of a test.
    pub items: u64,
    pub metric: Metric,
    /// By rising size.
    pub sizes: Vec<f64>,
    /// Those of the person, or those of this run.
    pub scores: Scores,
    /// A step and a smooth law, fitted to them.
    pub found: Comparison,
    /// The score of a guess, for the fit.
    pub chance: f64,
    pub examples: usize,
    pub features: usize,
    pub layers: usize,
    /// As it was typed, and what it is worth.
    pub expression: (String, Evaluated),
    pub seed: u64,
}

impl Setup {
    pub(crate) fn new(setting: &Setting) -> Result<Setup, Refusal> {
        let values = &setting.values;
        let law = PowerLaw::new(knobs::SCALE.of(values), knobs::ALPHA.of(values))?;
        let test =
            Test::new(knobs::LENGTH.of(values), knobs::OPTIONS.of(values), WAVER, knobs::MIX.of(values))?;
        let items = knobs::ITEMS.of(values) as u64;
        let sizes = sizes::read(knobs::SIZES.of(values).unwrap_or_default())?;
        let expression = knobs::EXPRESSION.of(values).unwrap_or_default().to_string();
        let value = evaluate(&expression).at("--expression")?;
        let chance = knobs::CHANCE.of(values);
        let scores = match knobs::SCORES.of(values) {
            Some(path) => Scores::read(path)?,
            None => drawn(&law, &test, &sizes, items, setting.seed),
        };
        Ok(Setup {
            law,
            test,
            items,
            metric: knobs::METRIC.of(values),
            sizes,
            found: compare(&scores.rows, chance)?,
            scores,
            chance,
            examples: knobs::EXAMPLES.of(values),
            features: knobs::DIM.of(values),
            layers: knobs::LAYERS.of(values),
            expression: (expression, value),
            seed: setting.seed,
        })
    }

    /// Exact match of a size, at the length of this run.
    pub(crate) fn exact(&self, size: f64) -> f64 {
        self.law.exact_match(size, self.test.tokens, self.test.items)
    }

    /// Numbers between two sizes, evenly spaced in the logarithm, both ends included.
    pub(crate) fn between(low: f64, high: f64, count: usize) -> Vec<f64> {
        let step = (high / low).ln() / (count - 1) as f64;
        (0..count).map(|i| low * (step * i as f64).exp()).collect()
    }
}
