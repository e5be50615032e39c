//! Reads the reference numbers in `tests/fixtures` and compares arrays with them.
//!
//! A fixture that is not as expected ends the test with the file, the case and the field.
// Each test program includes this module, privately, and uses its own part of it.
#![allow(dead_code, unreachable_pub)]

pub mod heads;
pub mod position;

use concepts::attention::Mask;
use ndarray::{Array1, Array2, Array3, ArrayRef, Dimension};
use serde_json::Value;

const SDPA: (&str, &str) = ("sdpa.json", include_str!("../fixtures/attention/sdpa.json"));
const MULTI_HEAD: (&str, &str) = ("multi_head.json", include_str!("../fixtures/attention/multi_head.json"));
const SOFTMAX: (&str, &str) = ("softmax.json", include_str!("../fixtures/attention/softmax.json"));
const RNN: (&str, &str) = ("rnn.json", include_str!("../fixtures/attention/rnn.json"));

/// One run of scaled dot-product attention, forward and backward.
#[derive(Debug, Clone)]
pub struct SdpaCase {
    /// File and name of the case, for messages.
    pub place: String,
    /// The mask as a user of the library writes it: `Causal`, `Padding`, …
    pub mask: Mask,
    /// The same mask as a table of pairs; `None` where there is no mask.
    pub table: Option<Array2<bool>>,
    /// Queries `(n_q, d_k)`. All inputs are `f32` numbers, exact in both precisions.
    pub q: Array2<f64>,
    /// Keys `(n_k, d_k)`.
    pub k: Array2<f64>,
    /// Values `(n_k, d_v)`.
    pub v: Array2<f64>,
    /// The gradient that arrives from above, `(n_q, d_v)`.
    pub g: Array2<f64>,
    /// The output computed in `f64`, `(n_q, d_v)`.
    pub output: Array2<f64>,
    /// The output computed in `f32`, `(n_q, d_v)`.
    pub output_f32: Array2<f64>,
    /// Gradient of `Σ g · output` by the queries, in `f64`, `(n_q, d_k)`.
    pub dq: Array2<f64>,
    /// By the keys, `(n_k, d_k)`.
    pub dk: Array2<f64>,
    /// By the values, `(n_k, d_v)`.
    pub dv: Array2<f64>,
}

/// One run of a multi-head layer, in `f64`. All matrices are to be used as `y = x W + b`.
#[derive(Debug, Clone)]
pub struct MultiHeadCase {
    /// File, layer and name of the case, for messages.
    pub place: String,
    /// Width of the model.
    pub d_model: usize,
    /// Number of heads; head `h` owns the columns `h · d_model / heads ..` of `w_q`, `w_k` and `w_v`.
    pub heads: usize,
    /// `(d_model, d_model)`.
    pub w_q: Array2<f64>,
    /// `(d_model, d_model)`.
    pub w_k: Array2<f64>,
    /// `(d_model, d_model)`.
    pub w_v: Array2<f64>,
    /// `(d_model, d_model)`, applied to the joined heads.
    pub w_o: Array2<f64>,
    /// The biases of q, k, v and o, `(d_model)` each; `None` for a layer without.
    pub bias: Option<[Array1<f64>; 4]>,
    /// The mask as a user of the library writes it.
    pub mask: Mask,
    /// The same mask as a table of pairs; `None` where there is no mask.
    pub table: Option<Array2<bool>>,
    /// Where the queries come from, `(n_q, d_model)`.
    pub x: Array2<f64>,
    /// Where keys and values come from, `(n_k, d_model)`; for self-attention a copy of `x`.
    pub context: Array2<f64>,
    /// Is `context` the same as `x`?
    pub is_self_attention: bool,
    /// `(n_q, d_model)`.
    pub output: Array2<f64>,
    /// The weights of each head, `(heads, n_q, n_k)`.
    pub weights: Array3<f64>,
}

/// Softmax of one row. A weight or logarithm that the reference has as NaN is NaN here.
#[derive(Debug, Clone)]
pub struct SoftmaxCase {
    /// File and name of the case, for messages.
    pub place: String,
    /// The row, `(n)`; −∞ where hidden.
    pub scores: Array1<f64>,
    /// `(n)`.
    pub softmax: Array1<f64>,
    /// `(n)`.
    pub log_softmax: Array1<f64>,
}

/// The derivative of softmax at one row.
#[derive(Debug, Clone)]
pub struct SoftmaxJacobian {
    /// File and field, for messages.
    pub place: String,
    /// The row, `(n)`.
    pub scores: Array1<f64>,
    /// `∂pᵢ/∂sⱼ`, `(n, n)`.
    pub jacobian: Array2<f64>,
}

