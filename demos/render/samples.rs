//! Figures for the tests of the renderers: ordinary ones, and ones that break careless code.

use std::sync::Arc;

use ndarray::Array2;

use crate::kit::figure::{Axis, Figure, Heat, Picture, Plot, Series};
use crate::kit::text::{Text, text};

/// A figure with titles that are too long for one line.
pub(super) fn figure(plot: Plot) -> Figure {
    let title = text(
        "Attention takes time that grows with the square of the length, and a recurrence takes time that \
         grows with the length: they cross at n = 128 & n > 128 is dearer",
        "注意力所用时间随序列长度的平方增长，循环所用时间随序列长度线性增长：两条曲线在 n = 128 处相交，此后注意力更慢，\
         差距随长度不断扩大",
    );
    let description = text("Two lines, x < y & y > x.", "两条线，x < y 且 y > x。");
    Figure { id: "sample", title, description, plot }
}

/// Two measured lines that cross, with spreads, a formula on one of them and one alone; with a rule.
pub(super) fn crossing() -> Figure {
    let lengths = || (4..=14).map(|e| 2f64.powi(e));
    let mut quadratic =
        Series::measured(text("quadratic", "平方"), lengths().map(|n| (n, 1e-9 * n * n)).collect());
    quadratic.spread = Some(quadratic.points.iter().map(|p| (0.7 * p.1, 1.5 * p.1)).collect());
    let linear = Series::measured(
        text(
            "linear, with a name that is so long that it needs a second line",
            "线性，名称很长，需要写成两行才放得下",
        ),
        lengths().map(|n| (n, 1.28e-7 * n)).collect(),
    );
    let formula = Series::formula(text("formula", "公式"), lengths().map(|n| (n, 1e-9 * n * n)).collect());
    let alone = Series::formula(text("constant", "常数"), lengths().map(|n| (n, 1e-3)).collect());
    figure(Plot::Lines {
        x: Axis::log(text("length n (tokens)", "长度 n（词元）")),
        y: Axis::log(text("time (s)", "时间（秒）")),
        series: vec![quadratic, linear, formula, alone],
        rule: Some((128.0, text("n = 128", "n = 128 处相等"))),
    })
}

/// Lines through the given points, measured and as a formula.
pub(super) fn lines(points: Vec<(f64, f64)>, axis: fn(Text) -> Axis) -> Figure {
    let mut measured = Series::measured(Text::same("measured"), points.clone());
    measured.spread = Some(points.iter().map(|p| (p.1 - 1.0, p.1 + 1.0)).collect());
    let rule = points.first().map(|p| (p.0, Text::same("rule")));
    let series = vec![measured, Series::formula(Text::same("formula"), points)];
    figure(Plot::Lines { x: axis(Text::same("x")), y: axis(Text::same("y")), series, rule })
}

/// Bars of the given heights.
pub(super) fn bars(heights: &[f64], axis: fn(Text) -> Axis) -> Figure {
    let label = |i: usize| Text::new(format!("variant number {i}"), format!("第 {i} 个变体"));
    let bars = heights.iter().enumerate().map(|(i, &height)| (label(i), height)).collect();
    figure(Plot::Bars { y: axis(text("bytes for each token", "每个词元的字节数")), bars })
}

/// A matrix of the given size; its labels are Chinese.
pub(super) fn heat(rows: usize, cols: usize, value: impl Fn(usize, usize) -> f64) -> Figure {
    let labels = |n: usize| Text::each((0..n).map(|i| ["我", "爱", "你们大家", "tok"][i % 4]));
    figure(Plot::Heat(Heat {
        row_axis: text("query", "查询"),
        col_axis: text("key", "键"),
        bar: text("weight", "权重"),
        rows: labels(rows),
        cols: labels(cols),
        data: Arc::new(Array2::from_shape_fn((rows, cols), |(i, j)| value(i, j))),
        borders: [Vec::new(), Vec::new()],
    }))
}

/// Pictures of the given size, each in its own colours.
pub(super) fn pictures(count: usize, rows: usize, cols: usize) -> Figure {
    let pixels = |k: usize| {
        Array2::from_shape_fn((rows, cols), |(i, j)| [(40 * k) as u8, (9 * i) as u8, (9 * j) as u8])
    };
    let label = |k: usize| Text::new(format!("a picture, number {k}"), format!("第 {k} 张图"));
    let one = |k| Picture { label: label(k), pixels: Arc::new(pixels(k)) };
    figure(Plot::Pictures((0..count).map(one).collect()))
}

/// Figures that a reader will meet.
pub(super) fn ordinary() -> Vec<Figure> {
    vec![
        crossing(),
        lines((0..50).map(|i| (f64::from(i), f64::from(i).sin())).collect(), Axis::linear),
        bars(&[512.0, 128.0, 16.5, 0.0], Axis::linear),
        bars(&[512.0, -128.0], Axis::linear),
        bars(&(0..20).map(|i| 10f64.powi(i)).collect::<Vec<_>>(), Axis::log),
        heat(6, 6, |i, j| if j > i { 0.0 } else { 1.0 / (i as f64 + 1.0) }),
        heat(9, 30, |i, j| i as f64 - j as f64),
        heat(200, 100, |i, j| (i as f64 * j as f64 / 40.0).cos()),
        pictures(8, 12, 12),
        pictures(3, 7, 20),
    ]
}

/// Figures of next to nothing, and of numbers at the edge of what numbers can be.
pub(super) fn degenerate() -> Vec<Figure> {
    let odd = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, f64::MAX, f64::MIN, 0.0, -1.0, 5e-324, 1.0];
    let mut figures = vec![pictures(0, 0, 0), pictures(1, 0, 0), pictures(2, 1, 1), pictures(5, 3, 300)];
    for axis in [Axis::linear as fn(Text) -> Axis, Axis::log] {
        figures.push(figure(Plot::Lines {
            x: axis(Text::same("")),
            y: axis(Text::same("")),
            series: vec![],
            rule: None,
        }));
        figures.push(lines(vec![], axis));
        figures.push(lines(vec![(1.0, 1.0), (2.0, 1.0), (3.0, 1.0)], axis));
        figures.push(lines(odd.iter().map(|&v| (v, 1.0)).collect(), axis));
        figures.push(lines(odd.iter().map(|&v| (v, v)).collect(), axis));
        figures.push(bars(&[], axis));
        figures.push(bars(&odd, axis));
        for value in odd {
            figures.push(lines(vec![(1.0, value)], axis));
            figures.push(lines(vec![(1.0, value), (2.0, 1e299)], axis));
            figures.push(bars(&[value], axis));
        }
    }
    for (rows, cols) in [(0, 0), (0, 3), (3, 0), (1, 1), (1, 300), (300, 1)] {
        figures.extend(odd.map(|value| heat(rows, cols, |_, _| value)));
    }
    figures.push(heat(3, 3, |i, j| odd[3 * i + j]));
    figures
}
