//! Writing a `tokenizer.json`.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD as STANDARD;
use serde_json::{Value, json};

use super::cutting::BEHAVIORS;
use super::words::Format;
use super::{FileError, Unwritable, parts};
use crate::tokenizer::bpe::{Bpe, END_OF_WORD, WordEnd};
use crate::tokenizer::pretokenize::{Behavior, BertNormalizer, Cut, Pretokenizer};
use crate::tokenizer::unigram::{Unigram, Unknown};
use crate::tokenizer::wordpiece::WordPiece;
use crate::tokenizer::{
    AddedToken, BpeRules, Decoder, Model, Normalize, Prepend, Spaces, TokenId, Tokenizer,
    printable_from_bytes,
};

/// Writes a tokenizer as Hugging Face's `tokenizer.json`: its library then gives the same ids for any text
/// in which special tokens are allowed.
///
/// # Errors
/// [`FileError::CannotWrite`]: spaces that become `▁` beside a cut that is not at `▁`, or an end-of-word
/// marker that is a symbol of its own; [`FileError::BadIds`]: added tokens that leave a gap.
///
/// # Examples
/// ```
/// use concepts::tokenizer::files::{from_json, to_json};
/// use concepts::tokenizer::{Tokenizer, unigram::Unigram};
/// let model = Unigram::new(vec![("<unk>".into(), 0.0), ("▁a".into(), -1.25)], Some(0))?;
/// let tokenizer = Tokenizer::sentencepiece(model);
/// let again = from_json(&to_json(&tokenizer)?)?;
/// assert_eq!(again.encode("a b")?, tokenizer.encode("a b")?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn to_json(tokenizer: &Tokenizer) -> Result<String, FileError> {
    parts::no_gaps(tokenizer.model().len(), tokenizer.added())?;
    let fields = [
        ("version", json!("1.0")),
        ("truncation", Value::Null),
        ("padding", Value::Null),
        ("added_tokens", tokenizer.added().iter().map(added).collect()),
        ("normalizer", normalizer(tokenizer.normalize())),
        ("pre_tokenizer", pre_tokenizer(tokenizer)?),
        ("post_processor", post_processor(tokenizer)),
        ("decoder", decoder(tokenizer.decoder())),
    ];
    let mut out = String::from("{\n");
    for (name, value) in fields {
        // Writing to a string does not fail.
        let _ = writeln!(out, "  \"{name}\": {value},");
    }
    let _ = writeln!(out, "  \"model\": {}\n}}", model(tokenizer)?);
    Ok(out)
}

fn added(token: &AddedToken) -> Value {
    json!({
        "id": token.id, "content": token.content, "single_word": token.single_word,
        "lstrip": token.lstrip, "rstrip": token.rstrip,
        "normalized": token.normalized, "special": token.special,
    })
}

fn normalizer(steps: &[Normalize]) -> Value {
    let mut steps: Vec<Value> = steps.iter().map(normalizer_step).collect();
    match steps.len() {
        0 => Value::Null,
        1 => steps.remove(0),
        _ => json!({"type": "Sequence", "normalizers": steps}),
    }
}

fn normalizer_step(step: &Normalize) -> Value {
    match step {
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
    }
}

fn pre_tokenizer(tokenizer: &Tokenizer) -> Result<Value, FileError> {
    let (spaces, how) = (tokenizer.spaces(), tokenizer.pretokenizer());
    let mut steps: Vec<Value> = tokenizer.cuts().iter().map(cut).collect();
    if tokenizer.model().is_byte_level() {
        steps.extend(byte_level(spaces, how)?);
    } else {
        steps.extend(match (spaces, how) {
            (Spaces::Metaspace(prepend), Pretokenizer::Metaspace) => Some(metaspace(prepend, true)),
            (Spaces::Metaspace(prepend), Pretokenizer::None) => Some(metaspace(prepend, false)),
            (Spaces::Kept, Pretokenizer::None) => None,
            (Spaces::Kept, how) if how != Pretokenizer::Metaspace => Some(known(how)),
            _ => return Err(unfit(spaces, how, false)),
        });
    }
    Ok(match steps.len() {
        0 => Value::Null,
        1 => steps.remove(0),
        _ => json!({"type": "Sequence", "pretokenizers": steps}),
    })
}

