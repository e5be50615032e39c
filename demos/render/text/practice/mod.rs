//! The pages of the practice.
//!
//! | file | what it shows |
//! |---|---|
//! | `list` | all exercises, and how the person stands |
//! | `task` | one exercise |
//! | `judgement` | what a person's program made of it |
//! | `said` | sentences about its answers, and about what ended it |
//! | `proof` | every mistake against every case |
//! | `progress` | how a person stands; the back of a card |
//! | `values` | numbers and matrices, short enough to compare by eye |

mod judgement;
mod list;
mod progress;
mod proof;
mod said;
mod task;
mod values;

pub use progress::{back_of_claim, calibration, led, numbered, paragraph, skipped};
pub(in crate::render) use said::{differs, said, seen};

use crate::kit::exercise::{Case, Exercise, Kind};
use crate::practice::WORDS;
use crate::practice::catalogue::Entry;
use crate::practice::prove::Proof;
use crate::render::form::PracticeForm;
use crate::render::screen::{Role, Screen};

/// The practice on a terminal.
pub(super) const FORM: PracticeForm = PracticeForm {
    list: |attempts, kept, screen| list::list(attempts, screen) + &skipped(kept, screen),
    task: |entry, seed, screen| task::task(entry.exercise, seed, screen),
    judgement: judgement::judgement,
    proofs,
    progress: |progress, kept, screen| progress::progress(progress, screen) + &skipped(kept, screen),
};

fn proofs(proofs: &[(Entry, Proof)], screen: &Screen) -> String {
    let pages = proofs.iter().map(|(entry, proof)| proof::proof(entry.exercise, proof, screen));
    pages.collect::<Vec<_>>().join("\n")
}

/// Why a case is asked.
fn kind(case: &Case, screen: &Screen) -> String {
    let part = if matches!(case.kind, Kind::Edge(_)) { "edge" } else { "case" };
    let text = WORDS.get(&format!("{part}.{}", case.kind.word()));
    screen.say(&text).to_string()
}

fn heading(exercise: &Exercise, screen: &Screen) -> String {
    let title = format!("{} · {}", exercise.name, screen.say(&exercise.title()));
    screen.paint(Role::Heading, &title)
}

/// A command on a line of its own.
fn command(line: &str, screen: &Screen) -> String {
    format!("  {}\n", screen.paint(Role::Code, line))
}
