//! The calculators' tables.

use concepts::model::{
    Dtype, ModelConfig, ModelError, accelerator, cache_bytes, cache_elements_per_token, gb, gib,
    largest_batch, largest_context, parameters,
};

use super::setup::{Setup, refused};
use crate::kit::findings::{Cell, Findings, Table};
use crate::kit::knob::Refusal;
use crate::kit::number::plain;
use crate::kit::text::{Text, text};

pub(super) fn sizes(setup: &Setup) -> Result<Findings, Refusal> {
    let mut f = Findings::default();
    f.words("model", Text::same(setup.model.name.clone()));
    f.number("context", setup.context as f64);
    f.number("batch", setup.batch as f64);
    f.words("dtype", Text::same(setup.dtype_name.clone()));
    let bytes = cache_bytes(&setup.model, setup.dtype, setup.context, setup.batch).map_err(refused)?;
    f.number("cache_gib", gib(bytes));
    f.number("cache_gb", gb(bytes));
    f.formula("f_parameters", r"\text{MHA } 4\,d\,H d_h,\quad \text{GQA } 2\,d\,H d_h + 2\,d\,G d_h,\quad \text{MQA } 2\,d\,H d_h + 2\,d\,d_h", "MHA: 4·d·H·d_h    GQA: 2·d·H·d_h + 2·d·G·d_h    MQA: 2·d·H·d_h + 2·d·d_h");
    f.formula("f_cache", r"\text{bytes} = 2 \cdot L \cdot G \cdot d_h \cdot \text{bytes per number} \cdot n \cdot \text{batch}", "bytes = 2 · L · G · d_h · bytes per number · n · batch");
    f.formula("f_intensity", r"\frac{\text{operations}}{\text{bytes}} = \frac{4\,H\,d_h\,n}{2\,G\,d_h\,n \cdot 2} = \frac{H}{G} \text{ in bf16}", "operations / bytes = 4·H·d_h·n / (2·G·d_h·n · 2) = H/G in bf16");
    f.table("parameters", attention_parameters(setup).map_err(refused)?);
    f.table("cache_steps", steps(setup).map_err(refused)?);
    f.table("models", models(setup).map_err(refused)?);
    f.table("decode", decode(setup).map_err(refused)?);
    f.table("mla", latent(setup).map_err(refused)?);
    f.table("fits", fits(setup).map_err(refused)?);
    Ok(f)
}

fn words(words: impl Into<String>) -> Cell {
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
    let name = |g: u64| match g {
        1 => "MQA".to_string(),
        g if g == model.heads => "MHA".to_string(),
        g => format!("GQA-{g}"),
    };
    heads.into_iter().map(|g| (name(g), with_heads(model, g))).collect()
}

