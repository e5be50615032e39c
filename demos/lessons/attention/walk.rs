//! The steps of attention, matrix by matrix.

use concepts::attention::{MultiHeadTrace, Trace};
use concepts::numerics::max_abs;
use ndarray::{Array2, Axis};

use super::setup::{PAD, Setup};
use crate::kit::figure::{Figure, Heat, Plot};
use crate::kit::findings::{Cell, Findings, Matrix, Table};
use crate::kit::knob::Refusal;
use crate::kit::number;
use crate::kit::text::{Text, text};

/// More heads than this are computed, but not shown.
const HEADS_SHOWN: usize = 4;

pub(super) fn walk(setup: &Setup) -> Result<Findings, Refusal> {
    let trace = setup.layer.trace(setup.x.view(), setup.x_kv.view(), &setup.mask)?;
    let mut f = Findings::default();
    sizes(setup, &mut f);
    projections(setup, &trace, &mut f);
    scores(setup, &trace.heads[0], &mut f);
    weights(setup, &trace, &mut f);
    heads(setup, &trace, &mut f);
    notes(setup, &trace, &mut f);
    Ok(f)
}

fn sizes(setup: &Setup, f: &mut Findings) {
    f.number("n", setup.tokens.len() as f64);
    f.number("n_keys", setup.sources.len() as f64);
    f.number("d_model", setup.layer.d_model() as f64);
    f.number("heads", setup.layer.heads() as f64);
    f.number("d_k", setup.layer.d_head() as f64);
    f.number("sqrt_dk", (setup.layer.d_head() as f64).sqrt());
    f.number("parameters", setup.layer.parameters() as f64);
    f.words("x_rule", row_rule(setup));
    f.matrix(
        "x",
        Matrix {
            cols: setup.features.clone(),
            ..setup.by_token("X", text("one row a token", "一行一个 token"), &setup.x)
        },
    );
    let second = if setup.cross {
        vec![setup.by_source("Y", text("the second sequence", "第二个序列"), &setup.x_kv)]
    } else {
        Vec::new()
    };
    f.matrices("y", second);
}

/// What decides a row of the input.
fn row_rule(setup: &Setup) -> Text {
    if setup.example {
        return text(
            "A row says which word the token is, and where it stands",
            "每一行表示这个 token 是哪个词、在第几位",
        );
    }
    text("The same word has the same row wherever it stands", "同一个词不管出现在哪个位置，向量都一样")
}

fn projections(setup: &Setup, trace: &MultiHeadTrace, f: &mut Findings) {
    let source = if setup.cross { "Y" } else { "X" };
    if setup.cross {
        f.formula(
            "f_qkv",
            r"Q = X W_Q, \quad K = Y W_K, \quad V = Y W_V",
            "Q = X·W_Q    K = Y·W_K    V = Y·W_V",
        );
    } else {
        f.formula(
            "f_qkv",
            r"Q = X W_Q, \quad K = X W_K, \quad V = X W_V",
            "Q = X·W_Q    K = X·W_K    V = X·W_V",
        );
    }
    f.matrix(
        "q",
        setup.by_token("Q = X·W_Q", text("what each token looks for", "每个 token 想找什么"), &trace.q),
    );
    f.matrix(
        "k",
        setup.by_source(
            &format!("K = {source}·W_K"),
            text("what each token offers", "每个 token 拿什么来匹配"),
            &trace.k,
        ),
    );
    f.matrix(
        "v",
        setup.by_source(
            &format!("V = {source}·W_V"),
            text("what each token hands on", "每个 token 真正传出去的内容"),
            &trace.v,
        ),
    );
}

fn scores(setup: &Setup, head: &Trace, f: &mut Findings) {
    f.formula("f_scores", r"S = \frac{Q K^\top}{\sqrt{d_k}}", "S = Q·Kᵀ / √dₖ");
    f.matrix(
        "dots",
        setup.square("Q₁·K₁ᵀ", text("head 1, raw dot products", "第 1 个头，原始点积"), &head.dots),
    );
    let scaled = &head.dots / (setup.layer.d_head() as f64).sqrt();
    f.matrix(
        "scaled",
        setup.square("S = Q₁·K₁ᵀ/√dₖ", text("head 1, scaled", "第 1 个头，缩放之后"), &scaled),
    );
    f.number("score_max", max_abs(&scaled));
    f.words("mask_rule", mask_rule(setup));
    let masked = setup.causal || setup.pad > 0;
    let shown = if masked {
        vec![setup.square("S + mask", text("a hidden pair scores −∞", "看不到的位置分数为 −∞"), &head.scores)]
    } else {
        Vec::new()
    };
    f.matrices("masked", shown);
}

