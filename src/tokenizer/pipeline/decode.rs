//! From tokens back to text.

use super::normalize::{grows, most_bytes};
use super::unknown::byte_of_token;
use super::{EncodeError, Prepend};
use crate::tokenizer::byte_of_char;
use crate::tokenizer::pretokenize::Pattern;

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
    /// The same with another sign than `▁`.
    Escaped {
        /// What stands for a space.
        sign: char,
        /// Where one more was put.
        prepend: Prepend,
    },
    /// SentencePiece's: the `▁` that a text begins with goes; with `all`, that of each token before the text begins.
    Leading {
        /// Whether several tokens in a row lose theirs.
        all: bool,
    },
    /// What a model of sound says many times a second: of equal tokens in a row one stays, silence goes.
    Ctc {
        /// The token of silence.
        pad: String,
        /// The token between words, which becomes a space with `cleanup`.
        delimiter: String,
        /// Whether the space before signs is taken away too, as for WordPiece.
        cleanup: bool,
    },
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
    /// Of a kind that is not known: the tokens have ids and no text.
    Unread {
        /// Its kind.
        kind: String,
        /// What the file says of it, in JSON.
        json: String,
    },
    /// One after the other, each on the tokens that the one before left.
    Chain(Vec<Decoder>),
}

impl Decoder {
    /// The text of tokens, given as text.
    ///
    /// # Errors
    /// [`EncodeError::Grows`]: steps that each make a text longer multiply; [`EncodeError::Pattern`];
    /// [`EncodeError::Decoder`].
    pub(super) fn text(&self, tokens: Vec<String>) -> Result<String, EncodeError> {
        let most = most_bytes(tokens.iter().map(String::len).sum());
        Ok(if *self == Self::Spaced { tokens.join(" ") } else { self.chain(tokens, most)?.concat() })
    }

