//! The pictures.

use concepts::attention::AttentionError;
use concepts::budget::{BudgetError, cache_bytes, cache_elements_per_token, decode_cost, gib};
use ndarray::{Array1, Array2};

use super::WORDS;
use super::experiments::sharing::{HEADS, Weight, readers};
use super::setup::Setup;
use super::steps::decoding::SERVED;
use super::steps::layouts::{layouts, shared};
use super::steps::roofline::WEIGHTS;
use super::steps::writes;
use crate::kit::figure::Scale::Log;
use crate::kit::figure::{Figure, Series};
use crate::kit::findings::Findings;
use crate::kit::knob::Refusal;
use crate::kit::sketch::Sketch;
use crate::kit::text::Text;
use crate::named;

pub(crate) fn figures(f: &mut Findings, setup: &Setup) -> Result<(), Refusal> {
    f.figure(sharing(setup.seed)?);
    let (growth, floor) = (growth(setup)?, floor(setup)?);
    for (id, figure) in [("growth", growth), ("floor", floor)] {
        match figure {
            Some(figure) => f.figure(figure),
            None => f.note(id, None),
        }
    }
    Ok(())
}

/// Query heads against the key/value heads of three layouts: who moves when a key head is changed.
fn sharing(seed: u64) -> Result<Figure, AttentionError> {
    let layouts = [("MHA", HEADS), ("GQA", 2), ("MQA", 1)];
    let (mut names, mut columns) = (Vec::new(), Vec::<Array1<f64>>::new());
    for (name, kv_heads) in layouts {
        let moved = readers(kv_heads, Weight::Key, seed)?.mapv(|reads| f64::from(u8::from(reads)));
        names.extend((1..=kv_heads).map(|g| format!("{name} {g}")));
        columns.extend(moved.columns().into_iter().map(|column| column.to_owned()));
    }
    let mut data = Array2::zeros((HEADS, columns.len()));
    data.columns_mut().into_iter().zip(&columns).for_each(|(mut to, from)| to.assign(from));
    let (rows, cols) = (Text::each((1..=HEADS).map(|h| h.to_string())), Text::each(names));
    let [(_, mha), (_, gqa), _] = layouts;
    let sketch = Sketch::heat("sharing", &WORDS, rows, cols, data);
    Ok(sketch.borders(&[], &[mha, mha + gqa]).figure())
}

/// The cache against the context, layout by layout, the model's own MLA among them; nothing for a model that keeps none.
fn growth(setup: &Setup) -> Result<Option<Figure>, BudgetError> {
    if cache_elements_per_token(&setup.model) == 0 {
        return Ok(None);
    }
    let mut sketch = Sketch::lines("growth", &WORDS, [Log, Log]).value("model", setup.title.clone());
    let own = setup.model.latent.map(|_| ("MLA".to_string(), setup.model.clone()));
    let lines: Vec<_> = own.into_iter().chain(layouts(&setup.model)).collect();
    // The model's own MLA beside its only head is no other number of heads.
    let alone = setup.model.heads == 1;
    for (name, model) in lines {
        let point = |n: u64| Ok((n as f64, gib(cache_bytes(&model, setup.dtype, n, setup.batch)?)));
        let points: Result<Vec<_>, BudgetError> = (10..=17).map(|power| point(1 << power)).collect();
        sketch = sketch.series(Series::measured(Text::same(name), points?));
    }
    let figure = sketch.figure();
    Ok(Some(match alone {
        false => figure,
        true => Figure { title: WORDS.with("growth.alone", &named![model = setup.title.clone()]), ..figure },
    }))
}

/// The times of a step of decoding against the number of key/value heads; nothing for a model that does not
/// write, or that has nothing to share.
fn floor(setup: &Setup) -> Result<Option<Figure>, BudgetError> {
    if !writes(setup) {
        return Ok(None);
    }
    let layouts = shared(&setup.model).into_iter().filter(|(_, model)| model.latent.is_none());
    let layouts: Vec<_> = layouts.collect();
    if layouts.len() < 2 {
        return Ok(None);
    }
    let (batch, on) = (setup.batch.max(SERVED), setup.accelerator);
    let mut times: [Vec<(f64, f64)>; 4] = Default::default();
    for (_, model) in layouts.into_iter().rev() {
        let step = decode_cost(&model, WEIGHTS, setup.dtype, setup.context, batch)?;
        let g = model.kv_heads as f64;
        times[0].push((g, 1e3 * step.seconds(on)));
        times[1].push((g, 1e3 * step.cache_bytes as f64 / on.bandwidth));
        times[2].push((g, 1e3 * step.weight_bytes as f64 / on.bandwidth));
        times[3].extend(step.arithmetic_seconds(on).map(|seconds| (g, 1e3 * seconds)));
    }
    let mut sketch = Sketch::lines("floor", &WORDS, [Log, Log])
        .value("model", setup.title.clone())
        .value("batch", batch)
        .value("context", setup.context)
        .value("accelerator", on.name)
        .value("kv_heads", setup.model.kv_heads);
    let series = ["step", "cache", "weights", "arithmetic"].into_iter().zip(times);
    for (id, points) in series.filter(|(_, points)| !points.is_empty()) {
        sketch = sketch.measured(id, points);
    }
    if setup.model.latent.is_none() {
        sketch = sketch.rule(setup.model.kv_heads as f64);
    }
    let figure = sketch.figure();
    Ok(Some(match on.flops {
        Some(_) => figure,
        None => Figure { title: WORDS.with("floor.unknown", &named![model = setup.title.clone()]), ..figure },
    }))
}
