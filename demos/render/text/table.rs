//! A table on a terminal: words to the left, numbers to the right.

use super::prose;
use crate::kit::findings::{Cell, Table};
use crate::kit::number;
use crate::render::screen::{Role, Screen, columns, pad_left, pad_right};
use crate::render::wrap;

const GAP: &str = "   ";
/// No column of words is squeezed below this.
const NARROWEST: usize = 12;

/// Sets a table. If it is wider than the screen, the widest column of words is wrapped.
pub(super) fn table(table: &Table, screen: &Screen) -> String {
    let head: Vec<String> = table.head.iter().map(|name| screen.say(name).to_string()).collect();
    let body: Vec<Vec<String>> =
        table.rows.iter().map(|row| row.iter().map(|cell| words(cell, screen)).collect()).collect();
    let right: Vec<bool> = (0..head.len())
        .map(|j| table.rows.iter().all(|row| matches!(row.get(j), Some(Cell::Number(_)))))
        .collect();
    let widths = widths(&head, &body, screen.width);

    let mut out = prose::wrap(&screen.paint(Role::Strong, screen.say(&table.caption)), "  ", "  ", screen);
    for line in lines(&head, &widths, &right) {
        out.push_str(&screen.paint(Role::Quiet, &line));
        out.push('\n');
    }
    for row in &body {
        for line in lines(row, &widths, &right) {
            out.push_str(&line);
            out.push('\n');
        }
    }
    out.push('\n');
    out
}

fn words(cell: &Cell, screen: &Screen) -> String {
    match cell {
        Cell::Number(value) => number::plain(*value),
        Cell::Words(text) => screen.say(text).to_string(),
    }
}

fn widths(head: &[String], body: &[Vec<String>], screen: usize) -> Vec<usize> {
    let mut widths: Vec<usize> = head.iter().map(|name| columns(name)).collect();
    for row in body {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(columns(cell));
        }
    }
    let total = 2 + widths.iter().sum::<usize>() + GAP.len() * widths.len().saturating_sub(1);
    let over = total.saturating_sub(screen);
    if let Some(widest) = widths.iter_mut().max() {
        *widest = widest.saturating_sub(over).max(NARROWEST.min(*widest));
    }
    widths
}

/// One row, as many lines as its longest cell needs.
fn lines(row: &[String], widths: &[usize], right: &[bool]) -> Vec<String> {
    let wrapped: Vec<Vec<String>> =
        row.iter().zip(widths).map(|(cell, &width)| wrap::lines(cell, width, "", "")).collect();
    let height = wrapped.iter().map(Vec::len).max().unwrap_or(0);
    (0..height)
        .map(|line| {
            let cells: Vec<String> = wrapped
                .iter()
                .zip(widths.iter().zip(right))
                .map(|(cell, (&width, &right))| {
                    let part = cell.get(line).map_or("", String::as_str);
                    if right { pad_left(part, width) } else { pad_right(part, width) }
                })
                .collect();
            format!("  {}", cells.join(GAP).trim_end())
        })
        .collect()
}
