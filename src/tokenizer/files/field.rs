//! The fields of a JSON text, each with its name for messages.

use crate::json::of_no_sign;
use crate::tokenizer::files::words::Known;
use crate::tokenizer::files::words::Wanted;
use serde_json::{Map, Value};

use super::{FileError, Found};

/// A value and where it stands: `model.vocab`, `added_tokens[3].content`.
#[derive(Debug, Clone)]
pub(super) struct Field<'a> {
    pub(super) value: &'a Value,
    pub(super) name: String,
}

impl<'a> Field<'a> {
    /// The field of an object; `None` if it is missing or null.
    pub(super) fn maybe(&self, name: &str) -> Result<Option<Field<'a>>, FileError> {
        let value = self.object()?.get(name).filter(|value| !value.is_null());
        Ok(value.map(|value| Field { value, name: self.inner(name) }))
    }

    pub(super) fn need(&self, name: &str) -> Result<Field<'a>, FileError> {
        self.maybe(name)?.ok_or_else(|| FileError::Missing { field: self.inner(name) })
    }

    fn inner(&self, name: &str) -> String {
        if self.name.is_empty() { name.into() } else { format!("{}.{name}", self.name) }
    }

    pub(super) fn object(&self) -> Result<&'a Map<String, Value>, FileError> {
        self.value.as_object().ok_or_else(|| self.wrong(Wanted::Object))
    }

    pub(super) fn list(&self) -> Result<impl Iterator<Item = Field<'a>> + use<'a>, FileError> {
        let name = self.name.clone();
        let list = self.value.as_array().ok_or_else(|| self.wrong(Wanted::List))?;
        Ok(list.iter().enumerate().map(move |(i, value)| Field { value, name: format!("{name}[{i}]") }))
    }

    /// The two members of a list of two.
    pub(super) fn pair(&self) -> Result<[Field<'a>; 2], FileError> {
        let both: Vec<Field<'a>> = self.list()?.collect();
        both.try_into().map_err(|_| self.wrong(Wanted::Pair))
    }

    pub(super) fn text(&self) -> Result<&'a str, FileError> {
        self.value.as_str().ok_or_else(|| self.wrong(Wanted::Text))
    }

    pub(super) fn id(&self) -> Result<u32, FileError> {
        let id = self.value.as_u64().and_then(|id| u32::try_from(id).ok());
        id.ok_or_else(|| self.wrong(Wanted::Id))
    }

    pub(super) fn number(&self) -> Result<f64, FileError> {
        self.value.as_f64().ok_or_else(|| self.wrong(Wanted::Number))
    }

    /// A yes or no that may be missing.
    pub(super) fn flag(&self, name: &str, default: bool) -> Result<bool, FileError> {
        let Some(field) = self.maybe(name)? else { return Ok(default) };
        field.value.as_bool().ok_or_else(|| field.wrong(Wanted::Flag))
    }

    /// A text that may be missing; an empty one counts as missing.
    pub(super) fn maybe_text(&self, name: &str) -> Result<Option<&'a str>, FileError> {
        let text = self.maybe(name)?.map(|field| field.text()).transpose()?;
        Ok(text.filter(|text| !text.is_empty()))
    }

    /// What kind of thing an object is.
    pub(super) fn kind(&self) -> Result<&'a str, FileError> {
        self.need("type")?.text()
    }

    pub(super) fn wrong(&self, wanted: Wanted) -> FileError {
        FileError::WrongType { field: self.name.clone(), found: self.shown(), wanted }
    }

    pub(super) fn unsupported(&self, known: Known) -> FileError {
        FileError::Unsupported { field: self.name.clone(), found: self.shown(), known }
    }

    /// The value, or what kind of value if it is long.
    fn shown(&self) -> Found {
        match self.value {
            Value::Array(list) => Found::List(list.len()),
            Value::Object(fields) => match fields.get("type").and_then(Value::as_str) {
                Some(kind) => Found::OfType(shortened(kind)),
                None => Found::Object,
            },
            Value::String(text) => {
                let quoted = || format!("{:?}", shortened(text));
                Found::Value(of_no_sign(self.value).map_or_else(quoted, Into::into))
            }
            other => Found::Value(other.to_string()),
        }
    }
}

fn shortened(text: &str) -> String {
    const MOST: usize = 60;
    match text.char_indices().nth(MOST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.into(),
    }
}
