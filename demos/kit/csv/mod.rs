//! A person's table: a header with names, then rows.
//!
//! Commas, semicolons or tabs, whichever makes a table of it. Every refusal says which file, line and column.
//!
//! | file | what it knows |
//! |---|---|
//! | `columns` | columns by their names |
//! | `decimal` | whether a comma is the decimal point |
//! | `lines` | where rows begin, what separates, which quotation mark swallowed rows |
//! | `numbers` | cells as numbers, and what people write in place of one |
//! | `unnamed` | columns without a name: the count of rows, and those that are empty |

mod columns;
mod decimal;
mod lines;
mod numbers;
mod unnamed;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use ::csv::{ReaderBuilder, StringRecord};

use super::files::{Wanted, read_text};
use super::knob::Refusal;
use super::text::{Lang, Text, text};
use lines::Lines;

/// A table that was read.
///
/// ```
/// use std::io::Write;
///
/// use demos::kit::csv::Csv;
/// use demos::kit::files::Wanted;
/// use demos::kit::text::text;
///
/// let mut file = tempfile::NamedTempFile::new()?;
/// file.write_all(b"name,size\nsmall,1\nlarge,2.5\n")?;
/// let because = text("a table of measurements has less", "测量数据没有这么大");
/// let wanted = Wanted { flag: "csv", what: text("a CSV file", "CSV 文件"), most: 1 << 20, because };
///
/// let csv = Csv::read(file.path(), &wanted)?;
/// assert_eq!(csv.numbers(csv.column("size")?)?, [1.0, 2.5]);
/// assert_eq!(csv.numeric(), [1]);
/// assert!(csv.column("sizes").unwrap_err().to_string().contains("nearest is size"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Csv {
    flag: &'static str,
    path: PathBuf,
    separator: char,
    header: Vec<String>,
    /// Each with the line that it begins on.
    rows: Vec<(usize, StringRecord)>,
    /// So many first columns counted the rows and were left out.
    counted: usize,
    /// Is a comma the decimal point?
    decimal_comma: bool,
}

/// The form in which many such files come.
const JSON: Text = text(
    "this looks like JSON; give a table (CSV or TSV) whose first line names the columns",
    "看起来是 JSON；请转成表格（CSV 或 TSV），第一行是列名",
);

/// So many names, or characters of a cell, are shown in a refusal.
const SHOWN: usize = 20;

impl Csv {
    /// Reads a table.
    ///
    /// # Errors
    /// What [`read_text`] refuses; JSON, no header, a header of numbers, no rows, a row with more or fewer cells, a
    /// quotation mark that swallows rows.
    pub fn read(path: &Path, wanted: &Wanted) -> Result<Csv, Refusal> {
        Csv::read_as(path, wanted, false)
    }

    /// Reads a table whose columns need no names: line 1 may be a row of numbers already, as numpy writes it, or
    /// count the columns from 0, as pandas does.
    ///
    /// # Errors
    /// As [`Csv::read`]. Two numbers that are 0 and 1 may be names or data, and are refused.
    pub fn read_matrix(path: &Path, wanted: &Wanted) -> Result<Csv, Refusal> {
        Csv::read_as(path, wanted, true)
    }

    fn read_as(path: &Path, wanted: &Wanted, matrix: bool) -> Result<Csv, Refusal> {
        let written = lines::of_old_macs(read_text(path, wanted)?);
        if is_json(&written) {
            return Err(refused(wanted.flag, path, &JSON));
        }
        let (separator, start) = lines::separator(&written);
        let mut lines = Lines::from(&written, start);
        let mut reader = ReaderBuilder::new()
            .delimiter(separator as u8)
            .flexible(true) // the lengths are compared here, where lines are counted
            .from_reader(&written.as_bytes()[start..]);
        let broken = |error: ::csv::Error| broken(wanted.flag, path, &error);
        let first = reader.headers().map_err(broken)?.clone();
        let mut csv = Csv {
            flag: wanted.flag,
            path: path.to_owned(),
            separator,
            header: first.iter().enumerate().map(|(column, name)| names(column, name.trim())).collect(),
            rows: Vec::new(),
            counted: 0,
            decimal_comma: false,
        };
        if matrix && csv.first_is_data() {
            csv.header = (1..=first.len()).map(|column| column.to_string()).collect();
            csv.rows.push((lines.of(&first), first));
        } else {
            csv.named(matrix)?;
        }
        let by_line = lines.all_have(separator, csv.header.len());
        let mut row = StringRecord::new();
        while reader.read_record(&mut row).map_err(broken)? {
            let line = lines.of(&row);
            let raw = lines.up_to(reader.position().byte());
            csv.whole(line, &row, &raw, by_line)?;
            csv.rows.push((line, std::mem::take(&mut row)));
        }
        csv.finished()
    }

