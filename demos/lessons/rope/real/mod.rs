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
use crate::kit::lesson::{Benchmark, Parts, Setting};
use crate::kit::parts::Asked;
use crate::kit::text::Text;
use crate::named;
use crate::real::{self, changes};

use changes::{Bench, Measurement};

/// The page.
pub(super) static BENCHMARK: Benchmark = Benchmark {
    asked,
    run: |setting| run(setting, &Asked::all()),
    prose: "real",
    gallery: &[],
    parts: Some(Parts { run, waiting: waiting_for, rests: &[(&knobs::LONG, LONG.shown)] }),
};

const ORDER: Measurement = Measurement { shown: &["order", "order_note", "verdicts"], passes: 3 };
const GAP: Measurement = Measurement { shown: &["gap", "real-gap", "gap_notes", "verdicts"], passes: 22 };
/// Its passes are as many as the text has tokens.
const LONG: Measurement = Measurement { shown: &["long", "long_note", "verdicts"], passes: 0 };

fn asked(values: &Values) -> bool {
    knobs::MODEL.of(values).is_some()
}

/// What to say while it runs.
pub(super) fn waiting(setting: &Setting) -> Option<Text> {
    waiting_for(setting, &Asked::all())
}

fn waiting_for(setting: &Setting, asked: &Asked) -> Option<Text> {
    let path = knobs::MODEL.of(&setting.values)?;
    match knobs::LONG.of(&setting.values).filter(|_| asked.any(LONG.shown)) {
        Some(tokens) => {
            changes::waiting_long(path, changes::passes(asked, &[ORDER, GAP]), long::passes(tokens))
        }
        None => changes::waiting_parts(path, asked, &[ORDER, GAP]),
    }
}

fn run(setting: &Setting, asked: &Asked) -> Result<Findings, Refusal> {
    let values = &setting.values;
    let path = knobs::MODEL.of(values).unwrap_or(Path::new(""));
    let real = real::open_for(path, values, knobs::KNOBS, &[&knobs::MODEL, &knobs::LONG])?;
    if real.config().layers.iter().all(|layer| layer.rope.is_none()) {
        return Err(Refusal(WORDS.with("refused.model", &named![place = real.place()])));
    }
    changes::long_enough(&real, methods::trained(real.config()))?;
    let text = long::text(&real, knobs::LONG.of(values))?;
    let mut f = Findings::default();
    if asked.is_nothing() {
        return Ok(f);
    }
    let bench = Bench::new(&real, setting.seed)?;
    f.words("about", changes::about(&bench)?);
    f.note("unused", real::unused(&real));
    let order = ORDER.of(asked, || order::Order::new(&bench))?;
    if let Some(order) = &order {
        f.table("order", order.table());
        f.note("order_note", Some(order.note()));
    }
    let gap = GAP.of(asked, || gap::Gap::new(&bench))?;
    if let Some(gap) = &gap {
        f.table("gap", gap.table());
        f.figure(gap.figure());
        f.notes("gap_notes", gap.notes(&bench)?);
    }
    let long = || text.map(|text| long::Long::new(&bench, text)).transpose();
    let Some(long) = LONG.of(asked, long)? else { return Ok(f) };
    f.tables("long", long.iter().map(long::Long::table).collect());
    f.notes("long_note", long::notes(long.as_ref(), &real, knobs::MODEL.of(values), gap.is_none())?);
    if let (Some(order), Some(gap)) = (&order, &gap) {
        f.witness("verdicts", verdicts::verdicts(&bench, order, gap, long.as_ref())?);
    }
    Ok(f)
}
