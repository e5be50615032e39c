//! A configuration file of one's own, as Hugging Face writes it.
//!
//! | file | what it reads |
//! |---|---|
//! | `reader` | the fields, each with its type |
//! | `experts` | experts, and which layers have them |
//! | `windows` | which layers see only a window |

mod experts;
mod reader;
mod windows;

use reader::Reader;
use serde_json::Value;

use super::published::{plain_decoder, styled};
use super::{Bias, BudgetError, Kind, Latent, ModelConfig};
use crate::json::object;

/// No configuration is larger.
const MOST_BYTES: usize = 10_000_000;

/// Reads the text of a `config.json`.
///
/// A field `head_dim` wins over `hidden_size / num_attention_heads`, as it does in the model.
///
/// # Errors
/// [`BudgetError`] naming the file and the field: not JSON, too large, a field missing or of the wrong type,
/// an unknown type of model, heads that do not divide.
///
/// # Examples
/// ```
/// use concepts::budget::from_huggingface;
/// let text = r#"{"model_type": "llama", "hidden_size": 4096, "num_hidden_layers": 32,
///     "num_attention_heads": 32, "num_key_value_heads": 8, "intermediate_size": 14336,
///     "vocab_size": 128256, "max_position_embeddings": 131072}"#;
/// let config = from_huggingface(text, "config.json")?;
/// assert_eq!((config.head_dim, config.kv_heads), (128, 8));
/// # Ok::<(), concepts::budget::BudgetError>(())
/// ```
pub fn from_huggingface(text: &str, file: &str) -> Result<ModelConfig, BudgetError> {
    if text.len() > MOST_BYTES {
        return Err(BudgetError::TooLarge { file: file.into(), bytes: text.len(), limit: MOST_BYTES });
    }
    let mut fields = object(text).map_err(|reason| BudgetError::NotJson { file: file.into(), reason })?;
    // Models that see images keep the language model's configuration one level down.
    if let Some(Value::Object(inner)) = fields.remove("text_config") {
        fields.extend(inner);
    }
    let reader = Reader::new(fields, file)?;
    let config = reader.config()?;
    // What is wrong is wrong with the file.
    ModelConfig { name: file.into(), ..config.clone() }.check()?;
    Ok(config)
}

