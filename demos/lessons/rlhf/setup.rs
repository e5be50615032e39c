//! From knobs to checked values, and the runs that every part of the page reads.

use concepts::preference::PreferenceError;

use super::experiments::answers::{METHODS, REFERENCE, REWARDS, trained};
use super::experiments::pipeline::{Pipeline, predicted};
use super::prefs::{Prefs, prefs};
use super::{WORDS, knobs};
use crate::kit::knob::{Refusal, Values};
use crate::kit::lesson::Setting;
use crate::kit::text::Text;
use crate::named;

/// Everything that one run of the lesson computes with.
pub(crate) struct Setup {
    pub beta: f64,
    pub epsilon: f64,
    pub group: usize,
    pub steps: usize,
    pub noise: f64,
    pub prefs: Option<Prefs>,
    /// Of every method, the policy before the first step and after each.
    pub runs: Vec<Vec<Vec<f64>>>,
    /// The optimum that they are compared with.
    pub best: Vec<f64>,
    pub pipeline: Pipeline,
    /// Predictions of the reward model and what came out, for answers of the fine-tuned model and of PPO.
    pub held: [Vec<(f64, f64)>; 2],
    pub seed: u64,
}

impl Setup {
    pub(crate) fn new(setting: &Setting) -> Result<Setup, Refusal> {
        let (values, seed) = (&setting.values, setting.seed);
        let own = knobs::PREFS.of(values).map(prefs).transpose()?;
        let (beta, epsilon) = (knobs::BETA.of(values), knobs::EPSILON.of(values));
        let (group, steps) = (knobs::GROUP.of(values), knobs::STEPS.of(values));
        let noise = knobs::NOISE.of(values);
        let runs = METHODS
            .iter()
            .map(|(_, method)| trained(*method, beta, epsilon, group, steps, seed))
            .collect::<Result<_, PreferenceError>>()?;
        let best = concepts::preference::optimum(&REFERENCE, &REWARDS, beta)?.policy;
        let pipeline = Pipeline::run(beta, epsilon, steps, noise, seed)?;
        let held = [&pipeline.tuned, &pipeline.ppo]
            .map(|policy| predicted(&pipeline, &pipeline.proxy, policy, noise, seed));
        Ok(Setup { beta, epsilon, group, steps, noise, prefs: own, runs, best, pipeline, held, seed })
    }
}

/// Shorter runs are over before a line could be read.
const LONG: f64 = 1.0;

/// Seconds of a step: the token-level PPO and DPO, and the methods on answers, of which most draw a group.
fn seconds(values: &Values) -> f64 {
    let (steps, group) = (knobs::STEPS.of(values) as f64, knobs::GROUP.of(values) as f64);
    steps * (2.5e-4 + 4e-7 * group)
}

/// What to say while a long run goes on.
pub(super) fn waiting(setting: &Setting) -> Option<Text> {
    let seconds = seconds(&setting.values);
    (seconds >= LONG).then(|| WORDS.with("waiting", &named![seconds]))
}
