//! What a person can change.

use crate::kit::knob::{Knob, Maybe, Whole};

pub(crate) static SEQ: Whole = Whole::new("seq", 2, 32).default(8);
/// Three tokens, and of texts that have no more all but the last.
pub(crate) static PREFIX: Maybe<Whole> = Whole::new("prefix", 1, 31).optional();
/// Four tokens, and of texts that have no more all but the last.
pub(crate) static SOURCE: Maybe<Whole> = Whole::new("source", 1, 31).optional();
pub(crate) static LAYERS: Whole = Whole::new("layers", 1, 12).default(3);
/// Of two features a layer norm leaves nothing but which is the larger: no push would be seen.
pub(crate) static D_MODEL: Whole = Whole::new("d-model", 4, 128).default(16);

/// All of them, in the order of the help.
pub(crate) static KNOBS: &[&dyn Knob] = &[&SEQ, &PREFIX, &SOURCE, &LAYERS, &D_MODEL];
