//! The architectures that are run.

use crate::decoder::DecoderError;

/// An architecture, as far as files differ in it: names of tensors, keys, defaults.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// LLaMA, SmolLM2 and all that are built like them.
    Llama,
    /// Mistral: LLaMA with a window.
    Mistral,
    /// Qwen2: biases on queries, keys and values.
    Qwen2,
    /// Qwen3: norms of queries and keys.
    Qwen3,
    /// SmolLM3: some layers do not rotate.
    SmolLm3,
    /// Gemma 2: norms before and after, soft caps.
    Gemma2,
    /// Gemma 3, its text part: norms of queries and keys, two rotary embeddings.
    Gemma3,
    /// GPT-2: LayerNorm, learned positions, no gate.
    Gpt2,
}

/// Each with what a `config.json` and a GGUF file call it; Mistral's files in GGUF are LLaMA's.
const NAMES: [(Family, &str, &str); 8] = [
    (Family::Llama, "llama", "llama"),
    (Family::Mistral, "mistral", ""),
    (Family::Qwen2, "qwen2", "qwen2"),
    (Family::Qwen3, "qwen3", "qwen3"),
    (Family::SmolLm3, "smollm3", "smollm3"),
    (Family::Gemma2, "gemma2", "gemma2"),
    (Family::Gemma3, "gemma3_text", "gemma3"),
    (Family::Gpt2, "gpt2", "gpt2"),
];

impl Family {
    /// The family of a `model_type` in a `config.json`.
    ///
    /// # Errors
    /// [`DecoderError::UnknownArchitecture`], which names those that are run.
    ///
    /// # Examples
    /// ```
    /// use concepts::decoder::Family;
    /// assert_eq!(Family::of_huggingface("gemma3_text"), Ok(Family::Gemma3));
    /// assert!(Family::of_huggingface("mamba").unwrap_err().to_string().contains("\"mamba\" is not run"));
    /// ```
    pub fn of_huggingface(model_type: &str) -> Result<Family, DecoderError> {
        find(model_type, |(_, huggingface, _)| huggingface)
    }

    /// The family of a `general.architecture` in a GGUF file.
    ///
    /// # Errors
    /// As [`Family::of_huggingface`].
    ///
    /// # Examples
    /// ```
    /// use concepts::decoder::Family;
    /// assert_eq!(Family::of_gguf("gemma3"), Ok(Family::Gemma3));
    /// ```
    pub fn of_gguf(architecture: &str) -> Result<Family, DecoderError> {
        find(architecture, |(_, _, gguf)| gguf)
    }

    /// Is it one of Gemma's?
    pub(crate) fn is_gemma(self) -> bool {
        matches!(self, Family::Gemma2 | Family::Gemma3)
    }
}

fn find(
    found: &str,
    name: fn((Family, &'static str, &'static str)) -> &'static str,
) -> Result<Family, DecoderError> {
    let known = NAMES.into_iter().filter(|&row| !name(row).is_empty());
    let family = known.clone().find(|&row| name(row) == found).map(|row| row.0);
    family.ok_or_else(|| DecoderError::UnknownArchitecture {
        found: found.chars().take(40).collect(),
        supported: known.map(name).collect::<Vec<_>>().join(", "),
    })
}
