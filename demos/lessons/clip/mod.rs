//! VLM Q1: images and texts in one space, and ways to fuse them.
//!
//! | file | what it holds |
//! |---|---|
//! | `knobs` | what a person can change |
//! | `own` | similarities or embeddings of one's own |
//! | `setup` | from knobs to checked values, and the training that every part reads |
//! | `estimate` | how long a run takes, said before it starts |
//! | `steps` | what the page shows |
//! | `experiments` | what is measured, for figures, prose and claims alike |
//! | `claims` | every claim of the written answer |
//! | `figures` | the pictures |
//! | `exercises` | what to write oneself |
//! | `whiteboard` | what one writes on the whiteboard, in Rust and Python |

mod claims;
mod estimate;
mod exercises;
mod experiments;
mod figures;
mod knobs;
mod own;
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
    card: Card { name: "clip", aliases: &["vlm", "contrastive"], questions: &["VLM Q1"] },
    knobs: knobs::KNOBS,
    words: &WORDS,
    whiteboard: &[whiteboard!("info_nce"), whiteboard!("siglip"), whiteboard!("gated")],
    exercises: exercises::EXERCISES,
    walk,
    claims: claims::CLAIMS,
    benchmark: None,
    races: None,
    waiting: Some(estimate::waiting),
    next: &[
        "demo clip --temperature 1",
        "demo clip --batch 8 --negatives alike",
        "demo clip --loss siglip",
        "demo clip --resolution 1344",
        "demo clip --code",
    ],
};

fn walk(setting: &Setting) -> Result<Findings, Refusal> {
    let setup = setup::Setup::new(setting)?;
    let mut findings = steps::loss::loss(&setup)?;
    findings.extend(steps::trained::trained(&setup)?);
    findings.extend(steps::batches::batches(&setup)?);
    findings.extend(steps::modality::modality(&setup)?);
    findings.extend(steps::fusion::fusion(&setup)?);
    findings.extend(steps::own::own(&setup)?);
    if setup.plan.steps == 1 {
        findings.note("course", None);
    }
    figures::figures(&setup)?.into_iter().for_each(|figure| findings.figure(figure));
    Ok(findings)
}
