//! What a person can change.

use super::experiments::sinusoid::USUAL_BASE;
use super::scheme::{SCHEMES, Scheme};
use crate::kit::knob::{Choice, Knob, PathTo, Real, Sentence, Whole};

pub(crate) static TEXT: Sentence = Sentence::new("text", 200).default("dog bites man");
pub(crate) static SCHEME: Choice<Scheme> = Choice::new("scheme", &SCHEMES).default("sinusoidal");
pub(crate) static SEQ: Whole = Whole::new("seq", 2, 4096).default(64);
pub(crate) static D_MODEL: Whole = Whole::new("d-model", 4, 4096).default(32);
pub(crate) static BASE: Real = Real::new("base", 1.000_001, 1e9).default(USUAL_BASE).logarithmic();
/// The second page: a trained model.
pub(crate) static MODEL: PathTo = PathTo::file("model");

/// All of them, in the order of the help.
pub(crate) static KNOBS: &[&dyn Knob] = &[&TEXT, &SCHEME, &SEQ, &D_MODEL, &BASE, &MODEL];
