//! Published numbers that do not add up, with the arithmetic.

use concepts::budget::{Dtype, ModelConfig, cache_bytes, find, gb, parameters};

use crate::kit::findings::{Cell, Table};
use crate::kit::text::{Text, text};

pub(super) fn exercises() -> Table {
    let millions = |id: &str| {
        find(id).and_then(|model| parameters(&model.config)).map_or(f64::NAN, |p| p.total() as f64 / 1e6)
    };
    let both = |what: Text, printed: &str, computed: Text| {
        vec![what.into(), Cell::Words(Text::same(printed)), computed.into()]
    };
    let row = |what: Text, printed: &str, computed: String| both(what, printed, Text::same(computed));
    let gpt_2 =
        ["gpt-2-small", "gpt-2-medium", "gpt-2-large", "gpt-2-xl"].map(|id| format!("{:.0}M", millions(id)));
    let v2 = find("deepseek-v2")
        .map_or(f64::NAN, |model| concepts::budget::cache_elements_per_token(&model.config) as f64);
    // DeepSeek 67B, with which the paper compares: 95 layers, 8 key/value heads of 128.
    let dense = 2.0 * 95.0 * 8.0 * 128.0;
    let saved = (1.0 - v2 / dense) * 100.0;
    // 93.3 % less than 16 bits a number.
    let bits = 16.0 * (1.0 - 0.933) * dense / v2;
    let gemma = ["1b", "4b", "12b", "27b"].map(|size| {
        let whole = |model: &ModelConfig| ModelConfig { window: None, ..model.clone() };
        let bytes = find(&format!("gemma-3-{size}"))
            .and_then(|model| cache_bytes(&whole(&model.config), Dtype::Bf16, 32_768, 1));
        format!("{:.1}", bytes.map_or(f64::NAN, gb))
    });
    let vocabularies = ["llama-3.1-8b", "qwen3-8b"]
        .map(|id| find(id).map_or_else(|_| "–".into(), |model| model.config.vocab.to_string()));
    Table {
        caption: text(
            "Printed in a paper, and what follows from its own configuration",
            "论文里印的数，和按它自己的配置算出来的数",
        ),
        head: vec![text("what", "项目"), text("printed", "论文印的"), text("computed", "算出来的")],
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
            both(
                text(
                    "DeepSeek-V2: KV cache saved against its 67B model",
                    "DeepSeek-V2：相比 67B 模型省下的 KV cache",
                ),
                "93.3%",
                Text::new(
                    format!(
                        "1 − {v2:.0}/{dense:.0} = {saved:.1}% at equal width; {bits:.1} bits a number would give it"
                    ),
                    format!(
                        "1 − {v2:.0}/{dense:.0} = {saved:.1}%（同一格式）；每个数只用 {bits:.1} bit 才到 93.3%"
                    ),
                ),
            ),
            row(
                text(
                    "Gemma-3 1B to 27B: KV cache at 32k, GB, no window, bf16",
                    "Gemma-3 1B 到 27B：32k 时的 KV cache（GB，不计窗口，bf16）",
                ),
                "0.9 4.7 14.9 18.7",
                gemma.join(" "),
            ),
            row(
                text(
                    "Llama-3, Qwen3: vocabulary, and rows of the embedding",
                    "Llama-3、Qwen3：词表大小，与 embedding 的行数",
                ),
                "128000 151669",
                vocabularies.join(" "),
            ),
            row(
                text("Qwen3 32B: head dimension", "Qwen3 32B：head_dim"),
                "128",
                format!("5120 / 64 = {}", 5120 / 64),
            ),
        ],
    }
}
