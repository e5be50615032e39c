//! From the metadata of a GGUF file.
//!
//! The file says less than a `config.json`: what it leaves out is what llama.cpp has in its code for the
//! architecture. Biases, norms of queries and keys and a head of its own are told by the tensors that are there.

use super::layers::MOST_LAYERS;
use super::layers::gemma_pattern;
use super::metadata::{Reader, bad};
use super::scaling::rope;
use super::{Config, Family, FromFile, Keys, LayerConfig, Norm};
use crate::activation::Activation;
use crate::budget::{Bias, RopeConfig};
use crate::decoder::words::Wanted;
use crate::decoder::{DecoderError, Tensors};
use crate::position::rope::Layout;

/// Layers of Gemma 3 27B, which llama.cpp tells by this number.
const LARGEST_GEMMA3: usize = 62;

impl Config {
    /// Reads the metadata of a GGUF file, beside its tensors.
    ///
    /// # Errors
    /// [`DecoderError::UnknownArchitecture`]; [`DecoderError::MissingKey`] and [`DecoderError::BadValue`]
    /// naming the key; [`DecoderError::MissingTensor`] if there is no embedding.
    pub fn from_gguf(keys: &dyn Keys, tensors: &dyn Tensors) -> Result<FromFile, DecoderError> {
        let key = "general.architecture";
        let architecture =
            keys.word(key).ok_or_else(|| match keys.keys().iter().any(|known| known == key) {
                true => bad(keys, key, Wanted::Architecture),
                false => DecoderError::MissingKey { key: key.into() },
            })?;
        let family = Family::of_gguf(&architecture)?;
        let mut reader = Reader::new(keys, architecture);
        let config = assemble(family, &mut reader, tensors)?;
        let unused = reader.unused(config.vocab);
        Ok(FromFile { config, assumed: reader.assumed, unused })
    }
}

fn assemble(family: Family, reader: &mut Reader, tensors: &dyn Tensors) -> Result<Config, DecoderError> {
    let d_model = reader.size("embedding_length")?;
    let heads = reader.size("attention.head_count")?;
    let kv_heads = reader.maybe_size("attention.head_count_kv")?.unwrap_or(heads);
    let head_dim = reader.maybe_size("attention.key_length")?.unwrap_or(d_model / heads);
    check_heads(reader, heads, kv_heads, head_dim)?;
    let context = reader.size("context_length")?;
    let ropes =
        if family == Family::Gpt2 { Vec::new() } else { rope(family, reader, head_dim, context, tensors)? };
    let count = reader.size("block_count")?;
    if count > MOST_LAYERS {
        let key = reader.key("block_count");
        return Err(reader.bad(&key, Wanted::Layers));
    }
    let has = |name: &str| tensors.shape(name).is_some();
    let eps = if family == Family::Gpt2 {
        "attention.layer_norm_epsilon"
    } else {
        "attention.layer_norm_rms_epsilon"
    };
    let under_root =
        if family == Family::Gemma3 && count == LARGEST_GEMMA3 { d_model / heads } else { head_dim };
    Ok(Config {
        family,
        d_model,
        heads,
        kv_heads,
        head_dim,
        d_ff: reader.size("feed_forward_length")?,
        vocab: vocabulary(tensors, d_model)?,
        context,
        layers: layers(family, reader, count, &ropes)?,
        // llama.cpp stores Gemma's gains with the 1 in them.
        norm: if family == Family::Gpt2 { Norm::Layer } else { Norm::Rms { offset: 0.0 } },
        eps: reader.number(eps, 1e-5)?,
        norms_after: family.is_gemma(),
        qk_norm: has("blk.0.attn_q_norm.weight"),
        bias: bias(tensors),
        gated: family != Family::Gpt2,
        activation: match family {
            Family::Gpt2 | Family::Gemma2 | Family::Gemma3 => Activation::GeluTanh,
            _ => Activation::SILU,
        },
        learned_positions: family == Family::Gpt2,
        ropes,
        layout: match family {
            Family::Llama | Family::Mistral | Family::SmolLm3 => Layout::Interleaved,
            _ => Layout::Halves,
        },
        score_scale: 1.0 / (under_root as f64).sqrt(),
        score_cap: if family == Family::Gemma2 {
            Some(reader.number("attn_logit_softcapping", 50.0)?)
        } else {
            None
        },
        logit_cap: logit_cap(family, reader)?,
        embedding_scale: if family.is_gemma() { (d_model as f64).sqrt() } else { 1.0 },
        tied: !has("output.weight"),
    })
}

