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

const KEPT: Measurement = Measurement { shown: &["kept", "kept_window", "verdicts"], passes: 4 };
const POOLED: Measurement =
    Measurement { shown: &["pooled", "pooled_said", "pooled_note", "verdicts"], passes: 3 };

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
    waiting_for(setting, &Asked::all())
}

fn waiting_for(setting: &Setting, asked: &Asked) -> Option<Text> {
    changes::waiting_parts(file(&setting.values)?, asked, &[KEPT, POOLED])
}

fn run(setting: &Setting, asked: &Asked) -> Result<Findings, Refusal> {
    let values = &setting.values;
    let path = file(values).unwrap_or(Path::new(""));
    let real = real::open_for(path, values, knobs::KNOBS, &[&knobs::MODEL])?;
    let mut f = Findings::default();
    if asked.is_nothing() {
        return Ok(f);
    }
    let bench = Bench::new(&real, setting.seed)?;
    f.words("about", changes::about(&bench)?);
    f.note("unused", real::unused(&real));
    let kept = KEPT.of(asked, || cache::Kept::all(&bench))?;
    if let Some(kept) = &kept {
        f.table("kept", cache::table(&bench, kept));
        f.note("kept_window", cache::windowed(bench.model.config())?);
    }
    let Some(pooled) = POOLED.of(asked, || pooled::Pooled::all(&bench))? else { return Ok(f) };
    // With one head there is nothing to pool, and no table of one row.
    let one = pooled.is_empty();
    f.note("pooled_said", Some(WORDS.get(if one { "pooled.said-one" } else { "pooled.said" })));
    f.tables("pooled", if one { Vec::new() } else { vec![pooled::table(&bench, &pooled)?] });
    f.note("pooled_note", (!one).then(|| pooled::note(&bench)));
    if let Some(kept) = &kept {
        f.witness("verdicts", verdicts::verdicts(&bench, kept, &pooled)?);
    }
    Ok(f)
}
