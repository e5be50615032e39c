//! Experts, and which layers have them.

use std::collections::BTreeSet;

use serde_json::Value;

use super::reader::Reader;
use crate::budget::words::Wanted;
use crate::budget::{BudgetError, Experts};

/// What the types call the number of their experts.
const COUNTS: [(&[&str], &[&str]); 6] = [
    (
        &["mixtral", "gpt_oss", "llama4_text", "granitemoe", "granitemoehybrid", "minimax", "minimax_m2"],
        &["num_local_experts", "num_experts"],
    ),
    (&["qwen2_moe", "qwen3_next", "qwen3_5_moe_text"], &["num_experts"]),
    (
        &["qwen3_moe", "olmoe", "jamba", "hunyuan_v1_moe", "lfm2_moe", "kimi_linear", "qwen3_vl_moe_text"],
        &["num_experts", "num_local_experts"],
    ),
    (&["deepseek", "deepseek_v2", "deepseek_v3", "deepseek_v32"], &["n_routed_experts", "num_experts"]),
    (&["dots1", "glm4_moe", "nemotron_h"], &["n_routed_experts"]),
    (&["ernie4_5_moe"], &["moe_num_experts", "num_experts"]),
];
/// Types whose experts are as wide as a network without experts would be.
const OF_FEED_FORWARD: [&str; 10] = [
    "mixtral",
    "gpt_oss",
    "llama4_text",
    "granitemoe",
    "granitemoehybrid",
    "minimax",
    "minimax_m2",
    "olmoe",
    "jamba",
    "hunyuan_v1_moe",
];
/// What the types call the number of experts that a token uses.
const ACTIVE: [&str; 4] = ["num_experts_per_tok", "moe_k", "num_experts_per_token", "moe_topk"];

