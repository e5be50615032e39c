//! Changed text that need not remember where it comes from: the same as in `normalize` and `spaces`, without its
//! cost. Most texts are left as they are, and then nothing is copied.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, is_nfc_quick, is_nfkc_quick};
use unicode_normalization_alignments::char::is_combining_mark;

use super::normalize::{grows, most_bytes};
use super::{EncodeError, METASPACE, Normalize, Spaces, unicode};
use crate::tokenizer::char_of_byte;
use crate::tokenizer::pretokenize::PatternError;

/// All changes, one after the other.
///
/// # Errors
/// [`EncodeError::Grows`], [`EncodeError::Pattern`].
pub(super) fn apply_plain<'a>(steps: &[Normalize], text: &'a str) -> Result<Cow<'a, str>, EncodeError> {
    let most = most_bytes(text.len());
    let mut so_far = Cow::Borrowed(text);
    for step in steps {
        if let Some(changed) = step.plain(&so_far)? {
            so_far = Cow::Owned(changed);
        }
        if so_far.len() > most {
            return Err(grows());
        }
    }
    Ok(so_far)
}

impl Normalize {
    /// The changed text; nothing where it is known to stay as it is.
    fn plain(&self, text: &str) -> Result<Option<String>, PatternError> {
        let composed = || text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes;
        let compatible = || text.is_ascii() || is_nfkc_quick(text.chars()) == IsNormalized::Yes;
        let of = |chars: &mut dyn Iterator<Item = char>| Some(chars.collect());
        Ok(match self {
            Self::Bert(bert) => Some(bert.normalize(text)),
            Self::Nfc => (!composed()).then(|| unicode::nfc(text)),
            Self::Nfkc => (!compatible()).then(|| unicode::nfkc(text)),
            Self::Nfd => (!text.is_ascii()).then(|| unicode::nfd(text)),
            Self::Nfkd => (!text.is_ascii()).then(|| unicode::nfkd(text)),
            Self::Lowercase => of(&mut text.chars().flat_map(char::to_lowercase)),
            Self::StripAccents if text.is_ascii() => None,
            Self::StripAccents => of(&mut text.chars().filter(|&c| !is_combining_mark(c))),
            Self::Nmt => of(&mut text.chars().filter_map(unicode::nmt)),
            Self::Printable => of(&mut text.bytes().map(char_of_byte)),
            Self::Prepend(before) => (!text.is_empty()).then(|| [before, text].concat()),
            Self::Replace(old, new) => (!old.is_empty()).then(|| text.replace(old.as_str(), new)),
            Self::ReplacePattern(..) | Self::Strip { .. } | Self::Precompiled(_) | Self::SentencePiece(_) => {
                Some(self.apply(text)?)
            }
        })
    }
}

impl Spaces {
    /// The text with its spaces changed. `first`: nothing stands before it.
    pub(super) fn plain(self, text: &str, first: bool) -> Cow<'_, str> {
        let (sign, prepend) = match self {
            Self::Kept => return Cow::Borrowed(text),
            Self::Prefixed if text.starts_with(' ') => return Cow::Borrowed(text),
            Self::Prefixed => return Cow::Owned([" ", text].concat()),
            Self::Metaspace(prepend) => (METASPACE, prepend),
            Self::Escaped { sign, prepend } => (sign, prepend),
        };
        let sign = sign.to_string();
        let one_more = prepend.wanted(first) && !text.starts_with(' ') && !text.starts_with(&sign);
        let before = if one_more { sign.as_str() } else { "" };
        Cow::Owned([before, &text.replace(' ', &sign)].concat())
    }
}
