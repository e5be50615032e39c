//! A lesson, and how it is run.

use std::borrow::Cow;

use super::claim::{Claim, ClaimCheck};
use super::exercise::Exercise;
use super::findings::Findings;
use super::knob::{Knob, Refusal, Values};
pub use super::page::{Block, Card, Next, Page, Setting, Span};
use super::parts::{self, Asked, Part};
use super::prose::{self, ProseError};
use super::race::Race;
pub use super::span::joined;
use super::text::{Lang, Text};
use super::whiteboard::Whiteboard;
use super::words::Words;

/// The seed when none is given.
pub const DEFAULT_SEED: u64 = 7;

/// One question of the bank as a runnable lesson.
///
/// A lesson is a pure function of its knobs and the seed: the same values give the same page.
#[derive(Debug)]
pub struct Lesson {
    /// Name, questions and title.
    pub card: Card,
    /// The parameters.
    pub knobs: &'static [&'static dyn Knob],
    /// What a person reads: the prose with its `[[id]]` placeholders, the words of claims and of what is shown.
    pub words: &'static Words,
    /// What to write on the whiteboard, for `--code`.
    pub whiteboard: &'static [Whiteboard],
    /// What to write oneself, for `demo grade`.
    pub exercises: &'static [&'static Exercise],
    /// Runs the computation. Refuses knobs that are fine one by one and do not go together.
    pub walk: fn(&Setting) -> Result<Findings, Refusal>,
    /// The claims of the written answer.
    pub claims: &'static [ClaimCheck],
    /// A second page, on a long run: a benchmark.
    pub benchmark: Option<&'static Benchmark>,
    /// Work to be timed beside the page, where there is some.
    pub races: Option<Races>,
    /// What to say while a run with these knobs takes long.
    pub waiting: Option<fn(&Setting) -> Option<Text>>,
    /// Commands worth trying next; why, say the words, under `next`.
    pub next: &'static [&'static str],
}

impl Lesson {
    /// The title.
    pub fn title(&self) -> Text {
        self.words.get("lesson")
    }

    /// Runs the computation. What a person brought is visible in what comes back: a page is made of nothing else.
    ///
    /// # Errors
    /// [`Refusal`] of knobs that do not go together.
    pub fn findings(&self, setting: &Setting) -> Result<Findings, Refusal> {
        let run = self.asked_benchmark(&setting.values).map_or(self.walk, |benchmark| benchmark.run);
        Ok(run(setting)?.visible())
    }

    /// The benchmark, if these values ask for it.
    pub fn asked_benchmark(&self, values: &Values) -> Option<&'static Benchmark> {
        self.benchmark.filter(|benchmark| (benchmark.asked)(values))
    }

    /// The second page and how its parts are measured, if these values ask for a page that has such.
    fn parts(&self, values: &Values) -> Option<(&'static Benchmark, &'static Parts)> {
        let benchmark = self.asked_benchmark(values)?;
        Some((benchmark, benchmark.parts.as_ref()?))
    }

    /// Of a second page that is measured in parts: the flags that were given, each with the sections that use it. Flags
    /// that all of them use are left out.
    pub fn resting(&self, values: &Values) -> Vec<(&'static dyn Knob, Vec<usize>)> {
        let Some((benchmark, parts)) = self.parts(values) else { return Vec::new() };
        let markdown = self.words.folder.read(benchmark.prose, Lang::En);
        let sections = 1..=parts::sections(&markdown).count();
        let uses = |number: usize, ids: &[&str]| Asked::of(&markdown, Part::Section(number)).0.any(ids);
        let given = parts.rests.iter().filter(|(knob, _)| values.given(*knob));
        given.map(|(knob, ids)| (*knob, sections.clone().filter(|at| uses(*at, ids)).collect())).collect()
    }

    /// Of such a page: the flags that were given and that its brief has no use for.
    pub fn resting_in_brief(&self, values: &Values) -> Vec<&'static dyn Knob> {
        let Some((benchmark, parts)) = self.parts(values) else { return Vec::new() };
        let markdown = self.words.folder.read(benchmark.prose, Lang::En);
        let brief = Asked::of(&markdown, Part::Brief).0;
        let given = parts.rests.iter().filter(|(knob, _)| values.given(*knob));
        given.filter(|(_, ids)| !brief.any(ids)).map(|(knob, _)| *knob).collect()
    }

    /// What to say while a run of the whole page, or of a part of it, takes long.
    pub fn waiting_for(&self, setting: &Setting, part: Option<Part>) -> Option<Text> {
        match (self.parts(&setting.values), part) {
            (Some((benchmark, parts)), Some(part)) => {
                let markdown = self.words.folder.read(benchmark.prose, Lang::En);
                (parts.waiting)(setting, &Asked::of(&markdown, part).0)
            }
            _ => self.waiting?(setting),
        }
    }

    /// Commands worth trying next; not the one whose page this is.
    fn next(&self, shown: Option<&Benchmark>) -> Vec<Next> {
        let why = |command: &str| self.words.get(&format!("next.{command}"));
        let here = |command: &&&str| {
            let flags = shown.into_iter().flat_map(|benchmark| benchmark.gallery);
            flags.into_iter().any(|(flag, _)| command.ends_with(&format!(" --{flag}")))
        };
        let others = self.next.iter().filter(|command| !here(command));
        others.map(|command| Next { command, why: why(command) }).collect()
    }

    /// The prose in one language.
    pub fn prose(&self, lang: Lang) -> Cow<'static, str> {
        self.words.folder.read("lesson", lang)
    }
}

