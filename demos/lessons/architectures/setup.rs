//! From knobs to what is computed with.

use concepts::architecture::Architecture;

use super::{WORDS, experiments, knobs};
use crate::kit::knob::{Knob, Refusal, Whole};
use crate::kit::lesson::Setting;
use crate::kit::text::Text;
use crate::named;

/// The checked values of one run.
pub(crate) struct Setup {
    pub seq: usize,
    pub prefix: usize,
    pub source: usize,
    pub layers: usize,
    pub d_model: usize,
    pub seed: u64,
}

impl Setup {
    pub(crate) fn new(setting: &Setting) -> Result<Setup, Refusal> {
        let of = |knob: &Whole| knob.of(&setting.values);
        let (seq, d_model) = (of(&knobs::SEQ), of(&knobs::D_MODEL));
        for knob in [&knobs::PREFIX, &knobs::SOURCE] {
            let (name, part, most) = (knob.name(), of(knob), seq - 1);
            if part >= seq {
                return Err(Refusal(WORDS.with("refused.nothing-left", &named![name, part, seq, most])));
            }
        }
        let heads = experiments::HEADS;
        if d_model % heads != 0 {
            return Err(Refusal(WORDS.with("refused.heads", &named![d_model, heads])));
        }
        let (prefix, source) = (of(&knobs::PREFIX), of(&knobs::SOURCE));
        Ok(Setup { seq, prefix, source, layers: of(&knobs::LAYERS), d_model, seed: setting.seed })
    }

    /// The four kinds, with their ids.
    pub(crate) fn kinds(&self) -> [(&'static str, Architecture); 4] {
        [
            ("encoder", Architecture::EncoderOnly),
            ("decoder", Architecture::DecoderOnly),
            ("prefix", Architecture::PrefixLm { prefix: self.prefix }),
            ("encoder-decoder", Architecture::EncoderDecoder { source: self.source }),
        ]
    }
}

/// The name under which a kind is shown, from its id.
pub(crate) fn family(id: &str) -> Text {
    WORDS.get(&format!("patterns.{id}"))
}