impl Reader<'_> {
    /// The experts of a type that has some.
    pub(super) fn experts(&self, layers: u64, without_network: u64) -> Result<Option<Experts>, BudgetError> {
        let Some((_, names)) = COUNTS.iter().find(|(types, _)| self.is(types)) else { return Ok(None) };
        let Some(count) = self.first(names)?.filter(|&count| count > 0) else { return Ok(None) };
        if count == 1 && self.is(&["jamba"]) {
            // One expert is a network as any other.
            self.look_at(&["num_experts_per_tok", "expert_layer_period", "expert_layer_offset"]);
            return Ok(None);
        }
        let width = if self.is(&OF_FEED_FORWARD) { "intermediate_size" } else { "moe_intermediate_size" };
        let d_ff = self.whole(&[width])?;
        Ok(Some(Experts {
            count,
            active: self.active()?,
            shared_d_ff: self.shared(d_ff)?,
            // Qwen weighs the shared one with a gate.
            shared_gate: self.is(&["qwen2_moe", "qwen3_next", "qwen3_5_moe_text"]),
            d_ff,
            bias: self.is(&["gpt_oss"]),
            router_bias: self.is(&["ernie4_5_moe"]),
            inner: if self.is(&["nemotron_h"]) { self.maybe("moe_latent_size")?.unwrap_or(0) } else { 0 },
            dense_layers: (layers - without_network).saturating_sub(self.sparse_layers(layers)?),
        }))
    }

    /// How many experts a token uses. Hunyuan may write it for each layer; then it is the same for all.
    fn active(&self) -> Result<u64, BudgetError> {
        let field = "moe_topk";
        let Some(list) = self.given(field).and_then(Value::as_array) else { return self.whole(&ACTIVE) };
        let first = list.first().and_then(Value::as_u64);
        let first = first.filter(|&first| list.iter().all(|value| value.as_u64() == Some(first)));
        first.ok_or_else(|| self.wrong(field, &list.clone().into(), Wanted::Whole))
    }

    /// Width of the network that every token uses besides.
    fn shared(&self, d_ff: u64) -> Result<u64, BudgetError> {
        let so_many = |names: &[&str]| Ok(self.first(names)?.unwrap_or(0).saturating_mul(d_ff));
        match self.model_type.as_str() {
            "qwen2_moe" | "qwen3_next" | "qwen3_5_moe_text" => {
                self.whole(&["shared_expert_intermediate_size"])
            }
            "llama4_text" | "hunyuan_v1_moe" => Ok(d_ff),
            "granitemoehybrid" => self.whole(&["shared_intermediate_size"]),
            "nemotron_h" => {
                self.look_at(&["n_shared_experts"]);
                self.whole(&["moe_shared_expert_intermediate_size"])
            }
            "deepseek" | "deepseek_v2" | "deepseek_v3" | "deepseek_v32" | "dots1" | "glm4_moe" => {
                so_many(&["n_shared_experts"])
            }
            "ernie4_5_moe" => so_many(&["moe_num_shared_experts"]),
            "kimi_linear" => so_many(&["num_shared_experts", "n_shared_experts"]),
            _ => Ok(0),
        }
    }

    /// Layers that have experts: DeepSeek leaves out the first ones or lists them; Qwen takes every so
    /// manieth, without those that it lists; Llama 4 every so manieth, or those that it lists.
    fn sparse_layers(&self, layers: u64) -> Result<u64, BudgetError> {
        match self.model_type.as_str() {
            "deepseek_v32" | "kimi_linear" => {
                self.look_at(&["first_k_dense_replace"]);
                let listed = self.kinds("mlp_layer_types", layers, &["dense", "sparse"])?;
                match listed {
                    Some(kinds) => Ok(kinds.into_iter().filter(|&kind| kind == "sparse").count() as u64),
                    None => self.after_the_first(layers),
                }
            }
            "deepseek" | "deepseek_v2" | "deepseek_v3" | "dots1" | "glm4_moe" => self.after_the_first(layers),
            "lfm2_moe" => Ok(layers - self.whole(&["num_dense_layers"])?.min(layers)),
            "nemotron_h" => self.blocks().map(|blocks| blocks.experts),
            "jamba" => self.periodic("expert_layer_period", "expert_layer_offset", layers),
            "ernie4_5_moe" => self.between_two(layers),
            "qwen2_moe" | "qwen3_moe" | "qwen3_next" | "qwen3_vl_moe_text" => self.every_so_manieth(layers),
            "llama4_text" => match self.listed_experts("moe_layers")? {
                Some(listed) => Ok(listed.into_iter().filter(|&layer| layer < layers).count() as u64),
                None => Ok(layers / self.at_least_one("interleave_moe_layer_step")?),
            },
            _ => Ok(layers),
        }
    }

    /// Layers of Llama 4 that have experts, if they are listed.
    fn listed_experts(&self, field: &str) -> Result<Option<BTreeSet<u64>>, BudgetError> {
        // Its norms of queries and keys have no parameters.
        self.look_at(&["interleave_moe_layer_step", "use_qk_norm"]);
        self.numbers(field)
    }

    fn after_the_first(&self, layers: u64) -> Result<u64, BudgetError> {
        // Kimi's class has no such field, but a first layer without experts.
        let usual = u64::from(self.is(&["kimi_linear"]));
        Ok(layers - self.maybe("first_k_dense_replace")?.unwrap_or(usual).min(layers))
    }

    /// ERNIE's layers with experts: every so manieth from one to another.
    fn between_two(&self, layers: u64) -> Result<u64, BudgetError> {
        let step = self.at_least_one("moe_layer_interval")?;
        let first = self.whole(&["moe_layer_start_index"])?;
        // −1 is the last one.
        let last = match self.value("moe_layer_end_index").and_then(Value::as_i64) {
            Some(-1) => layers.saturating_sub(1),
            _ => self.whole(&["moe_layer_end_index"])?,
        };
        let up_to = |layer: u64| layer.min(layers) / step;
        Ok(up_to(last.saturating_add(1)).saturating_sub(up_to(first)))
    }

    fn every_so_manieth(&self, layers: u64) -> Result<u64, BudgetError> {
        let step = self.at_least_one("decoder_sparse_step")?;
        let sparse = |layer: u64| layer < layers && (layer + 1).is_multiple_of(step);
        let dense = self.numbers("mlp_only_layers")?.unwrap_or_default();
        Ok(layers / step - dense.into_iter().filter(|&layer| sparse(layer)).count() as u64)
    }
}
