//! A person's own scores, or those that a test of this run reads.

use std::path::Path;

use concepts::emergence::{PowerLaw, Score, Test, draw_correct};
use concepts::numerics::rng;

use super::WORDS;
use super::sizes::amount;
use crate::kit::csv::Csv;
use crate::kit::files::Wanted;
use crate::kit::knob::Refusal;
use crate::kit::number::half_width;
use crate::kit::spelling::as_count;
use crate::kit::text::Text;
use crate::kit::visible::name;
use crate::named;

/// Rows at most: as many as a page has room for.
const MOST_ROWS: usize = 100;
const MOST_BYTES: u64 = 1 << 20;
/// The largest test: an exact interval of a larger one takes long.
const LARGEST: f64 = 1e9;
/// Sizes of a model are counted one by one: who writes less counts in millions or billions, and who writes more has
/// counted so twice.
pub(super) const COUNTS: [f64; 2] = [1e3, 1e16];
/// Compute, in whatever unit.
const COMPUTES: [f64; 2] = [1e-6, 1e32];
/// The names that a column may have.
const SIZES: [&str; 5] = ["size", "params", "parameters", "规模", "参数量"];
const COMPUTE: [&str; 3] = ["compute", "flops", "算力"];
const CORRECT: [&str; 2] = ["correct", "答对"];
const TOTAL: [&str; 2] = ["total", "题数"];
const LOG_LIKELIHOOD: &str = "log_likelihood";

/// Scores of several models.
pub(crate) struct Scores {
    /// By rising size.
    pub rows: Vec<Score>,
    /// Mean log-likelihood of each row, where the file has it.
    pub log_likelihood: Option<Vec<f64>>,
    /// Does the first column hold the compute?
    pub compute: bool,
    /// Are they the person's?
    pub own: bool,
    /// Columns that nothing reads.
    pub unused: Vec<Text>,
}

impl Scores {
    pub(crate) fn read(path: &Path) -> Result<Scores, Refusal> {
        let (what, because) = (WORDS.get("scores.what"), WORDS.get("scores.because"));
        let csv = Csv::read(path, &Wanted { flag: "scores", what, most: MOST_BYTES, because })?;
        if csv.len() > MOST_ROWS {
            let why = WORDS.with("scores.rows", &named![rows = csv.len(), most = MOST_ROWS]);
            return Err(csv.refused(&why));
        }
        let named = |name: &str| csv.header().iter().any(|known| known.eq_ignore_ascii_case(name));
        // A file with both is read by its sizes.
        let (of_sizes, compute) = (csv.column_in_units(&SIZES), csv.column_in_units(&SIZES).is_err());
        let (size, unit) = of_sizes.or_else(|_| csv.column_in_units(&[&SIZES[..], &COMPUTE].concat()))?;
        let (correct, total) = (csv.column_of(&CORRECT)?, csv.column_of(&TOTAL)?);
        let log_column = if named(LOG_LIKELIHOOD) { Some(csv.column(LOG_LIKELIHOOD)?) } else { None };
        let sizes = sized(&csv, size, unit, compute)?;
        let whole = |x: f64| x >= 0.0 && x.fract() == 0.0 && x <= LARGEST;
        let right = checked(&csv, correct, whole, "scores.whole", |_| None)?;
        let all = checked(&csv, total, |x| whole(x) && x >= 1.0, "scores.counted", |_| None)?;
        for (((line, _), right), all) in csv.cells(correct).zip(&right).zip(&all) {
            if right > all {
                let why = WORDS.with("scores.more", &named![correct = *right, total = *all]);
                return Err(csv.refused_at(line, correct, &why));
            }
        }
        // A loss is the same with the other sign, and turns the law round.
        let log = |column| checked(&csv, column, |x| x <= 0.0, "scores.log", |_| None);
        let logs = log_column.map(log).transpose()?;
        let mut order: Vec<usize> = (0..sizes.len()).collect();
        order.sort_by(|&a, &b| sizes[a].total_cmp(&sizes[b]));
        let row = |&i: &usize| Score { size: sizes[i], correct: right[i] as u64, total: all[i] as u64 };
        let read: Vec<usize> = [size, correct, total].into_iter().chain(log_column).collect();
        let rows: Vec<Score> = order.iter().map(row).collect();
        if rows.iter().all(|other| other.size == rows[0].size) {
            return Err(csv.refused(&WORDS.get("scores.one-size")));
        }
        Ok(Scores {
            rows,
            log_likelihood: logs.map(|logs| order.iter().map(|&i| logs[i]).collect()),
            compute,
            own: true,
            unused: csv.spare(&read),
        })
    }
}

/// The sizes, or the compute: plainly in the unit of the header or as `7B`.
fn sized(csv: &Csv, column: usize, unit: f64, compute: bool) -> Result<Vec<f64>, Refusal> {
    let strange = |cell: &str| {
        let pointed = cell.replace(',', ".");
        amount(cell).is_none() && amount(&pointed).is_none() && cell.parse::<f64>().is_err()
    };
    if let Some((line, cell)) = csv.cells(column).find(|(_, cell)| !cell.is_empty() && strange(cell)) {
        let why = match as_count(cell) {
            Some(right) => WORDS.with("scores.spelled", &named![found = name(cell), right]),
            None => WORDS.with("scores.cell", &named![found = name(cell)]),
        };
        return Err(csv.refused_at(line, column, &why));
    }
    let mut sizes = checked(csv, column, |x| x > 0.0, "scores.positive", amount)?;
    let [least, most] = if compute { COMPUTES } else { COUNTS };
    for ((line, cell), size) in csv.cells(column).zip(&mut sizes) {
        *size *=
            if half_width(cell).ends_with(|c: char| c.is_ascii_digit() || c == '.') { unit } else { 1.0 };
        if !(least..=most).contains(size) {
            let id = if compute { "scores.compute" } else { "scores.size" };
            let why = WORDS.with(id, &named![found = name(cell), size = *size, least, most]);
            return Err(csv.refused_at(line, column, &why));
        }
    }
    Ok(sizes)
}

/// A column of numbers, each of which must pass.
fn checked(
    csv: &Csv,
    column: usize,
    fits: impl Fn(f64) -> bool,
    why: &str,
    read: impl Fn(&str) -> Option<f64>,
) -> Result<Vec<f64>, Refusal> {
    let numbers = csv.numbers_or(column, read)?;
    match csv.cells(column).zip(&numbers).find(|(_, number)| !fits(**number)) {
        None => Ok(numbers),
        Some(((line, cell), _)) => {
            let why: Text = WORDS.with(why, &named![found = name(cell)]);
            Err(csv.refused_at(line, column, &why))
        }
    }
}

/// What a test of so many items reads for each size of the run.
pub(crate) fn drawn(law: &PowerLaw, test: &Test, sizes: &[f64], items: u64, seed: u64) -> Scores {
    let mut rng = rng(seed, "Q11 scores of the run");
    let mut read = |&size: &f64| {
        let share = law.exact_match(size, test.tokens, test.items).clamp(0.0, 1.0);
        Score { size, correct: draw_correct(share, items, &mut rng), total: items }
    };
    let rows = sizes.iter().map(&mut read).collect();
    Scores { rows, log_likelihood: None, compute: false, own: false, unused: Vec::new() }
}
