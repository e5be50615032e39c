//! Parameters of a layer, and the cache factor by factor.

use concepts::budget::{
    BudgetError, Dtype, Indexer, Latent, ModelConfig, Recurrent, cache_bytes, cache_bytes_with_source,
    cache_elements_per_token, gb, gib, parameters,
};
use concepts::numerics::tolerance::EXACT_F64;

use super::fits::unlimited;
use super::layouts::{layouts, with_heads};
use crate::kit::findings::{Cell, Findings, Table};
use crate::kit::grid::Grid;
use crate::kit::number::{self, plain};
use crate::kit::text::Text;
use crate::lessons::heads::WORDS;
use crate::lessons::heads::setup::Setup;
use crate::{named, row};

pub(super) fn sizes(f: &mut Findings, setup: &Setup) -> Result<(), BudgetError> {
    f.words("model", setup.title.clone());
    f.number("context", setup.context as f64);
    f.number("batch", setup.batch as f64);
    f.words("dtype", Text::same(setup.dtype_name));
    formulas(f, &setup.model);
    f.table("parameters", attention_parameters(setup)?);
    f.table("cache_steps", cache_steps(setup)?);
    cache(f, setup)
}

/// The sizes of the cache: as the model is, and with other numbers of key/value heads.
fn cache(f: &mut Findings, setup: &Setup) -> Result<(), BudgetError> {
    let model = &setup.model;
    let bytes = |model: &ModelConfig| cache_bytes(model, setup.dtype, setup.context, setup.batch);
    let own = bytes(model)?;
    let (in_gib, in_gb) = (gib(own), gb(own));
    f.note(
        "cache_units",
        Some(match own {
            0 => WORDS.get("cache_units.none"),
            _ => WORDS.with("cache_units", &named![gib = in_gib, gb = in_gb]),
        }),
    );
    let (model_title, own_context) = (setup.title.clone(), model.context);
    // Without a cache, activations are all that such a context would have.
    let beyond = setup.context > own_context && !unlimited(setup);
    let values = named![model = model_title, own = own_context, context = setup.context];
    f.note("note_beyond", (beyond && own > 0).then(|| WORDS.with("note_beyond", &values)));
    let activations = || WORDS.with("note_beyond.activations", &values);
    f.note("note_activations", (beyond && own == 0).then(activations));
    let token_kib = setup.dtype.bytes(cache_elements_per_token(model))? as f64 / 1024.0;
    let mha_gib = gib(bytes(&with_heads(model, model.heads))?);
    let mqa_gib = gib(bytes(&with_heads(model, 1))?);
    let (name, dtype, context, batch) =
        (&model.name, setup.dtype_name, setup.context as f64, setup.batch as f64);
    let id = match (own, model.latent) {
        (0, _) => "example.none",
        _ if model.attention_layers() == 0 => "example.state-only",
        (_, Some(_)) if model.recurrent.is_some() => "example.latent-state",
        _ if model.recurrent.is_some() => "example.state",
        _ if model.cross_attention => "example.source",
        (_, Some(_)) if model.indexer.is_some() => "example.indexed",
        (_, Some(_)) => "example.latent",
        (_, None) if cut_short(setup, own) && chunked(model) => "example.chunked",
        (_, None) if cut_short(setup, own) => "example.window",
        (_, None) => "example",
    };
    let values = named![name, dtype, context, batch, token_kib, cache_gib = in_gib, mha_gib, mqa_gib];
    f.words("example", WORDS.with(id, &values));
    Ok(())
}

/// Is the cache smaller than if each layer kept all tokens?
fn cut_short(setup: &Setup, own: u64) -> bool {
    let whole = ModelConfig { window: None, ..setup.model.clone() };
    let whole = cache_bytes(&whole, setup.dtype, setup.context, setup.batch);
    // One that cannot be counted is larger.
    setup.model.window.is_some() && whole.map_or(true, |whole| own < whole)
}

/// Does a token see its own chunk, not a window that moves along?
fn chunked(model: &ModelConfig) -> bool {
    model.window.as_ref().is_some_and(|window| window.chunked)
}

