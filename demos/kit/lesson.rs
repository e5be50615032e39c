//! A lesson, and how it is run.

use super::claim::{Claim, ClaimCheck};
use super::findings::Findings;
use super::knob::{Knob, Refusal};
pub use super::page::{Block, Card, Next, Page, Setting};
use super::prose::{self, ProseError};
use super::text::Lang;

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
