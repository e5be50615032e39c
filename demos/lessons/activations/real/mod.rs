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
use crate::kit::lesson::{Benchmark, Parts, Setting};
use crate::kit::parts::Asked;
use crate::kit::text::Text;
use crate::real::{self, changes};

use changes::{Bench, Measurement};

/// The page.
pub(super) static BENCHMARK: Benchmark = Benchmark {
    asked,
    run: |setting| run(setting, &Asked::all()),
    prose: "real",
    gallery: &[],
    parts: Some(Parts { run, waiting: waiting_for, rests: &[] }),
};

const EXCHANGED: Measurement = Measurement { shown: &["exchanged", "verdicts"], passes: 6 };
/// In the readable model.
const LAYERS: Measurement =
    Measurement { shown: &["real-idle", "idle_note", "real-large", "large_note", "verdicts"], passes: 5 };

fn asked(values: &Values) -> bool {
    knobs::MODEL.of(values).is_some()
}

/// What to say while it runs.
pub(super) fn waiting(setting: &Setting) -> Option<Text> {
    match knobs::MODEL.of(&setting.values) {
        Some(_) => waiting_for(setting, &Asked::all()),
        None => own::waiting(knobs::VALUES.of(&setting.values)?),
    }
}

fn waiting_for(setting: &Setting, asked: &Asked) -> Option<Text> {
    changes::waiting_parts(knobs::MODEL.of(&setting.values)?, asked, &[EXCHANGED, LAYERS])
}

fn run(setting: &Setting, asked: &Asked) -> Result<Findings, Refusal> {
    let values = &setting.values;
    let path = knobs::MODEL.of(values).unwrap_or(Path::new(""));
    let real = real::open_for(path, values, knobs::KNOBS, &[&knobs::MODEL])?;
    let mut f = Findings::default();
    if asked.is_nothing() {
        return Ok(f);
    }
    let bench = Bench::new(&real, setting.seed)?;
    f.words("about", changes::about(&bench)?);
    f.note("unused", real::unused(&real));
    let exchanged = EXCHANGED.of(asked, || exchanged::all(&bench))?;
    if let Some(exchanged) = &exchanged {
        f.table("exchanged", exchanged::table(&bench, exchanged));
    }
    let layers = LAYERS.of(asked, || layers::Layers::new(&bench, &real.twin()?))?;
    let Some(layers) = layers else { return Ok(f) };
    f.figure(layers.idle_figure());
    f.note("idle_note", Some(layers.idle_note()));
    f.figure(layers.large_figure());
    f.note("large_note", Some(layers.large_note()));
    if let Some(exchanged) = &exchanged {
        f.witness("verdicts", verdicts::verdicts(&bench, exchanged, &layers));
    }
    Ok(f)
}
