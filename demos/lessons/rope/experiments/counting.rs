//! What a rotation costs, counted by a number that counts.

use std::cell::Cell;
use std::ops::{Add, Mul, Sub};

use concepts::attention::cost::{attention_multiply_adds, projection_multiply_adds};

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

/// Operations of rotating one token's query and key in one layer, sines and cosines looked up.
pub(crate) fn rotation_operations(d_model: usize) -> u64 {
    let count = Cell::new(0);
    let number = |value| Counting { value, count: &count };
    for _query_and_key in 0..2 {
        for pair in 0..d_model / 2 {
            let (a, b) = (number(pair as f64), number(1.0));
            let (sin, cos) = (number(0.6), number(0.8));
            let _turned = (a * cos - b * sin, a * sin + b * cos);
        }
    }
    count.get()
}

/// Operations of one token in one attention block of full width: four projections, scores and weighted
/// sum over `len` keys. A multiply-add counts as two.
pub(crate) fn block_operations(d_model: usize, len: usize) -> u64 {
    let (d, n) = (d_model as u64, len as u64);
    2 * (projection_multiply_adds(1, d) + attention_multiply_adds(1, n, d, d))
}
