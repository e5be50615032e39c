//! The same logits, summed in another order: what a different batch size or kernel does.

use concepts::decoding::greedy;
use concepts::numerics::{normal, rng};
use ndarray::Array2;

/// Features of the hidden state.
const D: usize = 256;

/// How the products of a logit are added up, in `f32`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    /// One after the other.
    Forward,
    /// Eight sums side by side, added at the end, as a vector unit does.
    Lanes,
}

/// A hidden state and the output rows of two tokens.
pub(crate) struct Choice {
    hidden: Vec<f32>,
    rows: [Vec<f32>; 2],
}

impl Choice {
    fn logit(&self, token: usize, order: Order) -> f32 {
        let products = self.hidden.iter().zip(&self.rows[token]).map(|(h, w)| h * w);
        match order {
            Order::Forward => products.sum(),
            Order::Lanes => {
                let mut lanes = [0.0f32; 8];
                products.enumerate().for_each(|(i, product)| lanes[i % 8] += product);
                lanes.iter().sum()
            }
        }
    }

    /// The token that greedy takes.
    pub(crate) fn token(&self, order: Order) -> Option<u32> {
        greedy(&[self.logit(0, order), self.logit(1, order)]).ok()
    }
}

fn row(x: &Array2<f64>, scale: f64) -> Vec<f32> {
    x.iter().map(|x| (x * scale) as f32).collect()
}

/// Two tokens whose logits are *equal* in exact arithmetic: the second half of each row repeats the first
/// half of the other, and the hidden state has two equal halves.
pub(crate) fn tied(seed: u64, i: usize) -> Choice {
    let draw =
        |what: &str| row(&normal((1, D / 2), 1.0, &mut rng(seed, &format!("Q7 sums {what} {i}"))), 1.0);
    let (half, a, b) = (draw("hidden"), draw("a"), draw("b"));
    Choice { hidden: [half.clone(), half].concat(), rows: [[a.clone(), b.clone()].concat(), [b, a].concat()] }
}

/// Two tokens that have nothing to do with each other: the logits are clearly apart.
pub(crate) fn apart(seed: u64, i: usize) -> Choice {
    let draw = |what: &str| row(&normal((1, D), 1.0, &mut rng(seed, &format!("Q7 sums {what} {i}"))), 1.0);
    Choice { hidden: draw("whole hidden"), rows: [draw("whole a"), draw("whole b")] }
}
