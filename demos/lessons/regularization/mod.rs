//! LLM Q10: L1 and L2 regularisation.
//!
//! | file | what it holds |
//! |---|---|
//! | `knobs` | what a person can change |
//! | `data` | built-in data, or a person's own table |
//! | `estimate` | how long a run takes |
//! | `setup` | from knobs to checked values, and the paths that every part reads |
//! | `steps` | what the page shows |
//! | `exercises` | what to write oneself |
//! | `experiments` | what is measured, for figures, prose and claims alike |
//! | `claims` | every claim of the written answer |
//! | `figures` | the pictures |
//! | `whiteboard` | what one writes on the whiteboard, in Rust and Python |

mod claims;
mod data;
mod estimate;
mod exercises;
mod experiments;
mod figures;
mod knobs;
mod setup;
mod steps;
#[cfg(test)]
mod whiteboard;

use steps::{choice, decay, derivations, directions, overfitting, paths, penalties, solving, truth, twins};

use crate::kit::findings::Findings;
use crate::kit::knob::Refusal;
use crate::kit::lesson::{Card, Lesson, Setting};
use crate::kit::words::Words;
use crate::{whiteboard, words};

/// Everything that a person reads.
pub(crate) static WORDS: Words = words!("claims", "shown"; "lesson", "answer");

/// The lesson.
pub static LESSON: Lesson = Lesson {
    card: Card { name: "regularization", aliases: &["regularisation", "lasso"], questions: &["LLM Q10"] },
    knobs: knobs::KNOBS,
    words: &WORDS,
    whiteboard: &[whiteboard!("lasso"), whiteboard!("adamw")],
    exercises: exercises::EXERCISES,
    walk,
    claims: claims::CLAIMS,
    benchmark: None,
    races: None,
    waiting: Some(estimate::waiting),
    next: &[
        "demo regularization --lambda 20 --alpha 0.9",
        "demo regularization --data sparse",
        "demo regularization --gradient-scale 10",
        "demo regularization --code",
    ],
};

fn walk(setting: &Setting) -> Result<Findings, Refusal> {
    let setup = setup::Setup::new(setting)?;
    let mut findings = overfitting::overfitting(setup.seed)?;
    findings.extend(penalties::penalties());
    findings.extend(paths::paths(&setup)?);
    findings.extend(truth::truth(&setup));
    findings.extend(twins::twins(setup.seed)?);
    findings.extend(directions::directions(&setup));
    findings.extend(choice::choice(&setup)?);
    findings.extend(solving::solving(&setup)?);
    findings.extend(decay::decay(&setup));
    findings.extend(derivations::derivations());
    let figures = figures::figures(&setup)?;
    if !figures.iter().any(|figure| figure.id == figures::NET_PATH) {
        findings.note(figures::NET_PATH, None);
    }
    figures.into_iter().for_each(|figure| findings.figure(figure));
    Ok(findings)
}
