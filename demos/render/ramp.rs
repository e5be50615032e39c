//! Heat maps: which colour a value gets, and how it is written into its cell.

use ndarray::Array2;

use super::screen::Rgb;
use crate::kit::number::plain;

/// Nothing, the middle and the end of the colours for positive values.
const BLUES: [Rgb; 3] = [(255, 255, 255), (86, 180, 233), (0, 62, 115)];
/// The same for negative values.
const ORANGES: [Rgb; 3] = [(255, 255, 255), (240, 165, 40), (140, 55, 0)];
/// Without colour, from weak to strong.
const GLYPHS: [char; 5] = [' ', '░', '▒', '▓', '█'];
/// The same for negative values.
const NEGATIVE_GLYPHS: [char; 5] = [' ', '.', '-', '=', '#'];
/// What is not zero is at least this strong: it must not look like white on paper or on a screen.
const FAINTEST: f64 = 0.06;
/// Values that differ by a smaller share are one value, rounded differently.
const ROUNDING: f64 = 1e-9;
/// A value that is no finite number, for instance a hidden score.
const MISSING: Rgb = (200, 200, 200);

/// The colours of a matrix.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ramp {
    /// The value at the pale end; with negative values, the strongest negative one.
    pub(super) low: f64,
    /// The value at the strong end.
    pub(super) high: f64,
}

impl Ramp {
    /// White is zero. Negative values turn orange, positive ones blue, equally strong at equal size.
    pub(super) fn over(data: &Array2<f64>) -> Ramp {
        let usable = || data.iter().copied().filter(|v| v.is_finite());
        let (low, high) =
            (usable().fold(f64::INFINITY, f64::min), usable().fold(f64::NEG_INFINITY, f64::max));
        if low > high || (low == 0.0 && high == 0.0) {
            return Ramp { low: 0.0, high: 1.0 };
        }
        if low < 0.0 {
            let size = high.max(-low);
            // Nothing positive: no half of the scale that no cell has.
            return Ramp { low: -size, high: if high > 0.0 { size } else { 0.0 } };
        }
        match high {
            0.5..=1.0 => Ramp { low: 0.0, high: 1.0 }, // weights: the same colours in every figure
            // Values close together, far from zero, would all look the same if white were zero.
            _ if low > 0.5 * high && high - low > ROUNDING * high => Ramp { low, high },
            _ => Ramp { low: 0.0, high },
        }
    }

    /// From −1, strongest orange, over 0, white, to 1, strongest blue. `None` for what is no finite number.
    pub(super) fn strength(&self, value: f64) -> Option<f64> {
        let share = if self.low < 0.0 {
            value / -self.low // the ends are opposite, or there is no positive one
        } else {
            (value / self.high - self.low / self.high) / (1.0 - self.low / self.high)
        };
        value.is_finite().then(|| share.clamp(-1.0, 1.0))
    }

    /// A character for the strength of a value; only zero is blank, and what is no number gets a mark.
    pub(super) fn glyph(&self, value: f64) -> char {
        let index = |strength: f64| match strength.abs() {
            0.0 => 0,
            size => (size * (GLYPHS.len() - 1) as f64 - 1e-9).ceil().max(1.0) as usize,
        };
        match self.strength(value) {
            None if value.is_infinite() => '×',
            None => '?',
            Some(strength) if strength < 0.0 => NEGATIVE_GLYPHS[index(strength)],
            Some(strength) => GLYPHS[index(strength)],
        }
    }

    /// The colour of a value; only zero is white.
    pub(super) fn colour(&self, value: f64) -> Rgb {
        match self.strength(value) {
            None => MISSING,
            Some(s) if s < 0.0 => between(ORANGES, (-s).max(FAINTEST)),
            Some(s) if s > 0.0 => between(BLUES, s.max(FAINTEST)),
            Some(_) => BLUES[0],
        }
    }
}

/// The colour at a share of the way through three.
fn between([from, over, to]: [Rgb; 3], share: f64) -> Rgb {
    let (a, b, t) = if share < 0.5 { (from, over, 2.0 * share) } else { (over, to, 2.0 * share - 1.0) };
    let mix = |a: u8, b: u8| (f64::from(a) + t * (f64::from(b) - f64::from(a)) + 1e-6).round() as u8;
    (mix(a.0, b.0), mix(a.1, b.1), mix(a.2, b.2))
}

