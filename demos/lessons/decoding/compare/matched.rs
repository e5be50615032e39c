//! Strategies where they are equally strong.

use concepts::comparison::{Family, Measure};
use concepts::evaluation::{CurvePoint, Difference, Interval, holm, matched_values, needed_pairs, sign_flip};
use concepts::numerics::statistics::{mean, variance};
use rayon::prelude::*;

use super::assess::{Assessed, Row};

/// In what strategies are made equal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Axis {
    /// The entropy of what is drawn from, on the same contexts.
    Entropy,
    /// The mass that a cut leaves, on the same contexts.
    Mass,
    /// The perplexity of the texts, under the model that wrote them.
    Perplexity,
}

/// Strategies that choose from one distribution, and so have a strength.
pub(crate) const LOCAL: [Family; 7] = [
    Family::Temperature,
    Family::TopK,
    Family::TopP,
    Family::MinP,
    Family::Typical,
    Family::Epsilon,
    Family::Eta,
];
/// Those that cut. The first is what the others stand beside.
const CUTTING: [Family; 6] =
    [Family::TopP, Family::TopK, Family::MinP, Family::Typical, Family::Epsilon, Family::Eta];
/// Those whose texts can be made as surprising as wanted.
const STEERED: [Family; 10] = [
    Family::Temperature,
    Family::TopK,
    Family::TopP,
    Family::MinP,
    Family::Typical,
    Family::Epsilon,
    Family::Eta,
    Family::Mirostat,
    Family::Repetition,
    Family::Contrastive,
];

impl Axis {
    pub(crate) const ALL: [Axis; 3] = [Axis::Entropy, Axis::Mass, Axis::Perplexity];

    /// Its name in files.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Axis::Entropy => "entropy",
            Axis::Mass => "kept_mass",
            Axis::Perplexity => "perplexity",
        }
    }

    /// The families that are compared; what comes first is what the others stand beside.
    pub(crate) fn families(self) -> &'static [Family] {
        match self {
            Axis::Entropy => &LOCAL,
            Axis::Mass => &CUTTING,
            Axis::Perplexity => &STEERED,
        }
    }

    /// What the others stand beside.
    pub(crate) fn base(self) -> Family {
        self.families()[0]
    }

    /// Where strategies are compared: shares of the model's entropy; masses; shares of people's surprise.
    pub(crate) fn levels(self) -> [f64; 3] {
        match self {
            Axis::Entropy => [0.8, 0.55, 0.3],
            Axis::Mass => [0.95, 0.85, 0.7],
            Axis::Perplexity => [1.0, 0.8, 0.65],
        }
    }

    /// Of what a level is a share.
    pub(crate) fn whole(self, assessed: &Assessed) -> Option<f64> {
        match self {
            Axis::Entropy => assessed.model_entropy.filter(|entropy| *entropy > 0.0),
            Axis::Mass => assessed.model_entropy.map(|_| 1.0),
            Axis::Perplexity => {
                let surprise = assessed.interval(assessed.human()?, Measure::Surprise).estimate;
                (surprise > 0.0).then_some(surprise)
            }
        }
    }

    /// Where a setting lies.
    fn place(self, row: &Row) -> Option<f64> {
        match self {
            Axis::Entropy => row.strength.map(|of| of.entropy),
            Axis::Mass => row.strength.map(|of| of.kept_mass),
            Axis::Perplexity => Some(mean(row.measured.of(Measure::Surprise))).filter(|x| x.is_finite()),
        }
    }
}

/// What is compared there.
pub(crate) const COMPARED: [Measure; 3] = [Measure::Judge, Measure::Known, Measure::SelfBleu];
/// A difference is shown if it would come by chance in fewer of a hundred comparisons of this many.
pub(crate) const LEVEL: f64 = 0.05;
/// A difference of this power is wanted.
const POWER: f64 = 0.8;
/// Random signs of a test.
const DRAWS: usize = 9_999;

/// One family at one strength, beside another one: see [`Axis::base`].
#[derive(Debug, Clone)]
pub(crate) struct Cell {
    pub axis: Axis,
    pub family: Family,
    /// Of [`Axis::levels`].
    pub level: f64,
    pub measure: Measure,
    pub value: Interval,
    /// Less the one it stands beside, on the same prompts.
    pub beside: Interval,
    /// After Holm's correction for all cells of the axis.
    pub p: f64,
    /// How many prompts would show a difference as large as this.
    pub needed: Option<usize>,
    /// Are there enough prompts that any difference at all could be shown, after the correction?
    pub decidable: bool,
}

