//! The arithmetic of a token.

use concepts::budget::{
    BudgetError, Flops, Indexer, Latent, Window, decode_flops, multiplied_parameters, parameters,
    prefill_flops,
};

use super::layouts::with_heads;
use super::{silent, writes};
use crate::kit::findings::{Cell, Findings, Table};
use crate::kit::grid::Grid;
use crate::kit::text::Text;
use crate::lessons::heads::WORDS;
use crate::lessons::heads::setup::Setup;
use crate::{named, row};

pub(super) fn operations(f: &mut Findings, setup: &Setup) -> Result<(), BudgetError> {
    match setup.model.window {
        None => {
            f.formula("f_flops", r"F = 2N + 2\,L\,H\,(d_k + d_v)\,n", "F = 2·N + 2·L·H·(d_k + d_v)·n");
        }
        Some(_) => f.formula(
            "f_flops",
            r"F = 2N + \sum_{\text{layers}} 2\,H\,(d_k + d_v)\,\min(n, w)",
            "F = 2·N + Σ over layers 2·H·(d_k + d_v)·min(n, w)",
        ),
    }
    f.notes("widths", widths(setup));
    f.table("flops", if writes(setup) { flops(setup)? } else { silent(setup) });
    f.note("crossover", crossover(setup)?);
    let looks = writes(setup) && setup.model.attention_layers() > 0;
    f.note("looks_back", if looks { Some(looks_back(setup)?) } else { None });
    f.words("n_shrinks", n_shrinks(setup)?);
    Ok(())
}

/// What the symbols of the formula stand for where a model is not plain.
fn widths(setup: &Setup) -> Vec<Text> {
    let model = &setup.model;
    let own = match (model.latent, model.window) {
        (Some(Latent { kv_rank, rope, nope, value, .. }), _) => {
            let (read, d_k) = (nope + rope, kv_rank + rope);
            Some(WORDS.with("widths", &named![read, value, kv_rank, rope, d_k]))
        }
        (None, Some(Window { size, layers, chunked: true })) => {
            Some(WORDS.with("widths.chunked", &named![size, layers]))
        }
        (None, Some(Window { size, layers, .. })) => Some(WORDS.with("widths.window", &named![size, layers])),
        (None, None) => None,
    };
    let indexed = model
        .indexer
        .map(|Indexer { heads, width, top }| WORDS.with("widths.indexed", &named![heads, width, top]));
    let state = model.recurrent.map(|_| {
        WORDS.with("widths.state", &named![attending = model.attention_layers(), layers = model.layers])
    });
    [own, indexed, state].into_iter().flatten().collect()
}

/// Why the attention of a token that is read and of one that is written differ, and by how much.
fn looks_back(setup: &Setup) -> Result<Text, BudgetError> {
    let (model, n) = (&setup.model, setup.context);
    let read = prefill_flops(model, n)?.attention as f64 / n as f64;
    let ratio = decode_flops(model, n)?.attention as f64 / read;
    let seen = (n as f64 + 1.0) / 2.0;
    let id = match model.latent {
        Some(_) if model.recurrent.is_some() => "looks_back.latent-state",
        _ if model.recurrent.is_some() => "looks_back.state",
        Some(_) => "looks_back.latent",
        None if uneven(setup) => "looks_back.uneven",
        None => "looks_back",
    };
    Ok(WORDS.with(id, &named![seen, n, ratio]))
}

/// A smaller share is not seen where two numbers of three digits stand side by side.
const UNSEEN: f64 = 0.01;

/// The parameters that a token meets, with a key/value head for each query head and with one for all.
fn n_shrinks(setup: &Setup) -> Result<Text, BudgetError> {
    let met = |kv_heads| {
        let model = with_heads(&setup.model, kv_heads);
        match writes(setup) {
            true => multiplied_parameters(&model),
            false => parameters(&model).map(|all| all.active()),
        }
    };
    let (mha, mqa) = (met(setup.model.heads)? as f64, met(1)? as f64);
    if setup.model.attention_layers() == 0 {
        return Ok(WORDS.with("n_shrinks.no-attention", &named![model = setup.title.clone()]));
    }
    if mha == mqa {
        return Ok(WORDS.with("n_shrinks.alone", &named![model = setup.title.clone()]));
    }
    let id = match (writes(setup), mha - mqa < UNSEEN * mha) {
        (true, false) => "n_shrinks",
        (true, true) => "n_shrinks.little",
        (false, false) => "n_shrinks.silent",
        (false, true) => "n_shrinks.silent-little",
    };
    Ok(WORDS.with(id, &named![model = setup.title.clone(), mha, mqa, spared = mha - mqa]))
}

/// Does some layer not see all tokens?
fn uneven(setup: &Setup) -> bool {
    let model = &setup.model;
    model.window.is_some() || model.indexer.is_some() || model.recurrent.is_some()
}

/// Operations of one token, while reading and while writing.
fn flops(setup: &Setup) -> Result<Table, BudgetError> {
    let (model, n) = (&setup.model, setup.context);
    let grid = Grid::new("flops", &WORDS).value("model", setup.title.clone()).value("n", n);
    let table = grid
        .said("read", parts(prefill_flops(model, n)?, n))
        .said("written", parts(decode_flops(model, n)?, 1))
        .table();
    let values = named![model = setup.title.clone()];
    Ok(match model.recurrent {
        Some(_) => Table { caption: WORDS.with("flops.state", &values), ..table },
        None => table,
    })
}

fn parts(flops: Flops, tokens: u64) -> Vec<Cell> {
    let giga = |operations: u128| operations as f64 / tokens as f64 / 1e9;
    let share = format!("{:.1}%", 100.0 * flops.attention as f64 / flops.total() as f64);
    row![giga(flops.weights), giga(flops.attention), giga(flops.total()), share]
}

/// The context at which attention costs as much as the weights, where every layer sees everything.
fn crossover(setup: &Setup) -> Result<Option<Text>, BudgetError> {
    if !writes(setup) || uneven(setup) {
        return Ok(None);
    }
    let one = decode_flops(&setup.model, 1)?;
    let equal = one.weights as f64 / one.attention as f64;
    Ok(Some(WORDS.with("crossover", &named![equal])))
}
