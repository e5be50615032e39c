//! A configuration file of one's own, as Hugging Face writes it.

use serde_json::{Map, Value};

use super::published::{plain_decoder, styled};
use super::{Experts, Kind, Latent, ModelConfig, ModelError, Window};

/// No configuration is larger.
const MOST_BYTES: usize = 10_000_000;

/// The types of models that are understood, and the family of each.
const TYPES: [(&str, &str); 17] = [
    ("llama", "llama"),
    ("mistral", "llama"),
    ("mixtral", "llama"),
    ("qwen2", "qwen2"),
    ("qwen3", "qwen3"),
    ("qwen3_moe", "qwen3"),
    ("gemma2", "gemma2"),
    ("gemma3", "gemma3"),
    ("gemma3_text", "gemma3"),
    ("phi3", "llama"),
    ("falcon", "falcon"),
    ("gpt2", "gpt"),
    ("bert", "bert"),
    ("t5", "t5"),
    ("deepseek_v2", "deepseek"),
    ("deepseek_v3", "deepseek"),
    ("deepseek", "llama"),
];

/// Reads the text of a `config.json`.
///
/// A field `head_dim` wins over `hidden_size / num_attention_heads`, as it does in the model.
///
/// # Errors
/// [`ModelError`] naming the file and the field: not JSON, too large, a field missing or of the wrong type,
/// an unknown type of model, heads that do not divide.
///
/// # Examples
/// ```
/// use concepts::model::from_huggingface;
/// let text = r#"{"model_type": "llama", "hidden_size": 4096, "num_hidden_layers": 32,
///     "num_attention_heads": 32, "num_key_value_heads": 8, "intermediate_size": 14336,
///     "vocab_size": 128256, "max_position_embeddings": 131072}"#;
/// let config = from_huggingface(text, "config.json")?;
/// assert_eq!((config.head_dim, config.kv_heads), (128, 8));
/// # Ok::<(), concepts::model::ModelError>(())
/// ```
pub fn from_huggingface(text: &str, file: &str) -> Result<ModelConfig, ModelError> {
    if text.len() > MOST_BYTES {
        return Err(ModelError::TooLarge { file: file.into(), bytes: text.len(), limit: MOST_BYTES });
    }
    let not_json = |reason: String| ModelError::NotJson { file: file.into(), reason };
    let parsed: Value = serde_json::from_str(text).map_err(|error| not_json(error.to_string()))?;
    let Value::Object(mut fields) = parsed else { return Err(not_json("it holds no object".into())) };
    // Models that see images keep the language model's configuration one level down.
    if let Some(Value::Object(inner)) = fields.remove("text_config") {
        fields.extend(inner);
    }
    let reader = Reader::new(fields, file)?;
    let config = reader.config()?;
    config.check()?;
    Ok(config)
}

struct Reader<'a> {
    fields: Map<String, Value>,
    file: &'a str,
    model_type: String,
    family: &'static str,
}