/// What a recurrent layer applies to the sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Activation {
    /// `tanh`.
    Tanh,
    /// Nothing.
    Linear,
}

/// One run of `h_t = a(W h_{t−1} + U x_t + b)`, in `f64`.
#[derive(Debug, Clone)]
pub struct RnnCase {
    /// File and name of the case, for messages.
    pub place: String,
    /// The function `a`.
    pub activation: Activation,
    /// `(d, d)`, to be used as `W h`.
    pub w: Array2<f64>,
    /// `(d, inputs)`, to be used as `U x`.
    pub u: Array2<f64>,
    /// `(d)`.
    pub b: Array1<f64>,
    /// The state before the first step, `(d)`.
    pub h0: Array1<f64>,
    /// The inputs, `(steps, inputs)`.
    pub x: Array2<f64>,
    /// The states after each step, `(steps, d)`.
    pub hidden: Array2<f64>,
    /// `∂h_T[i]/∂h_0[j]`, `(d, d)`.
    pub jacobian: Array2<f64>,
}

/// Every case of `sdpa.json`.
pub fn sdpa_cases() -> Vec<SdpaCase> {
    let root = parse(SDPA);
    let cases = Node::root(SDPA.0, &root).list("cases");
    cases
        .iter()
        .map(|case| {
            let (mask, table) = case.mask();
            SdpaCase {
                place: case.place.clone(),
                mask,
                table,
                q: case.get("q").array2(),
                k: case.get("k").array2(),
                v: case.get("v").array2(),
                g: case.get("g").array2(),
                output: case.get("output").array2(),
                output_f32: case.get("output_f32").array2(),
                dq: case.get("dq").array2(),
                dk: case.get("dk").array2(),
                dv: case.get("dv").array2(),
            }
        })
        .collect()
}

/// Every case of every layer in `multi_head.json`.
pub fn multi_head_cases() -> Vec<MultiHeadCase> {
    let root = parse(MULTI_HEAD);
    let mut all = Vec::new();
    for layer in Node::root(MULTI_HEAD.0, &root).list("layers") {
        let bias = layer.get("b_q").present().map(|b_q| {
            [b_q.array1(), layer.get("b_k").array1(), layer.get("b_v").array1(), layer.get("b_o").array1()]
        });
        for case in layer.list("cases") {
            let (mask, table) = case.mask();
            let x = case.get("x").array2();
            let context = case.get("context").present().map(|context| context.array2());
            all.push(MultiHeadCase {
                place: case.place.clone(),
                d_model: layer.get("d_model").size(),
                heads: layer.get("heads").size(),
                w_q: layer.get("w_q").array2(),
                w_k: layer.get("w_k").array2(),
                w_v: layer.get("w_v").array2(),
                w_o: layer.get("w_o").array2(),
                bias: bias.clone(),
                mask,
                table,
                is_self_attention: context.is_none(),
                context: context.unwrap_or_else(|| x.clone()),
                x,
                output: case.get("output").array2(),
                weights: case.get("weights").array3(),
            });
        }
    }
    all
}

/// Every row of `softmax.json`.
pub fn softmax_cases() -> Vec<SoftmaxCase> {
    let root = parse(SOFTMAX);
    let cases = Node::root(SOFTMAX.0, &root).list("cases");
    cases
        .iter()
        .map(|case| SoftmaxCase {
            place: case.place.clone(),
            scores: case.get("scores").array1(),
            softmax: case.get("softmax").array1(),
            log_softmax: case.get("log_softmax").array1(),
        })
        .collect()
}

/// The Jacobian in `softmax.json`.
pub fn softmax_jacobian() -> SoftmaxJacobian {
    let root = parse(SOFTMAX);
    let node = Node::root(SOFTMAX.0, &root).get("jacobian");
    SoftmaxJacobian {
        place: node.place.clone(),
        scores: node.get("scores").array1(),
        jacobian: node.get("jacobian").array2(),
    }
}

/// Every case of `rnn.json`.
pub fn rnn_cases() -> Vec<RnnCase> {
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

/// Fails unless each number is within `tolerance · max(1, |wanted|)` of the wanted one.
///
/// Infinities must be equal. NaN agrees with nothing, not even with NaN.
#[track_caller]
pub fn assert_close<D: Dimension>(
    place: &str,
    got: &ArrayRef<f64, D>,
    wanted: &ArrayRef<f64, D>,
    tolerance: f64,
) {
    assert_eq!(got.shape(), wanted.shape(), "{place}: the shape is wrong");
    for ((index, &want), &have) in wanted.indexed_iter().zip(got.iter()) {
        let near = have == want || (have - want).abs() <= tolerance * want.abs().max(1.0);
        assert!(near, "{place}: at {index:?} {have:e} instead of {want:e}, tolerance {tolerance:e}");
    }
}

fn parse((file, text): (&str, &str)) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{file} is no JSON: {error}"))
}

