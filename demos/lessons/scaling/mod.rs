//! LLM Q6: scaling laws, and how a budget is split.
//!
//! | file | what it holds |
//! |---|---|
//! | `knobs` | what a person can change |
//! | `setup` | from knobs to a budget, a law and a run |
//! | `runs` | a person's own training runs |
//! | `estimate` | what a run takes, said before it starts |
//! | `steps` | what the page shows |
//! | `exercises` | what to write oneself |
//! | `experiments` | what is measured, for figures, prose and claims alike |
//! | `claims` | every claim of the written answer |
//! | `figures` | the pictures |
//! | `whiteboard` | what one writes on the whiteboard, in Rust and Python |

mod claims;
mod estimate;
mod exercises;
mod experiments;
mod figures;
mod knobs;
mod runs;
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
    card: Card { name: "scaling", aliases: &["chinchilla", "kaplan"], questions: &["LLM Q6"] },
    knobs: knobs::KNOBS,
    words: &WORDS,
    whiteboard: &[whiteboard!("optimum"), whiteboard!("fit")],
    exercises: exercises::EXERCISES,
    walk,
    claims: claims::CLAIMS,
    benchmark: None,
    races: None,
    waiting: Some(estimate::waiting),
    next: &[
        "demo scaling --params 7B --tokens 2T",
        "demo scaling --model gpt-3-175b --constants hoffmann",
        "demo scaling --compute 1e25 --served-tokens 100T",
        "demo scaling --code",
    ],
};

fn walk(setting: &Setting) -> Result<Findings, Refusal> {
    if let Some(list) = steps::models::listed(setting) {
        return Ok(list);
    }
    let setup = setup::Setup::new(setting)?;
    let mut findings = steps::budget::budget(&setup)?;
    findings.extend(steps::models::models(&setup)?);
    findings.extend(steps::kaplan::kaplan());
    findings.extend(steps::serving::serving(&setup)?);
    findings.extend(steps::fitting::fitting(&setup)?);
    let (recovery, widths) = steps::recovery::recovery(&setup)?;
    findings.extend(recovery);
    findings.extend(steps::derivations::derivations(&setup)?);
    figures::figures(&setup, &widths)?.into_iter().for_each(|figure| findings.figure(figure));
    Ok(findings)
}
