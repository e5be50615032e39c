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
use crate::kit::lesson::{Benchmark, Parts, Setting};
use crate::kit::parts::Asked;
use crate::kit::text::Text;
use crate::real::{self, changes};

use changes::{Bench, Measurement};
use depth::Depth;
use numbers::Numbers;
use removed::Removed;
use shuffled::{Contexts, Shuffled};

/// The page.
pub(super) static BENCHMARK: Benchmark = Benchmark {
    asked,
    run: |setting| run(setting, &Asked::all()),
    prose: "real",
    gallery: &[],
    parts: Some(Parts { run, waiting: waiting_for, rests: &[] }),
};

/// Without positions, and behind one token alone; on the same rests what other numbers do.
const REMOVED: Measurement = Measurement {
    shown: &["removed", "real-place", "removed_note", "sink", "numbers", "numbers_notes", "verdicts"],
    passes: 7,
};
const SHUFFLED: Measurement = Measurement {
    shown: &["destroyed", "destroyed_note", "kept", "real-kept", "kept_note", "left_out", "verdicts"],
    passes: 9,
};
/// In the readable model.
const DEPTH: Measurement = Measurement { shown: &["real-depth", "depth_note", "verdicts"], passes: 4 };
const NUMBERS: Measurement = Measurement { shown: &["numbers", "numbers_notes", "verdicts"], passes: 3 };

fn asked(values: &Values) -> bool {
    knobs::MODEL.of(values).is_some()
}

/// What to say while it runs.
pub(super) fn waiting(setting: &Setting) -> Option<Text> {
    waiting_for(setting, &Asked::all())
}

fn waiting_for(setting: &Setting, asked: &Asked) -> Option<Text> {
    changes::waiting_parts(knobs::MODEL.of(&setting.values)?, asked, &[REMOVED, SHUFFLED, DEPTH, NUMBERS])
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
    let removed = REMOVED.of(asked, || Removed::new(&bench))?;
    if let Some(removed) = &removed {
        removed.add_to(&mut f);
    }
    let contexts = Contexts::new(&bench, setting.seed);
    let shuffled = SHUFFLED.of(asked, || Shuffled::new(&bench, &contexts))?;
    if let Some(shuffled) = &shuffled {
        shuffled.add_to(&mut f);
        f.note("left_out", Some(removed::left_out(&real)));
    }
    let depth = DEPTH.of(asked, || Depth::new(&real.twin()?, &contexts.pairs(&bench)))?;
    if let Some(depth) = &depth {
        f.figure(depth.figure());
        f.note("depth_note", Some(depth.note()));
    }
    let Some(removed) = removed else { return Ok(f) };
    let Some(numbers) = NUMBERS.of(asked, || Numbers::new(&bench, &removed))? else { return Ok(f) };
    f.table("numbers", numbers.table());
    f.notes("numbers_notes", numbers.notes());
    if let (Some(shuffled), Some(depth)) = (&shuffled, &depth) {
        f.witness("verdicts", verdicts::verdicts(&bench, &removed, shuffled, depth, &numbers));
    }
    Ok(f)
}
