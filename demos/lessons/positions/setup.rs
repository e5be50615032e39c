//! From knobs to checked values, and the scheme that was chosen.

use concepts::attention::Positions;
use ndarray::Array2;

use super::experiments::order::Stack;
use super::scheme::{HEADS, SCHEMES};
use super::{WORDS, knobs};
use crate::kit::knob::Refusal;
use crate::kit::lesson::Setting;
use crate::kit::tokens::{embed, split};
use crate::named;

/// The most multiply-adds of one run: a few seconds.
const MOST: usize = 1 << 29;

/// Everything that one run of the lesson computes with.
pub(crate) struct Setup {
    /// The person's sentence.
    pub tokens: Vec<String>,
    /// Vectors of the tokens, `(n, d_model)`, without positions.
    pub x: Array2<f64>,
    /// Name of the scheme.
    pub name: &'static str,
    /// What the scheme adds to the tokens, `(n, d_model)`.
    pub add: Array2<f64>,
    /// What the scheme does inside attention.
    pub inside: Box<dyn Positions>,
    /// The layer of attention that reads the sentence.
    pub layer: Stack,
    pub seq: usize,
    pub d_model: usize,
    pub base: f64,
    pub seed: u64,
}

impl Setup {
    /// Checks what concerns several knobs at once and makes the scheme.
    pub(crate) fn new(setting: &Setting) -> Result<Setup, Refusal> {
        let (values, seed) = (&setting.values, setting.seed);
        let tokens = split(knobs::TEXT.of(values).unwrap_or_default());
        let (seq, d_model, base) = (knobs::SEQ.of(values), knobs::D_MODEL.of(values), knobs::BASE.of(values));
        in_pairs(d_model)?;
        affordable(seq, d_model, tokens.len())?;
        let (name, scheme) = (knobs::SCHEME.word(values), knobs::SCHEME.of(values));
        let add = scheme.additive(tokens.len(), d_model, base, seed)?;
        let inside = scheme.inside(d_model, base, seed)?;
        let x = embed(&tokens, d_model, seed);
        let layer = Stack::new(1, d_model, HEADS, seed)?;
        Ok(Setup { tokens, x, name, add, inside, layer, seq, d_model, base, seed })
    }
}

/// Features are taken in pairs, in each head.
fn in_pairs(d_model: usize) -> Result<(), Refusal> {
    if d_model.is_multiple_of(2 * HEADS) {
        return Ok(());
    }
    Err(Refusal(WORDS.with("refused.pairs", &named![d_model, heads = HEADS])))
}

/// The table times one rotation, and four projections of the sentence, both ways round: for each scheme, for
/// none and for the one chosen.
fn affordable(seq: usize, d_model: usize, tokens: usize) -> Result<(), Refusal> {
    let readings = 2 * (SCHEMES.len() + 2);
    let operations = (seq + 4 * readings * tokens) * d_model * d_model;
    if operations <= MOST {
        return Ok(());
    }
    let operations = operations as f64;
    Err(Refusal(WORDS.with("refused.operations", &named![seq, d_model, tokens, operations])))
}
