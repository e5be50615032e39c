//! LLM Q5: encoder-only, decoder-only, encoder–decoder.
//!
//! | file | what it holds |
//! |---|---|
//! | `knobs` | what a person can change |
//! | `setup` | from knobs to what is computed with |
//! | `steps` | what the page shows, step by step |
//! | `exercises` | what to write oneself |
//! | `experiments` | what is measured, for prose and claims alike |
//! | `figures` | the pictures |
//! | `whiteboard` | what to write on the whiteboard, in Rust and Python |
//! | `claims` | every claim of the written answer |

mod claims;
mod exercises;
mod experiments;
mod figures;
mod knobs;
mod setup;
mod steps;
#[cfg(test)]
mod whiteboard;

use crate::kit::findings::Findings;
use crate::kit::knob::Refusal;
use crate::kit::lesson::{Card, Lesson, Setting};
use crate::kit::words::Words;
use crate::{whiteboard, words};

/// Everything that a person reads.
pub(crate) static WORDS: Words = words!("claims", "shown"; "lesson", "answer");

/// The lesson.
pub static LESSON: Lesson = Lesson {
    card: Card { name: "architectures", aliases: &["architecture"], questions: &["LLM Q5"] },
    knobs: knobs::KNOBS,
    words: &WORDS,
    whiteboard: &[whiteboard!("masks"), whiteboard!("objectives")],
    exercises: exercises::EXERCISES,
    walk,
    claims: claims::CLAIMS,
    benchmark: None,
    races: None,
    waiting: Some(setup::waiting),
    next: &[
        "demo architectures --layers 1",
        "demo architectures --seq 10 --prefix 6 --source 6",
        "demo heads",
        "demo architectures --code",
    ],
};

fn walk(setting: &Setting) -> Result<Findings, Refusal> {
    let setup = setup::Setup::new(setting)?;
    let mut findings = steps::walk(&setup)?;
    figures::figures(&setup)?.into_iter().for_each(|figure| findings.figure(figure));
    Ok(findings)
}
