//! C1, C2, C5, C10: who shares what.

use crate::heads::experiments::sharing::{Copies, HEADS, Weight, copy_error, layer, moved_heads};
use crate::kit::claim::{Claim, Control, Measure, Test};
use crate::kit::measure::{COUNTED, EXACT};
use crate::kit::text::{Text, text};

/// A change that could not be rounding: outputs are of order 1.
const CLEARLY: f64 = 1e-3;
const OF_ORDER_ONE: Text = text("outputs are of order 1", "输出量级为 1");

/// C1
pub(super) fn number_of_kv_heads(seed: u64) -> Claim {
    let test = |copies| {
        let measures = [1, 2, 4, HEADS].map(|kv_heads| {
            Measure::near(
                Text::new(
                    format!("{kv_heads} key/value heads against 8 with copies: largest difference"),
                    format!("{kv_heads} 个 KV 头，与复制成 8 个头的 MHA 之差"),
                ),
                copy_error(kv_heads, copies, seed),
                0.0,
                0.0,
                EXACT,
            )
            .drawn(seed)
        });
        Test(measures.to_vec())
    };
    Claim::holds(
        "LLM-Q4-C1",
        text(
            "MHA, MQA and GQA differ in the number of key/value heads, and in nothing else.",
            "MHA、MQA、GQA 的核心区别在 K/V 的头数。",
        ),
        test(Copies::Repeated),
        vec![Control::new(
            text(
                "heads tiled (g0 g1 g0 g1) instead of repeated (g0 g0 g1 g1)",
                "把重复（g0 g0 g1 g1）写成平铺（g0 g1 g0 g1）",
            ),
            test(Copies::Tiled),
        )],
    )
}

/// How many heads' outputs move when one slice of a weight is changed.
fn touched(kv_heads: usize, weight: Weight, head: usize, seed: u64) -> f64 {
    layer(kv_heads, seed).map_or(f64::NAN, |layer| {
        moved_heads(&layer, weight, head, seed).iter().filter(|&&moved| moved > 0.0).count() as f64
    })
}

/// C2
pub(super) fn mha_owns_everything(seed: u64) -> Claim {
    let test = |kv_heads: usize| {
        let measure = |what: Text, weight: Weight| {
            Measure::near(what, touched(kv_heads, weight, 0, seed), 1.0, 0.0, EXACT).over(HEADS).drawn(seed)
        };
        Test(vec![
            measure(
                text("heads that move when head 1's W_Q changes", "改动第 1 个头的 W_Q，输出变化的头数"),
                Weight::Query,
            ),
            measure(
                text("heads that move when the first W_K slice changes", "改动第一段 W_K，输出变化的头数"),
                Weight::Key,
            ),
            measure(
                text("heads that move when the first W_V slice changes", "改动第一段 W_V，输出变化的头数"),
                Weight::Value,
            ),
        ])
    };
    Claim::holds(
        "LLM-Q4-C2",
        text("In MHA every head has its own Q, K and V.", "MHA 每个头都有自己的 Q、K、V。"),
        test(HEADS),
        vec![Control::new(text("MQA in its place", "换成 MQA"), test(1))],
    )
}

/// C5
pub(super) fn mqa_shares_one(seed: u64) -> Claim {
    let test = |kv_heads: usize| {
        let measure = |what: Text, weight: Weight, target: f64| {
            Measure::near(what, touched(kv_heads, weight, 0, seed), target, 0.0, COUNTED)
                .over(HEADS)
                .drawn(seed)
        };
        Test(vec![
            measure(
                text(
                    "heads that move when the key head's weights change",
                    "改动 key 头的权重，输出变化的头数",
                ),
                Weight::Key,
                HEADS as f64,
            ),
            measure(
                text(
                    "heads that move when the value head's weights change",
                    "改动 value 头的权重，输出变化的头数",
                ),
                Weight::Value,
                HEADS as f64,
            ),
            measure(
                text("heads that move when head 1's W_Q changes", "改动第 1 个头的 W_Q，输出变化的头数"),
                Weight::Query,
                1.0,
            ),
        ])
    };
    Claim::holds(
        "LLM-Q4-C5",
        text(
            "In MQA all heads share one set of keys and values, each keeps its own queries.",
            "MQA 所有头共享同一组 K/V，各自保留 Q。",
        ),
        test(1),
        vec![Control::new(text("MHA in its place", "换成 MHA"), test(HEADS))],
    )
}

/// C10
pub(super) fn gqa_groups(seed: u64) -> Claim {
    let test = |kv_heads: usize, groups: &dyn Fn(usize) -> bool| {
        let moved = layer(kv_heads, seed)
            .map_or(vec![f64::NAN; HEADS], |layer| moved_heads(&layer, Weight::Key, 0, seed));
        let wrong = moved.iter().enumerate().filter(|(h, moved)| (**moved > CLEARLY) != groups(*h)).count();
        Test(vec![
            Measure::near(
                text(
                    "heads that read the first of two key heads: other than 1 to 4",
                    "读第 1 个 key 头的 query 头，与第 1 到 4 个不符的个数",
                ),
                wrong as f64,
                0.0,
                0.0,
                OF_ORDER_ONE,
            )
            .over(HEADS)
            .drawn(seed),
            Measure::near(
                text("query heads a key head", "每个 key 头对应的 query 头数"),
                touched(kv_heads, Weight::Key, 0, seed),
                4.0,
                0.0,
                COUNTED,
            )
            .drawn(seed),
        ])
    };
    let first_four = |h: usize| h < 4;
    Claim::holds(
        "LLM-Q4-C10",
        text(
            "GQA: heads in G groups that share keys and values; for example 8 heads, 2 groups, 4 heads each.",
            "GQA 把头分成 G 组，组内共享 K/V；例如 8 个头、2 组、每组 4 个。",
        ),
        test(2, &first_four),
        vec![
            Control::new(text("four groups of two", "分成 4 组、每组 2 个"), test(4, &first_four)),
            Control::new(
                text("groups expected in turn: every second head", "误以为是交错分组（隔一个取一个）"),
                test(2, &|h| h % 2 == 0),
            ),
        ],
    )
}
