//! C3, C6, C11, C19: parameters, and turning one layout into another.

use concepts::attention::{AttentionError, Mask, MultiHead};
use concepts::numerics::max_difference;
use concepts::numerics::tolerance::EXACT_F64;

use crate::kit::claim::{Claim, Control, Correction, Degree, Measure, Test};
use crate::kit::measure::{COUNTED, EXACT, ROUNDING};
use crate::kit::text::{Text, text};
use crate::lessons::heads::experiments::sharing::{Copies, D, HEADS, layer, tokens, written_out};

/// The shape of LLaMA 7B, in heads and head dimension.
const LLAMA: (usize, usize) = (32, 128);

/// Numbers in the weights of a layer with these key/value heads, as allocated: queries, keys and values,
/// and the output projection.
fn allocated(kv_heads: usize, seed: u64) -> (f64, f64) {
    layer(kv_heads, seed).map_or((f64::NAN, f64::NAN), |layer| {
        let projections = layer.w_q().len() + layer.w_k().len() + layer.w_v().len();
        (projections as f64, layer.w_o().len() as f64)
    })
}

/// The layer's output is linear in W_O: `max |y(2 W_O) − 2 y(W_O)|`, exact since doubling is.
fn output_projection_error(seed: u64) -> f64 {
    let x = tokens(seed);
    let error = layer(HEADS, seed).and_then(|layer| {
        let (w_q, w_k, w_v) = (layer.w_q().clone(), layer.w_k().clone(), layer.w_v().clone());
        let doubled = MultiHead::from_weights(HEADS, HEADS, w_q, w_k, w_v, layer.w_o() * 2.0)?;
        let [before, after] =
            [layer.forward(x.view(), &Mask::Causal)?, doubled.forward(x.view(), &Mask::Causal)?];
        Ok(max_difference(&after, &(before * 2.0)))
    });
    error.unwrap_or(f64::NAN)
}

/// Attention parameters of BERT base: what its exact total leaves without embeddings (tokens, positions,
/// two types), feed-forward layers, norms and pooler.
fn bert_attention() -> f64 {
    const TOTAL: u64 = 109_482_240;
    let d = 768;
    let embeddings = (30_522 + 512 + 2) * d;
    let feed_forward = 12 * (8 * d * d + 5 * d);
    let norms = (2 * 12 + 1) * 2 * d;
    (TOTAL - embeddings - feed_forward - norms - (d * d + d)) as f64
}

/// C3
pub(super) fn mha_formula(seed: u64) -> Claim {
    let (projections, output) = allocated(HEADS, seed);
    // heads × d_k × d_model × 3, as the written answer counts
    let formula = (HEADS * (D / HEADS) * D * 3) as f64;
    let test = |times: f64| {
        Test(vec![
            Measure::near(
                text(
                    "numbers allocated in W_Q, W_K, W_V, over heads·d_k·d_model",
                    "W_Q、W_K、W_V 实际分配的个数 / (heads·d_k·d_model)",
                ),
                projections / (formula / 3.0),
                3.0,
                0.0,
                COUNTED,
            ),
            Measure::near(
                text("a whole attention layer, over the right formula", "整个注意力层 / 正确的公式"),
                (projections + output) / (times * formula / 3.0),
                1.0,
                0.0,
                COUNTED,
            ),
            Measure::near(
                text(
                    "W_O doubled: distance of the output from twice the former",
                    "W_O 加倍：输出与原来的两倍之差",
                ),
                output_projection_error(seed),
                0.0,
                0.0,
                EXACT,
            )
            .drawn(seed),
            Measure::near(
                text(
                    "attention of BERT base with biases, over 12 layers of that and 4·d_model",
                    "BERT base 的注意力（含偏置）/ 12 层 ×（正确的公式 + 4·d_model）",
                ),
                bert_attention() / (12.0 * (times * 768.0 * 768.0 + 4.0 * 768.0)),
                1.0,
                0.0,
                text("part of BERT's 109,482,240 parameters", "BERT 109,482,240 个参数中的一部分"),
            ),
        ])
    };
    let (h, d) = LLAMA;
    let llama = |times: usize| (times * h * d * h * d) as f64;
    Claim::corrected(
        "LLM-Q4-C3",
        text("MHA has heads × d_k × d_model × 3 parameters.", "MHA 的参数量是 heads × d_k × d_model × 3。"),
        Test(vec![Measure::near(
            text(
                "numbers allocated in a whole attention layer, over the formula",
                "整个注意力层实际分配的个数 / 公式",
            ),
            (projections + output) / formula,
            1.0,
            0.0,
            COUNTED,
        )]),
        Correction {
            degree: Degree::Qualified,
            counterexample: Text::new(
                format!("a layer of LLaMA-7B: the formula gives {}, the layer has {}", llama(3), llama(4)),
                format!("LLaMA-7B 的一层：按公式是 {}，实际是 {}", llama(3), llama(4)),
            ),
            say: text(
                "Three times heads·d_k·d_model is Q, K and V. With the output projection it is four times: 4·d_model² when the heads fill the width, and biases add 4·d_model.",
                "3 倍的 heads·d_k·d_model 只算了 Q、K、V。加上输出投影 W_O 是 4 倍；各头拼起来正好是 d_model 时，就是 4·d_model²，有偏置再加 4·d_model。",
            ),
            test: test(4.0),
        },
        vec![Control::new(text("W_O left out again", "又漏掉 W_O"), test(3.0))],
    )
}

