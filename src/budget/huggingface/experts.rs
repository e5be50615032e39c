//! Experts, and which layers have them.

use std::collections::BTreeSet;

use super::reader::Reader;
use crate::budget::{BudgetError, Experts};

/// What the types call the number of their experts.
const COUNTS: [(&[&str], &[&str]); 4] = [
    (&["mixtral", "gpt_oss", "llama4_text"], &["num_local_experts", "num_experts"]),
    (&["qwen2_moe", "qwen3_next"], &["num_experts"]),
    (&["qwen3_moe"], &["num_experts", "num_local_experts"]),
    (&["deepseek", "deepseek_v2", "deepseek_v3", "deepseek_v32"], &["n_routed_experts", "num_experts"]),
];

impl Reader<'_> {
    /// The experts of a type that has some.
    pub(super) fn experts(&self, layers: u64) -> Result<Option<Experts>, BudgetError> {
        let Some((_, names)) = COUNTS.iter().find(|(types, _)| self.is(types)) else { return Ok(None) };
        let Some(count) = self.first(names)?.filter(|&count| count > 0) else { return Ok(None) };
        let of_feed_forward = self.is(&["mixtral", "gpt_oss", "llama4_text"]);
        let width = if of_feed_forward { "intermediate_size" } else { "moe_intermediate_size" };
        let d_ff = self.whole(&[width])?;
        Ok(Some(Experts {
            count,
            active: self.whole(&["num_experts_per_tok"])?,
            shared_d_ff: self.shared(d_ff)?,
            // Qwen weighs the shared one with a gate.
            shared_gate: self.is(&["qwen2_moe", "qwen3_next"]),
            d_ff,
            bias: self.is(&["gpt_oss"]),
            dense_layers: layers - self.sparse_layers(layers)?,
        }))
    }

    /// Width of the network that every token uses besides.
    fn shared(&self, d_ff: u64) -> Result<u64, BudgetError> {
        Ok(match self.model_type.as_str() {
            "qwen2_moe" | "qwen3_next" => self.whole(&["shared_expert_intermediate_size"])?,
            "llama4_text" => d_ff,
            "deepseek" | "deepseek_v2" | "deepseek_v3" | "deepseek_v32" => {
                self.maybe("n_shared_experts")?.unwrap_or(0).saturating_mul(d_ff)
            }
            _ => 0,
        })
    }

    /// Layers that have experts: DeepSeek leaves out the first ones or lists them; Qwen takes every so
    /// manieth, without those that it lists; Llama 4 every so manieth, or those that it lists.
    fn sparse_layers(&self, layers: u64) -> Result<u64, BudgetError> {
        match self.model_type.as_str() {
            "deepseek_v32" => {
                self.look_at(&["first_k_dense_replace"]);
                let listed = self.kinds("mlp_layer_types", layers, &["dense", "sparse"])?;
                match listed {
                    Some(kinds) => Ok(kinds.into_iter().filter(|&kind| kind == "sparse").count() as u64),
                    None => self.after_the_first(layers),
                }
            }
            "deepseek" | "deepseek_v2" | "deepseek_v3" => self.after_the_first(layers),
            "qwen2_moe" | "qwen3_moe" | "qwen3_next" => self.every_so_manieth(layers),
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
        Ok(layers - self.maybe("first_k_dense_replace")?.unwrap_or(0).min(layers))
    }

    fn every_so_manieth(&self, layers: u64) -> Result<u64, BudgetError> {
        let step = self.at_least_one("decoder_sparse_step")?;
        let sparse = |layer: u64| layer < layers && (layer + 1).is_multiple_of(step);
        let dense = self.numbers("mlp_only_layers")?.unwrap_or_default();
        Ok(layers / step - dense.into_iter().filter(|&layer| sparse(layer)).count() as u64)
    }
}
