//! From knobs to checked values, and the runs that every part of the page reads.

use concepts::preference::PreferenceError;

use super::experiments::answers::{METHODS, REFERENCE, REWARDS, trained};
use super::experiments::pipeline::{Pipeline, predicted};
use super::knobs;
use super::prefs::{Prefs, prefs};
use crate::kit::knob::Refusal;
use crate::kit::lesson::Setting;

/// Everything that one run of the lesson computes with.
pub(crate) struct Setup {
    pub beta: f64,
    pub epsilon: f64,
    pub group: usize,
    pub steps: usize,
    pub noise: f64,
    /// Was the noise asked for? A person's own comparisons have none added.
    pub noise_given: bool,
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
        let noise_given = values.given(&knobs::NOISE);
        let runs = METHODS
            .iter()
            .map(|(_, method)| trained(*method, beta, epsilon, group, steps, seed))
            .collect::<Result<_, PreferenceError>>()?;
        let best = concepts::preference::optimum(&REFERENCE, &REWARDS, beta)?.policy;
        let pipeline = Pipeline::run(beta, epsilon, steps, noise, seed)?;
        let held = [&pipeline.tuned, &pipeline.ppo]
            .map(|policy| predicted(&pipeline, &pipeline.proxy, policy, noise, seed));
        Ok(Setup {
            beta,
            epsilon,
            group,
            steps,
            noise,
            noise_given,
            prefs: own,
            runs,
            best,
            pipeline,
            held,
            seed,
        })
    }
}
