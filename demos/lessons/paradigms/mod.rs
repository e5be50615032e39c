//! LLM Q9: classical language processing and large language models.
//!
//! | file | what it holds |
//! |---|---|
//! | `knobs` | what a person can change |
//! | `data` | the built-in remarks, or a person's own table of texts and labels |
//! | `setup` | from knobs to checked values, and what every part reads |
//! | `shares` | how a share and a difference of shares are written |
//! | `estimate` | how long a run takes |
//! | `steps` | what the page shows |
//! | `experiments` | what is measured, for the page and the claims alike |
//! | `claims` | every claim of the written answer |
//! | `figures` | the pictures |
//! | `whiteboard` | what one writes on the whiteboard, in Rust and Python |
//! | `exercises` | what to write oneself |

mod claims;
mod data;
mod estimate;
mod exercises;
mod experiments;
mod figures;
mod knobs;
mod setup;
mod shares;
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
    card: Card { name: "paradigms", aliases: &["classical", "nlp"], questions: &["LLM Q9"] },
    knobs: knobs::KNOBS,
    words: &WORDS,
    whiteboard: &[whiteboard!("viterbi"), whiteboard!("bayes")],
    exercises: exercises::EXERCISES,
    walk,
    claims: claims::CLAIMS,
    benchmark: None,
    races: None,
    waiting: Some(estimate::waiting),
    next: &[
        "demo paradigms --data chinese",
        "demo paradigms --text \"they fish in cold water\"",
        "demo paradigms --neighbours 5 --units pairs",
        "demo paradigms --code",
    ],
};

fn walk(setting: &Setting) -> Result<Findings, Refusal> {
    let setup = setup::Setup::new(setting)?;
    let mut findings = steps::tagging::tagging(&setup)?;
    findings.extend(steps::sizes::sizes(&setup)?);
    findings.extend(steps::curves::curves(&setup)?);
    findings.extend(steps::votes::votes(&setup)?);
    findings.extend(steps::classify::classify(&setup)?);
    findings.extend(steps::history::history());
    let scored = steps::scores::scored(&setup)?;
    findings.extend(steps::scores::scores(&scored));
    figures::figures(&setup, &scored)?.into_iter().for_each(|figure| findings.figure(figure));
    Ok(findings)
}
