//! Rotary embedding in `f32`, 32 heads of 128 features, from ready tables of cosine and sine.

use std::cell::RefCell;
use std::rc::Rc;

use anyhow::{Context, Result};
use candle_core::{Device, Tensor};
use candle_nn::rotary_emb;
use concepts::numerics::rng;
use concepts::position::rope::{Layout, Rope, layout_permutation};
use ndarray::{Array2, Array3, ArrayViewMut3, Axis};
use rand_distr::{Distribution, StandardNormal};
use serde_json::json;

use crate::python::{Offer, Python, Remote};
use crate::report::{Report, version_of};
use crate::timing::{Local, Peer, check_agreement, take_turns};

const HEADS: usize = 32;
const SIZE: usize = 128;
const HALF: usize = SIZE / 2;
const BASE: f64 = 10000.0;
/// All use the same tables and add two products of numbers of order one.
const AGREEMENT: f32 = 1e-5;

/// What to measure.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Numbers of tokens.
    #[arg(long, value_delimiter = ',', default_value = "4096")]
    n: Vec<usize>,
}

/// What is turned, `(heads, n, size)` in halves, and the tables, `(n, size / 2)`.
struct Inputs {
    n: usize,
    x: Array3<f32>,
    cos: Array2<f32>,
    sin: Array2<f32>,
}

impl Inputs {
    fn new(n: usize) -> Self {
        let mut rng = rng(n as u64, "rotary embedding");
        let x = Array3::from_shape_simple_fn((HEADS, n, SIZE), || StandardNormal.sample(&mut rng));
        let angle = |(m, i)| m as f64 * BASE.powf(-2.0 * i as f64 / SIZE as f64);
        let table = |f: fn(f64) -> f64| Array2::from_shape_fn((n, HALF), |at| f(angle(at)) as f32);
        Inputs { n, x, cos: table(f64::cos), sin: table(f64::sin) }
    }
}

/// Every size.
pub(crate) fn run(
    options: &Options,
    python: Option<&(Python, Vec<Offer>)>,
    threads: u32,
    seconds: f64,
    report: &Report,
) -> Result<()> {
    for &n in &options.n {
        let inputs = Inputs::new(n);
        // Ours comes first: the others are compared with it.
        let mut peers: Vec<Box<dyn Peer + '_>> = Vec::from(ours(&inputs, threads)?);
        peers.push(plain(&inputs));
        peers.extend(candle(&inputs)?);
        if let Some((python, offers)) = python {
            peers.extend(remote(&inputs, python, offers)?);
        }
        check_agreement(&mut peers, AGREEMENT).with_context(|| format!("rotary embedding, n = {n}"))?;
        // They turn nothing, so they are compared with nothing: what reading and writing alone takes.
        peers.extend(copies(&inputs));
        report.case("rope", n, None, &take_turns(&mut peers, seconds)?)?;
    }
    Ok(())
}

/// Ours, into new memory as all others, in both layouts; and in place, which is how it is meant.
fn ours(inputs: &Inputs, threads: u32) -> Result<[Box<dyn Peer + '_>; 3]> {
    let rope = |layout| Rope::new(SIZE, SIZE, BASE, layout, inputs.n);
    let turn = move |rope: &Rope, x: &mut ArrayViewMut3<f32>| {
        Ok::<_, anyhow::Error>(if threads == 1 { rope.apply(x, 0) } else { rope.apply_parallel(x, 0) }?)
    };
    let kernel = rope(Layout::Halves)?;
    let halves = move || {
        let mut output = inputs.x.clone();
        turn(&kernel, &mut output.view_mut())?;
        Ok(output)
    };
    // Feature j of the halves is feature order[j] of the neighbours.
    let order = layout_permutation(SIZE)?;
    let mut neighbours = inputs.x.clone();
    for (j, &feature) in order.iter().enumerate() {
        neighbours.index_axis_mut(Axis(2), feature).assign(&inputs.x.index_axis(Axis(2), j));
    }
    let kernel = rope(Layout::Interleaved)?;
    let interleaved = move || {
        let mut output = neighbours.clone();
        turn(&kernel, &mut output.view_mut())?;
        Ok(output)
    };
    // It is turned further by every call; the first one is the one that is compared.
    let kernel = rope(Layout::Halves)?;
    let place = Rc::new(RefCell::new(inputs.x.clone()));
    let in_place = move || {
        turn(&kernel, &mut place.borrow_mut().view_mut())?;
        Ok(Rc::clone(&place))
    };
    let version = version_of("concepts");
    Ok([
        Box::new(Local::new("concepts halves", version.clone(), halves, flat)),
        Box::new(Local::new(
            "concepts interleaved",
            version.clone(),
            interleaved,
            move |output: Array3<f32>| flat(output.select(Axis(2), &order)),
        )),
        Box::new(Local::new("concepts in place", version, in_place, |place: Rc<RefCell<Array3<f32>>>| {
            flat(place.borrow().clone())
        })),
    ])
}

