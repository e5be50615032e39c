//! What the command line times after a comparison. Nothing here reads a clock: a page is a function of its
//! knobs, a time is not.

use concepts::decoding::LanguageModel;

use super::experiments::texts::write;
use super::refused::of_decoding;
use super::setup::Setup;
use crate::kit::knob::Refusal;
use crate::kit::lesson::Setting;
use crate::kit::text::{Text, text};

/// Work to be timed.
pub struct Workload {
    /// What it is.
    pub label: Text,
    /// Does it once; returns how many tokens that made.
    pub run: Box<dyn Fn() -> usize>,
}

/// One text of each strategy, and the model on its own.
///
/// # Errors
/// As the lesson itself.
pub fn workloads(setting: &Setting) -> Result<Vec<Workload>, Refusal> {
    let setup = std::rc::Rc::new(Setup::new(setting)?);
    let alone = setup.clone();
    let model_alone = move || {
        let model = &alone.trained.model;
        let mut state = model.start();
        let mut logits = vec![0.0; model.vocab_size()];
        for &token in alone.trained.held_out.iter().take(alone.tokens) {
            model.logits(&state, &mut logits);
            model.advance(&mut state, token);
        }
        alone.tokens.min(alone.trained.held_out.len())
    };
    let label = text("the model alone: logits, no choice", "只算模型的 logits，不选 token");
    let mut list = vec![Workload { label, run: Box::new(model_alone) }];
    for strategy in setup.strategies.clone() {
        let setup = setup.clone();
        // What is refused is refused now, not while the clock runs.
        let once = move |strategy: &super::strategies::Named| {
            write(&setup.trained.model, &setup.prompt, strategy, setup.tokens, (setup.seed, "Q7 timing"))
        };
        once(&strategy).map_err(of_decoding)?;
        let label = strategy.label.clone();
        let run = move || once(&strategy).map_or(0, |written| written.tokens.len());
        list.push(Workload { label, run: Box::new(run) });
    }
    Ok(list)
}
