//! How the values of a matrix become colours, on paper and in a terminal alike.

use super::screen::Rgb;
use crate::kit::findings::Shade;

const WHITE: Rgb = (255, 255, 255);
const BLUE: Rgb = (0, 90, 160);
const ORANGE: Rgb = (213, 94, 0);

/// The colour of a value; `largest` is the largest size in the matrix.
pub fn colour(value: f64, largest: f64, shade: Shade) -> Rgb {
    let part = strength(value, largest, shade);
    let end = if value < 0.0 { ORANGE } else { BLUE };
    mix(WHITE, end, part)
}

/// The same without colour: five steps of grey.
pub fn grey(value: f64, largest: f64, shade: Shade) -> char {
    const STEPS: [char; 5] = [' ', '░', '▒', '▓', '█'];
    let step = (strength(value, largest, shade) * 5.0).floor();
    STEPS[(step as usize).min(4)]
}

/// How strong the colour of a value is, 0 to 1.
fn strength(value: f64, largest: f64, shade: Shade) -> f64 {
    let whole = match shade {
        Shade::Weight => 1.0,
        Shade::Signed => largest,
    };
    if value.is_finite() && whole > 0.0 { (value.abs() / whole).min(1.0) } else { 0.0 }
}

fn mix(from: Rgb, to: Rgb, part: f64) -> Rgb {
    let between = |a: u8, b: u8| (f64::from(a) + (f64::from(b) - f64::from(a)) * part).round() as u8;
    (between(from.0, to.0), between(from.1, to.1), between(from.2, to.2))
}
