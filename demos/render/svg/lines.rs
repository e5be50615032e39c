//! Lines on two axes.

use super::frame::{BORDER, Frame, SIZE, tick_room, wide, x_name, y_name};
use super::names::{self, GAP};
use super::paper::{HEIGHT, INK, Paper, Point, SOFT, Side, WIDTH};
use crate::kit::figure::{Axis, Series};
use crate::kit::text::{Lang, Text};
use crate::render::ruler::Ruler;
use crate::render::screen::{Rgb, SERIES};

/// Measured points beyond this number get small markers.
const CROWD: usize = 40;

/// What is drawn.
pub(super) struct Lines<'a> {
    pub(super) x: &'a Axis,
    pub(super) y: &'a Axis,
    pub(super) series: &'a [Series],
    pub(super) rule: Option<&'a (f64, Text)>,
}

/// A series in pixels.
pub(super) struct Trace {
    /// Points; `None` where a value cannot be drawn.
    points: Vec<Option<Point>>,
    /// Ends of the spread: column, lower row, upper row.
    spread: Vec<(i32, i32, i32)>,
    pub(super) colour: Rgb,
    pub(super) measured: bool,
    /// A formula beside measurements is dashed, so that both can be seen where they agree.
    dashed: bool,
    /// What the others are held against.
    reference: bool,
}

/// What the others are held against.
const BLACK: Rgb = (0, 0, 0);

/// Draws axes, lines and names below the row `top`.
pub(super) fn draw(paper: &Paper, top: i32, lang: Lang, lines: &Lines) {
    let (x, y) = rulers(lines);
    let (labels, widest) = names::column(lines.series.iter().map(|s| s.label.get(lang)));
    let room = if labels.is_empty() { 0 } else { widest + GAP };
    let rule = lines.rule.and_then(|(at, label)| Some((x.place(*at)?, label.get(lang))));
    let top = y_name(paper, top, lines.y.label.get(lang));
    let frame = Frame {
        left: BORDER + tick_room(&y),
        top: top + if rule.is_some() { 20 } else { 4 },
        right: WIDTH - BORDER - room.max(12),
        bottom: HEIGHT - 52,
    };
    let frame = if lines.x.equal { even(&frame, [x.span(), y.span()]) } else { frame };
    frame.rows(paper, &y);
    frame.columns(paper, &x);
    frame.axes(paper);
    x_name(paper, &frame, HEIGHT - 14, lines.x.label.get(lang));
    if let Some((place, label)) = rule {
        draw_rule(paper, &frame, place, label);
    }
    let traces = traces(lines.series, &frame, &x, &y);
    draw_traces(paper, &traces);
    names::write(paper, &frame, &traces, &labels);
}

/// The part of a frame, from its lower left corner, in which both axes have units of one length.
fn even(frame: &Frame, [wide, high]: [f64; 2]) -> Frame {
    let (width, height) = (f64::from(frame.right - frame.left), f64::from(frame.bottom - frame.top));
    let unit = (width / wide).min(height / high);
    Frame {
        right: frame.left + (unit * wide).round() as i32,
        top: frame.bottom - (unit * high).round() as i32,
        ..*frame
    }
}

/// Both axes. They hold every point that can be drawn, the spreads and the rule.
fn rulers(lines: &Lines) -> (Ruler, Ruler) {
    let points = || lines.series.iter().flat_map(|s| &s.points);
    let xs: Vec<f64> = points().map(|p| p.0).chain(lines.rule.map(|r| r.0)).collect();
    let spreads = lines.series.iter().filter_map(|s| s.spread.as_ref()).flatten();
    let ys: Vec<f64> = points().map(|p| p.1).chain(spreads.flat_map(|s| [s.0, s.1])).collect();
    let measured = lines.series.iter().filter(|s| s.measured).flat_map(|s| &s.points);
    let measured: Vec<f64> = measured.map(|p| p.0).collect();
    (Ruler::over(lines.x.scale, &xs, &measured, 9), Ruler::over(lines.y.scale, &ys, &[], 8))
}

/// A vertical line with its label above the plot.
fn draw_rule(paper: &Paper, frame: &Frame, place: f64, label: &str) {
    let x = frame.x(place);
    paper.dashes(&[(x, frame.bottom), (x, frame.top - 3)], SOFT, 1);
    let half = wide(label, SIZE) / 2;
    let (first, last) = (BORDER + half, WIDTH - BORDER - half);
    paper.text((x.min(last).max(first), frame.top - 12), Side::Middle, SIZE, INK, label);
}

