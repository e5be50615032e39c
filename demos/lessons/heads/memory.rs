//! What fits into a memory: for writing, and for training.

use concepts::budget::{
    BudgetError, Dtype, Kind, Recompute, Zero, activation_bytes_per_layer, free_memory, gib, largest_batch,
    largest_context, parameters, prefill_flops, training_state, weight_bytes,
};

use super::setup::{GROUP, Setup};
use super::sizes::words;
use crate::kit::findings::{Cell, Findings, Table};
use crate::kit::knob::Refusal;
use crate::kit::number::plain;
use crate::kit::text::{Lang, Text, text};

pub(super) fn memory(setup: &Setup) -> Result<Findings, Refusal> {
    let mut f = Findings::default();
    f.table("fits", fits(setup)?);
    f.formula("f_training", r"16N = 2N + 2N + (4 + 4 + 4)N", "16·N = 2·N + 2·N + (4 + 4 + 4)·N");
    f.number("devices", setup.devices as f64);
    f.table("training", training(setup)?);
    f.note("devices_needed", Some(devices_needed(setup)?));
    f.formula(
        "f_activations",
        r"n\,b\,d\,\left(34 + 5\,\frac{H n}{d}\right) \;\to\; 34\,n\,b\,d \;\to\; 2\,n\,b\,d",
        "n·b·d·(34 + 5·H·n/d)  →  34·n·b·d  →  2·n·b·d",
    );
    f.table("activations", activations(setup)?);
    Ok(f)
}

/// The memory, and where its size comes from.
fn named(setup: &Setup) -> Text {
    let size = plain(gib(setup.memory));
    match setup.memory_given {
        true => Text::same(format!("{size} GiB")),
        false => {
            let name = setup.accelerator.name;
            Text::new(format!("{size} GiB ({name})"), format!("{size} GiB（{name}）"))
        }
    }
}

fn fits(setup: &Setup) -> Result<Table, BudgetError> {
    let (model, cache) = (&setup.model, setup.dtype);
    let formats = [("bf16", Dtype::Bf16), ("fp8", Dtype::Fp8), ("int4", Dtype::Int4 { group: GROUP })];
    let memory = named(setup);
    let rows = formats.into_iter().map(|(name, weights)| {
        let needed = Cell::Number(gib(weight_bytes(model, weights)?));
        let free = match free_memory(model, weights, setup.memory) {
            Ok(free) => free,
            Err(BudgetError::WeightsDoNotFit { .. }) => {
                return Ok(vec![words(name), needed, words("–"), words("–"), words("–")]);
            }
            Err(error) => return Err(error),
        };
        let mut row = vec![words(name), needed, Cell::Number(gib(free))];
        if model.kind == Kind::Encoder {
            row.extend([text("no cache", "无缓存").into(), words("–")]);
            return Ok(row);
        }
        row.push(Cell::Number(largest_batch(model, cache, setup.context, free)? as f64));
        row.push(Cell::Number(largest_context(model, cache, setup.batch, free)? as f64));
        Ok(row)
    });
    Ok(Table {
        caption: Text::new(
            format!(
                "{} in {}, cache in {}, contexts up to its own {}; nothing set aside for activations, – where the weights alone are too large",
                model.name,
                memory.get(Lang::En),
                setup.dtype_name,
                model.context
            ),
            format!(
                "{}，显存 {}，缓存 {}，上下文不超过模型上限 {}；没给激活留余量，– 表示光权重就装不下",
                model.name,
                memory.get(Lang::Zh),
                setup.dtype_name,
                model.context
            ),
        ),
        head: vec![
            text("weights in", "权重格式"),
            text("weights, GiB", "权重 GiB"),
            text("left, GiB", "剩余 GiB"),
            Text::new(
                format!("largest batch at {}", setup.context),
                format!("最大 batch（上下文 {}）", setup.context),
            ),
            Text::new(
                format!("longest context at batch {}", setup.batch),
                format!("最长上下文（batch {}）", setup.batch),
            ),
        ],
        rows: rows.collect::<Result<_, BudgetError>>()?,
    })
}

