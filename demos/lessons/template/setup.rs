//! From knobs to what is computed with. What concerns several knobs is refused here.

use super::{WORDS, knobs};
use crate::kit::knob::Refusal;
use crate::kit::lesson::Setting;
use crate::named;

/// The checked values of one run.
pub(crate) struct Setup {
    pub throws: usize,
    pub heads: f64,
    pub seed: u64,
}

impl Setup {
    pub(crate) fn new(setting: &Setting) -> Result<Setup, Refusal> {
        let (throws, heads) = (knobs::THROWS.of(&setting.values), knobs::HEADS.of(&setting.values));
        if (throws as f64) * heads < 1.0 {
            return Err(Refusal(WORDS.with("refused.too-few", &named![throws, heads])));
        }
        Ok(Setup { throws, heads, seed: setting.seed })
    }
}
