//! What stands around the model in a `tokenizer.json` that is written.

use std::collections::VecDeque;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD as STANDARD;
use serde_json::{Value, json};

use super::cutting::{BEHAVIORS, before};
use super::error::cannot;
use super::{FileError, Unwritable};
use crate::tokenizer::pretokenize::{Behavior, BertNormalizer, Cut, METASPACE, Pattern, Pretokenizer};
use crate::tokenizer::{Decoder, Normalize, Prepend, Spaces, Step, Tokenizer};

pub(super) fn normalizer(steps: &[Normalize]) -> Result<Value, FileError> {
    let mut steps = steps.iter().map(normalizer_step).collect::<Result<Vec<Value>, _>>()?;
    Ok(match steps.len() {
        0 => Value::Null,
        1 => steps.remove(0),
        _ => json!({"type": "Sequence", "normalizers": steps}),
    })
}

fn normalizer_step(step: &Normalize) -> Result<Value, FileError> {
    Ok(match step {
        Normalize::Bert(BertNormalizer { clean_text, space_around_chinese, strip_accents, lowercase }) => {
            json!({
                "type": "BertNormalizer", "clean_text": clean_text, "handle_chinese_chars": space_around_chinese,
                "strip_accents": strip_accents, "lowercase": lowercase,
            })
        }
        Normalize::Nfc => json!({"type": "NFC"}),
        Normalize::Nfkc => json!({"type": "NFKC"}),
        Normalize::Nfd => json!({"type": "NFD"}),
        Normalize::Nfkd => json!({"type": "NFKD"}),
        Normalize::Lowercase => json!({"type": "Lowercase"}),
        Normalize::Prepend(text) => json!({"type": "Prepend", "prepend": text}),
        Normalize::Strip { left, right } => {
            json!({"type": "Strip", "strip_left": left, "strip_right": right})
        }
        Normalize::Precompiled(table) => {
            json!({"type": "Precompiled", "precompiled_charsmap": STANDARD.encode(table.to_bytes())})
        }
        Normalize::Replace(old, new) => {
            json!({"type": "Replace", "pattern": {"String": old}, "content": new})
        }
        Normalize::ReplacePattern(pattern, new) => {
            json!({"type": "Replace", "pattern": self::pattern(pattern), "content": new})
        }
        Normalize::StripAccents => json!({"type": "StripAccents"}),
        Normalize::Nmt => json!({"type": "Nmt"}),
        Normalize::Printable => json!({"type": "ByteLevel"}),
        Normalize::SentencePiece(_) => return Err(cannot(Unwritable::SentencePiece)),
    })
}

fn pattern(pattern: &Pattern) -> Value {
    if pattern.is_regex() { json!({"Regex": pattern.as_str()}) } else { json!({"String": pattern.as_str()}) }
}

/// All steps from text to words, in the fewest steps of the format.
pub(super) fn pre_tokenizer(tokenizer: &Tokenizer) -> Result<Value, FileError> {
    let (spaces, how) = (tokenizer.spaces(), tokenizer.pretokenizer());
    let bytes = tokenizer.model().is_byte_level();
    if spaces == Spaces::Kept && how == Pretokenizer::Metaspace {
        return Err(cannot(Unwritable::Spaces { spaces, how, bytes }));
    }
    let mut steps: VecDeque<Step> = tokenizer.cuts().iter().cloned().map(Step::Cut).collect();
    steps.extend((spaces != Spaces::Kept).then_some(Step::Spaces(spaces)));
    steps.extend((how != Pretokenizer::None).then_some(Step::Cut(Cut::Known(how))));
    steps.extend(tokenizer.steps().iter().cloned());
    steps.extend(bytes.then_some(Step::Printable));
    let mut written = Vec::new();
    while let Some(step) = steps.pop_front() {
        written.push(match step {
            Step::Cut(Cut::Known(Pretokenizer::Gpt2)) if next_is(&mut steps, &Step::Printable) => {
                byte_level(false, true)
            }
            Step::Cut(cut) => self::cut(&cut),
            Step::Printable => byte_level(false, false),
            Step::Spaces(Spaces::Metaspace(prepend)) => {
                metaspace(prepend, next_is(&mut steps, &Step::Cut(Cut::Known(Pretokenizer::Metaspace))))
            }
            Step::Spaces(Spaces::Escaped { sign, prepend }) => {
                escaped(sign, prepend, next_is(&mut steps, &Step::Cut(Cut::Split(before(sign)?))))
            }
            Step::Spaces(Spaces::Prefixed) => {
                let pattern = next_is(&mut steps, &Step::Cut(Cut::Known(Pretokenizer::Gpt2)));
                if !next_is(&mut steps, &Step::Printable) {
                    return Err(cannot(Unwritable::Spaces { spaces: Spaces::Prefixed, how, bytes }));
                }
                byte_level(true, pattern)
            }
            Step::Spaces(Spaces::Kept) => continue,
        });
    }
    Ok(match written.len() {
        0 => Value::Null,
        1 => written.remove(0),
        _ => json!({"type": "Sequence", "pretokenizers": written}),
    })
}