/// What logits are bent to, in the families of Gemma.
fn logit_cap(family: Family, reader: &mut Reader) -> Result<Option<f64>, DecoderError> {
    match family {
        Family::Gemma2 => Ok(Some(reader.number("final_logit_softcapping", 30.0)?)),
        Family::Gemma3 => reader.maybe("final_logit_softcapping"),
        _ => Ok(None),
    }
}

/// Which biases are there, as the first layer has them.
fn bias(tensors: &dyn Tensors) -> Bias {
    let has = |name: &str| tensors.shape(name).is_some();
    Bias {
        qkv: has("blk.0.attn_q.bias") || has("blk.0.attn_qkv.bias"),
        output: has("blk.0.attn_output.bias"),
        feed_forward: has("blk.0.ffn_up.bias"),
    }
}

/// Query heads share key/value heads evenly, and values are as wide as keys.
fn check_heads(
    reader: &mut Reader,
    heads: usize,
    kv_heads: usize,
    head_dim: usize,
) -> Result<(), DecoderError> {
    if head_dim == 0 {
        let key = reader.key("embedding_length");
        return Err(reader.bad(&key, Wanted::HeadEach));
    }
    if !heads.is_multiple_of(kv_heads) {
        let key = reader.key("attention.head_count_kv");
        return Err(reader.bad(&key, Wanted::Divisor));
    }
    if reader.maybe_size("attention.value_length")?.is_some_and(|width| width != head_dim) {
        let key = reader.key("attention.value_length");
        return Err(reader.bad(&key, Wanted::KeyWidth));
    }
    Ok(())
}

/// Rows of the embedding.
fn vocabulary(tensors: &dyn Tensors, d_model: usize) -> Result<usize, DecoderError> {
    let name = "token_embd.weight";
    match tensors.shape(name).as_deref() {
        Some(&[vocab, _]) if vocab > 0 => Ok(vocab),
        Some(found) => {
            Err(DecoderError::Shape { name: name.into(), found: found.to_vec(), wanted: vec![1, d_model] })
        }
        None => Err(DecoderError::MissingTensor { name: name.into(), wanted: vec![1, d_model] }),
    }
}

fn layers(
    family: Family,
    reader: &mut Reader,
    count: usize,
    ropes: &[RopeConfig],
) -> Result<Vec<LayerConfig>, DecoderError> {
    let window = reader.maybe_size("attention.sliding_window")?;
    let slides = sliding(family, reader, count)?;
    let turns = if family == Family::SmolLm3 { gemma_pattern(count, 4) } else { vec![true; count] };
    let layer = |i: usize| {
        let window = window.filter(|_| slides[i]);
        let rope = Some(usize::from(window.is_some() && ropes.len() > 1));
        LayerConfig { window, rope: rope.filter(|_| turns[i] && !ropes.is_empty()) }
    };
    Ok((0..count).map(layer).collect())
}

/// Which layers have the window: a flag for each, or how often one has not.
fn sliding(family: Family, reader: &mut Reader, count: usize) -> Result<Vec<bool>, DecoderError> {
    let usual = match family {
        Family::Gemma2 => 2,
        Family::Gemma3 => 6,
        Family::Llama => return Ok(vec![true; count]),
        _ => return Ok(vec![false; count]),
    };
    let key = reader.key("attention.sliding_window_pattern");
    if let Some(flags) = reader.keys.wholes(&key) {
        let right = flags.len() == count && flags.iter().all(|flag| *flag < 2);
        return if right {
            Ok(flags.iter().map(|flag| *flag == 1).collect())
        } else {
            Err(reader.bad(&key, Wanted::FlagPerLayer))
        };
    }
    let every = reader.maybe_size("attention.sliding_window_pattern")?.unwrap_or(usual);
    Ok(gemma_pattern(count, every))
}
