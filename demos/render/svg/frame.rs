//! What figures share: the title, wrapped text, and the frame of a plot with its grid and ticks.

use super::paper::{FAINT, GRID, INK, Paper, Point, SOFT, Side, WIDTH, pixel};
use crate::render::ruler::Ruler;
use crate::render::screen::{Rgb, columns};
use crate::render::wrap;

/// Size of ticks and names.
pub(super) const SIZE: i32 = 13;
/// Distance between lines of that size.
pub(super) const LINE: i32 = 17;
/// Empty border of the sheet.
pub(super) const BORDER: i32 = 16;
/// Size of the title.
const TITLE_SIZE: i32 = 16;

/// The rectangle of a plot.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame {
    pub(super) left: i32,
    pub(super) top: i32,
    pub(super) right: i32,
    pub(super) bottom: i32,
}

impl Frame {
    /// The column at a share of the way from left to right.
    pub(super) fn x(&self, share: f64) -> i32 {
        self.left + pixel(share * f64::from(self.right - self.left))
    }

    /// The row at a share of the way from bottom to top.
    pub(super) fn y(&self, share: f64) -> i32 {
        self.bottom - pixel(share * f64::from(self.bottom - self.top))
    }

    /// Horizontal grid lines with their names on the left.
    pub(super) fn rows(&self, paper: &Paper, ruler: &Ruler) {
        for tick in &ruler.ticks {
            let y = self.y(tick.place);
            paper.path(&[(self.left, y), (self.right, y)], GRID, 1);
            paper.text((self.left - 7, y), Side::End, SIZE, SOFT, &tick.name);
        }
    }

    /// Vertical grid lines with their names below.
    pub(super) fn columns(&self, paper: &Paper, ruler: &Ruler) {
        for tick in &ruler.ticks {
            let x = self.x(tick.place);
            paper.path(&[(x, self.top), (x, self.bottom)], GRID, 1);
            paper.text((x, self.bottom + 14), Side::Middle, SIZE, SOFT, &tick.name);
        }
    }

    /// The two axes, over the grid.
    pub(super) fn axes(&self, paper: &Paper) {
        let corner = (self.left, self.bottom);
        paper.path(&[(self.left, self.top), corner, (self.right, self.bottom)], FAINT, 1);
    }
}

/// Writes the title and returns the row below it.
pub(super) fn titled(paper: &Paper, title: &str) -> i32 {
    let lines = wrapped(title, WIDTH - 2 * BORDER, TITLE_SIZE);
    for (i, line) in lines.iter().enumerate() {
        paper.bold((BORDER, 24 + 21 * i as i32), Side::Start, TITLE_SIZE, INK, line);
    }
    24 + 21 * lines.len() as i32
}

/// Writes the name of the vertical axis above it, and returns the row where the plot may begin.
pub(super) fn y_name(paper: &Paper, top: i32, name: &str) -> i32 {
    let lines = wrapped(name, WIDTH - 2 * BORDER, SIZE);
    paragraph(paper, (BORDER, top + 6), Side::Start, SOFT, &lines);
    top + 6 + LINE * lines.len() as i32
}

/// Writes the name of the horizontal axis below the frame, with its middle line at `y`.
pub(super) fn x_name(paper: &Paper, frame: &Frame, y: i32, name: &str) {
    let name = wrapped(name, WIDTH - 2 * BORDER, SIZE).swap_remove(0);
    let half = wide(&name, SIZE) / 2;
    let centre = i32::midpoint(frame.left, frame.right).clamp(BORDER + half, WIDTH - BORDER - half);
    paper.text((centre, y), Side::Middle, SIZE, SOFT, &name);
}

/// Writes lines below each other, the first one at the given place.
pub(super) fn paragraph(paper: &Paper, (x, y): Point, side: Side, rgb: Rgb, lines: &[String]) {
    for (i, line) in lines.iter().enumerate() {
        paper.text((x, y + LINE * i as i32), side, SIZE, rgb, line);
    }
}

/// Pixels for the longest tick beside a vertical axis, with its distances.
pub(super) fn tick_room(ruler: &Ruler) -> i32 {
    ruler.ticks.iter().map(|t| wide(&t.name, SIZE)).max().unwrap_or(0) + 11
}

/// About how wide a text is. No font is at hand, and readers have different ones, so this is an upper
/// bound for the usual ones: 0.6 em for a letter, one em for a Chinese character.
pub(super) fn wide(text: &str, size: i32) -> i32 {
    let ems: f64 =
        text.chars().map(|c| if columns(c.encode_utf8(&mut [0; 4])) > 1 { 1.0 } else { 0.6 }).sum();
    (ems * f64::from(size)).ceil() as i32
}

/// Breaks a text into lines of about so many pixels at most; never empty.
pub(super) fn wrapped(text: &str, pixels: i32, size: i32) -> Vec<String> {
    // How wide a column is depends on how much of the text is Chinese.
    let column = f64::from(wide(text, size)) / columns(text).max(1) as f64;
    let most = (f64::from(pixels) / column.max(1.0)) as usize;
    wrap::lines(text, most, "", "")
}
