//! Operations, bytes, and how fast text can be written.

use concepts::budget::{
    ACCELERATORS, Accelerator, BudgetError, Dtype, Flops, Kind, ModelConfig, StepCost, decode_cost,
    decode_flops, prefill_cost, prefill_flops, published,
};

use super::limits;
use super::setup::Setup;
use super::sizes::{layout_name, layouts, with_heads, words};
use crate::kit::findings::{Cell, Findings, Table};
use crate::kit::knob::Refusal;
use crate::kit::number::plain;
use crate::kit::text::{Text, text};

/// Weights are read in this format, whatever the cache is stored in.
pub(super) const WEIGHTS: Dtype = Dtype::Bf16;
/// A batch as a server has it: small ones hide what sharing is for.
pub(super) const SERVED: u64 = 64;

pub(super) fn speed(setup: &Setup) -> Result<Findings, Refusal> {
    let mut f = Findings::default();
    let on = setup.accelerator;
    f.words("accelerator", Text::same(on.name));
    f.words("accelerator_source", Text::same(on.source));
    f.number("bandwidth", on.bandwidth / 1e12);
    f.words("ridge", on.ridge().map_or(text("not printed", "厂商未公布"), |ridge| Text::same(plain(ridge))));
    f.formula(
        "f_flops",
        r"\text{FLOPs per token} = 2N + 2\,L\,H\,(d_k + d_v)\,n",
        "FLOPs per token = 2·N + 2·L·H·(d_k + d_v)·n",
    );
    f.formula(
        "f_roofline",
        r"t \ge \max\!\left(\frac{\text{bytes}}{\text{bandwidth}}, \frac{\text{FLOPs}}{\text{peak}}\right),\quad \text{ridge} = \frac{\text{peak}}{\text{bandwidth}}",
        "time ≥ max(bytes / bandwidth, FLOPs / peak)    ridge = peak / bandwidth",
    );
    f.formula("f_intensity", r"\frac{4\,H\,d_h\,n}{2\,G\,d_h\,n \cdot \beta} = \frac{2}{\beta}\cdot\frac{H}{G} \quad (\text{bf16: } \beta = 2)", "4·H·d_h·n / (2·G·d_h·n·β) = 2/β · H/G    (bf16: β = 2)");
    f.number("served", SERVED.max(setup.batch) as f64);
    f.number("largest_group", largest_group());
    f.number(
        "lowest_ridge",
        ACCELERATORS.iter().filter_map(Accelerator::ridge).fold(f64::INFINITY, f64::min),
    );
    if setup.model.kind == Kind::Decoder {
        f.table("flops", flops(setup)?);
        f.note("crossover", crossover(setup)?);
        f.table("roofline", roofline(setup)?);
        f.table("decode", sharing(setup)?);
        f.note("limits", Some(limits::limits(setup)?));
    } else {
        ["flops", "roofline", "decode"].into_iter().for_each(|id| f.table(id, silent(setup)));
        ["crossover", "limits"].into_iter().for_each(|id| f.note(id, None));
    }
    f.figure(limits::floor(setup)?);
    Ok(f)
}

/// The most query heads that share one key/value head in a published model.
fn largest_group() -> f64 {
    let groups = published().iter().map(|row| &row.config).filter(|model| model.latent.is_none());
    groups.map(|model| model.heads as f64 / model.kv_heads as f64).fold(0.0, f64::max)
}

/// In the place of a table about writing, for a model that does not write from one stack.
fn silent(setup: &Setup) -> Table {
    let why = match setup.model.kind {
        Kind::Encoder => text(
            "an encoder reads everything at once and writes nothing token by token",
            "编码器一次读完全部输入，不逐 token 生成",
        ),
        _ => text(
            "two stacks with lengths of their own: give a decoder to count steps",
            "编码器、解码器两个栈的长度各不相同；要算解码步，请换一个 decoder-only 模型",
        ),
    };
    Table {
        caption: text("No steps to count", "没有解码步可算"),
        head: vec![text("model", "模型"), text("why", "原因")],
        rows: vec![vec![words(setup.model.name.clone()), why.into()]],
    }
}

/// Operations of one token, while reading and while writing.
fn flops(setup: &Setup) -> Result<Table, BudgetError> {
    let (model, n) = (&setup.model, setup.context);
    let row = |what: Text, flops: Flops, tokens: u64| {
        let giga = |operations: u128| operations as f64 / tokens as f64 / 1e9;
        let share = flops.attention as f64 / flops.total() as f64;
        vec![
            what.into(),
            Cell::Number(giga(flops.weights)),
            Cell::Number(giga(flops.attention)),
            Cell::Number(giga(flops.total())),
            words(format!("{:.1}%", 100.0 * share)),
        ]
    };
    Ok(Table {
        caption: Text::new(
            format!("{}: operations of one token, in GFLOP", model.name),
            format!("{}：每个 token 的运算量（GFLOP）", model.name),
        ),
        head: vec![
            text("token", "token"),
            text("weights", "权重部分"),
            text("attention", "注意力核心"),
            text("together", "合计"),
            text("attention is", "注意力占比"),
        ],
        rows: vec![
            row(
                Text::new(
                    format!("read, mean over a prompt of {n}"),
                    format!("prefill（{n} 个 token 的平均）"),
                ),
                prefill_flops(model, n)?,
                n,
            ),
            row(
                Text::new(format!("written after {n}"), format!("解码（已有 {n} 个）")),
                decode_flops(model, n)?,
                1,
            ),
        ],
    })
}

