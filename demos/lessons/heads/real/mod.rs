//! The second page: the cache of a model that somebody trained, `demo heads --model FILE`.
//!
//! | file | what it holds |
//! |---|---|
//! | `cache` | the cache counted in bytes, in 32 to 4 bits a number |
//! | `pooled` | key/value heads as their mean |
//! | `verdicts` | what all this says about claims of the written answer |

mod cache;
mod pooled;
mod verdicts;

use std::path::Path;

use concepts::budget::find;

use super::{WORDS, knobs};
use crate::kit::findings::Findings;
use crate::kit::knob::{Refusal, Values};
use crate::kit::lesson::{Benchmark, Setting};
use crate::kit::text::Text;
use crate::real::{self, changes};

use changes::Bench;

/// The page.
pub(super) static BENCHMARK: Benchmark = Benchmark { asked, run, prose: "real", gallery: &[] };

/// Passes over the windows, about.
const PASSES: usize = 8;

/// `--model` names a model that is known, or a file.
pub(super) fn file(values: &Values) -> Option<&Path> {
    let said = knobs::MODEL.of(values)?;
    let path = Path::new(said);
    let ending = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("gguf"));
    (ending || find(said).is_err() && path.exists()).then_some(path)
}

fn asked(values: &Values) -> bool {
    file(values).is_some()
}

/// What to say while it runs.
pub(super) fn waiting(setting: &Setting) -> Option<Text> {
    changes::waiting(file(&setting.values)?, PASSES)
}

fn run(setting: &Setting) -> Result<Findings, Refusal> {
    let values = &setting.values;
    let path = file(values).unwrap_or(Path::new(""));
    let real = real::open_for(path, values, knobs::KNOBS, &[&knobs::MODEL])?;
    let bench = Bench::new(&real, setting.seed)?;
    let kept = cache::Kept::all(&bench)?;
    let pooled = pooled::Pooled::all(&bench)?;

    let mut f = Findings::default();
    f.words("about", changes::about(&bench)?);
    f.note("unused", real::unused(&real));
    f.table("kept", cache::table(&bench, &kept));
    f.note("kept_window", cache::windowed(bench.model.config())?);
    // With one head there is nothing to pool, and no table of one row.
    let one = pooled.is_empty();
    f.words("pooled_said", WORDS.get(if one { "pooled.said-one" } else { "pooled.said" }));
    f.tables("pooled", if one { Vec::new() } else { vec![pooled::table(&bench, &pooled)?] });
    f.note("pooled_note", (!one).then(|| pooled::note(&bench)));
    f.witness("verdicts", verdicts::verdicts(&bench, &kept, &pooled)?);
    Ok(f)
}
