//! Figures in a terminal: the same ones as on paper, drawn with characters.

mod bars;
mod canvas;
mod heat;
mod lines;
mod pictures;

use super::screen::{Rgb, Role, SERIES, Screen, columns};
use super::wrap;
use crate::kit::figure::{Figure, Plot};

/// The figure, title first, as lines that fit the screen. Ends with a newline.
pub fn chart(figure: &Figure, screen: &Screen) -> String {
    let title = wrapped(screen.say(&figure.title), screen.width).into_iter();
    let title = title.map(|line| screen.paint(Role::Strong, &line));
    let drawn = match &figure.plot {
        Plot::Lines { x, y, series, rule } => {
            lines::draw(screen, &lines::Lines { x, y, series, rule: rule.as_ref() })
        }
        Plot::Bars { y, bars } => bars::draw(screen, y, bars),
        Plot::Heat(heat) => heat::draw(screen, heat),
        Plot::Pictures(pictures) => pictures::draw(screen, pictures),
    };
    title.chain(drawn).map(|line| format!("{}\n", line.trim_end())).collect()
}

/// Columns of a figure: on wide screens, lines would only grow flat.
fn width(screen: &Screen) -> usize {
    screen.width.min(100)
}

/// Breaks a text into lines of at most so many columns.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    wrap::lines(text, width, "", "")
}

/// The name of an axis, on as many lines as it needs.
fn axis_name(screen: &Screen, name: &str) -> Vec<String> {
    wrapped(name, screen.width).into_iter().map(|line| screen.paint(Role::Quiet, &line)).collect()
}

/// The colour of a series.
fn series_colour(index: usize) -> Rgb {
    SERIES[index % SERIES.len()]
}

/// Texts centred at columns of a line; one that would touch its left neighbour is left out.
fn spaced(texts: &[(usize, String)], width: usize) -> String {
    let mut line = String::new();
    for (centre, text) in texts {
        let size = columns(text);
        let start = centre.saturating_sub(size / 2).min(width.saturating_sub(size));
        let used = columns(&line);
        if used > 0 && start <= used || start + size > width {
            continue;
        }
        line += &" ".repeat(start - used);
        line += text;
    }
    line
}

#[cfg(test)]
mod tests;
