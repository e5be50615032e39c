//! A configuration of one's own: what was read, what was assumed, what was left out.

use concepts::budget::{BudgetError, FromFile, Recurrent, RopeConfig, cache_bytes, parameters};

use super::sizes::{cached, grouped, readable};
use crate::kit::findings::Findings;
use crate::kit::text::Text;
use crate::kit::visible::name;
use crate::lessons::heads::WORDS;
use crate::lessons::heads::setup::Setup;
use crate::named;

/// More names than these are counted, not listed.
const MOST_NAMES: usize = 24;
/// No name of a field is longer; what is longer is cut.
const LONGEST_NAME: usize = 60;

pub(super) fn notes(f: &mut Findings, setup: &Setup) -> Result<(), BudgetError> {
    let own = setup.own.as_ref();
    f.note("note_config", own.map(|_| read(setup)).transpose()?);
    f.note("note_rope", own.and(setup.rope.as_ref()).map(rope));
    f.note("note_images", own.and_then(images));
    f.note("note_part", own.and_then(|own| listing("note_part", &own.not_counted)));
    f.note("note_assumed", own.and_then(assumed));
    let read = own.and(setup.rope.as_ref()).and_then(|read| read.as_ref().ok());
    f.note("note_displaced", read.and_then(displaced));
    f.note("note_unused", own.and_then(|own| listing("note_unused", &own.unused)));
    Ok(())
}

fn read(setup: &Setup) -> Result<Text, BudgetError> {
    let model = &setup.model;
    let full = cache_bytes(model, setup.dtype, model.context, 1).map_or_else(|_| "–".into(), readable);
    let (layers, heads, context) = (model.layers, model.heads, model.context);
    let all = grouped(parameters(model)?.total());
    if let Some(kept) = model.recurrent {
        return keeping(setup, kept, all, full);
    }
    Ok(match model.latent {
        Some(latent) => {
            let cached = cached(latent, model.indexer);
            WORDS.with("note_config.latent", &named![all, layers, heads, cached, context, full])
        }
        None => {
            let (kv_heads, head_dim) = (model.kv_heads, model.head_dim);
            let id = if model.cross_attention { "note_config.source" } else { "note_config" };
            WORDS.with(id, &named![all, layers, heads, kv_heads, head_dim, context, full])
        }
    })
}

/// A model some of whose layers keep a state: what grows with the text and what does not, apart.
fn keeping(setup: &Setup, kept: Recurrent, all: String, full: String) -> Result<Text, BudgetError> {
    let model = &setup.model;
    let (layers, heads, context) = (model.layers, model.heads, model.context);
    let (attending, keeping) = (model.attention_layers(), kept.layers);
    let state = readable(setup.dtype.bytes(keeping.saturating_mul(kept.state()))?);
    Ok(match model.latent {
        _ if attending == 0 => WORDS.with("note_config.state-only", &named![all, layers, state]),
        Some(latent) => {
            let cached = cached(latent, model.indexer);
            WORDS.with(
                "note_config.latent-state",
                &named![all, layers, attending, heads, cached, keeping, state, context, full],
            )
        }
        None => WORDS.with(
            "note_config.state",
            &named![
                all,
                layers,
                attending,
                heads,
                kv_heads = model.kv_heads,
                head_dim = model.head_dim,
                keeping,
                state,
                context,
                full
            ],
        ),
    })
}

/// The rotary embedding, or why it is not read.
fn rope(read: &Result<RopeConfig, Text>) -> Text {
    match read {
        Ok(rope) => {
            let RopeConfig { base, rotary_dim, head_dim, .. } = *rope;
            let (kind, sharpened) = (name(&rope.kind), rope.sharpened());
            WORDS.with("note_rope", &named![kind, base, rotary_dim, head_dim, sharpened])
        }
        Err(reason) => WORDS.with("note_rope.unread", &named![reason = reason.clone()]),
    }
}

/// A base that the file has, and that does not count.
fn displaced(rope: &RopeConfig) -> Option<Text> {
    let (displaced, base) = (rope.displaced_base?, rope.base);
    Some(WORDS.with("note_displaced", &named![base, displaced]))
}

fn images(own: &FromFile) -> Option<Text> {
    let images = own.config.images;
    (images > 0).then(|| WORDS.with("note_images", &named![images = grouped(images)]))
}

fn assumed(own: &FromFile) -> Option<Text> {
    let fields: Vec<String> = own.assumed.iter().map(|(field, value)| format!("{field} = {value}")).collect();
    listing("note_assumed", &fields)
}

/// A sentence with names from the file, if there are some.
fn listing(id: &str, names: &[String]) -> Option<Text> {
    if names.is_empty() {
        return None;
    }
    let shown: Vec<String> =
        names.iter().take(MOST_NAMES).map(|name| name.chars().take(LONGEST_NAME).collect()).collect();
    let shown = Text::new(shown.join(", "), shown.join("、"));
    let more = names.len().saturating_sub(MOST_NAMES);
    let names = if more > 0 { WORDS.with("names_more", &named![shown, more]) } else { shown };
    Some(WORDS.with(id, &named![names]))
}
