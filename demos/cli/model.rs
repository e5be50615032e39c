//! Opens a model that was trained elsewhere and shows what it is and does.

use std::time::{Duration, Instant};

use demos::inspect::speed::{KEEPING, decode, lengths, prefill, read_bytes, some_tokens};
use demos::inspect::{self, WORDS};
use demos::kit::findings::Table;
use demos::kit::grid::Grid;
use demos::kit::knob::Refusal;
use demos::kit::lesson::LessonError;
use demos::real::changes::takes_long;
use demos::real::{self, Real};
use demos::render::form::{Depth, View};
use demos::render::text;
use demos::row;

use super::args::ModelRequest;
use super::options::MODEL;
use super::output::Output;
use super::overwriting::{self, OUT, Other};
use super::run::{named, pictures};
use super::waiting::Waiting;
use super::{Failure, refusal, terminal};

/// Runs of each piece of work that is timed; the best counts, what disturbs only ever adds.
const RUNS: usize = 3;
/// After so long no further run is begun.
const LONG: Duration = Duration::from_secs(2);

/// Shows a model.
pub(crate) fn model(request: &ModelRequest) -> Result<(), Failure> {
    let common = &request.common;
    let screen = terminal::screen(common);
    if let Some(out) = &common.out {
        let flags = overwriting::named(&request.setting.values).map(|(flag, path)| (Other::Flag(flag), path));
        let others = flags.chain([(Other::Model, request.path.as_path())]);
        overwriting::refuse(OUT, out, others, common.lang)?;
    }
    let mut output = Output::open(common.out.as_deref(), common)?;
    let refused = |refused: &Refusal| refusal::of_knob(refused, MODEL, common.lang);
    let long = takes_long(&request.path, inspect::passes(&request.setting));
    let waiting = Waiting::of_model(&WORDS.get("waiting"), common.lang, long);
    let real = real::open(&request.path, "").map_err(|error| refused(&error))?;
    let page = inspect::page(&real, request.setting.clone(), common.lang).map_err(|error| match error {
        LessonError::Refused(error) => refused(&error),
        LessonError::Prose(error) => Failure::failed(vec![error.to_string()]),
    })?;
    drop(waiting);
    let (saved, link) = pictures(&page, request.figures.as_deref(), common)?;
    let view = View { depth: Depth::Folded, pictures: link, whole: false };
    output.write(&(common.form.walk)(&page, &view, &screen))?;
    output.flush()?; // the page is read while the clock runs
    output.write(&(common.form.rest)(&page, &view, Duration::ZERO, &screen))?;
    if common.form.folds
        && common.out.is_none()
        && let Some(table) = times(&real).map_err(|error| refused(&error))?
    {
        output.write(&text::table(&table.visible(), &screen))?;
    }
    if common.form.folds {
        output.write(&named(&saved, &screen))?;
    }
    output.finish()
}

/// How fast the model reads and writes here and now: shown to a person, never part of a file. `None` of a model whose
/// table of positions has no room for it.
fn times(real: &Real) -> Result<Option<Table>, Refusal> {
    let Some([read_at_once, decoded]) = lengths(real.config(), RUNS) else { return Ok(None) };
    let model = real.fast()?;
    let decoder = model.decoder(KEEPING)?;
    let tokens = some_tokens(read_at_once, model.config().vocab);
    let mut cache = prefill(&decoder, &tokens)?;
    let read = best(|| prefill(&decoder, &tokens).map(drop))? / read_at_once as f64;
    let written = best(|| decode(&decoder, &mut cache, decoded))? / decoded as f64;
    let gigabytes = read_bytes(real) as f64 / 1e9;
    let table = Grid::new("speed", &WORDS)
        .value("prefill", read_at_once)
        .value("decoded", decoded)
        .said("read", row![1e3 * read, 1.0 / read, gigabytes / (read * read_at_once as f64)])
        .said("written", row![1e3 * written, 1.0 / written, gigabytes / written])
        .table();
    Ok(Some(table))
}

/// Seconds of the best run.
fn best(mut run: impl FnMut() -> Result<(), Refusal>) -> Result<f64, Refusal> {
    let begin = Instant::now();
    let mut best = f64::INFINITY;
    for _ in 0..RUNS {
        let start = Instant::now();
        run()?;
        best = best.min(start.elapsed().as_secs_f64());
        if begin.elapsed() > LONG {
            break;
        }
    }
    Ok(best)
}
