//! Activation functions in `f32` over long slices, into memory that is already there where that is offered.

use std::cell::RefCell;
use std::rc::Rc;

use anyhow::{Context, Result};
use candle_core::{Device, Tensor};
use concepts::activation::{ActivationError, fast_gelu, fast_gelu_tanh, fast_swiglu};
use concepts::numerics::rng;
use rand_distr::{Distribution, StandardNormal};
use serde_json::json;

use crate::python::{Offer, Python, Remote};
use crate::report::{Report, version_of};
use crate::timing::{Local, Peer, check_agreement, take_turns};

/// All are within some units in the last place of numbers of order one.
const AGREEMENT: f32 = 1e-5;

/// What to measure.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// How many numbers.
    #[arg(long, value_delimiter = ',', default_value = "16777216")]
    n: Vec<usize>,
}

/// One piece of work, by ours and by candle.
struct Work {
    name: &'static str,
    ours: fn(&[f32], &[f32], &mut [f32]) -> Result<(), ActivationError>,
    candle: fn(&Tensor, &Tensor) -> candle_core::Result<Tensor>,
}

const WORKS: [Work; 3] = [
    Work { name: "gelu", ours: |a, _, y| fast_gelu(a, y), candle: |a, _| a.gelu_erf() },
    Work { name: "gelu, tanh", ours: |a, _, y| fast_gelu_tanh(a, y), candle: |a, _| a.gelu() },
    Work { name: "swiglu", ours: fast_swiglu, candle: |a, b| a.silu()? * b },
];

/// Every function at every size.
pub(crate) fn run(
    options: &Options,
    python: Option<&(Python, Vec<Offer>)>,
    seconds: f64,
    report: &Report,
) -> Result<()> {
    for &n in &options.n {
        let mut rng = rng(n as u64, "activation functions");
        let mut draw = || (0..n).map(|_| StandardNormal.sample(&mut rng)).collect::<Vec<f32>>();
        let (a, b) = (draw(), draw());
        for work in &WORKS {
            // Ours comes first: the others are compared with it.
            let mut peers = vec![ours(work, &a, &b), candle(work, &a, &b)?];
            if let Some((python, offers)) = python {
                peers.extend(remote(work, &a, &b, python, offers)?);
            }
            check_agreement(&mut peers, AGREEMENT).with_context(|| format!("{}, n = {n}", work.name))?;
            // It computes nothing, so it is compared with nothing: what reading and writing alone takes.
            peers.push(copy(&a));
            report.case(work.name, n, None, &take_turns(&mut peers, seconds)?)?;
        }
    }
    Ok(())
}

fn ours<'a>(work: &'a Work, a: &'a [f32], b: &'a [f32]) -> Box<dyn Peer + 'a> {
    let place = Rc::new(RefCell::new(vec![0.0; a.len()]));
    let run = move || {
        (work.ours)(a, b, &mut place.borrow_mut())?;
        Ok(Rc::clone(&place))
    };
    let flat = |place: Rc<RefCell<Vec<f32>>>| Ok(place.borrow().clone());
    Box::new(Local::new("concepts", version_of("concepts"), run, flat))
}

/// Always into new memory.
fn candle<'a>(work: &'a Work, a: &[f32], b: &[f32]) -> Result<Box<dyn Peer + 'a>> {
    let [a, b] = [a, b].map(|x| Tensor::from_slice(x, x.len(), &Device::Cpu));
    let (a, b) = (a?, b?);
    let run = move || Ok((work.candle)(&a, &b)?);
    let flat = |y: Tensor| Ok(y.to_vec1::<f32>()?);
    Ok(Box::new(Local::new("candle", version_of("candle-core"), run, flat)))
}

fn copy(a: &[f32]) -> Box<dyn Peer + '_> {
    let mut place = vec![0.0; a.len()];
    let run = move || {
        place.copy_from_slice(a);
        Ok(place.first().copied().unwrap_or(0.0))
    };
    Box::new(Local::new("copy in place", version_of("concepts"), run, |number| Ok(vec![number])))
}

/// Hands the inputs to the child; what it offers then runs on them.
fn remote(
    work: &Work,
    a: &[f32],
    b: &[f32],
    python: &Python,
    offers: &[Offer],
) -> Result<Vec<Box<dyn Peer>>> {
    let bytes: Vec<u8> = a.iter().chain(b).flat_map(|x| x.to_le_bytes()).collect();
    let request = json!({ "ask": "prepare", "work": work.name });
    python.ask(&request, &bytes).context("Python does not take the inputs")?;
    let remote = |offer: &Offer| Remote { python: python.clone(), offer: offer.clone() };
    Ok(offers.iter().map(|offer| Box::new(remote(offer)) as Box<dyn Peer>).collect())
}
