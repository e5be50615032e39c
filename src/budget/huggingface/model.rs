//! The model that writes: its sizes put together.

use super::reader::Reader;
use super::recurrent::STATE_ONLY;
use super::types::TYPES;
use crate::budget::published::{plain_decoder, styled};
use crate::budget::words::{Unread, Wanted};
use crate::budget::{BudgetError, HeadNorm, Kind, ModelConfig, Norm};

/// T5 and those built like it.
const T5: [&str; 3] = ["t5", "mt5", "umt5"];
/// Tokens that types were trained with whose configuration has no longest context: positions are relative.
const TRAINED: [(&[&str], u64); 2] = [(&T5, 512), (&["bloom"], 2048)];
/// OPT's first rows of positions stand for nothing.
const OPT_ROWS: u64 = 2;

impl Reader<'_> {
    pub(super) fn model(&self) -> Result<ModelConfig, BudgetError> {
        let d_model = self.whole(&["hidden_size", "n_embd", "d_model", "n_embed"])?;
        let heads = self.heads()?;
        let (layers, encoder_layers) = self.layers()?;
        let (without_network, network_alone) = self.one_thing_a_layer(layers)?;
        let latent = self.latent()?;
        let base = ModelConfig {
            name: self.name(),
            kind: self.kind()?,
            layers,
            encoder_layers,
            d_model,
            heads,
            kv_heads: if latent.is_some() { self.unshared(heads) } else { self.kv_heads(heads)? },
            head_dim: self.head_dim(d_model, heads, latent.is_some())?,
            d_ff: self.width(d_model)?,
            vocab: self.whole(&["vocab_size"])?,
            // Nemotron-H and Kimi Linear have no tied weights, whatever their files say.
            tied: !self.is(&["nemotron_h", "kimi_linear"]) && self.is_on("tie_word_embeddings")?,
            context: self.context()?,
            experts: self.experts(layers, without_network)?,
            without_network,
            network_alone,
            window: self.window(layers)?,
            latent,
            indexer: self.indexer()?,
            recurrent: self.recurrent(layers, d_model)?,
            ..plain_decoder()
        };
        self.as_the_type(styled(base, self.style()?))
    }

    /// What the file decides beyond the style.
    fn as_the_type(&self, styled: ModelConfig) -> Result<ModelConfig, BudgetError> {
        let bias = self.bias(styled.bias)?;
        let model = ModelConfig { bias, ..styled };
        Ok(match self.model_type.as_str() {
            "gpt2" => ModelConfig { cross_attention: self.is_on("add_cross_attention")?, ..model },
            // Heads that share one key have no cross-attention.
            "gpt_bigcode" if !self.is_on("multi_query")? => {
                ModelConfig { cross_attention: self.is_on("add_cross_attention")?, ..model }
            }
            "bert" | "roberta" => self.bert(model)?,
            "t5" | "mt5" | "umt5" => ModelConfig {
                relative_buckets: self.whole(&["relative_attention_num_buckets"])?,
                relative_each: self.is(&["umt5"]),
                ..model
            },
            "bloom" => ModelConfig { norm: Norm { embedding: true, ..model.norm }, ..model },
            "opt" => self.opt(model)?,
            // Its norms have no numbers.
            "olmo" => ModelConfig { norm: Norm { numbers: 0, ..model.norm }, ..model },
            "cohere" if self.is_on("use_qk_norm")? => {
                ModelConfig { norm: Norm { query_key: HeadNorm::Together, ..model.norm }, ..model }
            }
            "phi" => {
                let query_key = if self.is_on("qk_layernorm")? { HeadNorm::Each } else { HeadNorm::None };
                let norm = Norm { query_key, ..model.norm };
                ModelConfig { norm, ..model }
            }
            "glm4_moe" => {
                let query_key = if self.is_on("use_qk_norm")? { HeadNorm::Each } else { HeadNorm::None };
                ModelConfig { norm: Norm { query_key, ..model.norm }, ..model }
            }
            "gpt_oss" => ModelConfig { sinks: true, ..model },
            "qwen3_next" | "qwen3_5_text" | "qwen3_5_moe_text" => ModelConfig { query_gate: true, ..model },
            "ernie4_5_moe" => ModelConfig { output_bias: model.bias.output, ..model },
            _ => model,
        })
    }

    /// A table of positions and of token types, no output of its own. RoBERTa's first positions, up to
    /// padding, stand for nothing.
    fn bert(&self, model: ModelConfig) -> Result<ModelConfig, BudgetError> {
        let rows = self.whole(&["max_position_embeddings", "n_positions"])?;
        let unused = match self.is(&["roberta"]) {
            true => self.maybe("pad_token_id")?.unwrap_or(0).saturating_add(1),
            false => 0,
        };
        Ok(ModelConfig {
            learned_positions: rows,
            context: rows.saturating_sub(unused),
            token_types: self.whole(&["type_vocab_size"])?,
            cross_attention: model.kind == Kind::Decoder && self.is_on("add_cross_attention")?,
            // The output over the vocabulary belongs to a head for a task, not to the model.
            tied: true,
            ..model
        })
    }

    /// Norms without numbers, a norm at the end only where norms come first, and a table of positions.
    fn opt(&self, model: ModelConfig) -> Result<ModelConfig, BudgetError> {
        if self.maybe("word_embed_proj_dim")?.is_some_and(|width| width != model.d_model) {
            let (file, model_type, reason) = (self.file().into(), "opt".into(), Unread::NarrowEmbedding);
            return Err(BudgetError::NotRead { file, model_type, reason });
        }
        let first = self.is_on("do_layer_norm_before")?;
        let whole = first && !self.is_on("_remove_final_layer_norm")?;
        let numbers = if self.is_on("layer_norm_elementwise_affine")? { model.norm.numbers } else { 0 };
        let norm = Norm { whole, numbers, ..model.norm };
        Ok(ModelConfig { norm, learned_positions: model.context.saturating_add(OPT_ROWS), ..model })
    }

    /// The model's own name, or its type.
    fn name(&self) -> String {
        let name = self.given("_name_or_path").and_then(|name| name.as_str());
        // What the file calls its type, which may be read as another.
        let kind = self.given("model_type").and_then(|kind| kind.as_str()).unwrap_or(&self.model_type);
        name.filter(|name| !name.is_empty()).unwrap_or(kind).into()
    }

    fn kind(&self) -> Result<Kind, BudgetError> {
        Ok(match self.model_type.as_str() {
            "bert" | "roberta" if self.is_on("is_decoder")? => Kind::Decoder,
            "bert" | "roberta" => Kind::Encoder,
            _ if self.is(&T5) => Kind::EncoderDecoder,
            _ => Kind::Decoder,
        })
    }

    /// Layers that write, and those of an encoder beside them: as many, unless the file says otherwise.
    fn layers(&self) -> Result<(u64, u64), BudgetError> {
        if self.is(&["nemotron_h"]) {
            return Ok((self.blocks()?.layers, 0));
        }
        let layers = self.whole(&["num_hidden_layers", "n_layer", "num_layers"])?;
        match self.is(&T5) {
            true => Ok((self.maybe("num_decoder_layers")?.unwrap_or(layers), layers)),
            false => Ok((layers, 0)),
        }
    }

    /// Layers without a feed-forward network, and layers that are one alone.
    fn one_thing_a_layer(&self, layers: u64) -> Result<(u64, u64), BudgetError> {
        if self.is(&["nemotron_h"]) {
            let blocks = self.blocks()?;
            let alone = blocks.experts + blocks.networks;
            return Ok((blocks.layers - alone, alone));
        }
        Ok((if self.is(&STATE_ONLY) { layers } else { 0 }, 0))
    }

    /// Heads that rebuild keys and values from one vector share none.
    fn unshared(&self, heads: u64) -> u64 {
        self.look_at(&["num_key_value_heads"]);
        heads
    }

    pub(super) fn context(&self) -> Result<u64, BudgetError> {
        let names: &[&str] = match self.model_type.as_str() {
            "gpt2" | "t5" | "mt5" | "umt5" => &["n_positions", "max_position_embeddings"],
            "bloom" => &["seq_length"],
            "kimi_linear" => &["model_max_length", "max_position_embeddings"],
            _ => &["max_position_embeddings", "n_positions"],
        };
        if self.is(&STATE_ONLY) {
            // A state sets no limit.
            return Ok(self.first(names)?.unwrap_or(u64::MAX));
        }
        let trained = TRAINED.iter().find(|(types, _)| self.is(types)).map(|(_, tokens)| *tokens);
        if let (Some(trained), None) = (trained, self.first(names)?) {
            self.assume(names[0], trained);
            return Ok(trained);
        }
        match self.whole(names)? {
            0 => Err(self.wrong(names[0], &0.into(), Wanted::AtLeast1)),
            context => Ok(context),
        }
    }

    fn style(&self) -> Result<&'static str, BudgetError> {
        let style =
            TYPES.iter().find(|(name, _)| *name == self.model_type).map_or("llama", |(_, style)| style);
        Ok(match style {
            "t5" if self.word("feed_forward_proj").is_some_and(|name| name.starts_with("gated")) => {
                "t5-gated"
            }
            // With attention and network side by side the older layer has one norm for both.
            "falcon" if !self.is_on("parallel_attn")? => {
                self.look_at(&["num_ln_in_parallel_attn"]);
                "falcon-2"
            }
            "falcon" => {
                let newer = self.is_on("new_decoder_architecture")?;
                match self.maybe("num_ln_in_parallel_attn")? {
                    Some(2) => "falcon-2",
                    None if newer => "falcon-2",
                    _ => "falcon-1",
                }
            }
            style => style,
        })
    }

    /// Width of a feed-forward network without experts.
    fn width(&self, d_model: u64) -> Result<u64, BudgetError> {
        match self.model_type.as_str() {
            "bloom" => Ok(d_model.saturating_mul(4)),
            "opt" => self.whole(&["ffn_dim"]),
            "gpt2" | "gpt_bigcode" => Ok(self.maybe("n_inner")?.unwrap_or(d_model.saturating_mul(4))),
            "falcon" => Ok(self.maybe("ffn_hidden_size")?.unwrap_or(d_model.saturating_mul(4))),
            "llama4_text" => self.whole(&["intermediate_size_mlp"]),
            // Of Granite's hybrids without experts the network that is shared is the only one.
            "granitemoehybrid" if self.first(&["num_local_experts", "num_experts"])?.unwrap_or(0) == 0 => {
                self.look_at(&["intermediate_size", "num_experts_per_tok"]);
                self.whole(&["shared_intermediate_size"])
            }
            "lfm2" => self.adjusted(),
            // All its layers have experts, or it has no network at all.
            "qwen3_5_moe_text" => Ok(self.maybe("intermediate_size")?.unwrap_or(0)),
            _ if self.is(&STATE_ONLY) => Ok(0),
            _ if self.is(&T5) => self.whole(&["d_ff", "intermediate_size"]),
            _ => self.whole(&["intermediate_size"]),
        }
    }

    /// LFM2's width: two thirds of what the file says, times a factor, up to the next multiple.
    fn adjusted(&self) -> Result<u64, BudgetError> {
        let given = self.whole(&["block_ff_dim", "intermediate_size"])?;
        self.look_at(&["block_ffn_dim_multiplier", "block_multiple_of"]);
        if !self.is_on("block_auto_adjust_ff_dim")? {
            return Ok(given);
        }
        let narrower = given.saturating_mul(2) / 3;
        let field = "block_ffn_dim_multiplier";
        let Some(factor) = self.value(field) else { return Ok(narrower) };
        let number = factor.as_f64().filter(|factor| (1.0 / 64.0..=64.0).contains(factor));
        let number = number.ok_or_else(|| self.wrong(field, factor, Wanted::Factor))?;
        let wide = (number * narrower as f64) as u64;
        let multiple = self.at_least_one("block_multiple_of")?;
        Ok(wide.div_ceil(multiple).saturating_mul(multiple))
    }
}
