//! What can be asked for.

use std::path::PathBuf;

use chrono::NaiveDate;

use demos::kit::answer::Role;
use demos::kit::lesson::{Lesson, Setting};
use demos::kit::text::Lang;
use demos::kit::whiteboard::Language;
use demos::practice::catalogue::Entry;
use demos::practice::drill::card::Kind;
use demos::render::form::{Depth, Form};

use super::selection::Chosen;

/// What was asked for.
pub(crate) enum Request {
    /// Help or the version.
    Say(String),
    /// The list of lessons.
    Syllabus(Common),
    /// One lesson.
    Lesson(Box<LessonRequest>),
    /// The claims of some lessons.
    Check(Vec<Chosen>, Common),
    /// The figures of some lessons.
    Plots(PlotsRequest),
    /// Where something stands.
    Find(FindRequest),
    /// A model that was trained elsewhere.
    Model(Box<ModelRequest>),
    /// A person's own program.
    Grade(Box<GradeRequest>),
    /// Cards.
    Drill(Box<DrillRequest>),
    /// How a person stands.
    Progress(ProgressRequest),
}

/// What most commands share.
pub(crate) struct Common {
    pub(crate) lang: Lang,
    pub(crate) form: &'static Form,
    pub(crate) seed: u64,
    pub(crate) out: Option<PathBuf>,
    pub(crate) colour: WhenColour,
    /// Page through it at a terminal.
    pub(crate) pager: bool,
}

/// One lesson, and what to show of it.
pub(crate) struct LessonRequest {
    pub(crate) lesson: &'static Lesson,
    pub(crate) setting: Setting,
    pub(crate) what: What,
    /// How much of each claim.
    pub(crate) depth: Depth,
    pub(crate) claims: bool,
    /// Where to save the figures.
    pub(crate) figures: Option<PathBuf>,
    pub(crate) common: Common,
}

/// What to show of a lesson.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum What {
    /// Everything.
    Page,
    /// The traps and what to say, and each claim in two lines.
    Brief,
    /// One section.
    Section(usize),
    /// Some claims, by their ids.
    Claims(Vec<&'static str>),
    /// What to say in the interview.
    Answer(Role),
    /// What to write on the whiteboard.
    Code(Language),
}

/// The figures of some lessons.
pub(crate) struct PlotsRequest {
    pub(crate) lessons: Vec<&'static Lesson>,
    /// Compare instead of writing.
    pub(crate) compare: bool,
    pub(crate) folder: PathBuf,
    pub(crate) lang: Lang,
}

/// Words to look for.
pub(crate) struct FindRequest {
    pub(crate) words: String,
    pub(crate) common: Common,
}

/// A model to open.
pub(crate) struct ModelRequest {
    /// A file, or a folder.
    pub(crate) path: PathBuf,
    pub(crate) setting: Setting,
    /// Where to save the figures.
    pub(crate) figures: Option<PathBuf>,
    pub(crate) common: Common,
}

/// What to do with which exercise.
pub(crate) struct GradeRequest {
    pub(crate) what: Grading,
    /// For one case.
    pub(crate) seconds: f64,
    pub(crate) memory_mib: usize,
    /// Where the journal is kept, if not in the person's folder for data.
    pub(crate) data: Option<PathBuf>,
    pub(crate) common: Common,
}

/// What to do.
pub(crate) enum Grading {
    /// Show all exercises.
    List,
    /// Show how a program talks.
    Protocol,
    /// Explain an exercise.
    Task(Entry),
    /// Write a program to begin with.
    Starter(Entry, Language),
    /// Run every mistake on every case.
    Prove(Vec<Entry>),
    /// Judge a program.
    Run(Entry, Vec<String>),
}

/// Cards to ask.
pub(crate) struct DrillRequest {
    pub(crate) minutes: f64,
    pub(crate) interview: Option<NaiveDate>,
    /// Cards of one lesson only.
    pub(crate) lesson: Option<&'static str>,
    /// Cards of one kind only.
    pub(crate) kind: Option<Kind>,
    /// Only cards that were seen before and whose turn it is.
    pub(crate) due: bool,
    /// Write the cards to this file instead.
    pub(crate) export: Option<PathBuf>,
    pub(crate) data: Option<PathBuf>,
    /// The person's own seed.
    pub(crate) seed: Option<u64>,
    pub(crate) common: Common,
}

/// How a person stands.
pub(crate) struct ProgressRequest {
    pub(crate) data: Option<PathBuf>,
    pub(crate) common: Common,
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WhenColour {
    Auto,
    Always,
    Never,
}
