//! From a person's own sentence to tokens and vectors.

use concepts::numerics::{normal, rng};
use ndarray::{Array2, Axis};
use unicode_segmentation::UnicodeSegmentation;

/// Words as Unicode cuts them: an English word is one token, a Chinese character is one.
///
/// ```
/// use demos::kit::tokens::split;
/// assert_eq!(split("我爱 you!"), ["我", "爱", "you", "!"]);
/// ```
pub fn split(text: &str) -> Vec<String> {
    text.split_word_bounds().filter(|word| !word.trim().is_empty()).map(String::from).collect()
}

/// `x1`, `x2`, …
pub fn numbered(name: &str, n: usize) -> Vec<String> {
    (1..=n).map(|i| format!("{name}{i}")).collect()
}

/// A seeded table: the same word has the same vector wherever it stands. `(n, d_model)`
pub fn embed(tokens: &[String], d_model: usize, seed: u64) -> Array2<f64> {
    let mut x = Array2::zeros((tokens.len(), d_model));
    for (token, mut row) in tokens.iter().zip(x.axis_iter_mut(Axis(0))) {
        let vector = normal((1, d_model), 1.0, &mut rng(seed, &format!("embedding of {token}")));
        row.assign(&vector.row(0));
    }
    x
}
