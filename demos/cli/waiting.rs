//! What is said while something long runs.

use std::io::Write;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use demos::kit::attended::attended;
use demos::kit::text::{Lang, Text};
use demos::real;
use demos::render::screen::shorten;

use super::args::{LessonRequest, What};
use super::overwriting;
use super::run::part;

/// A line on standard error while something long runs.
pub(crate) enum Waiting {
    /// None was needed, or it stays.
    Nothing,
    /// Somebody sits before it: it is wiped when this is dropped.
    Shown,
    /// It comes unless this is dropped first.
    Later(Later),
}

/// A line that comes unless this is dropped first.
pub(crate) struct Later {
    done: Option<Sender<()>>,
    /// Did it come, and is it to be wiped?
    shown: Option<JoinHandle<bool>>,
}

/// Where nobody sits before standard error, a line stays for ever: so it comes only when there is still no page.
const PATIENCE: Duration = Duration::from_secs(10);
/// What is known to take long is announced so soon, and not before: what is refused is refused by then, and nothing took
/// long. A large model can take longer to be refused: its line waits until there is one that runs.
const REFUSED_BY_THEN: Duration = Duration::from_secs(2);
/// So often it is asked whether there is one.
const MOMENT: Duration = Duration::from_millis(200);

impl Waiting {
    pub(crate) fn new(request: &LessonRequest) -> Waiting {
        let (lesson, lang) = (request.lesson, request.common.lang);
        let second = lesson.asked_benchmark(&request.setting.values).is_some();
        // What to say in the interview is that of the first page.
        if second && matches!(request.what, What::Answer(_)) {
            return Waiting::Nothing;
        }
        let values = &request.setting.values;
        let model = overwriting::named(values).any(|(flag, path)| flag == "model" && path.exists());
        match lesson.waiting_for(&request.setting, part(&request.what)) {
            // Nothing is drawn below it: the line of what is refused at once need not be shown and wiped.
            Some(line) if second && attended() && in_parts(request) => Waiting::later(
                fitting(line.get(lang)),
                REFUSED_BY_THEN,
                if model { real::ready } else { || true },
            ),
            Some(line) if second && model => Waiting::of_model(&line, lang, true),
            Some(line) if second => Waiting::begin(line.get(lang), REFUSED_BY_THEN, || true),
            Some(line) => Waiting::begin(line.get(lang), PATIENCE, || true),
            None => Waiting::Nothing,
        }
    }

    /// With what is said of a model. `long`: soon where standard error is no terminal too, so that whoever reads it there
    /// is told why nothing comes.
    pub(crate) fn of_model(line: &Text, lang: Lang, long: bool) -> Waiting {
        Waiting::begin(line.get(lang), if long { REFUSED_BY_THEN } else { PATIENCE }, real::ready)
    }

    /// With this line; where nobody sits before it only after a while, and not before something long goes on.
    fn begin(line: &str, patience: Duration, ready: fn() -> bool) -> Waiting {
        if !attended() {
            return Waiting::later(line.to_owned(), patience, ready);
        }
        // The lesson may draw a bar below it.
        show(&fitting(line));
        Waiting::Shown
    }

    /// With this line when it is time, and something long goes on.
    fn later(line: String, patience: Duration, ready: fn() -> bool) -> Waiting {
        let (done, dropped) = channel();
        let attended = attended();
        let wait = move || {
            let mut left = patience;
            while dropped.recv_timeout(left) == Err(RecvTimeoutError::Timeout) {
                if ready() {
                    if attended {
                        show(&line);
                    } else {
                        say(&line);
                    }
                    return attended;
                }
                left = MOMENT;
            }
            false
        };
        // Without a thread to spare nothing is said, and the page comes all the same.
        match std::thread::Builder::new().spawn(wait) {
            Ok(shown) => Waiting::Later(Later { done: Some(done), shown: Some(shown) }),
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
fn fitting(line: &str) -> String {
    let width = terminal_size::terminal_size_of(std::io::stderr()).map_or(80, |(width, _)| width.0);
    shorten(line, usize::from(width).saturating_sub(1))
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
            Waiting::Later(later) => {
                drop(later.done.take());
                later.shown.take().is_some_and(|shown| shown.join().unwrap_or(false))
            }
            Waiting::Nothing => false,
        };
        if shown {
            let _ = write!(std::io::stderr().lock(), "\u{1b}[1A\r\u{1b}[K");
        }
    }
}
