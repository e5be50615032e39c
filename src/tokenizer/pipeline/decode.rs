//! From tokens back to text.

use super::Prepend;
use super::unknown::byte_of_token;
use crate::tokenizer::byte_of_char;
use crate::tokenizer::pretokenize::{Pattern, PatternError};

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
    /// Every match of a pattern becomes the text, token by token.
    Replace(Pattern, String),
    /// `<0xE6>` and its like become bytes; a run of them one token.
    ByteFallback,
    /// So many of a character at the beginning and at the end of each token go.
    Strip {
        /// The character.
        content: char,
        /// At most so many at the beginning.
        start: usize,
        /// At most so many at the end.
        stop: usize,
    },
    /// One after the other, each on the tokens that the one before left.
    Chain(Vec<Decoder>),
}

impl Decoder {
    /// The text of tokens, given as text.
    pub(super) fn text(&self, tokens: Vec<String>) -> Result<String, PatternError> {
        Ok(if *self == Self::Spaced { tokens.join(" ") } else { self.chain(tokens)?.concat() })
    }

    /// What becomes of each token, or of all together.
    fn chain(&self, tokens: Vec<String>) -> Result<Vec<String>, PatternError> {
        Ok(match self {
            Self::Joined => vec![tokens.concat()],
            Self::Spaced => tokens,
            Self::Bytes => vec![String::from_utf8_lossy(&bytes(&tokens)).into_owned()],
            Self::WordPiece { prefix, cleanup } => wordpiece(&tokens, prefix, *cleanup),
            Self::Metaspace(prepend) => metaspace(&tokens, *prepend),
            Self::Suffix(suffix) => ends_of_words(&tokens, suffix),
            Self::Fallback => vec![fallback(tokens)],
            Self::ByteFallback => bytes_joined(tokens),
            Self::Strip { content, start, stop } => {
                tokens.iter().map(|token| stripped(token, *content, *start, *stop).into()).collect()
            }
            Self::Replace(pattern, new) => {
                let replaced = tokens.iter().map(|token| replaced(token, pattern, new));
                replaced.collect::<Result<_, _>>()?
            }
            Self::Chain(steps) => steps.iter().try_fold(tokens, |tokens, step| step.chain(tokens))?,
        })
    }
}

/// The bytes that the names stand for; a name that is not made of printable bytes stands for its own.
fn bytes(tokens: &[String]) -> Vec<u8> {
    tokens.iter().flat_map(|token| printed(token)).collect()
}

pub(super) fn printed(name: &str) -> Vec<u8> {
    let bytes: Option<Vec<u8>> = name.chars().map(byte_of_char).collect();
    bytes.unwrap_or_else(|| name.as_bytes().to_vec())
}

fn replaced(token: &str, pattern: &Pattern, new: &str) -> Result<String, PatternError> {
    let mut out = String::with_capacity(token.len());
    let mut start = 0;
    for place in pattern.places(token)? {
        out.push_str(&token[start..place.start]);
        out.push_str(new);
        start = place.end;
    }
    out.push_str(&token[start..]);
    Ok(out)
}

fn stripped(token: &str, content: char, start: usize, stop: usize) -> &str {
    let mut rest = token;
    for _ in 0..start {
        rest = rest.strip_prefix(content).unwrap_or(rest);
    }
    for _ in 0..stop {
        rest = rest.strip_suffix(content).unwrap_or(rest);
    }
    rest
}

fn wordpiece(tokens: &[String], prefix: &str, cleanup: bool) -> Vec<String> {
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

fn metaspace(tokens: &[String], prepend: Prepend) -> Vec<String> {
    let one = |(i, token): (usize, &String)| {
        let dropped = i == 0 && prepend != Prepend::Never;
        let kept = token.chars().filter(|&c| !(dropped && c == super::METASPACE));
        kept.map(|c| if c == super::METASPACE { ' ' } else { c }).collect()
    };
    tokens.iter().enumerate().map(one).collect()
}

fn ends_of_words(tokens: &[String], suffix: &str) -> Vec<String> {
    let last = tokens.len().saturating_sub(1);
    let one = |(i, token): (usize, &String)| token.replace(suffix, if i == last { "" } else { " " });
    tokens.iter().enumerate().map(one).collect()
}

fn fallback(tokens: Vec<String>) -> String {
    let spaced = tokens.into_iter().map(|token| token.replace(super::METASPACE, " ")).collect();
    let text = bytes_joined(spaced).concat();
    text.strip_prefix(' ').map(String::from).unwrap_or(text)
}

fn bytes_joined(tokens: Vec<String>) -> Vec<String> {
    let mut out = Vec::new();
    let mut bytes = Vec::new();
    for token in tokens {
        match byte_of_token(&token) {
            Some(byte) => bytes.push(byte),
            None => {
                flush(&mut bytes, &mut out);
                out.push(token);
            }
        }
    }
    flush(&mut bytes, &mut out);
    out
}

/// A run of bytes that is no text is as many replacement characters.
fn flush(bytes: &mut Vec<u8>, out: &mut Vec<String>) {
    if bytes.is_empty() {
        return;
    }
    match String::from_utf8(std::mem::take(bytes)) {
        Ok(run) => out.push(run),
        Err(error) => out.extend(error.as_bytes().iter().map(|_| char::REPLACEMENT_CHARACTER.to_string())),
    }
}
