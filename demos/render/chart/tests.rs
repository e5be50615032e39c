//! Charts fit their screen, with or without colour, and hide nothing.

use super::chart;
use crate::kit::figure::{Axis, Plot};
use crate::kit::text::Lang;
use crate::render::samples::{bars, crossing, degenerate, heat, lines, ordinary};
use crate::render::screen::{Colour, Screen, columns};

fn screen(lang: Lang, width: usize, colour: Colour) -> Screen {
    Screen { lang, width, colour }
}

fn plain(width: usize) -> Screen {
    screen(Lang::En, width, Colour::None)
}

#[test]
fn no_line_is_wider_than_the_screen() {
    for figure in ordinary().into_iter().chain(degenerate()) {
        for lang in Lang::ALL {
            for colour in [Colour::None, Colour::Ansi256, Colour::True] {
                for width in [40, 80, 100, 120] {
                    for line in chart(&figure, &screen(lang, width, colour)).lines() {
                        assert!(columns(line) <= width, "{} > {width}: {line}", columns(line));
                    }
                }
            }
        }
    }
}

#[test]
fn the_title_comes_first_and_colour_is_used_only_where_there_is_some() {
    let figure = crossing();
    let without = chart(&figure, &plain(80));
    assert!(without.starts_with("Attention takes time") && !without.contains('\u{1b}'));
    assert!(chart(&figure, &screen(Lang::Zh, 80, Colour::True)).starts_with("\u{1b}[1m注意力"));
}

#[test]
fn every_series_is_seen_even_below_another_one() {
    // The measurement and the formula of this figure have the same points.
    let drawn = chart(&crossing(), &plain(80));
    let grid: String = drawn.lines().filter(|line| line.contains(['│', '┤'])).collect();
    for marker in ['o', 'x', '+', '*'] {
        assert!(grid.contains(marker), "{marker}\n{drawn}");
    }
    for text in ["o⣀ quadratic", "x⣀ linear", "+⠄ formula", "constant", "n = 128", "time (s)"] {
        assert!(drawn.contains(text), "{text}\n{drawn}");
    }
}

#[test]
fn every_figure_has_what_it_draws() {
    for figure in degenerate() {
        let drawn = chart(&figure, &plain(80));
        if let Plot::Lines { series, .. } = &figure.plot {
            assert!(series.iter().all(|s| drawn.contains(s.label.get(Lang::En))), "{drawn}");
        }
    }
}

#[test]
fn decades_lie_at_equal_distances() {
    let drawn = chart(&lines(vec![(1e-3, 1.0), (1.0, 2.0), (1e3, 3.0)], Axis::log), &plain(80));
    let axis = drawn.lines().find(|line| line.contains('└')).unwrap();
    let ticks: Vec<usize> = axis.chars().enumerate().filter(|c| c.1 == '┴').map(|c| c.0).collect();
    assert_eq!(ticks.len(), 7, "{drawn}");
    assert!(ticks.windows(2).all(|t| (t[1] - t[0]).abs_diff(ticks[1] - ticks[0]) <= 1), "{ticks:?}");
}

#[test]
fn bars_are_as_long_as_their_values() {
    let drawn = chart(&bars(&[80.0, 40.0, 10.0, 0.0], Axis::linear), &plain(80));
    let length = |value: &str| {
        let line = drawn.lines().find(|line| line.ends_with(&format!(" {value}"))).unwrap();
        line.chars().filter(|c| *c == '█').count()
    };
    assert!(
        length("80").abs_diff(2 * length("40")) <= 1 && length("80").abs_diff(8 * length("10")) <= 8,
        "{drawn}"
    );
    assert_eq!(length("0"), 0);
}

#[test]
fn bars_on_both_sides_of_zero_share_one_line() {
    let drawn = chart(&bars(&[512.0, -128.0], Axis::linear), &plain(80));
    let zero = |line: &str| line.chars().position(|c| c == '│');
    let zeros: Vec<usize> = drawn.lines().filter_map(zero).collect();
    assert!(zeros.len() == 2 && zeros[0] == zeros[1], "{drawn}");
}

#[test]
fn matrices_show_values_or_say_how_much_is_left_out() {
    let small = chart(&heat(3, 3, |i, j| if i == j { 1.0 } else { 0.25 }), &plain(80));
    assert!(small.contains("█ 1.00") && small.contains("░ 0.25"), "{small}");
    let large = chart(&heat(100, 50, |_, _| 1.0), &plain(80));
    assert!(large.contains("… (100 × 50)"), "{large}");
    assert!(large.lines().count() < 40);
}
