//! The data: built in, or a person's own table.

use std::path::Path;

use concepts::regularization::{Problem, Sparse, diabetes, sparse_problem};
use ndarray::{Array1, Array2};

use super::estimate::affordable;
use super::{WORDS, knobs};
use crate::kit::csv::Csv;
use crate::kit::files::Wanted;
use crate::kit::knob::{Refusal, Values};
use crate::kit::text::Text;
use crate::named;

/// A table is not read beyond this.
pub(super) const MOST_BYTES: u64 = 16 << 20;

/// Numbers whose squares, and products of a few of these, are numbers.
const LARGEST: f64 = 1e100;
const SMALLEST: f64 = 1e-100;

/// Built-in data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Source {
    Diabetes,
    Sparse,
}

/// The made-up problem: most columns do nothing, and neighbours are alike.
fn made(rows: usize, columns: usize) -> Sparse {
    Sparse { rows, columns, relevant: 6, correlation: 0.5, noise: 2.0 }
}

/// A table of numbers, and what of a person's file is not in it.
pub(crate) struct Data {
    pub problem: Problem,
    /// What is predicted, by the name of its column.
    pub target: Text,
    /// Columns of words, which no coefficient can multiply.
    pub words: Vec<Text>,
    /// Said where the first column counted the rows and was left out.
    pub counted: Option<Text>,
}

/// What the knobs name.
pub(crate) fn data(values: &Values, seed: u64) -> Result<Data, Refusal> {
    let target = knobs::TARGET.of(values).filter(|target| !target.is_empty());
    let source = knobs::DATA.of(values);
    let sized = values.given(&knobs::ROWS) || values.given(&knobs::COLUMNS);
    if sized && (source != Source::Sparse || knobs::CSV.of(values).is_some()) {
        return Err(Refusal(WORDS.get("refused.made")));
    }
    match (knobs::CSV.of(values), target) {
        (Some(_), _) if values.given(&knobs::DATA) => Err(Refusal(WORDS.get("refused.both"))),
        (Some(path), target) => own(path, target),
        (None, Some(_)) => Err(Refusal(WORDS.get("refused.target"))),
        (None, None) => {
            let (rows, columns) = (knobs::ROWS.of(values), knobs::COLUMNS.of(values));
            let (problem, target) = match source {
                Source::Diabetes => (diabetes(), WORDS.get("target.diabetes")),
                Source::Sparse => {
                    affordable(rows, columns, knobs::FOLDS.of(values))?;
                    (sparse_problem(made(rows, columns), seed), Text::same("y"))
                }
            };
            Ok(Data { problem, target, words: Vec::new(), counted: None })
        }
    }
}

/// A person's table. A column without a single number is left out and named; one with numbers must have them in
/// every row.
fn own(path: &Path, target: Option<&str>) -> Result<Data, Refusal> {
    let wanted = Wanted {
        flag: "csv",
        what: WORDS.get("refused.wanted"),
        most: MOST_BYTES,
        because: WORDS.get("refused.because"),
    };
    let csv = Csv::read(path, &wanted)?;
    let target = target.map_or(Ok(csv.header().len() - 1), |name| csv.column(name))?;
    let y = csv.numbers(target)?;
    let (mut names, mut columns, mut words) = (Vec::new(), Vec::new(), Vec::new());
    for column in (0..csv.header().len()).filter(|&column| column != target) {
        if csv.is_words(column) {
            words.push(csv.name(column));
        } else {
            let numbers = csv.numbers(column)?;
            sized(&csv, column, &numbers)?;
            columns.push(numbers);
            names.push(csv.header()[column].clone());
        }
    }
    if columns.is_empty() {
        return Err(csv.refused(&WORDS.get("refused.no-column")));
    }
    enough(&csv, target, &y)?;
    let x = Array2::from_shape_fn((y.len(), columns.len()), |(i, j)| columns[j][i]);
    let target = Text::same(csv.header()[target].clone());
    let problem = Problem { names, x, y: Array1::from_vec(y), truth: None };
    Ok(Data { problem, target, words, counted: csv.counted() })
}

/// Rows for two folds of two, and something to predict.
fn enough(csv: &Csv, target: usize, y: &[f64]) -> Result<(), Refusal> {
    let rows = y.len();
    if rows < 4 {
        return Err(csv.refused(&WORDS.with("refused.rows", &named![rows])));
    }
    if y.iter().all(|other| *other == y[0]) {
        let target = csv.name(target);
        return Err(csv.refused(&WORDS.with("refused.flat", &named![target, value = y[0]])));
    }
    sized(csv, target, y)
}

/// Refuses what cannot be squared twice over a table: the library counts columns, a person has names and lines.
fn sized(csv: &Csv, column: usize, numbers: &[f64]) -> Result<(), Refusal> {
    let largest =
        (0..numbers.len()).max_by(|&a, &b| numbers[a].abs().total_cmp(&numbers[b].abs())).unwrap_or(0);
    let why = match numbers[largest].abs() {
        size if size > LARGEST => "refused.large",
        size if size > 0.0 && size < SMALLEST => "refused.tiny",
        _ => return Ok(()),
    };
    let line = csv.cells(column).nth(largest).map_or(0, |(line, _)| line);
    let value = format!("{:e}", numbers[largest]);
    Err(csv.refused_at(line, column, &WORDS.with(why, &named![value, most = LARGEST, least = SMALLEST])))
}
