//! From the words of the command line to a checked request.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::ArgMatches;
use clap::parser::ValueSource;

use demos::LESSONS;
use demos::kit::knob::{Knob, Values};
use demos::kit::lesson::{Lesson, Setting};
use demos::kit::text::Lang;

use super::commands::{self, NAMES};
use super::options::{self, CHECK, PLOTS};
use super::{Failure, refusal, terminal};

/// What was asked for.
pub(crate) enum Request {
    /// Help or the version.
    Say(String),
    /// The list of lessons.
    Syllabus(Common),
    /// One lesson.
    Lesson(Box<LessonRequest>),
    /// The claims of some lessons.
    Check(Vec<&'static Lesson>, Common),
    /// The figures of some lessons.
    Plots(PlotsRequest),
}

/// What most commands share.
pub(crate) struct Common {
    pub(crate) lang: Lang,
    pub(crate) format: Format,
    pub(crate) seed: u64,
    pub(crate) out: Option<PathBuf>,
    pub(crate) colour: WhenColour,
}

/// One lesson, and what to show of it.
pub(crate) struct LessonRequest {
    pub(crate) lesson: &'static Lesson,
    pub(crate) setting: Setting,
    /// Show the source instead.
    pub(crate) code: bool,
    pub(crate) claims: bool,
    /// Where to save the figures.
    pub(crate) figures: Option<PathBuf>,
    pub(crate) common: Common,
}

/// The figures of some lessons.
pub(crate) struct PlotsRequest {
    pub(crate) lessons: Vec<&'static Lesson>,
    /// Compare instead of writing.
    pub(crate) compare: bool,
    pub(crate) folder: PathBuf,
    pub(crate) lang: Lang,
}

/// Form of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Text,
    Json,
    Markdown,
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WhenColour {
    Auto,
    Always,
    Never,
}

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
    let lessons = || match own.get_many::<String>(NAMES) {
        Some(names) => named(&names.collect::<Vec<_>>()),
        None => LESSONS.to_vec(),
    };
    let lesson = LESSONS.iter().find(|lesson| lesson.card.name == command);
    Ok(match (command, lesson) {
        (CHECK, _) => Request::Check(lessons(), common),
        (PLOTS, _) => Request::Plots(PlotsRequest {
            lessons: lessons(),
            compare: options::COMPARE.of(&values),
            folder: common.out.unwrap_or_else(|| "plots".into()),
            lang,
        }),
        (_, Some(lesson)) => {
            let request = of_lesson(lesson, read(lesson.knobs)?, &values, common);
            refuse_code_in_a_format(&request)?;
            Request::Lesson(Box::new(request))
        }
        _ => {
            refuse_without_lesson(&values, common.format, lang)?;
            Request::Syllabus(common)
        }
    })
}

fn of_lesson(lesson: &'static Lesson, knobs: Values, flags: &Values, common: Common) -> LessonRequest {
    LessonRequest {
        lesson,
        setting: Setting { values: knobs, seed: common.seed },
        code: options::CODE.of(flags),
        claims: !options::NO_CLAIMS.of(flags),
        figures: options::FIGURES.of(flags).map(PathBuf::from),
        common,
    }
}

fn common(values: &Values, lang: Lang) -> Common {
    Common {
        lang,
        format: options::FORMAT.of(values),
        seed: options::SEED.of(values) as u64,
        out: options::OUT.of(values).filter(|path| !is_stdout(path)).map(PathBuf::from),
        colour: options::COLOR.of(values),
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

/// The lessons of these names, each once, in the order of the syllabus.
fn named(names: &[&String]) -> Vec<&'static Lesson> {
    let is_named = |lesson: &&'static Lesson| {
        let card = &lesson.card;
        names.iter().any(|name| *name == card.name || card.aliases.contains(&name.as_str()))
    };
    LESSONS.iter().copied().filter(is_named).collect()
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

/// The syllabus has no source and no claims.
fn refuse_without_lesson(values: &Values, format: Format, lang: Lang) -> Result<(), Failure> {
    let flag = match format {
        _ if options::CODE.of(values) => "--code",
        _ if options::NO_CLAIMS.of(values) => "--no-claims",
        Format::Markdown => "--format markdown",
        Format::Text | Format::Json => return Ok(()),
    };
    Err(refusal::needs_lesson(flag, lang))
}

fn refuse_code_in_a_format(request: &LessonRequest) -> Result<(), Failure> {
    let word = match request.common.format {
        Format::Json if request.code => "json",
        Format::Markdown if request.code => "markdown",
        _ => return Ok(()),
    };
    Err(refusal::code_is_text(word, request.common.lang))
}
