//! The tokens that a `tokenizer.json` puts around a text.

use super::error::FileError;
use super::field::Field;
use super::parts::flat;
use crate::tokenizer::TokenId;
use crate::tokenizer::files::words::{Known, Wanted};

/// The most tokens around a text.
const MOST_AROUND: usize = 1000;

/// What stands in a part: a token, or the text itself.
type Place = Option<TokenId>;

/// The tokens that the model wants before and after one text.
///
/// A template makes a part of each of its pieces, and what comes after it in a sequence sees the parts: for BERT's
/// processor the first is the text, and every other is the second text of a pair.
pub(super) fn frame(field: &Field<'_>) -> Result<(Vec<TokenId>, Vec<TokenId>), FileError> {
    let mut parts: Vec<Vec<Place>> = vec![vec![None]];
    for step in flat(field, "processors")? {
        parts = match step.kind()? {
            // It moves offsets, not ids.
            "ByteLevel" => continue,
            "BertProcessing" => between(&step, parts, false)?,
            "RobertaProcessing" => between(&step, parts, true)?,
            "TemplateProcessing" => template(&step, &parts)?,
            _ => {
                let known = Known::Processors;
                return Err(step.unsupported(known));
            }
        };
        if parts.iter().map(Vec::len).sum::<usize>() > MOST_AROUND + 1 {
            return Err(step.unsupported(Known::Around));
        }
    }
    let all = parts.concat();
    let mut texts = (0..all.len()).filter(|&at| all[at].is_none());
    match (texts.next(), texts.next()) {
        (Some(at), None) => {
            let tokens = |places: &[Place]| places.iter().copied().flatten().collect();
            Ok((tokens(&all[..at]), tokens(&all[at + 1..])))
        }
        _ => Err(field.unsupported(Known::OneText)),
    }
}

/// The first part between two tokens; every other before the second, with `both` between two of it.
fn between(step: &Field<'_>, parts: Vec<Vec<Place>>, both: bool) -> Result<Vec<Vec<Place>>, FileError> {
    let [first, last] = [second(step, "cls")?, second(step, "sep")?].map(|id| vec![Some(id)]);
    let of = |(i, part): (usize, Vec<Place>)| match i {
        0 => [first.clone(), part, last.clone()].concat(),
        _ if both => [last.clone(), part, last.clone()].concat(),
        _ => [part, last.clone()].concat(),
    };
    Ok(parts.into_iter().enumerate().map(of).collect())
}

fn second(step: &Field<'_>, name: &str) -> Result<TokenId, FileError> {
    let [_, id] = step.need(name)?.pair()?;
    id.id()
}

/// The template for so many parts, with a part in the place of each text.
fn template(step: &Field<'_>, parts: &[Vec<Place>]) -> Result<Vec<Vec<Place>>, FileError> {
    let template = match parts.len() {
        1 => step.need("single")?,
        2 => step.need("pair")?,
        _ => return Err(step.unsupported(Known::OneText)),
    };
    let known = step.need("special_tokens")?;
    let (mut made, mut room, mut seen) = (Vec::new(), MOST_AROUND + 1, false);
    for piece in template.list()? {
        if let Some(sequence) = piece.maybe("Sequence")? {
            let id = sequence.need("id")?.text()?;
            let at = ["A", "B"].iter().position(|known| *known == id);
            let part = at.and_then(|at| parts.get(at)).ok_or_else(|| sequence.unsupported(Known::OneText))?;
            // Twice the same text, and so on, is no text between tokens.
            room = room.checked_sub(part.len()).ok_or_else(|| template.unsupported(Known::Around))?;
            seen = true;
            made.push(part.clone());
            continue;
        }
        let name = piece.need("SpecialToken")?.need("id")?.text()?;
        let ids = known.need(name)?.need("ids")?;
        let mut tokens = Vec::new();
        // A name may stand in the template any number of times, and for any number of tokens each time.
        for id in ids.list()? {
            room = room.checked_sub(1).ok_or_else(|| template.unsupported(Known::Around))?;
            tokens.push(Some(id.id()?));
        }
        made.push(tokens);
    }
    if seen { Ok(made) } else { Err(template.wrong(Wanted::Template)) }
}
