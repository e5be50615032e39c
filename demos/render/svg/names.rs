//! The names of lines: beside their right ends where that is possible, otherwise as a legend.

use super::frame::{Frame, LINE, SIZE, paragraph, wide, wrapped};
use super::lines::Trace;
use super::paper::{FAINT, Paper, Side};
use crate::render::screen::Rgb;

/// Widest column that names may take.
const WIDEST: i32 = 190;
/// Room between the plot and a name: for leaders, or for the sample of a line.
pub(super) const GAP: i32 = 34;
/// Ends no further apart than this are at one place, and where so many are, names beside them mean nothing.
const ONE_PLACE: i32 = 2;
const MANY: usize = 4;
/// Smallest distance between two names.
const BETWEEN: i32 = 4;

/// The wrapped names and the pixels that the longest line takes.
pub(super) fn column<'a>(labels: impl Iterator<Item = &'a str>) -> (Vec<Vec<String>>, i32) {
    let names: Vec<Vec<String>> = labels.map(|label| wrapped(label, WIDEST, SIZE)).collect();
    let widest = names.iter().flatten().map(|line| wide(line, SIZE)).max().unwrap_or(0);
    (names, widest)
}

/// Writes the names to the right of the frame.
pub(super) fn write(paper: &Paper, frame: &Frame, traces: &[Trace], names: &[Vec<String>]) {
    let heights: Vec<i32> = names.iter().map(|name| LINE * name.len() as i32).collect();
    let needed: i32 = heights.iter().map(|h| h + BETWEEN).sum();
    let near = frame.right - (frame.right - frame.left) / 12;
    let ends: Option<Vec<_>> = traces.iter().map(|trace| trace.end().filter(|end| end.0 >= near)).collect();
    match ends {
        Some(ends) if needed <= frame.bottom - frame.top && !crowded(&ends) => {
            let rows: Vec<i32> = ends.iter().map(|end| end.1).collect();
            let tops = apart(&rows, &heights, frame.top - LINE / 2, frame.bottom + LINE / 2);
            for (i, (end, top)) in ends.iter().zip(tops).enumerate() {
                let middle = top + heights[i] / 2;
                leader(paper, *end, (frame.right + GAP - 5, middle));
                let first = (frame.right + GAP, top + LINE / 2);
                paragraph(paper, first, Side::Start, traces[i].ink(), &names[i]);
            }
        }
        _ => legend(paper, frame, traces, names, &heights),
    }
}

/// Do so many lines end at one place that leaders could not say which is which?
fn crowded(ends: &[(i32, i32)]) -> bool {
    ends.iter().any(|end| ends.iter().filter(|other| (end.1 - other.1).abs() <= ONE_PLACE).count() >= MANY)
}

/// A faint line from the end of a series to its name.
fn leader(paper: &Paper, end: (i32, i32), name: (i32, i32)) {
    paper.path(&[(end.0 + 8, end.1), (name.0 - 5, name.1), name], FAINT, 1);
}

/// The names below each other, each beside a sample of its line.
fn legend(paper: &Paper, frame: &Frame, traces: &[Trace], names: &[Vec<String>], heights: &[i32]) {
    let mut top = frame.top;
    for (i, trace) in traces.iter().enumerate() {
        let y = top + LINE / 2;
        let ends = [(frame.right + 8, y), (frame.right + 28, y)];
        trace.line(paper, &ends);
        if trace.measured {
            trace.mark(paper, i, (frame.right + 18, y));
        }
        paragraph(paper, (frame.right + GAP, y), Side::Start, trace.ink(), &names[i]);
        top += heights[i] + BETWEEN;
    }
}

/// The top of each name, as near to its row as possible without an overlap.
fn apart(rows: &[i32], heights: &[i32], top: i32, bottom: i32) -> Vec<i32> {
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by_key(|&i| rows[i]); // stable: equal rows keep the order of the series
    let mut tops: Vec<i32> = rows.iter().zip(heights).map(|(row, height)| row - height / 2).collect();
    // Half of an overlap is resolved upwards, half downwards, until none is left to see.
    for _ in 0..200 {
        for pair in order.windows(2) {
            let (a, b) = (pair[0], pair[1]);
            let overlap = tops[a] + heights[a] + BETWEEN - tops[b];
            if overlap > 0 {
                tops[a] -= overlap / 2;
                tops[b] += overlap - overlap / 2;
            }
        }
        for i in 0..tops.len() {
            tops[i] = tops[i].clamp(top, (bottom - heights[i]).max(top));
        }
    }
    tops
}

/// The colour, darkened until text in it can be read on white (contrast 4.5 : 1).
pub(super) fn readable(mut rgb: Rgb) -> Rgb {
    while 1.05 / (luminance(rgb) + 0.05) < 4.5 {
        rgb = (darker(rgb.0), darker(rgb.1), darker(rgb.2));
    }
    rgb
}

fn darker(channel: u8) -> u8 {
    (u16::from(channel) * 15 / 16) as u8
}

/// Relative luminance as WCAG 2 defines it.
pub(super) fn luminance((r, g, b): Rgb) -> f64 {
    let linear = |c: u8| match f64::from(c) / 255.0 {
        c if c <= 0.04045 => c / 12.92,
        c => ((c + 0.055) / 1.055).powf(2.4),
    };
    0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::screen::SERIES;

    #[test]
    fn names_do_not_overlap_and_stay_in_order() {
        let (rows, heights) = ([100, 101, 99, 300], [17, 34, 17, 17]);
        let tops = apart(&rows, &heights, 0, 400);
        assert!(tops[2] + 17 <= tops[0] && tops[0] + 17 <= tops[1] && tops[1] + 34 <= tops[3]);
        assert_eq!(tops[3], 300 - 8);
    }

    #[test]
    fn names_at_an_edge_stay_inside() {
        let tops = apart(&[400, 400, 400], &[17, 17, 17], 0, 400);
        assert!(tops.iter().all(|t| t + 17 <= 400), "{tops:?}");
        assert!(tops[0] + 17 <= tops[1] && tops[1] + 17 <= tops[2], "{tops:?}");
    }

    #[test]
    fn every_colour_can_be_read_as_text() {
        for rgb in SERIES {
            assert!(1.05 / (luminance(readable(rgb)) + 0.05) >= 4.5);
        }
    }
}
