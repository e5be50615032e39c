//! The vocabulary of a model: names and ids.

use std::collections::BTreeMap;

use super::error::FileError;
use super::field::Field;
use super::words::{IdFault, Wanted};
use crate::tokenizer::{AddedToken, Model};

/// No model has an id beyond this.
pub(super) const LAST_ID: u32 = 1 << 22;

/// A model, and whether its words are bytes; otherwise they come as the names of the vocabulary are written.
pub(super) struct Read {
    pub(super) model: Model,
    pub(super) bytes: bool,
}

impl Read {
    pub(super) fn of_text(model: Model) -> Self {
        Self { model, bytes: false }
    }
}

/// The tokens by id. An id that is missing may be that of an added token, or nobody's.
pub(super) fn names<'a>(
    vocab: &Field<'a>,
    added: &'a [AddedToken],
) -> Result<BTreeMap<u32, &'a str>, FileError> {
    let mut names: BTreeMap<u32, &str> = BTreeMap::new();
    let bad = |id: u32, problem| FileError::BadIds { field: vocab.name.clone(), id: id.into(), problem };
    for (name, value) in vocab.object()? {
        let id = Field { value, name: format!("{}.{name}", vocab.name) }.id()?;
        if id > LAST_ID {
            return Err(bad(id, IdFault::TooLarge));
        }
        if names.insert(id, name).is_some() {
            return Err(bad(id, IdFault::Twice));
        }
    }
    let last = names.last_key_value().map_or(0, |(&last, _)| last);
    for token in added.iter().filter(|token| token.id < last) {
        names.entry(token.id).or_insert(&token.content);
    }
    Ok(names)
}

/// The id of a token that the model names.
pub(super) fn id_of(
    field: &Field<'_>,
    of: &str,
    name: &str,
    names: &BTreeMap<u32, &str>,
) -> Result<u32, FileError> {
    let found = names.iter().find(|(_, other)| **other == name);
    found.map(|(&id, _)| id).ok_or_else(|| match field.need(of) {
        Ok(of) => of.wrong(Wanted::KnownToken),
        Err(error) => error,
    })
}
