//! A lesson, and the page that one run of it gives.

use super::claim::{Claim, ClaimCheck};
use super::figure::Figure;
use super::findings::{Findings, Formula, Item, Matrix, Table};
use super::knob::{Knob, Refusal, Values};
use super::prose::{self, ProseError};
use super::text::{Lang, Text};

/// The seed when none is given.
pub const DEFAULT_SEED: u64 = 7;

/// One question of the bank as a runnable lesson.
///
/// A lesson is a pure function of its knobs and the seed: the same values give the same page.
pub trait Lesson: Sync {
    /// Name, question and title.
    fn card(&self) -> &'static Card;
    /// The parameters.
    fn knobs(&self) -> &'static [Knob];
    /// The prose: Markdown with `[[id]]` placeholders.
    fn prose(&self, lang: Lang) -> &'static str;
    /// The readable twins, for `--code`.
    fn code(&self) -> &'static [Source];
    /// Runs the computation.
    ///
    /// # Errors
    /// [`Refusal`] if knobs that are fine one by one do not go together.
    fn walk(&self, setting: &Setting) -> Result<Findings, Refusal>;
    /// The claims of the written answer.
    fn claims(&self) -> &'static [ClaimCheck];
    /// Commands worth trying next.
    fn next(&self) -> &'static [Next];
}

/// What a lesson is called.
#[derive(Debug)]
pub struct Card {
    /// The subcommand.
    pub name: &'static str,
    /// Other names for it.
    pub aliases: &'static [&'static str],
    /// The questions of the bank that it answers: `LLM Q1`. See [`super::question`].
    pub questions: &'static [&'static str],
    /// Title of the lesson.
    pub title: Text,
}

/// The checked values that a lesson runs with.
#[derive(Debug, Clone)]
pub struct Setting {
    /// Values of the knobs.
    pub values: Values,
    /// The seed of everything drawn.
    pub seed: u64,
}

/// A piece of the library's source, as it stands there.
#[derive(Debug)]
pub struct Source {
    /// Path in the repository.
    pub path: &'static str,
    /// The whole file.
    pub text: &'static str,
    /// The functions to show.
    pub functions: &'static [&'static str],
}

/// A command worth trying.
#[derive(Debug)]
pub struct Next {
    /// The command.
    pub command: &'static str,
    /// What it shows.
    pub why: Text,
}

/// What one run of a lesson gives: plain data that any renderer can show.
#[derive(Debug, Clone)]
pub struct Page {
    /// Which lesson.
    pub card: &'static Card,
    /// The language of the prose.
    pub lang: Lang,
    /// The setting.
    pub setting: Setting,
    /// The content, top to bottom.
    pub blocks: Vec<Block>,
    /// What to try next.
    pub next: &'static [Next],
}

/// A piece of a page.
#[derive(Debug, Clone)]
pub enum Block {
    /// Markdown, in the page's language, every placeholder filled in.
    Prose(String),
    /// A formula.
    Formula(&'static str, Formula),
    /// A matrix.
    Matrix(&'static str, Matrix),
    /// A table.
    Table(&'static str, Table),
    /// A figure.
    Figure(Figure),
    /// A remark.
    Note(Text),
    /// A claim with its verdict.
    Claim(Claim),
}

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
pub fn run(lesson: &dyn Lesson, setting: Setting, lang: Lang) -> Result<Page, LessonError> {
    let findings = lesson.walk(&setting)?;
    let blocks = prose::assemble(lesson.prose(lang), &findings, lesson.claims(), lang)?;
    Ok(Page { card: lesson.card(), lang, setting, blocks, next: lesson.next() })
}

/// Runs all claims of a lesson on all cores. The order and every bit of the result are those of a
/// run on one core: each claim draws from streams of its own.
pub fn run_claims(lesson: &dyn Lesson, seed: u64) -> Vec<Claim> {
    use rayon::prelude::*;
    lesson.claims().par_iter().map(|check| (check.run)(seed)).collect()
}

impl Page {
    /// Adds the claims at the end.
    pub fn with_claims(mut self, claims: Vec<Claim>) -> Page {
        self.blocks.extend(claims.into_iter().map(Block::Claim));
        self
    }

    /// The claims, in order.
    pub fn claims(&self) -> impl Iterator<Item = &Claim> + Clone {
        self.blocks.iter().filter_map(|block| match block {
            Block::Claim(claim) => Some(claim),
            _ => None,
        })
    }

    /// The figures, in order.
    pub fn figures(&self) -> impl Iterator<Item = &Figure> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Figure(figure) => Some(figure),
            _ => None,
        })
    }
}

impl Block {
    /// The blocks of an item that stands on a line of its own. What goes inside a sentence has none.
    pub fn of(id: &'static str, item: &Item) -> Vec<Block> {
        match item {
            Item::Number(_) | Item::Words(_) | Item::Note(None) => Vec::new(),
            Item::Formula(formula) => vec![Block::Formula(id, *formula)],
            Item::Matrices(matrices) => matrices.iter().map(|m| Block::Matrix(id, m.clone())).collect(),
            Item::Table(table) => vec![Block::Table(id, table.clone())],
            Item::Figure(figure) => vec![Block::Figure((**figure).clone())],
            Item::Note(Some(note)) => vec![Block::Note(note.clone())],
        }
    }
}
