//! From knobs to what is computed with.

use concepts::architecture::Architecture;

use super::{WORDS, experiments, knobs};
use crate::kit::knob::{Knob, Maybe, Refusal, Whole};
use crate::kit::lesson::Setting;
use crate::kit::text::Text;
use crate::named;

/// Tokens of the prefix, and of the encoder, where a person says nothing.
const PREFIX: usize = 3;
const SOURCE: usize = 4;

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
        // What nobody asked for fits into the text.
        let part = |knob: &Maybe<Whole>, usual: usize| {
            let (name, most) = (knob.name(), seq - 1);
            match knob.of(&setting.values) {
                Some(part) if part > most => {
                    Err(Refusal(WORDS.with("refused.nothing-left", &named![name, part, seq, most])))
                }
                given => Ok(given.unwrap_or(usual.min(most))),
            }
        };
        let (prefix, source) = (part(&knobs::PREFIX, PREFIX)?, part(&knobs::SOURCE, SOURCE)?);
        let heads = experiments::HEADS;
        if d_model % heads != 0 {
            return Err(Refusal(WORDS.with("refused.heads", &named![d_model, heads])));
        }
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

/// Shorter runs are over before a line could be read.
const LONG: f64 = 1.0;
/// Multiply-adds in a second of the readable layers on one core, about: 32 tokens through 12 layers of width 128
/// take six.
const A_SECOND: f64 = 1.7e9;

/// What to say while a long run goes on: each of the four kinds reads the text once for every input that is moved.
pub(crate) fn waiting(setting: &Setting) -> Option<Text> {
    let of = |knob: &Whole| knob.of(&setting.values) as f64;
    let (n, d) = (of(&knobs::SEQ), of(&knobs::D_MODEL));
    let one_layer = 12.0 * n * d * d + 2.0 * n * n * d;
    let seconds = 4.0 * n * of(&knobs::LAYERS) * one_layer / A_SECOND;
    (seconds >= LONG).then(|| WORDS.with("timing.waiting", &named![seconds]))
}
