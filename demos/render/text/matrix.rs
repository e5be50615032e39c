//! A matrix on a terminal: names for rows and columns, a heat map behind the numbers.

use super::prose::wrap;
use crate::kit::findings::Matrix;
use crate::render::ramp::{Cells, Ramp, cells};
use crate::render::screen::{Colour, Role, Screen, columns, pad_left, shorten};

/// More rows than this are shortened: first ones, an ellipsis, last one.
const ROWS: usize = 12;
/// Columns of the widest row name.
const NAME: usize = 12;
/// Columns of a number, with the blank or the shade before it.
const CELL: usize = 7;

/// Sets a matrix: symbol, caption and shape on the first line, then the numbers.
pub(super) fn matrix(matrix: &Matrix, screen: &Screen) -> String {
    let (n, m) = matrix.data.dim();
    // One column at least, for the sign of rows left out.
    let name = matrix.rows.iter().map(|row| columns(row)).max().unwrap_or(0).clamp(1, NAME);
    let rows = shown(n, ROWS);
    let cols = shown(m, (screen.width.saturating_sub(name + 3) / CELL).max(3));

    let look = Look { ramp: Ramp::over(&matrix.data), texts: cells(&matrix.data) };
    let mut out = head(matrix, screen);
    if !matrix.cols.is_empty() {
        let labels: String = cols.iter().map(|j| col_name(matrix, *j)).collect();
        out.push_str(&screen.paint(Role::Quiet, &format!("  {} {labels}", " ".repeat(name))));
        out.push('\n');
    }
    for i in rows {
        let label = i.map_or("⋮", |i| matrix.rows.get(i).map_or("", String::as_str));
        let label = pad_left(&shorten(label, name), name);
        let cells: String = cols.iter().map(|j| cell(matrix, &look, i, *j, screen)).collect();
        out.push_str(&format!("  {} {cells}\n", screen.paint(Role::Quiet, &label)));
    }
    out.push('\n');
    out
}

/// The colours and the numbers of a whole matrix.
struct Look {
    ramp: Ramp,
    texts: Cells,
}

fn head(matrix: &Matrix, screen: &Screen) -> String {
    let (n, m) = matrix.data.dim();
    let symbol = screen.paint(Role::Formula, &matrix.symbol);
    let shape = screen.paint(Role::Quiet, &format!("({n} × {m})"));
    wrap(&format!("{symbol}  {shape}  {}", screen.say(&matrix.caption)), "  ", "    ", screen)
}

/// The indices that are shown; `None` stands for those left out.
fn shown(size: usize, room: usize) -> Vec<Option<usize>> {
    if size <= room {
        return (0..size).map(Some).collect();
    }
    let first = room - 2;
    (0..first).map(Some).chain([None, Some(size - 1)]).collect()
}

fn col_name(matrix: &Matrix, j: Option<usize>) -> String {
    let name = j.map_or("…", |j| matrix.cols.get(j).map_or("", String::as_str));
    pad_left(&shorten(name, CELL - 1), CELL)
}

fn cell(matrix: &Matrix, look: &Look, i: Option<usize>, j: Option<usize>, screen: &Screen) -> String {
    let (Some(i), Some(j)) = (i, j) else { return pad_left("…", CELL) };
    let value = matrix.data[[i, j]];
    if value == f64::NEG_INFINITY {
        return screen.paint(Role::Quiet, &pad_left("−∞", CELL));
    }
    let number = &look.texts.text(value);
    if screen.colour == Colour::None {
        // The sign stands in the number: the shade shows the size alone.
        return format!(" {}{}", look.ramp.glyph(value.abs()), pad_left(number, CELL - 2));
    }
    screen.on(look.ramp.colour(value), &format!("{} ", pad_left(number, CELL - 1)))
}
