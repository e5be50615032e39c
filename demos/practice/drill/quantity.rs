//! An answer with its unit, as people write it.

mod chinese;
mod units;

pub use self::chinese::chinese_number;
use self::units::factor;
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
    /// An angle in radians: `0.38`, `0.38 rad`.
    Angle,
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
    /// A comma that may be a decimal point.
    Comma,
    /// No letters with blanks between.
    NoCut,
}

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
/// assert_eq!(read("about 25 %", Unit::Plain).unwrap().value, 0.25);
/// assert_eq!(read("百分之五", Unit::Plain).unwrap().value, 0.05);
/// assert_eq!(read("42.9", Unit::Bytes), Err(Unread::NoUnit));
/// assert_eq!(read("0,25", Unit::Plain), Err(Unread::Comma));
/// assert_eq!(read("many", Unit::Count), Err(Unread::NoNumber));
/// ```
pub fn read(text: &str, unit: Unit) -> Result<Quantity, Unread> {
    if unit == Unit::Cut {
        let value = cut::number(&half_width(text)).ok_or(Unread::NoCut)?;
        return Ok(Quantity { value, number: value, factor: 1.0 });
    }
    let typed = plain(text);
    let (number, rest) = number(&typed)?;
    let factor = factor(&rest.trim().to_lowercase(), unit)?;
    let value = number * factor;
    if value.is_finite() { Ok(Quantity { value, number, factor }) } else { Err(Unread::NoNumber) }
}

/// What stands behind the number of an answer.
pub fn behind(text: &str) -> String {
    let typed = plain(text);
    number(&typed).map_or(String::new(), |(_, rest)| rest.trim().to_string())
}

/// What people say before a number, the longer one first where two begin alike.
const BEFORE: [&str; 24] = [
    "approximately",
    "approx.",
    "approx",
    "roughly",
    "around",
    "about",
    "circa",
    "ca.",
    "some",
    "nearly",
    "almost",
    "大约",
    "大概",
    "约等于",
    "约为",
    "约",
    "差不多",
    "等于",
    "是",
    "~",
    "∼",
    "≈",
    "≃",
    "=",
];
/// What people say behind it, and what ends a sentence.
const BEHIND: [&str; 8] = ["左右", "上下", "or so", "吧", "。", "!", ".", ","];

/// Without what may stand around a number, and with blanks and marks of thousands in one spelling.
fn plain(text: &str) -> String {
    let typed = half_width(text).replace(['\u{a0}', '\u{2009}', '\u{202f}'], " ").replace('’', "'");
    let mut rest = typed.trim();
    loop {
        let before = BEFORE.iter().find_map(|word| {
            let head = rest.get(..word.len())?;
            head.eq_ignore_ascii_case(word).then(|| &rest[word.len()..])
        });
        let behind = || BEHIND.iter().find_map(|word| rest.strip_suffix(word));
        let Some(shorter) = before.or_else(behind) else { return rest.to_string() };
        rest = shorter.trim();
    }
}

/// The number at the beginning: digits, in threes with commas or blanks between them, a fraction, a power, `a/b`,
/// `a×10^b`, `b分之a`, or Chinese characters.
fn number(text: &str) -> Result<(f64, &str), Unread> {
    let (value, rest) = match chinese_number(text) {
        Some(read) => read,
        None => in_digits(text)?,
    };
    if let Some((power, after)) = ten_to_the(rest) {
        return Ok((value * 10f64.powi(power), after));
    }
    if let Some((power, after)) = raised(rest) {
        return finite(value.powi(power), after);
    }
    if let Some(above) = rest.trim_start().strip_prefix("分之") {
        let (above, after) = number(above.trim_start())?;
        return finite(above / value, after);
    }
    let below = rest.trim_start().strip_prefix('/').map(str::trim_start);
    let divided = below.and_then(|below| {
        let (below, after) = below.split_at(text_end(below, |c| c.is_ascii_digit() || c == '.'));
        Some((value / below.parse::<f64>().ok()?, after))
    });
    let (value, rest) = divided.unwrap_or((value, rest));
    finite(value, rest)
}

