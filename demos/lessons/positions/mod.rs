//! LLM Q2: why a Transformer needs positions, and how they can be given.
//!
//! | file | what it holds |
//! |---|---|
//! | `knobs` | what a person can change |
//! | `setup` | from knobs to checked values |
//! | `scheme` | the schemes: what each adds to the tokens and does inside attention |
//! | `real` | the second page: what order means to a trained model |
//! | `steps` | what the page shows |
//! | `exercises` | what to write oneself |
//! | `experiments` | what is measured, for figures, prose and claims alike |
//! | `published` | what is published about well-known models |
//! | `claims` | every claim of the written answer |
//! | `figures` | the pictures |
//! | `whiteboard` | the code to write on the whiteboard, and its tests |

mod claims;
mod exercises;
mod experiments;
mod figures;
mod knobs;
mod published;
mod real;
mod scheme;
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
pub(crate) static WORDS: Words = words!("claims", "shown", "measured"; "lesson", "answer", "real");

/// The lesson.
pub static LESSON: Lesson = Lesson {
    card: Card { name: "positions", aliases: &["position"], questions: &["LLM Q2"] },
    knobs: knobs::KNOBS,
    words: &WORDS,
    whiteboard: &[
        whiteboard!("sinusoidal"),
        whiteboard!("learned"),
        whiteboard!("alibi"),
        whiteboard!("t5_buckets"),
    ],
    exercises: exercises::EXERCISES,
    walk,
    claims: claims::CLAIMS,
    benchmark: Some(&real::BENCHMARK),
    races: None,
    waiting: Some(real::waiting),
    next: &[
        "demo positions --text \"我 爱 你\"",
        "demo positions --scheme none",
        "demo positions --base 10 --seq 128",
        "demo attention",
        "demo rope",
    ],
};

fn walk(setting: &Setting) -> Result<Findings, Refusal> {
    let setup = setup::Setup::new(setting)?;
    let mut findings = steps::walk(&setup)?;
    figures::figures(&setup)?.into_iter().for_each(|figure| findings.figure(figure));
    findings.extend(steps::derivations(setting.seed)?);
    Ok(findings)
}
