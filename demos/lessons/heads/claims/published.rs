//! C9, C13 to C18, C20: what is published about real models.

use concepts::budget::{Dtype, ModelConfig, cache_bytes, cache_elements_per_token, published};

use crate::kit::claim::{Claim, Control, Correction, Degree, Measure, Test};
use crate::kit::measure::COUNTED;
use crate::kit::text::{Text, text};
use crate::lessons::heads::published::{of, share};

const SOURCE: Text = text("published configurations", "公开的模型配置");

fn number(what: Text, value: f64, target: f64) -> Measure {
    Measure::near(what, value, target, 0.0, SOURCE)
}

/// Query heads a key/value head of a published model.
fn group(name: &str) -> f64 {
    of(name).map_or(f64::NAN, |model| model.heads as f64 / model.kv_heads as f64)
}

fn kv_heads(name: &str) -> f64 {
    of(name).map_or(f64::NAN, |model| model.kv_heads as f64)
}

/// C9
pub(super) fn quality_of_mqa(_seed: u64) -> Claim {
    Claim::data(
        "LLM-Q4-C9",
        text("MQA may cost a little quality.", "MQA 的精度可能略有下降。"),
        text(
            "Shazeer 2019, Table 1; Ainslie et al. 2023, Table 1: MHA-XXL 47.2 at 1.51 s a sample, MQA-XXL 46.6 at 0.24 s, GQA-8-XXL 47.1 at 0.28 s.",
            "Shazeer 2019 表 1；Ainslie 等 2023 表 1：MHA-XXL 47.2 分、每条 1.51 秒，MQA-XXL 46.6 分、0.24 秒，GQA-8-XXL 47.1 分、0.28 秒。",
        ),
    )
}

/// C13
pub(super) fn quality_and_speed(_seed: u64) -> Claim {
    Claim::opinion(
        "LLM-Q4-C13",
        text(
            "Quality: highest, slightly lower, balanced. Speed: slow, fastest, balanced.",
            "精度：最高、略降、平衡；速度：慢、最快、平衡。",
        ),
        text(
            "An ordering seen in a few papers, not a law. Bytes read are counted in C8; quality needs trained models.",
            "只是几篇论文里的排序，不是定律。要读的字节数见 C8；精度得有训练好的模型才能比。",
        ),
    )
}

/// C14
pub(super) fn mha_models(_seed: u64) -> Claim {
    let cached = |name: &str| of(name).map_or(f64::NAN, |model| cache_elements_per_token(model) as f64);
    let test = |decoder: &str| {
        Test(vec![
            number(
                text("BERT base: query heads a key/value head", "BERT base：每个 KV 头对应的 query 头数"),
                group("bert-base"),
                1.0,
            ),
            number(
                text("GPT-3: query heads a key/value head", "GPT-3：每个 KV 头对应的 query 头数"),
                group(decoder),
                1.0,
            ),
            number(
                text("BERT base: elements cached a token", "BERT base：每个 token 缓存的元素数"),
                cached("bert-base"),
                0.0,
            ),
        ])
    };
    Claim::corrected(
        "LLM-Q4-C14",
        text("MHA, with the largest KV cache: BERT, GPT-3.", "MHA（KV cache 最大）的代表：BERT、GPT-3。"),
        Test(vec![Measure::at_least(
            text("elements that BERT base caches a token", "BERT base 每个 token 缓存的元素数"),
            cached("bert-base"),
            1.0,
            SOURCE,
        )]),
        Correction {
            degree: Degree::Qualified,
            counterexample: text(
                "BERT is an encoder: it reads the whole text at once, generates nothing and keeps no cache",
                "BERT 是编码器：整段文本一次读完，不做自回归生成，也就没有 KV cache",
            ),
            say: text(
                "Both use multi-head attention. The column on the cache applies to GPT-3 only, for an encoder has none; and every other layer of GPT-3 attends within a band only (Brown et al. 2020).",
                "两者都是 MHA。但有 KV cache 的只有 GPT-3，BERT 是编码器，没有缓存；而且 GPT-3 每隔一层就用局部带状注意力（Brown 等 2020）。",
            ),
            test: test("gpt-3-175b"),
        },
        vec![Control::new(
            text("LLaMA-2 70B in the place of GPT-3", "把 GPT-3 换成 LLaMA-2 70B"),
            test("llama-2-70b"),
        )],
    )
}

