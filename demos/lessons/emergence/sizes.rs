//! Sizes as a person writes them: `135M,7B,1.8e12`.

use concepts::scaling::parse_count;

use super::WORDS;
use super::scores::COUNTS;
use crate::kit::findings::Cell;
use crate::kit::knob::Refusal;
use crate::kit::number::{formatted, half_width, short, typed};
use crate::kit::spelling::as_count;
use crate::kit::text::{Lang, Text};
use crate::kit::visible::name;
use crate::named;

/// Sizes at most: as many rows as a page has room for.
const MOST: usize = 24;
const UNITS: [(char, f64); 4] = [('K', 1e3), ('M', 1e6), ('B', 1e9), ('T', 1e12)];

/// A list of sizes, by rising size, each once.
pub(crate) fn read(list: &str) -> Result<Vec<f64>, Refusal> {
    let list = half_width(list);
    if let Some([size, one]) = grouped(&list) {
        return Err(Refusal(WORDS.with("refused.grouped", &named![size, one])));
    }
    let mut written = Vec::new();
    for piece in list.split([',', '、']).map(str::trim) {
        // A blank stands before a unit, or between two sizes.
        if amount(piece).is_some() { written.push(piece) } else { written.extend(piece.split_whitespace()) }
    }
    let mut sizes = Vec::new();
    for (place, piece) in written.iter().enumerate() {
        let size = one(piece)?;
        if let Some(first) = sizes.iter().position(|other| *other == size) {
            let (first, size) = (name(written[first]), name(written[place]));
            return Err(Refusal(WORDS.with("refused.repeated", &named![first, size])));
        }
        sizes.push(size);
    }
    sizes.sort_by(f64::total_cmp);
    let count = sizes.len();
    if !(2..=MOST).contains(&count) {
        return Err(Refusal(WORDS.with("refused.sizes", &named![count, most = MOST])));
    }
    Ok(sizes)
}

/// Two neighbours that together look like one number with a comma between thousands, `1,500M`, and that number
/// without.
fn grouped(list: &str) -> Option<[String; 2]> {
    let pieces: Vec<&str> = list.split(',').collect();
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let pair = pieces.windows(2).find(|pair| {
        let (first, group) = (pair[0].trim_start(), pair[1]);
        let whole = (1..=3).contains(&first.len()) && digits(first) == first.len() && !first.starts_with('0');
        whole && digits(group) == 3
    })?;
    let [first, group] = [pair[0].trim(), pair[1].trim_end()];
    Some([name(&format!("{first},{group}")), name(&format!("{first}{group}"))])
}

fn one(written: &str) -> Result<f64, Refusal> {
    match amount(written) {
        Some(size) if (COUNTS[0]..=COUNTS[1]).contains(&size) => Ok(size),
        Some(size) if size > 0.0 => {
            let [least, most] = COUNTS;
            Err(Refusal(WORDS.with("refused.bounds", &named![size = name(written), least, most])))
        }
        _ => Err(Refusal(match as_count(written).filter(|_| amount(written).is_none()) {
            Some(right) => WORDS.with("refused.spelled", &named![size = name(written), right]),
            None => WORDS.with("refused.size", &named![size = name(written)]),
        })),
    }
}

