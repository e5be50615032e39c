//! SentencePiece's table of replacements, compiled into a trie.

use crate::tokenizer::pipeline::words::CharsmapFault;
use unicode_segmentation::UnicodeSegmentation;

use super::EncodeError;
use super::align::Aligned;

/// A cluster of more bytes is never looked up as a whole, as in Hugging Face.
const LONGEST: usize = 5;

/// A table of replacements as SentencePiece compiles it: a double-array trie of what is replaced, and the
/// replacements, each up to a zero byte.
///
/// ```text
/// 4 bytes: size of the trie | the trie, 4 bytes a unit | the replacements
/// ```
///
/// # Reference
/// Kudo & Richardson 2018, *SentencePiece*, section 3.2; the units are those of Darts-clone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Charsmap {
    trie: Vec<u32>,
    replacements: String,
}

impl Charsmap {
    /// Reads the compiled table.
    ///
    /// # Errors
    /// [`EncodeError::Charsmap`] if the trie is not whole or the replacements are not UTF-8.
    ///
    /// # Examples
    /// ```
    /// use concepts::tokenizer::Charsmap;
    /// assert!(Charsmap::new(&[8, 0, 0, 0, 1]).is_err());
    /// ```
    pub fn new(bytes: &[u8]) -> Result<Self, EncodeError> {
        let wrong = |reason: CharsmapFault| EncodeError::Charsmap { reason };
        let (size, rest) = bytes.split_first_chunk().ok_or_else(|| wrong(CharsmapFault::NoSize))?;
        let size = u32::from_le_bytes(*size) as usize;
        let (trie, rest) = rest.split_at_checked(size).ok_or_else(|| wrong(CharsmapFault::CutOff))?;
        let (units, []) = trie.as_chunks() else { return Err(wrong(CharsmapFault::OddUnits)) };
        let replacements = str::from_utf8(rest).map_err(|_| wrong(CharsmapFault::NotUtf8))?;
        Ok(Self {
            trie: units.iter().map(|unit| u32::from_le_bytes(*unit)).collect(),
            replacements: replacements.into(),
        })
    }

    /// The compiled table again.
    pub fn to_bytes(&self) -> Vec<u8> {
        // It was read with a size of 32 bits.
        let size = (self.trie.len() * 4) as u32;
        let units = self.trie.iter().flat_map(|unit| unit.to_le_bytes());
        size.to_le_bytes().into_iter().chain(units).chain(self.replacements.bytes()).collect()
    }

    /// What the longest beginning of a text that is in the table becomes, and its bytes: SentencePiece's rule.
    pub(super) fn longest(&self, text: &str) -> Option<(&str, usize)> {
        let unit = |at: usize| self.trie.get(at).copied();
        let mut found = None;
        let mut at = offset(unit(0)?);
        for (byte, length) in text.bytes().zip(1..).take_while(|&(byte, _)| byte != 0) {
            at ^= usize::from(byte);
            let Some(here) = unit(at).filter(|here| here & (1 << 31 | 0xFF) == u32::from(byte)) else {
                break;
            };
            at ^= offset(here);
            if here >> 8 & 1 == 1 {
                found = Some(((unit(at)? & !(1 << 31)) as usize, length));
            }
        }
        let (start, length) = found?;
        Some((self.replacements.get(start..)?.split('\0').next()?, length))
            .filter(|_| text.is_char_boundary(length))
    }

    /// What a text becomes; `None` if nothing of its beginning is in the table.
    ///
    /// As in Hugging Face the whole text is replaced, even by what stands for its shortest beginning.
    fn replacement(&self, text: &str) -> Option<&str> {
        let unit = |at: usize| self.trie.get(at).copied();
        let mut at = offset(unit(0)?);
        for byte in text.bytes().take_while(|&byte| byte != 0) {
            at ^= usize::from(byte);
            let here = unit(at)?;
            // The label; the highest bit marks a value.
            if here & (1 << 31 | 0xFF) != u32::from(byte) {
                return None;
            }
            at ^= offset(here);
            if here >> 8 & 1 == 1 {
                let start = (unit(at)? & !(1 << 31)) as usize;
                return self.replacements.get(start..)?.split('\0').next();
            }
        }
        None
    }

    /// Cluster by cluster, and character by character where the cluster is not in the table.
    pub(super) fn append(&self, text: &str, out: &mut Aligned) {
        for (start, cluster) in text.grapheme_indices(true) {
            let whole = Some(cluster).filter(|cluster| cluster.len() <= LONGEST);
            if let Some(new) = whole.and_then(|cluster| self.replacement(cluster)) {
                out.push(start..start + cluster.len(), new, false);
                continue;
            }
            for (at, c) in cluster.char_indices() {
                let part = &cluster[at..at + c.len_utf8()];
                let place = start + at..start + at + part.len();
                match self.replacement(part) {
                    Some(new) => out.push(place, new, false),
                    None => out.push(place, part, true),
                }
            }
        }
    }
}

/// How far the children of a unit are.
fn offset(unit: u32) -> usize {
    ((unit >> 10) << ((unit & (1 << 9)) >> 6)) as usize
}
