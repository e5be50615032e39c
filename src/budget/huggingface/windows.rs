//! Which layers see only a window, and which keep a state.

use super::reader::Reader;
use crate::budget::{BudgetError, Window};

/// Types that write a window and switch it on by a flag.
const SWITCHED: [&str; 7] =
    ["qwen2", "qwen2_moe", "qwen3", "qwen3_moe", "qwen2_vl_text", "qwen2_5_vl_text", "smollm3"];
/// Types that have a window wherever they write its size.
const WINDOWED: [&str; 13] = [
    "starcoder2",
    "mistral",
    "ministral3",
    "mixtral",
    "gemma2",
    "gemma3_text",
    "phi3",
    "gpt_oss",
    "llama4_text",
    "olmo3",
    "cohere2",
    "exaone4",
    "dots1",
];
/// Types whose layers are listed, or follow a pattern that the list would say.
const LISTED: [&str; 14] = [
    "qwen2",
    "qwen2_moe",
    "qwen3",
    "qwen2_vl_text",
    "qwen2_5_vl_text",
    "gemma2",
    "gemma3_text",
    "gpt_oss",
    "llama4_text",
    "olmo3",
    "cohere2",
    "exaone4",
    "dots1",
    "smollm3",
];

/// What files call the distance between layers that see everything.
const PATTERN: [&str; 2] = ["sliding_window_pattern", "_sliding_window_pattern"];

impl Reader<'_> {
    /// The window and how many layers have it: what the file lists layer by layer, or else the type's own
    /// pattern.
    pub(super) fn window(&self, layers: u64) -> Result<Option<Window>, BudgetError> {
        let chunked = self.is(&["llama4_text"]);
        self.look_at(match self.model_type.as_str() {
            "llama4_text" => &["no_rope_layers", "no_rope_layer_interval"],
            "gemma3_text" | "cohere2" | "exaone4" => &PATTERN,
            "smollm3" => &["no_rope_layers", "no_rope_layer_interval"],
            "dots1" => &["max_window_layers"],
            _ => &[],
        });
        let Some(size) = self.window_size(chunked)? else {
            self.look_at(&["layer_types"][..usize::from(self.is(&LISTED))]);
            return Ok(None);
        };
        let kind = if chunked { "chunked_attention" } else { "sliding_attention" };
        let listed = match self.is(&LISTED) {
            true => self.kinds("layer_types", layers, &["full_attention", kind])?,
            false => None,
        };
        let layers = match listed {
            Some(listed) => listed.into_iter().filter(|&this| this == kind).count() as u64,
            None => self.of_type(layers)?,
        };
        Ok((layers > 0).then_some(Window { size, layers, chunked }))
    }

    fn window_size(&self, chunked: bool) -> Result<Option<u64>, BudgetError> {
        if !self.is(&SWITCHED) && !self.is(&WINDOWED) {
            return Ok(None);
        }
        let fields = ["sliding_window", "max_window_layers", "layer_types"];
        if self.is(&SWITCHED) && !self.is_on("use_sliding_window")? {
            // A window that is switched off is of no concern.
            self.look_at(&fields);
            return Ok(None);
        }
        self.look_at(&["max_window_layers"][..usize::from(self.is(&SWITCHED))]);
        let size = self.maybe(if chunked { "attention_chunk_size" } else { "sliding_window" })?;
        // With a flag for attention in both directions a window reaches to both sides.
        let both = self.is(&["gemma3_text"]) && self.is_on("use_bidirectional_attention")?;
        Ok(size.filter(|&size| size > 0).map(|size| if both { size / 2 + 1 } else { size }))
    }

    /// How many layers have the window where the file does not list them.
    fn of_type(&self, layers: u64) -> Result<u64, BudgetError> {
        Ok(match self.model_type.as_str() {
            // Every second layer, the first included.
            "gemma2" | "gpt_oss" => layers.div_ceil(2),
            "gemma3_text" | "cohere2" | "exaone4" => {
                let usual = if self.is(&["gemma3_text"]) { 6 } else { 4 };
                let field = PATTERN.into_iter().find(|name| self.given(name).is_some());
                layers - layers / field.map_or(Ok(usual), |field| self.at_least_one(field))?
            }
            "olmo3" => layers - layers / 4,
            "llama4_text" => self.rotating(layers)?,
            // The layers that do not rotate.
            "smollm3" => layers.saturating_sub(self.rotating(layers)?),
            "dots1" => layers - self.upper_layer(layers)?,
            "qwen2_moe" => self.upper_layer(layers)?.div_ceil(2),
            "qwen2" | "qwen3" | "qwen2_vl_text" | "qwen2_5_vl_text" => layers - self.upper_layer(layers)?,
            _ => layers,
        })
    }

    /// The layer from which on Qwen's layers have a window; in its mixture of experts, up to which.
    fn upper_layer(&self, layers: u64) -> Result<u64, BudgetError> {
        Ok(self.maybe("max_window_layers")?.unwrap_or(0).min(layers))
    }

    /// Layers that rotate keys. Those of Llama 4 work in chunks, its others see everything.
    pub(super) fn rotating(&self, layers: u64) -> Result<u64, BudgetError> {
        let listed = self.given("no_rope_layers").and_then(|value| value.as_array());
        if let Some(listed) = listed.filter(|listed| !listed.is_empty()) {
            return Ok(listed.iter().filter(|&value| value.as_u64() == Some(1)).count() as u64);
        }
        Ok(layers - layers / self.at_least_one("no_rope_layer_interval")?)
    }
}
