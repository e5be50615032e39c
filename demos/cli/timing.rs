//! Times beside a page. They depend on the machine and on what else it does: shown to a person, never part of a
//! page, a file or a test.

use std::time::{Duration, Instant};

use demos::kit::findings::{Cell, Table};
use demos::kit::knob::Refusal;
use demos::kit::race::{Lane, Race, Run};

use super::args::{LessonRequest, What};

/// How long one piece of work is repeated.
const EACH: Duration = Duration::from_millis(30);

/// What is timed below a page that a person reads, if its lesson has something to time. It is made ready before the
/// page is shown: what is refused is refused then.
pub(crate) fn races(request: &LessonRequest) -> Result<Vec<Race>, Refusal> {
    let common = &request.common;
    let read = request.what == What::Page && common.form.folds && common.out.is_none();
    match request.lesson.races {
        Some(races) if read => races(&request.setting),
        _ => Ok(Vec::new()),
    }
}

/// Takes the times: a table for each race.
pub(crate) fn tables(races: &[Race]) -> Vec<Table> {
    races.iter().map(table).collect()
}

fn table(race: &Race) -> Table {
    let times: Vec<Vec<f64>> =
        race.lanes.iter().map(|lane| lane.runs.iter().map(microseconds).collect()).collect();
    let first = times.first().and_then(|times| times.first()).copied().unwrap_or(f64::NAN);
    let row = |(lane, times): (&Lane, &Vec<f64>)| {
        let ratio = if let [one, other] = times[..] { one / other } else { times[0] / first };
        let numbers = times.iter().copied().chain([ratio]).map(Cell::Number);
        std::iter::once(Cell::Words(lane.label.clone())).chain(numbers).collect()
    };
    let rows = race.lanes.iter().zip(&times).filter(|(_, times)| !times.is_empty()).map(row).collect();
    Table { caption: race.caption.clone(), head: race.head.clone(), rows }
}

/// The best of repeated runs: what disturbs only ever adds.
fn microseconds(run: &Run) -> f64 {
    let begin = Instant::now();
    let mut best = f64::INFINITY;
    while begin.elapsed() < EACH || best.is_infinite() {
        let start = Instant::now();
        let made = run();
        best = best.min(start.elapsed().as_secs_f64() * 1e6 / made.max(1) as f64);
    }
    best
}