/// Sixteen bytes a parameter, and what each stage of ZeRO splits.
fn training(setup: &Setup) -> Result<Table, BudgetError> {
    let all = parameters(&setup.model)?.total();
    let stages = [
        (text("nothing split", "不切分"), Zero::Nothing),
        (text("ZeRO-1: optimiser", "ZeRO-1：优化器"), Zero::Optimizer),
        (text("ZeRO-2: and gradients", "ZeRO-2：再加梯度"), Zero::Gradients),
        (text("ZeRO-3: and weights", "ZeRO-3：再加权重"), Zero::Weights),
    ];
    let rows = stages.into_iter().map(|(name, zero)| {
        let state = training_state(all, zero, setup.devices)?;
        let fits = if state.total() <= setup.memory { text("yes", "是") } else { text("no", "否") };
        let sizes = [state.weights, state.gradients, state.optimizer, state.total()];
        let sizes = sizes.map(|bytes| Cell::Number(gib(bytes)));
        Ok(std::iter::once(name.into()).chain(sizes).chain([fits.into()]).collect())
    });
    Ok(Table {
        caption: Text::new(
            format!(
                "Training {} on {} devices, GiB on each, before activations",
                setup.model.name, setup.devices
            ),
            format!("在 {} 张卡上训练 {}：每张卡的 GiB（不含激活）", setup.devices, setup.model.name),
        ),
        head: vec![
            text("split", "切分"),
            text("weights", "权重"),
            text("gradients", "梯度"),
            text("optimiser", "优化器"),
            text("together", "合计"),
            Text::new(
                format!("fits {} GiB", plain(gib(setup.memory))),
                format!("{} GiB 装得下", plain(gib(setup.memory))),
            ),
        ],
        rows: rows.collect::<Result<_, BudgetError>>()?,
    })
}

/// The fewest devices whose memory holds the training state.
fn devices_needed(setup: &Setup) -> Result<Text, BudgetError> {
    let whole = training_state(parameters(&setup.model)?.total(), Zero::Nothing, 1)?.total();
    let devices = whole.div_ceil(setup.memory.max(1));
    let (size, memory) = (plain(gib(whole)), plain(gib(setup.memory)));
    Ok(Text::new(
        format!(
            "All of it is {size} GiB: with memories of {memory} GiB that is at least {devices} with everything split, before a single activation."
        ),
        format!("总共 {size} GiB：按每张卡 {memory} GiB，全部切开也至少要 {devices} 张，激活还一点没算。"),
    ))
}

/// Activations that are kept for the backward pass, and what computing them again costs.
fn activations(setup: &Setup) -> Result<Table, BudgetError> {
    let (model, n, batch) = (&setup.model, setup.context, setup.batch);
    let flops = match model.kind {
        Kind::Decoder => Some(prefill_flops(model, n)?),
        _ => None,
    };
    // Backward is twice forward; what is computed again is part of one more forward pass.
    let more = |again: f64| words(format!("{:.1}%", 100.0 * again / 3.0));
    let core = flops.map_or(words("–"), |flops| more(flops.attention as f64 / flops.total() as f64));
    let kinds = [
        (text("nothing", "不做"), Recompute::Nothing, more(0.0)),
        (text("core of attention", "只算注意力核心"), Recompute::Attention, core),
        (text("whole layers", "整层"), Recompute::Layer, more(1.0)),
    ];
    let layers = model.layers.saturating_add(model.encoder_layers);
    let rows = kinds.into_iter().map(|(name, recompute, more)| {
        let bytes = activation_bytes_per_layer(n, batch, model.d_model, model.heads, recompute);
        let size = |bytes: Option<u64>| bytes.map_or(words("> 2⁶⁴"), |bytes| Cell::Number(gib(bytes)));
        let all = bytes.as_ref().ok().and_then(|bytes| bytes.checked_mul(layers));
        vec![name.into(), size(bytes.ok()), size(all), more]
    });
    Ok(Table {
        caption: Text::new(
            format!(
                "Activations of {batch} × {n} tokens, {} heads, width {}, one device, counted as for GPT's layer",
                model.heads, model.d_model
            ),
            format!(
                "{batch} × {n} 个 token 的激活：{} 个头、宽度 {}、单卡，按 GPT 的层计",
                model.heads, model.d_model
            ),
        ),
        head: vec![
            text("recomputed", "重计算"),
            text("kept a layer, GiB", "每层保留 GiB"),
            Text::new(format!("in {layers} layers, GiB"), format!("{layers} 层共 GiB")),
            text("more to compute", "额外计算"),
        ],
        rows: rows.collect(),
    })
}
