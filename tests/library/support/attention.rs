//! Reads the reference numbers in `tests/fixtures/attention`.

use concepts::attention::Mask;
use ndarray::{Array1, Array2, Array3};

use super::node::{Node, parse};

const SDPA: (&str, &str) = ("sdpa.json", include_str!("../../fixtures/attention/sdpa.json"));
const MULTI_HEAD: (&str, &str) =
    ("multi_head.json", include_str!("../../fixtures/attention/multi_head.json"));
const SOFTMAX: (&str, &str) = ("softmax.json", include_str!("../../fixtures/attention/softmax.json"));

/// One run of scaled dot-product attention, forward and backward.
#[derive(Debug, Clone)]
pub(crate) struct SdpaCase {
    /// File and name of the case, for messages.
    pub(crate) place: String,
    /// The mask as a user of the library writes it: `Causal`, `Padding`, …
    pub(crate) mask: Mask,
    /// The same mask as a table of pairs; `None` where there is no mask.
    pub(crate) table: Option<Array2<bool>>,
    /// Queries `(n_q, d_k)`. All inputs are `f32` numbers, exact in both precisions.
    pub(crate) q: Array2<f64>,
    /// Keys `(n_k, d_k)`.
    pub(crate) k: Array2<f64>,
    /// Values `(n_k, d_v)`.
    pub(crate) v: Array2<f64>,
    /// The gradient that arrives from above, `(n_q, d_v)`.
    pub(crate) g: Array2<f64>,
    /// The output computed in `f64`, `(n_q, d_v)`.
    pub(crate) output: Array2<f64>,
    /// The output computed in `f32`, `(n_q, d_v)`.
    pub(crate) output_f32: Array2<f64>,
    /// Gradient of `Σ g · output` by the queries, in `f64`, `(n_q, d_k)`.
    pub(crate) dq: Array2<f64>,
    /// By the keys, `(n_k, d_k)`.
    pub(crate) dk: Array2<f64>,
    /// By the values, `(n_k, d_v)`.
    pub(crate) dv: Array2<f64>,
}

/// One run of a multi-head layer, in `f64`. All matrices are to be used as `y = x W + b`.
#[derive(Debug, Clone)]
pub(crate) struct MultiHeadCase {
    /// File, layer and name of the case, for messages.
    pub(crate) place: String,
    /// Width of the model.
    pub(crate) d_model: usize,
    /// Number of heads; head `h` owns the columns `h · d_model / heads ..` of `w_q`, `w_k` and `w_v`.
    pub(crate) heads: usize,
    /// `(d_model, d_model)`.
    pub(crate) w_q: Array2<f64>,
    /// `(d_model, d_model)`.
    pub(crate) w_k: Array2<f64>,
    /// `(d_model, d_model)`.
    pub(crate) w_v: Array2<f64>,
    /// `(d_model, d_model)`, applied to the joined heads.
    pub(crate) w_o: Array2<f64>,
    /// The biases of q, k, v and o, `(d_model)` each; `None` for a layer without.
    pub(crate) bias: Option<[Array1<f64>; 4]>,
    /// The mask as a user of the library writes it.
    pub(crate) mask: Mask,
    /// The same mask as a table of pairs; `None` where there is no mask.
    pub(crate) table: Option<Array2<bool>>,
    /// Where the queries come from, `(n_q, d_model)`.
    pub(crate) x: Array2<f64>,
    /// Where keys and values come from, `(n_k, d_model)`; for self-attention a copy of `x`.
    pub(crate) context: Array2<f64>,
    /// Is `context` the same as `x`?
    pub(crate) is_self_attention: bool,
    /// `(n_q, d_model)`.
    pub(crate) output: Array2<f64>,
    /// The weights of each head, `(heads, n_q, n_k)`.
    pub(crate) weights: Array3<f64>,
}

/// Softmax of one row. A weight or logarithm that the reference has as NaN is NaN here.
#[derive(Debug, Clone)]
pub(crate) struct SoftmaxCase {
    /// File and name of the case, for messages.
    pub(crate) place: String,
    /// The row, `(n)`; −∞ where hidden.
    pub(crate) scores: Array1<f64>,
    /// `(n)`.
    pub(crate) softmax: Array1<f64>,
    /// `(n)`.
    pub(crate) log_softmax: Array1<f64>,
}

/// The derivative of softmax at one row.
#[derive(Debug, Clone)]
pub(crate) struct SoftmaxJacobian {
    /// File and field, for messages.
    pub(crate) place: String,
    /// The row, `(n)`.
    pub(crate) scores: Array1<f64>,
    /// `∂pᵢ/∂sⱼ`, `(n, n)`.
    pub(crate) jacobian: Array2<f64>,
}

/// Every case of `sdpa.json`.
pub(crate) fn sdpa_cases() -> Vec<SdpaCase> {
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
pub(crate) fn multi_head_cases() -> Vec<MultiHeadCase> {
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
pub(crate) fn softmax_cases() -> Vec<SoftmaxCase> {
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
pub(crate) fn softmax_jacobian() -> SoftmaxJacobian {
    let root = parse(SOFTMAX);
    let node = Node::root(SOFTMAX.0, &root).get("jacobian");
    SoftmaxJacobian {
        place: node.place.clone(),
        scores: node.get("scores").array1(),
        jacobian: node.get("jacobian").array2(),
    }
}
