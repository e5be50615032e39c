//! Windows of a text, and how surprising each of their tokens was to a model.

use concepts::decoder::Keeping;
use concepts::decoder::fast::FastModel;
use concepts::tokenizer::{Allowed, TokenId};

use crate::errors::At;
use crate::kit::knob::Refusal;
use crate::real::Real;

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

/// A text in windows, each read on its own: the model sees nothing before it but the token that begins every text. The
/// last window may be shorter; if there are others, it is left out.
///
/// # Errors
/// [`Refusal`] of a text that has no tokens for a character, or of weights that cannot be run.
pub(super) fn windows(
    real: &Real,
    model: &FastModel<'_>,
    text: &str,
    most: usize,
    width: usize,
) -> Result<Vec<Window>, Refusal> {
    let text = beginning(text, most);
    let encoding = real.tokenizer.encode_with(text, Allowed::None).at("--text")?;
    let ids = &encoding.ids[..encoding.ids.len().min(most)];
    let begin = real.begin();
    let mut windows = Vec::new();
    for (number, part) in ids.chunks(width).enumerate() {
        // Without a token that begins the text, nothing predicts the first.
        let first = usize::from(begin.is_none());
        if part.len() <= first || number > 0 && part.len() < width {
            continue;
        }
        let log_probs = log_probs(model, begin, part)?;
        let places = number * width + first..number * width + part.len();
        let bytes = encoding.offsets[places.clone()].iter().map(|place| place.end).max().unwrap_or(0)
            - encoding.offsets[places.start].start;
        windows.push(Window { log_probs, bytes });
    }
    Ok(windows)
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
