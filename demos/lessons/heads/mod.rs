//! LLM Q4: MHA, MQA, GQA, and what a real model keeps in memory.
//!
//! | file | what it holds |
//! |---|---|
//! | `knobs` | what a person can change |
//! | `setup` | from knobs to a model and the models to compare |
//! | `steps` | what the page shows |
//! | `figures` | the pictures |
//! | `exercises` | what to write oneself |
//! | `experiments` | what is measured, for prose and claims alike |
//! | `real` | the second page: the cache of a trained model |
//! | `claims` | every claim of the written answer |
//! | `whiteboard` | what to write on the whiteboard, held to the library |

mod claims;
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
    card: Card { name: "heads", aliases: &["gqa", "mqa", "kv-cache"], questions: &["LLM Q4"] },
    knobs: knobs::KNOBS,
    words: &WORDS,
    whiteboard: &[
        whiteboard!("gqa"),
        whiteboard!("kv_bytes"),
        whiteboard!("parameters"),
        whiteboard!("flops"),
    ],
    exercises: exercises::EXERCISES,
    walk,
    claims: claims::CLAIMS,
    benchmark: Some(&real::BENCHMARK),
    races: None,
    waiting: Some(real::waiting),
    next: &[
        "demo heads --model llama-2-70b --context 4096 --batch 8 --dtype bf16",
        "demo heads --compare llama-2-7b,llama-2-70b,deepseek-v3 --context 32768",
        "demo heads --model qwen2.5-7b --memory 24GiB --dtype fp8",
        "demo heads --model llama-3.1-8b --accelerator rtx-4090 --batch 16 --devices 4",
        "demo heads --code",
    ],
};

fn walk(setting: &Setting) -> Result<Findings, Refusal> {
    if let Some(lists) = steps::listed(setting)? {
        return Ok(lists);
    }
    let setup = setup::Setup::new(setting)?;
    let mut findings = steps::steps(&setup)?;
    figures::figures(&mut findings, &setup)?;
    Ok(findings)
}
