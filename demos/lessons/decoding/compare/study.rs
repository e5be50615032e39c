//! The benchmark in small, for claims: a few settings on the built-in text, each prompt continued under several
//! seeds, measured and compared as on the page.

use concepts::comparison::{Family, Measure, Recipe};
use concepts::evaluation::Interval;
use concepts::language_model::Unit;

use super::assess::{Against, Assessed, NONE, Row};
use super::figures::row_of;
use super::generate::{Size, Starts, generate};
use super::matched::{Axis, at};
use super::{models, source};
use crate::kit::knob::Refusal;
use crate::lessons::decoding::knobs::BuiltIn;

/// Texts of each prompt and setting, each drawn with a seed of its own.
const SEEDS: usize = 5;
/// Prompts, and tokens of each.
pub(crate) const PROMPTS: usize = 20;
const PROMPT: usize = 20;

/// Settings that wrote and were measured. What it says of a setting that took no part is not a number, and passes no
/// test.
pub(crate) struct Study(Assessed);

impl Study {
    /// Everything anew: the model, the judge, texts of so many tokens.
    pub(crate) fn new(recipes: &[Recipe], tokens: usize, seed: u64) -> Result<Study, Refusal> {
        let text = source::built_in(BuiltIn::English);
        let (writing, judge) = models::pair(&text, Unit::Characters, Unit::Characters.order())?;
        let size = Size { prompts: PROMPTS, each: SEEDS, prompt: PROMPT, tokens };
        let records = generate(&*writing.writer, recipes, &Starts::HeldOut, size, (seed, None))?.records;
        let strength = |recipe: &Recipe| writing.writer.strength(recipe);
        let against =
            Against { known: &text.training, read: false, judge: &*judge.judge, strength: &strength, seed };
        Ok(Study(Assessed::new(&records, &against)))
    }

    /// The mean of a setting.
    pub(crate) fn mean(&self, recipe: Recipe, measure: Measure) -> Interval {
        self.row(recipe).map_or(NONE, |row| self.0.interval(row, measure))
    }

    /// One setting less another, on the same prompts.
    pub(crate) fn difference(&self, first: Recipe, second: Recipe, measure: Measure) -> Interval {
        let rows = self.row(first).zip(self.row(second));
        rows.map_or(NONE, |(first, second)| self.0.difference(first, second, measure))
    }

    /// A setting less what people wrote, on the same prompts.
    pub(crate) fn beside_people(&self, recipe: Recipe, measure: Measure) -> Interval {
        let rows = self.row(recipe).zip(self.0.human());
        rows.map_or(NONE, |(row, human)| self.0.difference(row, human, measure))
    }

    /// One family less another, where both leave this share of the model's entropy.
    pub(crate) fn equally_strong(
        &self,
        [first, second]: [Family; 2],
        level: f64,
        measure: Measure,
    ) -> Interval {
        let values = |family| at(&self.0, Axis::Entropy, family, level, measure);
        let Some((first, second)) = values(first).zip(values(second)) else { return NONE };
        let differences: Vec<f64> = first.iter().zip(&second).map(|(a, b)| a - b).collect();
        self.0.of_values(&differences)
    }

    fn row(&self, recipe: Recipe) -> Option<&Row> {
        row_of(&self.0, &recipe)
    }
}

/// Every setting of the short sweep of these families.
pub(crate) fn sweeps(families: &[Family]) -> Vec<Recipe> {
    let of = |family: &Family| Recipe::sweep(*family, family.short_sweep());
    families.iter().flat_map(of).collect()
}
