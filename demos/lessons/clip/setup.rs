//! From knobs to checked values, and the training that every part of the page reads.

use concepts::contrastive::{
    Negatives, Objective, Plan, Sharpness, Sizes, Trained, image_tokens, train_with_progress,
};

use super::own::{self, Own};
use super::{WORDS, estimate, knobs};
use crate::kit::bar::Bar;
use crate::kit::knob::Refusal;
use crate::kit::lesson::Setting;
use crate::named;

/// The bias that SigLIP begins with (Zhai et al. 2023).
pub(crate) const SIGLIP_BIAS: f64 = -10.0;

/// Everything that one run of the lesson computes with.
pub(crate) struct Setup {
    pub plan: Plan,
    pub temperature: f64,
    pub loss: &'static str,
    pub trained: Trained,
    pub resolution: usize,
    pub patch: usize,
    pub sizes: Sizes,
    pub own: Option<Own>,
    pub seed: u64,
}

impl Setup {
    pub(crate) fn new(setting: &Setting) -> Result<Setup, Refusal> {
        let (values, seed) = (&setting.values, setting.seed);
        let batch = knobs::BATCH.of(values);
        if batch < 2 {
            return Err(Refusal(WORDS.get("refused.batch")));
        }
        let (resolution, patch) = (knobs::RESOLUTION.of(values), knobs::PATCH.of(values));
        if resolution < patch {
            return Err(Refusal(WORDS.with("refused.patch", &named![resolution, patch])));
        }
        let temperature = knobs::TEMPERATURE.of(values);
        let own = own::read(values, temperature)?;
        let plan = plan(
            knobs::LOSS.of(values),
            knobs::NEGATIVES.of(values),
            (knobs::STEPS.of(values), batch),
            temperature,
        )?;
        let mut bar = Bar::new("", estimate::is_long(values));
        let trained = train_with_progress(plan, seed, &mut |done| bar.show(done, plan.steps))?;
        Ok(Setup {
            plan,
            temperature,
            loss: knobs::LOSS.word(values),
            trained,
            resolution,
            patch,
            sizes: Sizes {
                text: knobs::TEXT_TOKENS.of(values),
                image: image_tokens(resolution, patch),
                width: knobs::D_MODEL.of(values),
                layers: knobs::LAYERS.of(values),
                queries: knobs::QUERIES.of(values),
            },
            own,
            seed,
        })
    }

    /// Is it SigLIP's loss that is trained?
    pub(crate) fn siglip(&self) -> bool {
        self.plan.objective == Objective::SigLip
    }
}

fn plan(
    objective: Objective,
    negatives: Negatives,
    (steps, batch): (usize, usize),
    temperature: f64,
) -> Result<Plan, Refusal> {
    let bias = if objective == Objective::SigLip { SIGLIP_BIAS } else { 0.0 };
    let sharpness = Sharpness { bias, ..Sharpness::temperature(temperature)? };
    Ok(Plan { steps, batch, objective, negatives, sharpness, ..Plan::DEFAULT })
}
