//! What transformers takes for a field that a file leaves out.

use std::sync::LazyLock;

use serde_json::{Map, Value};

/// The defaults of every type, as `tests/fixtures/model/make.py` reads them from transformers' classes.
const TABLE: &str = include_str!("defaults.json");

static DEFAULTS: LazyLock<Map<String, Value>> =
    LazyLock::new(|| serde_json::from_str(TABLE).unwrap_or_default());

/// The defaults of a type, if transformers has a class for it.
pub(super) fn defaults(model_type: &str) -> Option<&'static Map<String, Value>> {
    DEFAULTS.get(model_type)?.as_object()
}