fn byte_level(spaces: Spaces, how: Pretokenizer) -> Result<Vec<Value>, FileError> {
    let bytes = |prefix: bool, pattern: bool| {
        json!({
            "type": "ByteLevel", "add_prefix_space": prefix, "trim_offsets": true, "use_regex": pattern,
        })
    };
    match (spaces, how) {
        (Spaces::Kept | Spaces::Prefixed, Pretokenizer::Gpt2 | Pretokenizer::None) => {
            Ok(vec![bytes(spaces == Spaces::Prefixed, how == Pretokenizer::Gpt2)])
        }
        (Spaces::Kept, how) if how != Pretokenizer::Metaspace => Ok(vec![known(how), bytes(false, false)]),
        _ => Err(unfit(spaces, how, true)),
    }
}

fn unfit(spaces: Spaces, how: Pretokenizer, bytes: bool) -> FileError {
    cannot(Unwritable::Spaces { spaces, how, bytes })
}

fn cut(cut: &Cut) -> Value {
    match cut {
        Cut::Known(how) => known(*how),
        Cut::WordsAndSigns => json!({"type": "Whitespace"}),
        Cut::Punctuation(behavior) => json!({"type": "Punctuation", "behavior": name_of(*behavior)}),
        Cut::Digits { alone } => json!({"type": "Digits", "individual_digits": alone}),
        Cut::Split(split) => {
            let (pattern, is_regex) = split.pattern();
            let pattern = if is_regex { json!({"Regex": pattern}) } else { json!({"String": pattern}) };
            json!({
                "type": "Split", "pattern": pattern, "behavior": name_of(split.behavior()),
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
    let scheme = match prepend {
        Prepend::Always => "always",
        Prepend::First => "first",
        Prepend::Never => "never",
    };
    json!({"type": "Metaspace", "replacement": "▁", "prepend_scheme": scheme, "split": split})
}

fn decoder(decoder: &Decoder) -> Value {
    match decoder {
        Decoder::Joined => json!({"type": "Fuse"}),
        Decoder::Spaced => Value::Null,
        Decoder::Bytes => {
            json!({"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": true})
        }
        Decoder::WordPiece { prefix, cleanup } => {
            json!({"type": "WordPiece", "prefix": prefix, "cleanup": cleanup})
        }
        Decoder::Metaspace(prepend) => metaspace(*prepend, true),
        Decoder::Suffix(suffix) => json!({"type": "BPEDecoder", "suffix": suffix}),
        Decoder::Fallback => json!({"type": "Sequence", "decoders": [
            {"type": "Replace", "pattern": {"String": "▁"}, "content": " "},
            {"type": "ByteFallback"},
            {"type": "Fuse"},
            {"type": "Strip", "content": " ", "start": 1, "stop": 0},
        ]}),
    }
}

fn post_processor(tokenizer: &Tokenizer) -> Value {
    let (before, after) = tokenizer.frame();
    if before.is_empty() && after.is_empty() {
        return Value::Null;
    }
    let name = |&id: &TokenId| tokenizer.token(id).unwrap_or_default();
    let special = |id: &TokenId| json!({"SpecialToken": {"id": name(id), "type_id": 0}});
    let text = |of: &str| json!({"Sequence": {"id": of, "type_id": 0}});
    let around = |texts: Vec<Value>| -> Vec<Value> {
        before.iter().map(special).chain(texts).chain(after.iter().map(special)).collect()
    };
    let tokens: serde_json::Map<String, Value> = before
        .iter()
        .chain(after)
        .map(|id| (name(id), json!({"id": name(id), "ids": [id], "tokens": [name(id)]})))
        .collect();
    let (single, pair) = (around(vec![text("A")]), around(vec![text("A"), text("B")]));
    json!({"type": "TemplateProcessing", "single": single, "pair": pair, "special_tokens": tokens})
}

fn model(tokenizer: &Tokenizer) -> Result<String, FileError> {
    match tokenizer.model() {
        Model::Bpe(bpe, rules) => bpe_model(tokenizer, bpe, *rules),
        Model::WordPiece(model) => Ok(wordpiece_model(model)),
        Model::Unigram(model) => Ok(unigram_model(model)),
    }
}

fn bpe_model(tokenizer: &Tokenizer, bpe: &Bpe, rules: BpeRules) -> Result<String, FileError> {
    let suffix = match bpe.word_end() {
        WordEnd::Unmarked => Value::Null,
        WordEnd::Suffix => json!(END_OF_WORD),
        WordEnd::Symbol => return Err(cannot(Unwritable::WordEndSymbol)),
    };
    let ids = (0u32..).take(bpe.vocabulary().len());
    let names: Vec<String> = ids.map(|id| bpe_name(tokenizer, bpe, id)).collect();
    let merge =
        |left: TokenId, right: TokenId| json!([names[left as usize], names[right as usize]]).to_string();
    let merges: Vec<String> = bpe.merges().iter().map(|m| merge(m.left, m.right)).collect();
    let unknown = rules.unknown.map(|id| names[id as usize].clone());
    Ok(format!(
        "{{\"type\": \"BPE\", \"dropout\": null, \"unk_token\": {}, \"continuing_subword_prefix\": null, \
         \"end_of_word_suffix\": {suffix}, \"fuse_unk\": {}, \"byte_fallback\": {}, \"ignore_merges\": {},\n  \
         \"vocab\": {},\n  \"merges\": [\n{}\n]}}",
        json!(unknown),
        rules.fuse_unknown,
        rules.byte_fallback,
        rules.whole_words,
        vocab(&names),
        merges.join(",\n"),
    ))
}

/// A token of the vocabulary as the file writes it. An added token is written as it is, not by its bytes.
fn bpe_name(tokenizer: &Tokenizer, bpe: &Bpe, id: TokenId) -> String {
    if let Some(token) = tokenizer.added().iter().find(|token| token.id == id) {
        return token.content.clone();
    }
    match bpe.vocabulary().token(id) {
        Some(symbol) if tokenizer.model().is_byte_level() => printable_from_bytes(symbol.as_bytes()),
        Some(symbol) => symbol.to_string(),
        None => String::new(),
    }
}

fn wordpiece_model(model: &WordPiece) -> String {
    let unknown = model.pieces().get(model.unknown() as usize);
    format!(
        "{{\"type\": \"WordPiece\", \"unk_token\": {}, \"continuing_subword_prefix\": {}, \
         \"max_input_chars_per_word\": {},\n  \"vocab\": {}}}",
        json!(unknown),
        json!(model.continuation()),
        model.max_chars(),
        vocab(model.pieces()),
    )
}

fn unigram_model(model: &Unigram) -> String {
    let entries: Vec<String> =
        model.pieces().iter().map(|(piece, score)| json!([piece, score]).to_string()).collect();
    format!(
        "{{\"type\": \"Unigram\", \"unk_id\": {}, \"byte_fallback\": {},\n  \"vocab\": [\n{}\n]}}",
        json!(model.unknown()),
        model.on_unknown() == Unknown::Bytes,
        entries.join(",\n"),
    )
}

/// Tokens by id, in the order of their ids.
fn vocab(names: &[String]) -> String {
    let entries: Vec<String> =
        (0u32..).zip(names).map(|(id, name)| format!("{}: {id}", Value::from(name.as_str()))).collect();
    format!("{{\n{}\n}}", entries.join(",\n"))
}

fn cannot(reason: Unwritable) -> FileError {
    FileError::CannotWrite { format: Format::Json, reason }
}
