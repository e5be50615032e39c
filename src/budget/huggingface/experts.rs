//! Experts, and which layers have them.

use crate::budget::words::Wanted;
use std::collections::BTreeSet;

use super::reader::Reader;
use crate::budget::{BudgetError, Experts};

impl Reader<'_> {
    /// The experts of a file that has some.
    pub(super) fn experts(&self, layers: u64) -> Result<Option<Experts>, BudgetError> {
        let counted =
            [self.maybe("num_local_experts")?, self.maybe("num_experts")?, self.maybe("n_routed_experts")?];
        let Some(count) = counted.into_iter().flatten().next().filter(|&count| count > 0) else {
            return Ok(None);
        };
        let d_ff = self.whole(&["moe_intermediate_size", "intermediate_size"])?;
        let (shared, shared_gate) = self.shared(d_ff)?;
        Ok(Some(Experts {
            count,
            active: self.whole(&["num_experts_per_tok"])?,
            shared,
            shared_gate,
            d_ff,
            dense_layers: layers - self.sparse_layers(layers)?,
        }))
    }

    /// Experts that every token uses, and whether they stand behind a gate.
    fn shared(&self, d_ff: u64) -> Result<(u64, bool), BudgetError> {
        // Qwen2 has one, as wide as several others, with a gate.
        let field = "shared_expert_intermediate_size";
        match self.maybe(field)?.filter(|_| self.model_type == "qwen2_moe") {
            Some(width) if d_ff > 0 && width.is_multiple_of(d_ff) => Ok((width / d_ff, true)),
            Some(width) => Err(self.wrong(field, &width.into(), Wanted::MultipleOfExpert)),
            None => Ok((self.maybe("n_shared_experts")?.unwrap_or(0), false)),
        }
    }

    /// Layers that have experts: DeepSeek leaves out the first ones; Qwen takes every so manieth, without
    /// those that it lists.
    fn sparse_layers(&self, layers: u64) -> Result<u64, BudgetError> {
        let first = self.maybe("first_k_dense_replace")?.unwrap_or(0).min(layers);
        let step = match self.given("decoder_sparse_step") {
            Some(_) => self.at_least_one("decoder_sparse_step")?,
            None => 1,
        };
        let sparse = |layer: u64| layer >= first && layer < layers && (layer + 1).is_multiple_of(step);
        let listed = self.dense_list()?.into_iter().filter(|&layer| sparse(layer)).count() as u64;
        // Of the layers from `first` on, those whose number, counted from 1, is a multiple of `step`.
        Ok(layers / step - first / step - listed)
    }

    /// The layers of `mlp_only_layers`, each once.
    fn dense_list(&self) -> Result<BTreeSet<u64>, BudgetError> {
        let field = "mlp_only_layers";
        let Some(value) = self.given(field) else { return Ok(BTreeSet::new()) };
        let refused = || self.wrong(field, value, Wanted::WholeNumbers);
        let layers = value.as_array().ok_or_else(refused)?;
        layers.iter().map(|layer| layer.as_u64().ok_or_else(refused)).collect()
    }
}
