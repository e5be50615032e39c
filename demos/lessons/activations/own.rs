//! Numbers of one's own: a column of a CSV file, or a list in JSON.

use std::path::Path;

use super::WORDS;
use crate::kit::csv::Csv;
use crate::kit::files::{self, Wanted};
use crate::kit::knob::Refusal;
use crate::kit::text::Text;
use crate::named;

/// A file is not read beyond this.
const MOST_BYTES: u64 = 64 << 20;
/// Seconds for a byte that is read and sent through every function, about.
const A_BYTE: f64 = 1.6e-7;
/// Shorter runs are over before a line could be read.
const LONG: f64 = 1.0;

/// What was read.
pub(crate) struct Own {
    pub numbers: Vec<f64>,
    /// The column, where there are columns.
    pub column: Option<String>,
    /// Columns that were not used.
    pub unused: Vec<String>,
}

/// What to say while a large file goes through.
pub(super) fn waiting(path: &Path) -> Option<Text> {
    let seconds = std::fs::metadata(path).ok()?.len().min(MOST_BYTES) as f64 * A_BYTE;
    (seconds >= LONG).then(|| WORDS.with("waiting", &named![seconds]))
}

pub(crate) fn read(path: &Path, column: Option<&str>) -> Result<Own, Refusal> {
    let (what, because) = (WORDS.get("refused.file"), WORDS.get("refused.large"));
    let wanted = Wanted { flag: "values", what, most: MOST_BYTES, because };
    let json = path.extension().is_some_and(|end| end.eq_ignore_ascii_case("json"));
    if !json {
        return of_csv(&Csv::read(path, &wanted)?, column);
    }
    if column.is_some() {
        return Err(Refusal(WORDS.get("refused.column")));
    }
    let text = files::read_text(path, &wanted)?;
    let file = path.display().to_string();
    let numbers: Vec<f64> = serde_json::from_str(&text).map_err(|error| {
        // What is no list at all is wrong before its first sign.
        let (line, column) = (error.line(), error.column().max(1));
        Refusal(WORDS.with("refused.list", &named![file = file.clone(), line, column]))
    })?;
    if numbers.is_empty() {
        return Err(Refusal(WORDS.with("refused.empty", &named![file])));
    }
    Ok(Own { numbers, column: None, unused: Vec::new() })
}

/// The named column; else the first that is all numbers; else the first, which then says what is wrong with it.
fn of_csv(csv: &Csv, column: Option<&str>) -> Result<Own, Refusal> {
    let at = match column {
        Some(name) => csv.column(name)?,
        None => csv.numeric().first().copied().unwrap_or(0),
    };
    let numbers = csv.numbers(at)?;
    let others = csv.header().iter().enumerate().filter(|(i, _)| *i != at);
    let unused = others.map(|(_, name)| name.clone()).collect();
    Ok(Own { numbers, column: Some(csv.header()[at].clone()), unused })
}