    /// What can be told once all rows are there.
    fn finished(mut self) -> Result<Csv, Refusal> {
        if self.rows.is_empty() {
            let why = text("below the header there is no row", "表头下面没有数据行");
            return Err(self.refused(&why));
        }
        if self.is_not_separated() {
            let why = text(
                "its columns are not separated; write a comma, a semicolon or a tab between them",
                "各列没有分开；列与列之间请用逗号、分号或制表符",
            );
            return Err(self.refused(&why));
        }
        self.leave_out_unnamed();
        self.decimal_comma = self.has_decimal_commas();
        Ok(self)
    }

    /// Numbers where names are wanted mean that the header is missing, and a row of data would be lost.
    fn named(&self, matrix: bool) -> Result<(), Refusal> {
        let all_numbers = self.header.iter().all(|name| self.heading(name).is_some());
        let why = if self.header.iter().all(String::is_empty) {
            text("it is empty; its first line must name the columns", "文件是空的；第一行应该是列名")
        } else if matrix && self.header.len() <= 2 && self.header_counts() {
            text(
                "line 1 may count the columns, or be the first row; put a line with their names above it",
                "第 1 行可能是列号，也可能是第一行数据；请在它上面加一行列名",
            )
        } else if let Some(column) = self.infinite().filter(|_| matrix && all_numbers) {
            let (shown, place) = (&self.header[column], column + 1);
            return Err(self.refused(&Text::new(
                format!("line 1, column {place}: {shown} is not a finite number"),
                format!("第 1 行第 {place} 列：{shown} 不是有限的数"),
            )));
        } else if all_numbers && !(matrix && self.header_counts()) {
            text("line 1 has numbers; it must name the columns", "第 1 行是数字；第一行应该是列名")
        } else {
            return self.different();
        };
        Err(self.refused(&why))
    }

    /// Is line 1 a row of numbers that does not count the columns?
    fn first_is_data(&self) -> bool {
        let number = |name: &String| self.heading(name).is_some_and(f64::is_finite);
        self.header.iter().all(number) && !self.header_counts()
    }

    /// The first column whose name is a number that is not finite.
    fn infinite(&self) -> Option<usize> {
        self.header.iter().position(|name| self.heading(name).is_some_and(|number| !number.is_finite()))
    }

    /// A name that is a number, with either decimal point where a comma can be it.
    fn heading(&self, name: &str) -> Option<f64> {
        let comma = || (self.separator != ',').then(|| name.replacen(',', ".", 1).parse().ok()).flatten();
        name.parse().ok().or_else(comma)
    }

    /// Are the columns called 0, 1, 2, …? So pandas calls those of a matrix.
    pub fn header_counts(&self) -> bool {
        self.header.iter().enumerate().all(|(i, name)| *name == i.to_string())
    }

    /// Two columns of one name cannot be told apart; those without a name are not asked for.
    fn different(&self) -> Result<(), Refusal> {
        let mut seen = BTreeSet::new();
        match self.header.iter().find(|name| !name.is_empty() && !seen.insert(*name)) {
            Some(again) => Err(self.refused(&columns::several(again))),
            None => Ok(()),
        }
    }

