//! Attention forward in `f32`, 8 heads of 64 features.

use anyhow::{Context, Result};
use candle_core::{Device, Tensor};
use candle_nn::attention::{AttnMask, flash_attn};
use concepts::attention::{Mask, tiled_attention, tiled_attention_parallel};
use concepts::numerics::rng;
use ndarray::{Array2, Array3, ArrayView2, Axis};
use rand_distr::{Distribution, StandardNormal};
use rayon::prelude::*;
use serde_json::json;

use crate::python::{Offer, Python, Remote};
use crate::report::{Report, version_of};
use crate::timing::{Local, Peer, check_agreement, take_turns};

const HEADS: usize = 8;
const SIZE: usize = 64;
/// `1 / √64`
const SCALE: f32 = 0.125;
/// All results are weighted averages of normal numbers, so this is absolute.
const AGREEMENT: f32 = 1e-4;

/// What to measure.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Numbers of tokens.
    #[arg(long, value_delimiter = ',', default_value = "256,1024,4096")]
    n: Vec<usize>,
}

/// Queries, keys and values, `(heads, n, size)`.
struct Inputs {
    n: usize,
    causal: bool,
    q: Array3<f32>,
    k: Array3<f32>,
    v: Array3<f32>,
}

impl Inputs {
    fn new(n: usize, causal: bool) -> Self {
        let draw = |name: &str| {
            let mut rng = rng(n as u64, name);
            Array3::from_shape_simple_fn((HEADS, n, SIZE), || StandardNormal.sample(&mut rng))
        };
        Inputs { n, causal, q: draw("queries"), k: draw("keys"), v: draw("values") }
    }
}

/// Every size, with and without the causal mask.
pub(crate) fn run(
    options: &Options,
    python: Option<&(Python, Vec<Offer>)>,
    threads: u32,
    seconds: f64,
    report: &Report,
) -> Result<()> {
    for &n in &options.n {
        for causal in [false, true] {
            let inputs = Inputs::new(n, causal);
            // Ours comes first: the others are compared with it.
            let mut peers: Vec<Box<dyn Peer + '_>> = vec![ours(&inputs, threads), plain(&inputs)];
            peers.extend(candle(&inputs)?);
            if let Some((python, offers)) = python {
                peers.extend(remote(&inputs, python, offers)?);
            }
            check_agreement(&mut peers, AGREEMENT)
                .with_context(|| format!("attention, n = {n}, causal = {causal}"))?;
            report.case("attention", n, Some(causal), &take_turns(&mut peers, seconds)?)?;
        }
    }
    Ok(())
}

fn ours(inputs: &Inputs, threads: u32) -> Box<dyn Peer + '_> {
    let mask = if inputs.causal { Mask::Causal } else { Mask::None };
    let run = move || {
        let (q, k, v) = (inputs.q.view(), inputs.k.view(), inputs.v.view());
        let output = if threads == 1 {
            tiled_attention(q, k, v, &mask)
        } else {
            tiled_attention_parallel(q, k, v, &mask)
        };
        Ok(output?)
    };
    Box::new(Local::new("concepts tiled", version_of("concepts"), run, flat))
}

/// The formula with ndarray, head by head; with several threads one head for each at a time.
fn plain(inputs: &Inputs) -> Box<dyn Peer + '_> {
    let run = move || {
        let mut output = Array3::zeros((HEADS, inputs.n, SIZE));
        let heads: Vec<_> = output.axis_iter_mut(Axis(0)).enumerate().collect();
        heads.into_par_iter().for_each(|(h, mut out)| {
            let [q, k, v] = [&inputs.q, &inputs.k, &inputs.v].map(|x| x.index_axis(Axis(0), h));
            out.assign(&plain_head(&q, &k, &v, inputs.causal));
        });
        Ok(output)
    };
    Box::new(Local::new("ndarray loop", version_of("ndarray"), run, flat))
}

fn plain_head(q: &ArrayView2<f32>, k: &ArrayView2<f32>, v: &ArrayView2<f32>, causal: bool) -> Array2<f32> {
    let mut weights = q.dot(&k.t()) * SCALE;
    for (i, mut row) in weights.axis_iter_mut(Axis(0)).enumerate() {
        if causal {
            row.iter_mut().skip(i + 1).for_each(|score| *score = f32::NEG_INFINITY);
        }
        let max = row.fold(f32::NEG_INFINITY, |a, &b| a.max(b));
        row.mapv_inplace(|s| (s - max).exp());
        let sum = row.sum();
        row /= sum;
    }
    weights.dot(v)
}

/// Candle by separate operations, and its fused attention for processors.
fn candle(inputs: &Inputs) -> Result<[Box<dyn Peer>; 2]> {
    let (n, causal) = (inputs.n, inputs.causal);
    let tensor =
        |x: &Array3<f32>| Tensor::from_iter(x.iter().copied(), &Device::Cpu)?.reshape((1, HEADS, n, SIZE));
    let (q, k, v) = (tensor(&inputs.q)?, tensor(&inputs.k)?, tensor(&inputs.v)?);
    // A model makes its mask once, so it is not timed.
    let hidden = if causal {
        let table = (0..n).flat_map(|i| (0..n).map(move |j| if j > i { f32::NEG_INFINITY } else { 0.0 }));
        Some(Tensor::from_iter(table, &Device::Cpu)?.reshape((n, n))?)
    } else {
        None
    };
    let flat = |output: Tensor| Ok(output.flatten_all()?.to_vec1::<f32>()?);

    let (q1, k1, v1) = (q.clone(), k.clone(), v.clone());
    let separate = move || {
        let mut scores = (&q1 * f64::from(SCALE))?.matmul(&k1.t()?)?;
        if let Some(hidden) = &hidden {
            scores = scores.broadcast_add(hidden)?;
        }
        let weights = candle_nn::ops::softmax_last_dim(&scores)?;
        Ok(weights.matmul(&v1)?)
    };

    // It wants (batch, n, heads, size); the transposed view shares the same memory.
    let (q2, k2, v2) = (q.transpose(1, 2)?, k.transpose(1, 2)?, v.transpose(1, 2)?);
    let fused = move || {
        let mask = if causal { AttnMask::causal() } else { AttnMask::None };
        Ok(flash_attn::<f32>(&q2, &k2, &v2, SCALE, mask, None, None)?)
    };
    let version = version_of("candle-core");
    Ok([
        Box::new(Local::new("candle operations", version.clone(), separate, flat)),
        Box::new(Local::new("candle flash", version, fused, flat)),
    ])
}

/// Hands the inputs to the child; what it offers then runs on them.
fn remote(inputs: &Inputs, python: &Python, offers: &[Offer]) -> Result<Vec<Box<dyn Peer>>> {
    let numbers = [&inputs.q, &inputs.k, &inputs.v].into_iter().flatten();
    let bytes: Vec<u8> = numbers.flat_map(|x| x.to_le_bytes()).collect();
    let shape = [HEADS, inputs.n, SIZE];
    let request = json!({ "ask": "prepare", "shape": shape, "causal": inputs.causal, "scale": SCALE });
    python.ask(&request, &bytes).context("Python does not take the inputs")?;
    let remote = |offer: &Offer| Remote { python: python.clone(), offer: offer.clone() };
    Ok(offers.iter().map(|offer| Box::new(remote(offer)) as Box<dyn Peer>).collect())
}

fn flat(output: Array3<f32>) -> Result<Vec<f32>> {
    Ok(output.into_iter().collect())
}
