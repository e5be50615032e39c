//! From a `config.json`.
//!
//! Sizes, biases and rotary embeddings are read as [`read_huggingface`] reads them for their cost; what only
//! the arithmetic needs is read here.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::fields::{Fields, wrong};
use super::layers::{Rotated, layers};
use super::{Config, Family, FromFile, Norm};
use crate::activation::Activation;
use crate::budget::{HeadNorm, ModelConfig, RopeConfig, read_huggingface, rope_of_huggingface};
use crate::decoder::DecoderError;
use crate::decoder::words::Wanted;
use crate::json::{object, of_no_sign};
use crate::position::rope::Layout;

/// Fields that the arithmetic needs beside those of the cost, and those that say which layer is what.
const USED: &str = "\
    model_type rms_norm_eps layer_norm_epsilon hidden_act hidden_activation activation_function \
    query_pre_attn_scalar attn_logit_softcapping final_logit_softcapping scale_attn_weights \
    scale_attn_by_inverse_layer_idx layer_types sliding_window sliding_window_pattern _sliding_window_pattern \
    use_sliding_window max_window_layers no_rope_layers no_rope_layer_interval rope_parameters rope_scaling \
    rope_theta rope_local_base_freq partial_rotary_factor original_max_position_embeddings head_dim n_inner \
    use_bidirectional_attention add_cross_attention";
/// Beginnings and endings of fields that say nothing about what a trained model computes.
const TRAINING: [&str; 8] = [
    "initializer",
    "summary_",
    "torch_dtype",
    "transformers_version",
    "_name_or_path",
    "_attn",
    "architectures",
    "dtype",
];
const KEPT: [&str; 8] = [
    "_token_id",
    "_dropout",
    "_pdrop",
    "use_cache",
    "pretraining_tp",
    "cache_implementation",
    "reorder_and_upcast_attn",
    "task_specific_params",
];

impl Config {
    /// Reads the text of a `config.json`; `file` is its name in messages. Of a Gemma 3 that sees images the language
    /// model is read, and the rest is named among what is not used.
    ///
    /// # Errors
    /// [`DecoderError::UnknownArchitecture`]; [`DecoderError::Configuration`] and
    /// [`DecoderError::BadValue`] naming the field.
    pub fn from_huggingface(text: &str, file: &str) -> Result<FromFile, DecoderError> {
        read(text, file)
    }
}

/// What a `config.json` says.
fn read(text: &str, file: &str) -> Result<FromFile, DecoderError> {
    let whole = object(text).map_err(|reason| DecoderError::NotJson { reason })?;
    let (map, beside) = language_model(whole.clone());
    let family = Family::of_huggingface(model_type(&map, text, file)?)?;
    let costed = read_huggingface(text, file)?;
    let mut fields = Fields { map, assumed: costed.assumed };
    for field in ["scale_attn_by_inverse_layer_idx", "use_bidirectional_attention", "add_cross_attention"] {
        if fields.flag(field)? {
            return Err(wrong(field, &Value::Bool(true), Wanted::Off));
        }
    }
    let ropes = ropes(family, &whole, file, &fields)?;
    // The embedding of the layers with a window is read by itself.
    let read = |name: &&String| family != Family::Gemma3 || *name != "rope_parameters.sliding_attention";
    let of_ropes: BTreeSet<String> =
        ropes.iter().flat_map(|rope| &rope.unused).filter(read).cloned().collect();
    let mut config = assemble(family, &costed.config, ropes, &mut fields)?;
    // The class of Gemma 3 that sees images takes its logits as they are.
    let capped = config.logit_cap.take_if(|_| whole.contains_key(TEXT));
    fields.assumed.sort();
    let mut unused = unused(&fields.map, &costed.unused);
    unused.extend(of_ropes);
    unused.extend(beside);
    unused.extend(displaced_local(&fields));
    if family == Family::Gemma3 && fields.given("attn_logit_softcapping").is_some() {
        // A field of Gemma 3 that transformers has and does not use.
        unused.push("attn_logit_softcapping".into());
    }
    unused.extend(capped.map(|_| "final_logit_softcapping".into()));
    Ok(FromFile { config, assumed: fields.assumed, unused })
}

