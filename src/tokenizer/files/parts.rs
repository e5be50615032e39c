//! What stands around the model in a `tokenizer.json`.

use crate::tokenizer::files::words::Known;
use crate::tokenizer::files::words::{IdFault, Wanted};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD as STANDARD;

use super::error::{FileError, within};
use super::field::Field;
use crate::tokenizer::pretokenize::{BertNormalizer, METASPACE, Pattern};
use crate::tokenizer::{AddedToken, Charsmap, Decoder, Normalize, Prepend};

/// The most steps of a sequence, counted through all levels.
const MOST_STEPS: usize = 100;

pub(super) fn normalize(field: &Field<'_>) -> Result<Vec<Normalize>, FileError> {
    let mut steps = Vec::new();
    for step in flat(field, "normalizers")? {
        steps.push(normalize_step(&step)?);
    }
    Ok(steps)
}

fn normalize_step(step: &Field<'_>) -> Result<Normalize, FileError> {
    Ok(match step.kind()? {
        "BertNormalizer" => Normalize::Bert(bert(step)?),
        "NFC" => Normalize::Nfc,
        "NFKC" => Normalize::Nfkc,
        "NFD" => Normalize::Nfd,
        "NFKD" => Normalize::Nfkd,
        "Lowercase" => Normalize::Lowercase,
        "StripAccents" => Normalize::StripAccents,
        "Nmt" => Normalize::Nmt,
        "ByteLevel" => Normalize::Printable,
        "Prepend" => Normalize::Prepend(step.need("prepend")?.text()?.into()),
        "Strip" => {
            Normalize::Strip { left: step.flag("strip_left", true)?, right: step.flag("strip_right", true)? }
        }
        "Precompiled" => {
            let table = step.need("precompiled_charsmap")?;
            let bytes = STANDARD.decode(table.text()?).map_err(|_| table.wrong(Wanted::Base64))?;
            Normalize::Precompiled(Charsmap::new(&bytes).map_err(within(&table.name))?)
        }
        "Replace" => {
            let (pattern, new) = (step.need("pattern")?, step.need("content")?.text()?);
            match pattern.maybe("String")? {
                Some(old) => Normalize::Replace(old.text()?.into(), new.into()),
                None => Normalize::ReplacePattern(self::pattern(&pattern)?, new.into()),
            }
        }
        _ => {
            let known = Known::Normalizers;
            return Err(step.unsupported(known));
        }
    })
}

/// A text or a regular expression.
pub(super) fn pattern(field: &Field<'_>) -> Result<Pattern, FileError> {
    if let Some(text) = field.maybe("String")? {
        return Pattern::text(text.text()?).map_err(within(&text.name));
    }
    match field.maybe("Regex")? {
        Some(regex) => Pattern::regex(regex.text()?).map_err(within(&regex.name)),
        None => Err(field.unsupported(Known::Pattern)),
    }
}

fn bert(field: &Field<'_>) -> Result<BertNormalizer, FileError> {
    let lowercase = field.flag("lowercase", true)?;
    Ok(BertNormalizer {
        clean_text: field.flag("clean_text", true)?,
        space_around_chinese: field.flag("handle_chinese_chars", true)?,
        // Null: as the case.
        strip_accents: field.flag("strip_accents", lowercase)?,
        lowercase,
    })
}

/// The sign that stands for a space, and where one more is put.
pub(super) fn escape(field: &Field<'_>) -> Result<(char, Prepend), FileError> {
    Ok((character(&field.need("replacement")?)?, prepend(field)?))
}

/// One character.
fn character(field: &Field<'_>) -> Result<char, FileError> {
    let mut signs = field.text()?.chars();
    match (signs.next(), signs.next()) {
        (Some(sign), None) => Ok(sign),
        _ => Err(field.wrong(Wanted::Character)),
    }
}

