//! A table being filled in: numbers in code, words in the lesson's.
//!
//! Under the table's id stand its caption, `head` (the names of the columns, between bars) and the names of
//! rows by ids of their own.
//!
//! ```
//! use demos::kit::findings::Cell;
//! use demos::kit::grid::Grid;
//! use demos::kit::words::{Book, Folder, Words};
//! use demos::row;
//!
//! // shown.en.md, shown.zh.md
//! static WORDS: Words = Words::new(Folder::new(file!(), &[]), || {
//!     Book::read([[
//!         ("shown.en.md", "## costs What each costs\n- head: layer | operations\n- rnn: an RNN"),
//!         ("shown.zh.md", "## costs 各要多少\n- head: 层 | 运算次数\n- rnn: RNN"),
//!     ]])
//! });
//!
//! let table = Grid::new("costs", &WORDS).said("rnn", row![4096_usize]).row(row!["attention", 0.5]).table();
//! assert_eq!((table.head.len(), table.rows.len()), (2, 2));
//! assert!(matches!(table.rows[1][1], Cell::Number(x) if x == 0.5));
//! assert!(WORDS.problems().is_empty());
//! ```

use super::findings::{Cell, Table};
use super::text::Text;
use super::words::{Named, Shown, Words};

/// A row of cells: numbers and words as they come.
#[macro_export]
macro_rules! row {
    ($($cell:expr),* $(,)?) => { ::std::vec![$($crate::kit::findings::Cell::from($cell)),*] };
}

/// A table being filled in.
#[derive(Debug)]
pub struct Grid<'a> {
    id: &'static str,
    words: &'a Words,
    values: Vec<Named>,
    rows: Vec<Vec<Cell>>,
}

impl<'a> Grid<'a> {
    /// No rows yet.
    pub fn new(id: &'static str, words: &'a Words) -> Grid<'a> {
        Grid { id, words, values: Vec::new(), rows: Vec::new() }
    }

    /// A value that the words name.
    #[must_use]
    pub fn value(mut self, name: &'static str, value: impl Into<Shown>) -> Self {
        self.values.push((name, value.into()));
        self
    }

    /// A row.
    #[must_use]
    pub fn row(mut self, cells: Vec<Cell>) -> Self {
        self.rows.push(cells);
        self
    }

    /// Rows.
    #[must_use]
    pub fn rows(mut self, rows: impl IntoIterator<Item = Vec<Cell>>) -> Self {
        self.rows.extend(rows);
        self
    }

    /// A row whose first cell is named by the words under this id.
    #[must_use]
    pub fn said(self, id: &str, cells: Vec<Cell>) -> Self {
        let name = Cell::Words(self.word(id));
        self.row(std::iter::once(name).chain(cells).collect())
    }

    /// The words of one id of this table, for a cell.
    pub fn word(&self, id: &str) -> Text {
        self.words.with(&format!("{}.{id}", self.id), &self.values)
    }

    /// The table.
    pub fn table(self) -> Table {
        let head = self.words.list(&format!("{}.head", self.id), &self.values);
        if let Some(row) = self.rows.iter().find(|row| row.len() != head.len()) {
            self.words.problem(format!("{}: {} columns, a row of {} cells", self.id, head.len(), row.len()));
        }
        Table { caption: self.words.with(self.id, &self.values), head, rows: self.rows }
    }
}
