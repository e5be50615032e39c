//! LLM Q3: rotary position embedding.
//!
//! | file | what it holds |
//! |---|---|
//! | `knobs` | what a person can change |
//! | `method` | the methods that make a context longer |
//! | `own` | a configuration of one's own |
//! | `setup` | from knobs to checked values and frequencies |
//! | `real` | the second page: rotations of a trained model |
//! | `steps` | what the page shows |
//! | `exercises` | what to write oneself |
//! | `experiments` | what is measured, for figures, prose and claims alike |
//! | `claims` | every claim of the written answer |
//! | `figures` | the pictures |
//! | `whiteboard` | what one writes on the whiteboard, in Rust and Python |

mod claims;
mod exercises;
mod experiments;
mod figures;
mod knobs;
mod method;
mod own;
mod real;
mod setup;
mod steps;
#[cfg(test)]
mod whiteboard;

use steps::{axes, cost, derivations, layouts, longer, one_pair, scores};

use crate::kit::findings::Findings;
use crate::kit::knob::Refusal;
use crate::kit::lesson::{Card, Lesson, Setting};
use crate::kit::words::Words;
use crate::{whiteboard, words};

/// Everything that a person reads.
pub(crate) static WORDS: Words = words!("claims", "shown", "measured"; "lesson", "answer", "real");

/// The lesson.
pub static LESSON: Lesson = Lesson {
    card: Card { name: "rope", aliases: &["rotary"], questions: &["LLM Q3"] },
    knobs: knobs::KNOBS,
    words: &WORDS,
    whiteboard: &[whiteboard!("rope"), whiteboard!("ntk"), whiteboard!("yarn")],
    exercises: exercises::EXERCISES,
    walk,
    claims: claims::CLAIMS,
    benchmark: Some(&real::BENCHMARK),
    races: None,
    waiting: Some(real::waiting),
    next: &[
        "demo rope --scaling yarn",
        "demo rope --base 500000 --train-len 8192 --len 131072 --scaling llama3",
        "demo rope --head-dim 8 --m 3 --n 8",
        "demo rope --code",
    ],
};

fn walk(setting: &Setting) -> Result<Findings, Refusal> {
    let setup = setup::Setup::new(setting)?;
    let mut findings = one_pair::one_pair(&setup)?;
    findings.extend(scores::scores(&setup)?);
    findings.extend(layouts::layouts(&setup)?);
    findings.extend(longer::longer(&setup)?);
    findings.extend(axes::axes(&setup));
    findings.extend(cost::cost(setup.seed)?);
    figures::figures(&setup).into_iter().for_each(|figure| findings.figure(figure));
    findings.extend(derivations::derivations(&setup)?);
    Ok(findings)
}
