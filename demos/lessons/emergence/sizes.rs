//! Sizes as a person writes them: `135M,7B,1.8e12`.

use super::WORDS;
use crate::kit::findings::Cell;
use crate::kit::knob::Refusal;
use crate::kit::number::short;
use crate::kit::text::Text;
use crate::kit::visible::name;
use crate::named;

/// Sizes at most: as many rows as a page has room for.
const MOST: usize = 24;
const UNITS: [(char, f64); 4] = [('K', 1e3), ('M', 1e6), ('B', 1e9), ('T', 1e12)];

/// A list of sizes, by rising size, each once.
pub(crate) fn read(list: &str) -> Result<Vec<f64>, Refusal> {
    let mut sizes =
        list.split([',', '，', ' ']).filter(|one| !one.is_empty()).map(one).collect::<Result<Vec<_>, _>>()?;
    sizes.sort_by(f64::total_cmp);
    sizes.dedup();
    let count = sizes.len();
    if !(2..=MOST).contains(&count) {
        return Err(Refusal(WORDS.with("refused.sizes", &named![count, most = MOST])));
    }
    Ok(sizes)
}

fn one(written: &str) -> Result<f64, Refusal> {
    match amount(written) {
        Some(size) if (1.0..=1e30).contains(&size) => Ok(size),
        _ => Err(Refusal(WORDS.with("refused.size", &named![size = name(written)]))),
    }
}

/// A number that may end in K, M, B or T.
pub(crate) fn amount(written: &str) -> Option<f64> {
    let last = written.chars().last().map(|c| c.to_ascii_uppercase());
    let unit = UNITS.iter().find(|(letter, _)| Some(*letter) == last);
    let digits = if unit.is_some() { &written[..written.len() - 1] } else { written };
    let number = digits.parse::<f64>().ok()?;
    Some(number * unit.map_or(1.0, |(_, unit)| *unit))
}

/// A size as it is written: `135M`.
pub(crate) fn written(size: f64) -> String {
    // What would read 1000B is 1T.
    let fits = |unit: f64| size >= unit || (size >= 0.999 * unit && short(1e3 * size / unit) == "1000");
    match UNITS.iter().rev().find(|(_, unit)| fits(*unit)) {
        Some((letter, unit)) if size < 1e16 => format!("{}{letter}", short((size / unit).max(1.0))),
        _ => short(size),
    }
}

/// The smallest score that is written as a number.
const LEAST: f64 = 1e-300;

/// A share that never is zero: below what a number holds, a bound.
pub(crate) fn share(value: f64) -> Cell {
    if value < LEAST { Cell::Words(Text::same("< 1e-300")) } else { Cell::Number(value) }
}

/// What grows like one over such a share.
pub(crate) fn many(value: f64) -> Cell {
    if value > 1.0 / LEAST { Cell::Words(Text::same("> 1e300")) } else { Cell::Number(value) }
}
