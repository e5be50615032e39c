//! Who shares what, and what sharing does to a layer.

use concepts::budget::gib;

use super::claims::pooled_error;
use super::experiments::sharing::{Copies, HEADS, cached_elements, copy_error, layer};
use super::setup::Setup;
use crate::kit::findings::{Cell, Findings, Table};
use crate::kit::text::{Text, text};

pub(super) fn walk(setup: &Setup) -> Findings {
    let mut f = Findings::default();
    f.number("heads_small", HEADS as f64);
    f.table("shapes", shapes(setup.seed));
    f.number(
        "repeat_error",
        [1, 2, 4, HEADS].map(|g| copy_error(g, Copies::Repeated, setup.seed)).into_iter().fold(0.0, f64::max),
    );
    f.table("tiling", tiling(setup.seed));
    f.number("pooled_error", pooled_error(HEADS / 2, setup.seed));
    f.note(
        "note_unverified",
        (!setup.unverified.is_empty()).then(|| {
            let (name, what) = (&setup.model.name, setup.unverified);
            Text::new(
                format!(
                    "Of {name}, no source at hand confirms: {what}. What follows from it is as uncertain."
                ),
                format!("{name} 有未经核实的字段：{what}。由它算出来的数也一样不确定。"),
            )
        }),
    );
    f.note(
        "note_config",
        setup.own.then(|| {
            let model = &setup.model;
            Text::new(
                format!("Your own configuration: {} layers, {} query heads, {} key/value heads of {}. At its full context of {} tokens the cache takes {:.2} GiB a sequence.", model.layers, model.heads, model.kv_heads, model.head_dim, model.context, full(setup)),
                format!("你自己的配置：{} 层，{} 个 query 头，{} 个 KV 头，head_dim {}。用满 {} 个 token 的上下文，每个序列的缓存是 {:.2} GiB。", model.layers, model.heads, model.kv_heads, model.head_dim, model.context, full(setup)),
            )
        }),
    );
    f
}

/// The cache at the longest context, in GiB.
fn full(setup: &Setup) -> f64 {
    concepts::budget::cache_bytes(&setup.model, setup.dtype, setup.model.context, 1).map_or(f64::NAN, gib)
}

fn shapes(seed: u64) -> Table {
    let rows = [(HEADS, "MHA"), (2, "GQA"), (1, "MQA")].map(|(kv_heads, name)| {
        let built = layer(kv_heads, seed);
        let shape = |w: Option<(usize, usize)>| {
            Cell::Words(Text::same(w.map_or(String::new(), |(rows, columns)| format!("{rows} × {columns}"))))
        };
        let of = |pick: fn(&concepts::attention::MultiHead) -> (usize, usize)| {
            shape(built.as_ref().ok().map(pick))
        };
        vec![
            Cell::Words(Text::same(format!("{name}, {kv_heads}"))),
            of(|layer| layer.w_q().dim()),
            of(|layer| layer.w_k().dim()),
            of(|layer| layer.w_v().dim()),
            of(|layer| layer.w_o().dim()),
            Cell::Number(built.as_ref().map_or(f64::NAN, |layer| layer.parameters() as f64)),
            Cell::Number(cached_elements(&built, seed)),
        ]
    });
    Table {
        caption: text(
            "The same layer with 8, 2 and 1 key/value heads; cache for 12 tokens",
            "同一层配 8、2、1 个 KV 头；缓存按 12 个 token 计",
        ),
        head: vec![
            text("layout", "结构"),
            Text::same("W_Q"),
            Text::same("W_K"),
            Text::same("W_V"),
            Text::same("W_O"),
            text("parameters", "参数量"),
            text("cached", "缓存元素"),
        ],
        rows: rows.to_vec(),
    }
}

fn tiling(seed: u64) -> Table {
    let rows = [1, 2, 4, HEADS].map(|kv_heads| {
        let error = |copies| Cell::Number(copy_error(kv_heads, copies, seed));
        vec![Cell::Number(kv_heads as f64), error(Copies::Repeated), error(Copies::Tiled)]
    });
    Table {
        caption: text(
            "A grouped layer against a full one with copied heads: largest difference",
            "GQA 与把 KV 头复制成完整 MHA：输出的最大差异",
        ),
        head: vec![text("kv heads", "KV 头"), text("repeated", "重复"), text("tiled", "平铺")],
        rows: rows.to_vec(),
    }
}
