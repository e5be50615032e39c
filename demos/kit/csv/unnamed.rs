//! Columns without a name. `DataFrame.to_csv()` and R's `write.csv` begin each row with its number, and a comma at
//! the end of every line makes one more column of nothing: neither is data.

use ::csv::StringRecord;

use super::Csv;
use crate::kit::knob::Refusal;
use crate::kit::text::{Text, text};

/// What to say of a column that was left out, where nothing else names what was not used.
const COUNTED: Text = text(
    "The first column has no name and counts the rows; it is not used.",
    "第一列没有列名，只是行号，未使用。",
);

impl Csv {
    /// A sentence if the first column counted the rows and was left out.
    pub fn counted(&self) -> Option<Text> {
        (self.counted > 0).then_some(COUNTED)
    }

    /// What of the file was not read, when these columns were: names, and the count of rows.
    pub fn spare(&self, read: &[usize]) -> Vec<Text> {
        let count =
            (self.counted > 0).then(|| text("the first one, which counts the rows", "第一列（行号）"));
        let others = (0..self.header.len()).filter(|column| !read.contains(column));
        count.into_iter().chain(others.map(|column| self.name(column))).collect()
    }

    /// The name of a column, or that it has none.
    pub fn name(&self, column: usize) -> Text {
        match self.header[column].as_str() {
            "" => text("a column without a name", "没有列名的一列"),
            name => Text::same(name),
        }
    }

    /// Pandas calls a column that it read without a name `Unnamed: 0`.
    pub(super) fn is_unnamed(&self, column: usize) -> bool {
        let name = &self.header[column];
        name.is_empty() || name.starts_with("Unnamed: ")
    }

    pub(super) fn no_name(&self, column: usize) -> Refusal {
        let place = self.counted + column + 1;
        self.refused(&Text::new(
            format!("column {place} has numbers and no name; name it, or take it out (pandas: index=False)"),
            format!("第 {place} 列是数字却没有列名；请起个列名，或者去掉它（pandas 用 index=False）"),
        ))
    }

    /// Takes out first columns that only count the rows, and columns with neither a name nor a cell.
    pub(super) fn leave_out_unnamed(&mut self) {
        while self.header.len() > 1 && self.is_unnamed(0) && self.counts() {
            self.take_out(0);
            self.counted += 1;
        }
        for column in (0..self.header.len()).rev() {
            let empty = self.header[column].is_empty() && self.cells(column).all(|(_, cell)| cell.is_empty());
            if empty && self.header.len() > 1 {
                self.take_out(column);
            }
        }
    }

    /// Does the first column rise by 1 from 0 or 1?
    fn counts(&self) -> bool {
        let from = usize::from(self.cells(0).next().is_some_and(|(_, cell)| cell == "1"));
        self.cells(0).enumerate().all(|(i, (_, cell))| cell == (from + i).to_string())
    }

    fn take_out(&mut self, column: usize) {
        self.header.remove(column);
        for (_, row) in &mut self.rows {
            let others = row.iter().enumerate().filter(|(i, _)| *i != column);
            *row = others.map(|(_, cell)| cell).collect::<StringRecord>();
        }
    }

    /// One column, and as many words or cells between bars or commas of full width in every row as in the header.
    pub(super) fn is_not_separated(&self) -> bool {
        let parts = |cell: &str| {
            let cut = |sign: char| ['|', '，', '；'].contains(&sign) || sign.is_whitespace();
            cell.split(cut).filter(|part| !part.is_empty()).count()
        };
        let [name] = &self.header[..] else { return false };
        parts(name) > 1 && self.cells(0).all(|(_, cell)| parts(cell) == parts(name))
    }
}
