//! A person's table: a header with names, then rows.
//!
//! Commas, semicolons or tabs, whichever the header has most of. Every refusal says which file, line and column.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use ::csv::{ReaderBuilder, StringRecord};

use super::files::{Wanted, read_text};
use super::knob::Refusal;
use super::text::{Lang, Text, text};

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
    /// What [`read_text`] refuses; JSON, no header, a header of numbers, no rows, a row with more or fewer cells.
    pub fn read(path: &Path, wanted: &Wanted) -> Result<Csv, Refusal> {
        let written = read_text(path, wanted)?;
        if is_json(&written) {
            return Err(refused(wanted.flag, path, &JSON));
        }
        let separator = separator(&written);
        let mut reader = ReaderBuilder::new()
            .delimiter(separator as u8)
            .trim(::csv::Trim::All)
            .flexible(true) // the lengths are compared here, where lines are counted
            .from_reader(written.as_bytes());
        let header: Vec<String> = match reader.headers() {
            Ok(names) => names.iter().map(str::to_owned).collect(),
            Err(error) => return Err(broken(wanted.flag, path, &error)),
        };
        let mut csv = Csv { flag: wanted.flag, path: path.to_owned(), separator, header, rows: Vec::new() };
        csv.named()?;
        let mut lines = Lines { written: &written, byte: 0, line: 1 };
        for row in reader.records() {
            let row = row.map_err(|error| broken(wanted.flag, path, &error))?;
            csv.push(lines.of(&row), row)?;
        }
        if csv.rows.is_empty() {
            let why = text("below the header there is no row", "表头下面没有数据行");
            return Err(csv.refused(&why));
        }
        Ok(csv)
    }

    /// Numbers where names are wanted mean that the header is missing, and a row of data would be lost.
    fn named(&self) -> Result<(), Refusal> {
        let all_numbers = self.header.iter().all(|name| name.parse::<f64>().is_ok());
        let why = if self.header.iter().all(String::is_empty) {
            text("it is empty; its first line must name the columns", "文件是空的；第一行应该是列名")
        } else if all_numbers {
            text("line 1 has numbers; it must name the columns", "第 1 行是数字；第一行应该是列名")
        } else {
            return self.different();
        };
        Err(self.refused(&why))
    }

    /// Two columns of one name cannot be told apart; those without a name are not asked for.
    fn different(&self) -> Result<(), Refusal> {
        let mut seen = BTreeSet::new();
        match self.header.iter().find(|name| !name.is_empty() && !seen.insert(*name)) {
            Some(again) => Err(self.refused(&several(again))),
            None => Ok(()),
        }
    }

    fn push(&mut self, line: usize, row: StringRecord) -> Result<(), Refusal> {
        let (cells, names) = (row.len(), self.header.len());
        if cells != names {
            return Err(self.refused(&Text::new(
                format!("line {line}: the row has {cells}, the header {names} columns"),
                format!("第 {line} 行有 {cells} 列，表头有 {names} 列"),
            )));
        }
        self.rows.push((line, row));
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

    /// The place of a column. Letters may be small or capital.
    ///
    /// # Errors
    /// No column is called so, or more than one in other letters: the columns that there are, and the nearest.
    pub fn column(&self, name: &str) -> Result<usize, Refusal> {
        let places = |same: fn(&str, &str) -> bool| -> Vec<usize> {
            (0..self.header.len()).filter(|&c| same(&self.header[c], name)).collect()
        };
        let exact = places(|a, b| a == b);
        let found =
            if exact.is_empty() { places(|a, b| a.to_lowercase() == b.to_lowercase()) } else { exact };
        match found[..] {
            [place] => Ok(place),
            [] => Err(self.refused(&self.unknown(name))),
            _ => Err(self.refused(&several(name))),
        }
    }

    /// The place of the column that has the first of these names that is there.
    ///
    /// # Errors
    /// None of them is there: the columns that there are.
    pub fn column_of(&self, names: &[&str]) -> Result<usize, Refusal> {
        let there =
            |name: &&&str| self.header.iter().any(|known| known.to_lowercase() == name.to_lowercase());
        match names.iter().find(there) {
            Some(name) => self.column(name),
            None => {
                let (wanted, there) = (names.join(" / "), self.there());
                Err(self.refused(&Text::new(
                    format!("no column is called {wanted}; the columns are {there}"),
                    format!("没有哪一列叫 {wanted}；现有的列：{there}"),
                )))
            }
        }
    }

    /// The names of the columns as a refusal shows them.
    fn there(&self) -> String {
        let mut there = self.header.iter().take(SHOWN).cloned().collect::<Vec<_>>().join(", ");
        if self.header.len() > SHOWN {
            there.push_str(", …");
        }
        there
    }

    fn unknown(&self, name: &str) -> Text {
        let there = self.there();
        let likeness = |known: &&String| (strsim::jaro_winkler(known, name) * 1e6) as u64;
        let near = self.header.iter().max_by_key(likeness).filter(|known| likeness(known) > 800_000);
        let [en, zh] = match near {
            Some(near) => [format!("; the nearest is {near}"), format!("；最接近的是 {near}")],
            None => [String::new(), String::new()],
        };
        Text::new(
            format!("no column is called {name}{en}; the columns are {there}"),
            format!("没有叫“{name}”的列{zh}；现有的列：{there}"),
        )
    }

    /// The cells of a column, each with its line in the file.
    pub fn cells(&self, column: usize) -> impl Iterator<Item = (usize, &str)> {
        self.rows.iter().map(move |(line, row)| (*line, &row[column]))
    }

    /// The cells of a column as text.
    pub fn texts(&self, column: usize) -> Vec<&str> {
        self.cells(column).map(|(_, cell)| cell).collect()
    }

    /// The cells of a column as numbers.
    ///
    /// # Errors
    /// The first cell that is empty or no finite number, with its line.
    pub fn numbers(&self, column: usize) -> Result<Vec<f64>, Refusal> {
        self.cells(column)
            .map(|(line, cell)| self.number(cell).map_err(|why| self.refused_at(line, column, &why)))
            .collect()
    }

    /// The numbers of a column in which a cell may be written in another way as well, for instance `7B`.
    ///
    /// # Errors
    /// As [`Csv::numbers`].
    pub fn numbers_or(&self, column: usize, read: impl Fn(&str) -> Option<f64>) -> Result<Vec<f64>, Refusal> {
        self.cells(column)
            .map(|(line, cell)| {
                let number = self.number(cell).or_else(|why| read(cell).filter(|x| x.is_finite()).ok_or(why));
                number.map_err(|why| self.refused_at(line, column, &why))
            })
            .collect()
    }

    /// The columns of which every cell is a finite number.
    pub fn numeric(&self) -> Vec<usize> {
        let is = |&c: &usize| self.cells(c).all(|(_, cell)| self.number(cell).is_ok());
        (0..self.header.len()).filter(is).collect()
    }

    fn number(&self, cell: &str) -> Result<f64, Text> {
        // Where semicolons separate, a comma is often the decimal point.
        let number = if self.separator == ';' { cell.replace(',', ".").parse() } else { cell.parse::<f64>() };
        let shown: String = cell.chars().take(SHOWN).collect();
        let cell = if shown == cell { shown } else { shown + "…" };
        match number {
            Ok(number) if number.is_finite() => Ok(number),
            Ok(_) => Err(Text::new(format!("{cell} is not a finite number"), format!("{cell} 不是有限的数"))),
            Err(_) if cell.is_empty() => Err(text("the cell is empty", "单元格是空的")),
            Err(_) => Err(Text::new(format!("“{cell}” is not a number"), format!("“{cell}”不是数字"))),
        }
    }

    /// A refusal of this file.
    pub fn refused(&self, why: &Text) -> Refusal {
        refused(self.flag, &self.path, why)
    }

    /// A refusal of one cell.
    pub fn refused_at(&self, line: usize, column: usize, why: &Text) -> Refusal {
        let name = &self.header[column];
        self.refused(&led(
            &format!("line {line}, column {name}: "),
            &format!("第 {line} 行，{name} 列："),
            why,
        ))
    }
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

fn several(name: &str) -> Text {
    Text::new(format!("several columns are called {name}"), format!("有好几列都叫“{name}”"))
}

/// Counts lines up to where rows begin.
struct Lines<'a> {
    written: &'a str,
    byte: usize,
    line: usize,
}

