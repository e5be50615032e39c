//! A configuration of one's own.

use std::path::Path;

use concepts::budget::{RopeConfig, RopeMethod, rope_of_huggingface};
use concepts::numerics::tolerance::EXACT_F64;
use concepts::position::rope::Scaling;

use super::method::{Extension, Method};
use super::setup::Setup;
use super::{WORDS, knobs};
use crate::errors::{At, listed};
use crate::kit::files::{self, Wanted};
use crate::kit::knob::Refusal;
use crate::kit::lesson::Setting;
use crate::named;

/// A configuration file is not read beyond this.
const MOST_BYTES: u64 = 10 << 20;
/// What the page can show: features that turn, and tokens.
const FEATURES: std::ops::RangeInclusive<u64> = 4..=1024;
const TOKENS: std::ops::RangeInclusive<u64> = 2..=knobs::MOST_TOKENS;

/// What one run computes with, as the file says it. Only the length in use is the person's.
pub(crate) fn setup(setting: &Setting, path: &Path) -> Result<Setup, Refusal> {
    let values = &setting.values;
    if let Some(knob) = knobs::SAID.iter().find(|knob| values.given(**knob)) {
        return Err(Refusal(WORDS.with("refused.said", &named![flag = knob.name()])));
    }
    let rope = read(path)?;
    let (rotary, train, context) = (rope.rotary_dim, rope.train_len, rope.context);
    let shown = FEATURES.contains(&rotary) && rotary.is_multiple_of(2);
    if !shown || !TOKENS.contains(&train) || !TOKENS.contains(&context) {
        return Err(Refusal(
            WORDS.with("refused.sizes", &named![most = knobs::MOST_TOKENS, rotary, train, context]),
        ));
    }
    let place = |field: &str| format!("--config {}, {field}", path.display());
    let (head_dim, train_len) = (rotary as usize, train as usize);
    let given = values.given(&knobs::LEN);
    let reached = if given { None } else { reached(&rope) };
    let len = if given {
        knobs::LEN.of(values)
    } else {
        reached.map_or(context.max(train), |(_, len)| len) as usize
    };
    if len < train_len {
        return Err(Refusal(WORDS.with("refused.shorter-file", &named![len, train_len])));
    }
    Ok(Setup {
        head_dim,
        base: rope.base,
        layout: knobs::LAYOUT.of(values),
        method: Method::Plain,
        trained: rope.trained().at(place("rope_theta"))?,
        used: rope.frequencies(len).at(place("rope_scaling"))?,
        extension: Extension::usual(train_len, len),
        own: Some(rope),
        reached: reached.map(|(factor, _)| factor),
        m: knobs::M.of(values) as i64,
        n: knobs::N.of(values) as i64,
        seed: setting.seed,
    })
}

/// How far the file's factor reaches, where its longest context is still that of training: model cards tell people
/// to add the factor and to leave the context as it is.
fn reached(rope: &RopeConfig) -> Option<(f64, u64)> {
    let factor = match rope.method {
        RopeMethod::Scaled(Scaling::Yarn { factor, .. } | Scaling::Llama3 { factor, .. }) => factor,
        _ => return None,
    };
    // Whole tokens only; a factor such as 2.3 is a little less in binary.
    let len = (factor * rope.train_len as f64 * (1.0 + EXACT_F64)).floor() as u64;
    let farther = len > rope.train_len && TOKENS.contains(&len);
    (rope.context <= rope.train_len && factor > 1.0 && farther).then_some((factor, len))
}

fn read(path: &Path) -> Result<RopeConfig, Refusal> {
    let (what, because) = (WORDS.get("refused.file"), WORDS.get("refused.large"));
    let text = files::read_text(path, &Wanted { flag: "config", what, most: MOST_BYTES, because })?;
    let rope = rope_of_huggingface(&text, &path.display().to_string()).map_err(listed)?;
    rope.ok_or_else(|| Refusal(WORDS.get("refused.none")))
}
