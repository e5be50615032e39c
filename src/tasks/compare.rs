//! Strategies side by side, on the same prompts of the same models.

use rayon::prelude::*;

use super::TasksError;
use super::decoder::{Decoder, Known, Outcome, known_outcome};
use super::error::sized;
use super::task::Task;
use super::words::Quantity;
use crate::decoding::HiddenStates;
use crate::evaluation::{Bootstrap, Interval, holm, mean_difference, mean_interval, sign_flip};
use crate::numerics::rng;
use crate::numerics::statistics::mean;

/// Random flips of the signs, where all of them are too many.
const FLIPS: usize = 10_000;
/// The most prompts for each model.
const MAX_INSTANCES: usize = 100_000;

/// How a comparison is run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Plan {
    /// Prompts for each model.
    pub instances: usize,
    /// Prefixes less probable than this are not followed; what that costs is in [`Compared::unseen`].
    pub floor: f64,
    /// How intervals are drawn.
    pub bootstrap: Bootstrap,
    /// The seed of the prompts.
    pub seed: u64,
}

impl Default for Plan {
    /// 40 prompts for each model, a floor of 10⁻⁴, intervals of 95 %.
    fn default() -> Self {
        Self { instances: 40, floor: 1e-4, bootstrap: Bootstrap::default(), seed: 7 }
    }
}

/// What one strategy reached.
#[derive(Debug, Clone, PartialEq)]
pub struct Compared {
    /// The strategy.
    pub decoder: Decoder,
    /// The share of right answers, over prompts; each prompt counts with its exact probability.
    pub accuracy: Interval,
    /// The mean score.
    pub score: Interval,
    /// Accuracy less that of greedy search, paired by prompts.
    pub gain: Interval,
    /// Score less that of greedy search.
    pub score_gain: Interval,
    /// Rows of logits for one answer, on average.
    pub calls: f64,
    /// By how much accuracy and score may be too low, on average.
    pub unseen: f64,
    /// The accuracy of each model alone.
    pub by_model: Vec<f64>,
    /// Every prompt, model after model.
    pub by_prompt: Vec<Outcome>,
    /// Accuracy less that of greedy search, for every prompt.
    pub gains: Vec<f64>,
}

/// Runs every strategy on the same prompts of the same models.
///
/// Models are solvers or networks of several seeds. Model `i` gets prompts of its own, drawn from the stream
/// `tasks prompts i`; a prompt is a cluster of the bootstrap. Sampling leaves no noise, since draws are summed exactly
/// ([`answers()`](super::answers())): what is uncertain is only which prompts and models one has met.
///
/// # Errors
/// [`TasksError`] if there are no models or prompts, or as [`outcome`](super::outcome).
///
/// # Examples
/// ```
/// use concepts::tasks::{Decoder, ModularSum, Noise, Plan, Solver, compare};
/// let task = ModularSum { terms: 3, modulus: 5, worked: true };
/// let solvers = [1, 2].map(|seed| Solver::new(&task, Noise::default(), seed));
/// let solvers: Vec<Solver> = solvers.into_iter().collect::<Result<_, _>>()?;
/// let plan = Plan { instances: 8, ..Plan::default() };
/// let rows = compare(&solvers, &task, &[Decoder::temperature(1.0), Decoder::vote(8, 1.0)], &plan)?;
/// assert!(rows[1].accuracy.estimate > rows[0].accuracy.estimate);
/// assert_eq!(rows[1].calls, 8.0 * rows[0].calls);
/// # Ok::<(), concepts::tasks::TasksError>(())
/// ```
pub fn compare<M: HiddenStates + Sync>(
    models: &[M],
    task: &dyn Task,
    decoders: &[Decoder],
    plan: &Plan,
) -> Result<Vec<Compared>, TasksError> {
    sized(Quantity::Models, models.len(), MAX_INSTANCES)?;
    sized(Quantity::Instances, plan.instances, MAX_INSTANCES)?;
    let asked: Vec<(&M, Vec<u32>)> = models
        .iter()
        .enumerate()
        .flat_map(|(place, model)| {
            let mut draws = rng(plan.seed, &format!("tasks prompts {place}"));
            (0..plan.instances).map(move |_| (model, task.prompt(&mut draws)))
        })
        .collect();
    let all: Vec<Decoder> = [Decoder::Greedy].into_iter().chain(decoders.iter().cloned()).collect();
    let rows = asked.par_iter().with_max_len(1).map(|(model, prompt)| {
        let mut known = Known::new();
        let one = |decoder| known_outcome(&mut known, (*model, task, prompt), decoder, plan.floor);
        all.iter().map(one).collect::<Result<Vec<Outcome>, TasksError>>()
    });
    let rows: Vec<Vec<Outcome>> = rows.collect::<Result<_, _>>()?;
    let of = |place: usize| -> Vec<Outcome> { rows.iter().map(|row| row[place]).collect() };
    let greedy = of(0);
    let compared = decoders.iter().enumerate().map(|(i, decoder)| row(decoder, of(i + 1), &greedy, plan));
    compared.collect()
}

