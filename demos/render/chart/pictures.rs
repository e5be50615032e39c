//! Pictures side by side: two pixels in each character, one above the other; without colour, as shades.

use super::wrapped;
use crate::kit::figure::Picture;
use crate::render::screen::{Colour, Screen, pad_right};

/// Columns between two pictures.
const GAP: usize = 2;
/// Columns of a picture's words at least.
const WORDS: usize = 17;
/// Without colour, from dark to light.
const SHADES: [char; 5] = [' ', '░', '▒', '▓', '█'];

/// The figure as lines of text.
pub(super) fn draw(screen: &Screen, pictures: &[Picture]) -> Vec<String> {
    let widest = pictures.iter().map(|picture| picture.pixels.ncols()).max().unwrap_or(0);
    let room = widest.max(WORDS).min(screen.width);
    let across = ((screen.width + GAP) / (room + GAP)).max(1);
    let mut out = Vec::new();
    for row in pictures.chunks(across) {
        let drawn: Vec<Vec<String>> = row.iter().map(|picture| one(screen, picture, room)).collect();
        for line in 0..drawn.iter().map(Vec::len).max().unwrap_or(0) {
            let blank = || " ".repeat(room);
            let cells = drawn.iter().map(|lines| lines.get(line).cloned().unwrap_or_else(blank));
            out.push(cells.collect::<Vec<_>>().join(&" ".repeat(GAP)));
        }
    }
    out
}

/// A picture and its words, every line as wide as `room`.
fn one(screen: &Screen, picture: &Picture, room: usize) -> Vec<String> {
    let pixels = &picture.pixels;
    let (rows, cols) = pixels.dim();
    let shown = cols.min(room);
    let line = |i: usize| -> String {
        let cell = |j: usize| {
            let upper = pixels[[i, j]];
            character(screen, upper, *pixels.get((i + 1, j)).unwrap_or(&upper))
        };
        (0..shown).map(cell).collect::<String>() + &" ".repeat(room - shown)
    };
    let words = wrapped(screen.say(&picture.label), room).into_iter();
    (0..rows).step_by(2).map(line).chain(words.map(|words| pad_right(&words, room))).collect()
}

fn character(screen: &Screen, upper: [u8; 3], lower: [u8; 3]) -> String {
    if screen.colour != Colour::None {
        let [u, l] = [upper, lower].map(|[r, g, b]| (r, g, b));
        return screen.halves(u, l);
    }
    // The lightest of the three: pure blue is as much of a shape as yellow is.
    let light = |pixel: [u8; 3]| usize::from(pixel.into_iter().max().unwrap_or(0));
    let shade = (light(upper) + light(lower)) * (SHADES.len() - 1) / (2 * 255);
    SHADES[shade].to_string()
}
