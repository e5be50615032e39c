//! Tokenizers as codecs of a language model.

use super::{LanguageModelError, TextCodec};
use crate::tokenizer::{Allowed, Tokenizer};

/// A model over sub-words: any tokenizer of [`tokenizer`](crate::tokenizer), a byte-level BPE first of all,
/// which encodes every text.
///
/// Special tokens are not recognised in `text`: a person's text cannot forge them.
///
/// Perplexities of models with different tokens are not comparable, since a longer token is a harder guess.
/// What can be compared is bits per character: [`Score::bits_per`](super::Score::bits_per).
///
/// # Examples
/// ```
/// use concepts::corpus::{ENGLISH, split};
/// use concepts::language_model::{KneserNey, TextCodec, score_document};
/// use concepts::tokenizer::bpe::{Base, BpeOptions, ByteOrder, count_text, train};
/// use concepts::tokenizer::{Tokenizer, pretokenize::Pretokenizer};
///
/// let (training, held_out) = split(ENGLISH);
/// let words = count_text(Pretokenizer::Gpt2, training);
/// let options = BpeOptions { base: Base::Bytes(ByteOrder::Gpt2), vocabulary: 500, ..BpeOptions::default() };
/// let bpe = train(&words, &options, &mut |_| {})?.bpe;
/// let tokenizer = Tokenizer::byte_level(bpe, Pretokenizer::Gpt2);
///
/// let ids = TextCodec::encode(&tokenizer, training)?;
/// let model = KneserNey::train(&[&ids], tokenizer.vocab_size(), 3)?;
/// let score = score_document(&model, &TextCodec::encode(&tokenizer, held_out)?)?;
/// let bits = score.bits_per(held_out.chars().count());
/// assert!(1.8 < bits && bits < 2.2); // a model of characters needs about as many
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
impl TextCodec for Tokenizer {
    fn encode(&self, text: &str) -> Result<Vec<u32>, LanguageModelError> {
        let ids = self.ids(text, Allowed::None);
        ids.map_err(|error| LanguageModelError::Encoding { source: error })
    }

    fn decode(&self, tokens: &[u32]) -> String {
        // An id that no token has, such as the one that ends a text, stands alone: what is around it is text.
        let known = |&id: &u32| self.token(id).is_some();
        let runs = tokens.chunk_by(|a, b| known(a) && known(b));
        let text = |run: &[u32]| match Tokenizer::decode_bytes(self, run) {
            Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            Err(_) => char::REPLACEMENT_CHARACTER.to_string(),
        };
        runs.map(text).collect()
    }

    fn vocab_size(&self) -> usize {
        self.len()
    }
}
