//! LLM Q11: emergent abilities.
//!
//! | file | what it holds |
//! |---|---|
//! | `knobs` | what a person can change |
//! | `setup` | from knobs to checked values |
//! | `sizes` | sizes as a person writes them: `135M,7B` |
//! | `scores` | a person's own scores, or those of the run |
//! | `metric` | the metrics, as the flag names them |
//! | `exercises` | what to write oneself |
//! | `experiments` | what is measured, for figures, prose and claims alike |
//! | `steps` | what the page shows |
//! | `claims` | every claim of the written answer |
//! | `figures` | the pictures |
//! | `real` | the page on a real model |
//! | `whiteboard` | what one writes on the whiteboard, in Rust and Python |

mod claims;
mod exercises;
mod experiments;
mod figures;
mod knobs;
mod metric;
mod real;
mod scores;
mod setup;
mod sizes;
mod steps;
#[cfg(test)]
mod whiteboard;

use steps::{arithmetic, context, derivations, finite, metrics, own, series, thresholds};

use crate::kit::findings::Findings;
use crate::kit::knob::Refusal;
use crate::kit::lesson::{Card, Lesson, Setting};
use crate::kit::words::Words;
use crate::{whiteboard, words};

/// Everything that a person reads.
pub(crate) static WORDS: Words = words!("claims", "shown", "measured"; "lesson", "answer", "real");

/// The lesson.
pub static LESSON: Lesson = Lesson {
    card: Card { name: "emergence", aliases: &["emergent"], questions: &["LLM Q11"] },
    knobs: knobs::KNOBS,
    words: &WORDS,
    whiteboard: &[whiteboard!("mirage"), whiteboard!("descent")],
    exercises: exercises::EXERCISES,
    walk,
    claims: claims::CLAIMS,
    benchmark: Some(&real::BENCHMARK),
    races: None,
    waiting: Some(real::waiting),
    next: &[
        "demo emergence --length 5 --items 10000",
        "demo emergence --metric choice --options 2",
        "demo emergence --examples 8 --layers 4",
        "demo emergence --code",
    ],
};

fn walk(setting: &Setting) -> Result<Findings, Refusal> {
    let setup = setup::Setup::new(setting)?;
    let mut findings = thresholds::thresholds();
    findings.extend(series::series(&setup)?);
    findings.extend(finite::finite(&setup)?);
    findings.extend(metrics::metrics(&setup));
    findings.extend(own::own(&setup)?);
    findings.extend(context::context(&setup)?);
    findings.extend(arithmetic::arithmetic(&setup)?);
    figures::figures(&setup)?.into_iter().for_each(|figure| findings.figure(figure));
    findings.extend(derivations::derivations(&setup)?);
    Ok(findings)
}
