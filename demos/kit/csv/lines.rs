//! Where rows begin and end in the file, and what separates their cells.

use ::csv::{ReaderBuilder, StringRecord};

/// What may stand between two cells.
const SEPARATORS: [char; 3] = [',', ';', '\t'];
/// So many rows show what separates them.
const LOOKED_AT: usize = 200;
/// So many lines of one cell that all look like rows are rows.
const MANY: usize = 8;

/// Where no line ends with \n, \r alone ends one; both are one byte.
pub(super) fn of_old_macs(written: String) -> String {
    if written.contains('\n') { written } else { written.replace('\r', "\n") }
}

/// What separates the cells, and the byte at which the header begins. Excel writes the separator on a line of its own,
/// `sep=;`. Else it is what the header has outside of quotation marks: of several, one that gives every row the same
/// number of cells, of these the one that makes most of them numbers, and then what the header has most of; a comma if
/// it has none.
pub(super) fn separator(written: &str) -> (char, usize) {
    let (first, rest) = written.split_once('\n').unwrap_or((written, ""));
    let told = first.trim_end_matches('\r').strip_prefix("sep=").and_then(|told| match told {
        "," => Some(','),
        ";" => Some(';'),
        "\t" => Some('\t'),
        _ => None,
    });
    if let Some(told) = told {
        return (told, written.len() - rest.len());
    }
    let start = behind_comments(written);
    let table = &written[start..];
    let parts = |separator: &char| rows(table, *separator).next().is_some_and(|row| row.len() > 1);
    let there: Vec<char> = SEPARATORS.into_iter().rev().filter(parts).collect();
    let best = match there[..] {
        [only] => Some(only),
        _ => there.into_iter().max_by_key(|separator| likeness(table, *separator)),
    };
    (best.unwrap_or(','), start)
}

fn rows(table: &str, separator: char) -> impl Iterator<Item = StringRecord> {
    let reader = ReaderBuilder::new()
        .delimiter(separator as u8)
        .has_headers(false)
        .flexible(true)
        .from_reader(table.as_bytes());
    reader.into_records().take(LOOKED_AT).map_while(Result::ok)
}

/// How much it looks like a table with this separator: has every row as many cells as the first, how many of a
/// thousand cells are numbers, and how many cells the first row has.
fn likeness(table: &str, separator: char) -> (bool, usize, usize) {
    let (mut first, mut even, mut numbers, mut cells) = (0, true, 0, 0);
    for row in rows(table, separator) {
        first = if cells == 0 { row.len() } else { first };
        even &= row.len() == first;
        cells += row.len();
        numbers += row.iter().filter(|cell| is_number(cell)).count();
    }
    (even, if even { 1000 * numbers / cells.max(1) } else { 0 }, first)
}

/// With either decimal point.
fn is_number(cell: &str) -> bool {
    let cell = cell.trim();
    cell.parse::<f64>().is_ok() || cell.replacen(',', ".", 1).parse::<f64>().is_ok()
}

/// Where the first line that is no comment begins, if only it has separators; else the beginning, since a column may
/// be called #.
fn behind_comments(written: &str) -> usize {
    let mut start = 0;
    for line in written.split_inclusive('\n') {
        match (line.starts_with('#'), line.contains(SEPARATORS)) {
            (true, false) => start += line.len(),
            (false, true) => return start,
            _ => return 0,
        }
    }
    0
}

/// Counts lines up to where rows begin.
pub(super) struct Lines<'a> {
    written: &'a str,
    /// Where the header begins.
    start: usize,
    byte: usize,
    line: usize,
}

impl<'a> Lines<'a> {
    pub(super) fn from(written: &'a str, start: usize) -> Lines<'a> {
        let mut lines = Lines { written, start, byte: start, line: 1 };
        lines.line += lines.ends(0, start);
        lines
    }

    /// The lines that end between two bytes: with \n, \r\n, or \r alone, as old Macs wrote them.
    fn ends(&self, from: usize, to: usize) -> usize {
        let bytes = self.written.as_bytes();
        let ends = |at: &usize| match bytes[*at] {
            b'\n' => true,
            b'\r' => bytes.get(at + 1) != Some(&b'\n'),
            _ => false,
        };
        (from..to).filter(ends).count()
    }

    /// The line that a row begins on. The reader's own count leaves out the blank lines before the row.
    pub(super) fn of(&mut self, row: &StringRecord) -> usize {
        let reached = row.position().map_or(self.byte, |place| self.start + place.byte() as usize);
        let rest = self.written.as_bytes()[reached..].iter();
        let begins = reached + rest.take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
        self.line += self.ends(self.byte, begins);
        self.byte = begins;
        self.line
    }

    /// The row that begins at the last line and ends where the reader stands.
    pub(super) fn up_to(&self, reader: u64) -> Raw<'a> {
        let end = (self.start + reader as usize).clamp(self.byte, self.written.len());
        Raw {
            row: self.written.get(self.byte..end).unwrap_or_default().trim_end_matches(['\n', '\r']),
            last: self.written.get(end..).is_some_and(|rest| rest.trim().is_empty()),
        }
    }

    /// Has every line of the file so many cells, whatever quotation marks say?
    pub(super) fn all_have(&self, separator: char, cells: usize) -> bool {
        let mut lines = self.written[self.start..].lines().filter(|line| !line.trim().is_empty());
        lines.all(|line| fits(line, separator, cells))
    }
}

/// A row as it stands in the file.
pub(super) struct Raw<'a> {
    row: &'a str,
    last: bool,
}

impl Raw<'_> {
    /// Did a quotation mark that nobody closed make one row of several? A text may hold line breaks, and on its lines
    /// any number of commas; so one of these must be true: no mark closes it before the file ends, a tab stands in
    /// the text, the row has too many or too few cells while one of its lines has the right number, or all its lines
    /// have it and all other lines of the file too.
    pub(super) fn swallowed(&self, row: &StringRecord, separator: char, names: usize, by_line: bool) -> bool {
        if !self.row.contains('\n') {
            return false;
        }
        if self.last && self.row.matches('"').count() % 2 == 1 {
            return true;
        }
        let mut later = self.row.lines().skip(1);
        match separator {
            _ if names < 2 => false,
            _ if row.len() != names => later.any(|line| fits(line, separator, names)),
            '\t' => row.iter().any(|cell| cell.contains('\n') && cell.contains('\t')),
            _ => {
                let enough = by_line || self.row.lines().count() >= MANY;
                enough && self.row.lines().all(|line| fits(line, separator, names))
            }
        }
    }
}

fn fits(line: &str, separator: char, cells: usize) -> bool {
    line.matches(separator).count() + 1 == cells
}
