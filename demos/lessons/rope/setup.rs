//! From knobs to checked values.

use concepts::budget::RopeConfig;
use concepts::position::rope::{Layout, rope_frequencies};

use super::WORDS;
use super::knobs;
use super::method::{Extension, Method};
use super::own;
use crate::kit::knob::Refusal;
use crate::kit::lesson::Setting;
use crate::named;

/// Everything that one run of the lesson computes with.
pub(crate) struct Setup {
    pub head_dim: usize,
    pub base: f64,
    pub layout: Layout,
    pub method: Method,
    /// Frequencies as trained.
    pub trained: Vec<f64>,
    /// Frequencies in use.
    pub used: Vec<f64>,
    pub extension: Extension,
    /// What the person's own file says.
    pub own: Option<RopeConfig>,
    /// The factor that the length in use follows from, where the file's longest context is no longer than training.
    pub reached: Option<f64>,
    pub m: i64,
    pub n: i64,
    pub seed: u64,
}

impl Setup {
    pub(crate) fn new(setting: &Setting) -> Result<Setup, Refusal> {
        let values = &setting.values;
        if values.given(&knobs::LONG) {
            return Err(Refusal(WORDS.get("refused.long-alone")));
        }
        if let Some(path) = knobs::CONFIG.of(values) {
            return own::setup(setting, path);
        }
        let (head_dim, base) = (knobs::HEAD_DIM.of(values), knobs::BASE.of(values));
        let (train_len, len) = (knobs::TRAIN_LEN.of(values), knobs::LEN.of(values));
        if head_dim % 2 == 1 {
            return Err(Refusal(WORDS.with("refused.odd", &named![head_dim])));
        }
        if len < train_len {
            return Err(Refusal(WORDS.with("refused.shorter", &named![len, train_len])));
        }
        let method = knobs::SCALING.of(values);
        let (factor, ramp) = (knobs::FACTOR.of(values), knobs::RAMP.of(values));
        let extension = Extension { train_len, len, factor, ramp };
        Ok(Setup {
            head_dim,
            base,
            layout: knobs::LAYOUT.of(values),
            method,
            trained: rope_frequencies(head_dim, base)?,
            used: method.scaling(&extension).frequencies(head_dim, base)?,
            extension,
            own: None,
            reached: None,
            m: knobs::M.of(values) as i64,
            n: knobs::N.of(values) as i64,
            seed: setting.seed,
        })
    }
}
