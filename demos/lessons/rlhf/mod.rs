//! RLHF Q1: what learning from preferences adds to supervised fine-tuning.
//!
//! | file | what it holds |
//! |---|---|
//! | `knobs` | what a person can change |
//! | `prefs` | a person's own comparisons |
//! | `setup` | from knobs to checked values, and the runs that every part reads |
//! | `steps` | what the page shows |
//! | `experiments` | what is measured, for figures, prose and claims alike |
//! | `claims` | every claim of the written answer |
//! | `figures` | the pictures |
//! | `exercises` | what to write oneself |
//! | `whiteboard` | what one writes on the whiteboard, in Rust and Python |

mod claims;
mod exercises;
mod experiments;
mod figures;
mod knobs;
mod prefs;
mod setup;
mod steps;
#[cfg(test)]
mod whiteboard;

use steps::{
    convergence, derivations, direct, estimators, gradients, hacking, judging, optimum, pairs, stages, tuning,
};

use crate::kit::findings::Findings;
use crate::kit::knob::Refusal;
use crate::kit::lesson::{Card, Lesson, Setting};
use crate::kit::words::Words;
use crate::{whiteboard, words};

/// Everything that a person reads.
pub(crate) static WORDS: Words = words!("claims", "shown"; "lesson", "answer");

/// The lesson.
pub static LESSON: Lesson = Lesson {
    card: Card { name: "rlhf", aliases: &["preferences", "dpo"], questions: &["RLHF Q1"] },
    knobs: knobs::KNOBS,
    words: &WORDS,
    whiteboard: &[whiteboard!("losses"), whiteboard!("strengths")],
    exercises: exercises::EXERCISES,
    walk,
    claims: claims::CLAIMS,
    benchmark: None,
    races: None,
    waiting: None,
    next: &[
        "demo rlhf --beta 0.02",
        "demo rlhf --noise 0.3",
        "demo rlhf --group 2 --steps 1000",
        "demo rlhf --code",
    ],
};

fn walk(setting: &Setting) -> Result<Findings, Refusal> {
    let setup = setup::Setup::new(setting)?;
    let mut findings = tuning::tuning(&setup)?;
    findings.extend(pairs::pairs(&setup)?);
    findings.extend(optimum::optimum(&setup)?);
    findings.extend(gradients::gradients(&setup));
    findings.extend(direct::direct(&setup));
    findings.extend(convergence::convergence(&setup)?);
    findings.extend(estimators::estimators(&setup)?);
    findings.extend(stages::stages(&setup));
    findings.extend(hacking::hacking(&setup)?);
    findings.extend(judging::judging(&setup)?);
    findings.extend(derivations::derivations(&setup)?);
    figures::figures(&setup)?.into_iter().for_each(|figure| findings.figure(figure));
    Ok(findings)
}
