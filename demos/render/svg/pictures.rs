//! Pictures side by side, each with its words below it.

use ndarray::Array2;

use super::frame::{BORDER, SIZE};
use super::paper::{FAINT, HEIGHT, INK, Paper, Side, WIDTH};
use crate::kit::figure::Picture;
use crate::kit::text::Lang;
use crate::render::wrap;

/// Pixels between two pictures.
const GAP: i32 = 16;
/// Height of a line of words.
const LINE: i32 = 16;
/// Width of a column of text, about.
const COLUMN: i32 = 7;

/// Draws the pictures below the row `top`, in as many rows as lets them be largest.
pub(super) fn draw(paper: &Paper, top: i32, pictures: &[Picture], lang: Lang) {
    let shape = |picture: &Picture| picture.pixels.dim();
    let (rows, cols) = pictures.iter().map(shape).fold((1, 1), |a, b| (a.0.max(b.0), a.1.max(b.1)));
    let (rows, cols, count) = (rows as i32, cols as i32, pictures.len().max(1) as i32);
    // Size of a pixel, words and all, where so many pictures stand in a row.
    let fits = |across: i32| {
        let wide = (WIDTH - 2 * BORDER + GAP) / across - GAP;
        let lines = labels(pictures, wide, lang).iter().map(Vec::len).max().unwrap_or(0) as i32;
        let down = (count + across - 1) / across;
        let high = (HEIGHT - top - BORDER) / down - GAP - LINE * lines;
        ((wide / cols).min(high / rows), wide, lines)
    };
    let across = (1..=count).max_by_key(|&across| (fits(across).0, across)).unwrap_or(1);
    let (size, wide, lines) = fits(across);
    let size = size.max(1);
    for (i, (picture, label)) in pictures.iter().zip(labels(pictures, wide, lang)).enumerate() {
        let (column, row) = (i as i32 % across, i as i32 / across);
        let middle = BORDER + column * (wide + GAP) + wide / 2;
        let left = middle - picture.pixels.ncols() as i32 * size / 2;
        let upper = top + row * (rows * size + GAP + LINE * lines);
        let lower = draw_one(paper, (left, upper), size, &picture.pixels);
        for (line, text) in label.iter().enumerate() {
            paper.text((middle, lower + 12 + LINE * line as i32), Side::Middle, SIZE, INK, text);
        }
    }
}

/// The words of every picture, on lines that are no wider.
fn labels(pictures: &[Picture], wide: i32, lang: Lang) -> Vec<Vec<String>> {
    let columns = (wide / COLUMN).max(4) as usize;
    pictures.iter().map(|picture| wrap::lines(picture.label.get(lang), columns, "", "")).collect()
}

/// One picture; its lower end comes back.
fn draw_one(paper: &Paper, (left, top): (i32, i32), size: i32, pixels: &Array2<[u8; 3]>) -> i32 {
    let end = (left + pixels.ncols() as i32 * size, top + pixels.nrows() as i32 * size);
    for ((i, j), &[r, g, b]) in pixels.indexed_iter() {
        let from = (left + j as i32 * size, top + i as i32 * size);
        // One more, which the next one covers: no seams where a reader scales the picture.
        let to = ((from.0 + size + 1).min(end.0), (from.1 + size + 1).min(end.1));
        paper.rect(from, to, (r, g, b));
    }
    paper.outline((left, top), end, FAINT);
    end.1
}
