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

/// The names that a column may have, as people call them.
const PARAMETERS: [&str; 8] =
    ["N", "params", "parameters", "n_params", "model_size", "Model Size", "size", "参数量"];
const TOKENS: [&str; 8] =
    ["D", "tokens", "n_tokens", "train_tokens", "training_tokens", "Training Tokens", "data", "数据量"];
const COMPUTE: [&str; 6] = ["C", "flops", "FLOP", "compute", "Training FLOP", "算力"];
const LOSS: [&str; 6] = ["loss", "L", "final_loss", "val_loss", "eval_loss", "损失"];

/// Runs that a person brought.
pub(crate) struct Brought {
    pub runs: Vec<Run>,
    /// Were the tokens worked out from a column of compute?
    pub from_compute: bool,
    /// Columns that nothing was read from.
    pub unused: Vec<String>,
}

pub(crate) fn read(path: &Path) -> Result<Brought, Refusal> {
    let (what, because) = (WORDS.get("refused.file"), WORDS.get("refused.large"));
    let csv = Csv::read(path, &Wanted { flag: "runs", what, most: MOST_BYTES, because })?;
    if csv.len() > MOST_RUNS {
        return Err(csv.refused(&WORDS.with("refused.many", &named![rows = csv.len(), most = MOST_RUNS])));
    }
    let (n, loss) = (csv.column_of(&PARAMETERS)?, csv.column_of(&LOSS)?);
    let tokens = csv.column_of(&TOKENS);
    let (second, from_compute) = match (tokens, csv.column_of(&COMPUTE)) {
        (Err(_), Ok(compute)) => (compute, true),
        (tokens, _) => (tokens?, false),
    };
    let sizes = numbers(&csv, n)?;
    let seconds = numbers(&csv, second)?;
    let losses = numbers(&csv, loss)?;
    let runs: Vec<Run> = (0..csv.len())
        .map(|i| {
            let d = if from_compute { seconds[i] / (6.0 * sizes[i]) } else { seconds[i] };
            Run { n: sizes[i], d, loss: losses[i] }
        })
        .collect();
    check_runs(&runs).at(format!("--runs {}", path.display()))?;
    let used = [n, second, loss];
    let names = csv.header().iter().enumerate();
    let unused = names.filter(|(place, _)| !used.contains(place)).map(|(_, name)| name.clone()).collect();
    Ok(Brought { runs, from_compute, unused })
}

/// The cells of a column, written plainly or as `7B`, all above 0.
fn numbers(csv: &Csv, column: usize) -> Result<Vec<f64>, Refusal> {
    // A column of plain numbers is read as everywhere: with semicolons a comma is the decimal point.
    match csv.numbers(column) {
        Ok(plain) if plain.iter().all(|value| *value > 0.0) => return Ok(plain),
        _ => {}
    }
    let read = |(line, cell): (usize, &str)| {
        let shown: String = cell.chars().take(20).collect();
        let why: Text = match parse_count(cell) {
            Ok(value) if value > 0.0 => return Ok(value),
            Ok(_) => WORDS.with("refused.negative", &named![cell = shown]),
            Err(_) if cell.is_empty() => WORDS.get("refused.empty"),
            Err(_) => WORDS.with("refused.cell", &named![cell = shown]),
        };
        Err(csv.refused_at(line, column, &why))
    };
    csv.cells(column).map(read).collect()
}
