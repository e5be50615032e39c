//! What reads images: a stack of layers over patches, and a projection to the width of the language model.

use serde_json::Value;

use super::reader::Reader;
use crate::budget::words::{Field, Quantity, Wanted};
use crate::budget::{BudgetError, ModelConfig};

/// No side of an image or a layer is larger.
const MOST: u64 = 1 << 24;

/// The types of towers that are understood.
const TOWERS: [&str; 10] = [
    "clip_vision_model",
    "siglip_vision_model",
    "pixtral",
    "internvl_vision",
    "qwen2_vl_vision",
    "qwen2_5_vl_vision",
    "qwen3_vl_vision",
    "qwen3_vl_moe_vision",
    "qwen3_5_vision",
    "qwen3_5_moe_vision",
];
/// Of these, the newer ones of Qwen.
const QWEN3: [&str; 4] = ["qwen3_vl_vision", "qwen3_vl_moe_vision", "qwen3_5_vision", "qwen3_5_moe_vision"];

/// Is it a tower that can be counted?
pub(super) fn is_tower(model_type: &str) -> bool {
    TOWERS.contains(&model_type)
}

/// Parameters of tower and projection.
pub(super) fn images(whole: &Reader, tower: &Reader, text: &ModelConfig) -> Result<u64, BudgetError> {
    // Heads divide the width among themselves, whatever their number.
    tower.look_at(&["num_attention_heads", "num_heads", "num_key_value_heads", "head_dim"]);
    let (own, width) = match tower.model_type.as_str() {
        "qwen2_vl_vision" | "qwen2_5_vl_vision" => tower.qwen()?,
        _ if tower.is(&QWEN3) => tower.qwen3()?,
        _ => tower.layers_over_patches()?,
    };
    let leading = whole.projection(tower, width, text.d_model.into())?;
    u64::try_from(own + leading).map_err(|_| BudgetError::Overflow { what: Quantity::Parameters })
}

/// Two matrices with biases.
fn two_layers(d: u128, wide: u128) -> u128 {
    2 * d * wide + wide + d
}

