//! A matrix as colours.

use ndarray::Array2;

use super::frame::{BORDER, Frame, SIZE, wide, x_name, y_name};
use super::names::luminance;
use super::paper::{FAINT, HEIGHT, INK, Paper, SOFT, Side, WIDTH, pixel};
use crate::kit::figure::Heat;
use crate::kit::number::plain;
use crate::kit::text::{Lang, Text};
use crate::render::ramp::{Ramp, cells};
use crate::render::screen::{Rgb, shorten};

/// Cells with their value written in: at most so many a side.
const WRITTEN: usize = 12;
/// Cells drawn: at most so many a side. A larger matrix is drawn by the means of its blocks.
const DRAWN: usize = 64;
/// Longest label, in columns.
const LONGEST: usize = 14;
/// Room for the colour bar and its numbers.
const BAR: i32 = 90;

/// Draws the matrix below the row `top`.
pub(super) fn draw(paper: &Paper, top: i32, heat: &Heat, lang: Lang) {
    let (rows, cols) = heat.data.dim();
    let block = rows.max(cols).div_ceil(DRAWN).max(1);
    let data = means(&heat.data, block);
    let ramp = Ramp::over(&data);
    let top = y_name(paper, top, &named(&heat.row_axis, block, lang)) + 6;
    let [row_labels, col_labels] = heat.labels(lang);
    let row_room = room(&row_labels);
    let limits = Frame { left: BORDER + row_room, top, right: WIDTH - BORDER - BAR, bottom: HEIGHT - 30 };
    let (wide_cell, _) = cell(&data, &limits);
    let upwards = room(&col_labels) > (wide_cell as i32) * label_step(wide_cell, cols.div_ceil(block));
    let foot = if upwards { room(&col_labels) } else { 22 };
    let frame = fitted(&data, &Frame { bottom: limits.bottom - foot, ..limits });
    draw_cells(paper, &frame, &data, &ramp);
    draw_rows(paper, &frame, &row_labels, data.nrows(), block);
    draw_cols(paper, &frame, &col_labels, data.ncols(), block, upwards);
    paper.outline((frame.left, frame.top), (frame.right, frame.bottom), FAINT);
    draw_borders(paper, &frame, heat, block);
    let written = data.nrows() <= WRITTEN && data.ncols() <= WRITTEN;
    if !(written && heat.is_pattern()) {
        draw_bar(paper, &frame, &ramp);
        let name = heat.bar.get(lang);
        let left = (frame.right + 24).min(WIDTH - BORDER - wide(name, SIZE));
        paper.text((left, frame.top - 12), Side::Start, SIZE, SOFT, name);
    }
    x_name(paper, &frame, frame.bottom + foot + 14, &named(&heat.col_axis, block, lang));
}

/// The name of an axis, with the size of the blocks where cells are means.
fn named(axis: &Text, block: usize, lang: Lang) -> String {
    let axis = axis.get(lang);
    match (block, lang) {
        (1, _) => axis.to_string(),
        (_, Lang::En) => format!("{axis} (every cell is the mean of {block} × {block} values)"),
        (_, Lang::Zh) => format!("{axis}（每格为 {block} × {block} 个值的平均）"),
    }
}

/// The mean of each block; what is no number is left out of it.
fn means(data: &Array2<f64>, block: usize) -> Array2<f64> {
    let (rows, cols) = data.dim();
    let part = |i: usize, of: usize| i * block..((i + 1) * block).min(of);
    Array2::from_shape_fn((rows.div_ceil(block), cols.div_ceil(block)), |(i, j)| {
        if block == 1 {
            return data[[i, j]];
        }
        let values =
            || part(i, rows).flat_map(|r| part(j, cols).map(move |c| data[[r, c]])).filter(|v| v.is_finite());
        values().sum::<f64>() / values().count() as f64 // NaN if there is none
    })
}

/// Width and height of a cell: as large as fits, but never grossly oblong in a matrix that is not.
fn cell(data: &Array2<f64>, limits: &Frame) -> (f64, f64) {
    let (rows, cols) = (data.nrows().max(1) as f64, data.ncols().max(1) as f64);
    let width = (f64::from(limits.right - limits.left) / cols).min(130.0);
    let height = (f64::from(limits.bottom - limits.top) / rows).min(90.0);
    let square = width.min(height);
    match rows.max(cols) > WRITTEN as f64 && (1.0 / 3.0..=3.0).contains(&(rows / cols)) {
        true => (square, square),
        false => (width.min(1.6 * height), height.min(1.6 * width.max(20.0))),
    }
}

/// The frame, shrunk to its cells and centred between its sides.
fn fitted(data: &Array2<f64>, limits: &Frame) -> Frame {
    let (width, height) = cell(data, limits);
    let right = limits.left + (width * data.ncols() as f64) as i32;
    let shift = (limits.right - right) / 2;
    let bottom = limits.top + (height * data.nrows() as f64) as i32;
    Frame { left: limits.left + shift, right: right + shift, bottom, ..*limits }
}

