//! C4, C13, C14: several heads.

use concepts::attention::{AttentionError, Mask, MultiHead, MultiHeadTrace, Trace, attention};
use concepts::numerics::tolerance::EXACT_F64;
use concepts::numerics::{max_difference, normal, rank, rng};
use ndarray::{Array2, Axis, Slice, concatenate};
use rand::Rng;

use super::worse;
use crate::kit::claim::{Claim, Control, Correction, Degree, Evidence, Measure, Test};
use crate::kit::measure::{COUNTED, ROUNDING};
use crate::kit::text::{Text, text};

/// Tokens, width and heads of the layers compared.
const N: usize = 20;
const D: usize = 32;
const HEADS: usize = 4;

/// C4
pub(super) fn heads_see_subspaces(seed: u64) -> Claim {
    let mut rng = rng(seed, "C4");
    let x = normal((N, D), 1.0, &mut rng);
    let w: Vec<Array2<f64>> = (0..4).map(|_| normal((D, D), 1.0 / (D as f64).sqrt(), &mut rng)).collect();
    let layer = |heads: usize| {
        MultiHead::from_weights(heads, heads, w[0].clone(), w[1].clone(), w[2].clone(), w[3].clone())
    };
    let twins = twins(&w, &x);
    let four = layer(HEADS);
    let in_order: Vec<usize> = (0..HEADS).collect();
    let shifted: Vec<usize> = (0..HEADS).map(|h| (h + 1) % HEADS).collect();
    let structure = |layer: &Result<MultiHead, AttentionError>, order: &[usize]| {
        let of = |measured: &dyn Fn(&MultiHead) -> f64| layer.as_ref().map_or(f64::NAN, measured);
        Test(vec![
            Measure::at_most(
                text(
                    "the layer against Σᵢ headᵢ·W_O⁽ⁱ⁾, each head computed alone from its columns of W_Q, W_K, W_V",
                    "整层输出与 Σᵢ headᵢ·W_O⁽ⁱ⁾ 之差，每个头由它在 W_Q、W_K、W_V 中的列单独算出",
                ),
                of(&|layer| sum_error(layer, &x, order)),
                EXACT_F64,
                ROUNDING,
            )
            .over(N * D)
            .drawn(seed),
            Measure::near(
                text(
                    "parameters over 4·d_model², those of 1 head of full width",
                    "参数量 / 4·d_model²（1 个全宽头的参数量）",
                ),
                of(&|layer| layer.parameters() as f64 / (4 * D * D) as f64),
                1.0,
                0.0,
                COUNTED,
            ),
            Measure::near(
                text("rank of a head's score matrix", "单个头分数矩阵的秩"),
                of(&|layer| score_rank(layer, &x)),
                (D / HEADS) as f64,
                0.0,
                Text::same(format!("dₖ = {D}/{HEADS}")),
            )
            .over(N)
            .drawn(seed),
        ])
    };
    Claim::corrected(
        "LLM-Q1-C4",
        text(
            "Several heads run in parallel and capture the features of different subspaces.",
            "多个头并行计算，捕捉不同子空间的特征。",
        ),
        Test(vec![
            Measure::at_least(
                text(
                    "two heads of one layer attend differently: largest difference of their weights",
                    "同一层的两个头应看不同的地方：权重的最大差异",
                ),
                twins,
                1e-3,
                text("far above rounding", "远大于舍入误差"),
            )
            .over(N * N)
            .drawn(seed),
        ]),
        Correction {
            degree: Degree::Qualified,
            counterexample: Text::new(
                format!(
                    "a layer whose two heads have the same weights is a valid layer; its heads differ by {twins}. Nothing in the structure keeps heads apart"
                ),
                format!(
                    "两个头的参数完全相同，这一层照样合法，注意力权重的差异为 {twins}；结构本身并不保证各头不同"
                ),
            ),
            say: text(
                "What the structure gives is h score matrices of rank at most dₖ each, for the parameters of one full-width head, and an output that is the sum of the heads' contributions. That heads then learn different things is an observation about trained models, and many trained heads can be pruned (Michel et al. 2019).",
                "结构上能保证的是：参数量和一个全宽头一样，却有 h 个秩不超过 dₖ 的分数矩阵，输出是各头贡献之和。至于各头学到不同的东西，那是训练后观察到的现象，而且不少头训完可以剪掉（Michel 等，2019）。",
            ),
            test: structure(&four, &in_order),
        },
        vec![
            Control::new(
                text("the slices of W_O given to the wrong heads", "把 W_O 的切片分错了头"),
                structure(&four, &shifted),
            ),
            Control::new(
                text("one head of full width in place of four", "用 1 个全宽头代替 4 个头"),
                structure(&layer(1), &[0]),
            ),
            Control::new(
                text("four heads, each of full width", "4 个头，每个都是全宽"),
                structure(&full_width(&mut rng), &in_order),
            ),
        ],
    )
}