fn finite(value: f64, rest: &str) -> Result<(f64, &str), Unread> {
    if value.is_finite() { Ok((value, rest)) } else { Err(Unread::NoNumber) }
}

/// Digits, with what "e12" behind them makes of them.
fn in_digits(text: &str) -> Result<(f64, &str), Unread> {
    let sign = usize::from(text.starts_with(['-', '+']));
    let mut digits = sign + text_end(&text[sign..], |c| c.is_ascii_digit() || matches!(c, '.' | ',' | '_'));
    if text[sign..digits].contains(',') && !in_threes(&text[sign..digits]) {
        return Err(Unread::Comma);
    }
    digits += more_threes(&text[sign..digits], &text[digits..]);
    with_power(text, digits).filter(|(x, _)| x.is_finite()).ok_or(Unread::NoNumber)
}

fn text_end(text: &str, allowed: fn(char) -> bool) -> usize {
    text.find(|c| !allowed(c)).unwrap_or(text.len())
}

/// `14,000` and `1,400.5`: one to three digits that do not begin with 0, and three behind each comma.
fn in_threes(digits: &str) -> bool {
    let whole = digits.split('.').next().unwrap_or(digits);
    let mut parts = whole.split(',');
    let first = parts.next().unwrap_or("");
    let fraction = &digits[whole.len()..];
    (1..=3).contains(&first.len())
        && !first.starts_with('0')
        && parts.all(|part| part.len() == 3)
        && !fraction.contains(',')
}

/// How many bytes further a number goes whose threes are set apart by blanks or as the Swiss do: `1 610 612 736`,
/// `1'000`.
fn more_threes(digits: &str, rest: &str) -> usize {
    if digits.is_empty() || digits.len() > 3 || digits.starts_with('0') || digits.contains(['.', ',', '_']) {
        return 0;
    }
    let mut end = 0;
    while let Some(group) = rest[end..].strip_prefix([' ', '\'']) {
        if text_end(group, |c| c.is_ascii_digit()) != 3 {
            break;
        }
        end += 4;
    }
    // A fraction may follow.
    let fraction = rest[end..].strip_prefix('.').filter(|_| end > 0);
    end + fraction.map_or(0, |digits| 1 + text_end(digits, |c| c.is_ascii_digit()))
}

/// The number whose digits end here, with what "e12" behind them makes of it.
fn with_power(text: &str, digits: usize) -> Option<(f64, &str)> {
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
    let value = text[..end].replace([',', '_', ' ', '\''], "").parse().ok()?;
    Some((value, &text[end..]))
}

/// `×10^12`, `*10^-12`, `x 10^12`, `·10¹²`, `×10⁻³`.
fn ten_to_the(text: &str) -> Option<(i32, &str)> {
    let after = text.trim_start().strip_prefix(['×', '*', 'x', '·', '⋅'])?.trim_start().strip_prefix("10")?;
    raised(after)
}

