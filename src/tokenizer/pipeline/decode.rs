//! From tokens back to text.

use super::Prepend;
use super::model::byte_of_token;

/// How the text of tokens becomes text again.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Decoder {
    /// One after the other.
    #[default]
    Joined,
    /// With a space between each two (what Hugging Face does without a decoder).
    Spaced,
    /// The bytes of a byte-level vocabulary, one after the other.
    Bytes,
    /// WordPiece: a space before each token that does not continue a word.
    WordPiece {
        /// What marks a token that continues a word.
        prefix: String,
        /// Whether the space before signs such as the full stop is taken away, and `n't` joined.
        cleanup: bool,
    },
    /// `▁` becomes a space; not at the beginning, unless nothing was put there.
    Metaspace(Prepend),
    /// The marker of the end of a word becomes a space; not at the end.
    Suffix(String),
    /// SentencePiece's with bytes: `▁` becomes a space, `<0xE6>` a byte, and one space at the beginning goes.
    Fallback,
}

impl Decoder {
    /// The text of tokens, given as text.
    pub(super) fn text(&self, tokens: &[String]) -> String {
        match self {
            // Bytes were put together before they became text.
            Self::Joined | Self::Bytes => tokens.concat(),
            Self::Spaced => tokens.join(" "),
            Self::WordPiece { prefix, cleanup } => wordpiece(tokens, prefix, *cleanup),
            Self::Metaspace(prepend) => metaspace(tokens, *prepend),
            Self::Suffix(suffix) => ends_of_words(tokens, suffix),
            Self::Fallback => fallback(tokens),
        }
    }
}

fn wordpiece(tokens: &[String], prefix: &str, cleanup: bool) -> String {
    let joined = tokens.iter().enumerate().map(|(i, token)| match token.strip_prefix(prefix) {
        _ if i == 0 => token.clone(),
        Some(rest) => rest.to_string(),
        None => format!(" {token}"),
    });
    joined.map(|token| if cleanup { cleaned(&token) } else { token }).collect()
}

/// As `clean_up_tokenization` of Hugging Face, token by token, with all it does to English.
fn cleaned(text: &str) -> String {
    let pairs = [
        (" .", "."),
        (" ?", "?"),
        (" !", "!"),
        (" ,", ","),
        (" ' ", "'"),
        (" n't", "n't"),
        (" 'm", "'m"),
        (" do not", " don't"),
        (" 's", "'s"),
        (" 've", "'ve"),
        (" 're", "'re"),
    ];
    pairs.iter().fold(text.to_string(), |text, (old, new)| text.replace(old, new))
}

fn metaspace(tokens: &[String], prepend: Prepend) -> String {
    let mut text = String::new();
    for (i, token) in tokens.iter().enumerate() {
        let dropped = i == 0 && prepend != Prepend::Never;
        let kept = token.chars().filter(|&c| !(dropped && c == super::METASPACE));
        text.extend(kept.map(|c| if c == super::METASPACE { ' ' } else { c }));
    }
    text
}

fn ends_of_words(tokens: &[String], suffix: &str) -> String {
    let last = tokens.len().saturating_sub(1);
    let one = |(i, token): (usize, &String)| token.replace(suffix, if i == last { "" } else { " " });
    tokens.iter().enumerate().map(one).collect()
}

fn fallback(tokens: &[String]) -> String {
    let mut text = String::new();
    let mut bytes = Vec::new();
    for token in tokens {
        let token = token.replace(super::METASPACE, " ");
        match byte_of_token(&token) {
            Some(byte) => bytes.push(byte),
            None => {
                flush(&mut bytes, &mut text);
                text.push_str(&token);
            }
        }
    }
    flush(&mut bytes, &mut text);
    text.strip_prefix(' ').map(String::from).unwrap_or(text)
}

/// A run of bytes that is no text is as many replacement characters.
fn flush(bytes: &mut Vec<u8>, text: &mut String) {
    match str::from_utf8(bytes) {
        Ok(run) => text.push_str(run),
        Err(_) => text.extend(bytes.iter().map(|_| char::REPLACEMENT_CHARACTER)),
    }
    bytes.clear();
}
