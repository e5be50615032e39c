//! LLM Q7: from logits to text, and which strategy for what.
//!
//! | file | what it holds |
//! |---|---|
//! | `knobs` | what a person can change |
//! | `compare` | the second page: strategies compared, as a benchmark |
//! | `setup` | from knobs to a model, a prompt and strategies |
//! | `estimate` | what a run takes, said before it starts |
//! | `trained` | the model that is decoded |
//! | `strategies` | the strategies, by name |
//! | `logits` | a person's own logits |
//! | `published` | defaults that are published |
//! | `steps` | what the page shows |
//! | `exercises` | what to write oneself |
//! | `experiments` | what is measured, for prose and claims alike |
//! | `claims` | every claim of the written answer |
//! | `figures` | the pictures |
//! | `titles` | which title a picture has |
//! | `whiteboard` | what one writes on the whiteboard, in Rust and Python |
//! | `timing` | what the command line times after a comparison |

mod claims;
mod compare;
mod estimate;
mod exercises;
mod experiments;
mod figures;
mod knobs;
mod logits;
mod published;
mod setup;
mod steps;
mod strategies;
mod timing;
mod titles;
mod trained;
#[cfg(test)]
mod whiteboard;

use concepts::decoding::LanguageModel;
use experiments::comparison::{Comparison, Size};
use experiments::contexts::Contexts;
use experiments::sorting::by_size;
pub(crate) use logits::npy;
use setup::within;
use steps::{
    compare as compared, constrained, defaults, derivations, one_choice, penalties, searches, speculation,
    texts,
};

use crate::kit::findings::Findings;
use crate::kit::knob::Refusal;
use crate::kit::lesson::{Card, Lesson, Setting};
use crate::kit::words::Words;
use crate::{whiteboard, words};

/// Everything that a person reads.
pub(crate) static WORDS: Words = words!("claims", "shown", "compared"; "lesson", "answer", "compare");

/// The lesson.
pub static LESSON: Lesson = Lesson {
    card: Card { name: "decoding", aliases: &["sampling", "beam"], questions: &["LLM Q7"] },
    knobs: knobs::KNOBS,
    words: &WORDS,
    whiteboard: &[
        whiteboard!("greedy_and_beam"),
        whiteboard!("top_k"),
        whiteboard!("top_p"),
        whiteboard!("temperature"),
        whiteboard!("speculative"),
    ],
    exercises: exercises::EXERCISES,
    walk,
    claims: claims::CLAIMS,
    benchmark: Some(&compare::BENCHMARK),
    races: Some(timing::races),
    waiting: Some(estimate::waiting),
    next: &[
        "demo decoding --compare",
        "demo decoding --prompt \"Nora \" --strategy beam --beams 16",
        "demo decoding --text chinese --temperature 0",
        "demo decoding --code",
    ],
};

/// The comparison of the plain lesson.
const SMALL: Size = Size { prompts: 12, seeds: 2, tokens: 0, resamples: 1000, prompt: 0 };

/// Logits that a text of the plain lesson may take: a large vocabulary gets shorter texts.
const QUICK: usize = 200_000;

fn walk(setting: &Setting) -> Result<Findings, Refusal> {
    let setup = setup::Setup::new(setting)?;
    let texts = texts::texts(&setup)?;
    let contexts = Contexts::new(&setup, &texts.sampled)?;
    let mut findings = one_choice::one_choice(&setup, &contexts)?;
    findings.extend(searches::searches(&setup));
    findings.extend(texts.findings);
    let size = Size { tokens: within(setup.tokens, QUICK, &setup.trained), ..SMALL };
    findings.table("penalties", penalties::table()?);
    let comparison = Comparison::new(&setup.trained, &setup.strategies, size, setup.seed)?;
    findings.extend(compared::compare(&comparison, &setup.numbers, texts.phrase));
    let choices = setup.trained.model.vocab_size() - setup.trained.model.never().len();
    findings.note("note_tokens", compared::shortened(setup.tokens, size.tokens, &comparison, choices));
    let swept = figures::swept(&setup, &comparison);
    findings.number("sweep_prompts", swept.prompts as f64);
    findings.number("sweep_tokens", swept.tokens as f64);
    findings.extend(defaults::defaults());
    findings.extend(speculation::speculation(&setup)?);
    findings.table("constrained", constrained::table());
    let counted = by_size(setup.seed);
    findings.extend(derivations::derivations(&comparison, &counted, setup.seed)?);
    figures::figures(&setup, &comparison, &counted)?.into_iter().for_each(|figure| findings.figure(figure));
    Ok(findings)
}
