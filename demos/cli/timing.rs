//! Times beside a page. They depend on the machine and on what else it does: shown to a person, never part of a
//! page, a file or a test.

use std::io::Write;
use std::time::{Duration, Instant};

use demos::kit::attended::attended;
use demos::kit::findings::{Cell, Table};
use demos::kit::knob::Refusal;
use demos::kit::race::{Lane, Race, Run};
use demos::kit::text::{Lang, Text};
use demos::render::screen::shorten;

use super::args::{LessonRequest, What};
use super::run::part;

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

/// A line on standard error while something long runs. Where somebody sits before it, it is wiped when dropped.
pub(crate) struct Waiting(bool);

impl Waiting {
    pub(crate) fn new(request: &LessonRequest) -> Waiting {
        let (lesson, lang) = (request.lesson, request.common.lang);
        let second = lesson.asked_benchmark(&request.setting.values).is_some();
        // What to say in the interview is that of the first page.
        if second && matches!(request.what, What::Answer(_)) {
            return Waiting(false);
        }
        match lesson.waiting_for(&request.setting, part(&request.what)) {
            Some(line) if second => Waiting::long(&line, lang),
            Some(line) => Waiting::said(&line, lang),
            None => Waiting(false),
        }
    }

    /// With this line, which stays where standard error is no terminal: whoever reads it there is told why nothing comes.
    pub(crate) fn long(line: &Text, lang: Lang) -> Waiting {
        if !attended() {
            let _ = writeln!(std::io::stderr().lock(), "demo: {}", line.get(lang));
        }
        Waiting::said(line, lang)
    }

    /// With this line.
    pub(crate) fn said(line: &Text, lang: Lang) -> Waiting {
        if !attended() {
            return Waiting(false);
        }
        let width = terminal_size::terminal_size_of(std::io::stderr()).map_or(80, |(width, _)| width.0);
        let line = shorten(line.get(lang), usize::from(width).saturating_sub(1));
        let mut stderr = std::io::stderr().lock();
        // The lesson may draw a bar below it. Nobody is left to tell if this fails.
        let _ = writeln!(stderr, "{line}").and_then(|()| stderr.flush());
        Waiting(true)
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        if self.0 {
            let _ = write!(std::io::stderr().lock(), "\u{1b}[1A\r\u{1b}[K");
        }
    }
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
