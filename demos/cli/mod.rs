//! The command line.
//!
//! | file | what it does |
//! |---|---|
//! | [`options`] | the flags that are not a lesson's own, declared as knobs |
//! | [`commands`] | the subcommands and their help, made from the lessons and the knobs |
//! | [`args`] | from the words of the command line to a checked request |
//! | [`refusal`] | what is said when a request cannot be met |
//! | [`locale`] | the language |
//! | [`terminal`] | colours and width |
//! | [`pager`] | a pager between a long page and a terminal |
//! | [`timing`] | times beside a page |
//! | [`waiting`] | what is said while something long runs |
//! | [`unused`] | flags that what is shown has no use for |
//! | [`output`] | where the text goes, and files that are written whole or not at all |
//! | [`overwriting`] | files that must not be written over |
//! | [`mod@run`], [`check`], [`plots`], [`find`], [`mod@grade`], [`mod@drill`], [`mod@model`], [`mod@evidence`] | the commands |

mod args;
mod check;
mod commands;
mod drill;
mod evidence;
mod find;
mod grade;
mod locale;
mod model;
mod options;
mod output;
mod overwriting;
mod pager;
mod plots;
mod refusal;
mod run;
mod terminal;
mod timing;
mod unused;
mod waiting;

use std::ffi::OsString;

use args::Request;

/// Why the program ends early.
#[derive(Debug)]
pub(crate) struct Failure {
    /// The exit status.
    pub(crate) status: u8,
    /// What to say on standard error.
    pub(crate) lines: Vec<String>,
}

impl Failure {
    /// The request cannot be met.
    fn usage(line: String) -> Failure {
        Failure { status: 2, lines: vec![line] }
    }

    /// A check failed, or a file could not be written.
    fn failed(lines: Vec<String>) -> Failure {
        Failure { status: 1, lines }
    }

    /// The reader went away, as `head` does: nothing to complain about.
    fn reader_left() -> Failure {
        Failure { status: 0, lines: Vec::new() }
    }
}

/// Where the system gives no more threads, everything runs on one. The number of threads changes no bit.
fn threads() {
    // Asked for and given back: a pool that failed cannot be made anew.
    if rayon::ThreadPoolBuilder::new().build().is_err() {
        let _ = rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build_global();
    }
}

/// Does what the words of the command line ask for.
pub(crate) fn run(words: Vec<OsString>) -> Result<(), Failure> {
    threads();
    let lang = locale::language(&words);
    match args::read(words, lang)? {
        Request::Say(text) => output::say(&text, lang),
        Request::Syllabus(common) => run::syllabus(&common),
        Request::Lesson(request) => run::lesson(&request),
        Request::Check(chosen, common) => check::check(&chosen, &common),
        Request::Find(request) => find::find(&request),
        Request::Evidence(request) => evidence::evidence(&request),
        Request::Model(request) => model::model(&request),
        Request::Grade(request) => grade::grade(&request),
        Request::Drill(request) => drill::drill(&request),
        Request::Progress(request) => drill::progress(&request),
        Request::Plots(request) => plots::plots(&request),
    }
}
