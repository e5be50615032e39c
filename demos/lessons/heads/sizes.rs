//! The calculators' tables.

use concepts::budget::{
    BudgetError, ModelConfig, TableFault, cache_bytes, cache_elements_per_token, decode_flops, gb, gib,
    parameters,
};

use super::setup::Setup;
use crate::kit::findings::{Cell, Findings, Table};
use crate::kit::knob::Refusal;
use crate::kit::text::{Text, text};

pub(super) fn sizes(setup: &Setup) -> Result<Findings, Refusal> {
    let mut f = Findings::default();
    f.words("model", Text::same(setup.model.name.clone()));
    f.number("context", setup.context as f64);
    f.number("batch", setup.batch as f64);
    f.words("dtype", Text::same(setup.dtype_name.clone()));
    let bytes = cache_bytes(&setup.model, setup.dtype, setup.context, setup.batch)?;
    f.number("cache_gib", gib(bytes));
    f.number("cache_gb", gb(bytes));
    f.formula("f_parameters", r"\text{MHA } 4\,d\,H d_h,\quad \text{GQA } 2\,d\,H d_h + 2\,d\,G d_h,\quad \text{MQA } 2\,d\,H d_h + 2\,d\,d_h", "MHA: 4·d·H·d_h    GQA: 2·d·H·d_h + 2·d·G·d_h    MQA: 2·d·H·d_h + 2·d·d_h");
    f.formula("f_cache", r"\text{bytes} = 2 \cdot L \cdot G \cdot d_h \cdot \text{bytes per number} \cdot n \cdot \text{batch}", "bytes = 2 · L · G · d_h · bytes per number · n · batch");
    f.table("parameters", attention_parameters(setup)?);
    f.table("cache_steps", steps(setup)?);
    f.table("models", models(setup)?);
    f.number("mla_heads", concepts::budget::find("deepseek-v3")?.config.heads as f64);
    f.table("mla", latent(setup)?);
    Ok(f)
}

pub(super) fn words(words: impl Into<String>) -> Cell {
    Cell::Words(Text::same(words))
}

/// The model with another number of key/value heads. Heads of latent attention have keys wider than their
/// values: the mean width gives the same cache.
pub(super) fn with_heads(model: &ModelConfig, kv_heads: u64) -> ModelConfig {
    let head_dim =
        model.latent.map_or(model.head_dim, |latent| (latent.nope + latent.rope + latent.value) / 2);
    ModelConfig { kv_heads, head_dim, latent: None, ..model.clone() }
}

/// MHA, the model's own layout or GQA with 8 heads, and MQA.
pub(super) fn layouts(model: &ModelConfig) -> Vec<(String, ModelConfig)> {
    let mut heads = vec![model.heads, model.kv_heads, 8, 1];
    heads.retain(|g| model.heads.is_multiple_of(*g));
    heads.sort_unstable_by(|a, b| b.cmp(a));
    heads.dedup();
    heads.into_iter().map(|g| (layout_name(g, model.heads), with_heads(model, g))).collect()
}

/// What `g` key/value heads for so many query heads are called.
pub(super) fn layout_name(g: u64, heads: u64) -> String {
    match g {
        1 if heads > 1 => "MQA".into(),
        g if g == heads => "MHA".into(),
        g => format!("GQA-{g}"),
    }
}

fn attention_parameters(setup: &Setup) -> Result<Table, BudgetError> {
    let rows = layouts(&setup.model).into_iter().map(|(name, model)| {
        let (h, g, d_h, d) =
            (model.heads as f64, model.kv_heads as f64, model.head_dim as f64, model.d_model as f64);
        let (qkv, output) = (d * h * d_h + 2.0 * d * g * d_h, h * d_h * d);
        let total = parameters(&model)?.total() as f64;
        Ok(vec![
            words(name),
            Cell::Number(g),
            Cell::Number(qkv),
            Cell::Number(output),
            Cell::Number(qkv + output),
            Cell::Number(total),
        ])
    });
    Ok(Table {
        caption: Text::new(
            format!("{}: parameters of one attention layer, and of the model", setup.model.name),
            format!("{}：一个注意力层与整个模型的参数量", setup.model.name),
        ),
        head: vec![
            text("layout", "结构"),
            text("kv heads", "KV 头"),
            Text::same("Q, K, V"),
            Text::same("W_O"),
            text("layer", "一层"),
            text("model", "模型"),
        ],
        rows: rows.collect::<Result<_, BudgetError>>()?,
    })
}

/// Bytes in the unit that fits.
fn readable(bytes: u64) -> String {
    match bytes {
        0..1_048_576 => format!("{:.1} KiB", bytes as f64 / 1024.0),
        1_048_576..1_073_741_824 => format!("{:.1} MiB", gib(bytes) * 1024.0),
        _ => format!("{:.3} GiB", gib(bytes)),
    }
}