/// A number as people write it: `135M`, `7 billion`, `70亿`.
pub(crate) fn amount(written: &str) -> Option<f64> {
    parse_count(&half_width(written)).ok()
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

/// A size as it is said, `20 million`; where that would round it, with all of its digits.
pub(crate) fn said(size: f64) -> Text {
    let whole = format!("{size:.2e}").parse() == Ok(size);
    let [en, zh] = Lang::ALL.map(|lang| whole.then(|| formatted(size, "big", lang)).flatten());
    let digits = || typed(size);
    Text::new(en.unwrap_or_else(digits), zh.unwrap_or_else(digits))
}

/// A size that a person gave, with all of its digits where they are few enough to be read.
fn given(size: f64) -> Option<String> {
    /// `134515008` has as many; what a computation left behind has more.
    const READ: usize = 9;
    /// The unit of a header, 0.07 of a billion, leaves rounding behind.
    const ROUNDING: f64 = 1e-13;
    let exact = |digits: usize| {
        let rounded: f64 = format!("{size:.*e}", digits - 1).parse().unwrap_or(f64::NAN);
        (rounded - size).abs() <= ROUNDING * size
    };
    (3..=READ).find(|&digits| exact(digits)).map(|digits| in_digits(size, digits))
}

/// The same beside others: with as many digits as tell it from those that are another size.
pub(crate) fn among(size: f64, all: &[f64]) -> String {
    /// A number has no more.
    const MOST_DIGITS: usize = 17;
    let alone = |of: &dyn Fn(f64) -> String| {
        let shown = of(size);
        all.iter().all(|&other| other == size || of(other) != shown).then_some(shown)
    };
    let longer = || (4..=MOST_DIGITS).find_map(|digits| alone(&|size| in_digits(size, digits)));
    let usual = |size: f64| given(size).unwrap_or_else(|| written(size));
    alone(&usual).or_else(longer).unwrap_or_else(|| written(size))
}

/// A size in so many digits, without zeros at the end.
fn in_digits(size: f64, digits: usize) -> String {
    let rounded = |x: f64| format!("{x:.*e}", digits - 1).parse().unwrap_or(x);
    match UNITS.iter().rev().find(|(_, unit)| rounded(size / unit) >= 1.0) {
        Some((letter, unit)) if size < 1e16 => format!("{}{letter}", rounded(size / unit)),
        None if size >= 1e-3 => rounded(size).to_string(),
        _ => format!("{:e}", rounded(size)),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_that_look_alike_get_more_digits() {
        let all =
            [1e9, 1.0001e9, 999_999_990.0, 7e9, 1000.01, 1e3, 1e-5, 1.0001e-5, 2e21, 2.0004e21, 0.5, 0.5001];
        let right = "1B 1.0001B 999.99999M 7B 1.00001K 1K 1e-5 1.0001e-5 2e21 2.0004e21 0.5 0.5001";
        assert_eq!(all.map(|size| among(size, &all)).join(" "), right);
        // A person's own digits are kept, those of a computation are not.
        let all = [134_515_008.0, 0.07 * 1e9, 1e10_f64.sqrt() * 1e4, 1.2345e9];
        assert_eq!(all.map(|size| among(size, &all)).join(" "), "134.515008M 70M 1B 1.2345B");
        assert_eq!(among(2e19_f64.sqrt(), &[7e9]), "4.47B");
        assert_eq!(
            [2e7, 12_345_678.0].map(|size| said(size).get(Lang::En).to_string()),
            ["20 million", "12345678"]
        );
    }

    #[test]
    fn sizes_are_read_as_people_write_them() {
        for (list, sizes) in [
            ("135M,7B,1.8e12", vec![1.35e8, 7e9, 1.8e12]),
            ("７０亿，７百万", vec![7e6, 7e9]),
            ("7 B、13G, 1_000", vec![1e3, 7e9, 13e9]),
            ("135M 7B", vec![1.35e8, 7e9]),
            ("1000, 2000", vec![1e3, 2e3]),
        ] {
            let read = read(list).map_err(|refused| refused.to_string());
            assert_eq!(read, Ok(sizes), "{list}");
        }
        let grouped = read("1,500M,7B").unwrap_err().to_string();
        assert!(grouped.contains("1,500M") && grouped.contains("write 1500M"), "{grouped}");
        // A decimal comma makes two sizes of one.
        for (list, size) in [("1,7B", "1"), ("7,70B", "7"), ("7B,1e17", "1e17")] {
            let refused = read(list).unwrap_err().to_string();
            assert!(refused.contains(&format!("--sizes {size}: ")) && refused.contains("1.7B"), "{refused}");
        }
    }
}
