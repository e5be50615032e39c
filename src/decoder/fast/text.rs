//! The fast decoder as a language model that strategies of decoding ask.

use super::cache::FastCache;
use super::run::{FastDecoder, Rows};
use crate::decoding::{HiddenStates, LanguageModel};

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

    /// What leaves the last layer, of a text that can go on.
    fn row(&self) -> Option<&[f32]> {
        self.last.as_deref().filter(|_| !self.broken)
    }
}

impl FastDecoder<'_, '_> {
    /// A text with all these tokens read at once, faster than one after the other.
    pub fn read(&self, tokens: &[u32]) -> FastText {
        let mut text = self.start();
        self.read_on(&mut text, tokens);
        text
    }

    /// Takes away what must not be said.
    fn forbid(&self, logits: &mut [f32]) {
        self.never.iter().for_each(|&token| logits[token as usize] = f32::NEG_INFINITY);
    }

    fn read_on(&self, text: &mut FastText, tokens: &[u32]) {
        if tokens.is_empty() {
            return;
        }
        match self.streams(&mut [&mut text.cache], &[tokens], Rows::Last) {
            Ok((x, _)) => text.last = Some(x),
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
        let Some(last) = text.row() else { return self.forbid(logits) };
        match self.logits_of(last) {
            Ok(row) => logits.iter_mut().zip(&row).for_each(|(logit, z)| *logit = *z),
            Err(_) => logits.fill(f32::NAN),
        }
        self.forbid(logits);
    }

    /// All texts go through the matrices together: each weight is read once.
    fn advance_all(&self, texts: &mut [&mut FastText], tokens: &[u32]) {
        let each: Vec<&[u32]> = tokens.chunks(1).take(texts.len()).collect();
        let mut caches: Vec<&mut FastCache> = texts.iter_mut().map(|text| &mut text.cache).collect();
        match self.streams(&mut caches, &each, Rows::Last) {
            Ok((x, _)) => {
                let rows = x.chunks_exact(self.config().d_model);
                texts.iter_mut().zip(rows).for_each(|(text, row)| text.last = Some(row.to_vec()));
            }
            // Nothing was read: each for itself, so that only those that cannot go on are broken.
            Err(_) => texts.iter_mut().zip(tokens).for_each(|(text, &token)| self.advance(text, token)),
        }
    }

    fn logits_all(&self, texts: &[&FastText], logits: &mut [f32]) {
        let last: Option<Vec<&[f32]>> = texts.iter().map(|text| text.row()).collect();
        match last.map(|rows| self.logits_of(&rows.concat())) {
            Some(Ok(rows)) => {
                logits.iter_mut().zip(&rows).for_each(|(logit, z)| *logit = *z);
                logits.chunks_exact_mut(self.vocab_size()).for_each(|row| self.forbid(row));
            }
            _ => {
                let rows = logits.chunks_exact_mut(self.vocab_size());
                texts.iter().zip(rows).for_each(|(text, row)| self.logits(text, row));
            }
        }
    }

    fn end(&self) -> Option<u32> {
        self.end
    }
}

/// What the head reads: the stream behind the last layer, normed; zeros before any token.
impl HiddenStates for FastDecoder<'_, '_> {
    fn hidden(&self, text: &FastText) -> Vec<f32> {
        text.row().map_or_else(|| vec![0.0; self.config().d_model], |row| self.normed_last(row))
    }
}
