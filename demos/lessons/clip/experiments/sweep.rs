//! The same short training with other batches.

use concepts::contrastive::{
    ContrastiveError, Direction, Negatives, Objective, Plan, Scene, Trained, ZeroShot, train, zero_shot,
};
use rayon::prelude::*;

/// Steps of each.
pub(crate) const STEPS: usize = 100;
/// Pairs of a batch.
pub(crate) const BATCHES: [usize; 5] = [2, 4, 8, 16, 48];
/// A batch that is small enough for its composition to matter.
pub(crate) const SMALL: usize = 8;
/// Pictures of each scene that are judged.
pub(crate) const EACH: usize = 8;

/// One training, judged on scenes that were never seen.
pub(crate) struct Run {
    pub plan: Plan,
    pub trained: Trained,
    pub judged: ZeroShot,
}

pub(crate) fn run(plan: Plan, seed: u64) -> Result<Run, ContrastiveError> {
    let trained = train(plan, seed)?;
    let judged = zero_shot(&trained.towers, &Scene::of(true), EACH, seed)?;
    Ok(Run { plan, trained, judged })
}

/// All of them, in the order of the plans.
fn runs(plans: &[Plan], seed: u64) -> Result<Vec<Run>, ContrastiveError> {
    plans.par_iter().map(|plan| run(*plan, seed)).collect()
}

/// Batches of different sizes.
pub(crate) fn sizes(seed: u64) -> Result<Vec<Run>, ContrastiveError> {
    runs(&BATCHES.map(|batch| Plan { steps: STEPS, batch, ..Plan::DEFAULT }), seed)
}

/// Small batches: of any scenes, of scenes alike; and of one direction alone.
pub(crate) fn kinds(seed: u64) -> Result<Vec<Run>, ContrastiveError> {
    let small = Plan { steps: STEPS, batch: SMALL, ..Plan::DEFAULT };
    let one_way = Objective::InfoNce(Direction::ImageToText);
    let plans = [small, Plan { negatives: Negatives::Alike, ..small }, Plan { objective: one_way, ..small }];
    runs(&plans, seed)
}
