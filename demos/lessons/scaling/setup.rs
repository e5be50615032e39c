//! From knobs to checked values.

use concepts::scaling::{BESIROGLU, Law, find_trained, parse_count, training_flops};

use super::runs::{Brought, read};
use super::{WORDS, knobs};
use crate::errors::At;
use crate::kit::knob::{Refusal, Sentence, Values};
use crate::kit::lesson::Setting;
use crate::kit::number::{plain, three_digits, typed};
use crate::kit::spelling::as_count;
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
    /// Both as they are said: what was given with all of its digits, what follows from it with three.
    pub said: [f64; 2],
    /// The name of a published model.
    pub title: Option<&'static str>,
}

/// Everything that one run of the lesson computes with.
pub(crate) struct Setup {
    /// The budget, operations.
    pub compute: f64,
    /// The budget as it is said, as the sizes of a run are.
    pub compute_said: f64,
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
        let Asked { compute, compute_said, own } = asked(values)?;
        sensible(compute)?;
        Ok(Setup {
            compute,
            compute_said,
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

/// Budget and run.
struct Asked {
    compute: f64,
    compute_said: f64,
    own: Option<Own>,
}

/// Of budget, parameters and tokens two give the third.
fn asked(values: &Values) -> Result<Asked, Refusal> {
    let compute = size(&knobs::COMPUTE, "compute", values, COMPUTES)?;
    let n = size(&knobs::PARAMS, "params", values, SIZES)?;
    let d = size(&knobs::TOKENS, "tokens", values, TOKENS)?;
    if let Some(name) = knobs::MODEL.of(values) {
        let model = find_trained(name).at("--model")?;
        if n.is_some() || d.is_some() {
            return Err(Refusal(WORDS.get("refused.model")));
        }
        let own = Own { n: model.n, d: model.d, said: [model.n, model.d], title: Some(model.title) };
        let follows = training_flops(own.n, own.d);
        let [compute, compute_said] = [follows, three_digits(follows)].map(|of| compute.unwrap_or(of));
        return Ok(Asked { compute, compute_said, own: Some(own) });
    }
    let run = |compute, compute_said, [n, d]: [f64; 2], said| {
        Ok(Asked { compute, compute_said, own: Some(Own { n, d, said, title: None }) })
    };
    match (compute, n, d) {
        (compute, None, None) => {
            let compute = compute.unwrap_or(CHINCHILLA);
            Ok(Asked { compute, compute_said: compute, own: None })
        }
        (None, Some(n), Some(d)) => {
            let follows = training_flops(n, d);
            run(follows, three_digits(follows), [n, d], [n, d])
        }
        (Some(_), Some(n), Some(d)) => {
            let third = plain(training_flops(n, d));
            Err(Refusal(WORDS.with("refused.three", &named![third])))
        }
        (c, Some(n), None) => {
            let (c, d) = derived(c, n, "tokens", TOKENS)?;
            run(c, c, [n, d], [n, three_digits(d)])
        }
        (c, None, Some(d)) => {
            let (c, n) = derived(c, d, "params", SIZES)?;
            run(c, c, [n, d], [three_digits(n), d])
        }
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
    let (size, compute) = (plain(size), typed(compute));
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
    let right = as_count(written).unwrap_or_else(|| written.into());
    let value = parse_count(&right).at(format!("--{flag}"))?;
    if !(low..=high).contains(&value) {
        let (low, high) = (plain(low), plain(high));
        return Err(Refusal(WORDS.with("refused.range", &named![flag, written, low, high])));
    }
    if parse_count(written).is_err() {
        return Err(Refusal(WORDS.with("refused.spelled", &named![flag, written, right])));
    }
    Ok(Some(value))
}

/// The law that draws the runs of the lesson.
pub(crate) const TRUTH: Law = BESIROGLU;
