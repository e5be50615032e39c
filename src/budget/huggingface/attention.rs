//! Heads, their widths, their biases, and latent attention.

use super::reader::Reader;
use super::recurrent::STATE_ONLY;
use crate::budget::{Bias, BudgetError, Indexer, Latent};

/// Types that share the width out evenly, whatever the file says.
const DIVIDED: [&str; 9] =
    ["gpt2", "bert", "roberta", "falcon", "phi", "gpt_neox", "opt", "bloom", "gpt_bigcode"];
/// Types with a key/value head for each query head.
const UNSHARED: [&str; 9] = ["gpt2", "bert", "roberta", "t5", "mt5", "umt5", "gpt_neox", "opt", "bloom"];

/// Types whose file says whether attention has biases.
const OPTIONAL: [&str; 36] = [
    "olmo",
    "cohere",
    "arcee",
    "nemotron",
    "llama",
    "qwen3",
    "qwen3_moe",
    "qwen3_next",
    "qwen3_5_text",
    "qwen3_5_moe_text",
    "qwen3_vl_text",
    "qwen3_vl_moe_text",
    "gemma",
    "gemma2",
    "gemma3_text",
    "deepseek",
    "deepseek_v2",
    "deepseek_v3",
    "deepseek_v32",
    "kimi_linear",
    "gpt_oss",
    "llama4_text",
    "olmo2",
    "olmo3",
    "olmoe",
    "cohere2",
    "smollm3",
    "seed_oss",
    "dots1",
    "hunyuan_v1_dense",
    "hunyuan_v1_moe",
    "granite",
    "granitemoe",
    "granitemoehybrid",
    "bamba",
    "falcon_h1",
];
/// Of these, types whose file says so of the networks as well.
const OF_NETWORKS: [&str; 9] =
    ["llama", "arcee", "nemotron", "deepseek_v2", "smollm3", "seed_oss", "granite", "bamba", "falcon_h1"];

impl Reader<'_> {
    /// Query heads. A model without attention stands as one with a head of width 1 in none of its layers.
    pub(super) fn heads(&self) -> Result<u64, BudgetError> {
        if self.is(&STATE_ONLY) { Ok(1) } else { self.whole(&["num_attention_heads", "n_head", "num_heads"]) }
    }

    pub(super) fn kv_heads(&self, heads: u64) -> Result<u64, BudgetError> {
        if self.is(&STATE_ONLY) {
            return Ok(1);
        }
        if self.is(&UNSHARED) {
            return Ok(heads);
        }
        if self.is(&["gpt_bigcode"]) {
            self.look_at(&["num_key_value_heads"]);
            return Ok(if self.is_on("multi_query")? { 1 } else { heads });
        }
        if self.is(&["falcon"]) && !self.is_on("new_decoder_architecture")? {
            self.look_at(&["num_kv_heads"]);
            return Ok(if self.is_on("multi_query")? { 1 } else { heads });
        }
        let names: &[&str] = if self.is(&["falcon"]) {
            self.look_at(&["multi_query"]);
            &["num_kv_heads", "num_key_value_heads"]
        } else {
            &["num_key_value_heads", "num_kv_heads"]
        };
        if let Some(kv_heads) = self.first(names)? {
            return Ok(kv_heads);
        }
        if names.iter().all(|name| !self.has(name)) {
            self.assume(names[0], heads);
        }
        Ok(heads)
    }

    /// The width of a head: what the file says, or else the width shared out evenly.
    pub(super) fn head_dim(&self, d_model: u64, heads: u64, latent: bool) -> Result<u64, BudgetError> {
        if self.is(&STATE_ONLY) {
            return Ok(1);
        }
        let even = (heads > 0 && d_model.is_multiple_of(heads)).then(|| d_model / heads);
        if latent {
            // Latent attention has widths of its own.
            self.look_at(&["head_dim", "qk_head_dim"]);
            return Ok(even.unwrap_or(1));
        }
        let given = if self.is(&DIVIDED) { None } else { self.first(&["head_dim", "d_kv"])? };
        given.or(even).ok_or_else(|| BudgetError::NoHeadDim { file: self.file().into(), d_model, heads })
    }

    /// Biases, as far as the file decides about them.
    pub(super) fn bias(&self, of_family: Bias) -> Result<Bias, BudgetError> {
        Ok(match self.model_type.as_str() {
            "falcon" if self.is_on("bias")? => Bias::ALL,
            "qwen2_moe" if !self.is_on("qkv_bias")? => Bias::NONE,
            "ernie4_5" | "ernie4_5_moe" if self.is_on("use_bias")? => Bias::ALL,
            "glm" | "glm4" | "glm4_moe" => Bias { qkv: self.is_on("attention_bias")?, ..Bias::NONE },
            "gpt_neox" => {
                let attention = self.is_on("attention_bias")?;
                Bias { qkv: attention, output: attention, feed_forward: true }
            }
            "opt" if !self.is_on("enable_bias")? => Bias::NONE,
            "starcoder2" if self.is_on("use_bias")? => Bias::ALL,
            "helium" => Bias {
                qkv: self.is_on("attention_bias")?,
                output: false,
                feed_forward: self.is_on("mlp_bias")?,
            },
            "nemotron_h" => Bias { feed_forward: self.is_on("mlp_bias")?, ..Bias::NONE },
            _ if self.is(&OPTIONAL) => {
                let attention = self.is_on("attention_bias")?;
                let output =
                    if self.is(&["seed_oss"]) { self.is_on("attention_out_bias")? } else { attention };
                let feed_forward = self.is(&OF_NETWORKS) && self.is_on("mlp_bias")?;
                Bias { qkv: attention, output, feed_forward }
            }
            _ => of_family,
        })
    }

    pub(super) fn latent(&self) -> Result<Option<Latent>, BudgetError> {
        if !self.is(&["deepseek_v2", "deepseek_v3", "deepseek_v32", "kimi_linear"]) {
            return Ok(None);
        }
        Ok(Some(Latent {
            q_rank: self.maybe("q_lora_rank")?.unwrap_or(0),
            kv_rank: self.whole(&["kv_lora_rank"])?,
            nope: self.whole(&["qk_nope_head_dim"])?,
            rope: self.whole(&["qk_rope_head_dim"])?,
            value: self.whole(&["v_head_dim"])?,
        }))
    }

    pub(super) fn indexer(&self) -> Result<Option<Indexer>, BudgetError> {
        if !self.is(&["deepseek_v32"]) {
            return Ok(None);
        }
        // Its queries come from the compressed query, which must be there.
        self.whole(&["q_lora_rank"])?;
        self.look_at(&["layer_types"]);
        Ok(Some(Indexer {
            heads: self.whole(&["index_n_heads"])?,
            width: self.whole(&["index_head_dim"])?,
            top: self.whole(&["index_topk"])?,
        }))
    }
}
