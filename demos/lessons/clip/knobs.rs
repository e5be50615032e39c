//! What a person can change.

use concepts::contrastive::{Negatives, Objective};

use crate::kit::knob::{Choice, Knob, PathTo, Real, Whole};

pub(crate) static TEMPERATURE: Real =
    Real::new("temperature", 0.01, 10.0).default(0.07).logarithmic().only_in(&[2, 3, 5, 7]);
// One pair is refused with the reason, in `setup`.
pub(crate) static BATCH: Whole = Whole::new("batch", 1, 128).default(32).only_in(&[2, 3, 5]);
pub(crate) static STEPS: Whole = Whole::new("steps", 1, 2000).default(200).only_in(&[3, 5]);
pub(crate) static LOSS: Choice<Objective> =
    Choice::new("loss", &[("infonce", Objective::CLIP), ("siglip", Objective::SigLip)]).only_in(&[3, 5, 7]);
pub(crate) static NEGATIVES: Choice<Negatives> =
    Choice::new("negatives", &[("random", Negatives::Random), ("alike", Negatives::Alike)]).only_in(&[3, 5]);
pub(crate) static RESOLUTION: Whole = Whole::new("resolution", 8, 8192).default(224).only_in(&[6]);
pub(crate) static PATCH: Whole = Whole::new("patch", 4, 128).default(14).only_in(&[6]);
pub(crate) static TEXT_TOKENS: Whole = Whole::new("text-tokens", 1, 100_000).default(64).only_in(&[6]);
pub(crate) static QUERIES: Whole = Whole::new("queries", 1, 1024).default(32).only_in(&[6]);
pub(crate) static D_MODEL: Whole = Whole::new("d-model", 1, 16_384).default(4096).only_in(&[6]);
pub(crate) static LAYERS: Whole = Whole::new("layers", 1, 200).default(32).only_in(&[6]);
pub(crate) static SIMILARITIES: PathTo = PathTo::file("similarities").only_in(&[7]);
pub(crate) static IMAGES: PathTo = PathTo::file("image-embeddings").only_in(&[7]);
pub(crate) static TEXTS: PathTo = PathTo::file("text-embeddings").only_in(&[7]);

/// All of them, in the order of the help.
pub(crate) static KNOBS: &[&dyn Knob] = &[
    &TEMPERATURE,
    &BATCH,
    &STEPS,
    &LOSS,
    &NEGATIVES,
    &RESOLUTION,
    &PATCH,
    &TEXT_TOKENS,
    &QUERIES,
    &D_MODEL,
    &LAYERS,
    &SIMILARITIES,
    &IMAGES,
    &TEXTS,
];
