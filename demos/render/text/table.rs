//! A table on a terminal: words to the left, numbers to the right.

use super::prose;
use crate::kit::findings::{Cell, Table};
use crate::kit::number;
use crate::render::screen::{Role, Screen, columns, pad_left, pad_right};
use crate::render::wrap;

/// Blanks between columns: as many as there is room for.
const GAPS: [usize; 3] = [3, 2, 1];
/// No column is squeezed below this.
const NARROWEST: usize = 8;
/// Words as short as this stand to the right in a column of numbers: a dash, a sign.
const SIGN: usize = 2;

/// Sets a table. If it is wider than the screen, columns move together, then the widest ones are wrapped.
pub fn table(table: &Table, screen: &Screen) -> String {
    let head: Vec<String> = table.head.iter().map(|name| screen.say(name).to_string()).collect();
    let written = number::of_columns(table);
    let words = |(j, cell): (usize, &Cell)| match cell {
        Cell::Number(value) => {
            written.get(j).map_or_else(|| number::plain(*value), |written| written(*value))
        }
        Cell::Words(text) => screen.say(text).to_string(),
    };
    let body: Vec<Vec<String>> =
        table.rows.iter().map(|row| row.iter().enumerate().map(words).collect()).collect();
    let right: Vec<bool> = (0..head.len()).map(|j| is_numbers(table, j, screen)).collect();
    let layout = Layout::new(&head, &body, screen.width);

    let mut out = prose::wrap(&screen.paint(Role::Strong, screen.say(&table.caption)), "  ", "  ", screen);
    for line in layout.lines(&head, &right) {
        out.push_str(&screen.paint(Role::Quiet, &line));
        out.push('\n');
    }
    for row in &body {
        for line in layout.lines(row, &right) {
            out.push_str(&line);
            out.push('\n');
        }
    }
    out.push('\n');
    out
}

/// Is this a column of numbers, but for signs that stand for none? A number with all of its digits comes as words, and
/// so do a bound and one that is infinite.
fn is_numbers(table: &Table, column: usize, screen: &Screen) -> bool {
    let cells = || table.rows.iter().filter_map(|row| row.get(column));
    let fits = |cell: &Cell| match cell {
        Cell::Number(_) => true,
        Cell::Words(words) => {
            let said = screen.say(words);
            let digits = said.trim_start_matches(['<', '>', ' ']);
            columns(said) <= SIGN || digits.parse::<f64>().is_ok() || number::is_in_words(words)
        }
    };
    let of_digits = |cell: &Cell| match cell {
        Cell::Number(_) => true,
        Cell::Words(words) => number::is_unrounded(screen.say(words)),
    };
    cells().all(fits) && cells().any(of_digits)
}

/// The width of each column and the blanks between them.
struct Layout {
    widths: Vec<usize>,
    gap: usize,
}

impl Layout {
    fn new(head: &[String], body: &[Vec<String>], screen: usize) -> Layout {
        let mut widths: Vec<usize> = head.iter().map(|name| columns(name)).collect();
        for row in body {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = (*width).max(columns(cell));
            }
        }
        let total = |widths: &[usize], gap: usize| {
            2 + widths.iter().sum::<usize>() + gap * widths.len().saturating_sub(1)
        };
        let gap = GAPS.into_iter().find(|&gap| total(&widths, gap) <= screen).unwrap_or(1);
        while total(&widths, gap) > screen {
            match widths.iter_mut().max() {
                Some(widest) if *widest > NARROWEST => *widest -= 1,
                _ => break,
            }
        }
        Layout { widths, gap }
    }

    /// One row, as many lines as its longest cell needs.
    fn lines(&self, row: &[String], right: &[bool]) -> Vec<String> {
        let wrapped: Vec<Vec<String>> =
            row.iter().zip(&self.widths).map(|(cell, &width)| wrap::lines(cell, width, "", "")).collect();
        let height = wrapped.iter().map(Vec::len).max().unwrap_or(0);
        let cell = |line: usize, (cell, (&width, &right)): (&Vec<String>, (&usize, &bool))| {
            let part = cell.get(line).map_or("", String::as_str);
            if right { pad_left(part, width) } else { pad_right(part, width) }
        };
        let gap = " ".repeat(self.gap);
        (0..height)
            .map(|line| {
                let cells: Vec<String> =
                    wrapped.iter().zip(self.widths.iter().zip(right)).map(|part| cell(line, part)).collect();
                format!("  {}", cells.join(&gap).trim_end())
            })
            .collect()
    }
}
