//! Published numbers that do not add up, with the arithmetic.

use concepts::model::{find, parameters};

use crate::kit::findings::{Cell, Table};
use crate::kit::text::{Text, text};

pub(super) fn exercises() -> Table {
    let millions = |id: &str| {
        find(id).and_then(|model| parameters(&model.config)).map_or(f64::NAN, |p| p.total() as f64 / 1e6)
    };
    let row = |what: Text, printed: &str, computed: String| {
        vec![what.into(), Cell::Words(Text::same(printed)), Cell::Words(Text::same(computed))]
    };
    let gpt_2 =
        ["gpt-2-small", "gpt-2-medium", "gpt-2-large", "gpt-2-xl"].map(|id| format!("{:.0}M", millions(id)));
    let v2 = find("deepseek-v2")
        .map_or(f64::NAN, |model| concepts::model::cache_elements_per_token(&model.config) as f64);
    // DeepSeek 67B, with which the paper compares: 95 layers, 8 key/value heads of 128.
    let dense = 2.0 * 95.0 * 8.0 * 128.0;
    Table {
        caption: text(
            "Printed in a paper, and what follows from its own configuration",
            "论文里印的数，与按其自身配置算出来的数",
        ),
        head: vec![text("what", "内容"), text("printed", "论文所印"), text("computed", "计算结果")],
        rows: vec![
            row(
                text(
                    "GPT-3 13B: d_model, with 40 heads of 128",
                    "GPT-3 13B：d_model（40 个头，每个 128 维）",
                ),
                "5140",
                format!("40 × 128 = {}", 40 * 128),
            ),
            row(
                text("GPT-3 XL: d_model, with 24 heads of 128", "GPT-3 XL：d_model（24 个头，每个 128 维）"),
                "2048",
                format!("24 × 128 = {}", 24 * 128),
            ),
            row(
                text("GPT-2: parameters of its four sizes", "GPT-2 四种规模的参数量"),
                "117M 345M 762M 1542M",
                gpt_2.join(" "),
            ),
            row(
                text(
                    "DeepSeek-V2: KV cache saved against its 67B model",
                    "DeepSeek-V2：相比 67B 模型省下的 KV cache",
                ),
                "93.3%",
                format!("1 − {v2:.0}/{dense:.0} = {:.1}% (same dtype)", (1.0 - v2 / dense) * 100.0),
            ),
            row(
                text("Qwen3 32B: head dimension", "Qwen3 32B：头维"),
                "128",
                format!("5120 / 64 = {}", 5120 / 64),
            ),
        ],
    }
}
