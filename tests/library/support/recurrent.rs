//! Reads the reference numbers of the recurrent layer in `tests/fixtures/attention`.

use concepts::recurrent::Activation;
use ndarray::{Array1, Array2};

use super::node::{Node, parse};

const RNN: (&str, &str) = ("rnn.json", include_str!("../../fixtures/attention/rnn.json"));

/// One run of `h_t = a(W h_{t−1} + U x_t + b)`, in `f64`.
#[derive(Debug, Clone)]
pub(crate) struct RnnCase {
    /// File and name of the case, for messages.
    pub(crate) place: String,
    /// The function `a`.
    pub(crate) activation: Activation,
    /// `(d, d)`, to be used as `W h`.
    pub(crate) w: Array2<f64>,
    /// `(d, inputs)`, to be used as `U x`.
    pub(crate) u: Array2<f64>,
    /// `(d)`.
    pub(crate) b: Array1<f64>,
    /// The state before the first step, `(d)`.
    pub(crate) h0: Array1<f64>,
    /// The inputs, `(steps, inputs)`.
    pub(crate) x: Array2<f64>,
    /// The states after each step, `(steps, d)`.
    pub(crate) hidden: Array2<f64>,
    /// `∂h_T[i]/∂h_0[j]`, `(d, d)`.
    pub(crate) jacobian: Array2<f64>,
}

/// Every case of `rnn.json`.
pub(crate) fn rnn_cases() -> Vec<RnnCase> {
    let root = parse(RNN);
    let cases = Node::root(RNN.0, &root).list("cases");
    cases
        .iter()
        .map(|case| RnnCase {
            place: case.place.clone(),
            activation: match case.get("activation").text() {
                "tanh" => Activation::Tanh,
                "linear" => Activation::Linear,
                other => panic!("{}: unknown activation {other:?}", case.place),
            },
            w: case.get("w").array2(),
            u: case.get("u").array2(),
            b: case.get("b").array1(),
            h0: case.get("h0").array1(),
            x: case.get("x").array2(),
            hidden: case.get("hidden").array2(),
            jacobian: case.get("jacobian").array2(),
        })
        .collect()
}
