//! A lesson to copy: the mean of many throws of a coin.
//!
//! | file | what it holds |
//! |---|---|
//! | `knobs` | what a person can change |
//! | `setup` | from knobs to what is computed with |
//! | `steps` | what the page shows, step by step |
//! | `experiments` | what is measured, for steps, figures and claims alike |
//! | `figures` | the pictures |
//! | `whiteboard` | what to write on the whiteboard, in Rust and Python |
//! | `claims` | every claim of the written answer |

mod claims;
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
pub(crate) static LESSON: Lesson = Lesson {
    // A question of the bank (`demos/kit/question.rs`) that no other lesson has: it is a name of the lesson too.
    card: Card { name: "template", aliases: &[], questions: &["LLM Q1"] },
    knobs: knobs::KNOBS,
    words: &WORDS,
    whiteboard: &[whiteboard!("mean")],
    exercises: &[],
    walk,
    claims: claims::CLAIMS,
    benchmark: None,
    races: None,
    waiting: None,
    next: &["demo template --throws 1000"],
};

fn walk(setting: &Setting) -> Result<Findings, Refusal> {
    let setup = setup::Setup::new(setting)?;
    let mut findings = steps::walk(&setup);
    findings.figure(figures::spread(setting.seed));
    Ok(findings)
}