/// `^12`, `^-12`, `**12`, `¹²`, `⁻³`.
fn raised(text: &str) -> Option<(i32, &str)> {
    if let Some(power) = text.strip_prefix('^').or_else(|| text.strip_prefix("**")) {
        let sign = usize::from(power.starts_with(['-', '+']));
        let end = sign + text_end(&power[sign..], |c| c.is_ascii_digit());
        return Some((power[..end].parse().ok()?, &power[end..]));
    }
    let superscript = |c: char| "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().position(|digit| digit == c);
    let (sign, raised) = text.strip_prefix('⁻').map_or((1, text), |raised| (-1, raised));
    let end = raised.find(|c| superscript(c).is_none()).unwrap_or(raised.len());
    let digits = raised[..end].chars().filter_map(superscript);
    let power = digits.fold(0i32, |power, digit| power.saturating_mul(10).saturating_add(digit as i32));
    (end > 0).then(|| (sign * power, &raised[end..]))
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
            "1.4·10¹²",
            "1 400 000 000 000",
            "1,400,000,000,000",
            "14千亿个参数",
            "140 百亿",
        ] {
            let value = count(text).unwrap_or_else(|why| panic!("{text}: {why:?}"));
            assert!((value / 1.4e12 - 1.0).abs() < 1e-12, "{text}: {value}");
        }
        for text in [
            "129",
            "129 个 token",
            "大约 129",
            "约129",
            "about 129 tokens",
            "129左右",
            "一百二十九个",
            "１２９ 。",
        ] {
            assert_eq!(count(text), Ok(129.0), "{text}");
        }
        for text in
            ["1.2万", "1.2w", "一万二", "12 000", "12'000", "12’000", "一点二万 个 token", "12 k", "12×10³"]
        {
            assert_eq!(count(text), Ok(12_000.0), "{text}");
        }
        assert_eq!((count("10^9"), count("10⁹"), count("2**10")), (Ok(1e9), Ok(1e9), Ok(1024.0)));
        assert_eq!(count("6.3 EFLOPs"), Ok(6.3e18));
        assert_eq!(count("23 tokens/s"), Ok(23.0));
        assert_eq!(count("12 apples"), Err(Unread::UnknownUnit));
        let plain = |text| read(text, Unit::Plain).map(|quantity| quantity.value);
        assert_eq!(plain("1/3"), Ok(1.0 / 3.0));
        assert_eq!(plain("7 / 16"), Ok(7.0 / 16.0));
        for text in [
            "百分之五",
            "百分之5",
            "5 percent",
            "5％",
            "二十分之一",
            "零点零五",
            "~0.05",
            "roughly 0.05",
            "50‰",
        ] {
            assert!((plain(text).unwrap() - 0.05).abs() < 1e-15, "{text}");
        }
        assert_eq!((plain("1.2万"), plain("8 times"), plain("8 倍")), (Ok(12_000.0), Ok(8.0), Ok(8.0)));
        let angle = |text| read(text, Unit::Angle).map(|quantity| quantity.value);
        assert_eq!((angle("0.38 rad"), angle("38.0 弧度"), angle("26.3")), (Ok(0.38), Ok(38.0), Ok(26.3)));
        for (text, unit) in [("0.38 rad", Unit::Plain), ("38 %", Unit::Angle), ("2 tokens", Unit::Angle)] {
            assert_eq!(read(text, unit), Err(Unread::UnknownUnit), "{text}");
        }
        assert!((plain("4.375×10^-1").unwrap() - 0.4375).abs() < 1e-12);
        assert!((plain("7.35·10⁻³").unwrap() - 0.007_35).abs() < 1e-12);
        assert_eq!(read("1 610 612 736 B", Unit::Bytes).unwrap().value, 1_610_612_736.0);
        for text in ["2.1 G", "2.1 gigabytes", "2.1吉字节", "21 亿字节", "2.1 billion bytes", "about 2.1 GB"]
        {
            assert!((read(text, Unit::Bytes).unwrap().value / 2.1e9 - 1.0).abs() < 1e-15, "{text}");
        }
        assert_eq!(behind("约 12 Apples "), "Apples");
        assert_eq!(read("3 GB/s", Unit::Bytes), Err(Unread::UnknownUnit));
        for comma in ["0,438", "18,0", "1,40", "1400,000", "1,400,0"] {
            assert_eq!(plain(comma), Err(Unread::Comma), "{comma}");
        }
        for nothing in ["", "GB", "-", ".", "e5", "1e999"] {
            assert_eq!(read(nothing, Unit::Count), Err(Unread::NoNumber), "{nothing}");
            assert_eq!(read(nothing, Unit::Bytes), Err(Unread::NoNumber), "{nothing}");
        }
    }
}