/// What the file calls its architecture.
fn model_type<'m>(map: &'m Map<String, Value>, text: &str, file: &str) -> Result<&'m str, DecoderError> {
    const KEY: &str = "model_type";
    let Some(found) = map.get(KEY) else {
        // Files that lie beside a configuration have none, and are called by their name.
        read_huggingface(text, file)?;
        return Err(DecoderError::MissingKey { key: KEY.into() });
    };
    let word = found.as_str().filter(|_| of_no_sign(found).is_none());
    word.ok_or_else(|| wrong(KEY, found, Wanted::Architecture))
}

fn assemble(
    family: Family,
    sizes: &ModelConfig,
    ropes: Vec<RopeConfig>,
    fields: &mut Fields,
) -> Result<Config, DecoderError> {
    let size = |size: u64| usize::try_from(size).unwrap_or(usize::MAX);
    let eps = match family {
        Family::Gpt2 => fields.positive("layer_norm_epsilon", 1e-5)?,
        _ => fields.positive("rms_norm_eps", 1e-6)?,
    };
    let rotated = if ropes.is_empty() { Rotated::None } else { Rotated::Kinds(ropes.len()) };
    let score_factor = ropes.first().map_or(1.0, |rope| rope.score_factor);
    Ok(Config {
        family,
        d_model: size(sizes.d_model),
        heads: size(sizes.heads),
        kv_heads: size(sizes.kv_heads),
        head_dim: size(sizes.head_dim),
        d_ff: size(sizes.d_ff),
        vocab: size(sizes.vocab),
        context: size(sizes.context),
        layers: layers(
            family,
            size(sizes.layers),
            sizes.window.map(|window| size(window.size)),
            rotated,
            fields,
        )?,
        norm: match family {
            Family::Gpt2 => Norm::Layer,
            _ => Norm::Rms { offset: f64::from(u8::from(family.is_gemma())) },
        },
        eps,
        norms_after: family.is_gemma(),
        qk_norm: sizes.norm.query_key != HeadNorm::None,
        bias: sizes.bias,
        gated: sizes.gated,
        activation: activation(family, fields)?,
        learned_positions: sizes.learned_positions > 0,
        ropes,
        layout: Layout::Halves,
        score_scale: score_factor * score_scale(family, size(sizes.head_dim), fields)?,
        score_cap: if family == Family::Gemma2 { fields.maybe("attn_logit_softcapping")? } else { None },
        logit_cap: if family.is_gemma() { fields.maybe("final_logit_softcapping")? } else { None },
        embedding_scale: if family.is_gemma() { (sizes.d_model as f64).sqrt() } else { 1.0 },
        tied: sizes.tied,
    })
}

/// `1/√head_dim`; Gemma names the number under the root, GPT-2 may leave it out.
fn score_scale(family: Family, head_dim: usize, fields: &mut Fields) -> Result<f64, DecoderError> {
    let under_root = match family {
        Family::Gemma2 | Family::Gemma3 => fields.positive("query_pre_attn_scalar", 256.0)?,
        Family::Gpt2
            if fields.given("scale_attn_weights").is_some() && !fields.flag("scale_attn_weights")? =>
        {
            1.0
        }
        _ => head_dim as f64,
    };
    Ok(1.0 / under_root.sqrt())
}

fn activation(family: Family, fields: &mut Fields) -> Result<Activation, DecoderError> {
    let (field, usual) = match family {
        Family::Gpt2 => ("activation_function", "gelu_new"),
        Family::Gemma2 | Family::Gemma3 => ("hidden_activation", "gelu_pytorch_tanh"),
        _ => ("hidden_act", "silu"),
    };
    let Some(value) = fields.given(field) else {
        fields.assumed.push((field.into(), format!("\"{usual}\"")));
        return named(usual).ok_or_else(|| wrong(field, &Value::Null, Wanted::Activation));
    };
    value.as_str().and_then(named).ok_or_else(|| wrong(field, value, Wanted::Activation))
}

/// What transformers calls activation functions.
fn named(name: &str) -> Option<Activation> {
    Some(match name {
        "silu" | "swish" => Activation::SILU,
        "gelu" => Activation::Gelu,
        "gelu_new" | "gelu_pytorch_tanh" | "gelu_fast" => Activation::GeluTanh,
        "quick_gelu" => Activation::GeluSigmoid,
        "relu" => Activation::Relu,
        "relu2" => Activation::SquaredRelu,
        "mish" => Activation::Mish,
        _ => return None,
    })
}

