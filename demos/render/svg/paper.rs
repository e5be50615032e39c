//! The sheet that a figure is drawn on: the only place that speaks to plotters.

use plotters::coord::Shift;
use plotters::element::{DashedPathElement, Drawable, PointCollection};
use plotters::prelude::*;
use plotters::style::FontTransform;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use crate::render::screen::Rgb;

/// Pixels from the left and from the top.
pub(super) type Point = (i32, i32);

/// Width of every figure.
pub(super) const WIDTH: i32 = 760;
/// Height of every figure.
pub(super) const HEIGHT: i32 = 460;

/// Titles and values.
pub(super) const INK: Rgb = (34, 34, 34);
/// Names of axes and ticks.
pub(super) const SOFT: Rgb = (85, 85, 85);
/// The frame of a plot, and leaders from lines to their names.
pub(super) const FAINT: Rgb = (165, 165, 165);
/// Grid lines.
pub(super) const GRID: Rgb = (228, 228, 228);

/// Which end of a text lies at its place.
#[derive(Debug, Clone, Copy)]
pub(super) enum Side {
    /// It starts there.
    Start,
    /// It is centred there.
    Middle,
    /// It ends there.
    End,
    /// It starts there and runs upwards.
    UpFrom,
    /// It ends there and runs upwards.
    UpTo,
}

/// A sheet.
pub(super) struct Paper<'a>(DrawingArea<SVGBackend<'a>, Shift>);

impl<'a> Paper<'a> {
    /// A white sheet.
    pub(super) fn new(into: &'a mut String) -> Paper<'a> {
        let paper = Paper(SVGBackend::with_string(into, (WIDTH as u32, HEIGHT as u32)).into_drawing_area());
        paper.rect((0, 0), (WIDTH, HEIGHT), (255, 255, 255));
        paper
    }

    /// Joined points; a single one becomes a dot.
    pub(super) fn path(&self, points: &[Point], rgb: Rgb, width: u32) {
        match points {
            [] => {}
            [only] => self.put(&Circle::new(*only, width, colour(rgb).filled())),
            _ => self.put(&PathElement::new(points, colour(rgb).stroke_width(width))),
        }
    }

    /// Joined points as a dashed line.
    pub(super) fn dashes(&self, points: &[Point], rgb: Rgb, width: u32) {
        match points {
            [] | [_] => self.path(points, rgb, width),
            _ => {
                let style = colour(rgb).stroke_width(width);
                self.put(&DashedPathElement::new(points.iter().copied(), 6, 6, style));
            }
        }
    }

    /// A filled rectangle between two corners.
    pub(super) fn rect(&self, from: Point, to: Point, rgb: Rgb) {
        self.put(&Rectangle::new([from, to], colour(rgb).filled()));
    }

    /// The outline of a rectangle.
    pub(super) fn outline(&self, from: Point, to: Point, rgb: Rgb) {
        self.path(&[from, (to.0, from.1), to, (from.0, to.1), from], rgb, 1);
    }

    /// A disc or a circle.
    pub(super) fn circle(&self, at: Point, radius: i32, rgb: Rgb, filled: bool) {
        let style = ShapeStyle { color: colour(rgb).to_rgba(), filled, stroke_width: 2 };
        self.put(&Circle::new(at, radius, style));
    }

    /// A shape with corners, filled or as an outline.
    pub(super) fn shape(&self, corners: &[Point], rgb: Rgb, filled: bool) {
        if filled {
            self.put(&Polygon::new(corners, colour(rgb).filled()));
        } else {
            let closed: Vec<Point> = corners.iter().chain(&corners[..1]).copied().collect();
            self.path(&closed, rgb, 2);
        }
    }

    /// Text, with its middle line at the given height (or, running upwards, at the given column).
    pub(super) fn text(&self, at: Point, side: Side, size: i32, rgb: Rgb, text: &str) {
        self.write(at, side, size, rgb, FontStyle::Normal, text);
    }

    /// Bold text.
    pub(super) fn bold(&self, at: Point, side: Side, size: i32, rgb: Rgb, text: &str) {
        self.write(at, side, size, rgb, FontStyle::Bold, text);
    }

    fn write(&self, (x, y): Point, side: Side, size: i32, rgb: Rgb, style: FontStyle, text: &str) {
        // plotters divides by 1.24 before it writes the size. It puts the baseline 0.76 em below the
        // place, which is 0.36 em, half a capital letter, below the middle line after this shift.
        let (font_size, shift) = (f64::from(size) * 1.24, (f64::from(size) * 0.4).round() as i32);
        let (across, upwards) = match side {
            Side::Start => (HPos::Left, false),
            Side::Middle => (HPos::Center, false),
            Side::End => (HPos::Right, false),
            Side::UpFrom => (HPos::Left, true),
            Side::UpTo => (HPos::Right, true),
        };
        let font = FontDesc::new(FontFamily::SansSerif, font_size, style);
        let (font, at) = match upwards {
            true => (font.transform(FontTransform::Rotate270), (x - shift, y)),
            false => (font, (x, y - shift)),
        };
        let ink = colour(rgb);
        let style = TextStyle::from(font).color(&ink).pos(Pos::new(across, VPos::Top));
        self.0.draw_text(text, &style, at).expect("drawing into a string cannot fail");
    }

    fn put<'e, E>(&self, element: &'e E)
    where
        E: Drawable<SVGBackend<'a>>,
        &'e E: PointCollection<'e, Point>,
    {
        self.0.draw(element).expect("drawing into a string cannot fail");
    }
}

fn colour((r, g, b): Rgb) -> RGBColor {
    RGBColor(r, g, b)
}

/// The nearest pixel. Halves, which rounding errors would push either way, all go up.
pub(super) fn pixel(exact: f64) -> i32 {
    (exact + 1e-6).round() as i32
}
