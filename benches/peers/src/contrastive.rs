//! InfoNCE in both directions, forward and backward, in `f32`.

use anyhow::{Context, Result};
use candle_core::{Device, Tensor, Var};
use candle_nn::loss::cross_entropy;
use concepts::contrastive::{FastContrast, Side, fast_contrast, unit_rows};
use concepts::numerics::{normal, rng};
use ndarray::Array2;
use serde_json::json;

use crate::python::{Offer, Python, Remote};
use crate::report::{Report, version_of};
use crate::timing::{Local, Peer, check_agreement, take_turns};

/// Features of an embedding, as in CLIP's ViT-B/32.
const WIDTH: usize = 512;
/// Where CLIP starts its temperature.
const SCALE: f32 = 1.0 / 0.07;
/// Gradients are compared times the number of pairs, where they are of order one.
const AGREEMENT: f32 = 1e-4;

/// What to measure.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// How many pairs.
    #[arg(long, value_delimiter = ',', default_value = "256,1024,4096")]
    n: Vec<usize>,
}

/// Loss and gradients by images, texts and scale, at every size.
pub(crate) fn run(
    options: &Options,
    python: Option<&(Python, Vec<Offer>)>,
    seconds: f64,
    report: &Report,
) -> Result<()> {
    for &n in &options.n {
        let mut rng = rng(n as u64, "contrastive pairs");
        let mut unit = |side| -> Result<Array2<f32>> {
            Ok(unit_rows(normal((n, WIDTH), 1.0, &mut rng).view(), side)?.mapv(|x| x as f32))
        };
        let (x, y) = (unit(Side::Images)?, unit(Side::Texts)?);
        // Ours comes first: the others are compared with it.
        let mut peers = vec![ours(&x, &y), candle(&x, &y)?];
        if let Some((python, offers)) = python {
            peers.extend(remote(&x, &y, python, offers)?);
        }
        check_agreement(&mut peers, AGREEMENT).with_context(|| format!("n = {n}"))?;
        report.case("infonce, forward and backward", n, None, &take_turns(&mut peers, seconds)?)?;
    }
    Ok(())
}

/// Compared are the loss, the gradient by the scale, and those by images and texts times the number of pairs.
fn ours<'a>(x: &'a Array2<f32>, y: &'a Array2<f32>) -> Box<dyn Peer + 'a> {
    let run = move || Ok(fast_contrast(x.view(), y.view(), SCALE)?);
    let n = x.nrows() as f32;
    let flat = move |made: FastContrast| {
        let by = made.by_images.iter().chain(&made.by_texts).map(|g| g * n);
        Ok([made.loss as f32, made.by_scale as f32].into_iter().chain(by).collect())
    };
    Box::new(Local::new("concepts", version_of("concepts"), run, flat))
}

/// Candle by its own derivatives, as one would write a training step with it.
fn candle(x: &Array2<f32>, y: &Array2<f32>) -> Result<Box<dyn Peer>> {
    let n = x.nrows();
    let var = |x: &Array2<f32>| {
        let flat = Tensor::from_iter(x.iter().copied(), &Device::Cpu)?;
        Var::from_tensor(&flat.reshape(x.dim())?)
    };
    let (images, texts, scale) = (var(x)?, var(y)?, Var::new(SCALE, &Device::Cpu)?);
    let pairs = Tensor::arange(0u32, u32::try_from(n)?, &Device::Cpu)?;
    let run = move || {
        let logits = images.matmul(&texts.t()?)?.broadcast_mul(&scale)?;
        let by_texts = cross_entropy(&logits.t()?.contiguous()?, &pairs)?;
        let loss = ((cross_entropy(&logits, &pairs)? + by_texts)? / 2.0)?;
        let gradients = loss.backward()?;
        let by = |var: &Var| gradients.get(var).cloned().context("a gradient is missing");
        Ok([loss, by(&scale)?, by(&images)?, by(&texts)?])
    };
    let flat = move |[loss, by_scale, by_images, by_texts]: [Tensor; 4]| {
        let mut all = vec![loss.to_scalar::<f32>()?, by_scale.to_scalar::<f32>()?];
        for by in [by_images, by_texts] {
            all.extend((by * n as f64)?.flatten_all()?.to_vec1::<f32>()?);
        }
        Ok(all)
    };
    Ok(Box::new(Local::new("candle", version_of("candle-core"), run, flat)))
}

/// Hands the inputs to the child; what it offers then runs on them.
fn remote(x: &Array2<f32>, y: &Array2<f32>, python: &Python, offers: &[Offer]) -> Result<Vec<Box<dyn Peer>>> {
    let bytes: Vec<u8> = x.iter().chain(y).flat_map(|x| x.to_le_bytes()).collect();
    let request = json!({ "ask": "prepare", "n": x.nrows(), "scale": SCALE });
    python.ask(&request, &bytes).context("Python does not take the inputs")?;
    let remote = |offer: &Offer| Remote { python: python.clone(), offer: offer.clone() };
    Ok(offers.iter().map(|offer| Box::new(remote(offer)) as Box<dyn Peer>).collect())
}