/// Two heads with the same weights: how differently do they attend?
fn twins(w: &[Array2<f64>], x: &Array2<f64>) -> f64 {
    let half = D / 2;
    let twice = |w: &Array2<f64>| {
        let slice = w.slice_axis(Axis(1), Slice::from(..half));
        concatenate![Axis(1), slice, slice]
    };
    let layer = MultiHead::from_weights(2, 2, twice(&w[0]), twice(&w[1]), twice(&w[2]), w[3].clone());
    trace(&layer, x)
        .map_or(f64::NAN, |trace| max_difference(&trace.heads[0].weights, &trace.heads[1].weights))
}

fn trace<E>(layer: &Result<MultiHead, E>, x: &Array2<f64>) -> Option<MultiHeadTrace> {
    layer.as_ref().ok()?.trace(x.view(), x.view(), &Mask::None).ok()
}

/// Four heads that do not share the width of the model: each has all of it.
fn full_width(rng: &mut impl Rng) -> Result<MultiHead, AttentionError> {
    let mut draw = |shape| normal(shape, 1.0 / (D as f64).sqrt(), rng);
    let wide = (D, HEADS * D);
    MultiHead::from_weights(HEADS, HEADS, draw(wide), draw(wide), draw(wide), draw((HEADS * D, D)))
}

/// The output of the layer against the sum of its heads, each computed alone and given the slice of
/// `W_O` that `order` says.
fn sum_error(layer: &MultiHead, x: &Array2<f64>, order: &[usize]) -> f64 {
    let d = layer.d_head();
    let slice = |h: usize| Slice::from(h * d..(h + 1) * d);
    let head = |h: usize| {
        // (N, d_model) · (d_model, d_head) → (N, d_head)
        let part = |w: &Array2<f64>| x.dot(&w.slice_axis(Axis(1), slice(h)));
        let (q, k, v) = (part(layer.w_q()), part(layer.w_k()), part(layer.w_v()));
        attention(q.view(), k.view(), v.view(), &Mask::None)
    };
    let mut sum = Array2::zeros(x.dim());
    for (h, &place) in order.iter().enumerate() {
        let Ok(output) = head(h) else { return f64::NAN };
        sum += &output.dot(&layer.w_o().slice_axis(Axis(0), slice(place)));
    }
    layer.forward(x.view(), &Mask::None).map_or(f64::NAN, |whole| max_difference(&sum, &whole))
}

/// The rank of the first head's `Q Kᵀ`.
fn score_rank(layer: &MultiHead, x: &Array2<f64>) -> f64 {
    const NEGLIGIBLE: f64 = 1e-9;
    let trace = layer.trace(x.view(), x.view(), &Mask::None);
    trace.map_or(f64::NAN, |trace| rank(&trace.heads[0].dots, NEGLIGIBLE) as f64)
}