fn draw_cells(paper: &Paper, frame: &Frame, data: &Array2<f64>, ramp: &Ramp) {
    let texts = cells(data);
    let written = data.nrows() <= WRITTEN && data.ncols() <= WRITTEN;
    for ((i, j), &value) in data.indexed_iter() {
        let (from, to) = (
            (edge(frame, j, data.ncols()), level(frame, i, data.nrows())),
            (edge(frame, j + 1, data.ncols()), level(frame, i + 1, data.nrows())),
        );
        let fill = ramp.colour(value);
        paper.rect(from, to, fill);
        if written {
            let size = if wide(&texts.text(value), SIZE) + 4 > to.0 - from.0 { 10 } else { SIZE };
            let centre = (i32::midpoint(from.0, to.0), i32::midpoint(from.1, to.1));
            paper.text(centre, Side::Middle, size, ink_on(fill), &texts.text(value));
        }
    }
}

/// Lines where one part of a sequence ends.
fn draw_borders(paper: &Paper, frame: &Frame, heat: &Heat, block: usize) {
    let (rows, cols) = heat.data.dim();
    let [after_rows, after_cols] = &heat.borders;
    for &row in after_rows.iter().filter(|row| **row < rows) {
        let y = level(frame, row / block, rows.div_ceil(block));
        paper.rect((frame.left, y - 1), (frame.right, y + 1), INK);
    }
    for &col in after_cols.iter().filter(|col| **col < cols) {
        let x = edge(frame, col / block, cols.div_ceil(block));
        paper.rect((x - 1, frame.top), (x + 1, frame.bottom), INK);
    }
}

/// The column where the `j`-th of so many cells begins.
fn edge(frame: &Frame, j: usize, cols: usize) -> i32 {
    frame.x(j as f64 / cols as f64)
}

/// The row where the `i`-th of so many cells begins.
fn level(frame: &Frame, i: usize, rows: usize) -> i32 {
    frame.y(1.0 - i as f64 / rows as f64)
}

/// Black or white, whichever stands out more.
fn ink_on(fill: Rgb) -> Rgb {
    let (light, ink) = (luminance(fill) + 0.05, luminance(INK) + 0.05);
    if light / ink > 1.05 / light { INK } else { (255, 255, 255) }
}

fn draw_rows(paper: &Paper, frame: &Frame, labels: &[&str], rows: usize, block: usize) {
    let height = f64::from(frame.bottom - frame.top) / rows.max(1) as f64;
    for i in (0..rows).step_by(label_step(height, rows) as usize) {
        let y = i32::midpoint(level(frame, i, rows), level(frame, i + 1, rows));
        if let Some(label) = labels.get(i * block) {
            paper.text((frame.left - 7, y), Side::End, SIZE, INK, &shorten(label, LONGEST));
        }
    }
}

fn draw_cols(paper: &Paper, frame: &Frame, labels: &[&str], cols: usize, block: usize, upwards: bool) {
    let width = f64::from(frame.right - frame.left) / cols.max(1) as f64;
    for j in (0..cols).step_by(label_step(width, cols) as usize) {
        let x = i32::midpoint(edge(frame, j, cols), edge(frame, j + 1, cols));
        let Some(label) = labels.get(j * block) else { continue };
        let label = shorten(label, LONGEST);
        match upwards {
            true => paper.text((x, frame.bottom + 7), Side::UpTo, SIZE, INK, &label),
            false => paper.text((x, frame.bottom + 14), Side::Middle, SIZE, INK, &label),
        }
    }
}

/// Every how many cells a label has room.
fn label_step(cell: f64, cells: usize) -> i32 {
    let least = (15.0 / cell.max(0.1)).ceil() as i32;
    [1, 2, 4, 5, 8, 10, 16, 20, 32].into_iter().find(|s| *s >= least).unwrap_or(cells.max(1) as i32)
}

/// Pixels for the longest label.
fn room(labels: &[&str]) -> i32 {
    labels.iter().map(|label| wide(&shorten(label, LONGEST), SIZE)).max().unwrap_or(0) + 11
}

/// The colour bar, with its two ends named, and zero between ends of opposite sign.
fn draw_bar(paper: &Paper, frame: &Frame, ramp: &Ramp) {
    let (left, right) = (frame.right + 24, frame.right + 38);
    let bottom = frame.bottom.max(frame.top + 120).min(HEIGHT - 40);
    let bar = Frame { left, right, bottom, ..*frame };
    const STEPS: i32 = 40;
    let share = |i: i32| f64::from(i) / f64::from(STEPS);
    for i in 0..STEPS {
        let value = ramp.low * (1.0 - share(i) - 0.5 / f64::from(STEPS))
            + ramp.high * (share(i) + 0.5 / f64::from(STEPS));
        paper.rect((left, bar.y(share(i + 1))), (right, bar.y(share(i))), ramp.colour(value));
    }
    paper.outline((left, bar.top), (right, bottom), FAINT);
    let middle = pixel(f64::midpoint(f64::from(bar.top), f64::from(bottom)));
    paper.text((right + 6, bar.top + 5), Side::Start, SIZE, SOFT, &plain(ramp.high));
    paper.text((right + 6, bottom - 5), Side::Start, SIZE, SOFT, &plain(ramp.low));
    if ramp.low < 0.0 && ramp.high > 0.0 {
        paper.text((right + 6, middle), Side::Start, SIZE, SOFT, "0");
    }
}
