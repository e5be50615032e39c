//! What the cell of an LSTM carries, by moving its start and looking at its end.

use concepts::numerics::{normal, rng, sigmoid, tolerance::DIFFERENCE_STEP};
use ndarray::{Array1, Array2, ArrayView1};

use super::backwards::NARROW;

/// The weights of an LSTM of width [`NARROW`], its four gates side by side: input, forget, output, candidate.
struct Lstm {
    /// `(4·NARROW, NARROW)`, of the inputs and of the state
    w: Array2<f64>,
    u: Array2<f64>,
    /// `(4·NARROW)`
    bias: Array1<f64>,
}

impl Lstm {
    /// `c' = f ⊙ c + i ⊙ g`, `h' = o ⊙ tanh c'` (Hochreiter and Schmidhuber 1997; forget gate: Gers et al. 2000).
    fn step(&self, x: ArrayView1<f64>, h: &Array1<f64>, c: &Array1<f64>) -> [Array1<f64>; 2] {
        let gates = self.w.dot(&x) + self.u.dot(h) + &self.bias;
        let gate = |at: usize| sigmoid(gates[at]);
        let part = |j: usize| {
            let (i, f) = (gate(j), gate(NARROW + j));
            f * c[j] + i * gates[3 * NARROW + j].tanh()
        };
        let c = Array1::from_shape_fn(NARROW, part);
        let h = Array1::from_shape_fn(NARROW, |j| gate(2 * NARROW + j) * c[j].tanh());
        [h, c]
    }
}

/// `‖∂c_T/∂c₀ · v‖` for a random direction `v` of length 1, by central differences through the whole network.
pub(crate) fn lstm_gradient(forget_bias: f64, steps: usize, seed: u64) -> f64 {
    let mut rng = rng(seed, "lstm");
    let mut draw = |rows, std| normal((rows, NARROW), std, &mut rng);
    let (w, u, inputs) = (draw(4 * NARROW, 0.1), draw(4 * NARROW, 0.1), draw(steps, 0.5));
    let (start, v) = (draw(1, 0.5), draw(1, 1.0));
    let v = &v / v.dot(&v.t()).sum().sqrt();
    let forget = |j: usize| if (NARROW..2 * NARROW).contains(&j) { forget_bias } else { 0.0 };
    let lstm = Lstm { w, u, bias: Array1::from_shape_fn(4 * NARROW, forget) };
    let end = |move_by: f64| {
        let c = start.row(0).to_owned() + move_by * &v.row(0);
        let walk = |[h, c]: [Array1<f64>; 2], x: ArrayView1<f64>| lstm.step(x, &h, &c);
        let [_, c] = inputs.outer_iter().fold([Array1::zeros(NARROW), c], walk);
        c
    };
    let slope = (end(DIFFERENCE_STEP) - end(-DIFFERENCE_STEP)) / (2.0 * DIFFERENCE_STEP);
    slope.dot(&slope).sqrt()
}
