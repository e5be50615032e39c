//! From the words of the command line to a checked request.
//!
//! | file | what it does |
//! |---|---|
//! | [`mod@request`] | what can be asked for |
//! | [`mod@grade`], [`mod@drill`] | the flags of the practice |
//! | [`mod@lesson`] | the flags of a lesson: what to show of it, and which of them go together |
//! | [`mod@model`] | a model to open |
//! | [`selection`] | lessons and claims by their names |

mod drill;
mod grade;
mod lesson;
mod model;
mod request;
mod selection;

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::ArgMatches;
use clap::parser::ValueSource;

use demos::LESSONS;
use demos::inspect;
use demos::kit::knob::{Kind, Knob, Values};
use demos::kit::text::Lang;

pub(crate) use lesson::is_of_lessons;
pub(crate) use request::{
    Common, DrillRequest, EvidenceRequest, FindRequest, GradeRequest, Grading, LessonRequest, ModelRequest,
    PlotsRequest, ProgressRequest, Request, What, WhenColour,
};
pub(crate) use selection::Chosen;

use super::commands::{self, NAMES};
use super::options::{
    self, ASKED, CHECK, DATA, DRILL, EVIDENCE_COMMAND, FIND, GRADE, MODEL, PLOTS, PROGRESS,
};
use super::{Failure, refusal, terminal};

/// Reads the words of the command line; the first is the program.
pub(crate) fn read(words: Vec<OsString>, lang: Lang) -> Result<Request, Failure> {
    let words = negative_values(help_as_a_flag(words));
    let program = commands::program(&terminal::plain(lang));
    match program.clone().try_get_matches_from(&words) {
        Ok(matches) => request(&matches, lang),
        Err(error) if !error.use_stderr() => Ok(Request::Say(headed(&error.render().to_string(), lang))),
        Err(error) => {
            let partial = program.ignore_errors(true).try_get_matches_from(&words).ok();
            let command = partial.as_ref().and_then(ArgMatches::subcommand_name).unwrap_or("");
            Err(refusal::of_clap(&error, command, lang))
        }
    }
}

/// clap ends every heading with an English colon; Chinese has its own.
fn headed(help: &str, lang: Lang) -> String {
    let line = |line: &str| match (lang, line.strip_suffix(':')) {
        (Lang::Zh, Some(heading)) => format!("{heading}：\n"),
        _ => format!("{line}\n"),
    };
    help.lines().map(line).collect()
}

/// `demo help attention` means `demo attention --help`.
fn help_as_a_flag(mut words: Vec<OsString>) -> Vec<OsString> {
    if words.get(1).is_some_and(|word| word == "help") {
        words.remove(1);
        words.push("--help".into());
    }
    words
}

/// `--params -7B` means `--params=-7B`: what begins like a negative number is the value of the flag before it, so that
/// this flag is the one that is refused. Plain numbers clap knows by itself.
fn negative_values(words: Vec<OsString>) -> Vec<OsString> {
    let mut joined: Vec<OsString> = Vec::new();
    for word in words {
        let negative = word.to_str().and_then(|word| word.strip_prefix('-'));
        let negative =
            negative.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit() || c == '.'));
        match joined.last_mut() {
            Some(flag) if negative && flag.to_str().is_some_and(takes_a_value) => {
                flag.push("=");
                flag.push(word);
            }
            _ => joined.push(word),
        }
    }
    joined
}

/// Is this a flag, of whatever command, behind which a value stands?
fn takes_a_value(word: &str) -> bool {
    let Some(name) = word.strip_prefix("--") else { return false };
    let commands = ["", "lesson", CHECK, PLOTS, DRILL, PROGRESS, GRADE, FIND, EVIDENCE_COMMAND, MODEL];
    let own = LESSONS.iter().flat_map(|lesson| lesson.knobs).chain(inspect::knobs::KNOBS).copied();
    own.chain(commands.into_iter().flat_map(options::of))
        .any(|knob| knob.name() == name && knob.kind() != Kind::Switch)
}

