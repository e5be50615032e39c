//! One token from `f32` logits: greedy, pure sampling, top-k, top-p, min-p, typical, ε and η.

use anyhow::{Context, Result};
use candle_core::{Device, Tensor};
use candle_transformers::generation::{LogitsProcessor, Sampling};
use clap::Args;
use concepts::decoding::{Candidates, Cut, Pipeline, Sampler, Settings};
use concepts::numerics::rng;
use llm_samplers::prelude::{
    Logits, SampleGreedy, SampleMinP, SampleRandDistrib, SampleTopK, SampleTopP, SamplerChain,
    SimpleSamplerResources,
};
use rand::Rng;
use rand_chacha_03::{ChaCha8Rng, rand_core::SeedableRng};
use rand_distr::{Distribution, StandardNormal};
use serde_json::json;

use crate::python::{Offer, Python, Remote};
use crate::report::{Report, version_of};
use crate::timing::{Local, Peer, Sample, check_agreement, take_turns};

const K: usize = 50;
const P: f64 = 0.9;
const MIN_P: f64 = 0.05;
const TYPICAL: f64 = 0.9;
const EPSILON: f64 = 0.0003;
/// How many draws are compared.
const DRAWS: usize = 500;
/// Of the mean log-probability of the draws, whose standard error is about a hundredth of it. How many draws
/// are outside is a whole number, so there it means none.
const AGREEMENT: f32 = 0.1;
/// Sums of `f32` probabilities in sorted order, as others make them, are off by this much.
const EDGE: f64 = 1e-3;

/// What to measure.
#[derive(Args)]
pub(crate) struct Options {
    /// Sizes of the vocabulary.
    #[arg(long, value_delimiter = ',', default_value = "32000,128000,152000")]
    n: Vec<usize>,
}

/// What is done, and what others call it.
struct Strategy {
    name: &'static str,
    settings: Settings,
    candle: Option<Sampling>,
    chain: Option<fn() -> SamplerChain>,
}

fn strategies() -> [Strategy; 8] {
    let (all, temperature) = (Settings::default(), 1.0);
    let cut = |name, cut| Strategy {
        name,
        settings: Settings { cut: Some(cut), ..all },
        candle: None,
        chain: None,
    };
    [
        Strategy {
            name: "greedy",
            settings: Settings { temperature: 0.0, ..all },
            candle: Some(Sampling::ArgMax),
            chain: Some(|| SamplerChain::new() + SampleGreedy::new()),
        },
        Strategy {
            name: "pure sampling",
            settings: all,
            candle: Some(Sampling::All { temperature }),
            chain: Some(|| SamplerChain::new() + SampleRandDistrib::new()),
        },
        Strategy {
            name: "top-k 50",
            settings: Settings { top_k: Some(K), ..all },
            candle: Some(Sampling::TopK { k: K, temperature }),
            chain: Some(|| SamplerChain::new() + SampleTopK::new(K, 1) + SampleRandDistrib::new()),
        },
        Strategy {
            name: "top-p 0.9",
            settings: Settings { top_p: Some(P), ..all },
            candle: Some(Sampling::TopP { p: P, temperature }),
            chain: Some(|| SamplerChain::new() + SampleTopP::new(P as f32, 1) + SampleRandDistrib::new()),
        },
        Strategy {
            name: "min-p 0.05",
            settings: Settings { min_p: Some(MIN_P), ..all },
            candle: None,
            chain: Some(|| SamplerChain::new() + SampleMinP::new(MIN_P as f32, 1) + SampleRandDistrib::new()),
        },
        cut("typical 0.9", Cut::Typical(TYPICAL)),
        cut("epsilon 0.0003", Cut::Epsilon(EPSILON)),
        cut("eta 0.0003", Cut::Eta(EPSILON)),
    ]
}

/// Every strategy at every size.
pub(crate) fn run(
    options: &Options,
    python: Option<&(Python, Vec<Offer>)>,
    seconds: f64,
    report: &Report,
) -> Result<()> {
    for &n in &options.n {
        let mut random = rng(n as u64, "logits");
        let logits: Vec<f32> =
            (0..n).map(|_| 2.5 * Distribution::<f32>::sample(&StandardNormal, &mut random)).collect();
        for strategy in strategies() {
            // Ours comes first: the others are compared with it.
            let mut peers = vec![ours(&logits, strategy.settings)?, sorting(&logits, strategy.settings)];
            if let Some(sampling) = strategy.candle.clone() {
                peers.push(candle(&logits, sampling)?);
            }
            peers.extend(strategy.chain.map(|chain| llm_samplers(&logits, chain)));
            if let Some((python, offers)) = python {
                peers.extend(remote(&logits, strategy.name, python, offers)?);
            }
            let allowed = allowed(&logits, strategy.settings)?;
            let mut peers: Vec<Box<dyn Peer + '_>> =
                peers.into_iter().map(|peer| Box::new(Draws { peer, allowed: &allowed }) as _).collect();
            check_agreement(&mut peers, AGREEMENT).with_context(|| format!("{}, n = {n}", strategy.name))?;
            // Yardsticks: what looking at every logit takes.
            peers.extend(yardsticks(&logits)?);
            report.case(strategy.name, n, None, &take_turns(&mut peers, seconds)?)?;
        }
    }
    Ok(())
}

