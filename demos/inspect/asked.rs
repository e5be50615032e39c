//! From knobs to a text, a prompt and a length.

use concepts::corpus::ENGLISH;
use concepts::tokenizer::TokenId;

use super::WORDS;
use super::knobs::{CONTEXT, PROMPT, TEXT, TEXT_FILE, TOKENS, WINDOW};
use crate::kit::files::{Wanted, read_text};
use crate::kit::knob::{Refusal, Values};
use crate::kit::lesson::Setting;
use crate::kit::text::Text;
use crate::kit::visible::name;
use crate::named;
use crate::real::Real;

/// A text is not read beyond this.
const MOST_BYTES: u64 = 64 << 20;
/// The longest prompt, in tokens.
const MOST_PROMPT: usize = 4096;

/// What one run computes with.
pub(super) struct Asked {
    /// The text to be predicted.
    pub(super) text: String,
    /// What it is.
    pub(super) source: Text,
    /// Is it a person's own?
    pub(super) own: bool,
    /// The most tokens of it that are looked at.
    pub(super) tokens: usize,
    /// Tokens of a window.
    pub(super) window: usize,
    /// Tokens of a window that a person asked for and the model does not read.
    pub(super) too_wide: Option<usize>,
    /// What is to be continued.
    pub(super) prompt: String,
    /// Its ids, with those that begin a text.
    pub(super) prompt_ids: Vec<TokenId>,
    /// Tokens at which memory is counted.
    pub(super) context: usize,
    pub(super) seed: u64,
}

impl Asked {
    pub(super) fn new(real: &Real, setting: &Setting) -> Result<Asked, Refusal> {
        let values = &setting.values;
        let (text, source) = text(values)?;
        let prompt = PROMPT.of(values).unwrap_or_default().to_string();
        let prompt_ids = real.ids(&prompt)?;
        let longest = real.config().context.min(MOST_PROMPT);
        if prompt_ids.len() > longest {
            let tokens = prompt_ids.len();
            let own = if values.given(&PROMPT) { "refused.prompt" } else { "refused.usual-prompt" };
            return Err(Refusal(WORDS.with(own, &named![tokens, longest])));
        }
        let (window, context) = (WINDOW.of(values), real.config().context);
        Ok(Asked {
            text,
            source,
            own: values.given(&TEXT) || values.given(&TEXT_FILE),
            tokens: TOKENS.of(values),
            window: window.min(context),
            too_wide: Some(window).filter(|window| values.given(&WINDOW) && *window > context),
            prompt,
            prompt_ids,
            context: CONTEXT.of(values).unwrap_or(context),
            seed: setting.seed,
        })
    }
}

/// The text, and what it is.
fn text(values: &Values) -> Result<(String, Text), Refusal> {
    match (TEXT.of(values), TEXT_FILE.of(values)) {
        (Some(_), Some(_)) => Err(Refusal(WORDS.get("refused.two-texts"))),
        (Some(text), None) => Ok((text.into(), WORDS.get("source.typed"))),
        (None, Some(path)) => {
            let wanted = Wanted {
                flag: "text-file",
                what: WORDS.get("refused.text-file"),
                most: MOST_BYTES,
                because: WORDS.get("refused.text-size"),
            };
            let file = name(&path.display().to_string());
            Ok((read_text(path, &wanted)?, WORDS.with("source.file", &named![file])))
        }
        (None, None) => Ok((ENGLISH.into(), WORDS.get("source.built-in"))),
    }
}