/// The context at which attention costs as much as the weights, where every layer sees everything.
fn crossover(setup: &Setup) -> Result<Option<Text>, BudgetError> {
    if setup.model.window.is_some() {
        return Ok(None);
    }
    let one = decode_flops(&setup.model, 1)?;
    let equal = one.weights as f64 / one.attention as f64;
    Ok(Some(Text::new(
        format!(
            "For a token that is written, attention costs as much as the weights at a context of {equal:.0} tokens. Far below that, \"2N a token\" is the answer."
        ),
        format!(
            "上下文到 {equal:.0} 个 token，解码时注意力的运算才和权重部分一样多；比这短得多时，答“每个 token 约 2N”就够了。"
        ),
    )))
}

/// Reading a prompt and writing a token, each against both limits of the accelerator.
fn roofline(setup: &Setup) -> Result<Table, BudgetError> {
    let (model, n, batch, on) = (&setup.model, setup.context, setup.batch, setup.accelerator);
    let row = |what: Text, step: StepCost| {
        let arithmetic = step.arithmetic_seconds(on);
        vec![
            what.into(),
            Cell::Number(step.flops as f64 / 1e12),
            Cell::Number(step.bytes() as f64 / 1e9),
            Cell::Number(step.intensity()),
            Cell::Number(1e3 * step.memory_seconds(on)),
            arithmetic.map_or(words("–"), |seconds| Cell::Number(1e3 * seconds)),
            decides(step.memory_seconds(on), arithmetic).into(),
            match arithmetic {
                Some(_) => Cell::Number(step.tokens_per_second(on)),
                None => words(format!("≤ {}", plain(step.tokens_per_second(on)))),
            },
        ]
    };
    Ok(Table {
        caption: Text::new(
            format!(
                "Batch {batch}, weights in bf16, on one {}: ms for memory and for compute, the slower decides",
                on.name
            ),
            format!("batch {batch}，权重 bf16，一张 {}：访存与计算各要多少 ms，慢的那个是瓶颈", on.name),
        ),
        head: vec![
            text("pass", "阶段"),
            Text::same("TFLOP"),
            Text::same("GB"),
            Text::same("FLOP/B"),
            text("mem ms", "访存 ms"),
            text("comp ms", "计算 ms"),
            text("decides", "瓶颈"),
            Text::same("token/s"),
        ],
        rows: vec![
            row(
                Text::new(format!("read {n}"), format!("prefill {n}")),
                prefill_cost(model, WEIGHTS, setup.dtype, n, batch)?,
            ),
            row(text("write", "解码"), decode_cost(model, WEIGHTS, setup.dtype, n, batch)?),
        ],
    })
}

fn decides(memory: f64, arithmetic: Option<f64>) -> Text {
    match arithmetic {
        Some(arithmetic) if arithmetic > memory => text("compute", "计算"),
        Some(_) => text("memory", "访存"),
        // Only one of the two limits is known.
        None => Text::same("–"),
    }
}

/// With more heads than this only the usual layouts are shown.
const MOST_HEADS: u64 = 256;

/// The model as it is if its attention is latent, and with every number of key/value heads that divides its
/// heads.
pub(super) fn shared(model: &ModelConfig) -> Vec<(String, ModelConfig)> {
    let own = model.latent.map(|_| ("MLA".to_string(), model.clone()));
    if model.heads > MOST_HEADS {
        return own.into_iter().chain(layouts(model)).collect();
    }
    let divisors = (1..=model.heads).rev().filter(|&g| model.heads.is_multiple_of(g));
    own.into_iter().chain(divisors.map(|g| (layout_name(g, model.heads), with_heads(model, g)))).collect()
}

/// The batches of the table: the person's own, and one as a server has it.
fn batches(setup: &Setup) -> Vec<u64> {
    let mut batches = vec![setup.batch, setup.batch.max(SERVED)];
    batches.dedup();
    batches
}

/// One step of writing as key/value heads are shared by more and more query heads.
fn sharing(setup: &Setup) -> Result<Table, BudgetError> {
    let (n, on) = (setup.context, setup.accelerator);
    let batches = batches(setup);
    let rows = shared(&setup.model).into_iter().map(|(name, model)| {
        let step = |batch| decode_cost(&model, WEIGHTS, setup.dtype, n, batch);
        let (one, core) = (step(1)?, decode_flops(&model, n)?.attention as f64);
        let mut row = vec![
            words(if model.latent == setup.model.latent && model.kv_heads == setup.model.kv_heads {
                format!("{name} ←")
            } else {
                name
            }),
            Cell::Number(one.cache_bytes as f64 / 1e9),
            Cell::Number(core / 1e9),
            Cell::Number(core / one.cache_bytes as f64),
        ];
        for &batch in &batches {
            row.push(Cell::Number(1e3 * step(batch)?.seconds(on)));
        }
        let most = step(batches[batches.len() - 1])?;
        row.push(Cell::Number(most.tokens_per_second(on)));
        Ok(row)
    });
    let mut head =
        vec![text("layout", "结构"), Text::same("GB"), Text::same("GFLOP"), text("FLOP/byte", "FLOP/字节")];
    let step = |batch| Text::same(format!("ms, batch {batch}"));
    head.extend(batches.iter().map(step));
    let most = batches[batches.len() - 1];
    head.push(text("tokens/s", "token/s"));
    Ok(Table {
        caption: Text::new(
            format!(
                "One step after {n} tokens on one {}: GB of cache and GFLOP of attention for one sequence, ms of a step, tokens/s at batch {most}; ← as the model is",
                on.name
            ),
            format!(
                "一张 {} 上、已有 {n} 个 token 时解码一步：单个序列的缓存 GB 与注意力 GFLOP，一步的 ms，batch {most} 时的 token/s；← 是模型本来的结构",
                on.name
            ),
        ),
        head,
        rows: rows.collect::<Result<_, BudgetError>>()?,
    })
}
