//! Strategies where they are equally strong.

use concepts::comparison::{Family, Measure};
use concepts::evaluation::{CurvePoint, Difference, Interval, holm, matched_values, needed_pairs, sign_flip};
use concepts::numerics::statistics::{mean, variance};

use super::assess::{Assessed, Row};

/// What is left of the model's entropy at each level of strength.
pub(crate) const LEVELS: [f64; 3] = [0.8, 0.55, 0.3];
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
/// What is compared there.
pub(crate) const COMPARED: [Measure; 3] = [Measure::Judge, Measure::Known, Measure::SelfBleu];
/// A difference is shown if it would come by chance in fewer of a hundred comparisons of this many.
pub(crate) const LEVEL: f64 = 0.05;
/// A difference of this power is wanted.
const POWER: f64 = 0.8;
/// Random signs of a test.
const DRAWS: usize = 9_999;

/// One family at one strength, beside temperature alone.
#[derive(Debug, Clone)]
pub(crate) struct Cell {
    pub family: Family,
    /// Share of the model's entropy that is left.
    pub level: f64,
    pub measure: Measure,
    pub value: Interval,
    /// Less temperature alone, on the same prompts.
    pub beside: Interval,
    /// After Holm's correction for all cells.
    pub p: f64,
    /// How many prompts would show a difference as large as this.
    pub needed: Option<usize>,
}

impl Cell {
    /// What is shown, after the correction.
    pub(crate) fn shown(&self) -> Difference {
        if self.p >= LEVEL || self.p.is_nan() { Difference::NotShown } else { self.beside.sign() }
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

/// All families at all levels that their sweeps reach; none without a model to measure strength on.
pub(crate) fn matched(assessed: &Assessed, seed: u64) -> Vec<Cell> {
    let Some(entropy) = assessed.model_entropy.filter(|entropy| *entropy > 0.0) else { return Vec::new() };
    let mut cells = Vec::new();
    let mut p_values = Vec::new();
    for measure in COMPARED {
        let base = curve(&assessed.sweep(Family::Temperature), measure);
        for family in LOCAL {
            let own = curve(&assessed.sweep(family), measure);
            for level in LEVELS {
                let at = level * entropy;
                let (Ok(first), Ok(second)) = (matched_values(&own, at), matched_values(&base, at)) else {
                    continue;
                };
                let differences: Vec<f64> = first.iter().zip(&second).map(|(a, b)| a - b).collect();
                let p = sign_flip(&differences, DRAWS, seed).map_or(f64::NAN, |p| p.value);
                cells.push(Cell {
                    family,
                    level,
                    measure,
                    value: assessed.of_values(&first),
                    beside: assessed.of_values(&differences),
                    p,
                    needed: needed(&differences, COMPARED.len() * (LOCAL.len() - 1) * LEVELS.len()),
                });
                if family != Family::Temperature {
                    p_values.push((cells.len() - 1, p));
                }
            }
        }
    }
    let raw: Vec<f64> = p_values.iter().map(|(_, p)| if p.is_nan() { 1.0 } else { *p }).collect();
    let adjusted = holm(&raw).unwrap_or(raw);
    for ((place, _), p) in p_values.iter().zip(adjusted) {
        cells[*place].p = p;
    }
    cells
}

/// A sweep as a curve over the entropy that it draws from. Settings that draw from the same entropy are one point.
fn curve(rows: &[&Row], measure: Measure) -> Vec<CurvePoint> {
    let mut points: Vec<CurvePoint> = Vec::new();
    for row in rows {
        let (Some(strength), y) = (row.strength, row.measured.of(measure)) else { continue };
        let known = y.iter().all(|value| value.is_finite()) && !y.is_empty();
        if known && points.iter().all(|point| point.x != strength.entropy) {
            points.push(CurvePoint { x: strength.entropy, y: y.to_vec() });
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