    /// Refuses a row with more or fewer cells than the header has names, and one that swallowed others.
    fn whole(&self, line: usize, row: &StringRecord, raw: &lines::Raw, by_line: bool) -> Result<(), Refusal> {
        let (cells, names) = (row.len(), self.header.len());
        if raw.swallowed(row, self.separator, names, by_line) {
            let open = row.iter().position(|cell| cell.contains('\n')).unwrap_or(0);
            let [en, zh] = self.called(open);
            return Err(self.refused(&Text::new(
                format!(
                    "line {line}: the quotation mark in {en} is not closed before the row ends, and the rows below \
                     became part of the cell; take it out, or put the whole cell in quotation marks and double \
                     those inside"
                ),
                format!(
                    "第 {line} 行：{zh}里的引号在本行没有配对，后面的行都被并进了这一格；请删掉它，或者把整格用引号括起来，格内的引号写成两个"
                ),
            )));
        }
        if cells != names {
            return Err(self.refused(&Text::new(
                format!("line {line}: the row has {cells}, the header {names} columns"),
                format!("第 {line} 行有 {cells} 列，表头有 {names} 列"),
            )));
        }
        Ok(())
    }

    /// The names of the columns.
    pub fn header(&self) -> &[String] {
        &self.header
    }

    /// How many rows there are below the header.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Never: a table without rows is refused.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The cells of a column without blanks around them, each with its line in the file.
    pub fn cells(&self, column: usize) -> impl Iterator<Item = (usize, &str)> {
        self.verbatim(column).map(|(line, cell)| (line, cell.trim()))
    }

    /// The cells of a column as they stand there: blanks are a part of a token's name.
    pub fn verbatim(&self, column: usize) -> impl Iterator<Item = (usize, &str)> {
        self.rows.iter().map(move |(line, row)| (*line, &row[column]))
    }

    /// The cells of a column as text.
    pub fn texts(&self, column: usize) -> Vec<&str> {
        self.cells(column).map(|(_, cell)| cell).collect()
    }

    /// A refusal of this file.
    pub fn refused(&self, why: &Text) -> Refusal {
        refused(self.flag, &self.path, why)
    }

    /// A refusal of one cell.
    pub fn refused_at(&self, line: usize, column: usize, why: &Text) -> Refusal {
        let [en, zh] = self.called(column);
        self.refused(&led(&format!("line {line}, {en}: "), &format!("第 {line} 行，{zh}："), why))
    }

    /// A column by its name, or else by its place in the file.
    fn called(&self, column: usize) -> [String; 2] {
        let place = self.counted + column + 1;
        match self.header.get(column).filter(|name| !name.is_empty()) {
            Some(name) => [format!("column {name}"), format!("{name} 列")],
            None => [format!("column {place}"), format!("第 {place} 列")],
        }
    }
}

/// Numpy writes its header as a comment: `# a,b,c`.
fn names(column: usize, name: &str) -> String {
    let bare = name.strip_prefix("# ").filter(|_| column == 0).map(str::trim).filter(|bare| !bare.is_empty());
    bare.unwrap_or(name).to_owned()
}

/// An object of named values, or a list of objects, lists or texts.
fn is_json(written: &str) -> bool {
    let mut signs = written.chars().filter(|c| !c.is_whitespace() && *c != '\u{feff}');
    match (signs.next(), signs.next()) {
        (Some('{'), Some(next)) => ['"', '}'].contains(&next),
        (Some('['), Some(next)) => ['{', '[', '"'].contains(&next),
        _ => false,
    }
}

fn refused(flag: &str, path: &Path, why: &Text) -> Refusal {
    let shown = path.display();
    Refusal(led(&format!("--{flag} {shown}: "), &format!("--{flag} {shown}："), why))
}

/// A reason behind the place it concerns.
fn led(en: &str, zh: &str, why: &Text) -> Text {
    Text::new(format!("{en}{}", why.get(Lang::En)), format!("{zh}{}", why.get(Lang::Zh)))
}

/// The text is UTF-8 and rows may have any length, so the reader has nothing left to say but this.
fn broken(flag: &str, path: &Path, error: &::csv::Error) -> Refusal {
    refused(flag, path, &Text::new(format!("no table can be read ({error})"), "读不出表格"))
}

#[cfg(test)]
mod tests;
