//! A file of any of the formats.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::apart::{is_pieces, is_pieces_without_unknown, of_bert, part};
use super::field::Field;
use super::read::{MOST_BYTES, tokenizer};
use super::tekken::{is_tekken, tekken};
use super::words::Part;
use super::{FileError, Published, from_published, from_sentencepiece};
use crate::json::{StandIn, object};
use crate::tokenizer::Tokenizer;

/// The format of a tokenizer's file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Hugging Face's `tokenizer.json`.
    HuggingFace,
    /// Mistral's `tekken.json`.
    Tekken,
    /// Ranks of tiktoken, and whose they are.
    Ranks(Published),
    /// BERT's pieces alone, `vocab.txt`.
    Pieces {
        /// Whether case counts: some piece has a capital, or the settings say so.
        cased: bool,
        /// Whether settings beside the pieces say it.
        said: bool,
    },
    /// SentencePiece's own model.
    SentencePiece,
    /// The metadata of a file of weights, which [`from_gguf`](super::from_gguf) takes; [`from_bytes`] reads no weights.
    Gguf {
        /// Whether they say how text is cut, or the model needs no cut.
        cut: bool,
        /// Whether they say of each token what it is.
        kinds: bool,
    },
}

/// A tokenizer from a file.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// The tokenizer.
    pub tokenizer: Tokenizer,
    /// The format of the file.
    pub kind: Kind,
    /// Fields of the file that are there and not used.
    pub unused: Vec<String>,
}

/// Reads a file whose format its beginning tells, and says which it is. `whose`: whose ranks it holds, if it holds
/// ranks; otherwise their number says it.
///
/// # Errors
/// [`FileError`]
///
/// # Examples
/// ```
/// use concepts::tokenizer::files::{FileError, from_bytes};
/// assert!(matches!(from_bytes(b"\n\xff", None), Err(FileError::SentencePiece(_))));
/// assert!(matches!(from_bytes(b"{}", None), Err(FileError::Missing { .. })));
/// assert!(matches!(from_bytes(b"some text\n", None), Err(FileError::NoFormat)));
/// ```
pub fn from_bytes(bytes: &[u8], whose: Option<Published>) -> Result<Loaded, FileError> {
    if bytes.len() > MOST_BYTES {
        return Err(FileError::TooLarge { bytes: bytes.len(), limit: MOST_BYTES });
    }
    if let Some(what) = StandIn::of(bytes) {
        return Err(FileError::StandIn(what));
    }
    let text = str::from_utf8(bytes).ok().map(|text| text.trim_start_matches('\u{feff}'));
    match text {
        Some(text) if is_pieces(text) => pieces(text, &Map::new()),
        Some(text) if is_pieces_without_unknown(text) => Err(FileError::Part(Part::Pieces)),
        Some(text) if text.starts_with("#version") => Err(FileError::Part(Part::Merges)),
        Some(text) if text.trim_start().is_empty() || text.trim_start().starts_with(['{', '[']) => {
            let value = Value::Object(object(text).map_err(|reason| FileError::NotJson { reason })?);
            if let Some(part) = part(&value) {
                return Err(FileError::Part(part));
            }
            let file = Field { value: &value, name: String::new() };
            let mut unused = unused(&value);
            match is_tekken(&value) {
                true => Ok(Loaded { tokenizer: tekken(&file)?, kind: Kind::Tekken, unused }),
                false => {
                    let tokenizer = tokenizer(&file)?;
                    unused.extend(renumbered(&value, &tokenizer).then(|| "added_tokens.id".into()));
                    Ok(Loaded { tokenizer, kind: Kind::HuggingFace, unused })
                }
            }
        }
        Some(text) if is_rank(text.lines().next().unwrap_or_default()) => {
            let (tokenizer, whose) = from_published(text, whose)?;
            Ok(Loaded { tokenizer, kind: Kind::Ranks(whose), unused: Vec::new() })
        }
        // A model begins with the first of its pieces, field 1.
        _ if bytes.starts_with(b"\n") => Ok(Loaded {
            tokenizer: from_sentencepiece(bytes)?,
            kind: Kind::SentencePiece,
            unused: Vec::new(),
        }),
        _ => Err(FileError::NoFormat),
    }
}

/// Reads BERT's pieces with the settings beside them, the text of `tokenizer_config.json`.
///
/// # Errors
/// [`FileError`] of settings that are no JSON object, or say something else than true or false.
///
/// # Examples
/// ```
/// use concepts::tokenizer::files::from_pieces;
/// let (pieces, settings) = ("[PAD]\n[UNK]\n[CLS]\n[SEP]\nplay\n", r#"{"do_lower_case": false}"#);
/// assert_eq!(from_pieces(pieces, settings)?.tokenizer.encode("Play play")?.ids, [1, 4]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn from_pieces(text: &str, settings: &str) -> Result<Loaded, FileError> {
    let mut settings = object(settings).map_err(|reason| FileError::NotJson { reason })?;
    // What settings are silent about is as `BertTokenizer` has it.
    if settings.get("do_lower_case").is_none_or(Value::is_null) {
        settings.insert("do_lower_case".into(), true.into());
    }
    pieces(text, &settings)
}

