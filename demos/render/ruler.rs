//! Axes: where a value lies between the two ends, and which values are named.

use crate::kit::figure::Scale;

/// The empty part at each end, as a share of the whole.
const MARGIN: f64 = 0.04;

/// An axis that knows its ends.
#[derive(Debug, Clone)]
pub(super) struct Ruler {
    scale: Scale,
    /// The ends; on a logarithmic axis their decimal logarithms.
    low: f64,
    high: f64,
    /// The named values, by rising place.
    pub(super) ticks: Vec<Tick>,
}

/// A named value of an axis.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Tick {
    /// Share of the way from the low end to the high end.
    pub(super) place: f64,
    /// The value as text.
    pub(super) name: String,
}

impl Ruler {
    /// An axis that all values fit on, with at most `most` ticks. Values that cannot be drawn are ignored.
    ///
    /// `measured` are the places of measurements. If all of them are powers of two and the axis is
    /// logarithmic, they are the ticks. Whole numbers among them count things, as layers
    /// do, be it 0 and 1 alone.
    pub(super) fn over(scale: Scale, values: &[f64], measured: &[f64], most: usize) -> Ruler {
        let (low, high) = ends(scale, values);
        let mut ruler = Ruler { scale, low, high, ticks: Vec::new() };
        let ticks = match scale {
            Scale::Linear => {
                // 0 and 1 alone may be shares, unless something was measured there and nowhere between.
                let counts = whole(values) && (high - low >= 2.0 || !measured.is_empty());
                equal_steps(low, high, most, counts)
            }
            Scale::Log => powers_of_two(measured, most).unwrap_or_else(|| decades(low, high, most)),
        };
        for (value, name) in ticks {
            if let Some(place) = ruler.place(value) {
                ruler.ticks.push(Tick { place, name });
            }
        }
        ruler
    }

    /// From end to end, as the axis counts.
    pub(super) fn span(&self) -> f64 {
        self.high - self.low
    }

    /// Share of the way from the low end to the high end; `None` if the axis has no such place.
    pub(super) fn place(&self, value: f64) -> Option<f64> {
        let value = on_scale(self.scale, value)?;
        let place = (value - self.low) / (self.high - self.low);
        (-1e-9..=1.0 + 1e-9).contains(&place).then_some(place)
    }

    /// Like [`Ruler::place`], but values beyond an end are drawn at that end.
    pub(super) fn place_or_end(&self, value: f64) -> f64 {
        let low_end = if value > 0.0 && value.is_infinite() { 1.0 } else { 0.0 };
        on_scale(self.scale, value)
            .map_or(low_end, |value| ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0))
    }
}

/// The value as the axis counts, or `None` if it cannot be drawn on such an axis.
fn on_scale(scale: Scale, value: f64) -> Option<f64> {
    match scale {
        Scale::Linear => (value.abs() < 1e300).then_some(value), // false for NaN as well
        Scale::Log => (value > 0.0 && value.is_finite()).then(|| value.log10()),
    }
}

/// The ends of the axis, with some room beyond the outermost values.
fn ends(scale: Scale, values: &[f64]) -> (f64, f64) {
    let usable = || values.iter().filter_map(|&v| on_scale(scale, v));
    let (low, high) = usable().fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), v| (l.min(v), h.max(v)));
    if low > high {
        return (0.0, 1.0);
    }
    match scale {
        Scale::Log if high - low < 1e-9 => (low - 0.5, high + 0.5),
        Scale::Log => padded(low, high),
        Scale::Linear if high - low <= 1e-12 * low.abs().max(high.abs()) + 1e-290 => {
            // All values are equal, up to rounding: the axis still needs a length. A share has no more than 1.
            if high > 0.5 && high <= 1.0 + 1e-12 {
                return (0.0, padded(0.0, 1.0).1);
            }
            let half = 0.5 * high.abs();
            if high.abs() < 1e-280 { (0.0, 1.0) } else { (low - half, high + half) }
        }
        // An axis starts at zero where that costs little, so that heights can be compared.
        Scale::Linear if low >= 0.0 && low <= 0.4 * high => (0.0, padded(0.0, high).1),
        Scale::Linear if high <= 0.0 && high >= 0.4 * low => (padded(low, 0.0).0, 0.0),
        Scale::Linear => padded(low, high),
    }
}

fn padded(low: f64, high: f64) -> (f64, f64) {
    let room = MARGIN * (high - low);
    (low - room, high + room)
}

fn whole(values: &[f64]) -> bool {
    values.iter().filter(|v| v.is_finite()).all(|v| v.fract() == 0.0)
}

