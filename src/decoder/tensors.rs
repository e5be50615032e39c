//! Numbers by name, wherever they come from.

use std::collections::BTreeMap;

/// Tensors with names, as a file has them.
pub trait Tensors {
    /// All names.
    fn names(&self) -> Vec<String>;

    /// The shape of a tensor, outermost dimension first; `None` if it is not there.
    fn shape(&self, name: &str) -> Option<Vec<usize>>;

    /// Its numbers, row after row.
    fn values(&self, name: &str) -> Option<Vec<f32>>;
}

/// A tensor that is kept as it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Stored {
    /// Outermost dimension first.
    pub shape: Vec<usize>,
    /// Row after row.
    pub values: Vec<f32>,
}

impl Tensors for BTreeMap<String, Stored> {
    fn names(&self) -> Vec<String> {
        self.keys().cloned().collect()
    }

    fn shape(&self, name: &str) -> Option<Vec<usize>> {
        self.get(name).map(|tensor| tensor.shape.clone())
    }

    fn values(&self, name: &str) -> Option<Vec<f32>> {
        self.get(name).map(|tensor| tensor.values.clone())
    }
}