    /// What becomes of each token, or of all together.
    fn chain(&self, tokens: Vec<String>, most: usize) -> Result<Vec<String>, EncodeError> {
        let tokens = match self {
            Self::Joined => vec![tokens.concat()],
            Self::Spaced => tokens,
            Self::Bytes => vec![String::from_utf8_lossy(&bytes(&tokens)).into_owned()],
            Self::WordPiece { prefix, cleanup } => wordpiece(&tokens, prefix, *cleanup),
            Self::Metaspace(prepend) => unescaped(&tokens, super::METASPACE, *prepend),
            Self::Escaped { sign, prepend } => unescaped(&tokens, *sign, *prepend),
            Self::Leading { all } => without_leading(tokens, *all),
            Self::Ctc { pad, delimiter, cleanup } => spoken(tokens, pad, delimiter, *cleanup),
            Self::Suffix(suffix) => ends_of_words(&tokens, suffix),
            Self::Unread { kind, .. } => return Err(EncodeError::Decoder { kind: kind.clone() }),
            Self::Fallback => vec![fallback(tokens)],
            Self::ByteFallback => bytes_joined(tokens),
            Self::Strip { content, start, stop } => {
                tokens.iter().map(|token| stripped(token, *content, *start, *stop).into()).collect()
            }
            Self::Replace(pattern, new) => {
                let mut left = most;
                tokens
                    .iter()
                    .map(|token| replaced(token, pattern, new, &mut left))
                    .collect::<Result<_, _>>()?
            }
            Self::Chain(steps) => steps.iter().try_fold(tokens, |tokens, step| step.chain(tokens, most))?,
        };
        if tokens.iter().map(String::len).sum::<usize>() > most { Err(grows()) } else { Ok(tokens) }
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

/// `left`: how many bytes all tokens together may still have.
fn replaced(token: &str, pattern: &Pattern, new: &str, left: &mut usize) -> Result<String, EncodeError> {
    let mut out = String::with_capacity(token.len());
    let mut start = 0;
    for place in pattern.places(token)? {
        out.push_str(&token[start..place.start]);
        *left = left.checked_sub(new.len()).ok_or_else(grows)?;
        out.push_str(new);
        start = place.end;
    }
    out.push_str(&token[start..]);
    Ok(out)
}

fn stripped(token: &str, content: char, start: usize, stop: usize) -> &str {
    // A file may say four billion: no more is counted than there is.
    let first = token.chars().take(start).take_while(|&c| c == content).count();
    let rest = &token[first * content.len_utf8()..];
    let last = rest.chars().rev().take(stop).take_while(|&c| c == content).count();
    &rest[..rest.len() - last * content.len_utf8()]
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

fn unescaped(tokens: &[String], sign: char, prepend: Prepend) -> Vec<String> {
    let one = |(i, token): (usize, &String)| {
        let dropped = i == 0 && prepend != Prepend::Never;
        let kept = token.chars().filter(|&c| !(dropped && c == sign));
        kept.map(|c| if c == sign { ' ' } else { c }).collect()
    };
    tokens.iter().enumerate().map(one).collect()
}

/// As `DecodeSentencePiece` in SentencePiece's `sentencepiece_processor.cc`.
fn without_leading(mut tokens: Vec<String>, all: bool) -> Vec<String> {
    for token in &mut tokens {
        let found = token.starts_with(super::METASPACE);
        if found {
            token.drain(..super::METASPACE.len_utf8());
        }
        // The text has begun.
        if !token.is_empty() || found && !all {
            break;
        }
    }
    tokens
}

/// As the decoder `CTC` of Hugging Face's tokenizers.
fn spoken(mut tokens: Vec<String>, pad: &str, delimiter: &str, cleanup: bool) -> Vec<String> {
    tokens.dedup();
    let one = |token: String| match token.replace(pad, "") {
        said if cleanup => cleaned(&said).replace(delimiter, " "),
        said => said,
    };
    tokens.into_iter().map(one).filter(|said| !said.is_empty()).collect()
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

#[cfg(test)]
mod tests {
    use super::*;

    fn text(decoder: Decoder, tokens: &[&str]) -> Result<String, EncodeError> {
        decoder.text(tokens.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn steps_that_multiply_are_refused_before_they_fill_memory() {
        let replace = |new: usize| Decoder::Replace(Pattern::text("a").unwrap(), "a".repeat(new));
        assert_eq!(text(Decoder::Chain(vec![replace(100); 6]), &["banana"]), Err(grows()));
        assert_eq!(text(replace(1 << 20), &["banana"]), Err(grows()));
        assert_eq!(text(Decoder::Chain(vec![replace(100); 6]), &["none"]), Ok("none".into()));
        // Nothing, put between any two characters, and again.
        assert_eq!(
            text(Decoder::Chain(vec![Decoder::Suffix(String::new()); 100]), &["ab", "c"]),
            Err(grows())
        );
    }

    #[test]
    fn a_kind_that_is_not_known_is_named_where_text_is_wanted() {
        let unread = Decoder::Unread { kind: "Markov".into(), json: "{}".into() };
        let refused = EncodeError::Decoder { kind: "Markov".into() };
        assert_eq!(text(Decoder::Chain(vec![Decoder::Joined, unread]), &["a"]), Err(refused));
    }

    /// What sentencepiece 0.2.3 gives for such pieces, with `remove_extra_whitespaces` and without.
    #[test]
    fn the_signs_that_a_text_begins_with_go() {
        let with = |all, tokens: &[&str]| {
            let space = Decoder::Replace(Pattern::text("▁").unwrap(), " ".into());
            text(Decoder::Chain(vec![Decoder::Leading { all }, space]), tokens).unwrap()
        };
        assert_eq!(with(true, &["▁c", "不同", "b"]), "c不同b");
        assert_eq!(with(true, &["▁", "▁", "▁a", "▁b"]), "a b");
        assert_eq!(with(false, &["▁", "▁", "▁a", "▁b"]), "  a b");
        assert_eq!((with(true, &["▁▁a"]), with(false, &["a", "▁b"])), (" a".into(), "a b".into()));
    }

    #[test]
    fn no_more_is_taken_off_than_there_is() {
        let strip = |start, stop| Decoder::Strip { content: '▁', start, stop };
        assert_eq!(text(strip(u32::MAX as usize, 1), &["▁▁a▁▁", "▁"]), Ok("a▁".into()));
        assert_eq!(text(strip(1, u32::MAX as usize), &["▁▁a▁▁", "▁"]), Ok("▁a".into()));
    }
}
