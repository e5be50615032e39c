//! The model of the exercise, and the trellis over it.

use ndarray::{Array1, Array2};

use crate::kit::exercise::{Flaws, Given};

/// What some add to a probability, so that its logarithm is a number.
const SMALL: f64 = 1e-12;

/// How probabilities are multiplied.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Way {
    /// As sums of their logarithms.
    Logs,
    /// As they are, which ends in 0: in f32 or f64, and with the emission inside of the maximum or outside of it.
    Products { single: bool, inside: bool },
}

impl Way {
    pub(super) fn one(self) -> f64 {
        if self == Way::Logs { 0.0 } else { 1.0 }
    }

    pub(super) fn times(self, a: f64, b: f64) -> f64 {
        match self {
            Way::Logs => a + b,
            Way::Products { single: true, .. } => f64::from(a as f32 * b as f32),
            Way::Products { single: false, .. } => a * b,
        }
    }

    fn sum(self, xs: &Array1<f64>) -> f64 {
        if self == Way::Logs { log_sum(xs) } else { xs.sum() }
    }
}

/// The model, with some of its parts wrong.
pub(super) struct Model {
    pub(super) way: Way,
    pub(super) words: Vec<usize>,
    pub(super) start: Array1<f64>,
    pub(super) transition: Array2<f64>,
    pub(super) emission: Array2<f64>,
}

impl Model {
    pub(super) fn new(given: &Given, flaws: &Flaws, way: Way) -> Model {
        let small = if flaws.has("zeros-small") { SMALL } else { 0.0 };
        let weight = |p: f64| if way == Way::Logs { (p + small).ln() } else { p + small };
        let mut start = Array1::from(given.numbers("start")).mapv_into(weight);
        let mut transition = given.matrix("transition").mapv_into(weight);
        if flaws.has("no-start") {
            start.fill(way.one());
        }
        if flaws.has("transposed") {
            transition = transition.reversed_axes();
        }
        let emission = given.matrix("emission").mapv_into(weight);
        Model { way, words: given.wholes("words"), start, transition, emission }
    }

    pub(super) fn tags(&self) -> usize {
        self.start.len()
    }

    pub(super) fn said(&self, t: usize, tag: usize, flaws: &Flaws) -> f64 {
        let missing = (t == 0 && flaws.has("first-emission-missing"))
            || (t + 1 == self.words.len() && flaws.has("last-emission-missing"));
        if missing { self.way.one() } else { self.emission[[tag, self.words[t]]] }
    }

    /// ln P of a path with the words, from logarithms.
    pub(super) fn ln_p(&self, path: &[usize], flaws: &Flaws) -> f64 {
        let said = (0..path.len()).map(|t| self.said(t, path[t], flaws)).sum::<f64>();
        let steps = path.windows(2).map(|pair| self.transition[[pair[0], pair[1]]]).sum::<f64>();
        self.start[path[0]] + said + steps
    }
}

/// The best P, or ln P, of a path that ends in a tag at a word, and the tag before.
pub(super) fn trellis(model: &Model, flaws: &Flaws) -> (Array2<f64>, Array2<usize>) {
    let (n, k) = (model.words.len(), model.tags());
    let inside = matches!(model.way, Way::Products { inside: true, .. });
    let (mut delta, mut back) = (Array2::zeros((n, k)), Array2::zeros((n, k)));
    for t in 0..n {
        for j in 0..k {
            let (said, times) = (model.said(t, j, flaws), |a, b| model.way.times(a, b));
            if t == 0 {
                delta[[t, j]] = times(model.start[j], said);
                continue;
            }
            let mut reach = Array1::from_shape_fn(k, |i| times(delta[[t - 1, i]], model.transition[[i, j]]));
            if inside {
                reach.mapv_inplace(|reach| times(reach, said));
            }
            back[[t, j]] = largest(reach.view(), flaws.has("tie-last") || flaws.has("tie-last-step"));
            let before = if flaws.has("sum-for-max") { model.way.sum(&reach) } else { reach[back[[t, j]]] };
            delta[[t, j]] = if inside { before } else { times(before, said) };
        }
    }
    (delta, back)
}

pub(super) fn log_sum(xs: &Array1<f64>) -> f64 {
    let top = xs.fold(f64::NEG_INFINITY, |a: f64, &b| a.max(b));
    if top == f64::NEG_INFINITY { top } else { top + xs.mapv(|x| (x - top).exp()).sum().ln() }
}

/// The place of the largest; of equal ones the first, or the last.
pub(super) fn largest(xs: ndarray::ArrayView1<f64>, last: bool) -> usize {
    let better = |a: f64, b: f64| a > b || (a == b && last);
    (0..xs.len()).fold(0, |best, i| if better(xs[i], xs[best]) { i } else { best })
}
