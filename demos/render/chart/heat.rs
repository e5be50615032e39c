//! A matrix as colours; without colour, as shades.

use super::axis_name;
use crate::kit::figure::Heat;
use crate::kit::number::plain;
use crate::render::ramp::{Cells, Ramp, cells};
use crate::render::screen::{Colour, Role, Screen, columns, pad_left, shorten};

/// Rows and columns shown at most.
const SHOWN: usize = 24;
/// Longest label of a row, in columns.
const LONGEST: usize = 14;
/// Longest label of a column that stands over cells narrower than itself.
const ABOVE: usize = 6;
/// The cells as they will be printed.
struct Grid<'a> {
    heat: &'a Heat,
    row_labels: Vec<&'a str>,
    col_labels: Vec<&'a str>,
    ramp: Ramp,
    texts: Cells,
    rows: usize,
    cols: usize,
    /// Columns for the labels of the rows.
    room: usize,
    /// Columns of one cell.
    cell: usize,
    /// Shades before each value; `None` if the values are not written into the cells.
    shades: Option<usize>,
}

/// The figure as lines of text.
pub(super) fn draw(screen: &Screen, heat: &Heat) -> Vec<String> {
    let grid = Grid::new(screen, heat);
    let labels = (0..grid.rows).map(|i| pad_left(&grid.row_label(i), grid.room));
    let mut out = axis_name(screen, &format!("↓ {}", screen.say(&heat.row_axis)));
    out.extend(axis_name(screen, &format!("→ {}", screen.say(&heat.col_axis))));
    out.push(grid.col_labels());
    for (i, label) in labels.enumerate() {
        if heat.borders[0].contains(&i) && i > 0 {
            out.push(format!("{} {}", " ".repeat(grid.room), grid.border()));
        }
        out.push(format!("{label} {}", grid.row(screen, i)));
    }
    let (rows, cols) = heat.data.dim();
    if (grid.rows, grid.cols) != (rows, cols) {
        out.push(screen.paint(Role::Quiet, &format!("… ({rows} × {cols})")));
    }
    if !(heat.is_pattern() && grid.shades.is_some()) {
        let key = grid.key(screen);
        let room = screen.width.saturating_sub(columns(&key) + 2);
        out.push(format!("{key}  {}", screen.paint(Role::Quiet, &shorten(screen.say(&heat.bar), room))));
    }
    out
}

impl Grid<'_> {
    fn new<'a>(screen: &Screen, heat: &'a Heat) -> Grid<'a> {
        let (rows, cols) = (heat.data.nrows().min(SHOWN), heat.data.ncols());
        let [row_labels, col_labels] = heat.labels(screen.lang);
        let room = row_labels.iter().take(rows).map(|l| columns(l)).max().unwrap_or(0).min(LONGEST);
        let space = screen.width.saturating_sub(room + 1 + heat.borders[1].len());
        let texts = cells(&heat.data);
        let wide = |value: &f64| columns(&texts.text(*value));
        let longest = if cols <= SHOWN / 2 { heat.data.iter().map(wide).max().unwrap_or(1) } else { 1 };
        // Without colour, shades stand before the value. Shades and blanks are as many as there is room for.
        let looks: &[(usize, usize)] = match screen.colour {
            Colour::None => &[(2, 2), (1, 2), (1, 1)],
            _ => &[(0, 2), (0, 1)],
        };
        let width = |look: &(usize, usize)| longest + look.0 + look.1;
        let look = looks.iter().find(|look| cols <= SHOWN / 2 && width(look) * cols <= space);
        let labels = col_labels.iter().map(|l| columns(l) + 1).max().unwrap_or(0);
        let cell = look.map_or(2, |look| width(look).max(labels.min(space / cols.max(1)).min(LONGEST)));
        let shades = look.map(|look| look.0);
        let cols = cols.min(SHOWN).min(space / cell);
        Grid {
            heat,
            row_labels,
            col_labels,
            ramp: Ramp::over(&heat.data),
            texts,
            rows,
            cols,
            room,
            cell,
            shades,
        }
    }

    fn row_label(&self, i: usize) -> String {
        self.row_labels.get(i).map_or(String::new(), |label| shorten(label, self.room))
    }

    /// The labels of the columns. In narrow cells, every second, third … of them.
    fn col_labels(&self) -> String {
        let label = |j: usize| self.col_labels.get(j).copied().unwrap_or("");
        let longest = (0..self.cols).map(|j| columns(label(j))).max().unwrap_or(0).min(ABOVE);
        let every = if self.shades.is_some() { 1 } else { (longest + 1).div_ceil(self.cell).max(1) };
        let mut line = " ".repeat(self.room + 1);
        for j in (0..self.cols).step_by(every) {
            line += &" ".repeat(self.bar(j, '│').len().min(1));
            let size = self.cell * every.min(self.cols - j);
            let label = shorten(label(j), size - 1);
            line += &if self.shades.is_some() { centred(&label, size) } else { centred(&label, 0) };
            let before = self.heat.borders[1].iter().filter(|&&at| at > 0 && at <= j).count();
            line +=
                &" ".repeat((self.room + 1 + before + self.cell * j + size).saturating_sub(columns(&line)));
        }
        line.trim_end().to_string()
    }

    fn row(&self, screen: &Screen, i: usize) -> String {
        (0..self.cols).map(|j| self.bar(j, '│') + &self.cell(screen, i, j)).collect()
    }

    /// The sign of a border in front of a column, if there is one.
    fn bar(&self, j: usize, sign: char) -> String {
        if j > 0 && self.heat.borders[1].contains(&j) { sign.to_string() } else { String::new() }
    }

    /// The line between two rows.
    fn border(&self) -> String {
        (0..self.cols).map(|j| self.bar(j, '┼') + &"─".repeat(self.cell)).collect()
    }

    fn cell(&self, screen: &Screen, i: usize, j: usize) -> String {
        let value = self.heat.data[[i, j]];
        let text = if self.shades.is_some() { self.texts.text(value) } else { String::new() };
        match screen.colour {
            Colour::None => {
                let shades = self.shades.unwrap_or(self.cell);
                format!(
                    "{}{}",
                    self.ramp.glyph(value).to_string().repeat(shades),
                    centred(&text, self.cell - shades)
                )
            }
            _ => screen.on(self.ramp.colour(value), &centred(&text, self.cell)),
        }
    }

    /// What the colours or the shades mean.
    fn key(&self, screen: &Screen) -> String {
        const STEPS: usize = 8;
        let share = |i: usize| (i as f64 + 0.5) / STEPS as f64;
        let value = |i: usize| self.ramp.low * (1.0 - share(i)) + self.ramp.high * share(i);
        let step = |i: usize| match screen.colour {
            Colour::None => self.ramp.glyph(value(i)).to_string(),
            _ => screen.on(self.ramp.colour(value(i)), "  "),
        };
        let steps: String = (0..STEPS).map(step).collect();
        format!("{} {steps} {}", plain(self.ramp.low), plain(self.ramp.high))
    }
}

/// Text with blanks on both sides.
fn centred(text: &str, width: usize) -> String {
    let blanks = width.saturating_sub(columns(text));
    format!("{}{text}{}", " ".repeat(blanks / 2), " ".repeat(blanks - blanks / 2))
}
