//! From knobs to checked values.

use concepts::scaling::{BESIROGLU, Law, find_trained, parse_count, training_flops};

use super::runs::{Brought, read};
use super::{WORDS, knobs};
use crate::errors::At;
use crate::kit::knob::{Refusal, Sentence, Values};
use crate::kit::lesson::Setting;
use crate::kit::number::plain;
use crate::named;

/// Chinchilla's own budget, operations.
pub(crate) const CHINCHILLA: f64 = 5.76e23;
/// Sizes that the lesson computes with, to far beyond anything trained. With less compute the law gives losses that
/// guessing would beat.
const COMPUTES: [f64; 2] = [1e16, 1e32];
const SIZES: [f64; 2] = [1e3, 1e16];
const TOKENS: [f64; 2] = [1e3, 1e18];
const SERVED: [f64; 2] = [0.0, 1e18];

/// A run that a person asks about.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Own {
    pub n: f64,
    pub d: f64,
    /// The name of a published model.
    pub title: Option<&'static str>,
}

/// Everything that one run of the lesson computes with.
pub(crate) struct Setup {
    /// The budget, operations.
    pub compute: f64,
    pub own: Option<Own>,
    pub served: f64,
    pub law: Law,
    /// The name of the constants.
    pub set: &'static str,
    pub brought: Option<Brought>,
    pub drawn: usize,
    pub noise: f64,
    pub resamples: usize,
    pub seed: u64,
}

impl Setup {
    pub(crate) fn new(setting: &Setting) -> Result<Setup, Refusal> {
        let values = &setting.values;
        if values.given(&knobs::RUNS) && values.given(&knobs::DRAWN) {
            return Err(Refusal(WORDS.get("refused.drawn")));
        }
        let (compute, own) = asked(values)?;
        sensible(compute)?;
        Ok(Setup {
            compute,
            own,
            served: size(&knobs::SERVED, "served-tokens", values, SERVED)?.unwrap_or(SERVED[0]),
            law: knobs::CONSTANTS.of(values),
            set: knobs::CONSTANTS.word(values),
            brought: knobs::RUNS.of(values).map(read).transpose()?,
            drawn: knobs::DRAWN.of(values),
            noise: knobs::NOISE.of(values),
            resamples: knobs::RESAMPLES.of(values),
            seed: setting.seed,
        })
    }

    /// The best loss for the budget.
    pub(crate) fn best_loss(&self) -> Result<f64, Refusal> {
        let best = self.law.optimum(self.compute)?;
        Ok(self.law.loss(best.n, best.d))
    }
}

/// The smallest and the largest of the best sizes that the published sets of constants have for a budget.
pub(crate) fn best_sizes(compute: f64) -> Result<(f64, f64), Refusal> {
    let of = |law: &Law| law.optimum(compute).map(|best| best.n);
    let sizes: Vec<f64> = knobs::SETS.iter().map(|(_, law)| of(law)).collect::<Result<_, _>>()?;
    Ok(sizes.iter().fold((f64::INFINITY, 0.0_f64), |(least, most), &n| (least.min(n), most.max(n))))
}

/// A budget may also come from two sizes that are each in their range.
fn sensible(compute: f64) -> Result<(), Refusal> {
    if (COMPUTES[0]..=COMPUTES[1]).contains(&compute) {
        return Ok(());
    }
    let (compute, low, high) = (plain(compute), plain(COMPUTES[0]), plain(COMPUTES[1]));
    Err(Refusal(WORDS.with("refused.budget", &named![compute, low, high])))
}

/// Budget and run: of budget, parameters and tokens two give the third.
fn asked(values: &Values) -> Result<(f64, Option<Own>), Refusal> {
    let compute = size(&knobs::COMPUTE, "compute", values, COMPUTES)?;
    let n = size(&knobs::PARAMS, "params", values, SIZES)?;
    let d = size(&knobs::TOKENS, "tokens", values, TOKENS)?;
    if let Some(name) = knobs::MODEL.of(values) {
        let model = find_trained(name).at("--model")?;
        if n.is_some() || d.is_some() {
            return Err(Refusal(WORDS.get("refused.model")));
        }
        let own = Own { n: model.n, d: model.d, title: Some(model.title) };
        return Ok((compute.unwrap_or(training_flops(own.n, own.d)), Some(own)));
    }
    let own = |n, d| Some(Own { n, d, title: None });
    match (compute, n, d) {
        (compute, None, None) => Ok((compute.unwrap_or(CHINCHILLA), None)),
        (None, Some(n), Some(d)) => Ok((training_flops(n, d), own(n, d))),
        (Some(_), Some(n), Some(d)) => {
            let third = plain(training_flops(n, d));
            Err(Refusal(WORDS.with("refused.three", &named![third])))
        }
        (c, Some(n), None) => derived(c, n, "tokens", TOKENS).map(|(c, d)| (c, own(n, d))),
        (c, None, Some(d)) => derived(c, d, "params", SIZES).map(|(c, n)| (c, own(n, d))),
    }
}

/// The size that follows from a budget and the other size.
fn derived(
    compute: Option<f64>,
    other: f64,
    flag: &'static str,
    range: [f64; 2],
) -> Result<(f64, f64), Refusal> {
    let compute = compute.unwrap_or(CHINCHILLA);
    let size = compute / (6.0 * other);
    if (range[0]..=range[1]).contains(&size) {
        return Ok((compute, size));
    }
    let (size, compute) = (plain(size), plain(compute));
    Err(Refusal(WORDS.with("refused.derived", &named![flag, size, compute])))
}

/// A number as people write it, within its range.
fn size(
    knob: &Sentence,
    flag: &'static str,
    values: &Values,
    [low, high]: [f64; 2],
) -> Result<Option<f64>, Refusal> {
    let Some(written) = knob.of(values) else { return Ok(None) };
    let value = parse_count(written).at(format!("--{flag}"))?;
    if (low..=high).contains(&value) {
        return Ok(Some(value));
    }
    let (low, high) = (plain(low), plain(high));
    Err(Refusal(WORDS.with("refused.range", &named![flag, written, low, high])))
}

/// The law that draws the runs of the lesson.
pub(crate) const TRUTH: Law = BESIROGLU;