fn pieces(text: &str, settings: &Map<String, Value>) -> Result<Loaded, FileError> {
    let value = Value::Object(settings.clone());
    let settings = Field { value: &value, name: String::new() };
    let flag = |name: &str| match settings.maybe(name)? {
        Some(_) => settings.flag(name, false).map(Some),
        None => Ok(None),
    };
    let (lowercase, strip_accents) = (flag("do_lower_case")?, flag("strip_accents")?);
    let chinese = settings.flag("tokenize_chinese_chars", true)?;
    let (mut file, cased) = of_bert(text, lowercase);
    file["normalizer"]["strip_accents"] = strip_accents.into();
    file["normalizer"]["handle_chinese_chars"] = chinese.into();
    let tokenizer = tokenizer(&Field { value: &file, name: String::new() })?;
    let named = SPECIAL_NAMES.iter().filter(|(name, usual)| {
        let given =
            value.get(*name).and_then(|given| given.as_str().or_else(|| given.get("content")?.as_str()));
        given.is_some_and(|given| given != *usual)
    });
    let mut unused: Vec<String> = named.map(|(name, _)| (*name).to_string()).collect();
    unused.extend(value.get("never_split").filter(|never| !never.is_null()).map(|_| "never_split".into()));
    Ok(Loaded { tokenizer, kind: Kind::Pieces { cased, said: lowercase.is_some() }, unused })
}

/// What settings call BERT's special tokens, which have other names in some of its kind.
const SPECIAL_NAMES: [(&str, &str); 5] = [
    ("pad_token", "[PAD]"),
    ("unk_token", "[UNK]"),
    ("cls_token", "[CLS]"),
    ("sep_token", "[SEP]"),
    ("mask_token", "[MASK]"),
];

/// Fields that a file of Hugging Face has and that are used; of Mistral's those and the second list.
const USED: [&str; 7] =
    ["version", "added_tokens", "normalizer", "pre_tokenizer", "post_processor", "decoder", "model"];
const USED_OF_TEKKEN: [&str; 3] = ["config", "vocab", "special_tokens"];

/// The fields that are there and change nothing here. Padding and truncation are settings of a run, pairs of texts
/// are not encoded, pictures and sound are no text.
fn unused(file: &Value) -> Vec<String> {
    let used = if is_tekken(file) { &USED_OF_TEKKEN[..] } else { &USED[..] };
    let fields = file.as_object().into_iter().flatten();
    let other = fields.filter(|(name, value)| !value.is_null() && !used.contains(&name.as_str()));
    let mut names: Vec<String> = other.map(|(name, _)| name.clone()).collect();
    let pair = file.pointer("/post_processor/pair").is_some_and(|pair| !pair.is_null());
    names.extend(pair.then(|| "post_processor.pair".into()));
    // It is for training; ids are those without it.
    let dropout = file.pointer("/model/dropout").and_then(Value::as_f64).is_some_and(|share| share != 0.0);
    names.extend(dropout.then(|| "model.dropout".into()));
    let number = |name: &str| file.pointer(&format!("/config/{name}")).and_then(Value::as_u64);
    let tokens = file.get("vocab").and_then(Value::as_array).map_or(0, Vec::len) as u64;
    if let (Some(size), Some(special)) = (number("default_vocab_size"), number("default_num_special_tokens"))
        && let kept = size.saturating_sub(special)
        && kept < tokens
    {
        names.push(format!("vocab[{kept}..{tokens}]"));
    }
    names
}

/// Whether the file gives an added token another id than it has.
fn renumbered(file: &Value, tokenizer: &Tokenizer) -> bool {
    let ids: HashMap<&str, u32> =
        tokenizer.added().iter().map(|token| (token.content.as_str(), token.id)).collect();
    let differs = |token: &Value| {
        let id = token["content"].as_str().and_then(|content| ids.get(content));
        id.is_some_and(|&id| token["id"].as_u64() != Some(id.into()))
    };
    file["added_tokens"].as_array().is_some_and(|tokens| tokens.iter().any(differs))
}

/// Whether a line is a token in base64, a space and a number.
fn is_rank(line: &str) -> bool {
    let base64 = |c: char| c.is_ascii_alphanumeric() || "+/=".contains(c);
    line.split_once(' ').is_some_and(|(token, rank)| {
        !token.is_empty() && token.chars().all(base64) && rank.trim_end().bytes().all(|b| b.is_ascii_digit())
    })
}
