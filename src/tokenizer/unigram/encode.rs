//! From a word to ids.

use std::ops::Range;

use super::{Cut, Unigram, UnigramError, Unknown};

impl Unigram {
    /// The same model with another way to treat unknown characters.
    #[must_use]
    pub fn with_unknown(mut self, unknown: Unknown) -> Self {
        self.on_unknown = unknown;
        self
    }

    /// What becomes of unknown characters.
    pub fn on_unknown(&self) -> Unknown {
        self.on_unknown
    }

    /// The ids of the most probable cut, with the bytes of the word that each stands for.
    ///
    /// # Errors
    /// [`UnigramError::UnknownCharacter`] if there is a character without a piece, and neither an unknown
    /// token nor, if they are asked for, the pieces of its bytes.
    ///
    /// # Examples
    /// ```
    /// use concepts::tokenizer::unigram::Unigram;
    /// let model = Unigram::new(vec![("<unk>".into(), 0.0), ("a".into(), -1.0)], Some(0))?;
    /// assert_eq!(model.encode_word("axya")?, [(1, 0..1), (0, 1..3), (1, 3..4)]);
    /// # Ok::<(), concepts::tokenizer::unigram::UnigramError>(())
    /// ```
    pub fn encode_word(&self, word: &str) -> Result<Vec<(u32, Range<usize>)>, UnigramError> {
        self.ids_of(word, &self.best(word))
    }

    /// The ids of any cut, as [`encode_word`](Self::encode_word) writes those of the best one.
    ///
    /// # Errors
    /// As [`encode_word`](Self::encode_word).
    pub fn ids_of(&self, word: &str, cut: &Cut) -> Result<Vec<(u32, Range<usize>)>, UnigramError> {
        let mut out = Vec::with_capacity(cut.spans.len());
        // Text may spell the unknown token; next to unknown characters it is one of them.
        let unknown = |id: Option<u32>| id.is_none() || id == self.unknown;
        for run in cut.spans.chunk_by(|a, b| unknown(a.id) && unknown(b.id)) {
            let bytes = run[0].bytes.start..run[run.len() - 1].bytes.end;
            match self.heard(&word[bytes.clone()]) {
                Some(id) => out.push((id, bytes)),
                None => self.push_unknown(word, bytes, &mut out)?,
            }
        }
        Ok(out)
    }

    fn push_unknown(
        &self,
        word: &str,
        bytes: Range<usize>,
        out: &mut Vec<(u32, Range<usize>)>,
    ) -> Result<(), UnigramError> {
        if self.on_unknown == Unknown::Bytes
            && let Some(ids) = self.byte_pieces(&word[bytes.clone()])
        {
            out.extend(ids.into_iter().map(|id| (id, bytes.clone())));
            return Ok(());
        }
        let Some(id) = self.unknown else {
            let character = word[bytes.start..].chars().next().unwrap_or_default();
            return Err(UnigramError::UnknownCharacter { character, offset: bytes.start });
        };
        out.push((id, bytes));
        Ok(())
    }

    fn byte_pieces(&self, text: &str) -> Option<Vec<u32>> {
        text.bytes().map(|byte| self.id(&format!("<0x{byte:02X}>"))).collect()
    }
}