fn formulas(f: &mut Findings, model: &ModelConfig) {
    let [tex, plain] = match model.query_gate {
        true => [
            r"\text{MHA } 5\,d\,H d_h,\quad \text{GQA } 3\,d\,H d_h + 2\,d\,G d_h,\quad \text{MQA } 3\,d\,H d_h + 2\,d\,d_h",
            "MHA: 5·d·H·d_h    GQA: 3·d·H·d_h + 2·d·G·d_h    MQA: 3·d·H·d_h + 2·d·d_h",
        ],
        false => [
            r"\text{MHA } 4\,d\,H d_h,\quad \text{GQA } 2\,d\,H d_h + 2\,d\,G d_h,\quad \text{MQA } 2\,d\,H d_h + 2\,d\,d_h",
            "MHA: 4·d·H·d_h    GQA: 2·d·H·d_h + 2·d·G·d_h    MQA: 2·d·H·d_h + 2·d·d_h",
        ],
    };
    f.formula("f_parameters", tex, plain);
    let [tex, plain] = match model.latent {
        Some(_) if model.indexer.is_some() => [
            r"Q = L \cdot (d_c + d_r + d_i) \cdot \beta \cdot n \cdot b",
            "Q = L · (d_c + d_r + d_i) · β · n · b",
        ],
        Some(_) => {
            [r"Q = L \cdot (d_c + d_r) \cdot \beta \cdot n \cdot b", "Q = L · (d_c + d_r) · β · n · b"]
        }
        None if model.window.is_some() => [
            r"Q = 2 \cdot G \cdot d_h \cdot \beta \cdot b \cdot \sum_{\text{layers}} \min(n, w)",
            "Q = 2 · G · d_h · β · b · Σ over layers min(n, w)",
        ],
        None => [
            r"Q = 2 \cdot L \cdot G \cdot d_h \cdot \beta \cdot n \cdot b",
            "Q = 2 · L · G · d_h · β · n · b",
        ],
    };
    f.formula("f_cache", tex, plain);
    let symbols = match (model.latent, model.recurrent) {
        (Some(_), None) if model.indexer.is_some() => "symbols.indexed",
        (Some(_), None) => "symbols.latent",
        (Some(_), Some(_)) => "symbols.latent-state",
        (None, Some(_)) => "symbols.state",
        (None, None) if model.window.is_some_and(|window| window.chunked) => "symbols.chunked",
        (None, None) if model.window.is_some() => "symbols.window",
        (None, None) if model.cross_attention => "symbols.source",
        (None, None) => "symbols",
    };
    f.words("cache_symbols", WORDS.get(symbols));
}

fn attention_parameters(setup: &Setup) -> Result<Table, BudgetError> {
    let model = &setup.model;
    // A gate on the output of attention is as large as the queries.
    let asked = if model.query_gate { 2.0 } else { 1.0 };
    let caption = if model.query_gate { "parameters.gated" } else { "parameters" };
    let captioned =
        |table: Table| Table { caption: WORDS.with(caption, &named![model = setup.title.clone()]), ..table };
    let grid = Grid::new("parameters", &WORDS).value("model", setup.title.clone());
    // Without attention there is nothing that heads could share.
    if model.attention_layers() == 0 {
        return Ok(grid.row(row!["–", "–", 0.0, 0.0, 0.0, billions(model)?]).table());
    }
    let rows = layouts(model).into_iter().map(|(name, model)| {
        let (h, g, d_h, d) =
            (model.heads as f64, model.kv_heads as f64, model.head_dim as f64, model.d_model as f64);
        let (qkv, output) = (asked * d * h * d_h + 2.0 * d * g * d_h, h * d_h * d);
        Ok(row![name, g, qkv / 1e6, output / 1e6, (qkv + output) / 1e6, billions(&model)?])
    });
    let own = model.latent.map(|latent| latent_parameters(model, latent)).transpose()?;
    let rows: Result<Vec<_>, BudgetError> = rows.collect();
    Ok(captioned(grid.rows(own.into_iter().chain(rows?)).table()))
}

/// The row of a model whose attention is latent, as it is.
fn latent_parameters(model: &ModelConfig, latent: Latent) -> Result<Vec<Cell>, BudgetError> {
    let layer = parameters(model)?.active_in("attention") as f64 / model.attention_layers().max(1) as f64;
    let output = (model.heads * latent.value * model.d_model) as f64;
    Ok(row!["MLA ←", "–", (layer - output) / 1e6, output / 1e6, layer / 1e6, billions(model)?])
}

fn billions(model: &ModelConfig) -> Result<f64, BudgetError> {
    Ok(parameters(model)?.total() as f64 / 1e9)
}

