//! The cases of every lesson (`cases.txt`): what must run, in both languages, and what must be refused. Once
//! they have all been run, every word of the lesson must have been used, and every word that was asked for must
//! have been there.
//!
//! They take minutes. Without `DEMO_CASES=1` every third is run, and words that none of these uses are not looked for.
//!
//! ```text
//! # comment
//! file tiny.json: [2.5, 1]
//! demo decoding --logits tiny.json   > 2 tokens | 2 个
//! demo rope --head-dim 7             ! 7 | even
//! ```
//! `beyond <id>` names words that no case reaches, since only other files than those of the tests have them said.
//! A file may be its content many times over: `file long.txt * 70000: a dog\n`. It may lie in a folder, `file bert/vocab.txt: …`,
//! and a command may name the folder.
//! Behind `>` stand phrases that the page shows in either language, behind `!` words of the refusal.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use demos::LESSONS;
use demos::kit::figure::Plot;
use demos::kit::findings::Cell;
use demos::kit::knob::{Kind, Refusal, Values};
use demos::kit::lesson::{Block, DEFAULT_SEED, Lesson, Page, Setting, Span, run_claims, set};
use demos::kit::text::Lang;
use demos::render::screen::{Colour, Screen, columns};
use demos::render::text;
use rayon::prelude::*;

/// The words that no case reaches, since only other files than those of the tests have them said: `beyond <id>`.
fn beyond(lesson: &Lesson) -> Vec<String> {
    let text = std::fs::read_to_string(lesson.words.folder.path("cases.txt")).unwrap_or_default();
    text.lines().filter_map(|line| line.strip_prefix("beyond ")).map(|id| id.trim().to_string()).collect()
}

struct Case {
    line: String,
    words: Vec<String>,
    outcome: Outcome,
}

enum Outcome {
    Shows(Vec<String>),
    Refused(Vec<String>),
}

/// The cases of a lesson; their files are written into a folder.
fn cases(lesson: &Lesson, folder: &Path) -> Vec<Case> {
    let text = std::fs::read_to_string(lesson.words.folder.path("cases.txt")).unwrap_or_default();
    let mut files = Vec::new();
    let mut cases = Vec::new();
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    for line in lines.filter(|line| !line.starts_with("beyond ")) {
        match line.strip_prefix("file ").and_then(|file| file.split_once(": ")) {
            Some((name, content)) => {
                let (name, times) = name.split_once(" * ").unwrap_or((name, "1"));
                let content = content.replace("\\n", "\n").repeat(times.parse().unwrap());
                let path = folder.join(name);
                std::fs::create_dir_all(path.parent().unwrap()).unwrap();
                std::fs::write(path, content).unwrap();
                files.push(name.to_string());
            }
            None => cases.push(case(line, &files, folder)),
        }
    }
    cases
}

fn case(line: &str, files: &[String], folder: &Path) -> Case {
    let phrases = |text: &str| text.split(" | ").map(|phrase| phrase.trim().to_string()).collect();
    let (command, outcome) = match (line.split_once(" ! "), line.split_once(" > ")) {
        (Some((command, words)), _) => (command, Outcome::Refused(phrases(words))),
        (None, Some((command, seen))) => (command, Outcome::Shows(phrases(seen))),
        (None, None) => (line, Outcome::Shows(Vec::new())),
    };
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let path = |word: String| match word.as_str() {
        name if files.iter().any(|file| file == name || file.starts_with(&format!("{name}/"))) => {
            folder.join(name).display().to_string()
        }
        fixture if fixture.starts_with("tests/") => root.join(fixture).display().to_string(),
        _ => word,
    };
    let words = shlex::split(command).unwrap_or_else(|| panic!("{line}: a quote is open"));
    Case { line: line.into(), words: words.into_iter().map(path).collect(), outcome }
}

fn values(lesson: &Lesson, words: &[String]) -> Result<Values, Refusal> {
    assert_eq!(words[..2], ["demo", lesson.card.name], "{words:?}");
    let mut given: Vec<(&str, &str)> = Vec::new();
    let mut rest = words[2..].iter();
    while let Some(flag) = rest.next() {
        let name = flag.strip_prefix("--").unwrap_or_else(|| panic!("{words:?}: {flag} is no flag"));
        let knob = lesson.knobs.iter().find(|knob| knob.name() == name);
        let knob = knob.unwrap_or_else(|| panic!("{words:?}: no knob {name}"));
        let value = if knob.kind() == Kind::Switch { Some("") } else { rest.next().map(String::as_str) };
        given.push((name, value.unwrap_or_else(|| panic!("{words:?}: {flag} needs a value"))));
    }
    Values::read(lesson.knobs, |name| given.iter().find(|(flag, _)| *flag == name).map(|(_, value)| *value))
}

/// The page of a case in every language, from one run.
fn pages(lesson: &'static Lesson, case: &Case) -> Result<[Page; 2], Refusal> {
    let setting = Setting { values: values(lesson, &case.words)?, seed: DEFAULT_SEED };
    if let Some(waiting) = lesson.waiting {
        waiting(&setting);
    }
    let findings = lesson.findings(&setting)?;
    let pages = Lang::ALL.map(|lang| {
        set(lesson, setting.clone(), &findings, lang).unwrap_or_else(|error| panic!("{}: {error}", case.line))
    });
    if let Some(races) = lesson.races {
        races(&setting)?;
    }
    Ok(pages)
}

/// Says which case it was when the lesson itself panics.
struct Running<'a>(&'a str);

impl Drop for Running<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("while running the case: {}", self.0);
        }
    }
}

