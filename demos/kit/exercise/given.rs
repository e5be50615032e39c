//! What a program is given in a case, by name.

use ndarray::Array2;
use serde_json::Map;

use super::value::{self, Value};

/// The arguments of a case.
///
/// The cases are the exercise's own, so that a name that is not there, or of another type, is a mistake in the
/// exercise: it panics, and a test runs every case of every exercise.
#[derive(Debug, Clone)]
pub struct Given {
    fields: Map<String, Value>,
}

impl Given {
    /// Arguments by name.
    pub fn new(fields: Map<String, Value>) -> Given {
        Given { fields }
    }

    /// All of them.
    pub fn fields(&self) -> &Map<String, Value> {
        &self.fields
    }

    /// One of them as it is.
    pub fn value(&self, name: &str) -> &Value {
        self.fields.get(name).unwrap_or_else(|| panic!("no argument {name}"))
    }

    /// A number; −∞ is the text `-inf`.
    pub fn number(&self, name: &str) -> f64 {
        self.expect(name, value::as_number)
    }

    /// A whole number.
    pub fn whole(&self, name: &str) -> usize {
        self.expect(name, |value| value.as_u64().map(|n| n as usize))
    }

    /// True or false.
    pub fn truth(&self, name: &str) -> bool {
        self.expect(name, Value::as_bool)
    }

    /// A text.
    pub fn text(&self, name: &str) -> &str {
        self.value(name).as_str().unwrap_or_else(|| panic!("{name} is no text"))
    }

    /// A list of numbers.
    pub fn numbers(&self, name: &str) -> Vec<f64> {
        self.list(name, value::as_number)
    }

    /// A list of whole numbers.
    pub fn wholes(&self, name: &str) -> Vec<usize> {
        self.list(name, |value| value.as_u64().map(|n| n as usize))
    }

    /// A list of texts.
    pub fn texts(&self, name: &str) -> Vec<String> {
        self.list(name, |value| value.as_str().map(str::to_string))
    }

    /// A list of true and false.
    pub fn truths(&self, name: &str) -> Vec<bool> {
        self.list(name, Value::as_bool)
    }

    /// Rows of numbers.
    pub fn matrix(&self, name: &str) -> Array2<f64> {
        self.expect(name, rows)
    }

    /// Rows of true and false.
    pub fn table(&self, name: &str) -> Array2<bool> {
        let rows =
            self.list(name, |row| row.as_array()?.iter().map(Value::as_bool).collect::<Option<Vec<_>>>());
        let columns = rows.first().map_or(0, Vec::len);
        Array2::from_shape_vec((rows.len(), columns), rows.concat())
            .unwrap_or_else(|_| panic!("{name}: rows of unequal length"))
    }

    /// Matrices, one after another.
    pub fn matrices(&self, name: &str) -> Vec<Array2<f64>> {
        self.expect(name, |value| value.as_array()?.iter().map(rows).collect())
    }

    fn expect<T>(&self, name: &str, read: impl Fn(&Value) -> Option<T>) -> T {
        read(self.value(name)).unwrap_or_else(|| panic!("{name} is of another type"))
    }

    fn list<T>(&self, name: &str, read: impl Fn(&Value) -> Option<T>) -> Vec<T> {
        self.expect(name, |value| value.as_array()?.iter().map(&read).collect())
    }
}

/// Rows of numbers; nothing if they are of unequal length.
fn rows(value: &Value) -> Option<Array2<f64>> {
    let row = |row: &Value| row.as_array()?.iter().map(value::as_number).collect::<Option<Vec<_>>>();
    let rows = value.as_array()?.iter().map(row).collect::<Option<Vec<_>>>()?;
    let columns = rows.first().map_or(0, Vec::len);
    Array2::from_shape_vec((rows.len(), columns), rows.concat()).ok()
}
