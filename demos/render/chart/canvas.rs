//! A grid of characters on which lines are drawn with Braille dots and points with markers.

use super::series_colour;
use crate::render::screen::{Role, Screen};

/// The markers, by series. They can be told apart without colour.
const MARKERS: [char; 10] = ['o', 'x', '+', '*', '#', '@', '%', '&', '=', '$'];
/// The bits of the dots of a Braille character, by column and row.
const DOTS: [[u8; 4]; 2] = [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]];

/// What a part of the drawing belongs to; decides its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ink {
    /// A line or a marker of a series.
    Series(usize),
    /// What stays in the background.
    Quiet,
}

/// One character of the grid.
#[derive(Debug, Clone, Default)]
struct Cell {
    dots: u8,
    ink: Option<Ink>,
    /// The series that have a point here.
    points: Vec<usize>,
}

/// The grid.
pub(super) struct Canvas {
    pub(super) width: usize,
    pub(super) height: usize,
    cells: Vec<Cell>,
    /// The column of a vertical line behind everything.
    pub(super) rule: Option<usize>,
}

/// The marker of a series.
pub(super) fn marker(series: usize) -> char {
    MARKERS[series % MARKERS.len()]
}

impl Canvas {
    /// An empty grid.
    pub(super) fn new(width: usize, height: usize) -> Canvas {
        Canvas { width, height, cells: vec![Cell::default(); width * height], rule: None }
    }

    /// The dot at shares of the way from left to right and from bottom to top.
    pub(super) fn spot(&self, x: f64, y: f64) -> (usize, usize) {
        let dot =
            |share: f64, dots: usize| (share.clamp(0.0, 1.0) * (dots - 1) as f64 + 1e-6).round() as usize;
        (dot(x, 2 * self.width), 4 * self.height - 1 - dot(y, 4 * self.height))
    }

    /// A straight line between two dots. Of a sparse one, only every second dot is set.
    pub(super) fn line(&mut self, from: (usize, usize), to: (usize, usize), ink: Ink, sparse: bool) {
        let steps = from.0.abs_diff(to.0).max(from.1.abs_diff(to.1)).max(1);
        for i in 0..=steps {
            let part = |a: usize, b: usize| (a * (steps - i) + b * i + steps / 2) / steps;
            let (x, y) = (part(from.0, to.0), part(from.1, to.1));
            let along = if from.0.abs_diff(to.0) >= from.1.abs_diff(to.1) { x } else { y };
            if !sparse || along % 2 == 0 {
                self.dot((x, y), ink);
            }
        }
    }

    /// One dot. Series come before what stays in the background.
    pub(super) fn dot(&mut self, (x, y): (usize, usize), ink: Ink) {
        let cell = &mut self.cells[y / 4 * self.width + x / 2];
        cell.dots |= DOTS[x % 2][y % 4];
        if cell.ink.is_none() || ink != Ink::Quiet {
            cell.ink = Some(ink);
        }
    }

    /// A point of a series.
    pub(super) fn point(&mut self, (x, y): (usize, usize), series: usize) {
        let points = &mut self.cells[y / 4 * self.width + x / 2].points;
        if !points.contains(&series) {
            points.push(series);
        }
    }

    /// The grid as lines of text.
    pub(super) fn rows(&self, screen: &Screen) -> Vec<String> {
        let shown = self.shown_points();
        let row = |y: usize| {
            let cells = (0..self.width).map(|x| self.character(x, y, shown[y * self.width + x]));
            runs(screen, &cells.collect::<Vec<_>>())
        };
        (0..self.height).map(row).collect()
    }

    /// Which series shows its marker in each cell. Where several have a point, the one with the fewest
    /// markers so far, so that no series hides another one behind it.
    fn shown_points(&self) -> Vec<Option<usize>> {
        let mut count = std::collections::BTreeMap::new();
        let alone = self.cells.iter().filter(|cell| cell.points.len() == 1);
        alone.for_each(|cell| *count.entry(cell.points[0]).or_insert(0) += 1);
        let mut shown = vec![None; self.cells.len()];
        // By columns: series that run together then take turns along the horizontal axis.
        for at in (0..self.width).flat_map(|x| (0..self.height).map(move |y| (x, y))) {
            let index = at.1 * self.width + at.0;
            let points = &self.cells[index].points;
            shown[index] = points.iter().copied().min_by_key(|s| count.get(s).copied().unwrap_or(0));
            if let Some(series) = shown[index].filter(|_| points.len() > 1) {
                *count.entry(series).or_insert(0) += 1;
            }
        }
        shown
    }

    fn character(&self, x: usize, y: usize, point: Option<usize>) -> (char, Option<Ink>) {
        let cell = &self.cells[y * self.width + x];
        match (point, cell.dots) {
            (Some(series), _) => (marker(series), Some(Ink::Series(series))),
            (None, 0) if self.rule == Some(x) => ('┊', Some(Ink::Quiet)),
            (None, 0) => (' ', None),
            (None, dots) => (char::from_u32(0x2800 + u32::from(dots)).unwrap_or(' '), cell.ink),
        }
    }
}

/// Neighbours of one colour, painted together.
fn runs(screen: &Screen, cells: &[(char, Option<Ink>)]) -> String {
    let run = |cells: &[(char, Option<Ink>)]| {
        let text: String = cells.iter().map(|cell| cell.0).collect();
        match cells[0].1 {
            None => text,
            Some(Ink::Series(series)) => screen.tint(series_colour(series), &text),
            Some(Ink::Quiet) => screen.paint(Role::Quiet, &text),
        }
    };
    cells.chunk_by(|a, b| a.1 == b.1).map(run).collect()
}
