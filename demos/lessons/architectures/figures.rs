//! The pictures: who influences whom. A line parts prefix or source from what is generated.

use concepts::architecture::Architecture;

use super::WORDS;
use super::experiments::influences;
use super::setup::Setup;
use crate::kit::figure::Figure;
use crate::kit::knob::Refusal;
use crate::kit::sketch::Sketch;
use crate::kit::text::Text;

pub(crate) fn figures(setup: &Setup) -> Result<Vec<Figure>, Refusal> {
    let names = Text::each(1..=setup.seq);
    let figure = |(id, kind)| {
        let data = influences(kind, setup.seq, setup.layers, setup.d_model, setup.seed)?;
        let border = match kind {
            Architecture::EncoderDecoder { source } => vec![source],
            Architecture::PrefixLm { prefix } => vec![prefix],
            _ => Vec::new(),
        };
        Ok(Sketch::heat(id, &WORDS, names.clone(), names.clone(), data).borders(&border, &border).figure())
    };
    setup.kinds().into_iter().map(figure).collect()
}