/// The formula, factor by factor.
fn steps(setup: &Setup) -> Result<Table, BudgetError> {
    let model = &setup.model;
    let elements = cache_elements_per_token(model);
    let token = setup.dtype.bytes(elements)?;
    let sequence = cache_bytes(model, setup.dtype, setup.context, 1)?;
    let batch = cache_bytes(model, setup.dtype, setup.context, setup.batch)?;
    let numbers = match (model.latent, elements) {
        (_, 0) => text("an encoder keeps no cache", "编码器没有缓存"),
        (Some(latent), _) => Text::same(format!("{} × ({} + {})", model.layers, latent.kv_rank, latent.rope)),
        (None, _) => Text::same(format!("2 × {} × {} × {}", model.layers, model.kv_heads, model.head_dim)),
    };
    let row = |what: Text, how: Text, value: u64| {
        vec![what.into(), how.into(), Cell::Number(value as f64), words(readable(value))]
    };
    let window = match model.window {
        Some(window) => Text::new(
            format!("× {} tokens, windows of {}", setup.context, window.size),
            format!("× {} 个 token，窗口 {}", setup.context, window.size),
        ),
        None => Text::new(format!("× {} tokens", setup.context), format!("× {} 个 token", setup.context)),
    };
    Ok(Table {
        caption: text("From one token to the whole batch", "从一个 token 到整个 batch"),
        head: vec![
            text("what", "项目"),
            text("how", "怎么算"),
            text("numbers or bytes", "个数或字节"),
            text("as bytes", "换算"),
        ],
        rows: vec![
            vec![
                text("numbers a token", "每个 token 多少个数").into(),
                numbers.into(),
                Cell::Number(elements as f64),
                words(""),
            ],
            row(
                text("bytes a token", "每个 token 的字节"),
                Text::new(format!("in {}", setup.dtype_name), setup.dtype_name.clone()),
                token,
            ),
            row(text("a sequence", "一个序列"), window, sequence),
            row(text("the batch", "整个 batch"), Text::same(format!("× {}", setup.batch)), batch),
        ],
    })
}

fn models(setup: &Setup) -> Result<Table, BudgetError> {
    let rows = setup.compared.iter().map(|row| {
        let model = &row.config;
        let layout = match model.latent {
            Some(_) => "MLA".into(),
            None => layout_name(model.kv_heads, model.heads),
        };
        let token = setup.dtype.bytes(cache_elements_per_token(model))?;
        let bytes = |model: &ModelConfig| cache_bytes(model, setup.dtype, setup.context, 1).map(gib);
        let cached = match model.latent {
            Some(latent) => format!("{} + {}", latent.kv_rank, latent.rope),
            None => format!("{} × {}", model.kv_heads, model.head_dim),
        };
        Ok(vec![
            words(model.name.clone()),
            words(layout),
            Cell::Number(model.heads as f64),
            words(cached),
            Cell::Number(token as f64 / 1024.0),
            Cell::Number(bytes(model)?),
            Cell::Number(bytes(&with_heads(model, model.heads))?),
            words(format!("{}{}", row.source, if row.unverified.is_empty() { "" } else { " *" })),
        ])
    });
    Ok(Table {
        caption: Text::new(
            format!(
                "Published models in {}: KiB a token, GiB for {} tokens, and GiB if they were MHA",
                setup.dtype_name, setup.context
            ),
            format!(
                "公开模型，{}：每个 token 的 KiB，{} 个 token 的 GiB，以及换成 MHA 时的 GiB",
                setup.dtype_name, setup.context
            ),
        ),
        head: vec![
            text("model", "模型"),
            text("layout", "结构"),
            text("heads", "头数"),
            text("kv heads × dim", "KV 头 × 维"),
            Text::same("KiB"),
            text("GiB", "GiB"),
            text("as MHA", "若 MHA"),
            text("source", "来源"),
        ],
        rows: rows.collect::<Result<_, BudgetError>>()?,
    })
}

fn latent(setup: &Setup) -> Result<Table, BudgetError> {
    let deepseek = concepts::budget::find("deepseek-v3")?.config.clone();
    let Some(wide) = deepseek.latent else {
        return Err(BudgetError::Table { reason: TableFault::LacksField { id: "deepseek-v3".into() } });
    };
    let rows = [
        ("MLA", deepseek.clone()),
        ("GQA-8", with_heads(&deepseek, 8)),
        ("MQA", with_heads(&deepseek, 1)),
        ("MHA", with_heads(&deepseek, deepseek.heads)),
    ]
    .into_iter()
    .map(|(name, model)| {
        let elements = cache_elements_per_token(&model) / model.layers;
        let bytes = cache_bytes(&model, setup.dtype, setup.context, 1)?;
        let how = match model.latent {
            Some(latent) => format!("{} + {}", latent.kv_rank, latent.rope),
            None => format!("{} × ({} + {})", model.kv_heads, wide.nope + wide.rope, wide.value),
        };
        Ok(vec![
            words(name),
            words(how),
            Cell::Number(elements as f64),
            Cell::Number(gib(bytes)),
            Cell::Number(decode_flops(&model, setup.context)?.attention as f64 / bytes as f64),
        ])
    });
    Ok(Table {
        caption: Text::new(
            format!("DeepSeek-V3 with other layouts, {} tokens", setup.context),
            format!("DeepSeek-V3 换用其他结构，{} 个 token", setup.context),
        ),
        head: vec![
            text("layout", "结构"),
            text("numbers a token and layer", "每层每 token 多少个数"),
            text("that is", "合计"),
            Text::same("GiB"),
            text("FLOP/byte", "FLOP/字节"),
        ],
        rows: rows.collect::<Result<_, BudgetError>>()?,
    })
}
