//! Reading a `tokenizer.json`.

use std::collections::HashSet;

use serde_json::Value;

use super::cutting::{Cutting, cutting};
use super::error::{FileError, within};
use super::field::Field;
use super::frame::frame;
use super::vocabulary::Read;
use super::{model, parts};
use crate::json::object;
use crate::tokenizer::{AddedToken, Decoder, Normalize, Step, Tokenizer};

/// No tokenizer is larger.
pub(super) const MOST_BYTES: usize = 200_000_000;

/// Reads the text of a Hugging Face `tokenizer.json`.
///
/// | part | kinds |
/// |---|---|
/// | model | BPE of bytes or characters, with byte fallback, marks of the place in the word, `ignore_merges`; WordPiece; Unigram; WordLevel; also where the file does not say which |
/// | normaliser | BERT's, NFC, NFKC, NFD, NFKD, lower case, marks taken off, a text before, a text or a pattern replaced, whitespace at the ends, SentencePiece's table, bytes, sequences of them |
/// | cutting | byte-level, any pattern that all programs read alike, BERT's, whitespace, punctuation, digits, scripts, fixed lengths, `▁` or another sign for a space, sequences of them in any order |
/// | decoder | byte-level, WordPiece, `▁` or another sign, `</w>`, CTC, replacing, bytes, stripping, sequences of them in any order |
/// | added tokens | all, with `lstrip`, `rstrip`, `single_word`, `normalized` |
/// | frame | templates, BERT's, RoBERTa's: the part for one text |
///
/// Truncation and padding are settings of a run, not of the tokenizer; they are not read.
///
/// # Errors
/// [`FileError`] naming the field: not JSON, too large, a field missing or of the wrong type, a kind that is
/// not supported, parts that do not fit together.
///
/// # Examples
/// ```
/// use concepts::tokenizer::files::from_json;
/// let tokenizer = from_json(r###"{
///     "added_tokens": [],
///     "normalizer": {"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true,
///                    "strip_accents": null, "lowercase": true},
///     "pre_tokenizer": {"type": "BertPreTokenizer"},
///     "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": true},
///     "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
///               "max_input_chars_per_word": 100, "vocab": {"[UNK]": 0, "play": 1, "##ing": 2}}
/// }"###)?;
/// assert_eq!(tokenizer.encode("Playing")?.ids, [1, 2]);
/// let error = from_json(r#"{"model": {"type": "Markov"}}"#).unwrap_err();
/// assert!(error.to_string().contains("model.type"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn from_json(text: &str) -> Result<Tokenizer, FileError> {
    let bytes = text.len();
    if bytes > MOST_BYTES {
        return Err(FileError::TooLarge { bytes, limit: MOST_BYTES });
    }
    let value = Value::Object(object(text).map_err(|reason| FileError::NotJson { reason })?);
    tokenizer(&Field { value: &value, name: String::new() })
}

pub(super) fn tokenizer(file: &Field<'_>) -> Result<Tokenizer, FileError> {
    let normalize = file.maybe("normalizer")?.map_or(Ok(Vec::new()), |field| parts::normalize(&field))?;
    let cutting: Cutting = file.maybe("pre_tokenizer")?.map_or(Ok(Cutting::default()), |f| cutting(&f))?;
    let decoder = file.maybe("decoder")?.map_or(Ok(Decoder::Spaced), |field| parts::decoder(&field))?;
    let model_field = file.need("model")?;
    let added = added_tokens(file, &model_field)?;
    let printable = normalize.contains(&Normalize::Printable) || cutting.steps.contains(&Step::Printable);
    let Read { model, bytes } = model::model(&model_field, cutting.bytes && !printable, &added)?;
    // The bytes are written out before a model that does not take them.
    let steps = cutting.steps.into_iter().chain((cutting.bytes && !bytes).then_some(Step::Printable));
    let tokenizer = Tokenizer::new(model)
        .map_err(within("model"))?
        .with_normalize(normalize)
        .and_then(|tokenizer| tokenizer.with_added(added))
        .map_err(within("added_tokens"))?
        .with_cuts(cutting.cuts)
        .with_spaces(cutting.spaces)
        .with_pretokenizer(cutting.pretokenizer)
        .with_steps(steps.collect())
        .with_decoder(decoder);
    match file.maybe("post_processor")? {
        None => Ok(tokenizer),
        Some(field) => {
            let (before, after) = frame(&field)?;
            tokenizer.with_frame(before, after).map_err(within("post_processor"))
        }
    }
}

/// The added tokens, numbered as Hugging Face numbers them, whatever the file says: one that the model has too has the
/// model's id, and the others follow the largest id of an added token, or the number of the model's tokens. One
/// without text or one that stands there again does not count.
fn added_tokens(file: &Field<'_>, model: &Field<'_>) -> Result<Vec<AddedToken>, FileError> {
    let mut added: Vec<AddedToken> = Vec::new();
    let mut seen = HashSet::new();
    let listed = model::listed(model)?;
    let mut next = model::size(model)?;
    let list = file.maybe("added_tokens")?;
    for field in list.as_ref().map(Field::list).transpose()?.into_iter().flatten() {
        let mut token = added_token(&field)?;
        if token.content.is_empty() || !seen.insert(token.content.clone()) {
            continue;
        }
        token.id = model::id_in(model, &listed, &token.content)?.unwrap_or(next);
        next = next.max(token.id.saturating_add(1));
        added.push(token);
    }
    Ok(added)
}

fn added_token(token: &Field<'_>) -> Result<AddedToken, FileError> {
    Ok(AddedToken {
        content: token.need("content")?.text()?.into(),
        id: token.need("id")?.id()?,
        special: token.flag("special", false)?,
        normalized: token.flag("normalized", false)?,
        lstrip: token.flag("lstrip", false)?,
        rstrip: token.flag("rstrip", false)?,
        single_word: token.flag("single_word", false)?,
    })
}
