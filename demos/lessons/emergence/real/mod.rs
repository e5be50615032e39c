//! Learning from examples in the context, on a real model: `demo emergence --model FILE --pairs pairs.csv`.
//!
//! | file | what it holds |
//! |---|---|
//! | `pairs` | questions with their answers, by task; a person's own or built-in ones |
//! | `trials` | the prompts, and what the model thinks of the right answers |
//! | `shown` | tables, sentences and the picture |

mod pairs;
mod shown;
mod trials;

use super::{WORDS, knobs};
use crate::kit::findings::Findings;
use crate::kit::knob::{Knob, Refusal, Values};
use crate::kit::lesson::{Benchmark, Setting};
use crate::kit::text::Text;
use crate::named;
use crate::real::{self, changes};

/// The built-in questions take as long as so many passes of pages that change the model, about.
const PASSES: f64 = 14.0;
/// How many they are.
const QUESTIONS: usize = 48;

/// The second page of the lesson.
pub(super) static BENCHMARK: Benchmark = Benchmark { asked, run, prose: "real", gallery: &[], parts: None };

fn asked(values: &Values) -> bool {
    knobs::MODEL.of(values).is_some() || knobs::PAIRS.of(values).is_some()
}

/// What to say while it runs.
pub(super) fn waiting(setting: &Setting) -> Option<Text> {
    // What is wrong with a list is said when it is read for good.
    let tasks = pairs::tasks(knobs::PAIRS.of(&setting.values)).ok()?;
    let questions: usize = tasks.iter().map(|task| task.pairs.len()).sum();
    let passes = PASSES * questions as f64 / QUESTIONS as f64;
    changes::waiting_questions(knobs::MODEL.of(&setting.values)?, questions, passes)
}

fn run(setting: &Setting) -> Result<Findings, Refusal> {
    let Some(path) = knobs::MODEL.of(&setting.values) else {
        return Err(Refusal(WORDS.get("measured.model-missing")));
    };
    let tasks = pairs::tasks(knobs::PAIRS.of(&setting.values))?;
    let used: [&dyn Knob; 2] = [&knobs::MODEL, &knobs::PAIRS];
    let real = real::open_for(path, &setting.values, knobs::KNOBS, &used)?;
    let measured = trials::measured(&real, tasks)?;
    let mut f = shown::shown(&measured, setting.seed)?;
    f.words("about", about(&real, &measured));
    f.note("unused", real::unused(&real));
    Ok(f)
}

fn about(real: &real::Real, measured: &[trials::Measured]) -> Text {
    let trials: usize = measured.iter().map(|task| task.trials).sum();
    let parameters = real.parameters() as f64;
    WORDS
        .with("measured.about", &named![name = real.name.clone(), parameters, trials, tasks = measured.len()])
}
