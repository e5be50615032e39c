//! A decoder as a language model that strategies of decoding ask.

use ndarray::Array2;

use super::cache::Cache;
use super::run::Decoder;
use crate::decoding::LanguageModel;

/// A text that a [`Decoder`] has read: its cache, and what leaves the last layer at its last token.
///
/// The logits are taken from that when they are asked for: a prompt of a thousand tokens is read without a
/// thousand rows of them.
#[derive(Debug, Clone)]
pub struct Text {
    cache: Cache,
    /// `(1, d_model)`
    last: Option<Array2<f64>>,
    /// Did a token not follow, such as one beyond a learned table of positions?
    broken: bool,
}

impl Text {
    /// Number of tokens read, with the one that begins the text.
    pub fn len(&self) -> usize {
        self.cache.len()
    }

    /// Has nothing been read?
    pub fn is_empty(&self) -> bool {
        self.cache.is_empty()
    }
}

/// Before any token, where none begins the text, all tokens are as likely. A text that cannot go on, beyond a
/// learned table of positions, has NaN for logits, which every strategy refuses.
///
/// # Examples
/// ```
/// use concepts::decoder::{Config, Model};
/// use concepts::decoding::{Greedy, generate};
/// use concepts::numerics::rng;
/// let model = Model::random(Config::small(), 7).unwrap();
/// let text = generate(&model.decoder(), &[3, 1, 4], &mut Greedy, 5, &mut rng(1, "doc"))?;
/// assert_eq!(text.steps.len(), 5);
/// # Ok::<(), concepts::decoding::DecodingError>(())
/// ```
impl LanguageModel for Decoder<'_> {
    type State = Text;

    fn vocab_size(&self) -> usize {
        self.config().vocab
    }

    fn start(&self) -> Text {
        let mut text = Text { cache: self.start_cache(), last: None, broken: false };
        if let Some(begin) = self.begin {
            self.advance(&mut text, begin);
        }
        text
    }

    fn advance(&self, text: &mut Text, token: u32) {
        match self.last_stream(&mut text.cache, &[token]) {
            Ok(last) => text.last = Some(last),
            Err(_) => text.broken = true,
        }
    }

    fn logits(&self, text: &Text, logits: &mut [f32]) {
        match &text.last {
            _ if text.broken => logits.fill(f32::NAN),
            None => logits.fill(0.0),
            Some(last) => {
                let row = self.logits_of(last);
                logits.iter_mut().zip(&row).for_each(|(logit, &z)| *logit = z as f32);
            }
        }
    }

    fn end(&self) -> Option<u32> {
        self.end
    }
}