fn prepend(field: &Field<'_>) -> Result<Prepend, FileError> {
    let before = field.flag("add_prefix_space", true)?;
    let Some(scheme) = field.maybe("prepend_scheme")? else {
        return Ok(if before { Prepend::Always } else { Prepend::Never });
    };
    match scheme.text()? {
        "never" => Ok(Prepend::Never),
        "always" if before => Ok(Prepend::Always),
        "first" if before => Ok(Prepend::First),
        _ => Err(scheme.unsupported(Known::Prepends)),
    }
}

pub(super) fn decoder(field: &Field<'_>) -> Result<Decoder, FileError> {
    let steps = flat(field, "decoders")?.iter().map(decoder_step).collect::<Result<Vec<_>, _>>()?;
    let [replace, Decoder::ByteFallback, Decoder::Joined, Decoder::Strip { content: ' ', start: 1, stop: 0 }] =
        steps.as_slice()
    else {
        return Ok(match <[Decoder; 1]>::try_from(steps) {
            Ok([only]) => only,
            Err(steps) => Decoder::Chain(steps),
        });
    };
    let spaces = matches!(replace, Decoder::Replace(sign, new) if sign.as_str() == "▁" && new == " ");
    Ok(if spaces { Decoder::Fallback } else { Decoder::Chain(steps) })
}

fn decoder_step(step: &Field<'_>) -> Result<Decoder, FileError> {
    Ok(match step.kind()? {
        "ByteLevel" => Decoder::Bytes,
        "WordPiece" => Decoder::WordPiece {
            prefix: step.need("prefix")?.text()?.into(),
            cleanup: step.flag("cleanup", true)?,
        },
        "Metaspace" => match escape(step)? {
            (METASPACE, prepend) => Decoder::Metaspace(prepend),
            (sign, prepend) => Decoder::Escaped { sign, prepend },
        },
        "CTC" => Decoder::Ctc {
            pad: step.need("pad_token")?.text()?.into(),
            delimiter: step.need("word_delimiter_token")?.text()?.into(),
            cleanup: step.flag("cleanup", true)?,
        },
        "BPEDecoder" => Decoder::Suffix(step.need("suffix")?.text()?.into()),
        "Fuse" => Decoder::Joined,
        "ByteFallback" => Decoder::ByteFallback,
        "Replace" => Decoder::Replace(pattern(&step.need("pattern")?)?, step.need("content")?.text()?.into()),
        "Strip" => {
            let sign = character(&step.need("content")?)?;
            let count = |name| Ok::<_, FileError>(step.need(name)?.id()? as usize);
            Decoder::Strip { content: sign, start: count("start")?, stop: count("stop")? }
        }
        // Ids do not need it.
        kind => Decoder::Unread { kind: kind.into(), json: step.value.to_string() },
    })
}

/// Added tokens beyond the model follow it one by one: Hugging Face numbers them so, whatever the file says.
pub(super) fn no_gaps(model: usize, added: &[AddedToken]) -> Result<(), FileError> {
    let mut beyond: Vec<u64> =
        added.iter().map(|token| u64::from(token.id)).filter(|&id| id >= model as u64).collect();
    beyond.sort_unstable();
    match (model as u64..).zip(&beyond).find(|(wanted, id)| wanted != *id) {
        Some((wanted, &id)) => {
            let problem = if id < wanted { IdFault::Twice } else { IdFault::AfterGap };
            Err(FileError::BadIds { field: "added_tokens".into(), id, problem })
        }
        None => Ok(()),
    }
}

/// The steps of a sequence, and of sequences in it; anything else is one step.
pub(super) fn flat<'a>(field: &Field<'a>, list: &str) -> Result<Vec<Field<'a>>, FileError> {
    if field.kind()? != "Sequence" {
        return Ok(vec![field.clone()]);
    }
    let mut steps = Vec::new();
    for step in field.need(list)?.list()? {
        steps.extend(flat(&step, list)?);
        if steps.len() > MOST_STEPS {
            return Err(field.unsupported(Known::Steps));
        }
    }
    Ok(steps)
}
