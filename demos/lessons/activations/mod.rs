//! LLM Q12: activation functions.
//!
//! | file | what it holds |
//! |---|---|
//! | `knobs` | what a person can change |
//! | `own` | numbers of one's own |
//! | `real` | the second page: networks of a trained model |
//! | `setup` | from knobs to checked values |
//! | `steps` | what the page shows |
//! | `exercises` | what to write oneself |
//! | `experiments` | what is measured or looked up, for figures, prose and claims alike |
//! | `claims` | every claim of the written answer |
//! | `figures` | the pictures |
//! | `whiteboard` | what one writes on the whiteboard, in Rust and Python |

mod claims;
mod exercises;
mod experiments;
mod figures;
mod knobs;
mod own;
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
    card: Card { name: "activations", aliases: &["activation"], questions: &["LLM Q12"] },
    knobs: knobs::KNOBS,
    words: &WORDS,
    whiteboard: &[whiteboard!("activation"), whiteboard!("swiglu"), whiteboard!("mixture")],
    exercises: exercises::EXERCISES,
    walk,
    claims: claims::CLAIMS,
    benchmark: Some(&real::BENCHMARK),
    races: None,
    waiting: Some(real::waiting),
    next: &[
        "demo activations --activation silu --x -1.278",
        "demo activations --d-model 8192 --d-ff 32768",
        "demo activations --depth 60",
        "demo activations --code",
    ],
};

fn walk(setting: &Setting) -> Result<Findings, Refusal> {
    let setup = setup::Setup::new(setting)?;
    let mut findings = steps::function::function(&setup);
    findings.extend(steps::kernels::kernels()?);
    findings.extend(steps::flow::depth(&setup)?);
    findings.extend(steps::gate::gate(&setup)?);
    findings.extend(steps::width::width(&setup)?);
    findings.extend(steps::numbers::numbers(&setup)?);
    figures::figures(&setup)?.into_iter().for_each(|figure| findings.figure(figure));
    Ok(findings)
}