impl Reader<'_> {
    /// A size in numbers wide enough for any product.
    fn size(&self, names: &[&str]) -> Result<u128, BudgetError> {
        let size = self.whole(names)?;
        if (1..=MOST).contains(&size) {
            return Ok(size.into());
        }
        let (name, field) = (self.file().into(), Field::ImageSize);
        Err(BudgetError::BadField { name, field, size, least: 1, most: MOST })
    }

    /// Height and width: one number for both, or two.
    fn sides(&self, field: &str) -> Result<[u128; 2], BudgetError> {
        let Some(value) = self.value(field) else { return self.size(&[field]).map(|side| [side; 2]) };
        let side = |value: &Value| {
            let side = value.as_u64().filter(|side| (1..=MOST).contains(side)).map(u128::from);
            side.ok_or_else(|| self.wrong(field, value, Wanted::Side))
        };
        match value.as_array().map(Vec::as_slice) {
            None => side(value).map(|side| [side; 2]),
            Some([height, width]) => Ok([side(height)?, side(width)?]),
            Some(_) => Err(self.wrong(field, value, Wanted::Side)),
        }
    }

    /// CLIP, SigLIP, Pixtral and InternVL; and their width.
    fn layers_over_patches(&self) -> Result<(u128, u128), BudgetError> {
        let d = self.size(&["hidden_size"])?;
        let wide = self.size(&["intermediate_size"])?;
        let layers = self.size(&["num_hidden_layers"])?;
        let ([height, across], [tall, broad]) = (self.sides("image_size")?, self.sides("patch_size")?);
        let patches = (height / tall) * (across / broad);
        let pixels = self.size(&["num_channels"])? * tall * broad * d;
        // A square matrix with its bias; two layers; a norm with gain and bias.
        let (square, network, norm) = (d * d + d, two_layers(d, wide), 2 * d);
        let plain = 4 * square + network + 2 * norm;
        let all = match self.model_type.as_str() {
            // One place more for the token that stands for the whole, and two norms.
            "clip_vision_model" => pixels + d + (patches + 1) * d + 2 * norm + layers * plain,
            "siglip_vision_model" => {
                let head = if self.is_on("vision_use_head")? { d + 4 * square + norm + network } else { 0 };
                pixels + d + patches * d + norm + head + layers * plain
            }
            // Turned by position, without biases, gated.
            "pixtral" => pixels + d + layers * (4 * d * d + 3 * d * wide + 2 * d),
            _ => self.internvl(d, patches, network)? + pixels + d,
        };
        Ok((all, d))
    }

    fn internvl(&self, d: u128, patches: u128, network: u128) -> Result<u128, BudgetError> {
        let layers = self.size(&["num_hidden_layers"])?;
        let biases = if self.is_on("attention_bias")? { 3 * d } else { 0 };
        let of_heads = if self.is_on("use_qk_norm")? { 2 * d } else { 0 };
        let norm = if self.word("norm_type") == Some("rms_norm") { d } else { 2 * d };
        // Two scales, one after attention and one after the network.
        let layer = 4 * d * d + d + biases + of_heads + 2 * norm + 2 * d + network;
        let mask = if self.is_on("use_mask_token")? { d } else { 0 };
        let places = if self.is_on("use_absolute_position_embeddings")? { (patches + 1) * d } else { 0 };
        let last = if self.is_on("use_mean_pooling")? { 0 } else { 2 * d };
        Ok(d + mask + places + last + layers * layer)
    }

    /// Qwen2-VL and Qwen2.5-VL, which lead to the width of the language model themselves.
    fn qwen(&self) -> Result<(u128, u128), BudgetError> {
        let older = self.is(&["qwen2_vl_vision"]);
        let (d, out) = match older {
            true => (self.size(&["embed_dim"])?, self.size(&["hidden_size"])?),
            false => (self.size(&["hidden_size"])?, self.size(&["out_hidden_size"])?),
        };
        let patch = self.size(&["patch_size"])?;
        let channels = self.size(&["in_channels", "in_chans"])?;
        let pixels = channels * self.size(&["temporal_patch_size"])? * patch * patch * d;
        let network = match older {
            true => two_layers(d, d * self.size(&["mlp_ratio"])?),
            false => {
                let wide = self.size(&["intermediate_size"])?;
                3 * d * wide + 2 * wide + d
            }
        };
        let norm = if older { 2 * d } else { d };
        let side = self.size(&["spatial_merge_size"])?;
        let merged = d * side * side;
        let merger = norm + merged * merged + merged + merged * out + out;
        let layers = self.size(&["depth"])?;
        Ok((pixels + layers * (4 * (d * d + d) + network + 2 * norm) + merger, d))
    }

    /// Qwen3-VL and Qwen3.5: a table of positions; Qwen3-VL leads to the language model from inner layers too.
    fn qwen3(&self) -> Result<(u128, u128), BudgetError> {
        let (d, out) = (self.size(&["hidden_size"])?, self.size(&["out_hidden_size"])?);
        let patch = self.size(&["patch_size"])?;
        let pixels =
            self.size(&["in_channels"])? * self.size(&["temporal_patch_size"])? * patch * patch * d + d;
        let places = self.size(&["num_position_embeddings"])? * d;
        let network = two_layers(d, self.size(&["intermediate_size"])?);
        let side = self.size(&["spatial_merge_size"])?;
        let merged = d * side * side;
        let merger = merged * merged + merged + merged * out + out;
        let leads = self.is(&["qwen3_vl_vision", "qwen3_vl_moe_vision"]);
        let inner = if leads { self.numbers("deepstack_visual_indexes")? } else { None };
        let inner = inner.map_or(0, |layers| layers.len() as u128);
        // Norms with gain and bias: before the last merger of the width, before the others of the merged.
        let mergers = 2 * d + merger + inner * (2 * merged + merger);
        let layers = self.size(&["depth"])?;
        Ok((pixels + places + layers * (4 * (d * d + d) + network + 4 * d) + mergers, d))
    }

    /// From the width of the tower to that of the language model.
    fn projection(&self, tower: &Reader, from: u128, to: u128) -> Result<u128, BudgetError> {
        self.look_at(&["vision_feature_layer"]);
        if self.is(&["gemma3"]) {
            return Ok(from * to + from);
        }
        if self.is(&["internvl"]) {
            let joined = from * self.joined()?;
            return Ok(2 * joined + joined * to + to + to * to + to);
        }
        if tower.is(&["qwen2_vl_vision", "qwen2_5_vl_vision"]) || tower.is(&QWEN3) {
            return Ok(0);
        }
        let of_layers =
            self.value("vision_feature_layer").and_then(Value::as_array).map_or(1, Vec::len) as u128;
        let biases = if self.is_on("multimodal_projector_bias")? { 2 * to } else { 0 };
        let two = from * of_layers * to + to * to + biases;
        Ok(match self.model_type.as_str() {
            "mistral3" => {
                let side = self.size(&["spatial_merge_size"])?;
                two + from + from * side * side * from
            }
            // A learned vector for the end of a line.
            "llava_next" | "llava_onevision" => two + to,
            _ => two,
        })
    }

    /// InternVL joins neighbours: as many as its ratio says.
    fn joined(&self) -> Result<u128, BudgetError> {
        let field = "downsample_ratio";
        let ratio = self.value(field).and_then(Value::as_f64).unwrap_or(0.5);
        if !(1.0 / 64.0..=1.0).contains(&ratio) {
            return Err(self.wrong(field, &ratio.into(), Wanted::Ratio));
        }
        let side = (1.0 / ratio) as u128;
        Ok(side * side)
    }
}
