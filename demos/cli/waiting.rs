//! What is said while something long runs.

use std::io::Write;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use demos::kit::attended::attended;
use demos::kit::text::{Lang, Text};
use demos::render::screen::shorten;

use super::args::{LessonRequest, What};
use super::run::part;

/// A line on standard error while something long runs.
pub(crate) enum Waiting {
    /// None was needed, or it stays.
    Nothing,
    /// Somebody sits before it: it is wiped when this is dropped.
    Shown,
    /// It comes, and stays, unless this is dropped first.
    Later { _done: Sender<()> },
    /// The same where somebody sits before it: it is wiped when this is dropped, if it came.
    Soon(Soon),
}

/// A line on a terminal that comes unless this is dropped first.
pub(crate) struct Soon {
    done: Option<Sender<()>>,
    /// Did it come?
    shown: Option<JoinHandle<bool>>,
}

/// Where nobody sits before standard error, a line stays for ever: so it comes only when there is still no page.
const PATIENCE: Duration = Duration::from_secs(10);
/// What is known to take long is announced so soon, and not before: what is refused is refused by then, and nothing took
/// long.
const REFUSED_BY_THEN: Duration = Duration::from_secs(2);

impl Waiting {
    pub(crate) fn new(request: &LessonRequest) -> Waiting {
        let (lesson, lang) = (request.lesson, request.common.lang);
        let second = lesson.asked_benchmark(&request.setting.values).is_some();
        // What to say in the interview is that of the first page.
        if second && matches!(request.what, What::Answer(_)) {
            return Waiting::Nothing;
        }
        match lesson.waiting_for(&request.setting, part(&request.what)) {
            // Nothing is drawn below it: the line of what is refused at once need not be shown and wiped.
            Some(line) if second && in_parts(request) && attended() => Waiting::soon(&line, lang),
            Some(line) if second => Waiting::long(&line, lang),
            Some(line) => Waiting::said(&line, lang),
            None => Waiting::Nothing,
        }
    }

    /// With this line, soon where standard error is no terminal too: whoever reads it there is told why nothing comes.
    pub(crate) fn long(line: &Text, lang: Lang) -> Waiting {
        if attended() {
            return Waiting::said(line, lang);
        }
        Waiting::later(line.get(lang).to_owned(), REFUSED_BY_THEN)
    }

    /// With this line.
    pub(crate) fn said(line: &Text, lang: Lang) -> Waiting {
        if !attended() {
            return Waiting::later(line.get(lang).to_owned(), PATIENCE);
        }
        // The lesson may draw a bar below it.
        show(&fitting(line, lang));
        Waiting::Shown
    }

    /// With this line on a terminal, when nothing was refused by then.
    fn soon(line: &Text, lang: Lang) -> Waiting {
        let (done, dropped) = channel();
        let line = fitting(line, lang);
        let wait = move || {
            let still = dropped.recv_timeout(REFUSED_BY_THEN) == Err(RecvTimeoutError::Timeout);
            if still {
                show(&line);
            }
            still
        };
        match std::thread::Builder::new().spawn(wait) {
            Ok(shown) => Waiting::Soon(Soon { done: Some(done), shown: Some(shown) }),
            Err(_) => Waiting::Nothing,
        }
    }

    fn later(line: String, patience: Duration) -> Waiting {
        let (done, dropped) = channel();
        let wait = move || {
            if dropped.recv_timeout(patience) == Err(RecvTimeoutError::Timeout) {
                say(&line);
            }
        };
        // Without a thread to spare nothing is said, and the page comes all the same.
        match std::thread::Builder::new().spawn(wait) {
            Ok(_) => Waiting::Later { _done: done },
            Err(_) => Waiting::Nothing,
        }
    }
}

/// Is it a page that is measured in parts?
fn in_parts(request: &LessonRequest) -> bool {
    let benchmark = request.lesson.asked_benchmark(&request.setting.values);
    benchmark.is_some_and(|benchmark| benchmark.parts.is_some())
}

/// A line that fits into one of the terminal.
fn fitting(line: &Text, lang: Lang) -> String {
    let width = terminal_size::terminal_size_of(std::io::stderr()).map_or(80, |(width, _)| width.0);
    shorten(line.get(lang), usize::from(width).saturating_sub(1))
}

/// A line that is wiped later. Nobody is left to tell if this fails.
fn show(line: &str) {
    let mut stderr = std::io::stderr().lock();
    let _ = writeln!(stderr, "{line}").and_then(|()| stderr.flush());
}

/// A line of ours among those of others. Nobody is left to tell if this fails.
fn say(line: &str) {
    let _ = writeln!(std::io::stderr().lock(), "demo: {line}");
}

impl Drop for Waiting {
    fn drop(&mut self) {
        let shown = match self {
            Waiting::Shown => true,
            Waiting::Soon(soon) => {
                drop(soon.done.take());
                soon.shown.take().is_some_and(|shown| shown.join().unwrap_or(false))
            }
            Waiting::Nothing | Waiting::Later { .. } => false,
        };
        if shown {
            let _ = write!(std::io::stderr().lock(), "\u{1b}[1A\r\u{1b}[K");
        }
    }
}
