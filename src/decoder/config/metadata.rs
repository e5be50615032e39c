//! The keys of a GGUF file, each with its type.

use super::Keys;
use crate::decoder::DecoderError;
use crate::decoder::words::Wanted;

/// No size is larger: products of a few of them can be counted.
const MOST: u64 = 1 << 24;

/// The keys of one file, those below the name of its architecture, and which of them were read.
pub(super) struct Reader<'a> {
    pub(super) keys: &'a dyn Keys,
    architecture: String,
    read: Vec<String>,
    pub(super) assumed: Vec<(String, String)>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(keys: &'a dyn Keys, architecture: String) -> Reader<'a> {
        Reader { keys, architecture, read: Vec::new(), assumed: Vec::new() }
    }

    pub(super) fn key(&mut self, name: &str) -> String {
        let key = format!("{}.{name}", self.architecture);
        self.read.push(key.clone());
        key
    }

    /// Stands the key in the file?
    fn has(&self, key: &str) -> bool {
        self.keys.keys().iter().any(|known| known == key)
    }

    /// A size, if the file has it.
    pub(super) fn maybe_size(&mut self, name: &str) -> Result<Option<usize>, DecoderError> {
        let key = self.key(name);
        if !self.has(&key) {
            return Ok(None);
        }
        let size = match self.keys.wholes(&key) {
            // One number for each layer, all the same.
            Some(list) => list.first().copied().filter(|first| list.iter().all(|size| size == first)),
            None => self.keys.whole(&key),
        };
        let size = size.filter(|size| (1..=MOST).contains(size)).and_then(|size| usize::try_from(size).ok());
        size.map(Some).ok_or_else(|| self.bad(&key, Wanted::Whole))
    }

    /// A size that must be there.
    pub(super) fn size(&mut self, name: &str) -> Result<usize, DecoderError> {
        let key = self.key(name);
        self.maybe_size(name)?.ok_or(DecoderError::MissingKey { key })
    }

    /// A number above 0, if the file has it.
    pub(super) fn maybe(&mut self, name: &str) -> Result<Option<f64>, DecoderError> {
        let key = self.key(name);
        if !self.has(&key) {
            return Ok(None);
        }
        let number = self.keys.number(&key).filter(|number| *number > 0.0 && number.is_finite());
        number.map(Some).ok_or_else(|| self.bad(&key, Wanted::Positive))
    }

    /// A factor above 0, if the file has it; llama.cpp takes 0 as 1.
    pub(super) fn maybe_factor(&mut self, name: &str) -> Result<Option<f64>, DecoderError> {
        let key = self.key(name);
        if self.keys.number(&key) == Some(0.0) {
            return Ok(Some(1.0));
        }
        self.maybe(name)
    }

    /// A number above 0, or what llama.cpp has in its code.
    pub(super) fn number(&mut self, name: &str, usual: f64) -> Result<f64, DecoderError> {
        if let Some(number) = self.maybe(name)? {
            return Ok(number);
        }
        let key = self.key(name);
        self.assumed.push((key, usual.to_string()));
        Ok(usual)
    }

    /// A word, if the file has it.
    pub(super) fn word(&mut self, name: &str, wanted: Wanted) -> Result<Option<String>, DecoderError> {
        let key = self.key(name);
        if !self.has(&key) {
            return Ok(None);
        }
        self.keys.word(&key).map(Some).ok_or_else(|| self.bad(&key, wanted))
    }

    pub(super) fn bad(&self, key: &str, wanted: Wanted) -> DecoderError {
        bad(self.keys, key, wanted)
    }

    /// Keys of the architecture that nobody read. `rows`: those of the table of embeddings, which are the vocabulary; a
    /// size of it that says the same is no loss.
    pub(super) fn unused(&self, rows: usize) -> Vec<String> {
        let [size, value, own] =
            ["vocab_size", "attention.value_length", ""].map(|name| format!("{}.{name}", self.architecture));
        let same = self.keys.whole(&size) == u64::try_from(rows).ok();
        let known = |key: &String| self.read.contains(key) || *key == value || (same && *key == size);
        let unread = self.keys.keys().into_iter().filter(|key| key.starts_with(&own) && !known(key));
        let told = |key: String| if key == size { format!("{key} = {}", self.keys.shown(&key)) } else { key };
        unread.map(told).collect()
    }
}

/// A value that cannot be.
pub(super) fn bad(keys: &dyn Keys, key: &str, wanted: Wanted) -> DecoderError {
    DecoderError::BadValue { key: key.into(), found: keys.shown(key), wanted }
}
