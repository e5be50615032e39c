//! Layers with a state in the place of attention.

use super::reader::Reader;
use crate::budget::words::Field;
use crate::budget::{BudgetError, Recurrent};

/// No width of a state is larger, as none of a model is.
const MOST: u64 = 1 << 24;

impl Reader<'_> {
    /// The layers of Qwen3-Next that are Gated DeltaNets: three of four, or those that the file lists.
    pub(super) fn recurrent(&self, layers: u64, d_model: u64) -> Result<Option<Recurrent>, BudgetError> {
        if !self.is(&["qwen3_next"]) {
            return Ok(None);
        }
        let linear = "linear_attention";
        self.look_at(&["full_attention_interval"]);
        let layers = match self.kinds("layer_types", layers, &["full_attention", linear])? {
            Some(kinds) => kinds.into_iter().filter(|&kind| kind == linear).count() as u64,
            None => match self.given("full_attention_interval") {
                Some(_) => layers - layers / self.at_least_one("full_attention_interval")?,
                None => layers - layers / 4,
            },
        };
        Ok(Some(Recurrent { layers, ..self.delta_net(d_model)? }))
    }

    /// Yang, Kautz & Hatamizadeh 2024, *Gated Delta Networks*, as Qwen3-Next has it: queries and keys of H_k
    /// heads, values and a gate of H_v, two numbers a head for decay and step, one convolution over all.
    fn delta_net(&self, d_model: u64) -> Result<Recurrent, BudgetError> {
        let [key_heads, value_heads, d_k, d_v, kernel] = [
            "linear_num_key_heads",
            "linear_num_value_heads",
            "linear_key_head_dim",
            "linear_value_head_dim",
            "linear_conv_kernel_dim",
        ]
        .map(|field| self.bounded(field));
        let [key_heads, value_heads, d_k, d_v, kernel] = [key_heads?, value_heads?, d_k?, d_v?, kernel?];
        // At most 2²⁴ each: products of two fit, three need care.
        let (keys, values) = (key_heads * d_k, value_heads * d_v);
        let convolved = 2 * keys + values;
        let into = 2 * keys + 2 * values + 2 * value_heads;
        let projections = d_model.saturating_mul(into.saturating_add(values));
        let parameters =
            projections.saturating_add(convolved.saturating_mul(kernel)).saturating_add(2 * value_heads);
        Ok(Recurrent {
            layers: 0,
            parameters,
            norms: d_v,
            matrix: values.saturating_mul(d_k),
            last_inputs: convolved.saturating_mul(kernel),
        })
    }

    fn bounded(&self, field: &str) -> Result<u64, BudgetError> {
        let size = self.whole(&[field])?;
        if (1..=MOST).contains(&size) {
            return Ok(size);
        }
        let name = self.file().into();
        Err(BudgetError::BadField { name, field: Field::StateWidth, size, least: 1, most: MOST })
    }
}
