//! A person's own training runs.

use std::path::Path;

use concepts::scaling::{Run, check_runs, parse_count};

use super::WORDS;
use crate::errors::At;
use crate::kit::csv::Csv;
use crate::kit::files::Wanted;
use crate::kit::knob::Refusal;
use crate::kit::text::Text;
use crate::named;

/// A table is not read beyond this.
pub(crate) const MOST_BYTES: u64 = 4 << 20;
/// More runs than any laboratory has made; a fit of these takes seconds.
const MOST_RUNS: usize = 5000;

/// Parameters and tokens of a model are more than this; who writes less counts in millions or billions.
const LEAST: f64 = 1e3;

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
        match (csv.column_in_units(&PARAMETERS), csv.column_in_units(&TOKENS), csv.column_of(&COMPUTE)) {
            (Ok(n), Err(_), Ok(compute)) => (n, (compute, 1.0), Some(WorkedOut::Tokens)),
            (Err(_), Ok(d), Ok(compute)) => (d, (compute, 1.0), Some(WorkedOut::Parameters)),
            (n, d, _) => (n?, d?, None),
        };
    let (firsts, seconds) = (numbers(&csv, first, of_first)?, numbers(&csv, second, of_second)?);
    let losses = numbers(&csv, loss, 1.0)?;
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
    let sizes = |i: usize| if worked_out.is_some() { vec![firsts[i]] } else { vec![firsts[i], seconds[i]] };
    for (i, run) in runs.iter().enumerate() {
        let small = sizes(i).into_iter().position(|size| size < LEAST);
        let (column, why) = match small {
            Some(place) => ([first, second][place], "refused.small"),
            None if run.n.min(run.d) < LEAST => (second, "refused.small-compute"),
            None => continue,
        };
        let (line, cell) = csv.cells(column).nth(i).unwrap_or_default();
        let cell: String = cell.chars().take(20).collect();
        return Err(csv.refused_at(line, column, &WORDS.with(why, &named![cell])));
    }
    check_runs(&runs).at(format!("--runs {}", path.display()))?;
    Ok(Brought { runs, worked_out, unused: csv.spare(&[first, second, loss]) })
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
        let cell = csv.pointed(cell).map_err(|why| csv.refused_at(line, column, &why))?;
        let why: Text = match parse_count(&cell) {
            Ok(value) if value > 0.0 => {
                return Ok(if cell.parse().is_ok_and(f64::is_finite) { value * unit } else { value });
            }
            Ok(_) => WORDS.with("refused.negative", &named![cell = shown]),
            Err(_) if cell.is_empty() => WORDS.get("refused.empty"),
            Err(_) => WORDS.with("refused.cell", &named![cell = shown]),
        };
        Err(csv.refused_at(line, column, &why))
    };
    csv.cells(column).map(read).collect()
}
