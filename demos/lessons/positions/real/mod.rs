//! The second page: what order means to a model that somebody trained, `demo positions --model FILE`.
//!
//! | file | what it holds |
//! |---|---|
//! | `removed` | without positions, beside a model that knows one token alone |
//! | `predicted` | what a model says behind some contexts |
//! | `shuffled` | the tokens before a place in another order, or left out |
//! | `depth` | how far another order moves the stream, layer by layer |
//! | `numbers` | the text in order, its positions moved, stretched, reversed |
//! | `verdicts` | what all this says about claims of the written answer |

mod depth;
mod numbers;
mod predicted;
mod removed;
mod shuffled;
mod verdicts;

use std::path::Path;

use super::knobs;
use crate::kit::findings::Findings;
use crate::kit::knob::{Refusal, Values};
use crate::kit::lesson::{Benchmark, Setting};
use crate::kit::text::Text;
use crate::real::{self, changes};

use changes::Bench;

/// The page.
pub(super) static BENCHMARK: Benchmark = Benchmark { asked, run, prose: "real", gallery: &[] };

/// Passes over the windows, about.
const PASSES: usize = 24;

fn asked(values: &Values) -> bool {
    knobs::MODEL.of(values).is_some()
}

/// What to say while it runs.
pub(super) fn waiting(setting: &Setting) -> Option<Text> {
    changes::waiting(knobs::MODEL.of(&setting.values)?, PASSES)
}

fn run(setting: &Setting) -> Result<Findings, Refusal> {
    let values = &setting.values;
    let path = knobs::MODEL.of(values).unwrap_or(Path::new(""));
    let real = real::open_for(path, values, knobs::KNOBS, &[&knobs::MODEL])?;
    let bench = Bench::new(&real, setting.seed)?;
    let removed = removed::Removed::new(&bench)?;
    let shuffled = shuffled::Shuffled::new(&bench, setting.seed)?;
    let depth = depth::Depth::new(&real.twin()?, shuffled.pairs())?;
    let numbers = numbers::Numbers::new(&bench, &removed)?;

    let mut f = Findings::default();
    f.words("about", changes::about(&bench)?);
    f.note("unused", real::unused(&real));
    f.table("removed", removed.table());
    f.figure(removed.figure());
    f.note("removed_note", Some(removed.note()));
    f.note("sink", Some(removed.sink()));
    f.table("destroyed", shuffled.table());
    f.note("destroyed_note", Some(shuffled.note()));
    f.table("kept", shuffled.kept_table());
    f.figure(shuffled.figure());
    f.note("kept_note", Some(shuffled.kept_note()));
    f.note("left_out", removed.left_out());
    f.figure(depth.figure());
    f.note("depth_note", Some(depth.note()));
    f.table("numbers", numbers.table());
    f.notes("numbers_notes", numbers.notes());
    f.witness("verdicts", verdicts::verdicts(&bench, &removed, &shuffled, &depth, &numbers));
    Ok(f)
}