impl Cell {
    /// What is shown, after the correction.
    pub(crate) fn shown(&self) -> Difference {
        if self.p >= LEVEL || self.p.is_nan() { Difference::NotShown } else { self.beside.sign() }
    }

    /// Is this the one that the others stand beside?
    pub(crate) fn is_base(&self) -> bool {
        self.family == self.axis.base()
    }
}

/// Which way an estimate points.
trait Sign {
    fn sign(&self) -> Difference;
}

impl Sign for Interval {
    fn sign(&self) -> Difference {
        match self.estimate {
            x if x > 0.0 => Difference::Larger,
            x if x < 0.0 => Difference::Smaller,
            _ => Difference::NotShown,
        }
    }
}

/// All families at all levels that their sweeps reach, on every axis; none without a model to measure strength on.
pub(crate) fn matched(assessed: &Assessed, seed: u64) -> Vec<Cell> {
    Axis::ALL.iter().flat_map(|axis| on_axis(assessed, *axis, seed)).collect()
}

fn on_axis(assessed: &Assessed, axis: Axis, seed: u64) -> Vec<Cell> {
    let families = axis.families();
    let comparisons = COMPARED.len() * (families.len() - 1) * axis.levels().len();
    let places = COMPARED.iter().flat_map(|measure| {
        families.iter().flat_map(move |family| axis.levels().map(|level| (*measure, *family, level)))
    });
    let places: Vec<(Measure, Family, f64)> = places.collect();
    let cell = |&(measure, family, level): &(Measure, Family, f64)| {
        let first = at(assessed, axis, family, level, measure)?;
        let second = at(assessed, axis, axis.base(), level, measure)?;
        let differences: Vec<f64> = first.iter().zip(&second).map(|(a, b)| a - b).collect();
        let p = sign_flip(&differences, DRAWS, seed).map_or(f64::NAN, |p| p.value);
        let (value, beside) = (assessed.of_values(&first), assessed.of_values(&differences));
        Some(Cell {
            axis,
            family,
            level,
            measure,
            value,
            beside,
            p,
            needed: needed(&differences, comparisons),
            decidable: false,
        })
    };
    let mut cells: Vec<Cell> = places.par_iter().filter_map(cell).collect();
    let mut tested: Vec<&mut Cell> = cells.iter_mut().filter(|cell| !cell.is_base()).collect();
    let raw: Vec<f64> = tested.iter().map(|cell| if cell.p.is_nan() { 1.0 } else { cell.p }).collect();
    let adjusted = holm(&raw).unwrap_or(raw);
    tested.iter_mut().zip(adjusted).for_each(|(cell, p)| cell.p = p);
    let decidable = tested.len() as f64 * least_p(assessed.prompts) < LEVEL;
    cells.iter_mut().for_each(|cell| cell.decidable = decidable);
    cells
}

/// The smallest p that a test by signs can give: all differences point one way, as in two of 2ⁿ cases.
fn least_p(prompts: usize) -> f64 {
    let drawn = 1.0 / (DRAWS + 1) as f64;
    0.5f64.powi(prompts.saturating_sub(1).min(64) as i32).max(drawn)
}

/// The values by prompt of a family at a level, between the settings of its sweep.
pub(crate) fn at(
    assessed: &Assessed,
    axis: Axis,
    family: Family,
    level: f64,
    measure: Measure,
) -> Option<Vec<f64>> {
    let curve = curve(axis, &assessed.sweep(family), measure);
    matched_values(&curve, level * axis.whole(assessed)?).ok()
}

/// A sweep as a curve. Settings at the same place are one point.
fn curve(axis: Axis, rows: &[&Row], measure: Measure) -> Vec<CurvePoint> {
    let mut points: Vec<CurvePoint> = Vec::new();
    for row in rows {
        let (Some(x), y) = (axis.place(row), row.measured.of(measure)) else { continue };
        let known = y.iter().all(|value| value.is_finite()) && !y.is_empty();
        if known && points.iter().all(|point| point.x != x) {
            points.push(CurvePoint { x, y: y.to_vec() });
        }
    }
    points
}

/// Prompts that would show a difference as large as the measured one, in four runs of five.
/// One of so many comparisons has to be that much surer.
fn needed(differences: &[f64], comparisons: usize) -> Option<usize> {
    let sd = variance(differences).sqrt();
    needed_pairs(sd, mean(differences).abs(), 1.0 - LEVEL / comparisons as f64, POWER).ok()
}
