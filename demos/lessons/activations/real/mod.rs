//! The second page: the feed-forward networks of a model that somebody trained, `demo activations --model FILE`.
//!
//! | file | what it holds |
//! |---|---|
//! | `exchanged` | other functions in the place of the trained one |
//! | `layers` | what is nearly 0, and what is far too large, layer by layer |
//! | `verdicts` | what all this says about claims of the written answer |

mod exchanged;
mod layers;
mod verdicts;

use std::path::Path;

use super::{knobs, own};
use crate::kit::findings::Findings;
use crate::kit::knob::{Refusal, Values};
use crate::kit::lesson::{Benchmark, Setting};
use crate::kit::text::Text;
use crate::real::{self, changes};

use changes::Bench;

/// The page.
pub(super) static BENCHMARK: Benchmark = Benchmark { asked, run, prose: "real", gallery: &[] };

/// Passes over the windows, about.
const PASSES: usize = 12;

fn asked(values: &Values) -> bool {
    knobs::MODEL.of(values).is_some()
}

/// What to say while it runs.
pub(super) fn waiting(setting: &Setting) -> Option<Text> {
    match knobs::MODEL.of(&setting.values) {
        Some(model) => changes::waiting(model, PASSES),
        None => own::waiting(knobs::VALUES.of(&setting.values)?),
    }
}

fn run(setting: &Setting) -> Result<Findings, Refusal> {
    let values = &setting.values;
    let path = knobs::MODEL.of(values).unwrap_or(Path::new(""));
    let real = real::open_for(path, values, knobs::KNOBS, &[&knobs::MODEL])?;
    let bench = Bench::new(&real, setting.seed)?;
    let twin = real.twin()?;
    let exchanged = exchanged::all(&bench)?;
    let layers = layers::Layers::new(&bench, &twin)?;

    let mut f = Findings::default();
    f.words("about", changes::about(&bench)?);
    f.note("unused", real::unused(&real));
    f.table("exchanged", exchanged::table(&bench, &exchanged));
    f.figure(layers.idle_figure());
    f.note("idle_note", Some(layers.idle_note()));
    f.figure(layers.large_figure());
    f.note("large_note", Some(layers.large_note()));
    f.witness("verdicts", verdicts::verdicts(&bench, &exchanged, &layers));
    Ok(f)
}