/// C15
pub(super) fn mqa_models(_seed: u64) -> Claim {
    let test = |small: &str| {
        Test(vec![
            number(text("PaLM 540B: key/value heads", "PaLM 540B：KV 头数"), kv_heads("palm-540b"), 1.0),
            number(text("Falcon 7B: key/value heads", "Falcon 7B：KV 头数"), kv_heads(small), 1.0),
            number(text("Falcon 40B: key/value heads", "Falcon 40B：KV 头数"), kv_heads("falcon-40b"), 8.0),
        ])
    };
    Claim::corrected(
        "LLM-Q4-C15",
        text("MQA: PaLM, Falcon.", "MQA 的代表：PaLM、Falcon。"),
        Test(vec![number(
            text(
                "key/value heads of Falcon 40B, if every Falcon were MQA",
                "若 Falcon 都是 MQA，Falcon 40B 的 KV 头数",
            ),
            kv_heads("falcon-40b"),
            1.0,
        )]),
        Correction {
            degree: Degree::Qualified,
            counterexample: Text::new(
                format!("Falcon 40B has {} key/value heads", kv_heads("falcon-40b")),
                format!("Falcon 40B 有 {} 个 KV 头", kv_heads("falcon-40b")),
            ),
            say: text(
                "PaLM and Falcon-7B are MQA. Falcon-40B and 180B have 8 key/value heads: that is GQA.",
                "PaLM 和 Falcon-7B 是 MQA；Falcon-40B、180B 有 8 个 KV 头，属于 GQA。",
            ),
            test: test("falcon-7b"),
        },
        vec![Control::new(
            text("Falcon 40B in the place of the 7B", "把 7B 换成 Falcon 40B"),
            test("falcon-40b"),
        )],
    )
}

/// C16
pub(super) fn gqa_models(_seed: u64) -> Claim {
    let test = |large: &str| {
        Test(vec![
            number(
                text("LLaMA-2 70B: query heads a key/value head", "LLaMA-2 70B：每个 KV 头对应的 query 头数"),
                group(large),
                8.0,
            ),
            number(text("Mistral 7B", "Mistral 7B"), group("mistral-7b"), 4.0),
            number(text("LLaMA-2 7B", "LLaMA-2 7B"), group("llama-2-7b"), 1.0),
            number(text("LLaMA-2 13B", "LLaMA-2 13B"), group("llama-2-13b"), 1.0),
        ])
    };
    Claim::corrected(
        "LLM-Q4-C16",
        text("GQA: LLaMA-2, Mistral.", "GQA 的代表：LLaMA-2、Mistral。"),
        Test(vec![Measure::at_least(
            text(
                "LLaMA-2 7B: query heads a key/value head, if all of LLaMA-2 were GQA",
                "若 LLaMA-2 都是 GQA，LLaMA-2 7B 每个 KV 头对应的 query 头数",
            ),
            group("llama-2-7b"),
            2.0,
            SOURCE,
        )]),
        Correction {
            degree: Degree::Qualified,
            counterexample: text(
                "LLaMA-2 7B and 13B have as many key/value heads as query heads",
                "LLaMA-2 7B、13B 的 KV 头数与 query 头数相同",
            ),
            say: text(
                "Of LLaMA-2 only 34B and 70B use GQA; 7B and 13B are MHA. Mistral 7B does, 32 query heads on 8.",
                "LLaMA-2 里只有 34B 和 70B 用 GQA，7B、13B 是 MHA。Mistral 7B 也是 GQA，32 个 query 头配 8 个 KV 头。",
            ),
            test: test("llama-2-70b"),
        },
        vec![Control::new(text("LLaMA-2 7B in the place of the 70B", "把 70B 换成 7B"), test("llama-2-7b"))],
    )
}

/// C17
pub(super) fn why_sharing_works(_seed: u64) -> Claim {
    Claim::opinion(
        "LLM-Q4-C17",
        text(
            "MQA works since sharing keys and values matters little.",
            "MQA 之所以有效，是因为共享 K/V 影响不大。",
        ),
        text(
            "A reading of results, not an explanation. Nothing measured here decides why it works.",
            "这是对结果的一种解读，不是解释；这里没有实验能说明它为什么有效。",
        ),
    )
}

/// Is this a model with grouped queries?
fn is_grouped(model: &ModelConfig) -> bool {
    model.latent.is_none() && model.kv_heads > 1 && model.kv_heads < model.heads
}

/// The smallest or largest group of query heads among the published models of a class.
fn extreme(class: impl Fn(&ModelConfig) -> bool, start: f64, pick: fn(f64, f64) -> f64) -> f64 {
    let members = published().iter().map(|row| &row.config).filter(|model| class(model));
    members.map(|model| model.heads as f64 / model.kv_heads as f64).fold(start, pick)
}

