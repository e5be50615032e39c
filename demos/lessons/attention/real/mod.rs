//! The second page: heads of a model that somebody trained, `demo attention --model FILE`.
//!
//! | file | what it holds |
//! |---|---|
//! | `kinds` | kinds of heads, and the score of every head in each |
//! | `map` | one head on a person's sentence |
//! | `removed` | the text without heads, and as many others drawn at random |
//! | `unscaled` | scores that are not divided by √dₖ |
//! | `verdicts` | what all this says about claims of the written answer |

mod kinds;
mod map;
mod removed;
mod unscaled;
mod verdicts;

use std::path::Path;

use super::{WORDS, knobs};
use crate::kit::findings::Findings;
use crate::kit::grid::Grid;
use crate::kit::knob::{Refusal, Values};
use crate::kit::lesson::{Benchmark, Parts, Setting};
use crate::kit::parts::Asked;
use crate::kit::text::Text;
use crate::real::{self, changes};
use crate::{named, row};

use changes::{Bench, Measurement};
use kinds::{Catalogue, Kind};

/// The page.
pub(super) static BENCHMARK: Benchmark = Benchmark {
    asked,
    run: |setting| run(setting, &Asked::all()),
    prose: "real",
    gallery: &[],
    parts: Some(Parts { run, waiting: waiting_for, rests: &[(&knobs::TEXT, MAP.shown)] }),
};

/// What the heads look at, in the readable model.
const HEADS: Measurement = Measurement {
    shown: &["real-map", "map_note", "catalogue", "catalogue_note", "removed", "removed_notes", "verdicts"],
    passes: 4,
};
/// One of them on a sentence.
const MAP: Measurement = Measurement { shown: &["real-map", "map_note"], passes: 0 };
/// Five kinds and some draws.
const REMOVED: Measurement = Measurement { shown: &["removed", "removed_notes", "verdicts"], passes: 12 };
const UNSCALED: Measurement = Measurement { shown: &["unscaled", "verdicts"], passes: 3 };

/// The sentence when none is given: it says something again.
const SENTENCE: &str = "Nora gave the lamp to Tom, and Tom gave the lamp to Nora.";

fn asked(values: &Values) -> bool {
    knobs::MODEL.of(values).is_some()
}

/// What to say while it runs.
pub(super) fn waiting(setting: &Setting) -> Option<Text> {
    waiting_for(setting, &Asked::all())
}

fn waiting_for(setting: &Setting, asked: &Asked) -> Option<Text> {
    changes::waiting_parts(knobs::MODEL.of(&setting.values)?, asked, &[HEADS, MAP, REMOVED, UNSCALED])
}

fn run(setting: &Setting, asked: &Asked) -> Result<Findings, Refusal> {
    let values = &setting.values;
    let path = knobs::MODEL.of(values).unwrap_or(Path::new(""));
    let real = real::open_for(path, values, knobs::KNOBS, &[&knobs::MODEL, &knobs::TEXT])?;
    let mut f = Findings::default();
    if asked.is_nothing() {
        return Ok(f);
    }
    let bench = Bench::new(&real, setting.seed)?;
    let twin = real.twin()?;
    f.words("about", changes::about(&bench)?);
    f.note("unused", real::unused(&real));
    let unscaled = UNSCALED.of(asked, || unscaled::Unscaled::new(&bench, &twin))?;
    f.tables("unscaled", unscaled.iter().map(unscaled::Unscaled::table).collect());
    let Some(catalogue) = HEADS.of(asked, || Catalogue::new(&bench, &twin, setting.seed))? else {
        return Ok(f);
    };
    f.table("catalogue", catalogue_table(&catalogue));
    f.notes("catalogue_note", catalogue_notes(&catalogue));
    let sentence = knobs::TEXT.of(values).unwrap_or(SENTENCE);
    if let Some(map) = MAP.of(asked, || map::Map::new(&bench, &twin, &catalogue, sentence))? {
        f.figure(map.figure());
        f.notes("map_note", map.note().into_iter().chain(real::marks(&real, sentence)).collect());
    }
    let removed = REMOVED.of(asked, || removed::Removed::new(&bench, &catalogue, setting.seed))?;
    let Some(removed) = removed else { return Ok(f) };
    f.table("removed", removed.table());
    f.notes("removed_notes", removed.notes(&bench)?);
    if let Some(unscaled) = &unscaled {
        f.witness("verdicts", verdicts::verdicts(&bench, &catalogue, &removed, unscaled)?);
    }
    Ok(f)
}

/// `18.6`: layer and head, counted from 0.
fn place((layer, head): (usize, usize)) -> String {
    format!("{layer}.{head}")
}

fn catalogue_table(catalogue: &Catalogue) -> crate::kit::findings::Table {
    let mut grid = Grid::new("catalogue", &WORDS).value("once", catalogue.once);
    for kind in Kind::ALL {
        let scores = catalogue.of(kind);
        let cells = match scores.first() {
            Some(&(head, score)) => row![place(head), score, catalogue.above_half(kind)],
            None => row!["–", "–", 0_usize],
        };
        let measured = grid.word(&format!("{}-is", kind.id()));
        grid = grid.said(kind.id(), std::iter::once(measured.into()).chain(cells).collect());
    }
    grid.table()
}

/// How many heads there are, and how many of them are of some kind.
fn catalogue_notes(catalogue: &Catalogue) -> Vec<Text> {
    let sinks = catalogue.above_half(Kind::Sink);
    let values =
        named![heads = catalogue.heads, tokens = catalogue.tokens, some = catalogue.of_some_kind(), sinks,];
    let id = if sinks == 0 { "catalogue.count-none" } else { "catalogue.count" };
    vec![WORDS.with(id, &values)]
}
