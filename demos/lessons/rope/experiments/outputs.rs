//! What attention makes of rotated queries and keys.

use std::error::Error;

use concepts::attention::{Mask, attention};
use concepts::numerics::{max_difference, normal, rng};
use concepts::position::PositionError;
use concepts::position::rope::{Layout, rotate_by_complex};
use ndarray::{Array2, Axis};

type Failed = Box<dyn Error + Send + Sync>;

/// Queries, keys and values of a few tokens, `(n, d)` each, and the frequencies that turn them.
pub(crate) struct Tokens {
    q: Array2<f64>,
    k: Array2<f64>,
    v: Array2<f64>,
    theta: Vec<f64>,
}

impl Tokens {
    pub(crate) fn random(n: usize, theta: Vec<f64>, seed: u64) -> Tokens {
        let mut rng = rng(seed, "Q3 C5");
        let mut draw = || normal((n, 2 * theta.len()), 1.0, &mut rng);
        Tokens { q: draw(), k: draw(), v: draw(), theta }
    }

    /// The largest change of the causal output when every place moves on by `shift`.
    pub(crate) fn moved_on(&self, shift: i64, values_too: bool) -> Result<f64, Failed> {
        let out = |from: i64| -> Result<Array2<f64>, Failed> {
            let v = if values_too { self.turned(&self.v, from)? } else { self.v.clone() };
            let (q, k) = (self.turned(&self.q, from)?, self.turned(&self.k, from)?);
            Ok(attention(q.view(), k.view(), v.view(), &Mask::Causal)?)
        };
        Ok(max_difference(&out(shift)?, &out(0)?))
    }

    /// How far each token's output moves when the tokens come in reverse order, without a mask.
    pub(crate) fn reversed(&self) -> Result<f64, Failed> {
        let order: Vec<usize> = (0..self.q.nrows()).rev().collect();
        let back = |x: &Array2<f64>| x.select(Axis(0), &order);
        let out = |q: &Array2<f64>, k: &Array2<f64>, v: &Array2<f64>| -> Result<Array2<f64>, Failed> {
            let (q, k) = (self.turned(q, 0)?, self.turned(k, 0)?);
            Ok(attention(q.view(), k.view(), v.view(), &Mask::None)?)
        };
        let reversed = out(&back(&self.q), &back(&self.k), &back(&self.v))?;
        Ok(max_difference(&back(&reversed), &out(&self.q, &self.k, &self.v)?))
    }

    fn turned(&self, x: &Array2<f64>, from: i64) -> Result<Array2<f64>, PositionError> {
        let places: Vec<i64> = (0..x.nrows() as i64).map(|i| from + i).collect();
        rotate_by_complex(x.view(), &places, &self.theta, Layout::Halves)
    }
}