fn attention_parameters(setup: &Setup) -> Result<Table, ModelError> {
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
            text("layout", "设计"),
            text("kv heads", "KV 头"),
            Text::same("Q, K, V"),
            Text::same("W_O"),
            text("layer", "一层"),
            text("model", "模型"),
        ],
        rows: rows.collect::<Result<_, ModelError>>()?,
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
fn steps(setup: &Setup) -> Result<Table, ModelError> {
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
            text("what", "内容"),
            text("how", "算法"),
            text("numbers or bytes", "个数或字节"),
            text("as bytes", "若按字节"),
        ],
        rows: vec![
            vec![
                text("numbers a token", "每个 token 的数").into(),
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

fn models(setup: &Setup) -> Result<Table, ModelError> {
    let rows = setup.compared.iter().map(|model| {
        let layout = match (model.latent, model.kv_heads) {
            (Some(_), _) => "MLA",
            (None, 1) => "MQA",
            (None, g) if g == model.heads => "MHA",
            _ => "GQA",
        };
        let token = setup.dtype.bytes(cache_elements_per_token(model))?;
        let bytes = |model: &ModelConfig| cache_bytes(model, setup.dtype, setup.context, 1).map(gib);
        let kv_heads =
            if model.latent.is_some() { words("–") } else { Cell::Number(model.kv_heads as f64) };
        Ok(vec![
            words(model.name.clone()),
            words(layout),
            Cell::Number(model.heads as f64),
            kv_heads,
            Cell::Number(model.head_dim as f64),
            Cell::Number(token as f64 / 1024.0),
            Cell::Number(bytes(model)?),
            Cell::Number(bytes(&with_heads(model, model.heads))?),
        ])
    });
    Ok(Table {
        caption: Text::new(
            format!("Published models, {} tokens in {}", setup.context, setup.dtype_name),
            format!("公开模型，{} 个 token，{}", setup.context, setup.dtype_name),
        ),
        head: vec![
            text("model", "模型"),
            text("layout", "设计"),
            text("heads", "头数"),
            text("kv heads", "KV 头"),
            text("head dim", "头维"),
            text("KiB a token", "KiB/token"),
            text("GiB", "GiB"),
            text("GiB if MHA", "若为 MHA"),
        ],
        rows: rows.collect::<Result<_, ModelError>>()?,
    })
}

/// One decoded token for the whole batch on an H100, bound by its memory.
fn decode(setup: &Setup) -> Result<Table, ModelError> {
    let h100 = accelerator("h100")?;
    let (speed, ridge) = (h100.bandwidth / 1e12, h100.ridge().unwrap_or(f64::INFINITY));
    let rows = layouts(&setup.model).into_iter().map(|(name, model)| {
        let weights = 2.0 * parameters(&model)?.active() as f64;
        let cache = cache_bytes(&model, setup.dtype, setup.context, setup.batch)? as f64;
        let milliseconds = |bytes: f64| bytes / h100.bandwidth * 1e3;
        let intensity = model.heads as f64 / model.kv_heads as f64;
        let rate = setup.batch as f64 / (milliseconds(weights + cache) / 1e3);
        Ok(vec![
            words(name),
            Cell::Number(intensity),
            Cell::Number(milliseconds(weights)),
            Cell::Number(milliseconds(cache)),
            Cell::Number(rate),
        ])
    });
    Ok(Table {
        caption: Text::new(
            format!(
                "One step of decoding, batch {}, {} tokens each, on an {} ({speed} TB/s; it computes {ridge:.0} operations in the time of one byte)",
                setup.batch, setup.context, h100.name
            ),
            format!(
                "{}（{speed} TB/s，读 1 字节的时间可做 {ridge:.0} 次运算）上解码一步：{} 个序列、各 {} 个 token",
                h100.name, setup.batch, setup.context
            ),
        ),
        head: vec![
            text("layout", "设计"),
            text("operations a byte of cache", "每字节缓存的运算"),
            text("weights, ms", "读权重 ms"),
            text("cache, ms", "读缓存 ms"),
            text("tokens/s at most", "token/s 上限"),
        ],
        rows: rows.collect::<Result<_, ModelError>>()?,
    })
}

fn latent(setup: &Setup) -> Result<Table, ModelError> {
    let deepseek = concepts::model::find("deepseek-v3")?.config.clone();
    let Some(wide) = deepseek.latent else {
        return Err(ModelError::Table { reason: "deepseek-v3 is latent".into() });
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
        let how = match model.latent {
            Some(latent) => format!("{} + {}", latent.kv_rank, latent.rope),
            None => format!("{} × ({} + {})", model.kv_heads, wide.nope + wide.rope, wide.value),
        };
        Ok(vec![
            words(name),
            words(how),
            Cell::Number(elements as f64),
            Cell::Number(gib(cache_bytes(&model, setup.dtype, setup.context, 1)?)),
        ])
    });
    Ok(Table {
        caption: Text::new(
            format!("DeepSeek-V3 with other layouts, {} tokens", setup.context),
            format!("DeepSeek-V3 换用其他设计，{} 个 token", setup.context),
        ),
        head: vec![
            text("layout", "设计"),
            text("numbers a token and layer", "每层每 token 的数"),
            text("that is", "即"),
            Text::same("GiB"),
        ],
        rows: rows.collect::<Result<_, ModelError>>()?,
    })
}

fn fits(setup: &Setup) -> Result<Table, ModelError> {
    let rows =
        [("bf16", Dtype::Bf16, 2.0), ("fp8", Dtype::Fp8, 1.0)].into_iter().map(|(name, dtype, bytes)| {
            let weights = (parameters(&setup.model)?.total() as f64 * bytes) as u64;
            let free = setup.memory.saturating_sub(weights);
            let (batch, context) = if free == 0 {
                (0, 0)
            } else {
                (
                    largest_batch(&setup.model, dtype, setup.context, free)?,
                    largest_context(&setup.model, dtype, setup.batch, free)?,
                )
            };
            let batch = if batch == u64::MAX { words("∞") } else { Cell::Number(batch as f64) };
            Ok(vec![
                words(name),
                Cell::Number(gib(weights)),
                Cell::Number(gib(free)),
                batch,
                Cell::Number(context as f64),
            ])
        });
    Ok(Table {
        caption: Text::new(
            format!(
                "{} in {} GiB, weights and cache both in the dtype; nothing set aside for activations",
                setup.model.name,
                plain(gib(setup.memory))
            ),
            format!(
                "{}，显存 {} GiB，权重与缓存同一格式；未给激活留余量",
                setup.model.name,
                plain(gib(setup.memory))
            ),
        ),
        head: vec![
            text("dtype", "格式"),
            text("weights, GiB", "权重 GiB"),
            text("left, GiB", "剩余 GiB"),
            Text::new(
                format!("largest batch at {}", setup.context),
                format!("{} 时最大 batch", setup.context),
            ),
            Text::new(
                format!("longest context at batch {}", setup.batch),
                format!("batch {} 时最长上下文", setup.batch),
            ),
        ],
        rows: rows.collect::<Result<_, ModelError>>()?,
    })
}