fn mask_rule(setup: &Setup) -> Text {
    let pad = setup.pad;
    match (setup.causal, pad > 0) {
        (false, false) => text("nothing is hidden here", "没有遮住任何位置"),
        (true, false) => text(
            "causal: key j is seen from query i only if j ≤ i",
            "因果 mask：只有 j ≤ i 时，query i 才看得到 key j",
        ),
        (false, true) => Text::new(
            format!("padding: the last {pad} keys are hidden"),
            format!("padding mask：遮住末尾的 {pad} 个 key"),
        ),
        (true, true) => Text::new(
            format!("causal, and the last {pad} keys are padding"),
            format!("因果 mask，再遮住末尾的 {pad} 个 padding"),
        ),
    }
}

fn weights(setup: &Setup, trace: &MultiHeadTrace, f: &mut Findings) {
    let head = &trace.heads[0];
    f.formula(
        "f_softmax",
        r"A_{ij} = \frac{e^{S_{ij}}}{\sum_{j'} e^{S_{ij'}}}",
        "Aᵢⱼ = exp(Sᵢⱼ) / Σⱼ' exp(Sᵢⱼ')",
    );
    f.table("hand", by_hand(setup, head));
    // A row that sees no key has no weights: it is left out here, and has a note of its own.
    let sums = head.weights.sum_axis(Axis(1));
    let worst = sums.iter().filter(|sum| **sum != 0.0).map(|sum| (sum - 1.0).abs()).fold(0.0, f64::max);
    f.number("row_sum_error", worst);
    f.formula("f_output", r"O = A V", "O = A·V");
    f.matrix(
        "output_1",
        setup.by_token(
            "O₁ = A·V₁",
            text("head 1, weighted averages of values", "第 1 个头，value 的加权平均"),
            &head.output,
        ),
    );
    f.figure(heat_map(setup, head));
}

/// One query worked out number by number.
fn by_hand(setup: &Setup, head: &Trace) -> Table {
    const ROWS: usize = 12;
    let i = 1.min(setup.tokens.len() - 1);
    let scores = head.scores.row(i);
    let max = scores.fold(f64::NEG_INFINITY, |a, &b| a.max(b));
    let rows = (0..setup.sources.len().min(ROWS))
        .map(|j| {
            let above = if max.is_finite() { (scores[j] - max).exp() } else { 0.0 };
            let numbers = [head.dots[[i, j]], scores[j], above, head.weights[[i, j]]];
            let name = Cell::Words(Text::same(setup.sources[j].clone()));
            std::iter::once(name).chain(numbers.map(Cell::Number)).collect()
        })
        .collect();
    let asking = &setup.tokens[i];
    Table {
        caption: Text::new(
            format!("Token {} (“{asking}”) asks, head 1", i + 1),
            format!("第 {} 个 token“{asking}”作为 query，第 1 个头", i + 1),
        ),
        head: [
            text("key", "key"),
            text("q·k", "q·k"),
            text("s = q·k/√dₖ", "s = q·k/√dₖ"),
            text("exp(s − max)", "exp(s − max)"),
            text("weight", "权重"),
        ]
        .into(),
        rows,
    }
}

fn heat_map(setup: &Setup, head: &Trace) -> Figure {
    Figure {
        id: "weights",
        title: text(
            "Each row is one token's attention: where it looks, in parts of 1",
            "每行是一个 token 的注意力：看哪里、各占多少，合计为 1",
        ),
        description: text(
            "Heat map of the attention weights of head 1. Rows are queries, columns are keys, every row that sees a key sums to 1.",
            "第 1 个头的注意力权重热力图。行是 query，列是 key，能看到 key 的每一行之和为 1。",
        ),
        plot: Plot::Heat(Heat {
            row_axis: text("query", "query"),
            col_axis: text("key", "key"),
            rows: Text::each(&setup.tokens),
            cols: Text::each(&setup.sources),
            data: head.weights.clone(),
            borders: [Vec::new(), Vec::new()],
        }),
    }
}