/// Takes the next step off, if it is this one.
fn next_is(steps: &mut VecDeque<Step>, step: &Step) -> bool {
    let is_it = steps.front() == Some(step);
    if is_it {
        steps.pop_front();
    }
    is_it
}

fn byte_level(prefix: bool, pattern: bool) -> Value {
    json!({"type": "ByteLevel", "add_prefix_space": prefix, "trim_offsets": true, "use_regex": pattern})
}

fn cut(cut: &Cut) -> Value {
    match cut {
        Cut::Known(how) => known(*how),
        Cut::WordsAndSigns => json!({"type": "Whitespace"}),
        Cut::Punctuation(behavior) => json!({"type": "Punctuation", "behavior": name_of(*behavior)}),
        Cut::Digits { alone } => json!({"type": "Digits", "individual_digits": alone}),
        Cut::Every(characters) => json!({"type": "FixedLength", "length": characters}),
        Cut::Scripts => json!({"type": "UnicodeScripts"}),
        Cut::Split(split) => {
            json!({
                "type": "Split", "pattern": pattern(split.pattern()), "behavior": name_of(split.behavior()),
                "invert": split.invert(),
            })
        }
    }
}

fn name_of(behavior: Behavior) -> Option<&'static str> {
    BEHAVIORS.iter().find(|(_, other)| *other == behavior).map(|&(name, _)| name)
}

/// A cut that needs no pattern of its own. No cut at all is an empty sequence.
fn known(how: Pretokenizer) -> Value {
    match (how, how.regex()) {
        (_, Some(regex)) => json!({
            "type": "Split", "pattern": {"Regex": regex}, "behavior": "Isolated", "invert": false,
        }),
        (Pretokenizer::Whitespace, _) => json!({"type": "WhitespaceSplit"}),
        (Pretokenizer::Bert, _) => json!({"type": "BertPreTokenizer"}),
        (Pretokenizer::Metaspace, _) => json!({
            "type": "Split", "pattern": {"String": "▁"}, "behavior": "MergedWithNext", "invert": false,
        }),
        _ => json!({"type": "Sequence", "pretokenizers": []}),
    }
}

fn metaspace(prepend: Prepend, split: bool) -> Value {
    escaped(METASPACE, prepend, split)
}

fn escaped(sign: char, prepend: Prepend, split: bool) -> Value {
    let scheme = match prepend {
        Prepend::Always => "always",
        Prepend::First => "first",
        Prepend::Never => "never",
    };
    json!({"type": "Metaspace", "replacement": sign, "prepend_scheme": scheme, "split": split})
}

pub(super) fn decoder(decoder: &Decoder) -> Result<Value, FileError> {
    Ok(match decoder {
        Decoder::Joined => json!({"type": "Fuse"}),
        Decoder::Spaced => Value::Null,
        Decoder::Bytes => {
            json!({"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": true})
        }
        Decoder::WordPiece { prefix, cleanup } => {
            json!({"type": "WordPiece", "prefix": prefix, "cleanup": cleanup})
        }
        Decoder::Metaspace(prepend) => metaspace(*prepend, true),
        Decoder::Escaped { sign, prepend } => escaped(*sign, *prepend, true),
        Decoder::Leading { .. } => return Err(cannot(Unwritable::SentencePiece)),
        Decoder::Ctc { pad, delimiter, cleanup } => json!({
            "type": "CTC", "pad_token": pad, "word_delimiter_token": delimiter, "cleanup": cleanup,
        }),
        Decoder::Suffix(suffix) => json!({"type": "BPEDecoder", "suffix": suffix}),
        Decoder::Fallback => json!({"type": "Sequence", "decoders": [
            {"type": "Replace", "pattern": {"String": "▁"}, "content": " "},
            {"type": "ByteFallback"},
            {"type": "Fuse"},
            {"type": "Strip", "content": " ", "start": 1, "stop": 0},
        ]}),
        Decoder::Replace(pattern, new) => {
            json!({"type": "Replace", "pattern": self::pattern(pattern), "content": new})
        }
        Decoder::ByteFallback => json!({"type": "ByteFallback"}),
        Decoder::Strip { content, start, stop } => {
            json!({"type": "Strip", "content": content, "start": start, "stop": stop})
        }
        Decoder::Unread { json, .. } => serde_json::from_str(json).unwrap_or_default(),
        Decoder::Chain(steps) => {
            let steps = steps.iter().map(self::decoder).collect::<Result<Vec<_>, _>>()?;
            json!({"type": "Sequence", "decoders": steps})
        }
    })
}
