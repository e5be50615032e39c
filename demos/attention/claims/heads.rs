//! C4, C13, C14: several heads.

use concepts::attention::{Mask, MultiHead, MultiHeadTrace};
use concepts::numerics::tolerance::EXACT_F64;
use concepts::numerics::{max_difference, normal, rank, rng};
use ndarray::{Array2, Axis, Slice, concatenate};

use super::{COUNTED, EXACT, ROUNDING, control, corrected};
use crate::kit::claim::{Claim, Correction, Degree, Evidence, Measure, Test};
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
    let one = layer(1).map_or(0, |layer| layer.parameters());
    let structure = |order: &[usize], heads: usize| {
        let parts = layer(heads);
        Test(vec![
            Measure::at_most(
                text(
                    "concat(heads)·W_O against Σᵢ headᵢ·W_O⁽ⁱ⁾",
                    "concat(heads)·W_O 与 Σᵢ headᵢ·W_O⁽ⁱ⁾ 之差",
                ),
                four.as_ref().map_or(f64::NAN, |layer| sum_error(layer, &x, order)),
                EXACT_F64,
                ROUNDING,
            )
            .over(N * D)
            .drawn(seed),
            Measure::near(
                text(
                    "parameters of 4 heads over those of 1 head of full width",
                    "4 个头的参数量 / 1 个全宽头的参数量",
                ),
                four.as_ref().map_or(f64::NAN, |layer| layer.parameters() as f64 / one as f64),
                1.0,
                0.0,
                COUNTED,
            ),
            Measure::at_most(
                text("rank of a head's score matrix", "单个头分数矩阵的秩"),
                parts.as_ref().map_or(f64::NAN, |layer| score_rank(layer, &x) as f64),
                (D / HEADS) as f64,
                Text::same(format!("dₖ = {D}/{HEADS}")),
            )
            .over(N)
            .drawn(seed),
        ])
    };
    corrected(
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
            test: structure(&in_order, HEADS),
        },
        vec![
            control(
                text("the slices of W_O given to the wrong heads", "把 W_O 的切片分错了头"),
                structure(&shifted, HEADS),
            ),
            control(
                text("one head of full width in place of four", "用 1 个全宽头代替 4 个头"),
                structure(&in_order, 1),
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

/// `concat(heads)·W_O` against the sum of each head's output times the slice of `W_O` in this order.
fn sum_error(layer: &MultiHead, x: &Array2<f64>, order: &[usize]) -> f64 {
    let Ok(trace) = layer.trace(x.view(), x.view(), &Mask::None) else { return f64::NAN };
    let d = layer.d_head();
    let sum = trace.heads.iter().zip(order).fold(Array2::zeros(trace.output.dim()), |sum, (head, &slice)| {
        sum + head.output.dot(&layer.w_o().slice_axis(Axis(0), Slice::from(slice * d..(slice + 1) * d)))
    });
    max_difference(&sum, &trace.output)
}

fn score_rank(layer: &MultiHead, x: &Array2<f64>) -> usize {
    const NEGLIGIBLE: f64 = 1e-9;
    layer.trace(x.view(), x.view(), &Mask::None).map_or(0, |trace| rank(&trace.heads[0].dots, NEGLIGIBLE))
}

/// C13
pub(super) fn shared_keys_and_values(seed: u64) -> Claim {
    const HEADS: usize = 8;
    const TOKENS: usize = 64;
    let mut rng = rng(seed, "C13");
    let mut layer = |kv_heads| MultiHead::random(D, HEADS, kv_heads, &mut rng);
    let (mqa, mha) = (layer(1), layer(HEADS));
    let x = normal((TOKENS, D), 1.0, &mut concepts::numerics::rng(seed, "C13 tokens"));
    let cached = |layer: &Result<MultiHead, _>| cache_elements(layer, &x);
    let kept = |layer: &Result<MultiHead, _>| training_elements(layer, &x);
    let shared = |layer: &Result<MultiHead, _>| {
        let trace = trace(layer, &x);
        let key_heads = layer.as_ref().map_or(f64::NAN, distinct_key_heads);
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
                text("different key heads read by the 8 query heads", "8 个 query 头一共用到几个 key 头"),
                key_heads,
                1.0,
                0.0,
                EXACT,
            ),
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
    corrected(
        "LLM-Q1-C13",
        text("Multi-query attention shares K/V and so lowers memory.", "MQA 共享 K/V，降低显存占用。"),
        Test(vec![
            Measure::at_most(
                text(
                    "elements a training step keeps in this layer, MQA over MHA: at least halved",
                    "训练时这一层要保留的元素数，MQA / MHA：至少减半",
                ),
                kept_mqa / kept_mha,
                0.5,
                COUNTED,
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
                "In MQA all query heads share one key head and one value head; K and V remain two different matrices. What shrinks, by the number of heads, is the KV cache, and with it the bytes read per generated token, and the K and V projections. Training activations hardly change.",
                "MQA 是所有 query 头共用一个 key 头和一个 value 头，K 和 V 仍是两个不同的矩阵。真正变小的是 KV cache，缩到原来的 1/h，h 是头数，每生成一个 token 要读的数据也跟着变少；K、V 的投影也同样缩小。只要每个头的分数还得存，训练时的激活就几乎不变。",
            ),
            test: shared(&mqa),
        },
        vec![control(
            text("MHA, each query head with its own keys", "换成 MHA，每个 query 头都有自己的 key"),
            shared(&mha),
        )],
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

fn distinct_key_heads(layer: &MultiHead) -> f64 {
    let mut heads: Vec<usize> = (0..layer.heads()).map(|h| layer.key_head(h)).collect();
    heads.dedup();
    heads.len() as f64
}

/// C14
pub(super) fn like_channels(_seed: u64) -> Claim {
    Claim {
        id: "LLM-Q1-C14",
        statement: text(
            "Several heads are like the channels of a CNN: each attends to different features.",
            "多头类似 CNN 的多通道，不同的头关注不同特征。",
        ),
        evidence: Evidence::Opinion {
            remark: text(
                "A comparison, useful to start from. Nothing measures it. Where it limps: a channel applies the same filter everywhere, a head computes its weights from the input (C9).",
                "这是个类比，拿来开场不错，但没法测。不贴切的地方：卷积通道在每个位置都用同一个卷积核，而头的权重由输入现算（见 C9）。",
            ),
        },
    }
}
