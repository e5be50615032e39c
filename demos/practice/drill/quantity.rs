//! An answer with its unit, as people write it.

use super::cut;
use crate::kit::number::half_width;

/// What a number counts. It decides which units are understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Bytes: `42.9 GB`, `40 GiB`. Without a unit the number says nothing.
    Bytes,
    /// Parameters, tokens, operations: `70B`, `1.4e12`, `1.4T`, `3 亿`.
    Count,
    /// A plain number; `50 %` is 0.5.
    Plain,
    /// A word cut into tokens: `lo w est`, kept as the number of [`super::cut`]. No two cuts are nearly equal.
    Cut,
}

/// An answer that could be read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quantity {
    /// In bytes, or as counted.
    pub value: f64,
    /// The number as it was written, without its unit.
    pub number: f64,
    /// What the unit multiplies by; 1 without one.
    pub factor: f64,
}

/// Why an answer could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unread {
    /// No number begins it.
    NoNumber,
    /// A unit that is not known here.
    UnknownUnit,
    /// Bytes without a unit.
    NoUnit,
    /// No letters with blanks between.
    NoCut,
}

const BYTES: [(&str, f64); 14] = [
    ("b", 1.0),
    ("byte", 1.0),
    ("bytes", 1.0),
    ("字节", 1.0),
    ("kb", 1e3),
    ("mb", 1e6),
    ("gb", 1e9),
    ("tb", 1e12),
    ("pb", 1e15),
    ("kib", 1024.0),
    ("mib", 1_048_576.0),
    ("gib", 1_073_741_824.0),
    ("tib", 1_099_511_627_776.0),
    ("pib", 1_125_899_906_842_624.0),
];

const COUNTS: [(&str, f64); 25] = [
    ("", 1.0),
    ("k", 1e3),
    ("thousand", 1e3),
    ("千", 1e3),
    ("万", 1e4),
    ("m", 1e6),
    ("million", 1e6),
    ("百万", 1e6),
    ("亿", 1e8),
    ("b", 1e9),
    ("g", 1e9),
    ("bn", 1e9),
    ("billion", 1e9),
    ("十亿", 1e9),
    ("t", 1e12),
    ("trillion", 1e12),
    ("万亿", 1e12),
    ("p", 1e15),
    ("e", 1e18),
    ("z", 1e21),
    ("mflop", 1e6),
    ("gflop", 1e9),
    ("tflop", 1e12),
    ("pflop", 1e15),
    ("eflop", 1e18),
];

/// What may stand behind a count, and says what is counted.
const COUNTED: [&str; 14] = [
    "flops",
    "flop",
    "tokens/s",
    "token/s",
    "tok/s",
    "t/s",
    "tokens",
    "token",
    "parameters",
    "params",
    "个",
    "次",
    "参数",
    "每秒",
];

/// Reads an answer.
///
/// # Errors
/// [`Unread`]
///
/// # Examples
/// ```
/// use demos::practice::drill::quantity::{Unit, Unread, read};
/// assert_eq!(read("42.9 GB", Unit::Bytes).unwrap().value, 42.9e9);
/// assert_eq!(read("40GiB", Unit::Bytes).unwrap().value, 42_949_672_960.0);
/// assert_eq!(read("1.4T tokens", Unit::Count).unwrap().value, 1.4e12);
/// assert_eq!(read("14,000", Unit::Count).unwrap().value, 14_000.0);
/// assert_eq!(read("约 700亿", Unit::Count).unwrap().value, 7e10);
/// assert_eq!(read("25 %", Unit::Plain).unwrap().value, 0.25);
/// assert_eq!(read("42.9", Unit::Bytes), Err(Unread::NoUnit));
/// assert_eq!(read("many", Unit::Count), Err(Unread::NoNumber));
/// ```
pub fn read(text: &str, unit: Unit) -> Result<Quantity, Unread> {
    if unit == Unit::Cut {
        let value = cut::number(text).ok_or(Unread::NoCut)?;
        return Ok(Quantity { value, number: value, factor: 1.0 });
    }
    let typed = half_width(text);
    let plain = typed.trim().trim_start_matches(['~', '≈', '约', '=', ' ']);
    let (number, rest) = number(plain).filter(|(number, _)| number.is_finite()).ok_or(Unread::NoNumber)?;
    let factor = factor(&rest.trim().to_lowercase(), unit)?;
    let value = number * factor;
    if value.is_finite() { Ok(Quantity { value, number, factor }) } else { Err(Unread::NoNumber) }
}

