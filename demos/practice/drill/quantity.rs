//! An answer with its unit, as people write it.

mod chinese;
mod number;
mod units;

pub use self::chinese::chinese_number;
use self::number::number;
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
const BEFORE: [&str; 27] = [
    "每秒",
    "一共",
    "共",
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

#[cfg(test)]
mod tests {
    use super::*;

    fn count(text: &str) -> Result<f64, Unread> {
        read(text, Unit::Count).map(|quantity| quantity.value)
    }

    fn plain(text: &str) -> Result<f64, Unread> {
        read(text, Unit::Plain).map(|quantity| quantity.value)
    }

    #[test]
    fn counts_are_read_as_people_write_them() {
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
    }

    #[test]
    fn shares_and_angles_are_read() {
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
        for text in ["-0.38", "−0.38", "- 0.38", "minus 0.38", "负0.38", "约负零点三八", "-38 %"] {
            assert!((plain(text).unwrap() + 0.38).abs() < 1e-15, "{text}");
        }
        assert_eq!((plain("1.2万"), plain("8 times"), plain("8 倍")), (Ok(12_000.0), Ok(8.0), Ok(8.0)));
        let angle = |text| read(text, Unit::Angle).map(|quantity| quantity.value);
        assert_eq!((angle("0.38 rad"), angle("38.0 弧度"), angle("26.3")), (Ok(0.38), Ok(38.0), Ok(26.3)));
        for (text, unit) in [("0.38 rad", Unit::Plain), ("38 %", Unit::Angle), ("2 tokens", Unit::Angle)] {
            assert_eq!(read(text, unit), Err(Unread::UnknownUnit), "{text}");
        }
        assert!((plain("4.375×10^-1").unwrap() - 0.4375).abs() < 1e-12);
        assert!((plain("7.35·10⁻³").unwrap() - 0.007_35).abs() < 1e-12);
    }

    #[test]
    fn bytes_are_read_and_what_says_nothing_is_not() {
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
