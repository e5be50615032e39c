//! The pictures of what is measured.

use concepts::attention::traffic::{naive_traffic, tiled_traffic};
use concepts::recurrent::Activation;

use super::experiments::distance::{direct_gradient, rnn_gradient};
use super::experiments::growth::{Layer, count, generate};
use super::experiments::saturation::{Row, Spread, sweep};
use crate::kit::figure::{Axis, Figure, Plot, Series};
use crate::kit::text::{Text, text};

/// Elements of 16 bits in 192 KiB: the fast memory of one multiprocessor of an A100.
pub(super) const FAST_ELEMENTS: u64 = 98_304;
/// Width of a head in the figures on memory traffic.
pub(super) const HEAD: u64 = 64;
/// Width of the layers whose work is counted.
pub(super) const WIDTH: usize = 32;

pub(super) fn figures(seed: u64) -> Vec<Figure> {
    let (saturation, (distance, rest)) = rayon::join(
        || saturation(seed),
        || rayon::join(|| distance(seed), || vec![operations(seed), traffic(), decoding(seed)]),
    );
    [saturation, distance].into_iter().chain(rest).collect()
}

fn saturation(seed: u64) -> Figure {
    let rows = sweep(seed);
    let line = |label: Text, pick: fn(&Row) -> Spread| Series {
        spread: Some(rows.iter().map(|row| pick(row).quartiles).collect()),
        ..Series::measured(label, rows.iter().map(|row| (row.d_k as f64, pick(row).median)).collect())
    };
    Figure {
        id: "saturation",
        title: text(
            "Without √dₖ the softmax saturates: at large dₖ the median gradient collapses",
            "不除以 √dₖ，softmax 会饱和：dₖ 一大，梯度的中位数就塌下去",
        ),
        description: text(
            "Median and quartiles of the Frobenius norm of the softmax Jacobian against d_k, for dot products left as they are and for dot products divided by the square root of d_k. 64 keys. Scaled stays level; unscaled first rises, then falls steeply.",
            "softmax 雅可比矩阵 Frobenius 范数的中位数和四分位数随 d_k 的变化，64 个 key，对比点积除以 √d_k 与不除。缩放时基本持平，不缩放时先升后陡降。",
        ),
        plot: Plot::Lines {
            x: Axis::log(text("head width dₖ", "头的宽度 dₖ")),
            y: Axis::log(text("‖∂p/∂s‖, median", "‖∂p/∂s‖ 的中位数")),
            series: vec![
                line(text("q·k / √dₖ", "q·k / √dₖ"), |row| row.scaled),
                line(text("q·k", "q·k"), |row| row.unscaled),
            ],
            rule: None,
        },
    }
}

fn distance(seed: u64) -> Figure {
    const D: usize = 32;
    let at: Vec<usize> = vec![1, 2, 4, 8, 16, 32, 64, 128, 256];
    let rnn = |label: Text, gain: f64, activation| {
        let norms = rnn_gradient(gain, activation, &at, D, seed).unwrap_or_default();
        Series::measured(label, at.iter().map(|&t| t as f64).zip(norms).collect())
    };
    let lengths = [2, 4, 8, 16, 32, 64, 128, 256];
    let attention = lengths.iter().map(|&n| (n as f64, direct_gradient(n, 8, seed))).collect();
    Figure {
        id: "distance",
        title: text(
            "Through a linear RNN a gradient shrinks or grows by the same factor every step; through attention it is diluted like 1/n",
            "线性 RNN 的梯度每步乘同一个因子，越远越小或越大；注意力的梯度只按 1/n 稀释",
        ),
        description: text(
            "Norm of the gradient from the last position to the first, against n: the number of steps of the RNN, the number of tokens of attention. RNN with orthogonal weights of gain 0.9 and 1.1, linear and tanh; attention weight of the first token.",
            "从最后一个位置到第一个位置的梯度大小随 n 的变化（n 为 RNN 的步数，或注意力的 token 数）：正交权重、增益 0.9 和 1.1 的 RNN（线性与 tanh），以及注意力给第一个 token 的权重。",
        ),
        plot: Plot::Lines {
            x: Axis::log(text("n: steps, or tokens", "n（步数或 token 数）")),
            y: Axis::log(text("size of the gradient", "梯度大小")),
            series: vec![
                Series::measured(text("attention", "注意力"), attention),
                rnn(text("RNN, gain 0.9", "RNN，增益 0.9"), 0.9, Activation::Linear),
                rnn(text("RNN, gain 1.1", "RNN，增益 1.1"), 1.1, Activation::Linear),
                rnn(text("tanh RNN, 1.1", "tanh RNN，1.1"), 1.1, Activation::Tanh),
                Series::formula(
                    text("1/n", "1/n"),
                    lengths.iter().map(|&n| (n as f64, 1.0 / n as f64)).collect(),
                ),
            ],
            rule: None,
        },
    }
}

