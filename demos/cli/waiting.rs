//! What is said while something long runs.

use std::io::Write;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
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
    /// It comes, and stays, unless this is dropped first.
    Later { _done: Sender<()> },
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
        let width = terminal_size::terminal_size_of(std::io::stderr()).map_or(80, |(width, _)| width.0);
        let line = shorten(line, usize::from(width).saturating_sub(1));
        let mut stderr = std::io::stderr().lock();
        // The lesson may draw a bar below it. Nobody is left to tell if this fails.
        let _ = writeln!(stderr, "{line}").and_then(|()| stderr.flush());
        Waiting::Shown
    }

    fn later(line: String, patience: Duration, ready: fn() -> bool) -> Waiting {
        let (done, dropped) = channel();
        let wait = move || {
            let mut left = patience;
            while dropped.recv_timeout(left) == Err(RecvTimeoutError::Timeout) {
                if ready() {
                    return say(&line);
                }
                left = MOMENT;
            }
        };
        // Without a thread to spare nothing is said, and the page comes all the same.
        match std::thread::Builder::new().spawn(wait) {
            Ok(_) => Waiting::Later { _done: done },
            Err(_) => Waiting::Nothing,
        }
    }
}

/// A line of ours among those of others. Nobody is left to tell if this fails.
fn say(line: &str) {
    let _ = writeln!(std::io::stderr().lock(), "demo: {line}");
}

impl Drop for Waiting {
    fn drop(&mut self) {
        if matches!(self, Waiting::Shown) {
            let _ = write!(std::io::stderr().lock(), "\u{1b}[1A\r\u{1b}[K");
        }
    }
}
