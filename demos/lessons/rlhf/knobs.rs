//! What a person can change.

use crate::kit::knob::{Knob, PathTo, Real, Whole};

pub(crate) static BETA: Real = Real::new("beta", 0.01, 10.0).default(0.2).logarithmic();
pub(crate) static EPSILON: Real = Real::new("epsilon", 0.01, 0.9).default(0.2);
pub(crate) static GROUP: Whole = Whole::new("group", 2, 256).default(8);
pub(crate) static STEPS: Whole = Whole::new("steps", 10, 2000).default(300);
pub(crate) static NOISE: Real = Real::new("noise", 0.0, 0.5).default(0.1);
pub(crate) static PREFS: PathTo = PathTo::file("prefs");

/// All of them, in the order of the help.
pub(crate) static KNOBS: &[&dyn Knob] = &[&BETA, &EPSILON, &GROUP, &STEPS, &NOISE, &PREFS];
