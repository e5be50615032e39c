//! Judges a person's own program.

use std::io;
use std::path::Path;

use concepts::numerics::tolerance::GRADED;
use serde_json::json;

use demos::kit::lesson::DEFAULT_SEED;
use demos::kit::system::reason;
use demos::kit::text::{Lang, Text};
use demos::kit::visible::visible;
use demos::kit::whiteboard::Language;
use demos::named;
use demos::practice::catalogue::Entry;
use demos::practice::child::Limits;
use demos::practice::journal::Journal;
use demos::practice::judge::Judgement;
use demos::practice::prove::Proof;
use demos::practice::{WORDS, attempts, judge, prove, rounding, starter};
use demos::render::form::{FORMS, PracticeForm};
use demos::render::screen::Screen;

use super::args::{Common, GradeRequest, Grading};
use super::output::Output;
use super::overwriting::{self, OUT, Other};
use super::{Failure, terminal};

/// Shows the exercises or one of them, or judges a program.
pub(crate) fn grade(request: &GradeRequest) -> Result<(), Failure> {
    let screen = terminal::screen(&request.common);
    let lang = request.common.lang;
    refuse_overwriting(request)?;
    match &request.what {
        Grading::List => list(request, &screen),
        Grading::Protocol => print(&protocol(lang), &request.common),
        Grading::Task(entry) => {
            print(&(form(&request.common).task)(*entry, DEFAULT_SEED, &screen), &request.common)
        }
        Grading::Starter(entry, language) => begin(*entry, *language, &request.common),
        Grading::Prove(entries) => proofs(entries, request, &screen),
        Grading::Run(entry, command) => run(*entry, command, request, &screen),
    }
}

/// The page is written over no part of the person's program, and not over the results.
fn refuse_overwriting(request: &GradeRequest) -> Result<(), Failure> {
    let Some(out) = &request.common.out else { return Ok(()) };
    let words: &[String] = match &request.what {
        Grading::Run(_, command) => command,
        _ => &[],
    };
    let program = words.iter().map(|word| (Other::Flag("cmd"), Path::new(word)));
    let journal = journal(request).ok();
    let results = journal.iter().map(|journal| (Other::Results, journal.path()));
    overwriting::refuse(OUT, out, program.chain(results), request.common.lang)
}

/// The page for whoever writes a program, with the reason for the tolerance.
fn protocol(lang: Lang) -> String {
    let terms = rounding::most_terms();
    let off = terms as f64 * rounding::ROUNDING;
    let values = named![rounding = rounding::ROUNDING, terms, off, tolerance = GRADED];
    format!("{}\n{}\n", WORDS.folder.read("PROTOCOL", lang), WORDS.with("task.derived", &values).get(lang))
}

fn print(text: &str, common: &Common) -> Result<(), Failure> {
    let mut output = Output::open(common.out.as_deref(), common)?;
    output.write(text)?;
    output.finish()
}

/// A program to begin with. A file that is there already may be the person's work: it is not written over.
fn begin(entry: Entry, language: Language, common: &Common) -> Result<(), Failure> {
    if let Some(path) = common.out.as_ref().filter(|path| path.exists()) {
        let path = Text::same(visible(&path.display().to_string()));
        return Err(refused(&WORDS.with("refused.exists", &named![path]), common.lang));
    }
    let mut output = Output::open(common.out.as_deref(), common)?;
    output.write_exactly(&starter::starter(entry.exercise, language, common.lang))?;
    output.finish()
}

fn list(request: &GradeRequest, screen: &Screen) -> Result<(), Failure> {
    let journal = journal(request)?;
    let contents = match journal.read() {
        Ok(contents) => contents,
        Err(error) => return Err(not_read(&journal, &error, screen.lang)),
    };
    let attempts = attempts::best(&contents.entries);
    print(&(form(&request.common).list)(&attempts, &journal.kept(&contents), screen), &request.common)
}

/// The form that was chosen; the command line offers only those that can show the practice.
pub(super) fn form(common: &Common) -> &'static PracticeForm {
    let forms = std::iter::once(common.form).chain(FORMS);
    forms.filter_map(|form| form.practice.as_ref()).next().expect("text shows the practice")
}

fn proofs(entries: &[Entry], request: &GradeRequest, screen: &Screen) -> Result<(), Failure> {
    let prove = |entry: &Entry| (*entry, prove::prove(entry.exercise, request.common.seed));
    let proofs: Vec<(Entry, Proof)> = entries.iter().map(prove).collect();
    print(&(form(&request.common).proofs)(&proofs, screen), &request.common)?;
    let proven = proofs.iter().all(|(_, proof)| proof.survivors().is_empty());
    if proven { Ok(()) } else { Err(Failure { status: 1, lines: Vec::new() }) }
}

fn run(entry: Entry, command: &[String], request: &GradeRequest, screen: &Screen) -> Result<(), Failure> {
    let lang = request.common.lang;
    let journal = journal(request)?;
    let limits = Limits { seconds: request.seconds, memory: (request.memory_mib as u64) << 20 };
    let judged = judge::judge(entry.exercise, command, &limits, request.common.seed);
    let judged = judged.map_err(|error| {
        let program = Text::same(visible(&command[0]));
        refused(&WORDS.with("refused.not-started", &named![program, reason = reason(&error.0)]), lang)
    })?;
    let page = (form(&request.common).judgement)(entry, &judged, request.memory_mib, screen);
    print(&page, &request.common)?;
    if judged.never_answered() {
        return Err(Failure { status: 2, lines: Vec::new() });
    }
    // The exit status tells of the program, also where its result cannot be kept.
    let status = u8::from(!judged.passed());
    match keep(entry, &judged, &journal) {
        Err(error) => Err(Failure { status, ..not_kept(&journal, &error, lang) }),
        Ok(()) if status == 0 => Ok(()),
        Ok(()) => Err(Failure { status, lines: Vec::new() }),
    }
}

fn keep(entry: Entry, judged: &Judgement, journal: &Journal) -> io::Result<()> {
    let (right, cases) = (judged.right(), judged.cases.len());
    journal.add("grade", json!({ "exercise": entry.exercise.name, "right": right, "cases": cases }))
}

fn journal(request: &GradeRequest) -> Result<Journal, Failure> {
    Journal::open(request.data.as_deref())
        .map_err(|error| Failure::failed(vec![reason(&error).get(request.common.lang).to_string()]))
}

/// The journal cannot be written.
pub(super) fn not_kept(journal: &Journal, error: &io::Error, lang: Lang) -> Failure {
    about_journal("refused.journal", journal, error, lang)
}

/// The journal cannot be read.
pub(super) fn not_read(journal: &Journal, error: &io::Error, lang: Lang) -> Failure {
    about_journal("refused.journal-read", journal, error, lang)
}

fn about_journal(id: &str, journal: &Journal, error: &io::Error, lang: Lang) -> Failure {
    let file = Text::same(visible(&journal.path().display().to_string()));
    let said = WORDS.with(id, &named![file, reason = reason(error)]);
    Failure::failed(vec![said.get(lang).to_string()])
}

fn refused(text: &Text, lang: Lang) -> Failure {
    Failure { status: 2, lines: vec![text.get(lang).to_string()] }
}