fn request(matches: &ArgMatches, lang: Lang) -> Result<Request, Failure> {
    let (command, own) = matches.subcommand().unwrap_or(("", matches));
    let flags = options::of(command);
    refuse_misplaced(matches, command, &flags, lang)?;
    let read = |knobs: &[&dyn Knob]| {
        Values::read(knobs, |flag| given(own, flag).or_else(|| given(matches, flag)))
            .map_err(|refused| refusal::of_knob(&refused, command, lang))
    };
    let values = read(&flags)?;
    let common = common(&values, lang);
    let names: Vec<&str> = match own.try_get_many::<String>(NAMES) {
        Ok(Some(names)) => names.map(String::as_str).collect(),
        _ => Vec::new(),
    };
    let lesson = LESSONS.iter().find(|lesson| lesson.card.name == command);
    Ok(match (command, lesson) {
        (CHECK, _) => Request::Check(selection::chosen(&names, lang)?, common),
        (FIND, _) => Request::Find(FindRequest { words: names.join(" "), common }),
        (GRADE, _) => Request::Grade(Box::new(grade::request(&names, &values, common)?)),
        (MODEL, _) => {
            let knobs = read(inspect::knobs::KNOBS)?;
            Request::Model(Box::new(model::request(&names, knobs, &values, common)?))
        }
        (EVIDENCE_COMMAND, _) => Request::Evidence(EvidenceRequest {
            model: ASKED.of(&values).map(PathBuf::from),
            compare: options::COMPARE.of(&values),
            common,
        }),
        (DRILL, _) => Request::Drill(Box::new(drill::request(&values, common)?)),
        (PROGRESS, _) => {
            Request::Progress(ProgressRequest { data: DATA.of(&values).map(PathBuf::from), common })
        }
        (PLOTS, _) => Request::Plots(PlotsRequest {
            lessons: selection::lessons(&names, lang)?,
            compare: options::COMPARE.of(&values),
            folder: options::OUT_FOLDER.of(&values).map_or_else(|| "plots".into(), PathBuf::from),
            lang,
        }),
        (_, Some(lesson)) => {
            let knobs = read(lesson.knobs)?;
            Request::Lesson(Box::new(lesson::request(lesson, knobs, &values, &names, common)?))
        }
        _ => {
            lesson::refuse_without_one(&values, common.form, lang)?;
            Request::Syllabus(common)
        }
    })
}

fn common(values: &Values, lang: Lang) -> Common {
    Common {
        lang,
        form: options::FORMAT.of(values),
        seed: options::SEED.of(values) as u64,
        out: options::OUT.of(values).filter(|path| !is_stdout(path)).map(PathBuf::from),
        colour: options::COLOR.of(values),
        // a command that can do without one has a flag for it
        pager: values.iter().any(|(name, _)| name == options::NO_PAGER.name())
            && !options::NO_PAGER.of(values),
    }
}

/// Standard output under one of its names. It is not opened a second time: it may be a file by now.
fn is_stdout(path: &Path) -> bool {
    [Path::new("-"), Path::new("/dev/stdout")].contains(&path)
}

/// What stands on the command line for a flag; for a switch, the empty text.
fn given<'a>(matches: &'a ArgMatches, flag: &str) -> Option<&'a str> {
    let known = matches.ids().any(|id| id == flag);
    let there = known && matches.value_source(flag) == Some(ValueSource::CommandLine);
    there.then(|| matches.try_get_one::<String>(flag).ok().flatten().map_or("", String::as_str))
}

/// A flag before a command that has no use for it would be ignored in silence.
fn refuse_misplaced(
    program: &ArgMatches,
    command: &str,
    flags: &[&dyn Knob],
    lang: Lang,
) -> Result<(), Failure> {
    let without_use = |flag: &&dyn Knob| flags.iter().all(|other| other.name() != flag.name());
    match options::of("").iter().find(|flag| without_use(flag) && given(program, flag.name()).is_some()) {
        Some(flag) => Err(refusal::unknown_flag(&format!("--{}", flag.name()), None, command, lang)),
        None => Ok(()),
    }
}
