//! What a person can change.

use concepts::scaling::{BESIROGLU, HOFFMANN, HOFFMANN_TEX, Law};

use crate::kit::knob::{Choice, Knob, PathTo, Real, Sentence, Whole};

/// Names of the constants, and the constants.
pub(crate) const SETS: &[(&str, Law)] =
    &[("besiroglu", BESIROGLU), ("hoffmann-tex", HOFFMANN_TEX), ("hoffmann", HOFFMANN)];

// Numbers as people write them (7B, 1.4T, 5.76e23) are read by the library.
pub(crate) static COMPUTE: Sentence = Sentence::new("compute", 40).narrow();
pub(crate) static PARAMS: Sentence = Sentence::new("params", 40).narrow();
pub(crate) static TOKENS: Sentence = Sentence::new("tokens", 40).narrow();
pub(crate) static MODEL: Sentence = Sentence::new("model", 60).narrow();
pub(crate) static SERVED: Sentence = Sentence::new("served-tokens", 40).narrow().default("10T");
pub(crate) static CONSTANTS: Choice<Law> = Choice::new("constants", SETS);
pub(crate) static RUNS: PathTo = PathTo::file("runs");
pub(crate) static DRAWN: Whole = Whole::new("drawn-runs", 6, 2000).default(60);
pub(crate) static NOISE: Real = Real::new("noise", 0.0, 0.1).default(0.005);
pub(crate) static RESAMPLES: Whole = Whole::new("resamples", 20, 2000).default(100);

/// All of them, in the order of the help.
pub(crate) static KNOBS: &[&dyn Knob] =
    &[&COMPUTE, &PARAMS, &TOKENS, &MODEL, &SERVED, &CONSTANTS, &RUNS, &DRAWN, &NOISE, &RESAMPLES];
