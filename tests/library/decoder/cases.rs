//! The cases in `tests/fixtures/decoder/cases.json`.

use ndarray::{Array1, Array2};
use serde_json::Value;

use super::files::{bytes, model};
use concepts::decoder::Model;

/// A configuration, weights, and what transformers computes with them.
pub(super) struct Case {
    /// Family and variant.
    pub(super) name: String,
    /// Whose weights.
    pub(super) family: String,
    /// The text of its `config.json`.
    pub(super) config: String,
    pub(super) texts: Vec<Text>,
}

/// A text and what transformers says of it.
pub(super) struct Text {
    pub(super) tokens: Vec<u32>,
    /// Tokens and the logits after them.
    pub(super) logits: Vec<(usize, Array1<f64>)>,
    /// Of each layer and head, if it is written.
    pub(super) attention: Vec<Vec<Array2<f64>>>,
    /// The stream before each layer, if it is written.
    pub(super) residual: Vec<Array2<f64>>,
}

impl Case {
    pub(super) fn model(&self) -> Model {
        model(&self.family, &self.config)
    }
}

/// All of them.
pub(super) fn cases() -> Vec<Case> {
    let root: Value = serde_json::from_slice(&bytes("cases.json")).expect("a fixture of JSON");
    list(&root["cases"]).iter().map(case).collect()
}

/// The one of this name.
pub(super) fn named(name: &str) -> Case {
    cases().into_iter().find(|case| case.name == name).unwrap_or_else(|| panic!("there is no case {name}"))
}

fn case(value: &Value) -> Case {
    let word = |field: &str| value[field].as_str().expect("a word").to_string();
    let texts = list(&value["texts"]).iter().map(text).collect();
    Case { name: word("name"), family: word("weights"), config: value["config"].to_string(), texts }
}

fn text(value: &Value) -> Text {
    let tokens = list(&value["tokens"]).iter().map(|token| token.as_u64().expect("a token") as u32).collect();
    let rows = list(&value["rows"]).iter().map(|row| row.as_u64().expect("a row") as usize);
    let logits = rows.zip(list(&value["logits"])).map(|(row, logits)| (row, row_of(logits))).collect();
    let layers = value.get("attention").map_or(&[][..], list);
    let attention = layers.iter().map(|heads| list(heads).iter().map(matrix).collect()).collect();
    let residual = value.get("residual").map_or(&[][..], list).iter().map(matrix).collect();
    Text { tokens, logits, attention, residual }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap_or_else(|| panic!("no list: {value}"))
}

fn row_of(value: &Value) -> Array1<f64> {
    list(value).iter().map(|number| number.as_f64().expect("a number")).collect()
}

fn matrix(value: &Value) -> Array2<f64> {
    let rows: Vec<Array1<f64>> = list(value).iter().map(row_of).collect();
    Array2::from_shape_fn((rows.len(), rows[0].len()), |(i, j)| rows[i][j])
}