/// C13
pub(super) fn shared_keys_and_values(seed: u64) -> Claim {
    const HEADS: usize = 8;
    const TOKENS: usize = 64;
    let mut rng = rng(seed, "C13");
    let mut layer = |kv_heads| MultiHead::random(D, HEADS, kv_heads, &mut rng);
    let (mqa, mha) = (layer(1), layer(HEADS));
    // "Shares K/V" misread: one matrix that is both.
    let one_matrix = mqa.clone().and_then(|layer| {
        let [q, k, o] = [layer.w_q(), layer.w_k(), layer.w_o()].map(Array2::clone);
        MultiHead::from_weights(HEADS, 1, q, k.clone(), k, o)
    });
    let x = normal((TOKENS, D), 1.0, &mut concepts::numerics::rng(seed, "C13 tokens"));
    let cached = |layer: &Result<MultiHead, _>| cache_elements(layer, &x);
    let kept = |layer: &Result<MultiHead, _>| training_elements(layer, &x);
    let projected = |layer: &Result<MultiHead, _>| {
        layer.as_ref().map_or(f64::NAN, |layer| (layer.w_k().len() + layer.w_v().len()) as f64)
    };
    let shared = |layer: &Result<MultiHead, _>| {
        let trace = trace(layer, &x);
        let elsewhere = trace.as_ref().map_or(f64::NAN, |trace| off_the_first_key_head(trace, HEADS));
        let keys_and_values = trace.map_or(f64::NAN, |t| max_difference(&t.k, &t.v));
        Test(vec![
            Measure::near(
                text("KV-cache elements, over those of MHA", "KV cache 元素数 / MHA 的元素数"),
                cached(layer) / cached(&mha),
                1.0 / HEADS as f64,
                0.0,
                COUNTED,
            )
            .over(TOKENS),
            Measure::near(
                text("parameters of W_K and W_V, over those of MHA", "W_K 与 W_V 的参数量 / MHA 的参数量"),
                projected(layer) / projected(&mha),
                1.0 / HEADS as f64,
                0.0,
                COUNTED,
            ),
            Measure::at_most(
                text(
                    "every query head reads the first key head and value head: largest difference from that",
                    "每个 query 头读的都是第 1 个 key 头和 value 头：与此的最大差异",
                ),
                elsewhere,
                EXACT_F64,
                ROUNDING,
            )
            .over(HEADS * TOKENS * TOKENS)
            .drawn(seed),
            Measure::at_least(
                text(
                    "largest |K − V|: keys and values are not the same matrix",
                    "|K − V| 的最大值：K 与 V 不是同一个矩阵",
                ),
                keys_and_values,
                0.1,
                text("entries of order 1", "元素量级为 1"),
            )
            .drawn(seed),
        ])
    };
    let (kept_mqa, kept_mha) = (kept(&mqa), kept(&mha));
    Claim::corrected(
        "LLM-Q1-C13",
        text("Multi-query attention shares K/V and so lowers memory.", "MQA 共享 K/V，降低显存占用。"),
        Test(vec![
            Measure::at_most(
                text(
                    "lower everywhere, so in training too: elements a training step keeps in this layer, MQA over MHA",
                    "若处处都省，训练时也该省：这一层要保留的元素数，MQA / MHA",
                ),
                kept_mqa / kept_mha,
                0.5,
                text("half at most, where the cache shrinks to an eighth", "cache 缩到八分之一，这里至少应减半"),
            )
            .over(TOKENS),
        ]),
        Correction {
            degree: Degree::Qualified,
            counterexample: Text::new(
                format!(
                    "{TOKENS} tokens, {HEADS} heads, d_model {D}: a training step keeps {kept_mha} elements with MHA and still {kept_mqa} with MQA, for the scores of every query head remain"
                ),
                format!(
                    "{TOKENS} 个 token、{HEADS} 个头、d_model {D}：训练时 MHA 保留 {kept_mha} 个元素，MQA 仍要 {kept_mqa} 个，因为每个 query 头的分数都还在"
                ),
            ),
            say: text(
                "In MQA all query heads share one key head and one value head; K and V remain two different matrices. What shrinks, by the number of heads, is the KV cache, and with it the bytes read per generated token, and the K and V projections. As long as the scores of every head are kept, training activations hardly change.",
                "MQA 是所有 query 头共用一个 key 头和一个 value 头，K 和 V 仍是两个不同的矩阵。真正变小的是 KV cache，缩到原来的 1/h，h 是头数，每生成一个 token 要读的数据也跟着变少；K、V 的投影也同样缩小。只要每个头的分数还得存，训练时的激活就几乎不变。",
            ),
            test: shared(&mqa),
        },
        vec![
            Control::new(
                text("MHA, each query head with its own keys", "换成 MHA，每个 query 头都有自己的 key"),
                shared(&mha),
            ),
            Control::new(
                text("“shares K/V” misread: one matrix as K and as V", "误读“共享 K/V”：K 和 V 是同一个矩阵"),
                shared(&one_matrix),
            ),
        ],
    )
}

/// Elements in the cache after all tokens went through, step by step.
fn cache_elements<E>(layer: &Result<MultiHead, E>, x: &Array2<f64>) -> f64 {
    let Ok(layer) = layer else { return f64::NAN };
    let mut cache = layer.new_cache();
    let stepped = x.rows().into_iter().all(|token| layer.step(token, &mut cache).is_ok());
    if stepped { cache.elements() as f64 } else { f64::NAN }
}

/// Elements that the backward pass needs: Q, K, V, the weights of every head, their outputs.
fn training_elements<E>(layer: &Result<MultiHead, E>, x: &Array2<f64>) -> f64 {
    trace(layer, x).map_or(f64::NAN, |t| {
        let weights: usize = t.heads.iter().map(|head| head.weights.len()).sum();
        (t.q.len() + t.k.len() + t.v.len() + weights + t.concat.len()) as f64
    })
}

/// How far the dot products and outputs are from what the first key head and value head alone give.
fn off_the_first_key_head(trace: &MultiHeadTrace, heads: usize) -> f64 {
    let d = trace.q.ncols() / heads;
    let part = |x: &Array2<f64>, h: usize| x.slice_axis(Axis(1), Slice::from(h * d..(h + 1) * d)).to_owned();
    let (k, v) = (part(&trace.k, 0), part(&trace.v, 0));
    let off = |(h, head): (usize, &Trace)| {
        let dots = max_difference(&part(&trace.q, h).dot(&k.t()), &head.dots);
        worse(dots, max_difference(&head.weights.dot(&v), &head.output))
    };
    trace.heads.iter().enumerate().map(off).fold(0.0, worse)
}

/// C14
pub(super) fn like_channels(_seed: u64) -> Claim {
    Claim {
        id: "LLM-Q1-C14",
        statement: text(
            "Several heads are like the channels of a CNN: each attends to different features.",
            "多头类似 CNN 的多通道，不同的头关注不同特征。",
        ),
        say: None,
        evidence: Evidence::Opinion {
            remark: text(
                "A comparison, useful to start from. Nothing measures it. Where it limps: a channel applies the same filter everywhere, a head computes its weights from the input (C9).",
                "这是个类比，拿来开场不错，但没法测。不贴切的地方：卷积通道在每个位置都用同一个卷积核，而头的权重由输入现算（见 C9）。",
            ),
        },
    }
}
