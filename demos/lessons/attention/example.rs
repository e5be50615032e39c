//! Weights set by hand, whose pattern can be read off the heat map.
//!
//! Each token is two one-hot vectors side by side: which word it is, and where it stands. Three heads
//! then do what trained heads have been seen to do:
//!
//! 1. *previous token*: the query of place `t` is the key of place `t − 1`;
//! 2. *same token*: query and key are both the word;
//! 3. *copy*: query and key are both the place, so that each token passes on its own word.
//!
//! All three have the word as their value, so that each output says which words were read.

use concepts::attention::{AttentionError, MultiHead};
use ndarray::Array2;

use super::WORDS;
use crate::kit::knob::Refusal;
use crate::named;

/// More tokens would not fit on a screen.
const MOST: usize = 12;
/// Score of a match; everything else scores 0. `exp(20)` leaves the rest less than a millionth.
const MATCH: f64 = 20.0;
/// Number of heads.
const HEADS: usize = 3;

/// Weights set by hand, and the tokens that they are for.
pub(crate) struct Example {
    pub layer: MultiHead,
    /// `(n, words + n)`
    pub x: Array2<f64>,
    /// What each feature means.
    pub features: Vec<String>,
}

impl Example {
    pub(crate) fn new(tokens: &[String]) -> Result<Example, Refusal> {
        let n = tokens.len();
        if n > MOST {
            return Err(Refusal(WORDS.with("refused.example-tokens", &named![n, most = MOST])));
        }
        let words = distinct(tokens);
        let x = one_hot(tokens, &words);
        let features = words.iter().cloned().chain((1..=n).map(|t| format!("@{t}"))).collect();
        let layer = layer(words.len(), n)?;
        Ok(Example { layer, x, features })
    }
}

/// The words in the order in which they first appear.
fn distinct(tokens: &[String]) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for token in tokens {
        if !words.contains(token) {
            words.push(token.clone());
        }
    }
    words
}

fn one_hot(tokens: &[String], words: &[String]) -> Array2<f64> {
    let mut x = Array2::zeros((tokens.len(), words.len() + tokens.len()));
    for (t, token) in tokens.iter().enumerate() {
        let word = words.iter().position(|word| word == token).unwrap_or(0);
        x[[t, word]] = 1.0;
        x[[t, words.len() + t]] = 1.0;
    }
    x
}

fn layer(words: usize, n: usize) -> Result<MultiHead, AttentionError> {
    let (d_model, d_head) = (words + n, words.max(n));
    // Query and key both carry the square root of what the score is to be, before division by √d_head.
    let c = (MATCH * (d_head as f64).sqrt()).sqrt();
    let blank = || Array2::zeros((d_model, HEADS * d_head));
    let (mut w_q, mut w_k, mut w_v) = (blank(), blank(), blank());
    let mut w_o = Array2::zeros((HEADS * d_head, d_model));
    for place in 0..n {
        // 1 previous token: place t asks for place t − 1; the first has none before it and asks for itself
        w_q[[words + place, place.saturating_sub(1)]] = c;
        w_k[[words + place, place]] = c;
        // 3 copy: place t asks for place t
        w_q[[words + place, 2 * d_head + place]] = c;
        w_k[[words + place, 2 * d_head + place]] = c;
    }
    for word in 0..words {
        // 2 same token: a word asks for itself
        w_q[[word, d_head + word]] = c;
        w_k[[word, d_head + word]] = c;
        for head in 0..HEADS {
            w_v[[word, head * d_head + word]] = 1.0;
            w_o[[head * d_head + word, word]] = 1.0;
        }
    }
    MultiHead::from_weights(HEADS, HEADS, w_q, w_k, w_v, w_o)
}
