//! Figures as data. How they are drawn, on paper or in a terminal, is the renderers' business.

use std::sync::Arc;

use ndarray::Array2;

use super::text::{Lang, Text};

/// One figure.
#[derive(Debug, Clone)]
pub struct Figure {
    /// Name in prose; the file is called `<lesson>-<id>.svg`.
    pub id: &'static str,
    /// One sentence that says what is seen.
    pub title: Text,
    /// What is drawn and how to read it, for someone who cannot see the picture.
    pub description: Text,
    /// What is drawn.
    pub plot: Plot,
}

/// What a figure draws.
#[derive(Debug, Clone)]
pub enum Plot {
    /// Points joined by lines, on two axes.
    Lines {
        /// Horizontal axis.
        x: Axis,
        /// Vertical axis.
        y: Axis,
        /// One line each.
        series: Vec<Series>,
        /// A vertical line with a label, for instance where two lines cross.
        rule: Option<(f64, Text)>,
    },
    /// One bar a category.
    Bars {
        /// Vertical axis.
        y: Axis,
        /// Label and height of each bar.
        bars: Vec<(Text, f64)>,
    },
    /// A matrix as colours.
    Heat(Heat),
    /// Pictures side by side.
    Pictures(Vec<Picture>),
}

/// A picture with a few words below it.
#[derive(Debug, Clone)]
pub struct Picture {
    /// What it shows.
    pub label: Text,
    /// Red, green and blue of every pixel.
    pub pixels: Arc<Array2<[u8; 3]>>,
}

/// An axis.
#[derive(Debug, Clone)]
pub struct Axis {
    /// Name, with the unit.
    pub label: Text,
    /// Linear or logarithmic.
    pub scale: Scale,
    /// Is a unit as long as one of the other axis? Then circles are round, on paper.
    pub equal: bool,
}

/// How an axis maps numbers to places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// Equal steps.
    Linear,
    /// Equal factors.
    Log,
}

/// One line of a figure.
#[derive(Debug, Clone)]
pub struct Series {
    /// Name, written beside the line.
    pub label: Text,
    /// The points, by rising x. On a logarithmic axis all values are positive.
    pub points: Vec<(f64, f64)>,
    /// Low and high end of the spread at each point.
    pub spread: Option<Vec<(f64, f64)>>,
    /// `true`: each point was measured and gets a marker. `false`: a formula, drawn as a plain line.
    pub measured: bool,
    /// What the others are held against: on paper black crosses above everything else.
    pub reference: bool,
}

/// A matrix drawn as colours.
#[derive(Debug, Clone)]
pub struct Heat {
    /// What the rows are.
    pub row_axis: Text,
    /// What the columns are.
    pub col_axis: Text,
    /// What the colours mean.
    pub bar: Text,
    /// Label of each row.
    pub rows: Vec<Text>,
    /// Label of each column.
    pub cols: Vec<Text>,
    /// The values, shared: a long text has large ones.
    pub data: Arc<Array2<f64>>,
    /// Rows and columns after which a border is drawn: where one part of a sequence ends and the next begins.
    pub borders: [Vec<usize>; 2],
}

impl Heat {
    /// Nothing but zeros and ones: a pattern, whose colours need no scale.
    pub fn is_pattern(&self) -> bool {
        self.data.iter().all(|value| [0.0, 1.0].contains(value))
    }

    /// The labels of the rows and those of the columns.
    pub fn labels(&self, lang: Lang) -> [Vec<&str>; 2] {
        [&self.rows, &self.cols].map(|labels| labels.iter().map(|label| label.get(lang)).collect())
    }
}

impl Axis {
    /// An axis with equal steps.
    pub fn linear(label: Text) -> Axis {
        Axis { label, scale: Scale::Linear, equal: false }
    }

    /// An axis with equal factors.
    pub fn log(label: Text) -> Axis {
        Axis { label, scale: Scale::Log, equal: false }
    }
}

impl Series {
    /// Measured points.
    pub fn measured(label: Text, points: Vec<(f64, f64)>) -> Series {
        Series { label, points, spread: None, measured: true, reference: false }
    }

    /// A formula, sampled.
    pub fn formula(label: Text, points: Vec<(f64, f64)>) -> Series {
        Series { label, points, spread: None, measured: false, reference: false }
    }
}