/// Multiples of 1, 2 or 5 times a power of ten.
fn equal_steps(low: f64, high: f64, most: usize, counts: bool) -> Vec<(f64, String)> {
    let mut step = step_of(high - low, most);
    if counts {
        step = step.max(1.0); // nothing lies between whole numbers
    }
    let (first, last) = ((low / step - 1e-9).ceil() as i64, (high / step + 1e-9).floor() as i64);
    let largest = low.abs().max(high.abs());
    (first..=last).map(|i| (i as f64 * step, stepped(i, step, largest))).collect()
}

/// The smallest step with which at most `most` multiples lie in the range.
fn step_of(range: f64, most: usize) -> f64 {
    let least = range / most.max(2) as f64;
    let power = 10f64.powi(least.log10().floor() as i32);
    [1.0, 2.0, 5.0, 10.0].into_iter().map(|m| m * power).find(|&s| s >= least * 0.999).unwrap_or(10.0 * power)
}

/// The `i`-th multiple of a step, with as many digits as the step needs.
fn stepped(i: i64, step: f64, largest: f64) -> String {
    let value = i as f64 * step;
    let digit = (step * 1.001).log10().floor() as i32; // the decimal place of the step
    match i {
        0 => "0".to_string(),
        _ if largest >= 1e6 || digit < -4 => {
            let exponent = (largest * 1.001).log10().floor() as i32;
            let mantissa = value / 10f64.powi(exponent);
            format!("{mantissa:.*}×{}", (exponent - digit).clamp(0, 12) as usize, power(10, exponent))
        }
        _ => format!("{value:.*}", (-digit).max(0) as usize),
    }
}

/// Powers of ten; on an axis shorter than two of them, 1, 2 and 5 times powers of ten, or equal steps.
fn decades(low: f64, high: f64, most: usize) -> Vec<(f64, String)> {
    let (first, last) = ((low - 1e-9).ceil() as i32, (high + 1e-9).floor() as i32);
    if last > first {
        let count = (last - first) as usize + 1;
        let step =
            [1, 2, 3, 5, 10, 20, 30, 50].into_iter().find(|s| count.div_ceil(*s) <= most).unwrap_or(100);
        let exponents: Vec<i32> = (first..=last).filter(|e| e.rem_euclid(step as i32) == 0).collect();
        let short = exponents.iter().all(|e| (-3..=4).contains(e));
        return exponents.into_iter().map(|e| (10f64.powi(e), decade(e, short))).collect();
    }
    let parts = (low.floor() as i32..=high.ceil() as i32).flat_map(|e| [1, 2, 5].map(|m| (m, e)));
    let parts: Vec<(i32, i32)> =
        parts.filter(|&(m, e)| (low..=high).contains(&(f64::from(m).log10() + f64::from(e)))).collect();
    if (2..=most.max(2)).contains(&parts.len()) {
        return parts.into_iter().map(|(m, e)| part(m, e)).collect();
    }
    equal_steps(10f64.powf(low), 10f64.powf(high), most, false)
}

fn decade(exponent: i32, short: bool) -> String {
    match exponent {
        0.. if short => 10i64.pow(exponent as u32).to_string(),
        _ if short => format!("{:.*}", exponent.unsigned_abs() as usize, 10f64.powi(exponent)),
        0 => "1".to_string(),
        _ => power(10, exponent),
    }
}

fn part(mantissa: i32, exponent: i32) -> (f64, String) {
    let value = f64::from(mantissa) * 10f64.powi(exponent);
    let name = match exponent {
        -4..0 => format!("{value:.*}", exponent.unsigned_abs() as usize),
        0..6 => format!("{value:.0}"),
        _ => format!("{mantissa}×{}", power(10, exponent)),
    };
    (value, name)
}

/// The measured places, or every second, third … of them, if they are powers of two.
fn powers_of_two(measured: &[f64], most: usize) -> Option<Vec<(f64, String)>> {
    let mut places: Vec<f64> = measured.iter().copied().filter(|v| *v > 0.0 && v.is_finite()).collect();
    places.sort_by(f64::total_cmp);
    places.dedup();
    let exponents: Vec<i32> = places.iter().map(|v| v.log2().round() as i32).collect();
    let exact = places.iter().zip(&exponents).all(|(&v, &e)| v == 2f64.powi(e));
    if places.len() < 2 || !exact {
        return None;
    }
    let full = exponents.iter().all(|e| (0..=19).contains(e));
    let name = |e: i32| if full { 2u32.pow(e as u32).to_string() } else { power(2, e) };
    let every = places.len().div_ceil(most.max(2));
    Some(exponents.into_iter().step_by(every).map(|e| (2f64.powi(e), name(e))).collect())
}

/// A power with the exponent raised, as in 10⁻³.
fn power(base: u32, exponent: i32) -> String {
    let raised = |c| match c {
        '-' => '⁻',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        digit => char::from_u32('⁰' as u32 + digit as u32 - '0' as u32).unwrap_or(digit),
    };
    format!("{base}{}", exponent.to_string().chars().map(raised).collect::<String>())
}

#[cfg(test)]
mod tests;
