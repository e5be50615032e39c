//! What the model says at every place of the held-out text: where it is sure, where it is not.

use concepts::decoding::{Candidates, DecodingError, LanguageModel, written_answer_top_p};

use crate::lessons::decoding::setup::Setup;
use crate::lessons::decoding::trained::Endless;

/// Places looked at, at most.
const MOST: usize = 400;
/// Entropy of the steep step, in nats.
const STEEP: f64 = 0.3;

/// Next-token distributions along a text.
pub(crate) struct Contexts {
    distributions: Vec<Candidates>,
    /// Logits where the model is almost, but not quite sure.
    pub steep: Vec<f64>,
    /// Logits where it knows least.
    pub flat: Vec<f64>,
    /// The prompt, and what follows it up to the step that is looked at closely.
    prefix: Vec<u32>,
}

/// The logits after a prefix.
pub(crate) fn logits_after(model: &Endless, prefix: &[u32]) -> Vec<f64> {
    let mut state = model.start();
    prefix.iter().for_each(|&token| model.advance(&mut state, token));
    let mut logits = vec![0.0; model.vocab_size()];
    model.logits(&state, &mut logits);
    logits.into_iter().map(f64::from).collect()
}

impl Contexts {
    /// Looks at the held-out text; `written` is a text after the prompt that the step is counted along.
    pub(crate) fn new(setup: &Setup, written: &[u32]) -> Result<Contexts, DecodingError> {
        let model = &setup.trained.model;
        let mut state = model.start();
        let mut logits = vec![0.0; model.vocab_size()];
        let mut seen: Vec<(Vec<f64>, Candidates)> = Vec::new();
        for &token in setup.trained.held_out.iter().take(MOST) {
            model.advance(&mut state, token);
            model.logits(&state, &mut logits);
            let here: Vec<f64> = logits.iter().map(|&logit| f64::from(logit)).collect();
            let candidates = Candidates::from_logits(&here)?;
            seen.push((here, candidates));
        }
        let nearest = |wanted: f64| -> Vec<f64> {
            let distance = |(_, c): &&(Vec<f64>, Candidates)| (c.entropy() - wanted).abs();
            let found = seen.iter().min_by(|a, b| distance(a).total_cmp(&distance(b)));
            found.map_or_else(|| logits_after(model, &[]), |(logits, _)| logits.clone())
        };
        // Where nothing is in doubt there is little to see, so the steep step has some entropy left.
        let entropies = || seen.iter().map(|(_, c)| c.entropy());
        let flat = nearest(entropies().fold(0.0, f64::max));
        // Where that is the flattest of all, the steepest is.
        let steep = Some(nearest(STEEP)).filter(|steep| *steep != flat);
        let steep = steep.unwrap_or_else(|| nearest(entropies().fold(f64::INFINITY, f64::min)));
        let along = written.iter().take(setup.step - 1);
        let prefix = setup.prompt.iter().chain(along).copied().collect();
        Ok(Contexts { distributions: seen.into_iter().map(|(_, c)| c).collect(), steep, flat, prefix })
    }

    /// How many places were looked at.
    pub(crate) fn len(&self) -> usize {
        self.distributions.len()
    }

    /// The tokens before the step that is looked at closely.
    pub(crate) fn step(&self) -> &[u32] {
        &self.prefix
    }

    /// The share of places at which the written answer's rule leaves nothing to sample from.
    pub(crate) fn empty_sets(&self, p: f64) -> Result<f64, DecodingError> {
        let empty: Result<Vec<bool>, DecodingError> =
            self.distributions.iter().map(|all| Ok(written_answer_top_p(all, p)?.is_empty())).collect();
        Ok(empty?.iter().filter(|empty| **empty).count() as f64 / self.len() as f64)
    }
}
