//! The pictures.

use concepts::attention::AttentionError;
use concepts::budget::{BudgetError, cache_bytes, decode_cost, gib};
use ndarray::Array2;

use super::WORDS;
use super::experiments::sharing::{HEADS, Weight, readers};
use super::setup::{Setup, inner, refused};
use super::steps::decoding::SERVED;
use super::steps::layouts::{layouts, shared};
use super::steps::roofline::WEIGHTS;
use super::steps::writes;
use crate::kit::figure::Scale::Log;
use crate::kit::figure::{Figure, Series};
use crate::kit::knob::Refusal;
use crate::kit::sketch::Sketch;
use crate::kit::text::Text;

pub(crate) fn figures(setup: &Setup) -> Result<Vec<Figure>, Refusal> {
    let sharing = sharing(setup.seed).map_err(inner)?;
    Ok(vec![floor(setup).map_err(refused)?, sharing, growth(setup).map_err(refused)?])
}

/// Query heads against the key/value heads of three layouts: who moves when a key head is changed.
fn sharing(seed: u64) -> Result<Figure, AttentionError> {
    let layouts = [("MHA", HEADS), ("GQA", 2), ("MQA", 1)];
    let names = layouts.iter().flat_map(|&(name, g)| (1..=g).map(move |g| format!("{name} {g}")));
    let mut columns = Vec::new();
    for (_, kv_heads) in layouts {
        let moved = readers(kv_heads, Weight::Key, seed)?.mapv(|reads| f64::from(u8::from(reads)));
        columns.extend(moved.columns().into_iter().map(|column| column.to_owned()));
    }
    let mut data = Array2::zeros((HEADS, columns.len()));
    data.columns_mut().into_iter().zip(&columns).for_each(|(mut to, from)| to.assign(from));
    let (rows, cols) = (Text::each((1..=HEADS).map(|h| h.to_string())), Text::each(names));
    Ok(Sketch::heat("sharing", &WORDS, rows, cols, data).figure())
}

/// The cache against the context, layout by layout.
fn growth(setup: &Setup) -> Result<Figure, BudgetError> {
    let mut sketch = Sketch::lines("growth", &WORDS, [Log, Log]).value("model", &setup.model.name);
    for (name, model) in layouts(&setup.model) {
        let point = |n: u64| Ok((n as f64, gib(cache_bytes(&model, setup.dtype, n, setup.batch)?)));
        let points: Result<Vec<_>, BudgetError> = (10..=17).map(|power| point(1 << power)).collect();
        sketch = sketch.series(Series::measured(Text::same(name), points?));
    }
    Ok(sketch.figure())
}

/// The three times of a step of decoding against the number of key/value heads.
fn floor(setup: &Setup) -> Result<Figure, BudgetError> {
    let (batch, on) = (setup.batch.max(SERVED), setup.accelerator);
    let mut times: [Vec<(f64, f64)>; 3] = Default::default();
    let layouts =
        shared(&setup.model).into_iter().filter(|(_, model)| writes(setup) && model.latent.is_none());
    for (_, model) in layouts.rev() {
        let step = decode_cost(&model, WEIGHTS, setup.dtype, setup.context, batch)?;
        let g = model.kv_heads as f64;
        times[0].push((g, 1e3 * step.cache_bytes as f64 / on.bandwidth));
        times[1].push((g, 1e3 * step.weight_bytes as f64 / on.bandwidth));
        times[2].extend(step.arithmetic_seconds(on).map(|seconds| (g, 1e3 * seconds)));
    }
    let sketch = Sketch::lines("floor", &WORDS, [Log, Log])
        .value("model", &setup.model.name)
        .value("batch", batch)
        .value("context", setup.context)
        .value("accelerator", on.name);
    let known =
        ["cache", "weights", "arithmetic"].into_iter().zip(times).filter(|(_, points)| !points.is_empty());
    Ok(known.fold(sketch, |sketch, (id, points)| sketch.measured(id, points)).figure())
}
