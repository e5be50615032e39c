//! A person's own training runs.

use std::path::Path;

use concepts::scaling::{Run, check_runs, parse_count};

use super::WORDS;
use crate::errors::At;
use crate::kit::csv::Csv;
use crate::kit::files::Wanted;
use crate::kit::knob::Refusal;
use crate::kit::number::half_width;
use crate::kit::spelling::as_count;
use crate::kit::text::Text;
use crate::kit::visible::name;
use crate::named;

/// A table is not read beyond this.
pub(crate) const MOST_BYTES: u64 = 4 << 20;
/// More runs than any laboratory has made; a fit of these takes seconds.
const MOST_RUNS: usize = 5000;

/// Parameters and tokens of a model are more than this; who writes less counts in millions or billions.
const LEAST: f64 = 1e3;
/// They are not more than this, as for the flags; who writes more has counted in billions twice.
const LARGEST: [f64; 2] = [1e16, 1e18];

/// The names that a column may have, as people call them.
const PARAMETERS: [&str; 9] = [
    "N",
    "params",
    "parameters",
    "n_params",
    "model_size",
    "Model Size",
    "size",
    "non_embedding_params",
    "参数量",
];
const TOKENS: [&str; 8] =
    ["D", "tokens", "n_tokens", "train_tokens", "training_tokens", "Training Tokens", "data", "数据量"];
const COMPUTE: [&str; 6] = ["C", "flops", "FLOP", "compute", "Training FLOP", "算力"];
const LOSS: [&str; 6] = ["loss", "L", "final_loss", "val_loss", "eval_loss", "损失"];

/// Runs that a person brought.
pub(crate) struct Brought {
    pub runs: Vec<Run>,
    /// What was worked out from a column of compute.
    pub worked_out: Option<WorkedOut>,
    /// Columns that nothing was read from.
    pub unused: Vec<Text>,
}

/// The size that a file leaves out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WorkedOut {
    Tokens,
    Parameters,
}

pub(crate) fn read(path: &Path) -> Result<Brought, Refusal> {
    let (what, because) = (WORDS.get("refused.file"), WORDS.get("refused.large"));
    let csv = Csv::read(path, &Wanted { flag: "runs", what, most: MOST_BYTES, because })?;
    if csv.len() > MOST_RUNS {
        return Err(csv.refused(&WORDS.with("refused.many", &named![rows = csv.len(), most = MOST_RUNS])));
    }
    let loss = csv.column_of(&LOSS)?;
    let ((first, of_first), (second, of_second), worked_out) =
        match (csv.column_in_units(&PARAMETERS), csv.column_in_units(&TOKENS), csv.column_in_units(&COMPUTE))
        {
            (Ok(n), Err(_), Ok(compute)) => (n, compute, Some(WorkedOut::Tokens)),
            (Err(_), Ok(d), Ok(compute)) => (d, compute, Some(WorkedOut::Parameters)),
            (n, d, _) => (n?, d?, None),
        };
    let (firsts, seconds) = (numbers(&csv, first, of_first)?, numbers(&csv, second, of_second)?);
    let losses = above_zero(&csv, loss)?;
    let run = |i: usize| {
        let (first, second, loss) = (firsts[i], seconds[i], losses[i]);
        // C ≈ 6ND, whichever of the two is left out.
        let third = second / (6.0 * first);
        match worked_out {
            None => Run { n: first, d: second, loss },
            Some(WorkedOut::Tokens) => Run { n: first, d: third, loss },
            Some(WorkedOut::Parameters) => Run { n: third, d: first, loss },
        }
    };
    let runs: Vec<Run> = (0..csv.len()).map(run).collect();
    sensible(&csv, &runs, [first, second], worked_out)?;
    check_runs(&runs).at(format!("--runs {}", path.display()))?;
    Ok(Brought { runs, worked_out, unused: csv.spare(&[first, second, loss]) })
}

/// Refuses a run whose sizes no model has: in a unit that was not said, or in one that was said twice.
fn sensible(
    csv: &Csv,
    runs: &[Run],
    [first, second]: [usize; 2],
    worked_out: Option<WorkedOut>,
) -> Result<(), Refusal> {
    let columns = match worked_out {
        Some(WorkedOut::Parameters) => [second, first],
        _ => [first, second],
    };
    for (i, run) in runs.iter().enumerate() {
        let sizes = [run.n, run.d];
        // What was worked out from compute stands for the compute.
        let own = |place: usize| worked_out.is_none() || columns[place] == first;
        let found = [0, 1].into_iter().find_map(|place| match sizes[place] {
            size if size < LEAST && own(place) => Some((place, "refused.small")),
            size if size > LARGEST[place] && own(place) => Some((place, "refused.huge")),
            _ => None,
        });
        let worked = (0..2).find_map(|place| match sizes[place] {
            size if size < LEAST => Some((place, "refused.small-compute")),
            size if size > LARGEST[place] => Some((place, "refused.huge-compute")),
            _ => None,
        });
        let Some((place, why)) = found.or(worked) else { continue };
        let (line, cell) = csv.cells(columns[place]).nth(i).unwrap_or_default();
        let (size, most) = (sizes[place], LARGEST[place]);
        let why = WORDS.with(why, &named![cell = name(cell), size, most]);
        return Err(csv.refused_at(line, columns[place], &why));
    }
    Ok(())
}

/// A column of losses. A loss has no unit.
fn above_zero(csv: &Csv, column: usize) -> Result<Vec<f64>, Refusal> {
    let numbers = csv.numbers(column)?;
    match csv.cells(column).zip(&numbers).find(|(_, loss)| **loss <= 0.0) {
        None => Ok(numbers),
        Some(((line, cell), _)) => {
            let why = WORDS.with("refused.negative", &named![cell = name(cell)]);
            Err(csv.refused_at(line, column, &why))
        }
    }
}

/// The cells of a column, written plainly in a unit or as `7B`, all above 0.
fn numbers(csv: &Csv, column: usize, unit: f64) -> Result<Vec<f64>, Refusal> {
    // A column of plain numbers is read as everywhere: with semicolons a comma is the decimal point.
    match csv.numbers(column) {
        Ok(plain) if plain.iter().all(|value| *value > 0.0) => {
            return Ok(plain.iter().map(|value| value * unit).collect());
        }
        _ => {}
    }
    let read = |(line, cell): (usize, &str)| {
        let shown: String = cell.chars().take(20).collect();
        let plain = half_width(&csv.pointed(cell).map_err(|why| csv.refused_at(line, column, &why))?);
        let why: Text = match parse_count(&plain) {
            Ok(value) if value > 0.0 => {
                return Ok(if plain.parse().is_ok_and(f64::is_finite) { value * unit } else { value });
            }
            Ok(_) => WORDS.with("refused.negative", &named![cell = shown]),
            Err(_) if cell.is_empty() => WORDS.get("refused.empty"),
            Err(_) => match as_count(&plain) {
                Some(right) => WORDS.with("refused.cell-spelled", &named![cell = shown, right]),
                None => WORDS.with("refused.cell", &named![cell = shown]),
            },
        };
        Err(csv.refused_at(line, column, &why))
    };
    csv.cells(column).map(read).collect()
}
