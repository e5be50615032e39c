//! Matrices with the names of their tokens.

use std::sync::Arc;

use ndarray::Array2;

use crate::kit::findings::Matrix;
use crate::kit::text::Text;
use crate::lessons::attention::setup::Setup;

impl Setup {
    /// One row for each token that asks.
    pub(crate) fn by_token(&self, symbol: &str, caption: Text, data: &Array2<f64>) -> Matrix {
        matrix(symbol, caption, [&self.tokens, &[]], data)
    }

    /// One row for each token that is looked at.
    pub(crate) fn by_source(&self, symbol: &str, caption: Text, data: &Array2<f64>) -> Matrix {
        matrix(symbol, caption, [&self.sources, &[]], data)
    }

    /// Queries × keys.
    pub(crate) fn pairs(&self, symbol: &str, caption: Text, data: &Array2<f64>) -> Matrix {
        matrix(symbol, caption, [&self.tokens, &self.sources], data)
    }
}

fn matrix(symbol: &str, caption: Text, [rows, cols]: [&[String]; 2], data: &Array2<f64>) -> Matrix {
    let data = Arc::new(data.clone());
    Matrix { symbol: symbol.into(), caption, rows: rows.to_vec(), cols: cols.to_vec(), data }
}
