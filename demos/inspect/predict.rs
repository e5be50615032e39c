//! Windows of a text, and how surprising each of their tokens was to a model.

use std::ops::Range;

use concepts::decoder::Keeping;
use concepts::decoder::fast::FastModel;
use concepts::tokenizer::{Allowed, TokenId};

use crate::errors::At;
use crate::kit::knob::Refusal;
use crate::real::{Real, bytes_of_tokens};

/// A window of a text, predicted.
pub(super) struct Window {
    /// `ln p` of each predicted token.
    pub(super) log_probs: Vec<f64>,
    /// Bytes of the text that these tokens stand for.
    pub(super) bytes: usize,
}

impl Window {
    /// `−Σ ln p`
    pub(super) fn nats(&self) -> f64 {
        -self.log_probs.iter().sum::<f64>()
    }
}

/// A text that was read.
pub(super) struct Read {
    pub(super) windows: Vec<Window>,
    /// Does the text go on behind what was looked at?
    pub(super) goes_on: bool,
    /// Tokens at the end of what was looked at that fill no window.
    pub(super) rest: usize,
}

/// A text in windows, each read on its own: the model sees nothing before it but the token that begins every text. The
/// last window may be shorter; if there are others, it is left out.
///
/// # Errors
/// [`Refusal`] of a text that has no tokens for a character, or of weights that cannot be run.
pub(super) fn windows(
    real: &Real,
    model: &FastModel<'_>,
    whole: &str,
    most: usize,
    width: usize,
) -> Result<Read, Refusal> {
    let text = beginning(whole, most);
    let encoding = real.tokenizer.encode_with(text, Allowed::None).at("--text")?;
    let ids = &encoding.ids[..encoding.ids.len().min(most)];
    let goes_on = ids.len() < encoding.ids.len() || text.len() < whole.len();
    let bytes = bytes_of_tokens(&real.tokenizer, &encoding.ids, text);
    // Where they cannot be counted, the places are taken that the tokenizer gives.
    let bytes = |places: Range<usize>| match &bytes {
        Some(bytes) => bytes[places].iter().sum(),
        None => {
            let ends = encoding.offsets[places.clone()].iter().map(|place| place.end);
            ends.max().unwrap_or(0) - encoding.offsets[places.start].start
        }
    };
    let begin = real.begin();
    let mut read = Read { windows: Vec::new(), goes_on, rest: 0 };
    for (number, part) in ids.chunks(width).enumerate() {
        // Without a token that begins the text, nothing predicts the first.
        let first = usize::from(begin.is_none());
        if number > 0 && part.len() < width {
            read.rest = part.len();
        } else if part.len() > first {
            let log_probs = log_probs(model, begin, part)?;
            let bytes = bytes(number * width + first..number * width + part.len());
            read.windows.push(Window { log_probs, bytes });
        }
    }
    Ok(read)
}

/// As much of a text as so many tokens can stand for, to the end of a line: a long file is not encoded for its beginning.
fn beginning(text: &str, tokens: usize) -> &str {
    const BYTES_OF_A_TOKEN: usize = 64;
    let most = tokens.saturating_mul(BYTES_OF_A_TOKEN);
    let end = text.bytes().enumerate().skip(most).find(|(_, byte)| *byte == b'\n').map(|(at, _)| at);
    &text[..end.unwrap_or(text.len())]
}

/// `ln p` of the tokens of a window, behind what begins it.
fn log_probs(model: &FastModel<'_>, begin: Option<TokenId>, part: &[TokenId]) -> Result<Vec<f64>, Refusal> {
    let tokens: Vec<TokenId> = begin.into_iter().chain(part.iter().copied()).collect();
    if tokens.len() < 2 {
        return Ok(Vec::new());
    }
    // A few rows of logits at a time: of a large vocabulary those of all places would be larger than the model.
    let nats = model.decoder(Keeping::F32)?.surprise(&[&tokens])?;
    Ok(nats.concat().into_iter().map(|nats| -nats).collect())
}