/// A second page of a lesson, on a long run. It has prose of its own, and cites the claims that it decides.
#[derive(Debug)]
pub struct Benchmark {
    /// Do these values ask for it?
    pub asked: fn(&Values) -> bool,
    /// Runs it. With a budget of time, or ended by Ctrl-C, it gives what is done by then; otherwise it is a function
    /// of knobs and seed like a lesson.
    pub run: fn(&Setting) -> Result<Findings, Refusal>,
    /// Its prose, `<name>.<lang>.md` among the words of the lesson.
    pub prose: &'static str,
    /// The flags whose run has its figures in the gallery.
    pub gallery: &'static [(&'static str, &'static str)],
    /// How its sections are measured one by one, where that is shorter.
    pub parts: Option<Parts>,
}

/// How a part of a second page is measured.
#[derive(Debug)]
pub struct Parts {
    /// Measures what is asked for, and perhaps more.
    pub run: fn(&Setting, &Asked) -> Result<Findings, Refusal>,
    /// What to say meanwhile, if it takes long.
    pub waiting: fn(&Setting, &Asked) -> Option<Text>,
    /// The flags that only some sections use, and the ids of what rests on them.
    pub rests: &'static [(&'static dyn Knob, &'static [&'static str])],
}

/// What a lesson has to time with these knobs.
pub type Races = fn(&Setting) -> Result<Vec<Race>, Refusal>;

/// Why a lesson could not be shown.
#[derive(Debug, thiserror::Error)]
pub enum LessonError {
    /// The person asked for something impossible.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Prose and measurements disagree: a mistake in the lesson.
    #[error(transparent)]
    Prose(#[from] ProseError),
}

/// Runs a lesson's computation and sets its prose. Claims are not run yet: see [`run_claims`].
///
/// # Errors
/// [`LessonError`]
pub fn run(lesson: &'static Lesson, setting: Setting, lang: Lang) -> Result<Page, LessonError> {
    let findings = lesson.findings(&setting)?;
    set(lesson, setting, &findings, lang)
}

/// A page of which a part is shown. Of a second page that is measured in parts, only that part is; the other sections
/// have their headings.
///
/// # Errors
/// [`LessonError`]
pub fn run_for(
    lesson: &'static Lesson,
    setting: Setting,
    part: Part,
    lang: Lang,
) -> Result<Page, LessonError> {
    let Some((benchmark, parts)) = lesson.parts(&setting.values) else { return run(lesson, setting, lang) };
    let markdown = lesson.words.folder.read(benchmark.prose, lang);
    let (asked, rest) = Asked::of(&markdown, part);
    let findings = (parts.run)(&setting, &asked)?.visible();
    let blocks = prose::some_sections(&rest, benchmark.prose, &findings, lesson.claims, lang)?;
    let shown = page(lesson, setting.clone(), blocks, &findings, lang);
    // A section that has nothing to show is left out, and those behind it have other numbers.
    let whole = shown.sections().1.len() == parts::sections(&markdown).count();
    if whole { Ok(shown) } else { run(lesson, setting, lang) }
}

/// Sets the prose around what a run found. [`run`] does both; who wants both languages runs once and sets twice.
///
/// # Errors
/// [`LessonError::Prose`]
pub fn set(
    lesson: &'static Lesson,
    setting: Setting,
    findings: &Findings,
    lang: Lang,
) -> Result<Page, LessonError> {
    if findings.is_apart() {
        return Ok(apart(lesson, setting, lang, findings));
    }
    let blocks = match lesson.asked_benchmark(&setting.values) {
        Some(benchmark) => {
            let markdown = lesson.words.folder.read(benchmark.prose, lang);
            prose::beside(&markdown, benchmark.prose, findings, lesson.claims, lang)?
        }
        None => prose::assemble(
            &lesson.prose(lang),
            &lesson.words.folder.read("answer", lang),
            findings,
            lesson.claims,
            lang,
        )?,
    };
    Ok(page(lesson, setting, blocks, findings, lang))
}

fn page(
    lesson: &'static Lesson,
    setting: Setting,
    blocks: Vec<Block>,
    findings: &Findings,
    lang: Lang,
) -> Page {
    let next = lesson.next(lesson.asked_benchmark(&setting.values));
    let (title, files) = (lesson.title(), findings.files().to_vec());
    let results = findings.taken_results().cloned();
    Page { card: &lesson.card, title, lang, setting, blocks, instead: None, next, files, results }
}

/// What was asked for in the place of the lesson: nothing but its tables, or a text for another program.
pub(super) fn apart(lesson: &'static Lesson, setting: Setting, lang: Lang, findings: &Findings) -> Page {
    let (title, next) = (lesson.title(), Vec::new());
    let (blocks, files) = (findings.blocks(), findings.files().to_vec());
    let instead = findings.instead().map(String::from);
    let results = findings.taken_results().cloned();
    Page { card: &lesson.card, title, lang, setting, blocks, instead, next, files, results }
}

/// Runs all claims of a lesson on all cores. The order and every bit of the result are those of a
/// run on one core: each claim draws from streams of its own.
pub fn run_claims(lesson: &Lesson, seed: u64) -> Vec<Claim> {
    use rayon::prelude::*;
    lesson.claims.par_iter().map(|check| check.run(seed, lesson.words)).collect()
}

/// Runs some claims of a lesson, as [`run_claims`] does, in the order of their ids here.
pub fn run_some(lesson: &Lesson, ids: &[&str], seed: u64) -> Vec<Claim> {
    use rayon::prelude::*;
    let checks = ids.iter().filter_map(|id| lesson.claims.iter().find(|check| check.id == *id));
    checks.collect::<Vec<_>>().par_iter().map(|check| check.run(seed, lesson.words)).collect()
}
