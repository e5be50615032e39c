//! What a rotation costs, counted by a number that counts.

use std::cell::Cell;
use std::ops::{Add, Mul, Sub};

use concepts::attention::cost::{attention_multiply_adds, projection_multiply_adds};
use concepts::numerics::{max_difference, normal, rng};
use concepts::position::PositionError;
use concepts::position::rope::{Layout, rope_frequencies, rotate_by_complex};

/// A number that counts the operations made with it.
#[derive(Clone, Copy)]
struct Counting<'a> {
    value: f64,
    count: &'a Cell<u64>,
}

impl<'a> Counting<'a> {
    fn with(self, value: f64) -> Counting<'a> {
        self.count.set(self.count.get() + 1);
        Counting { value, ..self }
    }
}

impl<'a> Add for Counting<'a> {
    type Output = Counting<'a>;
    fn add(self, other: Counting<'a>) -> Counting<'a> {
        self.with(self.value + other.value)
    }
}

impl<'a> Sub for Counting<'a> {
    type Output = Counting<'a>;
    fn sub(self, other: Counting<'a>) -> Counting<'a> {
        self.with(self.value - other.value)
    }
}

impl<'a> Mul for Counting<'a> {
    type Output = Counting<'a>;
    fn mul(self, other: Counting<'a>) -> Counting<'a> {
        self.with(self.value * other.value)
    }
}

/// What the rotation of a token's query and key took, and how far it is from the one that is meant.
#[derive(Clone, Copy)]
pub(crate) struct Rotation {
    pub operations: f64,
    pub error: f64,
}

/// How a pair is turned, given its sine and cosine.
type Turn = for<'a> fn([Counting<'a>; 2], [Counting<'a>; 2]) -> [Counting<'a>; 2];

/// Rotating one token's query and key in one layer, sines and cosines looked up.
pub(crate) fn rotation(d_model: usize, seed: u64) -> Result<Rotation, PositionError> {
    rotated(d_model, seed, |[a, b], [sin, cos]| [a * cos - b * sin, a * sin + b * cos])
}

/// A kernel that leaves everything where it is.
pub(crate) fn no_rotation(d_model: usize, seed: u64) -> Result<Rotation, PositionError> {
    rotated(d_model, seed, |pair, _| pair)
}

fn rotated(d_model: usize, seed: u64, turn: Turn) -> Result<Rotation, PositionError> {
    const POSITION: i64 = 1234;
    let theta = rope_frequencies(d_model, 10_000.0)?;
    let x = normal((2, d_model), 1.0, &mut rng(seed, "counted rotation"));
    let count = Cell::new(0);
    let number = |value| Counting { value, count: &count };
    let mut turned = x.clone();
    for (row, mut out) in x.outer_iter().zip(turned.outer_iter_mut()) {
        for (i, theta) in theta.iter().enumerate() {
            let (sin, cos) = (POSITION as f64 * theta).sin_cos();
            let pair = turn([row[2 * i], row[2 * i + 1]].map(number), [sin, cos].map(number));
            [out[2 * i], out[2 * i + 1]] = pair.map(|number| number.value);
        }
    }
    let meant = rotate_by_complex(x.view(), &[POSITION; 2], &theta, Layout::Interleaved)?;
    Ok(Rotation { operations: count.get() as f64, error: max_difference(&turned, &meant) })
}

/// Operations of one token in one attention block of full width: four projections, scores and weighted
/// sum over `len` keys. A multiply-add counts as two.
pub(crate) fn block_operations(d_model: usize, len: usize) -> u64 {
    let (d, n) = (d_model as u64, len as u64);
    2 * (projection_multiply_adds(1, d) + attention_multiply_adds(1, n, d, d))
}
