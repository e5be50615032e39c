//! What a person can change. A knob is declared here and nowhere else; its help stands under `knobs` in `shown.<lang>.md`.

use crate::kit::knob::{Knob, Real, Whole};

pub(crate) static THROWS: Whole = Whole::new("throws", 1, 1_000_000).default(100);
pub(crate) static HEADS: Real = Real::new("heads", 0.0, 1.0).default(0.5);

/// All of them, in the order of the help.
pub(crate) static KNOBS: &[&dyn Knob] = &[&THROWS, &HEADS];
