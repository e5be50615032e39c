//! What the command line times after a comparison. Nothing here reads a clock: a page is a function of its
//! knobs, a time is not.

use concepts::decoding::{LanguageModel, Sampler, Settings, speculative_sampling, speculative_speedup};
use concepts::numerics::{normal, rng};
use concepts::tasks::Costly;

use super::WORDS;
use super::compare::cost::DRAFT;
use super::compare::samplers::{VOCABULARIES, logits, said, samplers};
use super::experiments::sorting::{LARGE, SELECTED as TOP_K};
use super::experiments::speculation::GAMMA;
use super::experiments::texts::write;
use super::knobs::{self, Kind};
use super::setup::Setup;
use super::strategies::{self, Numbers, label};
use crate::kit::knob::{Refusal, Values};
use crate::kit::lesson::Setting;
use crate::kit::race::{Lane, Race, Run};
use crate::kit::text::Text;
use crate::named;

/// The times that go with the whole comparison: texts, and single choices from a large vocabulary.
///
/// # Errors
/// As the lesson itself.
pub(crate) fn races(setting: &Setting) -> Result<Vec<Race>, Refusal> {
    if !knobs::COMPARE.of(&setting.values) {
        return Ok(Vec::new());
    }
    let [small, _] = VOCABULARIES;
    let race = |id: &str, lanes| Race {
        caption: WORDS.with(id, &named![large = LARGE]),
        head: WORDS.list(&format!("{id}.head"), &named![small, large = LARGE]),
        lanes,
    };
    Ok(vec![
        race("times_of_texts", texts(setting)?),
        race("times_of_choices", choices(setting)?),
        race("times_of_samplers", fast(setting)?),
        race("times_of_speculation", speculation(setting)?),
    ])
}

/// One text of each strategy, and the model on its own: the built-in model, whatever was compared, so that times of
/// different runs can be set beside each other.
fn texts(setting: &Setting) -> Result<Vec<Lane>, Refusal> {
    let plain = Setting { values: Values::defaults(knobs::KNOBS), seed: setting.seed };
    let strategies = strategies::chosen(&Numbers::new(&setting.values), knobs::STRATEGY.of(&setting.values));
    let setup = std::rc::Rc::new(Setup { strategies, ..Setup::new(&plain)? });
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
        let once = move |strategy: &strategies::Named| {
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

/// One draw of every fast sampler, from a small vocabulary and from a large one.
fn fast(setting: &Setting) -> Result<Vec<Lane>, Refusal> {
    let rows: Vec<std::rc::Rc<[f32]>> =
        VOCABULARIES.iter().map(|&size| logits(size, setting.seed).into()).collect();
    let one = |row: &std::rc::Rc<[f32]>, place: usize| -> Result<Run, Refusal> {
        let (_, sampler) = samplers()?.swap_remove(place);
        let (row, said, sampler) = (row.clone(), said(), std::cell::RefCell::new(sampler));
        let draws = std::cell::RefCell::new(rng(setting.seed, "Q7 draws to be timed"));
        Ok(Box::new(move || {
            let mut sampler = sampler.borrow_mut();
            usize::from(sampler.choose(&row, &said, &mut *draws.borrow_mut()).is_ok())
        }))
    };
    let lane = |(place, (label, _)): (usize, (Text, _))| {
        Ok(Lane { label, runs: rows.iter().map(|row| one(row, place)).collect::<Result<_, Refusal>>()? })
    };
    samplers()?.into_iter().enumerate().map(lane).collect()
}

/// A target's weights: 4 MiB, more than what is nearest to a processor.
const WEIGHTS: (usize, usize) = (1024, 1024);
const ACCEPTED: [f64; 4] = [0.5, 0.7, 0.9, 1.0];
/// Tokens of a run.
const SPECULATED: usize = 12;

/// A token of a model that reads its weights for every call: alone, and with a draft in front, by acceptance. The
/// formula's speed stands in the name.
fn speculation(setting: &Setting) -> Result<Vec<Lane>, Refusal> {
    let seed = setting.seed;
    let (_, alone) = Costly::pair(1.0, WEIGHTS, DRAFT)?;
    let token_by_token = move || {
        let mut logits = vec![0.0; alone.vocab_size()];
        (0..SPECULATED).for_each(|_| alone.logits(&(), &mut logits));
        SPECULATED
    };
    let mut list = vec![Lane { label: WORDS.get("timing.alone"), runs: vec![Box::new(token_by_token)] }];
    for alpha in ACCEPTED {
        let (draft, target) = Costly::pair(alpha, WEIGHTS, DRAFT)?;
        let share = 1.0 / speculative_speedup(alpha, GAMMA as u32, DRAFT)?;
        let label = WORDS.with("timing.draft", &named![alpha, share]);
        let draws = std::cell::RefCell::new(rng(seed, "Q7 drafts to be timed"));
        let run = move || {
            let draws = &mut *draws.borrow_mut();
            let text = speculative_sampling(&draft, &target, &[], GAMMA, &[], SPECULATED, draws);
            text.map_or(0, |text| text.tokens.len())
        };
        list.push(Lane { label, runs: vec![Box::new(run)] });
    }
    Ok(list)
}
