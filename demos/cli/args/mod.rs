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
use demos::kit::knob::{Knob, Values};
use demos::kit::text::Lang;

pub(crate) use lesson::is_of_lessons;
pub(crate) use request::{
    Common, DrillRequest, FindRequest, GradeRequest, Grading, LessonRequest, ModelRequest, PlotsRequest,
    ProgressRequest, Request, What, WhenColour,
};
pub(crate) use selection::Chosen;

use super::commands::{self, NAMES};
use super::options::{self, CHECK, DATA, DRILL, FIND, GRADE, MODEL, PLOTS, PROGRESS};
use super::{Failure, refusal, terminal};

/// Reads the words of the command line; the first is the program.
pub(crate) fn read(words: Vec<OsString>, lang: Lang) -> Result<Request, Failure> {
    let words = help_as_a_flag(words);
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
