//! LLM Q1: scaled dot-product attention, and why it replaced the RNN.
//!
//! | file | what it holds |
//! |---|---|
//! | `knobs` | what a person can change |
//! | `setup` | from knobs to tokens, vectors, weights and a mask |
//! | `estimate` | what a run takes, said before it starts |
//! | `example` | weights set by hand, whose pattern can be read off |
//! | `real` | the second page: heads of a trained model |
//! | `steps` | what the page shows, matrix by matrix, and the derivations that an interviewer asks for |
//! | `exercises` | what to write oneself |
//! | `experiments` | what is measured, for figures and claims alike |
//! | `figures` | the pictures |
//! | `whiteboard` | what to write on the whiteboard, in Rust and Python |
//! | `claims` | every claim of the written answer |

mod claims;
pub mod estimate;
mod example;
mod exercises;
mod experiments;
mod figures;
mod knobs;
mod real;
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
    card: Card { name: "attention", aliases: &["self-attention"], questions: &["LLM Q1"] },
    knobs: knobs::KNOBS,
    words: &WORDS,
    whiteboard: &[
        whiteboard!("attention"),
        whiteboard!("multi_head"),
        whiteboard!("kv_cache"),
        whiteboard!("online_softmax"),
        whiteboard!("backward"),
    ],
    exercises: exercises::EXERCISES,
    walk,
    claims: claims::CLAIMS,
    benchmark: Some(&real::BENCHMARK),
    races: None,
    waiting: Some(real::waiting),
    next: &[
        "demo attention --example",
        "demo attention --text \"我 爱 你\" --causal",
        "demo attention --d-model 64 --heads 1",
        "demo attention --code",
    ],
};

fn walk(setting: &Setting) -> Result<Findings, Refusal> {
    let setup = setup::Setup::new(setting)?;
    let (walked, (figures, derived)) = rayon::join(
        || steps::walk(&setup),
        || rayon::join(|| figures::figures(setting.seed), || beside(setting.seed)),
    );
    let mut findings = walked?;
    figures?.into_iter().for_each(|figure| findings.figure(figure));
    findings.extend(derived?);
    Ok(findings)
}

/// What does not depend on the knobs.
fn beside(seed: u64) -> Result<Findings, Refusal> {
    let mut findings = steps::questions(seed)?;
    findings.extend(steps::derivations(seed)?);
    Ok(findings)
}