/// C18
pub(super) fn group_sizes(_seed: u64) -> Claim {
    let four_or_eight = |model: &ModelConfig| matches!(model.heads / model.kv_heads, 4 | 8);
    let all = share(is_grouped, four_or_eight);
    let test = |pick: &dyn Fn(&ModelConfig) -> bool| {
        let among = |model: &ModelConfig| is_grouped(model) && pick(model);
        Test(vec![
            Measure::at_most(
                text(
                    "published models with grouped queries: share with groups of 4 or 8",
                    "公开的 GQA 模型中，组大小为 4 或 8 的占比",
                ),
                share(among, four_or_eight),
                0.9,
                COUNTED,
            ),
            Measure::at_least(
                text("share with exactly 8 key/value heads", "恰好 8 个 KV 头的占比"),
                share(among, |model| model.kv_heads == 8),
                0.4,
                COUNTED,
            ),
            number(text("smallest group", "最小的组"), extreme(among, f64::INFINITY, f64::min), 2.0),
            number(text("largest group", "最大的组"), extreme(among, 0.0, f64::max), 16.0),
        ])
    };
    Claim::corrected(
        "LLM-Q4-C18",
        text("The number of groups is usually H/4 or H/8.", "分组数 G 通常设为 H/4 或 H/8。"),
        Test(vec![Measure::at_least(
            text(
                "usual would mean nearly all: share of grouped models with H/4 or H/8",
                "“通常”意味着绝大多数：G 为 H/4 或 H/8 的占比",
            ),
            all,
            0.9,
            COUNTED,
        )]),
        Correction {
            degree: Degree::Qualified,
            counterexample: Text::new(
                format!(
                    "Qwen2.5 7B has groups of {}, Qwen2.5 14B of {}, Gemma-2 9B of {}",
                    group("qwen2.5-7b"),
                    group("qwen2.5-14b"),
                    group("gemma-2-9b")
                ),
                format!(
                    "Qwen2.5 7B 每组 {} 个头，Qwen2.5 14B 每组 {} 个，Gemma-2 9B 每组 {} 个",
                    group("qwen2.5-7b"),
                    group("qwen2.5-14b"),
                    group("gemma-2-9b")
                ),
            ),
            say: text(
                "Groups of 4 and 8 are common but no rule: published models go from 2 to 16. What recurs is 8 key/value heads, which splits evenly over 8 devices.",
                "每组 4 个或 8 个确实常见，但没有定规，公开模型从 2 个到 16 个都有。更常见的是固定用 8 个 KV 头，正好平分到 8 张卡。",
            ),
            test: test(&|_| true),
        },
        vec![Control::new(
            text("LLaMA models up to 70B alone", "只看 70B 及以下的 LLaMA"),
            test(&|model| model.name.contains("LLaMA") && model.layers <= 80),
        )],
    )
}

/// C20
pub(super) fn llama_2_70b(_seed: u64) -> Claim {
    let llama = of("llama-2-70b").ok();
    let of_llama = |number: fn(&ModelConfig) -> u64| llama.map_or(f64::NAN, |model| number(model) as f64);
    let (d_h, d_model) = (of_llama(|m| m.head_dim), of_llama(|m| m.d_model));
    let width = |heads: f64| heads * d_h / d_model;
    // Bytes a token with so many heads of each kind.
    let bytes = |heads: u64, kv_heads: u64| {
        let cached = llama.and_then(|model| {
            let model = ModelConfig { heads, kv_heads, ..model.clone() };
            cache_bytes(&model, Dtype::Bf16, 1, 1).ok()
        });
        cached.map_or(f64::NAN, |bytes| bytes as f64)
    };
    let test = |heads: u64, kv_heads: u64| {
        Test(vec![
            number(
                text("query heads × head dimension, over d_model", "query 头数 × 头维 / d_model"),
                width(heads as f64),
                1.0,
            ),
            number(
                text("cache of MHA over that of GQA", "MHA 的缓存 / GQA 的缓存"),
                bytes(heads, heads) / bytes(heads, kv_heads),
                8.0,
            ),
            number(
                text("bytes cached a token, bf16", "每个 token 缓存的字节数（bf16）"),
                bytes(heads, kv_heads),
                327_680.0,
            ),
        ])
    };
    let (heads, kv_heads) = llama.map_or((0, 0), |model| (model.heads, model.kv_heads));
    Claim::corrected(
        "LLM-Q4-C20",
        text("LLaMA-2 70B uses GQA with 8 heads in 2 groups.", "LLaMA-2 70B 使用 GQA，8 个 head 分成 2 组。"),
        Test(vec![number(
            text("8 heads × head dimension 128, over d_model 8192", "8 个头 × 头维 128 / d_model 8192"),
            width(8.0),
            1.0,
        )]),
        Correction {
            degree: Degree::Wrong,
            counterexample: Text::new(
                format!("8 heads of {d_h} make {}, but d_model is {d_model}", 8.0 * d_h),
                format!("8 个 {d_h} 维的头一共 {} 维，而 d_model 是 {d_model}", 8.0 * d_h),
            ),
            say: text(
                "LLaMA-2 70B has 64 query heads and 8 key/value heads, so 8 groups of 8. Its cache is 8 times smaller than with MHA: 320 KiB a token in bf16 in place of 2.5 MiB.",
                "LLaMA-2 70B 有 64 个 query 头、8 个 KV 头，也就是 8 组、每组 8 个。KV cache 是 MHA 的 1/8：bf16 下每个 token 320 KiB，而不是 2.5 MiB。",
            ),
            test: test(heads, kv_heads),
        },
        vec![Control::new(text("8 heads in 2 groups", "8 个头分 2 组"), test(8, 2))],
    )
}
