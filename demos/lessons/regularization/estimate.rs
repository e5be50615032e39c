//! How long a run takes, said before it starts, and refused where it is too long.

use std::path::Path;

use super::data::{MOST_BYTES, Source};
use super::{WORDS, knobs};
use crate::kit::knob::Refusal;
use crate::kit::lesson::Setting;
use crate::kit::text::Text;
use crate::named;

/// Multiply-adds a second on one core, about.
const A_SECOND: f64 = 3e9;
/// Nobody waits longer for a page.
const MOST: f64 = 60.0;
/// Shorter runs are over before a line could be read.
const LONG: f64 = 1.0;

/// Solutions for many penalties are kept at once, each as long as the table is wide: of more columns these alone
/// would take gigabytes. (Products of columns are kept within a bound of the library's own.)
const WIDEST: usize = 100_000;

/// With so many columns for each row the elastic net that is drawn is solved by residuals, up to this many numbers.
const WIDE: usize = 64;
const NUMBERS: usize = 500_000;
/// Passes over the columns that it takes for all its penalties, about, and what a column costs beside its numbers.
const PASSES: f64 = 1e4;
const A_COLUMN: f64 = 100.0;

/// Is the elastic net that is drawn solved by residuals rather than by products of columns?
pub(super) fn by_residuals(rows: usize, columns: usize) -> bool {
    columns >= WIDE * rows && rows * columns <= NUMBERS
}

/// Gram matrices and descents of every fold, and decompositions; then reading, and the steps that are drawn, which
/// go over the table again and again; and the elastic net that is drawn, where it goes by residuals.
fn seconds(rows: usize, columns: usize, folds: usize) -> f64 {
    let (n, p) = (rows as f64, columns as f64);
    let side = n.min(p);
    let solved = (folds as f64 + 1.0) * (21.0 * n * p * side + 850.0 * p * side);
    let net = if by_residuals(rows, columns) { PASSES * p * (A_COLUMN + 8.0 * n) } else { 0.0 };
    (solved + 16000.0 * n * p + net) / A_SECOND
}

/// Refused before it starts.
pub(super) fn affordable(rows: usize, columns: usize, folds: usize) -> Result<(), Refusal> {
    if columns > WIDEST {
        return Err(Refusal(WORDS.with("refused.wide", &named![columns, most = WIDEST])));
    }
    let seconds = seconds(rows, columns, folds).ceil();
    if seconds > MOST {
        let most = MOST;
        return Err(Refusal(WORDS.with("refused.work", &named![rows, columns, folds, seconds, most])));
    }
    Ok(())
}

/// What to say while a long run goes on.
pub(super) fn waiting(setting: &Setting) -> Option<Text> {
    let values = &setting.values;
    let (rows, columns) = match (knobs::CSV.of(values), knobs::DATA.of(values)) {
        (Some(path), _) => size(path)?,
        (None, Source::Sparse) => (knobs::ROWS.of(values), knobs::COLUMNS.of(values)),
        (None, Source::Diabetes) => return None,
    };
    let seconds = seconds(rows, columns, knobs::FOLDS.of(values).min(rows / 2));
    (LONG..=MOST).contains(&seconds).then(|| WORDS.with("waiting", &named![seconds]))
}

/// Rows and columns of a table, about: by its lines, and by the commas of the first.
fn size(path: &Path) -> Option<(usize, usize)> {
    // A device has no end, and what is read of a pipe would be missing later.
    let there = std::fs::metadata(path).ok()?;
    if !there.is_file() || there.len() > MOST_BYTES {
        return None;
    }
    let bytes = std::fs::read(path).ok()?;
    let head = bytes.split(|&byte| byte == b'\n').next()?;
    let count = |bytes: &[u8], of: &[u8]| bytes.iter().filter(|byte| of.contains(byte)).count();
    Some((count(&bytes, b"\n"), count(head, b",;\t")))
}
