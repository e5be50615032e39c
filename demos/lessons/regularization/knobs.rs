//! What a person can change.

use super::data::Source;
use crate::kit::knob::{Choice, Knob, Maybe, PathTo, Real, Sentence, Whole};

pub(crate) static DATA: Choice<Source> =
    Choice::new("data", &[("diabetes", Source::Diabetes), ("sparse", Source::Sparse)]);
pub(crate) static CSV: PathTo = PathTo::file("csv");
pub(crate) static TARGET: Sentence = Sentence::new("target", 200);
pub(crate) static ROWS: Whole = Whole::new("rows", 4, 5000).default(120);
pub(crate) static COLUMNS: Whole = Whole::new("columns", 1, 2000).default(40);
pub(crate) static LAMBDA: Maybe<Real> = Real::new("lambda", 0.0, 1e200).logarithmic().optional();
pub(crate) static RIDGE: Maybe<Real> = Real::new("ridge", 0.0, 1e200).logarithmic().optional();
pub(crate) static ALPHA: Real = Real::new("alpha", 0.0, 1.0).default(0.5);
pub(crate) static FOLDS: Whole = Whole::new("folds", 2, 50).default(10);
pub(crate) static LR: Real = Real::new("lr", 1e-6, 1.0).default(0.1).logarithmic();
pub(crate) static DECAY: Real = Real::new("decay", 0.0, 1.0).default(0.1);
pub(crate) static GRADIENT_SCALE: Real = Real::new("gradient-scale", 1e-4, 1e4).default(0.1).logarithmic();

/// All of them, in the order of the help.
pub(crate) static KNOBS: &[&dyn Knob] =
    &[&DATA, &CSV, &TARGET, &ROWS, &COLUMNS, &LAMBDA, &RIDGE, &ALPHA, &FOLDS, &LR, &DECAY, &GRADIENT_SCALE];
