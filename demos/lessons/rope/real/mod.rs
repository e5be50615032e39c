//! The second page: rotations of a model that somebody trained, `demo rope --model FILE`.
//!
//! | file | what it holds |
//! |---|---|
//! | `methods` | the methods, and the length they are set to |
//! | `order` | without rotation, and with all positions moved |
//! | `gap` | a text whose first part stands far away |
//! | `long` | one long text, beyond the length of training |
//! | `verdicts` | what all this says about claims of the written answer |

mod gap;
mod long;
mod methods;
mod order;
mod verdicts;

use std::path::Path;

use super::{WORDS, knobs};
use crate::kit::findings::Findings;
use crate::kit::knob::{Refusal, Values};
use crate::kit::lesson::{Benchmark, Setting};
use crate::kit::text::Text;
use crate::named;
use crate::real::{self, changes};

use changes::Bench;

/// The page.
pub(super) static BENCHMARK: Benchmark = Benchmark { asked, run, prose: "real", gallery: &[] };

/// Passes over the windows, about.
const PASSES: usize = 26;

fn asked(values: &Values) -> bool {
    knobs::MODEL.of(values).is_some()
}

/// What to say while it runs.
pub(super) fn waiting(setting: &Setting) -> Option<Text> {
    let path = knobs::MODEL.of(&setting.values)?;
    match knobs::LONG.of(&setting.values) {
        Some(tokens) => changes::waiting_long(path, PASSES, long::passes(tokens)),
        None => changes::waiting(path, PASSES),
    }
}

fn run(setting: &Setting) -> Result<Findings, Refusal> {
    let values = &setting.values;
    let path = knobs::MODEL.of(values).unwrap_or(Path::new(""));
    let real = real::open_for(path, values, knobs::KNOBS, &[&knobs::MODEL, &knobs::LONG])?;
    if real.config().layers.iter().all(|layer| layer.rope.is_none()) {
        return Err(Refusal(WORDS.with("refused.model", &named![place = real.place()])));
    }
    changes::long_enough(&real, methods::trained(real.config()))?;
    let bench = Bench::new(&real, setting.seed)?;
    let order = order::Order::new(&bench)?;
    let gap = gap::Gap::new(&bench)?;
    let long = long::Long::new(&bench, knobs::LONG.of(values))?;

    let mut f = Findings::default();
    f.words("about", changes::about(&bench)?);
    f.note("unused", real::unused(&real));
    f.table("order", order.table());
    f.note("order_note", Some(order.note()));
    f.table("gap", gap.table());
    f.figure(gap.figure());
    f.notes("gap_notes", gap.notes(&bench)?);
    f.tables("long", long.iter().map(long::Long::table).collect());
    f.notes("long_notes", long::notes(long.as_ref(), &bench, knobs::MODEL.of(values)));
    f.witness("verdicts", verdicts::verdicts(&bench, &order, &gap, long.as_ref())?);
    Ok(f)
}