/// C6
pub(super) fn mqa_formula(seed: u64) -> Claim {
    let (projections, output) = allocated(1, seed);
    let d_k = D / HEADS;
    let formula = (HEADS * d_k * D + 2 * d_k * D) as f64;
    let (full_projections, full_output) = allocated(HEADS, seed);
    let test = |with_output: f64| {
        Test(vec![
            Measure::near(
                text("a whole MQA layer, over the right formula", "整个 MQA 层 / 正确的公式"),
                (projections + output) / (formula + with_output * (HEADS * d_k * D) as f64),
                1.0,
                0.0,
                COUNTED,
            ),
            Measure::near(
                text("whole layers, MQA over MHA: (2H + 2)/4H", "整层，MQA/MHA：(2H + 2)/4H"),
                (projections + with_output * output) / (full_projections + with_output * full_output),
                (2.0 * HEADS as f64 + 2.0) / (4.0 * HEADS as f64),
                EXACT_F64,
                ROUNDING,
            ),
        ])
    };
    let share = |h: f64, with_output: f64| (h * (1.0 + with_output) + 2.0) / (h * (3.0 + with_output));
    Claim::corrected(
        "LLM-Q4-C6",
        text(
            "MQA has heads × d_k × d_model parameters for Q and 2 × d_k × d_model for the shared K and V.",
            "MQA 的参数量是 heads × d_k × d_model（Q）加 2 × d_k × d_model（共享的 K、V）。",
        ),
        Test(vec![Measure::near(
            text(
                "numbers allocated in a whole MQA layer, over the formula",
                "整个 MQA 层实际分配的个数 / 公式",
            ),
            (projections + output) / formula,
            1.0,
            0.0,
            COUNTED,
        )]),
        Correction {
            degree: Degree::Qualified,
            counterexample: Text::new(
                format!(
                    "32 heads: the two formulas suggest that MQA has {:.3} of MHA's parameters; with W_O it is {:.3}",
                    share(32.0, 0.0),
                    share(32.0, 1.0)
                ),
                format!(
                    "32 个头：按两个公式，MQA 只有 MHA 的 {:.3}；算上 W_O 是 {:.3}",
                    share(32.0, 0.0),
                    share(32.0, 1.0)
                ),
            ),
            say: text(
                "Q and the output projection stay in full, heads·d_k·d_model each; only K and V shrink to one head. So MQA saves about half of the attention parameters, not two thirds.",
                "Q 和输出投影各有完整的 heads·d_k·d_model，只有 K、V 缩成一个头。所以 MQA 大约省一半注意力参数，而不是三分之二。",
            ),
            test: test(1.0),
        },
        vec![Control::new(text("W_O left out again", "又漏掉 W_O"), test(0.0))],
    )
}

