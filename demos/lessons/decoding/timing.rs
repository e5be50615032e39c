//! What the command line times after a comparison. Nothing here reads a clock: a page is a function of its
//! knobs, a time is not.

use concepts::decoding::{LanguageModel, Sampler, Settings};
use concepts::numerics::{normal, rng};

use super::WORDS;
use super::experiments::sorting::{LARGE, SELECTED as TOP_K};
use super::experiments::texts::write;
use super::knobs::{self, Kind};
use super::setup::Setup;
use super::strategies::{Numbers, label};
use crate::kit::knob::Refusal;
use crate::kit::lesson::Setting;
use crate::kit::race::{Lane, Race};
use crate::named;

/// The times that go with the whole comparison: texts, and single choices from a large vocabulary.
///
/// # Errors
/// As the lesson itself.
pub(crate) fn races(setting: &Setting) -> Result<Vec<Race>, Refusal> {
    if !knobs::COMPARE.of(&setting.values) {
        return Ok(Vec::new());
    }
    let race = |id: &str, lanes| Race {
        caption: WORDS.with(id, &named![large = LARGE]),
        head: WORDS.list(&format!("{id}.head"), &[]),
        lanes,
    };
    Ok(vec![race("times_of_texts", texts(setting)?), race("times_of_choices", choices(setting)?)])
}

/// One text of each strategy, and the model on its own.
fn texts(setting: &Setting) -> Result<Vec<Lane>, Refusal> {
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
    let label = WORDS.get("timing.alone");
    let mut list = vec![Lane { label, runs: vec![Box::new(model_alone)] }];
    for strategy in setup.strategies.clone() {
        let setup = setup.clone();
        // What is refused is refused now, not while the clock runs.
        let once = move |strategy: &super::strategies::Named| {
            write(&setup.trained.model, &setup.prompt, strategy, setup.tokens, (setup.seed, "Q7 timing"))
        };
        once(&strategy)?;
        let label = strategy.label.clone();
        let run = move || once(&strategy).map_or(0, |written| written.tokens.len());
        list.push(Lane { label, runs: vec![Box::new(run)] });
    }
    Ok(list)
}

/// One draw from a large vocabulary, no model: as the formulas say it, and fast.
fn choices(setting: &Setting) -> Result<Vec<Lane>, Refusal> {
    let numbers = Numbers::new(&setting.values);
    // One token in a thousand is likely, about as a language model has it.
    let logits = normal((1, LARGE), 2.5, &mut rng(setting.seed, "Q7 large vocabulary"));
    let logits: std::rc::Rc<[f32]> = logits.iter().map(|&logit| logit as f32).collect();
    let plain = Settings::default();
    let all = [
        (label(Kind::TopK, &Numbers { k: TOP_K, ..numbers }), Settings { top_k: Some(TOP_K), ..plain }),
        (label(Kind::TopP, &numbers), Settings { top_p: Some(numbers.p), ..plain }),
        (label(Kind::MinP, &numbers), Settings { min_p: Some(numbers.min_p), ..plain }),
    ];
    let each = all.into_iter().map(|(label, settings)| {
        let (pipeline, of_readable, of_fast) = (settings.pipeline(), logits.clone(), logits.clone());
        let sampler = std::cell::RefCell::new(Sampler::new(settings)?);
        let draws = || std::cell::RefCell::new(rng(setting.seed, "Q7 draws to be timed"));
        let (first, second) = (draws(), draws());
        let readable =
            move || usize::from(pipeline.sample(&of_readable, &[], &mut *first.borrow_mut()).is_ok());
        let fast =
            move || usize::from(sampler.borrow_mut().sample(&of_fast, &mut *second.borrow_mut()).is_ok());
        Ok(Lane { label, runs: vec![Box::new(readable), Box::new(fast)] })
    });
    each.collect()
}