/// The rotary embedding of layers that see everything, and that of Gemma 3's other layers.
fn ropes(
    family: Family,
    whole: &Map<String, Value>,
    file: &str,
    fields: &Fields,
) -> Result<Vec<RopeConfig>, DecoderError> {
    let Some(usual) = rope_of_huggingface(&Value::Object(whole.clone()).to_string(), file)? else {
        return Ok(Vec::new());
    };
    if family != Family::Gemma3 {
        return Ok(vec![usual]);
    }
    // The same file with the other embedding in the place of this one.
    let mut other = fields.map.clone();
    let local = fields.given("rope_parameters").and_then(|value| value.get("sliding_attention")).cloned();
    other.remove("rope_scaling");
    match local {
        Some(local) => {
            // The base beside it is that of the other layers.
            if local.get("rope_theta").is_some() {
                other.remove("rope_theta");
            }
            other.insert("rope_parameters".into(), local);
        }
        None => {
            other.remove("rope_parameters");
            let base = fields.maybe("rope_local_base_freq")?.unwrap_or(10_000.0);
            other.insert("rope_theta".into(), base.into());
        }
    }
    let mut with_other = whole.clone();
    match with_other.get_mut(TEXT) {
        Some(part) => *part = Value::Object(other),
        None => with_other = other,
    }
    let local = rope_of_huggingface(&Value::Object(with_other).to_string(), file)?;
    Ok([Some(usual), local].into_iter().flatten().collect())
}

/// The older name of the base of Gemma 3's layers with a window, where the newer one beside it says another.
fn displaced_local(fields: &Fields) -> Option<String> {
    const OLDER: &str = "rope_local_base_freq";
    let newer = fields.given("rope_parameters")?.get("sliding_attention")?.get("rope_theta")?;
    fields.given(OLDER).filter(|older| older.as_f64() != newer.as_f64()).map(|_| OLDER.into())
}

/// The field that holds the language model of a model that sees images.
const TEXT: &str = "text_config";

/// The fields of the language model, and the names of those beside it.
fn language_model(mut whole: Map<String, Value>) -> (Map<String, Value>, Vec<String>) {
    if whole.get("model_type").and_then(Value::as_str) != Some("gemma3") {
        return (whole, Vec::new());
    }
    match whole.remove(TEXT) {
        Some(Value::Object(mut part)) => {
            part.entry("model_type").or_insert("gemma3_text".into());
            // Whether the output uses the embedding is read from the whole.
            let read = ["model_type", "tie_word_embeddings"];
            let beside = whole.keys().filter(|field| !read.contains(&field.as_str()) && !harmless(field));
            (part, beside.cloned().collect())
        }
        _ => (whole, Vec::new()),
    }
}

/// Does a field say nothing about what a trained model computes?
fn harmless(field: &str) -> bool {
    TRAINING.iter().any(|start| field.starts_with(start)) || KEPT.iter().any(|end| field.ends_with(end))
}

/// Fields that nobody read and that may matter.
fn unused(map: &Map<String, Value>, of_costs: &[String]) -> Vec<String> {
    let used = |field: &str| USED.split_whitespace().any(|used| used == field);
    // Scores and logits that are changed by a number: the cost does not mind, the arithmetic does.
    let silent = [
        "attn_temperature_tuning",
        "logit_scale",
        "logits_scaling",
        "residual_multiplier",
        "embedding_multiplier",
    ];
    let switched = |value: &Value| !matches!(value, Value::Null | Value::Bool(false));
    let changed = map.iter().filter(|(field, value)| silent.contains(&field.as_str()) && switched(value));
    // Of a model that sees images, those of its language model: the others are named once and not each.
    let of_text = |field: &String| match field.split_once('.') {
        Some((TEXT, field)) => Some(field.to_string()),
        Some(("vision_config", _)) => None,
        _ => Some(field.clone()),
    };
    let of_costs = of_costs.iter().filter_map(of_text).filter(|field| map.contains_key(field));
    let names = changed.map(|(field, _)| field.clone()).chain(of_costs);
    names.filter(|field| !harmless(field) && !used(field)).collect()
}
