//! Which ramp runs between the pairs that are kept and those that are interpolated.

use concepts::budget::{RopeConfig, RopeMethod};
use concepts::position::rope::{Scaling, YarnRamp};

use crate::kit::text::Text;
use crate::lessons::rope::WORDS;
use crate::lessons::rope::method::RAMP_OF_LLAMA_3_1;
use crate::lessons::rope::setup::Setup;
use crate::named;

/// The formula has the paper's ramp, by turns; which other one the run has.
pub(crate) fn of_the_run(setup: &Setup) -> Option<Text> {
    match setup.extension.ramp {
        YarnRamp::ByRotations => None,
        YarnRamp::ByIndex => Some(WORDS.get("note_ramp.index")),
        YarnRamp::ByIndexUnrounded => Some(WORDS.get("note_ramp.unrounded")),
    }
}

/// The ramp of a person's own file, where it is not the one that the page explains. YaRN of a file runs by the number of
/// the pair, so it never is.
pub(crate) fn of_the_file(rope: &RopeConfig) -> Option<Text> {
    match rope.method {
        RopeMethod::Scaled(Scaling::Yarn { alpha, beta, ramp, .. }) => {
            let unrounded = ramp == YarnRamp::ByIndexUnrounded;
            let id = if unrounded { "note_file_ramp.unrounded" } else { "note_file_ramp" };
            Some(WORDS.with(id, &named![alpha, beta]))
        }
        RopeMethod::Scaled(Scaling::Llama3 { low_freq_factor: alpha, high_freq_factor: beta, .. }) => {
            let other = [alpha, beta] != RAMP_OF_LLAMA_3_1;
            other.then(|| WORDS.with("note_file_ramp.llama3", &named![alpha, beta]))
        }
        _ => None,
    }
}