/// The formula, factor by factor.
fn cache_steps(setup: &Setup) -> Result<Table, BudgetError> {
    let model = &setup.model;
    let elements = cache_elements_per_token(model);
    let token = setup.dtype.bytes(elements)?;
    let sequence = cache_bytes_with_source(&without_state(model), setup.dtype, setup.context, 0, 1)?;
    let batch = cache_bytes(model, setup.dtype, setup.context, setup.batch)?;
    let grid = Grid::new("cache_steps", &WORDS)
        .value("context", setup.context)
        .value("dtype", setup.dtype_name)
        .value("elements", grouped(elements))
        .value("window", model.window.as_ref().map_or(0, |window| window.size));
    let factors = if elements == 0 && model.recurrent.is_some() {
        grid.word("no-attention")
    } else if elements == 0 {
        grid.word("no-cache")
    } else {
        Text::same(factors(model))
    };
    let tokens = grid.word(match model.window {
        Some(_) if chunked(model) => "chunked",
        Some(_) => "windowed",
        None => "tokens",
    });
    let scaled = matches!(setup.dtype, Dtype::Int8 { .. } | Dtype::Int4 { .. } | Dtype::Q8_0 | Dtype::Q4_0);
    let (format, numbers) = (grid.word(if scaled { "scaled" } else { "format" }), grid.word("elements"));
    let mut grid = grid
        .said("numbers", row![factors, numbers])
        .said("bytes", row![format, readable(token)])
        .said("sequence", row![tokens, readable(sequence)]);
    if let Some(state) = model.recurrent {
        let numbers = state.layers.saturating_mul(state.state());
        let how = format!("{} × {}", state.layers, grouped(state.state()));
        grid = grid.said("state", row![how, readable(setup.dtype.bytes(numbers)?)]);
    }
    if model.cross_attention && elements > 0 {
        let how = grid.word("source-tokens");
        let source = cache_bytes_with_source(model, setup.dtype, 0, setup.context, 1)?;
        grid = grid.said("source", row![how, readable(source)]);
    }
    Ok(grid.said("batch", row![format!("× {}", setup.batch), readable(batch)]).table())
}

/// The model as if its states were empty: what grows with the context is left.
fn without_state(model: &ModelConfig) -> ModelConfig {
    let empty = |state: Recurrent| Recurrent { matrix: 0, last_inputs: 0, ..state };
    ModelConfig { recurrent: model.recurrent.map(empty), ..model.clone() }
}

/// The numbers of a token, as a product.
fn factors(model: &ModelConfig) -> String {
    let layers = model.attention_layers();
    match model.latent {
        Some(latent) => format!("{layers} × ({})", cached(latent, model.indexer)),
        None => format!("2 × {layers} × {} × {}", model.kv_heads, model.head_dim),
    }
}

/// What a layer with latent attention caches per token, as a sum.
pub(super) fn cached(latent: Latent, indexer: Option<Indexer>) -> String {
    let parts = [Some(latent.kv_rank), Some(latent.rope), indexer.map(|indexer| indexer.width)];
    parts.into_iter().flatten().map(|width| width.to_string()).collect::<Vec<_>>().join(" + ")
}

/// Bytes in the unit that fits.
pub(super) fn readable(bytes: u64) -> String {
    match bytes {
        0..1024 => format!("{bytes} B"),
        1024..1_048_576 => format!("{:.1} KiB", bytes as f64 / 1024.0),
        1_048_576..1_073_741_824 => format!("{:.1} MiB", gib(bytes) * 1024.0),
        _ => format!("{:.3} GiB", gib(bytes)),
    }
}

/// The number of GiB that the person typed, if the memory was given in GiB: rounded, it would be another.
pub(super) fn in_gib(setup: &Setup) -> Option<String> {
    let typed = setup.memory_typed.as_deref()?.to_lowercase();
    typed.strip_suffix("gib")?.trim().parse().ok().map(number::typed)
}

/// The memory of one device in GiB.
pub(super) fn memory_gib(setup: &Setup) -> String {
    in_gib(setup).unwrap_or_else(|| plain(gib(setup.memory)))
}

/// Sizes in GiB that are together more than the memory, and the memory: with as many digits as it takes
/// to see that.
pub(super) fn exceeding<const N: usize>(sizes: [u64; N], setup: &Setup) -> ([String; N], String) {
    /// More digits show nothing: a byte is about 1e-9 GiB.
    const MOST: usize = 10;
    let read = |shown: &String| shown.parse::<f64>().unwrap_or(f64::NAN);
    let seen = |(sizes, memory): &([String; N], String)| {
        sizes.iter().map(read).sum::<f64>() > read(memory) * (1.0 + EXACT_F64)
    };
    let plain = (sizes.map(|bytes| plain(gib(bytes))), memory_gib(setup));
    if seen(&plain) {
        return plain;
    }
    let fixed = |decimals: usize| {
        let said = |bytes: u64| format!("{:.decimals$}", gib(bytes));
        (sizes.map(said), in_gib(setup).unwrap_or_else(|| said(setup.memory)))
    };
    (2..=MOST).map(fixed).find(seen).unwrap_or(plain)
}

/// A whole number in groups of three digits.
pub(super) fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let groups = digits.as_bytes().rchunks(3).rev().map(|group| String::from_utf8_lossy(group).into_owned());
    groups.collect::<Vec<_>>().join(",")
}