/// How the values of a matrix are written into their cells: all with the same number of decimals. Of a large matrix
/// few cells are ever shown, so none is written before.
pub(super) struct Cells {
    decimals: Option<usize>,
}

/// The way to write the cells of a matrix.
pub(super) fn cells(data: &Array2<f64>) -> Cells {
    let usable = || data.iter().filter(|v| v.is_finite());
    let largest = usable().fold(0.0, |m: f64, v| m.max(v.abs()));
    let decimals = match largest {
        _ if usable().all(|v| v.fract() == 0.0) => Some(0),
        0.01..10.0 => Some(2),
        10.0..1000.0 => Some(1),
        _ => None,
    };
    Cells { decimals: decimals.filter(|_| largest < 1e6) }
}

impl Cells {
    /// A value as the text of its cell.
    pub(super) fn text(&self, value: f64) -> String {
        match self.decimals {
            Some(decimals) if value.is_finite() => fixed(value, decimals),
            _ => plain(value),
        }
    }
}

/// A value with some decimals; an exact zero is short, and nothing is written −0.
fn fixed(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    match text.strip_prefix('-') {
        _ if value == 0.0 => "0".to_string(),
        Some(size) if !size.contains(|c: char| c.is_ascii_digit() && c != '0') => size.to_string(),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn white_is_zero_and_signs_have_their_own_colours() {
        let ramp = Ramp::over(&array![[-1.0, 0.0, 0.5]]);
        assert_eq!(ramp.colour(0.0), (255, 255, 255));
        assert_eq!((ramp.colour(-1.0), ramp.colour(1.0)), (ORANGES[2], BLUES[2]));
        assert_eq!(ramp.colour(f64::NAN), MISSING);
    }

    #[test]
    fn what_is_not_zero_never_looks_like_zero() {
        for data in
            [array![[1.0, 1e-12, 5e-9, 0.0]], array![[-1.0, 1e-12, -1e-12, 0.0]], array![[20.0, 1e-12]]]
        {
            let ramp = Ramp::over(&data);
            for &value in data.iter().filter(|value| **value != 0.0) {
                assert_ne!(ramp.glyph(value), ' ', "{value}");
                let (red, green, blue) = ramp.colour(value);
                assert!(red.min(green).min(blue) < 245, "{value}: {:?}", (red, green, blue));
            }
            assert_eq!((ramp.glyph(0.0), ramp.colour(0.0)), (' ', BLUES[0]));
        }
    }

    #[test]
    fn values_that_rounding_alone_parts_have_one_colour() {
        for size in [1.0, 3.0, 1e6] {
            let ramp = Ramp::over(&array![[size, size * (1.0 + f64::EPSILON)]]);
            assert_eq!(ramp.low, 0.0, "{size}");
            assert_eq!(ramp.colour(size), ramp.colour(size * (1.0 + f64::EPSILON)), "{size}");
        }
        let ramp = Ramp::over(&array![[2.0, 3.0]]);
        assert_eq!((ramp.low, ramp.high), (2.0, 3.0));
    }

    #[test]
    fn weights_always_run_from_zero_to_one() {
        let ramp = Ramp::over(&array![[0.1, 0.7]]);
        assert_eq!((ramp.low, ramp.high), (0.0, 1.0));
    }

    #[test]
    fn any_matrix_has_colours() {
        for value in [0.0, -0.0, f64::NAN, f64::INFINITY, f64::MAX, f64::MIN, 5e-324, 7.0] {
            for other in [0.0, f64::NAN, f64::MAX, -3.0, 7.0] {
                let data = array![[value, other]];
                let ramp = Ramp::over(&data);
                assert!(ramp.strength(value).is_none_or(|s| (-1.0..=1.0).contains(&s)));
                assert!(data.iter().all(|&value| !cells(&data).text(value).is_empty()));
            }
        }
    }

    #[test]
    fn cells_share_their_decimals() {
        let expected = array![["0.25", "0"], ["1.00", "0.00"]].mapv(str::to_string);
        let written = |data: Array2<f64>| data.mapv(|value| cells(&data).text(value));
        assert_eq!(written(array![[0.25, 0.0], [1.0, -1e-9]]), expected);
        assert_eq!(written(array![[3.0, -12.0]]), array![["3", "-12"]].mapv(str::to_string));
    }
}