/// One strategy against greedy search.
fn row(
    decoder: &Decoder,
    by_prompt: Vec<Outcome>,
    greedy: &[Outcome],
    plan: &Plan,
) -> Result<Compared, TasksError> {
    let each = |of: &[Outcome], value: fn(&Outcome) -> f64| -> Vec<f64> { of.iter().map(value).collect() };
    let (accuracy, score) = (each(&by_prompt, |o| o.accuracy), each(&by_prompt, |o| o.score));
    let greedily = each(greedy, |o| o.accuracy);
    Ok(Compared {
        gains: accuracy.iter().zip(&greedily).map(|(ours, theirs)| ours - theirs).collect(),
        decoder: decoder.clone(),
        accuracy: mean_interval(&accuracy, &plan.bootstrap)?,
        score: mean_interval(&score, &plan.bootstrap)?,
        gain: mean_difference(&accuracy, &greedily, &plan.bootstrap)?,
        score_gain: mean_difference(&score, &each(greedy, |o| o.score), &plan.bootstrap)?,
        calls: mean(&each(&by_prompt, |o| o.calls)),
        unseen: mean(&each(&by_prompt, |o| o.unseen)),
        by_model: accuracy.chunks(plan.instances).map(mean).collect(),
        by_prompt,
    })
}

/// How likely gains over greedy search as large as these would be by luck, if none were real: one p-value a row, read
/// as of rows that were all looked at.
///
/// # Formula
/// Holm's adjustment of the p-values of flipped signs, over the accuracies of the prompts less those of greedy search
///
/// # Errors
/// [`TasksError`] if a row has no prompts.
///
/// # Reference
/// As [`holm`] and [`sign_flip`].
///
/// # Examples
/// ```
/// use concepts::tasks::{Copying, Decoder, Noise, Plan, Solver, by_luck, compare};
/// let task = Copying { length: 4 };
/// let solver = Solver::new(&task, Noise::default(), 7)?;
/// let decoders = [Decoder::beam(1), Decoder::temperature(1.5)];
/// let p = by_luck(&compare(&[solver], &task, &decoders, &Plan::default())?, 7)?;
/// assert_eq!(p[0], 1.0); // a beam of 1 is greedy
/// assert!(p[1] < 0.01); // hot draws are worse
/// # Ok::<(), concepts::tasks::TasksError>(())
/// ```
pub fn by_luck(rows: &[Compared], seed: u64) -> Result<Vec<f64>, TasksError> {
    let one = |row: &Compared| Ok(sign_flip(&row.gains, FLIPS, seed)?.value);
    let values = rows.iter().map(one).collect::<Result<Vec<f64>, TasksError>>()?;
    Ok(holm(&values)?)
}
