//! C1, C2, C5, C10: who shares what.

use crate::kit::claim::{Claim, Control, Measure, Test};
use crate::kit::measure::EXACT;
use crate::kit::text::{Text, text};
use crate::lessons::heads::experiments::sharing::{Copies, HEADS, Weight, copy_error, readers};

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

/// Pairs of a query head and a slice of a weight that are other than expected: does the head's output move
/// when the slice is changed?
fn misread(
    what: Text,
    (kv_heads, weight): (usize, Weight),
    expected: impl Fn(usize, usize) -> bool,
    seed: u64,
) -> Measure {
    let readers = readers(kv_heads, weight, seed);
    let off = readers.indexed_iter().filter(|&((h, g), &reads)| reads != expected(h, g)).count();
    Measure::near(what, off as f64, 0.0, 0.0, EXACT).over(readers.len()).drawn(seed)
}

/// Each head has a slice of its own.
fn own(h: usize, g: usize) -> bool {
    h == g
}

/// C2
pub(super) fn mha_owns_everything(seed: u64) -> Claim {
    let test = |kv_heads: usize| {
        let off = |what: Text, weight: Weight| misread(what, (kv_heads, weight), own, seed);
        Test(vec![
            off(
                text(
                    "each slice of W_Q changed in turn: heads that move without owning it, or own it without moving",
                    "逐段改动 W_Q：不该变却变了、该变却没变的头数",
                ),
                Weight::Query,
            ),
            off(text("each slice of W_K: the same", "逐段改动 W_K：同上"), Weight::Key),
            off(text("each slice of W_V: the same", "逐段改动 W_V：同上"), Weight::Value),
        ])
    };
    Claim::holds(
        "LLM-Q4-C2",
        text("In MHA every head has its own Q, K and V.", "MHA 每个头都有自己的 Q、K、V。"),
        test(HEADS),
        vec![
            Control::new(text("MQA in its place", "换成 MQA"), test(1)),
            Control::new(text("GQA with 4 key/value heads in its place", "换成 4 个 KV 头的 GQA"), test(4)),
        ],
    )
}

/// C5
pub(super) fn mqa_shares_one(seed: u64) -> Claim {
    let test = |kv_heads: usize| {
        let off = |what, weight, expected: fn(usize, usize) -> bool| {
            misread(what, (kv_heads, weight), expected, seed)
        };
        Test(vec![
            off(
                text(
                    "the key head's weights changed: heads that do not move, of 8",
                    "改动 key 头的权重：没有变化的头数（共 8）",
                ),
                Weight::Key,
                |_, _| true,
            ),
            off(
                text(
                    "the value head's weights changed: heads that do not move, of 8",
                    "改动 value 头的权重：没有变化的头数（共 8）",
                ),
                Weight::Value,
                |_, _| true,
            ),
            off(
                text(
                    "each slice of W_Q: heads that move without owning it, or own it without moving",
                    "逐段改动 W_Q：不该变却变了、该变却没变的头数",
                ),
                Weight::Query,
                own,
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
        vec![
            Control::new(text("MHA in its place", "换成 MHA"), test(HEADS)),
            Control::new(text("GQA with 2 key/value heads in its place", "换成 2 个 KV 头的 GQA"), test(2)),
        ],
    )
}

/// C10
pub(super) fn gqa_groups(seed: u64) -> Claim {
    let test = |kv_heads: usize, expected: &dyn Fn(usize, usize) -> bool| {
        let off = |what: Text, weight: Weight| misread(what, (kv_heads, weight), expected, seed);
        Test(vec![
            off(
                text(
                    "two key heads: query heads that read another than that of their four",
                    "2 个 key 头：读的不是本组（4 个一组）key 头的 query 头数",
                ),
                Weight::Key,
            ),
            off(text("two value heads: the same", "2 个 value 头：同上"), Weight::Value),
        ])
    };
    let fours = |h: usize, g: usize| h / 4 == g;
    Claim::holds(
        "LLM-Q4-C10",
        text(
            "GQA: heads in G groups that share keys and values; for example 8 heads, 2 groups, 4 heads each.",
            "GQA 把头分成 G 组，组内共享 K/V；例如 8 个头、2 组、每组 4 个。",
        ),
        test(2, &fours),
        vec![
            Control::new(text("four groups of two", "分成 4 组、每组 2 个"), test(4, &fours)),
            Control::new(
                text("groups expected in turn: every second head", "误以为是交错分组（隔一个取一个）"),
                test(2, &|h, g| h % 2 == g),
            ),
        ],
    )
}
