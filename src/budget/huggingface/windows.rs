//! Which layers see only a window.

use crate::budget::words::Wanted;
use serde_json::Value;

use super::reader::Reader;
use crate::budget::{BudgetError, Window};

impl Reader<'_> {
    /// The window and how many layers have it: what the file lists layer by layer, or else the family's
    /// own pattern.
    pub(super) fn window(&self, layers: u64) -> Result<Option<Window>, BudgetError> {
        // Qwen writes a window and switches it off.
        if !self.is_on("use_sliding_window", self.family != "qwen2" && self.family != "qwen3")? {
            return Ok(None);
        }
        let Some(size) = self.maybe("sliding_window")?.filter(|&size| size > 0) else { return Ok(None) };
        let layers = match self.listed(layers)? {
            Some(listed) => listed,
            None => self.of_family(layers)?,
        };
        Ok((layers > 0).then_some(Window { size, layers }))
    }

    /// Entries of `layer_types` that are a window, if the file has them.
    fn listed(&self, layers: u64) -> Result<Option<u64>, BudgetError> {
        let field = "layer_types";
        let Some(value) = self.given(field) else { return Ok(None) };
        let refused = |wanted| self.wrong(field, value, wanted);
        let kinds = value.as_array().ok_or_else(|| refused(Wanted::Words))?;
        if kinds.len() as u64 != layers {
            return Err(refused(Wanted::WordPerLayer));
        }
        let windowed = kinds.iter().map(|kind| match kind.as_str() {
            Some("full_attention") => Ok(0),
            Some("sliding_attention") => Ok(1),
            _ => Err(refused(Wanted::AttentionKinds)),
        });
        windowed.sum::<Result<u64, _>>().map(Some)
    }

    /// How many layers have the window where the file does not list them.
    fn of_family(&self, layers: u64) -> Result<u64, BudgetError> {
        Ok(match (self.family, self.model_type.as_str()) {
            // Every second layer, the first included.
            ("gemma2", _) => layers.div_ceil(2),
            ("gemma3", _) => {
                let field = ["sliding_window_pattern", "_sliding_window_pattern"]
                    .into_iter()
                    .find(|name| self.given(name).is_some());
                let every = field.map_or(Ok(6), |field| self.at_least_one(field))?;
                layers - layers / every
            }
            (_, "qwen2_moe") => self.upper_layer(layers)?.div_ceil(2),
            (_, "qwen2" | "qwen3") => layers - self.upper_layer(layers)?,
            _ => layers,
        })
    }

    /// The layer from which on Qwen's layers have a window; in its mixture of experts, up to which.
    fn upper_layer(&self, layers: u64) -> Result<u64, BudgetError> {
        Ok(self.maybe("max_window_layers")?.unwrap_or(0).min(layers))
    }

    /// A field that is there and not null.
    pub(super) fn given(&self, field: &str) -> Option<&Value> {
        self.fields.get(field).filter(|value| !value.is_null())
    }
}
