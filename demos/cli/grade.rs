//! Judges a person's own program.

use std::collections::BTreeMap;
use std::io;

use chrono::{DateTime, Local};
use serde_json::json;

use demos::kit::lesson::DEFAULT_SEED;
use demos::kit::system::reason;
use demos::kit::text::{Lang, Text};
use demos::kit::visible::visible;
use demos::kit::whiteboard::Language;
use demos::named;
use demos::practice::catalogue::Entry;
use demos::practice::child::Limits;
use demos::practice::journal::{self, Journal};
use demos::practice::judge::Judgement;
use demos::practice::{WORDS, judge, prove, starter};
use demos::render::screen::Screen;
use demos::render::text::practice;

use super::args::{Common, GradeRequest, Grading};
use super::output::Output;
use super::{Failure, terminal};

/// Shows the exercises or one of them, or judges a program.
pub(crate) fn grade(request: &GradeRequest) -> Result<(), Failure> {
    let screen = terminal::screen(&request.common);
    let lang = request.common.lang;
    match &request.what {
        Grading::List => list(request, &screen),
        Grading::Protocol => print(&WORDS.folder.read("PROTOCOL", lang), &request.common),
        Grading::Task(entry) => {
            print(&practice::task(entry.exercise, DEFAULT_SEED, &screen), &request.common)
        }
        Grading::Starter(entry, language) => begin(*entry, *language, &request.common),
        Grading::Prove(entries) => proofs(entries, request, &screen),
        Grading::Run(entry, command) => run(*entry, command, request, &screen),
    }
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
    let mut page = practice::list(&standings(&contents.entries), screen);
    page.push_str(&practice::damaged(&journal, &contents, screen));
    print(&page, &request.common)
}

/// The best attempt at each exercise; of equal ones the last.
fn standings(entries: &[journal::Entry]) -> BTreeMap<String, practice::Standing> {
    let mut best: BTreeMap<String, practice::Standing> = BTreeMap::new();
    for entry in entries.iter().filter(|entry| entry.what == "grade") {
        let number = |name: &str| entry.fields.get(name).and_then(serde_json::Value::as_u64);
        let (Some(right), Some(cases), Some(name)) =
            (number("right"), number("cases"), entry.fields.get("exercise").and_then(|name| name.as_str()))
        else {
            continue;
        };
        let standing =
            practice::Standing { date: date(entry.at), right: right as usize, cases: cases as usize };
        let known = best.get(name).map_or(0, |known| known.right);
        if standing.right >= known {
            best.insert(name.to_string(), standing);
        }
    }
    best
}

/// The day on this person's clock.
fn date(at: u64) -> String {
    let at = i64::try_from(at).ok().and_then(|at| DateTime::from_timestamp(at, 0));
    at.map_or_else(|| "?".into(), |at| at.with_timezone(&Local).format("%Y-%m-%d").to_string())
}

fn proofs(entries: &[Entry], request: &GradeRequest, screen: &Screen) -> Result<(), Failure> {
    let mut output = Output::open(request.common.out.as_deref(), &request.common)?;
    let mut survivors = 0;
    for (i, entry) in entries.iter().enumerate() {
        let proof = prove::prove(entry.exercise, request.common.seed);
        survivors += proof.survivors().len();
        let gap = if i > 0 { "\n" } else { "" };
        output.write(&format!("{gap}{}", practice::proof(entry.exercise, &proof, screen)))?;
    }
    output.finish()?;
    if survivors == 0 { Ok(()) } else { Err(Failure { status: 1, lines: Vec::new() }) }
}

fn run(entry: Entry, command: &[String], request: &GradeRequest, screen: &Screen) -> Result<(), Failure> {
    let lang = request.common.lang;
    let journal = journal(request)?;
    journal.check().map_err(|error| not_kept(&journal, &error, lang))?;
    let limits = Limits { seconds: request.seconds, memory: (request.memory_mib as u64) << 20 };
    let judged = judge::judge(entry.exercise, command, &limits, request.common.seed);
    let judged = judged.map_err(|error| {
        let program = Text::same(visible(&command[0]));
        refused(&WORDS.with("refused.not-started", &named![program, reason = reason(&error.0)]), lang)
    })?;
    print(&practice::judgement(entry, &judged, request.memory_mib, screen), &request.common)?;
    if judged.never_answered() {
        return Err(Failure { status: 2, lines: Vec::new() });
    }
    keep(entry, &judged, &journal).map_err(|error| not_kept(&journal, &error, lang))?;
    if judged.passed() { Ok(()) } else { Err(Failure { status: 1, lines: Vec::new() }) }
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