/// A value inside a fixture, which knows where it stands.
#[derive(Clone)]
struct Node<'a> {
    place: String,
    value: &'a Value,
}

impl<'a> Node<'a> {
    fn root(file: &str, value: &'a Value) -> Self {
        Node { place: file.to_owned(), value }
    }

    fn wrong(&self, expected: &str) -> ! {
        let mut found = self.value.to_string();
        if let Some((cut, _)) = found.char_indices().nth(60) {
            found.truncate(cut);
            found.push('…');
        }
        panic!("{}: expected {expected}, found {found}", self.place)
    }

    fn get(&self, field: &str) -> Node<'a> {
        match self.value.get(field) {
            Some(value) => Node { place: format!("{}, {field}", self.place), value },
            None => panic!("{}: the field {field:?} is missing", self.place),
        }
    }

    /// `None` if the value is null.
    fn present(self) -> Option<Node<'a>> {
        if self.value.is_null() { None } else { Some(self) }
    }

    /// The named things of a list; the place of each is its name instead of its number.
    fn list(&self, field: &str) -> Vec<Node<'a>> {
        let items = self.get(field).items();
        assert!(!items.is_empty(), "{}: {field} is empty", self.place);
        items
            .into_iter()
            .map(|item| Node { place: format!("{}, {:?}", self.place, item.get("name").text()), ..item })
            .collect()
    }

    fn items(&self) -> Vec<Node<'a>> {
        let Some(items) = self.value.as_array() else { self.wrong("a list") };
        items
            .iter()
            .enumerate()
            .map(|(i, value)| Node { place: format!("{}[{i}]", self.place), value })
            .collect()
    }

    fn text(&self) -> &'a str {
        self.value.as_str().unwrap_or_else(|| self.wrong("a text"))
    }

    fn size(&self) -> usize {
        self.value.as_u64().and_then(|n| n.try_into().ok()).unwrap_or_else(|| self.wrong("a size"))
    }

    fn number(&self) -> f64 {
        match self.value {
            Value::Null => f64::NAN,
            Value::String(text) if text == "-inf" => f64::NEG_INFINITY,
            Value::String(text) if text == "inf" => f64::INFINITY,
            value => value.as_f64().unwrap_or_else(|| self.wrong("a number")),
        }
    }

    fn array1(&self) -> Array1<f64> {
        self.items().iter().map(Node::number).collect()
    }

    fn array2(&self) -> Array2<f64> {
        let rows: Vec<Array1<f64>> = self.items().iter().map(Node::array1).collect();
        self.stack(&rows)
    }

    fn array3(&self) -> Array3<f64> {
        let tables: Vec<Array2<f64>> = self.items().iter().map(Node::array2).collect();
        self.stack(&tables)
    }

    /// Equal arrays become one with a dimension more in front.
    fn stack<D>(&self, parts: &[ndarray::Array<f64, D>]) -> ndarray::Array<f64, D::Larger>
    where
        D: Dimension,
        D::Larger: ndarray::RemoveAxis,
    {
        let views: Vec<_> = parts.iter().map(|part| part.view()).collect();
        ndarray::stack(ndarray::Axis(0), &views)
            .unwrap_or_else(|error| panic!("{}: the rows do not fit together: {error}", self.place))
    }

    /// The mask of a case, by its kind and as a table.
    fn mask(&self) -> (Mask, Option<Array2<bool>>) {
        let table = self.get("mask").present().map(|node| {
            node.array2().map(|&flag| match flag {
                0.0 => false,
                1.0 => true,
                _ => node.wrong("a table of 0 and 1"),
            })
        });
        let mask = match (self.get("mask_kind").text(), &table) {
            ("none", None) => Mask::None,
            ("causal", Some(_)) => Mask::Causal,
            // Padding hides the same keys from each query, so any row tells.
            ("padding", Some(table)) => Mask::Padding(table.row(0).to_vec()),
            ("pairs", Some(table)) => Mask::Pairs(table.clone()),
            (kind, _) => panic!("{}: a mask of kind {kind:?} does not fit its table", self.place),
        };
        (mask, table)
    }
}
