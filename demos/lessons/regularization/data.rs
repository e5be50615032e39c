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
            columns.push(csv.numbers(column)?);
            names.push(csv.header()[column].clone());
        }
    }
    if columns.is_empty() {
        return Err(csv.refused(&WORDS.get("refused.no-column")));
    }
    let all = names.iter().map(String::as_str).zip(columns.iter().map(Vec::as_slice));
    large(&csv, all.chain([(csv.header()[target].as_str(), y.as_slice())]))?;
    let x = Array2::from_shape_fn((y.len(), columns.len()), |(i, j)| columns[j][i]);
    let target = Text::same(csv.header()[target].clone());
    let problem = Problem { names, x, y: Array1::from_vec(y), truth: None };
    Ok(Data { problem, target, words, counted: csv.counted() })
}

/// The library counts columns; a person has names and lines.
fn large<'a>(csv: &Csv, columns: impl Iterator<Item = (&'a str, &'a [f64])>) -> Result<(), Refusal> {
    for (name, numbers) in columns {
        if let Some(i) = numbers.iter().position(|x| x.abs() > 1e150) {
            let column = csv.column(name)?;
            let line = csv.cells(column).nth(i).map_or(0, |(line, _)| line);
            let why: Text = WORDS.with("refused.large", &named![value = format!("{:e}", numbers[i])]);
            return Err(csv.refused_at(line, column, &why));
        }
    }
    Ok(())
}
