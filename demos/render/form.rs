//! The forms that a page can take: one table, from which the command line makes its `--format`.

use std::time::Duration;

use super::screen::Screen;
use super::{json, markdown, text};
use crate::kit::claim::Claim;
use crate::kit::lesson::Page;
use crate::practice::attempts::Attempts;
use crate::practice::catalogue::Entry;
use crate::practice::drill::progress::Progress;
use crate::practice::journal::Kept;
use crate::practice::judge::Judgement;
use crate::practice::prove::Proof;
use crate::verdicts::CheckReport;

/// How much of a claim is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// One line: verdict and sentence.
    Folded,
    /// Two: the verdict, and what to say.
    Brief,
    /// All that decided it.
    Evidence,
}

/// What a person wants to see of a page, besides its content.
#[derive(Debug, Clone)]
pub struct View {
    /// How much of each claim.
    pub depth: Depth,
    /// Where the figures are saved, as a page links them; `None` if nowhere.
    pub pictures: Option<String>,
    /// Say what the sections are, and what to try next.
    pub whole: bool,
}

/// A form of output. What has nothing to show before the claims are run gives an empty text.
#[derive(Debug)]
pub struct Form {
    /// What `--format` calls it.
    pub word: &'static str,
    /// The page up to its claims, which can be read while they are run.
    pub walk: fn(&Page, &View, &Screen) -> String,
    /// The rest, when the claims have been run; how long that took.
    pub rest: fn(&Page, &View, Duration, &Screen) -> String,
    /// The list of lessons.
    pub syllabus: fn(&Screen) -> String,
    /// The verdicts of a check, if this form can show them.
    pub check: Option<CheckForm>,
    /// The pages of the practice, if this form can show them.
    pub practice: Option<PracticeForm>,
    /// Does a person read it, so that it can be folded, coloured and paged?
    pub folds: bool,
    /// Does it link to pictures?
    pub links: bool,
}

/// How the verdicts of a check are shown.
#[derive(Debug, Clone, Copy)]
pub struct CheckForm {
    /// One claim, as soon as it is decided.
    pub line: fn(&Claim, &Screen) -> String,
    /// What comes at the end.
    pub summary: fn(&CheckReport, Duration, &Screen) -> String,
}

/// How the pages of the practice are shown.
#[derive(Debug, Clone, Copy)]
pub struct PracticeForm {
    /// All exercises, and how a person stands.
    pub list: fn(&Attempts, &Kept, &Screen) -> String,
    /// An exercise, its case to follow by hand drawn with a seed.
    pub task: fn(Entry, u64, &Screen) -> String,
    /// What a program made of it; how much memory it had, in MiB.
    pub judgement: fn(Entry, &Judgement, usize, &Screen) -> String,
    /// Every mistake against every case.
    pub proofs: fn(&[(Entry, Proof)], &Screen) -> String,
    /// How a person stands with each question.
    pub progress: fn(&Progress, &Kept, &Screen) -> String,
}

/// All forms, the default first.
pub static FORMS: &[Form] = &[text::FORM, json::FORM, markdown::FORM];
