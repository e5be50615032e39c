//! Reads the reference numbers in `tests/fixtures/position`.
//!
//! Fields that end in `_f32` were computed in `f32`, all others in `f64`.

use ndarray::{Array1, Array2, Array3};

use super::node::{Node, parse};

const ROPE: (&str, &str) = ("rope.json", include_str!("../../fixtures/position/rope.json"));
const SCALING: (&str, &str) = ("scaling.json", include_str!("../../fixtures/position/scaling.json"));
const ALIBI: (&str, &str) = ("alibi.json", include_str!("../../fixtures/position/alibi.json"));
const T5: (&str, &str) = ("t5.json", include_str!("../../fixtures/position/t5.json"));
const SINUSOIDAL: (&str, &str) = ("sinusoidal.json", include_str!("../../fixtures/position/sinusoidal.json"));

/// Which two features are turned together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layout {
    /// `i` and `i + rotary_dim/2`: LLaMA.
    Halves,
    /// `2i` and `2i + 1`: GPT-J, GLM.
    Interleaved,
}

/// Queries and keys before and after rotary embedding.
#[derive(Debug, Clone)]
pub(crate) struct RopeCase {
    /// File, model and name of the case, for messages.
    pub(crate) place: String,
    /// Which features are pairs.
    pub(crate) layout: Layout,
    /// So many features are turned, the first ones; the rest stays.
    pub(crate) rotary_dim: usize,
    /// Pair `i` turns by `position · base^(−2i/rotary_dim)`.
    pub(crate) base: f64,
    /// Position of the first row; each next row is one further.
    pub(crate) start: usize,
    /// `(heads, n, head_dim)`. The inputs are `f32` numbers, exact in both precisions.
    pub(crate) q: Array3<f64>,
    /// `(heads, n, head_dim)`.
    pub(crate) k: Array3<f64>,
    /// `(heads, n, head_dim)`.
    pub(crate) q_out: Array3<f64>,
    /// `(heads, n, head_dim)`.
    pub(crate) k_out: Array3<f64>,
    /// The same with angles in `f32` too: far from 0 it is less exact than the arithmetic alone.
    pub(crate) q_out_f32: Array3<f64>,
    /// `(heads, n, head_dim)`.
    pub(crate) k_out_f32: Array3<f64>,
}

/// How frequencies are changed for contexts longer than those of the training.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Scaling {
    /// Not at all.
    Default,
    /// All divided by the factor: position interpolation.
    Linear { factor: f64 },
    /// A base that grows with the length of the input, once that exceeds `original`.
    DynamicNtk { factor: f64, original: usize, length: usize },
    /// YaRN: a ramp between unchanged and divided.
    Yarn {
        factor: f64,
        /// Context of the training.
        original: usize,
        /// Pairs that turn at least so often in the original context are unchanged.
        beta_fast: f64,
        /// Pairs that turn at most so often are divided.
        beta_slow: f64,
        /// Do the ends of the ramp lie on whole pairs?
        truncate: bool,
    },
    /// Llama 3: by wavelength, unchanged, divided or between.
    Llama3 { factor: f64, low: f64, high: f64, original: usize },
}

/// The frequencies of one model.
#[derive(Debug, Clone)]
pub(crate) struct ScalingCase {
    /// File and name of the case, for messages.
    pub(crate) place: String,
    /// The rule and its numbers.
    pub(crate) scaling: Scaling,
    /// All features of a head are turned.
    pub(crate) head_dim: usize,
    /// The base before any change.
    pub(crate) base: f64,
    /// What cosine and sine are multiplied with.
    pub(crate) attention_factor: f64,
    /// Radians for each position, `(head_dim / 2)`.
    pub(crate) inv_freq: Array1<f64>,
    /// `(head_dim / 2)`.
    pub(crate) inv_freq_f32: Array1<f64>,
}

/// ALiBi for one number of heads, as BLOOM has it.
#[derive(Debug, Clone)]
pub(crate) struct AlibiCase {
    /// File and name of the case, for messages.
    pub(crate) place: String,
    /// How many heads there are.
    pub(crate) heads: usize,
    /// `(heads)`.
    pub(crate) slopes: Array1<f64>,
    /// `(heads)`.
    pub(crate) slopes_f32: Array1<f64>,
    /// `slope · j` for key `j`, `(heads, keys)`. For query `i` the paper has `−slope · (i − j)`, which
    /// is less by `slope · i` in the whole row. Softmax does not see that.
    pub(crate) bias: Array2<f64>,
}

/// T5's buckets of relative positions.
#[derive(Debug, Clone)]
pub(crate) struct T5Case {
    /// File and name of the case, for messages.
    pub(crate) place: String,
    /// Do keys after the query have buckets of their own?
    pub(crate) bidirectional: bool,
    /// How many buckets there are.
    pub(crate) buckets: usize,
    /// From here on all distances share the last bucket.
    pub(crate) max_distance: usize,
    /// Place of the key minus place of the query, and the bucket of that.
    pub(crate) pairs: Vec<(i64, usize)>,
}

