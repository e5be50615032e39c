//! The pictures.

use concepts::position::{T5Bias, alibi_bias, alibi_slopes};
use ndarray::Array2;

use super::experiments::sinusoid::{by_offset, table};
use super::setup::Setup;
use crate::kit::figure::{Axis, Figure, Heat, Plot, Series};
use crate::kit::knob::Refusal;
use crate::kit::text::{Text, text};

/// More rows or columns than this are left out of a picture.
const SHOWN: usize = 64;
/// Places in the pictures of biases.
const PLACES: usize = 12;

pub(super) fn figures(setup: &Setup) -> Result<Vec<Figure>, Refusal> {
    Ok(vec![sinusoidal(setup), offset(setup), alibi()?, t5()?])
}

fn numbers(n: usize) -> Vec<String> {
    (0..n).map(|i| i.to_string()).collect()
}

fn heat(id: &'static str, title: Text, description: Text, axes: [Text; 2], data: Array2<f64>) -> Figure {
    let [row_axis, col_axis] = axes;
    let (rows, cols) = (Text::each(numbers(data.nrows())), Text::each(numbers(data.ncols())));
    Figure {
        id,
        title,
        description,
        plot: Plot::Heat(Heat { row_axis, col_axis, rows, cols, data, borders: [Vec::new(), Vec::new()] }),
    }
}

fn sinusoidal(setup: &Setup) -> Figure {
    let (n, d) = (setup.seq.min(SHOWN), setup.d_model.min(SHOWN));
    let whole = table(n, setup.d_model, setup.base);
    let shown = Array2::from_shape_fn((n, d), |(p, j)| whole[[p, j]]);
    heat(
        "table",
        text(
            "Every place has its own row: fast waves on the left, slow ones on the right",
            "每个位置一行：左边频率高，右边频率低",
        ),
        text(
            "Heat map of a sinusoidal table. Rows are places, columns features; pairs of columns are sine and cosine of one frequency.",
            "正弦位置表的热力图。行是位置，列是特征维；每两列是同一频率的正弦与余弦。",
        ),
        [text("place", "位置"), text("feature", "特征维")],
        shown,
    )
}

fn offset(setup: &Setup) -> Figure {
    let dots = by_offset(&table(setup.seq, setup.d_model, setup.base));
    let points = dots.iter().enumerate().map(|(k, &dot)| (k as f64, dot)).collect();
    Figure {
        id: "offset",
        title: text(
            "The dot product of two places depends on their distance, but does not fall steadily",
            "两个位置的点积只取决于距离，但并非一路下降",
        ),
        description: text(
            "Dot product of the rows of a sinusoidal table with row 0, against the distance.",
            "正弦位置表各行与第 0 行的点积随距离的变化。",
        ),
        plot: Plot::Lines {
            x: Axis::linear(text("distance, places", "距离（位置数）")),
            y: Axis::linear(text("PE(p)·PE(p + k)", "PE(p)·PE(p + k)")),
            series: vec![Series::measured(text("Σ cos(ω k)", "Σ cos(ω k)"), points)],
            rule: None,
        },
    }
}

fn alibi() -> Result<Figure, Refusal> {
    let slopes = alibi_slopes(8)?;
    let bias = alibi_bias(PLACES, PLACES, slopes[0])?;
    Ok(heat(
        "alibi",
        text(
            "ALiBi takes more off the score the further the key is away: first of 8 heads",
            "ALiBi：key 越远，分数扣得越多（8 个头中的第 1 个）",
        ),
        text(
            "Heat map of the bias of the steepest ALiBi head. Rows are queries, columns keys; constant along diagonals.",
            "斜率最大的 ALiBi 头的偏置热力图。行是 query，列是 key，沿对角线取值不变。",
        ),
        [text("query", "query"), text("key", "key")],
        bias,
    ))
}

fn t5() -> Result<Figure, Refusal> {
    const BUCKETS: usize = 8;
    const FARTHEST: usize = 20;
    // Each bucket's own number in place of a learned value, so that the buckets can be seen.
    let numbered = Array2::from_shape_fn((BUCKETS, 1), |(bucket, _)| bucket as f64);
    let bias = T5Bias::from_table(numbered, true, FARTHEST)?;
    Ok(heat(
        "t5",
        text(
            "T5 puts distances into buckets: near ones singly, far ones together",
            "T5 把距离分桶：近处一个距离一桶，远处多个距离共用一桶",
        ),
        text(
            "Heat map of T5's bucket numbers, 8 buckets up to distance 20, both directions. Rows are queries, columns keys.",
            "T5 距离桶编号的热力图：8 个桶、最远 20、双向。行是 query，列是 key。",
        ),
        [text("query", "query"), text("key", "key")],
        bias.bias(0, PLACES, PLACES)?,
    ))
}
