//! Lines on two axes.

use super::canvas::{Canvas, Ink, marker};
use super::{axis_name, series_colour, spaced, width};
use crate::kit::figure::{Axis, Series};
use crate::kit::text::Text;
use crate::render::ruler::Ruler;
use crate::render::screen::{Role, Screen, columns, pad_left, shorten};

/// Rows between the top of the vertical axis and the horizontal one.
const HEIGHT: usize = 16;
/// Columns between two markers on the line of a formula.
const APART: usize = 14;

/// What is drawn.
pub(super) struct Lines<'a> {
    pub(super) x: &'a Axis,
    pub(super) y: &'a Axis,
    pub(super) series: &'a [Series],
    pub(super) rule: Option<&'a (f64, Text)>,
}

/// The figure as lines of text.
pub(super) fn draw(screen: &Screen, lines: &Lines) -> Vec<String> {
    let y = vertical(lines);
    let room = y.ticks.iter().map(|t| columns(&t.name)).max().unwrap_or(0);
    let x = horizontal(lines, width(screen).saturating_sub(room + 2) / 9);
    let mut canvas = Canvas::new(width(screen).saturating_sub(room + 2).max(8), HEIGHT);
    let rule =
        lines.rule.and_then(|(at, label)| Some((canvas.spot(x.place(*at)?, 0.0).0 / 2, screen.say(label))));
    canvas.rule = rule.map(|r| r.0);
    for measured in [false, true] {
        // measurements lie over formulas
        for (i, series) in lines.series.iter().enumerate().filter(|(_, s)| s.measured == measured) {
            trace(&mut canvas, i, series, &x, &y);
        }
    }
    let mut out = axis_name(screen, screen.say(&lines.y.label));
    out.extend(rule.map(|(column, label)| {
        let label = shorten(label, canvas.width);
        format!("{}{}", " ".repeat(room + 2), spaced(&[(column, label)], canvas.width))
    }));
    out.extend(framed(screen, &canvas, &x, &y, room));
    let name = shorten(screen.say(&lines.x.label), width(screen));
    let middle = room + 2 + canvas.width / 2;
    out.push(screen.paint(Role::Quiet, &spaced(&[(middle, name)], width(screen))));
    out.extend(legend(screen, lines.series));
    out
}

fn vertical(lines: &Lines) -> Ruler {
    let points = lines.series.iter().flat_map(|s| &s.points).map(|p| p.1);
    let spreads = lines.series.iter().filter_map(|s| s.spread.as_ref()).flatten().flat_map(|s| [s.0, s.1]);
    Ruler::over(lines.y.scale, &points.chain(spreads).collect::<Vec<_>>(), &[], 6)
}

fn horizontal(lines: &Lines, most: usize) -> Ruler {
    let points = lines.series.iter().flat_map(|s| &s.points).map(|p| p.0);
    let values: Vec<f64> = points.chain(lines.rule.map(|r| r.0)).collect();
    let measured = lines.series.iter().filter(|s| s.measured).flat_map(|s| &s.points).map(|p| p.0);
    Ruler::over(lines.x.scale, &values, &measured.collect::<Vec<_>>(), most)
}

/// Draws one series: the spread, the line, the markers. A gap is left where a value cannot be drawn.
fn trace(canvas: &mut Canvas, index: usize, series: &Series, x: &Ruler, y: &Ruler) {
    for (point, &(low, high)) in series.points.iter().zip(series.spread.iter().flatten()) {
        let Some(place) = x.place(point.0).filter(|_| !low.is_nan() && !high.is_nan()) else { continue };
        let (from, to) = (canvas.spot(place, y.place_or_end(low)), canvas.spot(place, y.place_or_end(high)));
        (to.1..=from.1).step_by(2).for_each(|row| canvas.dot((from.0, row), Ink::Quiet));
    }
    let spot = |p: &(f64, f64)| Some(canvas.spot(x.place(p.0)?, y.place(p.1)?));
    let spots: Vec<Option<(usize, usize)>> = series.points.iter().map(spot).collect();
    for pair in spots.windows(2) {
        if let [Some(from), Some(to)] = pair {
            canvas.line(*from, *to, Ink::Series(index), !series.measured);
        }
    }
    let spots: Vec<(usize, usize)> = spots.into_iter().flatten().collect();
    let shown = if series.measured { spots } else { some_of(&spots, index) };
    shown.into_iter().for_each(|spot| canvas.point(spot, index));
}

/// A few points of a formula, far from each other and elsewhere than those of other series.
fn some_of(spots: &[(usize, usize)], index: usize) -> Vec<(usize, usize)> {
    let first = spots.first().map_or(0, |spot| spot.0);
    let mut next = first + 2 * (3 + 4 * index % APART);
    let mut kept: Vec<(usize, usize)> = Vec::new();
    for &spot in spots {
        if spot.0 >= next {
            kept.push(spot);
            next = spot.0 + 2 * APART;
        }
    }
    if kept.is_empty() { spots.last().copied().into_iter().collect() } else { kept }
}

/// The grid with its axes and their ticks.
fn framed(screen: &Screen, canvas: &Canvas, x: &Ruler, y: &Ruler, room: usize) -> Vec<String> {
    let quiet = |text: &str| screen.paint(Role::Quiet, text);
    let mut names = vec![None; canvas.height];
    for tick in &y.ticks {
        names[canvas.spot(0.0, tick.place).1 / 4] = Some(&tick.name);
    }
    let row = |(line, name): (String, Option<&String>)| {
        let axis = if name.is_some() { "┤" } else { "│" };
        quiet(&format!("{} {axis}", pad_left(name.map_or("", |n| n), room))) + &line
    };
    let mut out: Vec<String> = canvas.rows(screen).into_iter().zip(names).map(row).collect();
    let column = |place: f64| canvas.spot(place, 0.0).0 / 2;
    let ticks: Vec<usize> = x.ticks.iter().map(|t| column(t.place)).collect();
    let foot: String = (0..canvas.width).map(|c| if ticks.contains(&c) { '┴' } else { '─' }).collect();
    out.push(quiet(&format!("{}└{foot}", " ".repeat(room + 1))));
    let names: Vec<(usize, String)> =
        x.ticks.iter().map(|t| (room + 2 + column(t.place), t.name.clone())).collect();
    out.push(quiet(&spaced(&names, room + 2 + canvas.width)));
    out
}

/// The marker and the name of each series, as many on a line as fit.
fn legend(screen: &Screen, series: &[Series]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut used = usize::MAX;
    for (i, series) in series.iter().enumerate() {
        let piece = if series.measured { "⣀" } else { "⠄" };
        let sign = format!("{piece}{}{piece}", marker(i));
        let label = shorten(screen.say(&series.label), screen.width.saturating_sub(4));
        let size = columns(&sign) + 1 + columns(&label);
        let entry = format!("{} {label}", screen.tint(series_colour(i), &sign));
        match out.last_mut() {
            Some(line) if used + 3 + size <= screen.width => {
                *line = format!("{line}   {entry}");
                used += 3 + size;
            }
            _ => {
                out.push(entry);
                used = size;
            }
        }
    }
    out
}
