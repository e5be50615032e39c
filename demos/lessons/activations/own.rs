//! Numbers of one's own: a column of a CSV file, a list in JSON, one number a line, or what `numpy.save` writes.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use serde_json::Value;

use super::WORDS;
use crate::kit::csv::Csv;
use crate::kit::files::{self, Wanted};
use crate::kit::knob::Refusal;
use crate::kit::text::Text;
use crate::kit::visible::name;
use crate::lessons::decoding::npy;
use crate::named;

/// A file is not read beyond this.
const MOST_BYTES: u64 = 64 << 20;
/// Seconds for a byte that is read and sent through every function, about.
const A_BYTE: f64 = 1.6e-7;
/// Shorter runs are over before a line could be read.
const LONG: f64 = 1.0;

/// What such a file begins with.
const NUMPY: &[u8] = b"\x93NUMPY";

/// What was read.
pub(crate) struct Own {
    pub numbers: Vec<f64>,
    /// The column, where there are columns.
    pub column: Option<String>,
    /// Columns that were not used.
    pub unused: Vec<Text>,
    /// The path, as it was given.
    pub file: String,
}

/// What to say while a large file goes through.
pub(super) fn waiting(path: &Path) -> Option<Text> {
    let seconds = std::fs::metadata(path).ok()?.len().min(MOST_BYTES) as f64 * A_BYTE;
    (seconds >= LONG).then(|| WORDS.with("waiting", &named![seconds]))
}

pub(crate) fn read(path: &Path, column: Option<&str>) -> Result<Own, Refusal> {
    let (what, because) = (WORDS.get("refused.file"), WORDS.get("refused.large"));
    let wanted = Wanted { flag: "values", what, most: MOST_BYTES, because };
    let ends = |with: &str| path.extension().is_some_and(|end| end.eq_ignore_ascii_case(with));
    let file = path.display().to_string();
    let numbers = match () {
        () if ends("npy") || is_numpy(path) => of_numpy(&files::read(path, &wanted)?, &file)?,
        () if ends("json") => of_json(&files::read_text(path, &wanted)?, &file)?,
        () if ends("txt") => match listed(&files::read_text(path, &wanted)?, &file)? {
            Some(numbers) => numbers,
            None => return of_csv(&Csv::read(path, &wanted)?, column, file),
        },
        () => return of_csv(&Csv::read(path, &wanted)?, column, file),
    };
    if column.is_some() {
        return Err(Refusal(WORDS.get("refused.column")));
    }
    if numbers.is_empty() {
        return Err(Refusal(WORDS.with("refused.empty", &named![file])));
    }
    Ok(Own { numbers, column: None, unused: Vec::new(), file })
}

/// Is it such a file, whatever it is called? A pipe is not asked: what is read of it would be missing later.
fn is_numpy(path: &Path) -> bool {
    let mut begin = [0; NUMPY.len()];
    let read = path.is_file().then(|| File::open(path)?.read_exact(&mut begin));
    matches!(read, Some(Ok(()))) && begin == NUMPY
}

/// All numbers of an array.
fn of_numpy(bytes: &[u8], file: &str) -> Result<Vec<f64>, Refusal> {
    let numbers = npy::rows(bytes, &format!("--values {file}"))?.concat();
    match numbers.iter().position(|x| !x.is_finite()) {
        None => Ok(numbers),
        Some(place) => {
            let found = numbers[place].to_string();
            Err(Refusal(WORDS.with("refused.not-finite", &named![file, place = place + 1, found])))
        }
    }
}

/// A list, or lists in a list, as `x.tolist()` gives them.
fn of_json(text: &str, file: &str) -> Result<Vec<f64>, Refusal> {
    let wrong = |error: serde_json::Error| {
        // What is no list at all is wrong before its first sign.
        let (line, column) = (error.line(), error.column().max(1));
        Refusal(WORDS.with("refused.list", &named![file, line, column]))
    };
    let error = match serde_json::from_str::<Vec<f64>>(text) {
        Ok(flat) => return Ok(flat),
        Err(error) => error,
    };
    let nested: Value = serde_json::from_str(text).map_err(wrong)?;
    let mut numbers = Vec::new();
    match flatten(&nested, &mut numbers) {
        Some(()) if nested.is_array() => Ok(numbers),
        _ => Err(wrong(error)),
    }
}

/// The numbers of lists in lists, however deep.
fn flatten(value: &Value, numbers: &mut Vec<f64>) -> Option<()> {
    match value {
        Value::Number(number) => number.as_f64().map(|number| numbers.push(number)),
        Value::Array(values) => values.iter().try_for_each(|value| flatten(value, numbers)),
        _ => None,
    }
}

/// Numbers without a name above them, one on each line or several; lines of comment as numpy writes them. Nothing
/// where the first line is no row of numbers: then it names the columns of a table.
fn listed(text: &str, file: &str) -> Result<Option<Vec<f64>>, Refusal> {
    let text = text.trim_start_matches('\u{feff}');
    let lines = || text.lines().zip(1_usize..).filter(|(line, _)| !line.trim_start().starts_with('#'));
    let is_row = |line: &str| {
        let mut parts = line.split([',', ';', '\t', ' ']).map(str::trim).filter(|part| !part.is_empty());
        parts.all(|part| part.parse::<f64>().is_ok())
    };
    if lines().find(|(line, _)| !line.trim().is_empty()).is_some_and(|(first, _)| !is_row(first)) {
        return Ok(None);
    }
    let words = lines().flat_map(|(line, at)| line.split_whitespace().map(move |word| (at, word)));
    let number = |(line, word): (usize, &str)| match word.parse::<f64>() {
        Ok(number) if number.is_finite() => Ok(number),
        _ => Err(Refusal(WORDS.with("refused.line", &named![file, line, found = name(word)]))),
    };
    words.map(number).collect::<Result<_, _>>().map(Some)
}

/// The named column; else the first that is all numbers; else the first that has some, or the very first, which then
/// says what is wrong with it.
fn of_csv(csv: &Csv, column: Option<&str>, file: String) -> Result<Own, Refusal> {
    let at = match column {
        Some(name) => csv.column(name)?,
        None => {
            let some = || (0..csv.header().len()).find(|&column| !csv.is_words(column));
            csv.numeric().first().copied().or_else(some).unwrap_or(0)
        }
    };
    let numbers = csv.numbers(at)?;
    Ok(Own { numbers, column: Some(csv.header()[at].clone()), unused: csv.spare(&[at]), file })
}
