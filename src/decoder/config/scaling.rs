//! The rotary embedding of a GGUF file.

use super::Family;
use super::metadata::Reader;
use crate::budget::{OtherLayers, RopeConfig, RopeMethod};
use crate::decoder::words::Wanted;
use crate::decoder::{DecoderError, Tensors};
use crate::position::rope::{Scaling, YarnRamp, longrope_attention_factor, yarn_mscale};

/// The base of Gemma 3's layers with a window, which its files leave out.
const LOCAL_BASE: f64 = 10_000.0;

/// The embedding of layers that see everything, and that of Gemma 3's other layers.
pub(super) fn rope(
    family: Family,
    reader: &mut Reader,
    head_dim: usize,
    context: usize,
    tensors: &dyn Tensors,
) -> Result<Vec<RopeConfig>, DecoderError> {
    let rotary_dim = match reader.maybe_size("rope.dimension_count")? {
        None => head_dim,
        Some(width) if width <= head_dim && width.is_multiple_of(2) => width,
        Some(_) => {
            let key = reader.key("rope.dimension_count");
            return Err(reader.bad(&key, Wanted::RotaryWidth));
        }
    };
    let base = reader.number("rope.freq_base", 10_000.0)?;
    let train_len = reader.maybe_size("rope.scaling.original_context_length")?.unwrap_or(context);
    let (kind, factor) = kind(reader)?;
    let given = reader.maybe("rope.scaling.attn_factor")?;
    let (method, usual) = method(reader, &kind, factor, train_len, context, tensors)?;
    let whole = RopeConfig {
        kind,
        head_dim: head_dim as u64,
        rotary_dim: rotary_dim as u64,
        base,
        method,
        attention_factor: given.unwrap_or(usual),
        score_factor: 1.0,
        displaced_base: None,
        train_len: train_len as u64,
        context: context as u64,
        others: OtherLayers::default(),
        assumed: Vec::new(),
        unused: Vec::new(),
    };
    if family != Family::Gemma3 {
        return Ok(vec![whole]);
    }
    let local = RopeConfig {
        kind: "none".into(),
        base: reader.number("rope.freq_base_swa", LOCAL_BASE)?,
        method: RopeMethod::Scaled(Scaling::None),
        attention_factor: 1.0,
        ..whole.clone()
    };
    Ok(vec![whole, local])
}

/// The kind and its factor. Files without a kind have a factor of linear interpolation, as the files of 2023 do; a kind
/// that has no use for a factor leaves it among what is not used.
fn kind(reader: &mut Reader) -> Result<(String, f64), DecoderError> {
    let given = reader.word("rope.scaling.type", Wanted::Rope)?;
    if given.as_deref().is_some_and(|kind| !["linear", "yarn"].contains(&kind)) {
        return Ok((given.unwrap_or_default(), 1.0));
    }
    let factor = match reader.maybe_factor("rope.scaling.factor")? {
        Some(factor) => Some(factor),
        None => reader.maybe_factor("rope.scale_linear")?,
    };
    let kind = match (given, factor) {
        (Some(given), Some(_)) => given,
        // llama.cpp stretches by nothing then.
        (Some(given), None) => {
            let key = reader.key("rope.scaling.factor");
            reader.assumed.push((key, "1".into()));
            given
        }
        (None, None) => "none".into(),
        (None, Some(_)) => {
            let key = reader.key("rope.scaling.type");
            reader.assumed.push((key, "linear".into()));
            "linear".into()
        }
    };
    Ok((kind, factor.unwrap_or(1.0)))
}

/// What becomes of the frequencies, and what cosine and sine are multiplied with.
fn method(
    reader: &mut Reader,
    kind: &str,
    factor: f64,
    train_len: usize,
    context: usize,
    tensors: &dyn Tensors,
) -> Result<(RopeMethod, f64), DecoderError> {
    // LLaMA 3.1 and LongRoPE: a factor for each pair, written down as a tensor.
    let factors = |name: &str| {
        let values = tensors.values(name)?;
        Some(values.into_iter().map(f64::from).collect::<Vec<f64>>())
    };
    if let (Some(short), Some(long)) =
        (factors("rope_factors_short.weight"), factors("rope_factors_long.weight"))
    {
        let stretch = context as f64 / train_len as f64;
        return Ok((RopeMethod::Long { short, long }, longrope_attention_factor(stretch, train_len)));
    }
    if let Some(same) = factors("rope_freqs.weight") {
        return Ok((RopeMethod::Long { short: same.clone(), long: same }, 1.0));
    }
    Ok(match kind {
        "linear" => (RopeMethod::Scaled(Scaling::Interpolation { factor }), 1.0),
        "yarn" => {
            let alpha = reader.number("rope.scaling.yarn_beta_slow", 1.0)?;
            let beta = reader.number("rope.scaling.yarn_beta_fast", 32.0)?;
            let scaling = Scaling::Yarn { factor, train_len, alpha, beta, ramp: YarnRamp::ByIndex };
            (RopeMethod::Scaled(scaling), yarn_mscale(factor, 1.0))
        }
        "none" | "longrope" => (RopeMethod::Scaled(Scaling::None), 1.0),
        _ => {
            let key = reader.key("rope.scaling.type");
            return Err(reader.bad(&key, Wanted::Rope));
        }
    })
}
