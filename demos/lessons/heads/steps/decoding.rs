//! One step of decoding as key/value heads are shared by more and more query heads.

use concepts::budget::{BudgetError, ModelConfig, decode_cost, decode_flops};

use super::accelerators;
use super::layouts::{shared, with_heads};
use super::limits::limits;
use super::roofline::{WEIGHTS, speed};
use super::{silent, writes};
use crate::kit::findings::{Cell, Findings, Table};
use crate::kit::text::Text;
use crate::lessons::heads::WORDS;
use crate::lessons::heads::experiments::published::{groups, members};
use crate::lessons::heads::setup::Setup;
use crate::{named, row};

/// A batch as a server has it: small ones hide what sharing is for.
pub(crate) const SERVED: u64 = 64;

pub(super) fn decoding(f: &mut Findings, setup: &Setup) -> Result<(), BudgetError> {
    f.formula(
        "f_intensity",
        r"\frac{4\,H\,d_h\,n}{2\,G\,d_h\,n \cdot \beta} = \frac{2}{\beta}\cdot\frac{H}{G} \quad (\text{bf16: } \beta = 2)",
        "4·H·d_h·n / (2·G·d_h·n·β) = 2/β · H/G    (bf16: β = 2)",
    );
    f.words("served_said", served_said(setup)?);
    f.number("largest_group", groups(&members(|model| model.latent.is_none())).1);
    if let Some((lowest, ridge)) = accelerators::lowest() {
        f.number("lowest_ridge", ridge);
        f.words("lowest_ridge_name", Text::same(lowest.name));
    }
    f.table("decode", if shares(setup) { steps(setup)? } else { silent(setup) });
    f.note("limits", if writes(setup) { Some(limits(setup)?) } else { None });
    Ok(())
}

/// The weights hide a cache that is a smaller share of what a step reads.
const HIDDEN: f64 = 0.1;

/// Does the model write, with heads that could share?
fn shares(setup: &Setup) -> bool {
    writes(setup) && setup.model.attention_layers() > 0
}

/// What a second batch is shown for.
fn served_said(setup: &Setup) -> Result<Text, BudgetError> {
    if !shares(setup) {
        return Ok(WORDS.get("served_said.silent"));
    }
    let unshared = with_heads(&setup.model, setup.model.heads);
    let step = decode_cost(&unshared, WEIGHTS, setup.dtype, setup.context, 1)?;
    let (weights, cache) = (step.weight_bytes as f64, step.cache_bytes as f64);
    let hidden = cache < HIDDEN * (weights + cache);
    Ok(match (&batches(setup)[..], hidden) {
        ([_, served], true) => WORDS.with("served_said", &named![served = *served]),
        ([_, served], false) => WORDS.with("served_said.too", &named![served = *served]),
        (_, true) => WORDS.get("served_said.same"),
        (_, false) => WORDS.get("served_said.seen"),
    })
}

/// The batches of the table: the person's own, and one as a server has it.
fn batches(setup: &Setup) -> Vec<u64> {
    let mut batches = vec![setup.batch, setup.batch.max(SERVED)];
    batches.dedup();
    batches
}

fn steps(setup: &Setup) -> Result<Table, BudgetError> {
    let batches = batches(setup);
    let rows = shared(&setup.model).into_iter().map(|(name, model)| row(setup, name, &model, &batches));
    let rows: Result<Vec<_>, _> = rows.collect();
    let values =
        named![n = setup.context, accelerator = setup.accelerator.name, most = batches[batches.len() - 1]];
    let mut head = WORDS.list("decode.head", &[]);
    let last = head.len() - 1;
    head.splice(last..last, batches.iter().map(|&batch| WORDS.with("decode.time", &named![batch])));
    // Where one table says of more than keys and values, the formula above is not all of it.
    let id = match &setup.model {
        model if model.indexer.is_some() => "decode.indexed",
        model if model.recurrent.is_some() => "decode.state",
        model if model.window.is_some_and(|window| window.chunked) => "decode.chunked",
        _ => "decode",
    };
    Ok(Table { caption: WORDS.with(id, &values), head, rows: rows? })
}

fn row(setup: &Setup, name: String, model: &ModelConfig, batches: &[u64]) -> Result<Vec<Cell>, BudgetError> {
    let on = setup.accelerator;
    let step = |batch| decode_cost(model, WEIGHTS, setup.dtype, setup.context, batch);
    let (one, core) = (step(1)?, decode_flops(model, setup.context)?.attention as f64);
    let as_it_is = model.latent == setup.model.latent && model.kv_heads == setup.model.kv_heads;
    let mut row = row![
        if as_it_is { format!("{name} ←") } else { name },
        one.cache_bytes as f64 / 1e9,
        core / 1e9,
        core / one.cache_bytes as f64,
    ];
    for &batch in batches {
        row.push(Cell::Number(1e3 * step(batch)?.seconds(on)));
    }
    row.push(speed(setup, &step(batches[batches.len() - 1])?));
    Ok(row)
}