/// C11
pub(super) fn gqa_between(seed: u64) -> Claim {
    let whole = |kv_heads: usize| {
        let (projections, output) = allocated(kv_heads, seed);
        projections + output
    };
    let test = |grouped: f64, groups: f64| {
        Test(vec![
            Measure::at_least(
                text("GQA with 2 groups over MQA", "2 组 GQA / MQA"),
                grouped / whole(1),
                1.0 + EXACT_F64,
                COUNTED,
            ),
            Measure::at_most(
                text("GQA with 2 groups over MHA", "2 组 GQA / MHA"),
                grouped / whole(HEADS),
                1.0 - EXACT_F64,
                COUNTED,
            ),
            Measure::near(
                text("GQA over MHA: (2H + 2G)/4H", "GQA/MHA：(2H + 2G)/4H"),
                grouped / whole(HEADS),
                (2.0 * HEADS as f64 + 2.0 * groups) / (4.0 * HEADS as f64),
                EXACT_F64,
                ROUNDING,
            ),
        ])
    };
    Claim::holds(
        "LLM-Q4-C11",
        text("The parameters of GQA lie between those of MHA and MQA.", "GQA 的参数量介于 MHA 和 MQA 之间。"),
        test(whole(2), 2.0),
        vec![
            Control::new(text("MQA taken for GQA", "把 MQA 当成 GQA"), test(whole(1), 2.0)),
            Control::new(text("MHA taken for GQA", "把 MHA 当成 GQA"), test(whole(HEADS), 2.0)),
        ],
    )
}

/// Outputs of the layer with pooled heads against those of the layer itself, relative.
pub(crate) fn pooled_error(kv_heads: usize, seed: u64) -> f64 {
    change_by_pooling(layer(HEADS, seed), kv_heads, seed)
}

/// The same for a layer whose heads are copies of so many.
fn agreed_error(kv_heads: usize, seed: u64) -> f64 {
    let copied = layer(kv_heads, seed).and_then(|layer| written_out(&layer, Copies::Repeated));
    change_by_pooling(copied, kv_heads, seed)
}

fn change_by_pooling(full: Result<MultiHead, AttentionError>, kv_heads: usize, seed: u64) -> f64 {
    let x = tokens(seed);
    let size = |y: &ndarray::Array2<f64>| y.iter().map(|x| x * x).sum::<f64>().sqrt();
    let error = full.and_then(|full| {
        let pooled: MultiHead = full.pooled(kv_heads)?;
        let (a, b) = (full.forward(x.view(), &Mask::Causal)?, pooled.forward(x.view(), &Mask::Causal)?);
        Ok(size(&(&b - &a)) / size(&a))
    });
    error.unwrap_or(f64::NAN)
}

/// C19
pub(super) fn train_mha_serve_gqa(seed: u64) -> Claim {
    let half = pooled_error(HEADS / 2, seed);
    let test = |kv_heads: usize| {
        Test(vec![
            Measure::near(
                text("8 heads pooled into 8: change of the output", "8 个头合并成 8 个：输出的变化"),
                pooled_error(HEADS, seed),
                0.0,
                EXACT_F64,
                ROUNDING,
            )
            .drawn(seed),
            Measure::at_least(
                text("pooled into fewer: relative change of the output", "合并成更少的头：输出的相对变化"),
                pooled_error(kv_heads, seed),
                0.1,
                text("a tenth of the output's size", "输出大小的十分之一"),
            )
            .drawn(seed),
            Measure::at_most(
                text(
                    "heads that already agree in their group: change of the output by pooling",
                    "组内各头本来就相同时，合并引起的输出变化",
                ),
                agreed_error(HEADS / 2, seed),
                EXACT_F64,
                ROUNDING,
            )
            .drawn(seed),
        ])
    };
    Claim::corrected(
        "LLM-Q4-C19",
        text(
            "Prefer MQA or GQA for inference; MHA can be used for training.",
            "推理优先选 MQA/GQA，训练可以用 MHA。",
        ),
        Test(vec![
            Measure::at_most(
                text("then a trained MHA could be served as GQA: relative change of the output, 8 heads pooled into 4", "照这么说，训练好的 MHA 可以直接换成 GQA 推理：8 个头合并成 4 个，输出的相对变化"),
                half,
                EXACT_F64,
                ROUNDING,
            )
            .drawn(seed),
        ]),
        Correction {
            degree: Degree::Qualified,
            counterexample: Text::new(
                format!("the key/value heads of a layer with random weights pooled by pairs: the output changes by {half:.2} of its size"),
                format!("一层随机权重，KV 头两两合并：输出的相对变化是 {half:.2}"),
            ),
            say: text(
                "The head layout is fixed when the model is trained. A trained MHA can be converted by pooling its key/value heads, but not for free: it takes uptraining, about 5 % of the pre-training compute in Ainslie et al. 2023.",
                "KV 头数在训练时就定下来了。训练好的 MHA 可以合并 KV 头转成 GQA，但不是免费的，还要继续训练；Ainslie 等 2023 用了约 5% 的预训练算力。",
            ),
            test: test(HEADS / 2),
        },
        vec![Control::new(text("pooled into as many heads as before", "合并成同样多的头，等于没合并"), test(HEADS))],
    )
}
