//! What is said while something long runs.

use std::io::Write;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
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
        let width = terminal_size::terminal_size_of(std::io::stderr()).map_or(80, |(width, _)| width.0);
        let line = shorten(line.get(lang), usize::from(width).saturating_sub(1));
        let mut stderr = std::io::stderr().lock();
        // The lesson may draw a bar below it. Nobody is left to tell if this fails.
        let _ = writeln!(stderr, "{line}").and_then(|()| stderr.flush());
        Waiting::Shown
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