fn check(lesson: &'static Lesson, case: &Case) {
    let _running = Running(&case.line);
    match (&case.outcome, pages(lesson, case)) {
        (Outcome::Shows(phrases), Ok(pages)) => {
            let shown = pages.map(|page| shown(&page, &case.line));
            for phrase in phrases {
                let sought = unwrapped(phrase);
                assert!(
                    shown.iter().any(|page| page.contains(&sought)),
                    "{}: {phrase} is not shown",
                    case.line
                );
            }
        }
        (Outcome::Refused(words), Err(refusal)) => {
            let said = refusal.to_string();
            assert!(words.iter().all(|word| said.contains(word)), "{}: {said}", case.line);
            let chinese = refusal.0.get(Lang::Zh);
            assert!(chinese.contains(['，', '：', '。', '；', '（']), "{}: {chinese}", case.line);
        }
        (Outcome::Shows(_), Err(refusal)) => panic!("{}: {refusal}", case.line),
        (Outcome::Refused(_), Ok(_)) => panic!("{}: is not refused", case.line),
    }
}

/// A text without blanks and the bars in front of notes and quotes: lines may break inside a phrase.
fn unwrapped(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !['▌', '┃'].contains(c)).collect()
}

/// The page as text, 80 columns wide and with numbers only.
fn shown(page: &Page, line: &str) -> String {
    if let Some(text) = &page.instead {
        return unwrapped(text);
    }
    let screen = Screen { lang: page.lang, width: 80, colour: Colour::None };
    let shown = text::page(page, true, &screen);
    assert!(!page.blocks.iter().any(has_nan), "{line}: NaN");
    let wide = shown.lines().find(|line| columns(line) > 80);
    assert!(wide.is_none(), "{line}: {wide:?}");
    unwrapped(&shown)
}

/// Is something shown that is not a number? Prose may speak of NaN, data must not hold one.
fn has_nan(block: &Block) -> bool {
    match block {
        Block::Prose(spans) => {
            spans.iter().any(|span| matches!(span, Span::Number { shown, .. } if shown.contains("NaN")))
        }
        Block::Matrix(_, matrix) => matrix.data.iter().any(|x| x.is_nan()),
        Block::Table(_, table) => {
            table.rows.iter().flatten().any(|cell| matches!(cell, Cell::Number(x) if x.is_nan()))
        }
        Block::Figure(figure) => match &figure.plot {
            Plot::Lines { series, .. } => {
                series.iter().flat_map(|line| &line.points).any(|(x, y)| x.is_nan() || y.is_nan())
            }
            Plot::Bars { bars, .. } => bars.iter().any(|(_, height)| height.is_nan()),
            Plot::Heat(heat) => heat.data.iter().any(|x| x.is_nan()),
            Plot::Pictures(_) => false,
        },
        Block::Formula(..) | Block::Note(_) | Block::Claim(_) => false,
    }
}

#[test]
fn every_case_runs_or_is_refused_and_every_word_is_used() {
    let folders: Vec<_> = LESSONS.iter().map(|_| tempfile::tempdir().unwrap()).collect();
    let with = |(lesson, folder): (&'static &'static Lesson, &tempfile::TempDir)| {
        cases(lesson, folder.path()).into_iter().map(|case| (*lesson, case)).collect::<Vec<_>>()
    };
    let every = std::env::var_os("DEMO_CASES").is_some();
    let mut cases: Vec<_> = LESSONS.iter().zip(&folders).flat_map(with).collect();
    if !every {
        cases = cases.into_iter().step_by(3).collect();
    }
    // All of them, so that one failure does not hide the others; each says what is wrong where it panics.
    let fails = |(lesson, case): &&(&'static Lesson, Case)| {
        catch_unwind(AssertUnwindSafe(|| check(lesson, case))).is_err()
    };
    // One by one from a common heap: some take a hundred times as long as others.
    let failed = cases.par_iter().with_max_len(1).filter(fails);
    let mut all: Vec<String> = failed.map(|(_, case)| format!("fails: {}", case.line)).collect();
    for lesson in LESSONS {
        let problems = problems(lesson, every);
        all.extend(problems.into_iter().map(|problem| format!("{}: {problem}", lesson.card.name)));
    }
    // Said only before a large file, and of a model that no case has: got here without their values, and only of these
    // that is no fault.
    let got = ["waiting.passes", "waiting.long", "waiting.questions", "refused.short", "refused.damaged"];
    for id in got {
        demos::real::changes::WORDS.get(id);
    }
    let without_value =
        |problem: &str| got.iter().any(|id| problem.starts_with(id)) && problem.ends_with("has no value");
    let mut problems = demos::real::changes::WORDS.problems();
    problems.retain(|problem| !without_value(problem) && (every || !problem.ends_with(UNUSED)));
    all.extend(problems);
    assert!(all.is_empty(), "words and code do not fit (after all cases of cases.txt):\n{}", all.join("\n"));
}

/// How a word that was not used is said.
const UNUSED: &str = ": nothing uses it";

/// Words that were asked for in vain and, once every case has run, those that nothing used.
fn problems(lesson: &'static Lesson, every: bool) -> Vec<String> {
    run_claims(lesson, DEFAULT_SEED);
    for knob in lesson.knobs {
        lesson.words.get(&format!("knobs.{}", knob.name()));
    }
    for board in lesson.whiteboard {
        lesson.words.get(&format!("code.{}", board.topic));
    }
    let mut problems = lesson.words.problems();
    if !every {
        problems.retain(|problem| !problem.ends_with(UNUSED));
        return problems;
    }
    for id in beyond(lesson) {
        let unused = format!("{id}{UNUSED}");
        match problems.iter().position(|problem| *problem == unused) {
            Some(place) => drop(problems.remove(place)),
            None => problems.push(format!("{id}: a case reaches it, or there is no such word")),
        }
    }
    problems
}
