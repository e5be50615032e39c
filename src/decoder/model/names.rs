//! What files call each part of a model.

use std::borrow::Cow;

use crate::decoder::{Config, Family};

/// Whose names a file uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Naming {
    /// Hugging Face: `model.layers.0.self_attn.q_proj.weight`.
    HuggingFace,
    /// llama.cpp: `blk.0.attn_q.weight`.
    Gguf,
}

/// A part with weights.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Embedding,
    Positions,
    AttentionNorm,
    Queries,
    Keys,
    Values,
    /// Queries, keys and values as one matrix, as GPT-2 has them.
    Fused,
    Output,
    QueryNorm,
    KeyNorm,
    AfterAttention,
    NetworkNorm,
    Gate,
    Up,
    Down,
    AfterNetwork,
    LastNorm,
    Head,
}

/// The names: of Hugging Face's LLaMA and all like it, Gemma's, GPT-2's, llama.cpp's. `#` is the layer.
const TABLE: [(Part, [&str; 4]); 18] = [
    (Part::Embedding, ["model.embed_tokens", "model.embed_tokens", "transformer.wte", "token_embd"]),
    (Part::Positions, ["", "", "transformer.wpe", "position_embd"]),
    (Part::AttentionNorm, ["input_layernorm", "input_layernorm", "ln_1", "blk.#.attn_norm"]),
    (Part::Queries, ["self_attn.q_proj", "self_attn.q_proj", "", "blk.#.attn_q"]),
    (Part::Keys, ["self_attn.k_proj", "self_attn.k_proj", "", "blk.#.attn_k"]),
    (Part::Values, ["self_attn.v_proj", "self_attn.v_proj", "", "blk.#.attn_v"]),
    (Part::Fused, ["", "", "attn.c_attn", "blk.#.attn_qkv"]),
    (Part::Output, ["self_attn.o_proj", "self_attn.o_proj", "attn.c_proj", "blk.#.attn_output"]),
    (Part::QueryNorm, ["self_attn.q_norm", "self_attn.q_norm", "", "blk.#.attn_q_norm"]),
    (Part::KeyNorm, ["self_attn.k_norm", "self_attn.k_norm", "", "blk.#.attn_k_norm"]),
    (Part::AfterAttention, ["", "post_attention_layernorm", "", "blk.#.post_attention_norm"]),
    (Part::NetworkNorm, ["post_attention_layernorm", "pre_feedforward_layernorm", "ln_2", "blk.#.ffn_norm"]),
    (Part::Gate, ["mlp.gate_proj", "mlp.gate_proj", "", "blk.#.ffn_gate"]),
    (Part::Up, ["mlp.up_proj", "mlp.up_proj", "mlp.c_fc", "blk.#.ffn_up"]),
    (Part::Down, ["mlp.down_proj", "mlp.down_proj", "mlp.c_proj", "blk.#.ffn_down"]),
    (Part::AfterNetwork, ["", "post_feedforward_layernorm", "", "blk.#.post_ffw_norm"]),
    (Part::LastNorm, ["model.norm", "model.norm", "transformer.ln_f", "output_norm"]),
    (Part::Head, ["lm_head", "lm_head", "lm_head", "output"]),
];

/// Tensors that some files have beside the weights: tables that are computed, and factors of the rotary
/// embedding that the configuration has read.
const COMPUTED: [&str; 6] = [
    "rotary_emb.inv_freq",
    ".attn.bias",
    ".attn.masked_bias",
    "rope_freqs.weight",
    "rope_factors_long.weight",
    "rope_factors_short.weight",
];

impl Naming {
    /// The name of a part without its ending, in layer `layer`. Parts of the whole ignore the layer.
    pub(crate) fn stem(self, family: Family, part: Part, layer: usize) -> String {
        let column = match (self, family) {
            (Naming::Gguf, _) => 3,
            (Naming::HuggingFace, Family::Gpt2) => 2,
            (Naming::HuggingFace, family) => usize::from(family.is_gemma()),
        };
        let name = TABLE.iter().find(|(this, _)| *this == part).map_or("", |(_, names)| names[column]);
        let whole = [Part::Embedding, Part::Positions, Part::LastNorm, Part::Head].contains(&part);
        match (self, whole) {
            (Naming::HuggingFace, false) => {
                format!("{}.{layer}.{name}", if column == 2 { "transformer.h" } else { "model.layers" })
            }
            _ => name.replace('#', &layer.to_string()),
        }
    }

    /// Is a matrix stored with its inputs outermost, as GPT-2's convolutions of width 1 are?
    pub(crate) fn is_transposed(self, config: &Config) -> bool {
        self == Naming::HuggingFace && config.family == Family::Gpt2
    }

    /// What some files leave out at the beginning of all names but the head's.
    pub(crate) fn prefix(self, family: Family) -> &'static str {
        match (self, family) {
            (Naming::Gguf, _) => "",
            (Naming::HuggingFace, Family::Gpt2) => "transformer.",
            (Naming::HuggingFace, _) => "model.",
        }
    }
}

/// Parts of a model that sees images beside its language model.
const SEEING: [&str; 2] = ["vision_tower", "multi_modal_projector"];

/// Where a tensor belongs in a file whose model may see images.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Within<'n> {
    /// The language model, with its name there.
    Language(Cow<'n, str>),
    /// Another part.
    Other(&'static str),
}

/// The part of a tensor, by its name: `language_model.model.norm.weight` and `model.language_model.norm.weight` are
/// `model.norm.weight` of the language model.
pub(crate) fn within(name: &str) -> Within<'_> {
    let bare = name.strip_prefix("model.").unwrap_or(name);
    if let Some(part) = SEEING.into_iter().find(|part| bare.starts_with(&format!("{part}."))) {
        return Within::Other(part);
    }
    if let Some(inner) = name.strip_prefix("language_model.") {
        return Within::Language(inner.into());
    }
    match name.strip_prefix("model.language_model.") {
        Some(inner) => Within::Language(format!("model.{inner}").into()),
        None => Within::Language(name.into()),
    }
}

/// Is this a tensor that nothing needs?
pub(crate) fn is_computed(name: &str) -> bool {
    COMPUTED.iter().any(|end| name.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_model_of_a_model_that_sees() {
        for name in
            ["model.norm.weight", "language_model.model.norm.weight", "model.language_model.norm.weight"]
        {
            assert_eq!(within(name), Within::Language("model.norm.weight".into()));
        }
        assert_eq!(within("lm_head.weight"), Within::Language("lm_head.weight".into()));
        for name in ["vision_tower.post.bias", "model.vision_tower.post.bias"] {
            assert_eq!(within(name), Within::Other("vision_tower"));
        }
    }
}