fn operations(seed: u64) -> Figure {
    let lengths = [2, 4, 8, 16, 32, 64, 128, 256];
    let line = |label: Text, layer: Layer| {
        let points = lengths.iter().map(|&n| (n as f64, count(layer, n, WIDTH, seed).multiply_adds() as f64));
        Series::measured(label, points.collect())
    };
    Figure {
        id: "operations",
        title: text(
            "Attention's core is cheaper than an RNN while n < d, and dearer after that",
            "n < d 时注意力核心比 RNN 便宜，n > d 之后更贵",
        ),
        description: text(
            "Counted multiply-adds of one layer of width 32 against the number of tokens: recurrent layer, attention core, attention with its projections. The core and the RNN cross where n equals d.",
            "宽度为 32 的一层，乘加次数（实际计数）随 token 数的变化：循环层、注意力核心、含投影的注意力。核心与 RNN 在 n = d 处相交。",
        ),
        plot: Plot::Lines {
            x: Axis::log(text("tokens n", "token 数 n")),
            y: Axis::log(text("multiply-adds, counted", "乘加次数（实际计数）")),
            series: vec![
                line(text("attention core", "注意力核心"), Layer::AttentionCore),
                line(text("RNN", "RNN"), Layer::Rnn),
                line(text("with projections", "含投影"), Layer::Attention),
            ],
            rule: Some((WIDTH as f64, Text::same(format!("n = d = {WIDTH}")))),
        },
    }
}

fn traffic() -> Figure {
    let lengths = [256_u64, 512, 1024, 2048, 4096, 8192, 16384];
    let naive = lengths.iter().map(|&n| (n as f64, naive_traffic(n, HEAD).total() as f64)).collect();
    let tiled = lengths
        .iter()
        .filter_map(|&n| tiled_traffic(n, HEAD, FAST_ELEMENTS).ok().map(|t| (n as f64, t.total() as f64)))
        .collect();
    Figure {
        id: "traffic",
        title: text(
            "Tiling moves several times fewer elements, and still grows like n²",
            "分块之后，搬运量只剩几分之一，但仍按 n² 增长",
        ),
        description: text(
            "Elements moved between slow and fast memory for one head of width 64, against the number of tokens: attention in three passes, and tiled attention with a fast memory of 98304 elements.",
            "一个宽 64 的头，在显存与 SRAM 之间搬运的元素数随 token 数的变化：分三趟读写的标准实现，与 SRAM 容量为 98304 个元素的分块实现。",
        ),
        plot: Plot::Lines {
            x: Axis::log(text("tokens n", "token 数 n")),
            y: Axis::log(text("elements moved", "搬运的元素数")),
            series: vec![
                Series::measured(text("three passes", "标准实现"), naive),
                Series::measured(text("tiled", "分块"), tiled),
            ],
            rule: None,
        },
    }
}

fn decoding(seed: u64) -> Figure {
    const D: usize = 16;
    let lengths = [1, 2, 4, 8, 16, 32, 64];
    let line = |label: Text, cached: bool| {
        let points = lengths.iter().map(|&n| (n as f64, generate(n, D, cached, seed).multiply_adds() as f64));
        Series::measured(label, points.collect())
    };
    Figure {
        id: "decoding",
        title: text(
            "A KV cache saves recomputing the prefix: the gap widens with every token",
            "KV cache 省去前缀的重算：每多生成一个 token，差距就更大",
        ),
        description: text(
            "Counted multiply-adds for generating n tokens with one layer of width 16, with and without a KV cache.",
            "宽度为 16 的一层生成 n 个 token 的乘加次数（实际计数），对比有无 KV cache。",
        ),
        plot: Plot::Lines {
            x: Axis::log(text("tokens generated", "生成的 token 数")),
            y: Axis::log(text("multiply-adds, counted", "乘加次数（实际计数）")),
            series: vec![line(text("recomputed", "每步重算"), false), line(text("cached", "KV cache"), true)],
            rule: None,
        },
    }
}