/// The log-probability of each token that may be drawn, −∞ of the others.
fn allowed(logits: &[f32], settings: Settings) -> Result<Vec<f64>> {
    let wider = |share: f64| (share + EDGE).min(1.0);
    let cut = settings.cut.map(|cut| match cut {
        Cut::Typical(mass) => Cut::Typical(wider(mass)),
        Cut::Epsilon(epsilon) => Cut::Epsilon(epsilon * (1.0 - EDGE)),
        Cut::Eta(epsilon) => Cut::Eta(epsilon * (1.0 - EDGE)),
        other => other,
    });
    let settings = Settings { top_p: settings.top_p.map(wider), cut, ..settings };
    let all = Candidates::from_logits(logits)?;
    let kept = settings.pipeline().candidates(logits, &[])?;
    let mut stays = vec![false; logits.len()];
    kept.as_slice().iter().for_each(|candidate| stays[candidate.id as usize] = true);
    let mut allowed = vec![f64::NEG_INFINITY; logits.len()];
    for candidate in all.as_slice().iter().filter(|candidate| stays[candidate.id as usize]) {
        allowed[candidate.id as usize] = candidate.log_prob;
    }
    Ok(allowed)
}

/// A sampler whose draws are compared, not one draw: how many are outside, and how probable they are.
struct Draws<'a> {
    peer: Box<dyn Peer + 'a>,
    allowed: &'a [f64],
}

impl Peer for Draws<'_> {
    fn name(&self) -> &str {
        self.peer.name()
    }

    fn version(&self) -> &str {
        self.peer.version()
    }

    fn output(&mut self) -> Result<Vec<f32>> {
        let (mut outside, mut sum) = (0.0, 0.0);
        for _ in 0..DRAWS {
            for token in self.peer.output()? {
                let log_prob = self.allowed[token as usize];
                if log_prob == f64::NEG_INFINITY {
                    outside += 1.0;
                } else {
                    sum += log_prob;
                }
            }
        }
        Ok(vec![outside, (sum / DRAWS as f64) as f32])
    }

    fn time(&mut self, calls: usize) -> Result<Sample> {
        self.peer.time(calls)
    }
}

/// A token; all tokens here are below `2²⁴`, where `f32` has every integer.
fn token(token: u32) -> Result<Vec<f32>> {
    Ok(vec![token as f32])
}

fn ours(logits: &[f32], settings: Settings) -> Result<Box<dyn Peer + '_>> {
    let mut sampler = Sampler::new(settings)?;
    let mut random = rng(1, "draws");
    let run = move || Ok(sampler.sample(logits, &mut random)?);
    Ok(Box::new(Local::new("concepts fast", version_of("concepts"), run, token)))
}

/// Our readable twin, in `f64`: it sorts the whole vocabulary.
fn sorting(logits: &[f32], settings: Settings) -> Box<dyn Peer + '_> {
    let pipeline: Pipeline = settings.pipeline();
    let mut random = rng(2, "draws");
    let run = move || Ok(pipeline.sample(logits, &[], &mut random)?.id);
    Box::new(Local::new("concepts readable", version_of("concepts"), run, token))
}

fn candle(logits: &[f32], sampling: Sampling) -> Result<Box<dyn Peer>> {
    let tensor = Tensor::from_slice(logits, logits.len(), &Device::Cpu)?;
    let mut processor = LogitsProcessor::from_sampling(3, sampling);
    let run = move || Ok(processor.sample(&tensor)?);
    Ok(Box::new(Local::new("candle", version_of("candle-transformers"), run, token)))
}

fn llm_samplers<'a>(logits: &'a [f32], chain: fn() -> SamplerChain) -> Box<dyn Peer + 'a> {
    let mut chain = chain();
    let mut resources = SimpleSamplerResources::new(Some(Box::new(ChaCha8Rng::seed_from_u64(4))), None);
    let run = move || {
        let mut logits = Logits::try_from_iter(logits.iter().copied())?;
        logits.sample_token(&mut resources, &mut chain)?.context("no token was chosen")
    };
    Box::new(Local::new("llm-samplers", version_of("llm-samplers"), run, token))
}

/// Hands the logits to the child; those that know the strategy then draw from them.
fn remote(logits: &[f32], strategy: &str, python: &Python, offers: &[Offer]) -> Result<Vec<Box<dyn Peer>>> {
    let bytes: Vec<u8> = logits.iter().flat_map(|logit| logit.to_le_bytes()).collect();
    let (answer, _) = python
        .ask(&json!({ "ask": "prepare", "strategy": strategy }), &bytes)
        .context("Python does not take the logits")?;
    let knows = |offer: &&Offer| {
        answer["names"].as_array().is_some_and(|names| names.iter().any(|name| name == &offer.name))
    };
    let remote = |offer: &Offer| Remote { python: python.clone(), offer: offer.clone() };
    Ok(offers.iter().filter(knows).map(|offer| Box::new(remote(offer)) as Box<dyn Peer>).collect())
}

/// The largest logit by a plain loop, and by the pass that our samplers begin with; and a full sort.
fn yardsticks(logits: &[f32]) -> Result<Vec<Box<dyn Peer + '_>>> {
    let version = version_of("concepts");
    let plain = move || {
        let start = (0, f32::NEG_INFINITY);
        let best =
            logits.iter().enumerate().fold(start, |best, (i, &x)| if x > best.1 { (i, x) } else { best });
        Ok(best.0 as u32)
    };
    let mut sampler = Sampler::new(Settings::default())?;
    let argmax = move || Ok(sampler.argmax(logits)?);
    let mut random = rng(5, "draws");
    let sort = move || {
        let mut pairs: Vec<(f32, u32)> = logits.iter().copied().zip(0..).collect();
        pairs.sort_unstable_by(|a, b| b.0.total_cmp(&a.0));
        Ok(pairs[random.random_range(0..pairs.len())].1)
    };
    Ok(vec![
        Box::new(Local::new("(argmax, plain loop)", "-".to_owned(), plain, token)),
        Box::new(Local::new("(argmax, concepts)", version, argmax, token)),
        Box::new(Local::new("(a full sort of pairs)", "-".to_owned(), sort, token)),
    ])
}