fn traces(series: &[Series], frame: &Frame, x: &Ruler, y: &Ruler) -> Vec<Trace> {
    let any_measured = series.iter().any(|s| s.measured);
    let column = |at: f64| x.place(at).map(|place| frame.x(place));
    let trace = |(i, s): (usize, &Series)| Trace {
        points: s.points.iter().map(|p| Some((column(p.0)?, frame.y(y.place(p.1)?)))).collect(),
        spread: s
            .points
            .iter()
            .zip(s.spread.iter().flatten())
            .filter_map(|(p, &(low, high))| {
                let drawable = !low.is_nan() && !high.is_nan();
                let end = |value| frame.y(y.place_or_end(value));
                column(p.0).filter(|_| drawable).map(|x| (x, end(low), end(high)))
            })
            .collect(),
        colour: if s.reference { BLACK } else { SERIES[i % SERIES.len()] },
        measured: s.measured,
        dashed: !s.measured && any_measured,
        reference: s.reference,
    };
    series.iter().enumerate().map(trace).collect()
}

/// Spreads lie lowest, then measured lines, then formulas, then markers; what the others are held against lies on top.
fn draw_traces(paper: &Paper, traces: &[Trace]) {
    for trace in traces {
        let pale = pale(trace.colour);
        for &(x, low, high) in &trace.spread {
            paper.path(&[(x, low), (x, high)], pale, 2);
            paper.path(&[(x - 4, low), (x + 4, low)], pale, 2);
            paper.path(&[(x - 4, high), (x + 4, high)], pale, 2);
        }
    }
    for formulas in [false, true] {
        for trace in traces.iter().filter(|t| t.dashed == formulas) {
            for part in trace.points.split(Option::is_none) {
                let part: Vec<Point> = part.iter().flatten().copied().collect();
                trace.line(paper, &part);
            }
        }
    }
    let (on_top, below): (Vec<_>, Vec<_>) =
        traces.iter().enumerate().filter(|(_, t)| t.measured).partition(|(_, t)| t.reference);
    for (i, trace) in below.into_iter().chain(on_top) {
        let crowded = trace.points.len() > CROWD;
        for &at in trace.points.iter().flatten() {
            if crowded {
                paper.circle(at, 2, trace.colour, true);
            } else {
                trace.mark(paper, i, at);
            }
        }
    }
}

impl Trace {
    /// The last point that can be drawn.
    pub(super) fn end(&self) -> Option<Point> {
        self.points.iter().flatten().next_back().copied()
    }

    /// The colour for dashes and for the name.
    pub(super) fn ink(&self) -> Rgb {
        if self.dashed { dark(self.colour) } else { names::readable(self.colour) }
    }

    /// The marker of one point, as that of series number `i`.
    pub(super) fn mark(&self, paper: &Paper, i: usize, (x, y): Point) {
        if self.reference {
            paper.path(&[(x - 8, y), (x + 8, y)], self.colour, 3);
            paper.path(&[(x, y - 8), (x, y + 8)], self.colour, 3);
        } else {
            marker(paper, i, (x, y), self.colour);
        }
    }

    /// Joined points in the look of this series.
    pub(super) fn line(&self, paper: &Paper, points: &[Point]) {
        let mut points = points.to_vec();
        points.dedup(); // finely sampled formulas have several points in one pixel
        match self.dashed {
            true => paper.dashes(&points, self.ink(), 2),
            false => paper.path(&points, self.colour, 2),
        }
    }
}

/// The marker of a series. Neighbours differ in shape, and one of them is hollow, so that both can be
/// seen where they coincide.
fn marker(paper: &Paper, series: usize, (x, y): Point, rgb: Rgb) {
    let filled = series.is_multiple_of(2);
    match series % 5 {
        0 => paper.circle((x, y), 4, rgb, filled),
        1 => paper.shape(&[(x - 5, y - 5), (x + 5, y - 5), (x + 5, y + 5), (x - 5, y + 5)], rgb, filled),
        2 => paper.shape(&[(x, y - 6), (x + 5, y + 4), (x - 5, y + 4)], rgb, filled),
        3 => paper.shape(&[(x, y - 6), (x + 6, y), (x, y + 6), (x - 6, y)], rgb, filled),
        _ => paper.shape(&[(x - 5, y - 4), (x + 5, y - 4), (x, y + 6)], rgb, filled),
    }
}

/// The colour, nearly half way to black: dashes in it stand out from a line below them.
fn dark((r, g, b): Rgb) -> Rgb {
    let part = |c: u8| (u16::from(c) * 3 / 5) as u8;
    (part(r), part(g), part(b))
}

/// The colour, half way to white.
fn pale((r, g, b): Rgb) -> Rgb {
    let half = |c: u8| 127 + c / 2;
    (half(r), half(g), half(b))
}
