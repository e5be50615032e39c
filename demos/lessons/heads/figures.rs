//! The pictures.

use concepts::budget::{cache_bytes, gib};
use ndarray::Array2;

use super::experiments::sharing::{HEADS, Weight, readers};
use super::setup::Setup;
use super::sizes::layouts;
use crate::kit::figure::{Axis, Figure, Heat, Plot, Series};
use crate::kit::knob::Refusal;
use crate::kit::text::{Text, text};

pub(super) fn figures(setup: &Setup) -> Result<Vec<Figure>, Refusal> {
    Ok(vec![sharing(setup.seed), growth(setup)?])
}

/// Query heads against the key/value heads of three layouts: who moves when a key head is changed.
fn sharing(seed: u64) -> Figure {
    let layouts = [("MHA", HEADS), ("GQA", 2), ("MQA", 1)];
    let names = layouts.iter().flat_map(|&(name, g)| (1..=g).map(move |g| format!("{name} {g}")));
    let moved = layouts
        .map(|(_, kv_heads)| readers(kv_heads, Weight::Key, seed).mapv(|reads| f64::from(u8::from(reads))));
    let columns = moved.iter().flat_map(|layout| layout.columns());
    let mut data = Array2::zeros((HEADS, moved.iter().map(Array2::ncols).sum()));
    data.columns_mut().into_iter().zip(columns).for_each(|(mut to, from)| to.assign(&from));
    Figure {
        id: "sharing",
        title: text(
            "Which key/value head each query head reads: its own, its group's, the only one",
            "每个 query 头读哪个 KV 头：自己的、本组的、唯一的",
        ),
        description: text(
            "Heat map. Rows are 8 query heads, columns the key/value heads of MHA (8), GQA (2) and MQA (1); a cell is 1 where the output of the query head moves when the weights of the key head change.",
            "热力图：行是 8 个 query 头，列是 MHA（8 个）、GQA（2 个）、MQA（1 个）的 KV 头；改动某个 key 头的权重，输出跟着变的 query 头记为 1。",
        ),
        plot: Plot::Heat(Heat {
            row_axis: text("query head", "query 头"),
            col_axis: text("key/value head", "KV 头"),
            rows: Text::each((1..=HEADS).map(|h| h.to_string())),
            cols: Text::each(names),
            data,
            borders: [Vec::new(), Vec::new()],
        }),
    }
}

fn growth(setup: &Setup) -> Result<Figure, Refusal> {
    let contexts: Vec<u64> = (10..=17).map(|power| 1 << power).collect();
    let mut series = Vec::new();
    for (name, model) in layouts(&setup.model) {
        let point = |&n: &u64| Ok((n as f64, gib(cache_bytes(&model, setup.dtype, n, setup.batch)?)));
        let points: Result<Vec<(f64, f64)>, concepts::budget::BudgetError> =
            contexts.iter().map(point).collect();
        series.push(Series::measured(Text::same(name), points?));
    }
    let name = &setup.model.name;
    Ok(Figure {
        id: "growth",
        title: Text::new(
            format!("{name}: the cache grows with the context, and shrinks with every shared head"),
            format!("{name}：缓存随上下文增长，共享得越多越小"),
        ),
        description: text(
            "Size of the KV cache against the number of tokens, for MHA, GQA and MQA with the other sizes of the model.",
            "KV cache 大小随 token 数的变化：模型其余尺寸不变，分别按 MHA、GQA、MQA 计算。",
        ),
        plot: Plot::Lines {
            x: Axis::log(text("tokens", "token 数")),
            y: Axis::log(text("cache, GiB", "缓存（GiB）")),
            series,
            rule: None,
        },
    })
}
