//! The fast decoder as a language model that strategies of decoding ask.

use super::cache::FastCache;
use super::run::FastDecoder;
use crate::decoding::LanguageModel;

/// A text that a [`FastDecoder`] has read: its cache, and what leaves the last layer at its last token.
#[derive(Debug, Clone)]
pub struct FastText {
    cache: FastCache,
    /// `(1, d_model)`
    last: Option<Vec<f32>>,
    /// Did a token not follow, such as one beyond a learned table of positions?
    broken: bool,
}

impl FastText {
    /// Number of tokens read, with the one that begins the text.
    pub fn len(&self) -> usize {
        self.cache.len()
    }

    /// Has nothing been read?
    pub fn is_empty(&self) -> bool {
        self.cache.is_empty()
    }
}

impl FastDecoder<'_, '_> {
    /// A text with all these tokens read at once, faster than one after the other.
    pub fn read(&self, tokens: &[u32]) -> FastText {
        let mut text = self.start();
        self.read_on(&mut text, tokens);
        text
    }

    fn read_on(&self, text: &mut FastText, tokens: &[u32]) {
        if tokens.is_empty() {
            return;
        }
        match self.streams(&mut [&mut text.cache], &[tokens]) {
            Ok((x, _)) => text.last = Some(x[x.len() - self.config().d_model..].to_vec()),
            Err(_) => text.broken = true,
        }
    }
}

/// Before any token, where none begins the text, all tokens are as likely. A text that cannot go on has NaN for
/// logits, which every strategy refuses.
impl LanguageModel for FastDecoder<'_, '_> {
    type State = FastText;

    fn vocab_size(&self) -> usize {
        self.config().vocab
    }

    fn start(&self) -> FastText {
        let mut text = FastText { cache: self.start_cache(), last: None, broken: false };
        self.read_on(&mut text, self.begin.as_slice());
        text
    }

    fn advance(&self, text: &mut FastText, token: u32) {
        self.read_on(text, &[token]);
    }

    fn logits(&self, text: &FastText, logits: &mut [f32]) {
        logits.fill(if text.broken { f32::NAN } else { 0.0 });
        let Some(last) = text.last.as_ref().filter(|_| !text.broken) else { return };
        match self.logits_of(last) {
            Ok(row) => logits.iter_mut().zip(&row).for_each(|(logit, z)| *logit = *z),
            Err(_) => logits.fill(f32::NAN),
        }
    }

    fn end(&self) -> Option<u32> {
        self.end
    }
}
