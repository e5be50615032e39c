//! Reads the reference numbers in `tests/fixtures/heads`.
//!
//! Fields that end in `_f32` were computed in `f32`, all others in `f64`.

use concepts::attention::{LatentAttention, LatentSizes, LatentWeights, Mask, MultiHead};
use ndarray::{Array2, Array3};

use super::node::{Node, parse};

const GROUPED: (&str, &str) = ("grouped.json", include_str!("../../fixtures/heads/grouped.json"));
const LATENT: (&str, &str) = ("latent.json", include_str!("../../fixtures/heads/latent.json"));

/// One run of LLaMA's attention; pair `i` of a head is features `i` and `i + d_head/2`.
#[derive(Debug, Clone)]
pub(crate) struct GroupedCase {
    /// File, layer and name of the case, for messages.
    pub(crate) place: String,
    /// The layer with these weights.
    pub(crate) layer: MultiHead,
    /// Pair `i` turns by `position · base^(−2i/d_head)`.
    pub(crate) base: f64,
    /// The mask as a user of the library writes it.
    pub(crate) mask: Mask,
    /// The tokens from position 0 on, `(n, d_model)`. They and the weights are `f32` numbers.
    pub(crate) x: Array2<f64>,
    /// `(n, d_model)`.
    pub(crate) output: Array2<f64>,
    /// `(n, d_model)`.
    pub(crate) output_f32: Array2<f64>,
    /// The weights of each head, `(heads, n, n)`.
    pub(crate) weights: Array3<f64>,
}

/// One run of DeepSeek's latent attention; pair `i` is features `2i` and `2i + 1` of the rotated part.
#[derive(Debug, Clone)]
pub(crate) struct LatentCase {
    /// File, layer and name of the case, for messages.
    pub(crate) place: String,
    /// The layer with these weights.
    pub(crate) layer: LatentAttention,
    /// Pair `i` turns by `position · base^(−2i/d_rope)`.
    pub(crate) base: f64,
    /// The mask as a user of the library writes it.
    pub(crate) mask: Mask,
    /// The tokens from position 0 on, `(n, d_model)`. They and the weights are `f32` numbers.
    pub(crate) x: Array2<f64>,
    /// By DeepSeek-V3, `(n, d_model)`.
    pub(crate) output: Array2<f64>,
    /// By DeepSeek-V3, `(n, d_model)`.
    pub(crate) output_f32: Array2<f64>,
    /// By DeepSeek-V2, `(n, d_model)`.
    pub(crate) output_v2_f32: Array2<f64>,
    /// The weights of each head, `(heads, n, n)`.
    pub(crate) weights: Array3<f64>,
}

/// Every case of every layer in `grouped.json`.
pub(crate) fn grouped_cases() -> Vec<GroupedCase> {
    let root = parse(GROUPED);
    let mut all = Vec::new();
    for layer in Node::root(GROUPED.0, &root).list("layers") {
        let w = |name| layer.get(name).array2();
        let (heads, kv_heads) = (layer.get("heads").size(), layer.get("kv_heads").size());
        let built = MultiHead::from_weights(heads, kv_heads, w("w_q"), w("w_k"), w("w_v"), w("w_o"));
        for case in layer.list("cases") {
            all.push(GroupedCase {
                place: case.place.clone(),
                layer: built.clone().unwrap_or_else(|error| panic!("{}: {error}", layer.place)),
                base: layer.get("base").number(),
                mask: case.mask().0,
                x: w("x"),
                output: case.get("output").array2(),
                output_f32: case.get("output_f32").array2(),
                weights: case.get("weights").array3(),
            });
        }
    }
    all
}

/// Every case of every layer in `latent.json`.
pub(crate) fn latent_cases() -> Vec<LatentCase> {
    let root = parse(LATENT);
    let mut all = Vec::new();
    for layer in Node::root(LATENT.0, &root).list("layers") {
        for case in layer.list("cases") {
            all.push(LatentCase {
                place: case.place.clone(),
                layer: latent_layer(&layer),
                base: layer.get("base").number(),
                mask: case.mask().0,
                x: layer.get("x").array2(),
                output: case.get("output").array2(),
                output_f32: case.get("output_f32").array2(),
                output_v2_f32: case.get("output_v2_f32").array2(),
                weights: case.get("weights").array3(),
            });
        }
    }
    all
}

/// The sizes follow from the matrices.
fn latent_layer(layer: &Node<'_>) -> LatentAttention {
    let w = |name| layer.get(name).array2();
    let heads = layer.get("heads").size();
    let weights = LatentWeights {
        w_dq: layer.get("w_dq").present().map(|node| node.array2()),
        w_uq: w("w_uq"),
        w_qr: w("w_qr"),
        w_dkv: w("w_dkv"),
        w_uk: w("w_uk"),
        w_uv: w("w_uv"),
        w_kr: w("w_kr"),
        w_o: w("w_o"),
        q_gain: layer.get("q_gain").present().map(|node| node.array1()),
        kv_gain: Some(layer.get("kv_gain").array1()),
    };
    let sizes = LatentSizes {
        d_model: weights.w_dkv.nrows(),
        heads,
        d_nope: weights.w_uk.ncols() / heads,
        d_rope: weights.w_kr.ncols(),
        d_v: weights.w_uv.ncols() / heads,
        kv_lora: weights.w_dkv.ncols(),
        q_lora: weights.w_dq.as_ref().map(Array2::ncols),
    };
    LatentAttention::from_weights(sizes, weights).unwrap_or_else(|error| panic!("{}: {error}", layer.place))
}