fn heads(setup: &Setup, trace: &MultiHeadTrace, f: &mut Findings) {
    f.formula(
        "f_heads",
        r"\mathrm{out} = [O_1, \dots, O_h] W_O = \sum_i O_i W_O^{(i)}",
        "out = [O₁ … O_h]·W_O = Σᵢ Oᵢ·W_O⁽ⁱ⁾",
    );
    let others = trace
        .heads
        .iter()
        .enumerate()
        .take(HEADS_SHOWN)
        .skip(1)
        .map(|(h, head)| {
            let caption = Text::new(format!("head {}", h + 1), format!("第 {} 个头", h + 1));
            setup.square(&format!("A{}", subscript(h + 1)), caption, &head.weights)
        })
        .collect();
    f.matrices("other_heads", others);
    f.matrix(
        "concat",
        setup.by_token("[O₁ … O_h]", text("the heads side by side", "各头输出拼在一起"), &trace.concat),
    );
    let output =
        setup.by_token("out = [O₁ … O_h]·W_O", text("the layer's output", "这一层的输出"), &trace.output);
    f.matrix("output", Matrix { cols: setup.features.clone(), ..output });
    let sum = (0..setup.layer.heads())
        .fold(Array2::zeros(trace.output.dim()), |sum, h| sum + setup.layer.head_output(trace, h));
    f.number("heads_sum_error", max_abs(&(&sum - &trace.output)));
}

/// Remarks that depend on the knobs.
fn notes(setup: &Setup, trace: &MultiHeadTrace, f: &mut Findings) {
    f.note("note_repeated", repeated(setup, trace));
    let blind = trace.heads[0].weights.sum_axis(Axis(1)).iter().filter(|sum| **sum == 0.0).count();
    f.note(
        "note_blind",
        (blind > 0).then(|| {
            Text::new(
                format!("{blind} rows see no key at all. A naive softmax would divide 0 by 0 and give NaN; here such a row has weights 0 and output 0."),
                format!("有 {blind} 行一个 key 都看不到。直接算 softmax 会得到 0/0，也就是 NaN；这里约定权重和输出都为 0。"),
            )
        }),
    );
    f.note(
        "note_example",
        setup.example.then(|| {
            text(
                "Weights set by hand. The first columns of X say which word a token is, the last ones (@1, @2, …) where it stands. Head 1 looks at the previous token, head 2 at every token of the same word, head 3 at its own place: it copies. Read the three heat maps and check.",
                "权重是手工设定的。X 的前几列表示这个 token 是哪个词，后几列（@1、@2……）表示它在第几位。第 1 个头看前一个 token，第 2 个头看所有相同的词，第 3 个头只看自己所在的位置，也就是原样复制。对着三张热力图核对一下。",
            )
        }),
    );
    let hidden = setup.layer.heads().saturating_sub(HEADS_SHOWN);
    f.note(
        "note_more_heads",
        (hidden > 0).then(|| {
            Text::new(
                format!("{hidden} more heads are computed but not shown."),
                format!("还有 {hidden} 个头也算了，没有显示。"),
            )
        }),
    );
}

/// Two places with the same word: without positions nothing tells them apart.
fn repeated(setup: &Setup, trace: &MultiHeadTrace) -> Option<Text> {
    if setup.causal || setup.example || setup.cross {
        return None;
    }
    let tokens = &setup.tokens;
    let (first, second) = (0..tokens.len()).find_map(|i| {
        (i + 1..tokens.len()).find(|&j| tokens[i] == tokens[j] && tokens[i] != PAD).map(|j| (i, j))
    })?;
    let apart = &trace.output.row(first) - &trace.output.row(second);
    let apart = apart.iter().fold(0.0_f64, |most, x| most.max(x.abs()));
    let apart = number::plain(apart);
    let (word, i, j) = (&tokens[first], first + 1, second + 1);
    Some(Text::new(
        format!(
            "“{word}” stands at places {i} and {j}. Their two output rows differ by {apart}: attention alone does not know about order, which is why positions are added (LLM Q2)."
        ),
        format!(
            "“{word}”出现在第 {i} 和第 {j} 位，两行输出相差 {apart}：注意力本身不知道顺序，所以才需要位置编码（LLM Q2）。"
        ),
    ))
}

/// ₁, ₂, … as it stands in a formula.
fn subscript(n: usize) -> String {
    n.to_string()
        .chars()
        .map(|c| char::from_u32('₀' as u32 + c.to_digit(10).unwrap_or(0)).unwrap_or(c))
        .collect()
}

impl Setup {
    fn by_token(&self, symbol: &str, caption: Text, data: &Array2<f64>) -> Matrix {
        named(symbol, caption, self.tokens.clone(), Vec::new(), data)
    }

    fn by_source(&self, symbol: &str, caption: Text, data: &Array2<f64>) -> Matrix {
        named(symbol, caption, self.sources.clone(), Vec::new(), data)
    }

    fn square(&self, symbol: &str, caption: Text, data: &Array2<f64>) -> Matrix {
        named(symbol, caption, self.tokens.clone(), self.sources.clone(), data)
    }
}

fn named(symbol: &str, caption: Text, rows: Vec<String>, cols: Vec<String>, data: &Array2<f64>) -> Matrix {
    Matrix { symbol: symbol.into(), caption, rows, cols, data: data.clone() }
}
