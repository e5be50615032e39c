//! A figure being drawn up: points in code, words in the lesson's.
//!
//! Under the figure's id stand its title, `seen` (what is drawn and how to read it), the axes `x` and `y` (of a
//! heat map `rows`, `cols` and `bar`, what the colours mean), `rule` for a vertical line, and a label for each series by its own id.
//!
//! ```
//! use demos::kit::figure::Scale::Log;
//! use demos::kit::sketch::Sketch;
//! use demos::kit::words::{Book, Folder, Words};
//!
//! // shown.en.md, shown.zh.md
//! static WORDS: Words = Words::new(Folder::new(file!(), &[]), || {
//!     Book::read([[
//!         ("shown.en.md", "## work Work grows like n²\n- seen: one line\n- x: tokens n\n- y: multiply-adds\n- core: core"),
//!         ("shown.zh.md", "## work 运算量随 n² 增长\n- seen: 一条线\n- x: token 数 n\n- y: 乘加次数\n- core: 核心"),
//!     ]])
//! });
//!
//! let figure = Sketch::lines("work", &WORDS, [Log, Log])
//!     .measured("core", [8.0, 16.0, 32.0].map(|n| (n, 64.0 * n * n)))
//!     .figure();
//! assert_eq!(figure.id, "work");
//! assert!(WORDS.problems().is_empty());
//! ```

use std::sync::Arc;

use ndarray::Array2;

use super::figure::{Axis, Figure, Heat, Picture, Plot, Scale, Series};
use super::text::Text;
use super::words::{Named, Shown, Words};

/// A figure being drawn up.
#[derive(Debug)]
pub struct Sketch<'a> {
    id: &'static str,
    words: &'a Words,
    values: Vec<Named>,
    shape: Shape,
    equal: bool,
}

#[derive(Debug)]
enum Shape {
    Lines { scales: [Scale; 2], series: Vec<Series>, rule: Option<f64> },
    Bars { scale: Scale, bars: Vec<(Text, f64)> },
    Pictures(Vec<Picture>),
    Heat { rows: Vec<Text>, cols: Vec<Text>, data: Array2<f64>, borders: [Vec<usize>; 2] },
}

impl<'a> Sketch<'a> {
    /// Lines on two axes, horizontal first.
    pub fn lines(id: &'static str, words: &'a Words, scales: [Scale; 2]) -> Sketch<'a> {
        Sketch::new(id, words, Shape::Lines { scales, series: Vec::new(), rule: None })
    }

    /// One bar a category.
    pub fn bars(
        id: &'static str,
        words: &'a Words,
        scale: Scale,
        bars: impl IntoIterator<Item = (Text, f64)>,
    ) -> Sketch<'a> {
        Sketch::new(id, words, Shape::Bars { scale, bars: bars.into_iter().collect() })
    }

    /// A matrix as colours.
    pub fn heat(
        id: &'static str,
        words: &'a Words,
        rows: Vec<Text>,
        cols: Vec<Text>,
        data: Array2<f64>,
    ) -> Sketch<'a> {
        Sketch::new(id, words, Shape::Heat { rows, cols, data, borders: [Vec::new(), Vec::new()] })
    }

    /// Pictures side by side, each with its words.
    pub fn pictures(
        id: &'static str,
        words: &'a Words,
        pictures: impl IntoIterator<Item = (Text, Array2<[u8; 3]>)>,
    ) -> Sketch<'a> {
        let picture = |(label, pixels)| Picture { label, pixels: Arc::new(pixels) };
        Sketch::new(id, words, Shape::Pictures(pictures.into_iter().map(picture).collect()))
    }

    fn new(id: &'static str, words: &'a Words, shape: Shape) -> Sketch<'a> {
        Sketch { id, words, values: Vec::new(), shape, equal: false }
    }

    /// A value that the words name.
    #[must_use]
    pub fn value(mut self, name: &'static str, value: impl Into<Shown>) -> Self {
        self.values.push((name, value.into()));
        self
    }

    /// A unit is as long on one axis as on the other, so that circles are round.
    #[must_use]
    pub fn equal(mut self) -> Self {
        self.equal = true;
        self
    }

    /// Measured points, by rising x; the label stands under the id.
    #[must_use]
    pub fn measured(self, id: &str, points: impl IntoIterator<Item = (f64, f64)>) -> Self {
        let label = self.said(id);
        self.series(Series::measured(label, points.into_iter().collect()))
    }

    /// A formula, sampled; the label stands under the id.
    #[must_use]
    pub fn formula(self, id: &str, points: impl IntoIterator<Item = (f64, f64)>) -> Self {
        let label = self.said(id);
        self.series(Series::formula(label, points.into_iter().collect()))
    }

    /// Measured points, with low and high end of their spread: `(x, y, low, high)`.
    #[must_use]
    pub fn spread(self, id: &str, points: impl IntoIterator<Item = (f64, f64, f64, f64)>) -> Self {
        let parts = points.into_iter().map(|(x, y, low, high)| ((x, y), (low, high)));
        let (points, ends): (Vec<_>, Vec<_>) = parts.unzip();
        let label = self.said(id);
        self.series(Series { spread: Some(ends), ..Series::measured(label, points) })
    }

    /// As [`Sketch::spread`], of what the other series are held against.
    #[must_use]
    pub fn reference(mut self, id: &str, points: impl IntoIterator<Item = (f64, f64, f64, f64)>) -> Self {
        self = self.spread(id, points);
        if let Shape::Lines { series, .. } = &mut self.shape {
            series.iter_mut().rev().take(1).for_each(|last| last.reference = true);
        }
        self
    }

    /// A line whose label is known only at run time, for instance a model's name.
    #[must_use]
    pub fn series(mut self, line: Series) -> Self {
        if let Shape::Lines { series, .. } = &mut self.shape {
            series.push(line);
        }
        self
    }

    /// Borders of a heat map, after so many rows and after so many columns.
    #[must_use]
    pub fn borders(mut self, rows: &[usize], cols: &[usize]) -> Self {
        if let Shape::Heat { borders, .. } = &mut self.shape {
            *borders = [rows.to_vec(), cols.to_vec()];
        }
        self
    }

    /// A vertical line, named by `rule`.
    #[must_use]
    pub fn rule(mut self, at: f64) -> Self {
        if let Shape::Lines { rule, .. } = &mut self.shape {
            *rule = Some(at);
        }
        self
    }

    fn said(&self, id: &str) -> Text {
        self.words.with(&format!("{}.{id}", self.id), &self.values)
    }

    /// The figure.
    pub fn figure(mut self) -> Figure {
        let shape =
            std::mem::replace(&mut self.shape, Shape::Bars { scale: Scale::Linear, bars: Vec::new() });
        let axis = |id, scale| Axis { label: self.said(id), scale, equal: self.equal };
        let plot = match shape {
            Shape::Lines { scales: [x, y], series, rule } => Plot::Lines {
                x: axis("x", x),
                y: axis("y", y),
                series,
                rule: rule.map(|at| (at, self.said("rule"))),
            },
            Shape::Bars { scale, bars } => Plot::Bars { y: axis("y", scale), bars },
            Shape::Pictures(pictures) => Plot::Pictures(pictures),
            Shape::Heat { rows, cols, data, borders } => {
                let (row_axis, col_axis, bar) = (self.said("rows"), self.said("cols"), self.said("bar"));
                Plot::Heat(Heat { row_axis, col_axis, bar, rows, cols, data: Arc::new(data), borders })
            }
        };
        let title = self.words.with(self.id, &self.values);
        Figure { id: self.id, title, description: self.said("seen"), plot }
    }
}
