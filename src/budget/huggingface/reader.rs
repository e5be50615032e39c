//! The fields of a configuration file, each with its type.

use crate::budget::words::Wanted;
use serde_json::{Map, Value};

use crate::budget::BudgetError;

/// The types of models that are understood, and the family of each.
const TYPES: [(&str, &str); 18] = [
    ("llama", "llama"),
    ("mistral", "llama"),
    ("mixtral", "llama"),
    ("qwen2", "qwen2"),
    ("qwen2_moe", "qwen2"),
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

/// The fields of a file, and what kind of model it is of.
pub(super) struct Reader<'a> {
    pub(super) fields: Map<String, Value>,
    pub(super) file: &'a str,
    pub(super) model_type: String,
    pub(super) family: &'static str,
}

impl Reader<'_> {
    pub(super) fn new(fields: Map<String, Value>, file: &str) -> Result<Reader<'_>, BudgetError> {
        let Some(model_type) = fields.get("model_type").and_then(Value::as_str).map(String::from) else {
            let (field, model_type) = ("model_type".to_string(), "Hugging Face".to_string());
            return Err(BudgetError::Missing { file: file.into(), field, model_type });
        };
        let Some((_, family)) = TYPES.iter().find(|(name, _)| *name == model_type) else {
            let known: Vec<&str> = TYPES.iter().map(|(name, _)| *name).collect();
            return Err(BudgetError::UnknownType { file: file.into(), model_type, known: known.join(", ") });
        };
        Ok(Reader { fields, file, model_type, family })
    }

    /// A whole number. If the field is missing it is the family's default; if it is null there is none.
    pub(super) fn maybe(&self, field: &str) -> Result<Option<u64>, BudgetError> {
        match self.fields.get(field) {
            None => Ok(self.default(field)),
            Some(Value::Null) => Ok(None),
            Some(value) => value.as_u64().map(Some).ok_or_else(|| self.wrong(field, value, Wanted::Whole)),
        }
    }

    /// A whole number that something is divided by.
    pub(super) fn at_least_one(&self, field: &str) -> Result<u64, BudgetError> {
        let number = self.whole(&[field])?;
        if number == 0 {
            return Err(self.wrong(field, &number.into(), Wanted::AtLeast1));
        }
        Ok(number)
    }

    /// The first of several names that is there.
    pub(super) fn first(&self, names: &[&str]) -> Result<Option<u64>, BudgetError> {
        for name in names {
            if let Some(number) = self.maybe(name)? {
                return Ok(Some(number));
            }
        }
        Ok(None)
    }

    /// What a file may leave out, because it is the family's own default.
    fn default(&self, field: &str) -> Option<u64> {
        match (self.family, self.model_type.as_str(), field) {
            ("gemma2" | "gemma3", _, "num_attention_heads") => Some(8),
            ("gemma2" | "gemma3", _, "num_key_value_heads") => Some(4),
            ("gemma2" | "gemma3", _, "head_dim") => Some(256),
            ("gemma2" | "gemma3", _, "sliding_window") => Some(4096),
            ("gemma2", _, "vocab_size") => Some(256_000),
            ("gemma3", _, "vocab_size") => Some(262_208),
            ("gemma2", _, "max_position_embeddings") => Some(8192),
            ("gemma3", _, "max_position_embeddings") => Some(131_072),
            (_, "mistral" | "mixtral", "num_key_value_heads") => Some(8),
            (_, "mistral", "sliding_window") => Some(4096),
            ("qwen2" | "qwen3", _, "sliding_window") => Some(4096),
            ("qwen2" | "qwen3", _, "max_window_layers") => Some(28),
            (_, "qwen3", "head_dim") => Some(128),
            (_, "deepseek_v2", "n_shared_experts") => Some(2),
            (_, "deepseek_v3", "n_shared_experts") => Some(1),
            (_, "deepseek_v3", "first_k_dense_replace") => Some(3),
            _ => None,
        }
    }

    /// A whole number under the first of several names that is there.
    pub(super) fn whole(&self, names: &[&str]) -> Result<u64, BudgetError> {
        if let Some(number) = self.first(names)? {
            return Ok(number);
        }
        let (file, model_type) = (self.file.into(), self.model_type.clone());
        Err(BudgetError::Missing { file, field: names[0].into(), model_type })
    }

    pub(super) fn is_on(&self, field: &str, default: bool) -> Result<bool, BudgetError> {
        match self.fields.get(field) {
            None | Some(Value::Null) => Ok(default),
            Some(value) => value.as_bool().ok_or_else(|| self.wrong(field, value, Wanted::Flag)),
        }
    }

    pub(super) fn wrong(&self, field: &str, value: &Value, wanted: Wanted) -> BudgetError {
        let shown: String = value.to_string().chars().take(40).collect();
        BudgetError::WrongType { file: self.file.into(), field: field.into(), found: shown, wanted }
    }
}
