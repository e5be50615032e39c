//! From knobs to checked values.

use concepts::activation::Activation;

use super::own::{self, Own};
use super::{WORDS, knobs};
use crate::kit::knob::Refusal;
use crate::kit::lesson::Setting;
use crate::kit::text::Text;
use crate::named;

/// Everything that one run of the lesson computes with.
pub(crate) struct Setup {
    pub f: Activation,
    pub name: &'static str,
    /// Its name in a sentence, and in a table; with the β of Swish.
    pub chosen: [Text; 2],
    pub x: f64,
    pub beta: f64,
    pub d_model: usize,
    pub d_ff: usize,
    pub depth: usize,
    pub width: usize,
    pub own: Option<Own>,
    pub seed: u64,
}

impl Setup {
    pub(crate) fn new(setting: &Setting) -> Result<Setup, Refusal> {
        let values = &setting.values;
        let (name, beta) = (knobs::ACTIVATION.word(values), knobs::BETA.of(values));
        let swish = name == "swish";
        let f = if swish { Activation::Swish { beta } } else { knobs::ACTIVATION.of(values) };
        let of_swish = |id| WORDS.with(id, &named![beta]);
        let chosen = if swish {
            [of_swish("chosen.swish"), of_swish("values.swish")]
        } else {
            [Text::same(name), Text::same(name)]
        };
        let column = knobs::COLUMN.of(values);
        let path = knobs::VALUES.of(values);
        if column.is_some() && path.is_none() {
            return Err(Refusal(WORDS.get("refused.alone")));
        }
        let d_model = knobs::D_MODEL.of(values);
        Ok(Setup {
            f,
            name,
            chosen,
            x: knobs::X.of(values),
            beta,
            d_model,
            d_ff: knobs::D_FF.of(values).unwrap_or(4 * d_model),
            depth: knobs::DEPTH.of(values),
            width: knobs::WIDTH.of(values),
            own: path.map(|path| own::read(path, column)).transpose()?,
            seed: setting.seed,
        })
    }
}
