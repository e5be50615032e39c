//! What the command line times after a comparison. Nothing here reads a clock: a page is a function of its
//! knobs, a time is not.

use concepts::decoding::{LanguageModel, Sampler, Settings};
use concepts::numerics::{normal, rng};

use super::experiments::texts::write;
use super::setup::Setup;
use super::strategies::Numbers;
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
        once(&strategy)?;
        let label = strategy.label.clone();
        let run = move || once(&strategy).map_or(0, |written| written.tokens.len());
        list.push(Workload { label, run: Box::new(run) });
    }
    Ok(list)
}

/// The same choice twice: as the formulas say it, and fast.
pub struct Choosing {
    /// What is chosen by.
    pub label: Text,
    /// The readable pipeline.
    pub readable: Workload,
    /// The fast sampler.
    pub fast: Workload,
}

/// Tokens of a large vocabulary.
pub const LARGE: usize = 128_256;

/// One draw from a large vocabulary, no model.
///
/// # Errors
/// As the lesson itself.
pub fn choosing(setting: &Setting) -> Result<Vec<Choosing>, Refusal> {
    let numbers = Numbers::new(&setting.values);
    // One token in a thousand is likely, about as a language model has it.
    let logits = normal((1, LARGE), 2.5, &mut rng(setting.seed, "Q7 large vocabulary"));
    let logits: std::rc::Rc<[f32]> = logits.iter().map(|&logit| logit as f32).collect();
    let plain = Settings::default();
    let all = [
        ("top-k 50".to_string(), Settings { top_k: Some(50), ..plain }),
        (format!("top-p {}", numbers.p), Settings { top_p: Some(numbers.p), ..plain }),
        (format!("min-p {}", numbers.min_p), Settings { min_p: Some(numbers.min_p), ..plain }),
    ];
    let each = all.into_iter().map(|(label, settings)| {
        let label = Text::same(label);
        let (pipeline, of_readable, of_fast) = (settings.pipeline(), logits.clone(), logits.clone());
        let sampler = std::cell::RefCell::new(Sampler::new(settings)?);
        let draws = || std::cell::RefCell::new(rng(setting.seed, "Q7 draws to be timed"));
        let (first, second) = (draws(), draws());
        let readable =
            move || usize::from(pipeline.sample(&of_readable, &[], &mut *first.borrow_mut()).is_ok());
        let fast =
            move || usize::from(sampler.borrow_mut().sample(&of_fast, &mut *second.borrow_mut()).is_ok());
        let work = |run: Box<dyn Fn() -> usize>| Workload { label: label.clone(), run };
        Ok(Choosing { readable: work(Box::new(readable)), fast: work(Box::new(fast)), label: label.clone() })
    });
    each.collect()
}