/// The formula with ndarray, row by row.
fn plain(inputs: &Inputs) -> Box<dyn Peer + '_> {
    let run = move || {
        let mut output = inputs.x.clone();
        for mut head in output.axis_iter_mut(Axis(0)) {
            for (m, mut row) in head.axis_iter_mut(Axis(0)).enumerate() {
                for i in 0..HALF {
                    let (a, b) = (row[i], row[i + HALF]);
                    let (cos, sin) = (inputs.cos[[m, i]], inputs.sin[[m, i]]);
                    row[i] = a * cos - b * sin;
                    row[i + HALF] = a * sin + b * cos;
                }
            }
        }
        Ok(output)
    };
    Box::new(Local::new("ndarray loop", version_of("ndarray"), run, flat))
}

/// Read and write the same numbers, without arithmetic: into new memory, and into memory that is there.
fn copies(inputs: &Inputs) -> [Box<dyn Peer + '_>; 2] {
    let mut place = inputs.x.clone();
    let into_place = move || {
        place.assign(&inputs.x);
        Ok(place[[0, 0, 0]])
    };
    let version = version_of("ndarray");
    [
        Box::new(Local::new("copy", version.clone(), || Ok(inputs.x.clone()), flat)),
        Box::new(Local::new("copy in place", version, into_place, |number| Ok(vec![number]))),
    ]
}

/// Candle by its own operation for each layout, and by separate operations.
fn candle(inputs: &Inputs) -> Result<[Box<dyn Peer>; 3]> {
    let n = inputs.n;
    let tensor = |numbers: Vec<f32>, width: usize| Tensor::from_vec(numbers, ((), width), &Device::Cpu);
    let x = tensor(inputs.x.iter().copied().collect(), SIZE)?.reshape((1, HEADS, n, SIZE))?;
    let cos = tensor(inputs.cos.iter().copied().collect(), HALF)?;
    let sin = tensor(inputs.sin.iter().copied().collect(), HALF)?;
    // (2, HALF) to (HALF, 2) and back: neighbours instead of halves, so that all turn the same pairs.
    let reorder = move |x: &Tensor, from: (usize, usize)| -> Result<Tensor> {
        let pairs = x.reshape((HEADS * n, from.0, from.1))?.transpose(1, 2)?;
        Ok(pairs.contiguous()?.reshape((1, HEADS, n, SIZE))?)
    };
    let neighbours = reorder(&x, (2, HALF))?;
    let flat = |output: Tensor| Ok(output.flatten_all()?.to_vec1::<f32>()?);

    let (x1, cos1, sin1) = (x.clone(), cos.clone(), sin.clone());
    let halves = move || Ok(rotary_emb::rope(&x1, &cos1, &sin1)?);
    let (cos2, sin2) = (cos.clone(), sin.clone());
    let interleaved = move || Ok(rotary_emb::rope_i(&neighbours, &cos2, &sin2)?);
    let separate = move || Ok(rotary_emb::rope_slow(&x, &cos, &sin)?);
    let version = version_of("candle-nn");
    Ok([
        Box::new(Local::new("candle rope", version.clone(), halves, flat)),
        Box::new(Local::new("candle rope_i", version.clone(), interleaved, move |output: Tensor| {
            flat(reorder(&output, (HALF, 2))?)
        })),
        Box::new(Local::new("candle rope_slow", version, separate, flat)),
    ])
}

/// Hands the inputs to the child; what it offers then runs on them.
fn remote(inputs: &Inputs, python: &Python, offers: &[Offer]) -> Result<Vec<Box<dyn Peer>>> {
    let numbers = inputs.x.iter().chain(&inputs.cos).chain(&inputs.sin);
    let bytes: Vec<u8> = numbers.flat_map(|x| x.to_le_bytes()).collect();
    let request = json!({ "ask": "prepare", "shape": [HEADS, inputs.n, SIZE] });
    python.ask(&request, &bytes).context("Python does not take the inputs")?;
    let remote = |offer: &Offer| Remote { python: python.clone(), offer: offer.clone() };
    Ok(offers.iter().map(|offer| Box::new(remote(offer)) as Box<dyn Peer>).collect())
}

fn flat(output: Array3<f32>) -> Result<Vec<f32>> {
    Ok(output.into_iter().collect())
}