impl Lines<'_> {
    /// The line that a row begins on. The reader's own count leaves out the blank lines before the row.
    fn of(&mut self, row: &StringRecord) -> usize {
        let reached = row.position().map_or(self.byte, |place| place.byte() as usize);
        let rest = self.written.as_bytes()[reached..].iter();
        let begins = reached + rest.take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
        let passed = &self.written.as_bytes()[self.byte..begins];
        self.line += passed.iter().filter(|byte| **byte == b'\n').count();
        self.byte = begins;
        self.line
    }
}

/// What the header has most of; a comma if it has none.
fn separator(written: &str) -> char {
    let header = written.lines().find(|line| !line.trim().is_empty()).unwrap_or("");
    let count = |c: char| header.matches(c).count();
    [',', ';', '\t'].into_iter().rev().max_by_key(|&c| count(c)).unwrap_or(',')
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
mod tests {
    use super::*;

    fn reading(written: &str) -> Result<Csv, Refusal> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), written).unwrap();
        let because = text("a table has less", "表格没有这么大");
        Csv::read(file.path(), &Wanted { flag: "csv", what: text("a table", "表格"), most: 1 << 12, because })
    }

    fn said(written: &str) -> String {
        reading(written).unwrap_err().to_string()
    }

    #[test]
    fn separators_quotes_and_blank_lines() {
        for written in [
            "a,b\n1,2\n\n3,4\n",
            "a;b\r\n1;2\r\n3;4",
            "\u{feff}a\tb\n1\t2\n3\t4\n",
            "\"a\", b\n\"1\",2\n3, 4",
        ] {
            let csv = reading(written).unwrap();
            assert_eq!(csv.header(), ["a", "b"], "{written:?}");
            assert_eq!(csv.numbers(1).unwrap(), [2.0, 4.0]);
        }
        assert_eq!(reading("a;b\n1,5;2\n").unwrap().numbers(0).unwrap(), [1.5]);
        assert_eq!(reading("text\n\"one, two\"\n").unwrap().texts(0), ["one, two"]);
        assert_eq!(reading("y\n1\n2\n").unwrap().len(), 2);
    }

    #[test]
    fn what_is_no_table_is_refused_with_its_line() {
        assert!(said("").contains("it is empty"));
        assert!(said("1,2\n3,4\n").contains("line 1 has numbers"));
        assert!(said("a,b\n").contains("no row"));
        assert!(said("{\"a\": 1, \"b\": 2}\n").contains("looks like JSON"));
        assert!(said("\n[ {\"a\": 1},\n {\"a\": 2}]\n").contains("looks like JSON"));
        assert_eq!(reading("[a],{b}\n1,2\n").unwrap().header(), ["[a]", "{b}"]);
        assert!(said("a,b\n1,2\n\n1,2,3\n").contains("line 4: the row has 3, the header 2 columns"));
    }

    #[test]
    fn cells_are_refused_by_line_and_column() {
        let csv = reading("a,b,c,名\n1,x,1e400,中\n,NaN,2,文\n").unwrap();
        let of = |column| csv.numbers(column).unwrap_err().to_string();
        assert!(of(0).ends_with("line 3, column a: the cell is empty"), "{}", of(0));
        assert!(of(1).ends_with("line 2, column b: “x” is not a number"));
        assert!(of(2).ends_with("line 2, column c: 1e400 is not a finite number"));
        assert!(said("a,b,b\n1,2,3\n").contains("several columns are called b"));
        assert!(csv.column("d").unwrap_err().to_string().contains("the columns are a, b, c, 名"));
        assert_eq!(csv.column("A").unwrap(), 0);
        assert_eq!(csv.column_of(&["x", "B"]).unwrap(), 1);
        assert!(csv.column_of(&["x", "y"]).unwrap_err().to_string().contains("no column is called x / y;"));
        assert_eq!(csv.column("名").unwrap(), 3);
    }
}