impl Reader<'_> {
    fn new(fields: Map<String, Value>, file: &str) -> Result<Reader<'_>, ModelError> {
        let Some(model_type) = fields.get("model_type").and_then(Value::as_str).map(String::from) else {
            let (field, model_type) = ("model_type".to_string(), "Hugging Face".to_string());
            return Err(ModelError::Missing { file: file.into(), field, model_type });
        };
        let Some((_, family)) = TYPES.iter().find(|(name, _)| *name == model_type) else {
            let known: Vec<&str> = TYPES.iter().map(|(name, _)| *name).collect();
            return Err(ModelError::UnknownType { file: file.into(), model_type, known: known.join(", ") });
        };
        Ok(Reader { fields, file, model_type, family })
    }

    /// A whole number that may be missing or null.
    fn maybe(&self, field: &str) -> Result<Option<u64>, ModelError> {
        match self.fields.get(field) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => value
                .as_u64()
                .map(Some)
                .ok_or_else(|| self.wrong(field, value, "a whole number that is not negative")),
        }
    }

    /// A whole number under the first of several names that is there.
    fn whole(&self, names: &[&str]) -> Result<u64, ModelError> {
        for name in names {
            if let Some(number) = self.maybe(name)? {
                return Ok(number);
            }
        }
        let (file, model_type) = (self.file.into(), self.model_type.clone());
        Err(ModelError::Missing { file, field: names[0].into(), model_type })
    }

    fn is_on(&self, field: &str, default: bool) -> Result<bool, ModelError> {
        match self.fields.get(field) {
            None | Some(Value::Null) => Ok(default),
            Some(value) => value.as_bool().ok_or_else(|| self.wrong(field, value, "true or false")),
        }
    }

    fn wrong(&self, field: &str, value: &Value, wanted: &'static str) -> ModelError {
        let shown: String = value.to_string().chars().take(40).collect();
        ModelError::WrongType { file: self.file.into(), field: field.into(), found: shown, wanted }
    }

    fn config(&self) -> Result<ModelConfig, ModelError> {
        let d_model = self.whole(&["hidden_size", "n_embd", "d_model"])?;
        let heads = self.whole(&["num_attention_heads", "n_head", "num_heads"])?;
        let kv_heads = self.kv_heads(heads)?;
        let head_dim = match self.maybe("head_dim")?.or(self.maybe("d_kv")?) {
            Some(head_dim) => head_dim,
            None => d_model / heads.max(1),
        };
        let context = self.maybe("max_position_embeddings")?.or(self.maybe("n_positions")?).unwrap_or(2048);
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
            layers: self.whole(&["num_hidden_layers", "n_layer", "num_layers"])?,
            d_model,
            heads,
            kv_heads,
            head_dim,
            d_ff: self.width(d_model)?,
            vocab: self.whole(&["vocab_size"])?,
            tied: self.is_on("tie_word_embeddings", self.tied_by_default())?,
            context,
            experts: self.experts()?,
            window: self.window()?,
            latent: self.latent()?,
            ..plain_decoder()
        };
        Ok(styled(base, self.style()?))
    }

    /// What is not asked for follows the family's own default.
    fn tied_by_default(&self) -> bool {
        matches!(self.family, "gpt" | "bert" | "t5" | "gemma2" | "gemma3" | "falcon")
    }

    fn style(&self) -> Result<&'static str, ModelError> {
        Ok(match self.family {
            "t5" if self
                .fields
                .get("feed_forward_proj")
                .and_then(Value::as_str)
                .is_some_and(|name| name.starts_with("gated")) =>
            {
                "t5-gated"
            }
            "falcon" if self.is_on("new_decoder_architecture", false)? => "falcon-2",
            "falcon" => "falcon-1",
            // The ranks were read from the file itself.
            "deepseek" => "llama",
            family => family,
        })
    }

    fn kv_heads(&self, heads: u64) -> Result<u64, ModelError> {
        if self.family == "falcon" && !self.is_on("new_decoder_architecture", false)? {
            return Ok(if self.is_on("multi_query", true)? { 1 } else { heads });
        }
        Ok(self.maybe("num_key_value_heads")?.or(self.maybe("num_kv_heads")?).unwrap_or(heads))
    }

    fn width(&self, d_model: u64) -> Result<u64, ModelError> {
        let given = self.maybe("intermediate_size")?.or(self.maybe("n_inner")?).or(self.maybe("d_ff")?);
        match (given, self.family) {
            (Some(width), _) => Ok(width),
            (None, "gpt" | "falcon") => Ok(4 * d_model),
            (None, _) => self.whole(&["intermediate_size"]),
        }
    }

    fn experts(&self) -> Result<Option<Experts>, ModelError> {
        let counted =
            [self.maybe("num_local_experts")?, self.maybe("num_experts")?, self.maybe("n_routed_experts")?];
        let Some(count) = counted.into_iter().flatten().next() else { return Ok(None) };
        Ok(Some(Experts {
            count,
            active: self.whole(&["num_experts_per_tok"])?,
            shared: self.maybe("n_shared_experts")?.unwrap_or(0),
            d_ff: self.whole(&["moe_intermediate_size", "intermediate_size"])?,
            dense_layers: self.maybe("first_k_dense_replace")?.unwrap_or(0),
        }))
    }

    fn window(&self) -> Result<Option<Window>, ModelError> {
        let Some(size) = self.maybe("sliding_window")? else { return Ok(None) };
        // Qwen writes a window and switches it off.
        if !self.is_on("use_sliding_window", true)? {
            return Ok(None);
        }
        let full_every = match self.family {
            "gemma2" => 2,
            "gemma3" => self.maybe("sliding_window_pattern")?.unwrap_or(6),
            _ => 0,
        };
        Ok(Some(Window { size, full_every }))
    }

    fn latent(&self) -> Result<Option<Latent>, ModelError> {
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