/// The number at the beginning: digits with commas or blanks between them, a fraction, a power, `a/b`, `a×10^b`.
fn number(text: &str) -> Option<(f64, &str)> {
    let text_end = |text: &str, allowed: fn(char) -> bool| text.find(|c| !allowed(c)).unwrap_or(text.len());
    let sign = usize::from(text.starts_with(['-', '+']));
    let digits = sign + text_end(&text[sign..], |c| c.is_ascii_digit() || matches!(c, '.' | ',' | '_'));
    let mut end = digits;
    let rest = &text[digits..];
    // "1e12" is a power; "1 e" would be a unit.
    if let Some(power) = rest.strip_prefix(['e', 'E']) {
        let sign = usize::from(power.starts_with(['-', '+']));
        let power = text_end(&power[sign..], |c| c.is_ascii_digit());
        if power > 0 {
            end = digits + 1 + sign + power;
        }
    }
    let mut value: f64 = text[..end].replace([',', '_'], "").parse().ok()?;
    let mut rest = &text[end..];
    if let Some((power, after)) = ten_to_the(rest) {
        value *= 10f64.powi(power);
        rest = after;
    } else if let Some(below) = rest.strip_prefix('/') {
        let to = text_end(below, |c| c.is_ascii_digit() || c == '.');
        if let Ok(below_value) = below[..to].parse::<f64>() {
            value /= below_value;
            rest = &below[to..];
        }
    }
    Some((value, rest))
}

/// `×10^12`, `*10^12`, `x 10^12`, `×10¹²`.
fn ten_to_the(text: &str) -> Option<(i32, &str)> {
    let after = text.trim_start().strip_prefix(['×', '*', 'x'])?.trim_start().strip_prefix("10")?;
    let superscript = |c: char| "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().position(|digit| digit == c);
    if let Some(power) = after.strip_prefix('^') {
        let end = power.find(|c: char| !c.is_ascii_digit()).unwrap_or(power.len());
        return Some((power[..end].parse().ok()?, &power[end..]));
    }
    let end = after.find(|c| superscript(c).is_none()).unwrap_or(after.len());
    let digits = after[..end].chars().filter_map(superscript);
    (end > 0).then(|| (digits.fold(0, |power, digit| power * 10 + digit as i32), &after[end..]))
}

fn factor(unit: &str, kind: Unit) -> Result<f64, Unread> {
    let known =
        |table: &[(&str, f64)], unit: &str| table.iter().find(|(name, _)| *name == unit).map(|(_, f)| *f);
    match kind {
        Unit::Bytes if unit.is_empty() => Err(Unread::NoUnit),
        Unit::Bytes => known(&BYTES, unit).ok_or(Unread::UnknownUnit),
        Unit::Count => {
            let counted = COUNTED.iter().find_map(|what| unit.strip_suffix(what)).unwrap_or(unit);
            known(&COUNTS, unit).or_else(|| known(&COUNTS, counted.trim())).ok_or(Unread::UnknownUnit)
        }
        Unit::Plain | Unit::Cut => match unit {
            "" => Ok(1.0),
            "%" => Ok(0.01),
            unit => COUNTED.contains(&unit).then_some(1.0).ok_or(Unread::UnknownUnit),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write_is_read() {
        let count = |text| read(text, Unit::Count).map(|quantity| quantity.value);
        for text in [
            "1.4T",
            "1.4e12",
            "1.4 trillion tokens",
            "1,400B",
            "1.4×10^12",
            "1.4 * 10^12",
            "1.4x10¹²",
            "１.４万亿",
        ] {
            let value = count(text).unwrap_or_else(|why| panic!("{text}: {why:?}"));
            assert!((value / 1.4e12 - 1.0).abs() < 1e-12, "{text}: {value}");
        }
        assert_eq!(count("6.3 EFLOPs"), Ok(6.3e18));
        assert_eq!(count("23 tokens/s"), Ok(23.0));
        assert_eq!(count("12 apples"), Err(Unread::UnknownUnit));
        assert_eq!(read("1/3", Unit::Plain).unwrap().value, 1.0 / 3.0);
        assert_eq!(read("3 GB/s", Unit::Bytes), Err(Unread::UnknownUnit));
        for nothing in ["", "GB", "-", ".", "e5", "1e999"] {
            assert_eq!(read(nothing, Unit::Count), Err(Unread::NoNumber), "{nothing}");
            assert_eq!(read(nothing, Unit::Bytes), Err(Unread::NoNumber), "{nothing}");
        }
    }
}
