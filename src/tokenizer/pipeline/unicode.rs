//! Unicode's forms, by the tables that Hugging Face uses, and SentencePiece's oldest rule.

use unicode_normalization_alignments::UnicodeNormalization;

pub(super) fn nfc(text: &str) -> String {
    text.nfc().map(|(c, _)| c).collect()
}

pub(super) fn nfkc(text: &str) -> String {
    text.nfkc().map(|(c, _)| c).collect()
}

pub(super) fn nfd(text: &str) -> String {
    text.nfd().map(|(c, _)| c).collect()
}

pub(super) fn nfkd(text: &str) -> String {
    text.nfkd().map(|(c, _)| c).collect()
}

/// What `Nmt` makes of a character.
pub(super) fn nmt(c: char) -> Option<char> {
    match c {
        '\u{1}'..='\u{8}' | '\u{B}' | '\u{E}'..='\u{1F}' | '\u{7F}' | '\u{8F}' | '\u{9F}' => None,
        '\t' | '\n' | '\u{C}' | '\r' | '\u{1680}' | '\u{200B}'..='\u{200F}' => Some(' '),
        '\u{2028}' | '\u{2029}' | '\u{2581}' | '\u{FEFF}' | '\u{FFFD}' => Some(' '),
        _ => Some(c),
    }
}