impl Reader<'_> {
    fn config(&self) -> Result<ModelConfig, BudgetError> {
        let d_model = self.whole(&["hidden_size", "n_embd", "d_model"])?;
        let heads = self.whole(&["num_attention_heads", "n_head", "num_heads"])?;
        let kv_heads = self.kv_heads(heads)?;
        let head_dim = self.head_dim(d_model, heads)?;
        let context = self.first(&["max_position_embeddings", "n_positions"])?.unwrap_or(2048);
        let (layers, encoder_layers) = self.layers()?;
        let base = ModelConfig {
            name: self
                .fields
                .get("_name_or_path")
                .and_then(Value::as_str)
                .filter(|name| !name.is_empty())
                .unwrap_or(&self.model_type)
                .into(),
            kind: match self.model_type.as_str() {
                "bert" => Kind::Encoder,
                "t5" => Kind::EncoderDecoder,
                _ => Kind::Decoder,
            },
            layers,
            encoder_layers,
            d_model,
            heads,
            kv_heads,
            head_dim,
            d_ff: self.width(d_model)?,
            vocab: self.whole(&["vocab_size"])?,
            tied: self.is_on("tie_word_embeddings", self.tied_by_default())?,
            context,
            experts: self.experts(layers)?,
            window: self.window(layers)?,
            latent: self.latent()?,
            ..plain_decoder()
        };
        let styled = styled(base, self.style()?);
        let bias = self.bias(styled.bias)?;
        Ok(ModelConfig { bias, ..styled })
    }

    /// Layers that write, and those of an encoder beside them: as many, unless the file says otherwise.
    fn layers(&self) -> Result<(u64, u64), BudgetError> {
        let layers = self.whole(&["num_hidden_layers", "n_layer", "num_layers"])?;
        match self.family {
            "t5" => Ok((self.maybe("num_decoder_layers")?.unwrap_or(layers), layers)),
            _ => Ok((layers, 0)),
        }
    }

    /// Biases that the family leaves to the file.
    fn bias(&self, of_family: Bias) -> Result<Bias, BudgetError> {
        Ok(match self.model_type.as_str() {
            "falcon" if self.is_on("bias", false)? => Bias::ALL,
            "qwen2_moe" if !self.is_on("qkv_bias", true)? => Bias::NONE,
            "llama" | "qwen3" | "qwen3_moe" | "gemma2" | "gemma3" | "gemma3_text" | "deepseek_v2"
            | "deepseek_v3" => {
                let attention = self.is_on("attention_bias", false)?;
                let feed_forward = self.model_type == "llama" && self.is_on("mlp_bias", false)?;
                Bias { qkv: attention, output: attention, feed_forward }
            }
            _ => of_family,
        })
    }

    /// The width of a head: what the file says, or else the width shared out evenly.
    fn head_dim(&self, d_model: u64, heads: u64) -> Result<u64, BudgetError> {
        match self.first(&["head_dim", "d_kv"])? {
            Some(head_dim) => Ok(head_dim),
            None if heads > 0 && d_model.is_multiple_of(heads) => Ok(d_model / heads),
            // Latent attention has widths of its own.
            None if self.maybe("kv_lora_rank")?.is_some() => Ok(1),
            None => Err(BudgetError::NoHeadDim { file: self.file.into(), d_model, heads }),
        }
    }

    /// What is not asked for follows the family's own default.
    fn tied_by_default(&self) -> bool {
        matches!(self.family, "gpt" | "bert" | "t5" | "gemma2" | "gemma3" | "falcon")
    }

    fn style(&self) -> Result<&'static str, BudgetError> {
        Ok(match self.family {
            "t5" if self
                .fields
                .get("feed_forward_proj")
                .and_then(Value::as_str)
                .is_some_and(|name| name.starts_with("gated")) =>
            {
                "t5-gated"
            }
            // With attention and network side by side the older layer has one norm for both.
            "falcon" if self.is_on("new_decoder_architecture", false)? => "falcon-2",
            "falcon" if !self.is_on("parallel_attn", true)? => "falcon-2",
            "falcon" => "falcon-1",
            // The ranks were read from the file itself.
            "deepseek" => "llama",
            family => family,
        })
    }

    fn kv_heads(&self, heads: u64) -> Result<u64, BudgetError> {
        if self.family == "falcon" && !self.is_on("new_decoder_architecture", false)? {
            return Ok(if self.is_on("multi_query", true)? { 1 } else { heads });
        }
        Ok(self.first(&["num_key_value_heads", "num_kv_heads"])?.unwrap_or(heads))
    }

    fn width(&self, d_model: u64) -> Result<u64, BudgetError> {
        let given = self.first(&["intermediate_size", "n_inner", "ffn_hidden_size", "d_ff"])?;
        match (given, self.family) {
            (Some(width), _) => Ok(width),
            (None, "gpt" | "falcon") => Ok(d_model.saturating_mul(4)),
            (None, _) => self.whole(&["intermediate_size"]),
        }
    }

    fn latent(&self) -> Result<Option<Latent>, BudgetError> {
        let Some(kv_rank) = self.maybe("kv_lora_rank")? else { return Ok(None) };
        Ok(Some(Latent {
            q_rank: self.maybe("q_lora_rank")?.unwrap_or(0),
            kv_rank,
            nope: self.whole(&["qk_nope_head_dim"])?,
            rope: self.whole(&["qk_rope_head_dim"])?,
            value: self.whole(&["v_head_dim"])?,
        }))
    }
}
