//! Which layers see only a window, and which rotate.

use serde_json::Value;

use super::fields::{Fields, wrong};
use super::{Family, LayerConfig};
use crate::decoder::DecoderError;
use crate::decoder::words::Wanted;

/// No model has more.
pub(super) const MOST_LAYERS: usize = 4096;

/// How many rotary embeddings there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rotated {
    /// The model does not rotate.
    None,
    /// One for all layers, or a second one for those with a window.
    Kinds(usize),
}

/// The layers that a `config.json` describes; `window` is the size of the window, if some layer has it.
pub(super) fn layers(
    family: Family,
    count: usize,
    window: Option<usize>,
    rotated: Rotated,
    fields: &Fields,
) -> Result<Vec<LayerConfig>, DecoderError> {
    if count > MOST_LAYERS {
        return Err(wrong("num_hidden_layers", &count.into(), Wanted::Layers));
    }
    let turns = rotating(family, count, fields)?;
    let slides = sliding(family, count, &turns, fields)?;
    let layer = |i: usize| {
        let window = window.filter(|_| slides[i]);
        let rope = match rotated {
            Rotated::Kinds(kinds) if turns[i] => Some(usize::from(window.is_some() && kinds > 1)),
            _ => None,
        };
        LayerConfig { window, rope }
    };
    Ok((0..count).map(layer).collect())
}

/// Has layer `i` the window? What the file lists, or else the pattern of the family.
fn sliding(family: Family, count: usize, turns: &[bool], fields: &Fields) -> Result<Vec<bool>, DecoderError> {
    if let Some(listed) = listed(family, count, fields)? {
        return Ok(listed);
    }
    let number = |field: &str| fields.maybe(field).map(|found| found.map(|number| number as usize));
    Ok(match family {
        Family::Llama | Family::Gpt2 => vec![false; count],
        Family::Mistral => vec![true; count],
        Family::Qwen2 | Family::Qwen3 => {
            let first = number("max_window_layers")?.unwrap_or(28);
            (0..count).map(|i| i >= first).collect()
        }
        Family::SmolLm3 => turns.iter().map(|turns| !turns).collect(),
        Family::Gemma2 => (0..count).map(|i| i % 2 == 0).collect(),
        Family::Gemma3 => {
            let written = number("sliding_window_pattern")?.or(number("_sliding_window_pattern")?);
            gemma_pattern(count, written.unwrap_or(6))
        }
    })
}

/// Every so manieth layer sees everything.
pub(super) fn gemma_pattern(count: usize, every: usize) -> Vec<bool> {
    (1..=count).map(|number| every == 0 || !number.is_multiple_of(every)).collect()
}

/// The list of the file, a word for each layer.
fn listed(family: Family, count: usize, fields: &Fields) -> Result<Option<Vec<bool>>, DecoderError> {
    if matches!(family, Family::Llama | Family::Mistral | Family::Gpt2) {
        return Ok(None);
    }
    let Some(value) = fields.given("layer_types") else { return Ok(None) };
    let kind = |kind: &Value| match kind.as_str() {
        Some("sliding_attention") => Some(true),
        Some("full_attention") => Some(false),
        _ => None,
    };
    let kinds: Option<Vec<bool>> = value.as_array().and_then(|list| list.iter().map(kind).collect());
    let kinds = kinds.filter(|kinds| kinds.len() == count);
    kinds.map(Some).ok_or_else(|| wrong("layer_types", value, Wanted::KindPerLayer))
}

/// Does layer `i` rotate? Of SmolLM3 every fourth does not, or those that the file lists with a 0.
fn rotating(family: Family, count: usize, fields: &Fields) -> Result<Vec<bool>, DecoderError> {
    if family != Family::SmolLm3 {
        return Ok(vec![true; count]);
    }
    if let Some(value) = fields.given("no_rope_layers") {
        let flag = |value: &Value| value.as_u64().filter(|flag| *flag < 2).map(|flag| flag == 1);
        let flags: Option<Vec<bool>> = value.as_array().and_then(|list| list.iter().map(flag).collect());
        let flags = flags.filter(|flags| flags.len() == count);
        return flags.ok_or_else(|| wrong("no_rope_layers", value, Wanted::FlagPerLayer));
    }
    let every = fields.maybe("no_rope_layer_interval")?.map_or(4, |number| number as usize);
    Ok(gemma_pattern(count, every))
}
