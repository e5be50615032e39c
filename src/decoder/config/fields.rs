//! The fields of a `config.json`, each with its type.

use serde_json::{Map, Value};

use crate::decoder::DecoderError;
use crate::decoder::words::Wanted;
use crate::json::quoted;

/// The fields of a file, and what was taken for those that are not there.
pub(super) struct Fields {
    pub(super) map: Map<String, Value>,
    pub(super) assumed: Vec<(String, String)>,
}

impl Fields {
    /// A field that is there and not null.
    pub(super) fn given(&self, field: &str) -> Option<&Value> {
        self.map.get(field).filter(|value| !value.is_null())
    }

    /// A number above 0, or what transformers takes for it.
    pub(super) fn positive(&mut self, field: &str, usual: f64) -> Result<f64, DecoderError> {
        if let Some(value) = self.maybe(field)? {
            return Ok(value);
        }
        self.assumed.push((field.into(), usual.to_string()));
        Ok(usual)
    }

    /// A number above 0; null is none.
    pub(super) fn maybe(&self, field: &str) -> Result<Option<f64>, DecoderError> {
        let Some(value) = self.given(field) else { return Ok(None) };
        let number = value.as_f64().filter(|number| *number > 0.0 && *number < MOST);
        number.map(Some).ok_or_else(|| wrong(field, value, Wanted::Positive))
    }

    /// True or false; null is false.
    pub(super) fn flag(&self, field: &str) -> Result<bool, DecoderError> {
        let Some(value) = self.given(field) else { return Ok(false) };
        value.as_bool().ok_or_else(|| wrong(field, value, Wanted::Flag))
    }
}

/// No number of the arithmetic is larger.
const MOST: f64 = 1e15;

/// A value that cannot be.
pub(super) fn wrong(key: &str, found: &Value, wanted: Wanted) -> DecoderError {
    DecoderError::BadValue { key: key.into(), found: quoted(found, 60), wanted }
}
