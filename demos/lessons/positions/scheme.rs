//! The schemes: what each adds to the tokens, and what it does inside attention.

use concepts::attention::{NoPositions, Positions};
use concepts::numerics::rng;
use concepts::position::rope::{Layout, rope_frequencies};
use concepts::position::{Alibi, LearnedTable, PositionError, Rotary, T5Bias, sinusoidal_table};
use ndarray::Array2;

/// Heads of the layer that reads the sentence.
pub(crate) const HEADS: usize = 2;
/// Buckets and farthest distance of T5 as published.
pub(crate) const T5: (usize, usize) = (32, 128);
/// Places of the learned table.
pub(crate) const LEARNED: usize = 512;

/// A way to tell places apart, or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scheme {
    None,
    Sinusoidal,
    Learned,
    Alibi,
    T5,
    Rope,
}

/// The schemes by name, in the order of the table that compares them.
pub(crate) static SCHEMES: [(&str, Scheme); 6] = [
    ("none", Scheme::None),
    ("sinusoidal", Scheme::Sinusoidal),
    ("learned", Scheme::Learned),
    ("alibi", Scheme::Alibi),
    ("t5", Scheme::T5),
    ("rope", Scheme::Rope),
];

impl Scheme {
    /// What is added to `n` tokens, `(n, d_model)`.
    pub(crate) fn additive(
        self,
        n: usize,
        d_model: usize,
        base: f64,
        seed: u64,
    ) -> Result<Array2<f64>, PositionError> {
        match self {
            Scheme::Sinusoidal => sinusoidal_table(n, d_model, base),
            Scheme::Learned => {
                let table = LearnedTable::random(LEARNED, d_model, 0.5, &mut rng(seed, "learned positions"))?;
                table.rows(n).map(|rows| rows.to_owned())
            }
            Scheme::None | Scheme::Alibi | Scheme::T5 | Scheme::Rope => Ok(Array2::zeros((n, d_model))),
        }
    }

    /// What is done to queries, keys or scores.
    pub(crate) fn inside(
        self,
        d_model: usize,
        base: f64,
        seed: u64,
    ) -> Result<Box<dyn Positions>, PositionError> {
        Ok(match self {
            Scheme::Alibi => Box::new(Alibi::new(HEADS)?),
            Scheme::T5 => {
                let (buckets, farthest) = T5;
                let mut rng = rng(seed, "t5 bias");
                Box::new(T5Bias::random(buckets, HEADS, true, farthest, 1.0, &mut rng)?)
            }
            Scheme::Rope => Box::new(Rotary::new(rope_frequencies(d_model / HEADS, base)?, Layout::Halves)),
            Scheme::None | Scheme::Sinusoidal | Scheme::Learned => Box::new(NoPositions),
        })
    }
}
