//! What a person can change.

use crate::kit::knob::{Knob, PathTo, Real, Whole};

pub(crate) static BETA: Real =
    Real::new("beta", 0.01, 10.0).default(0.2).logarithmic().only_in(&[1, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
pub(crate) static EPSILON: Real = Real::new("epsilon", 0.01, 0.9).default(0.2).only_in(&[5, 7, 9, 10]);
pub(crate) static GROUP: Whole = Whole::new("group", 2, 256).default(8).only_in(&[5, 7]);
pub(crate) static STEPS: Whole = Whole::new("steps", 10, 2000).default(300).only_in(&[7, 9, 10]);
pub(crate) static NOISE: Real = Real::new("noise", 0.0, 0.5).default(0.1).only_in(&[2, 3, 9, 10]);
pub(crate) static PREFS: PathTo = PathTo::file("prefs").only_in(&[3]);

/// All of them, in the order of the help.
pub(crate) static KNOBS: &[&dyn Knob] = &[&BETA, &EPSILON, &GROUP, &STEPS, &NOISE, &PREFS];