/// The sinusoidal table; row is position, column is feature.
#[derive(Debug, Clone)]
pub(crate) struct SinusoidalCase {
    /// File and name of the case, for messages.
    pub(crate) place: String,
    /// Sine and cosine in turns, as in the paper, `(n, d)`; made from the formula.
    pub(crate) interleaved: Array2<f64>,
    /// The same by XLM, `(n, d)`.
    pub(crate) interleaved_f32: Array2<f64>,
    /// All sines, then all cosines, by CTRL, `(n, d)`.
    pub(crate) halves: Array2<f64>,
    /// The same by Marian, `(n, d)`.
    pub(crate) halves_f32: Array2<f64>,
}

/// Every case of every layer in `rope.json`.
pub(crate) fn rope_cases() -> Vec<RopeCase> {
    let root = parse(ROPE);
    let mut all = Vec::new();
    for layer in Node::root(ROPE.0, &root).list("layers") {
        let layout = match layer.get("layout").text() {
            "halves" => Layout::Halves,
            "interleaved" => Layout::Interleaved,
            other => panic!("{}: unknown layout {other:?}", layer.place),
        };
        for case in layer.list("cases") {
            all.push(RopeCase {
                place: case.place.clone(),
                layout,
                rotary_dim: layer.get("rotary_dim").size(),
                base: case.get("base").number(),
                start: case.get("start").size(),
                q: layer.get("q").array3(),
                k: layer.get("k").array3(),
                q_out: case.get("q_out").array3(),
                k_out: case.get("k_out").array3(),
                q_out_f32: case.get("q_out_f32").array3(),
                k_out_f32: case.get("k_out_f32").array3(),
            });
        }
    }
    all
}

/// Every case of `scaling.json`.
pub(crate) fn scaling_cases() -> Vec<ScalingCase> {
    let root = parse(SCALING);
    let cases = Node::root(SCALING.0, &root).list("cases");
    cases
        .iter()
        .map(|case| ScalingCase {
            place: case.place.clone(),
            scaling: scaling(case),
            head_dim: case.get("head_dim").size(),
            base: case.get("base").number(),
            attention_factor: case.get("attention_factor").number(),
            inv_freq: case.get("inv_freq").array1(),
            inv_freq_f32: case.get("inv_freq_f32").array1(),
        })
        .collect()
}

fn scaling(case: &Node<'_>) -> Scaling {
    let factor = || case.get("factor").number();
    let original = || case.get("original_max_position_embeddings").size();
    match case.get("kind").text() {
        "default" => Scaling::Default,
        "linear" => Scaling::Linear { factor: factor() },
        "dynamic" => Scaling::DynamicNtk {
            factor: factor(),
            original: case.get("max_position_embeddings").size(),
            length: case.get("length").size(),
        },
        "yarn" => Scaling::Yarn {
            factor: factor(),
            original: original(),
            beta_fast: case.get("beta_fast").number(),
            beta_slow: case.get("beta_slow").number(),
            truncate: flag(&case.get("truncate")),
        },
        "llama3" => Scaling::Llama3 {
            factor: factor(),
            low: case.get("low_freq_factor").number(),
            high: case.get("high_freq_factor").number(),
            original: original(),
        },
        other => panic!("{}: unknown kind {other:?}", case.place),
    }
}

/// Every case of `alibi.json`.
pub(crate) fn alibi_cases() -> Vec<AlibiCase> {
    let root = parse(ALIBI);
    let cases = Node::root(ALIBI.0, &root).list("cases");
    cases
        .iter()
        .map(|case| AlibiCase {
            place: case.place.clone(),
            heads: case.get("heads").size(),
            slopes: case.get("slopes").array1(),
            slopes_f32: case.get("slopes_f32").array1(),
            bias: case.get("bias").array2(),
        })
        .collect()
}

/// Every case of `t5.json`.
pub(crate) fn t5_cases() -> Vec<T5Case> {
    let root = parse(T5);
    let cases = Node::root(T5.0, &root).list("cases");
    cases
        .iter()
        .map(|case| {
            let from = case.get("from");
            let from = from.value.as_i64().unwrap_or_else(|| from.wrong("a whole number"));
            let buckets = case.get("bucket").items();
            T5Case {
                place: case.place.clone(),
                bidirectional: flag(&case.get("bidirectional")),
                buckets: case.get("buckets").size(),
                max_distance: case.get("max_distance").size(),
                pairs: (from..).zip(buckets.iter().map(Node::size)).collect(),
            }
        })
        .collect()
}

/// The one case of `sinusoidal.json`.
pub(crate) fn sinusoidal_case() -> SinusoidalCase {
    let root = parse(SINUSOIDAL);
    let cases = Node::root(SINUSOIDAL.0, &root).list("cases");
    let [case] = cases.as_slice() else { panic!("{}: more than one case", SINUSOIDAL.0) };
    SinusoidalCase {
        place: case.place.clone(),
        interleaved: case.get("interleaved").array2(),
        interleaved_f32: case.get("interleaved_f32").array2(),
        halves: case.get("halves").array2(),
        halves_f32: case.get("halves_f32").array2(),
    }
}

fn flag(node: &Node<'_>) -> bool {
    node.value.as_bool().unwrap_or_else(|| node.wrong("true or false"))
}
