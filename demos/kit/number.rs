//! How a number is written.

use std::ops::RangeInclusive;

use super::findings::{Cell, Table};
use super::text::{Lang, Text, text};

/// A number for a reader: whole numbers in full, others to three significant digits, very small and
/// very large ones in scientific form.
///
/// ```
/// use demos::kit::number::plain;
/// assert_eq!(plain(4096.0), "4096");
/// assert_eq!(plain(0.18154), "0.182");
/// assert_eq!(plain(12.345), "12.3");
/// assert_eq!(plain(2.22e-16), "2.2e-16");
/// assert_eq!(plain(68_157_440.0), "6.82e7");
/// assert_eq!([plain(9.9996), plain(99.96), plain(0.9996)], ["10.0", "100", "1.000"]);
/// ```
pub fn plain(value: f64) -> String {
    let size = value.abs();
    if !value.is_finite() {
        return special(value);
    }
    if value.fract() == 0.0 && size < 1e6 {
        return (value as i64).to_string(); // through an integer, so that −0 is written 0
    }
    if size >= 1e6 {
        return scientific(value, 2);
    }
    if size < 1e-3 {
        return scientific(value, 1);
    }
    // Of the number that is read: 9.996 is read as 10.0. A share has its three decimals up to 1.
    let read = if size < 1.0 { size } else { three_digits(size) };
    let digits_before = read.log10().floor() as i32;
    format!("{value:.*}", (2 - digits_before).max(0) as usize)
}

/// How the numbers of a column are written: as [`plain`] writes them, but all in full where counts of thousands and
/// of millions stand below each other, and what is read as 1 alike, from wherever it was rounded.
///
/// ```
/// use demos::kit::number::of_column;
/// let column = |numbers: &[f64]| numbers.iter().map(|n| of_column(numbers)(*n)).collect::<Vec<_>>();
/// assert_eq!(column(&[393_216.0, 25_165_824.0]), ["393216", "25165824"]);
/// assert_eq!(column(&[1e6, 25_165_824.0]), ["1e6", "2.52e7"]);
/// assert_eq!(column(&[4096.0, 6e23]), ["4096", "6e23"]);
/// assert_eq!(column(&[0.9996, 1.0004, 0.5]), ["1.00", "1.00", "0.500"]);
/// assert_eq!(column(&[0.9996, 0.999, 1.0]), ["1.000", "0.999", "1"]);
/// ```
pub fn of_column(numbers: &[f64]) -> fn(f64) -> String {
    /// Digits beyond this are not read.
    const MOST: f64 = 1e9;
    let counts = numbers.iter().all(|number| number.fract() == 0.0 && number.abs() < MOST);
    let thousands = numbers.iter().any(|number| (1e3..1e6).contains(&number.abs()));
    let full: fn(f64) -> String = |number| (number as i64).to_string();
    let beyond = numbers.iter().any(|number| number.fract() != 0.0 && number.abs() >= 1.0);
    let near_one: fn(f64) -> String = |number| match plain(number).strip_suffix("1.000") {
        Some(sign) => format!("{sign}1.00"),
        None => plain(number),
    };
    match () {
        () if counts && thousands => full,
        () if beyond => near_one,
        () => plain,
    }
}

/// How the numbers of each column of a table are written.
pub fn of_columns(table: &Table) -> Vec<fn(f64) -> String> {
    let number = |cell: &Cell| match cell {
        Cell::Number(number) => Some(*number),
        Cell::Words(_) => None,
    };
    let column = |j: usize| table.rows.iter().filter_map(|row| number(row.get(j)?)).collect::<Vec<f64>>();
    (0..table.head.len()).map(|j| of_column(&column(j))).collect()
}

/// A number that was chosen, not measured: without zeros at the end.
///
/// ```
/// use demos::kit::number::short;
/// assert_eq!(short(0.1), "0.1");
/// assert_eq!(short(0.001), "0.001");
/// assert_eq!(short(1000.0), "1000");
/// ```
pub fn short(value: f64) -> String {
    let shown = plain(value);
    if shown.contains('.') && !shown.contains('e') {
        return shown.trim_end_matches('0').trim_end_matches('.').to_string();
    }
    shown
}

/// A number that a person gave, with all of its digits: rounded, it would be another number than the one asked for.
///
/// ```
/// use demos::kit::number::typed;
/// assert_eq!(typed(-1.278), "-1.278");
/// assert_eq!(typed(1000.4), "1000.4");
/// assert_eq!(typed(0.1), "0.1");
/// assert_eq!(typed(0.00012345), "1.2345e-4");
/// assert_eq!(typed(-0.0), "0");
/// ```
pub fn typed(value: f64) -> String {
    if value == 0.0 || (1e-3..1e9).contains(&value.abs()) {
        format!("{}", value + 0.0)
    } else {
        format!("{value:e}")
    }
}

/// A number with the three digits that [`plain`] shows: what follows from numbers that a person gave, where those stand
/// beside it with all of theirs.
///
/// ```
/// use demos::kit::number::three_digits;
/// assert_eq!(three_digits(13_714_285_714_285.7), 1.37e13);
/// assert_eq!(three_digits(8.4e22), 8.4e22);
/// ```
pub fn three_digits(value: f64) -> f64 {
    format!("{value:.2e}").parse().unwrap_or(value)
}

/// A hundred times as much, with the digits that it was written with: 0.07 · 100 is 7.000000000000001.
fn hundredfold(value: f64) -> f64 {
    let written = format!("{value:e}");
    let shifted = written.split_once('e').and_then(|(digits, power)| {
        let power: i32 = power.parse().ok()?;
        format!("{digits}e{}", power + 2).parse().ok()
    });
    shifted.unwrap_or(100.0 * value)
}

/// A cell with a number that must not be rounded: one that a person gave, or one whose digits stand beside it.
///
/// ```
/// use demos::kit::findings::Cell;
/// use demos::kit::number::unrounded;
/// assert!(matches!(unrounded(0.5), Cell::Number(0.5)));
/// assert!(matches!(unrounded(0.1001), Cell::Words(_)));
/// ```
pub fn unrounded(value: f64) -> Cell {
    let exact = plain(value).parse() == Ok(value);
    if exact { Cell::Number(value) } else { Cell::Words(Text::same(typed(value))) }
}

/// Is this a number that [`unrounded`] wrote with all of its digits?
pub(crate) fn is_unrounded(words: &str) -> bool {
    words.parse().is_ok_and(|value: f64| typed(value) == words && plain(value) != words)
}

/// A number with as many decimals as it takes until what is read is right; `None` where that is never.
///
/// ```
/// use demos::kit::number::decimals_until;
/// assert_eq!(decimals_until(1.003, 1..=6, |read| read > 1.0).unwrap(), "1.003");
/// assert_eq!(decimals_until(1.0, 1..=6, |read| read > 1.0), None);
/// ```
pub fn decimals_until(
    value: f64,
    mut decimals: RangeInclusive<usize>,
    right: impl Fn(f64) -> bool,
) -> Option<String> {
    decimals.find_map(|decimals| {
        let shown = format!("{value:.decimals$}");
        shown.parse().is_ok_and(&right).then_some(shown)
    })
}

/// A number that reads as 1 when it is rounded and is another one, with as many digits as it takes to see how far from 1
/// it is; `None` of all others.
///
/// ```
/// use demos::kit::number::beside_one;
/// assert_eq!(beside_one(1.004).unwrap(), "1.004");
/// assert_eq!(beside_one(1.00012).unwrap(), "1.00012");
/// assert_eq!(beside_one(0.99996).unwrap(), "0.99996");
/// assert_eq!([beside_one(1.0), beside_one(1.25), beside_one(8.0)], [None, None, None]);
/// ```
pub fn beside_one(value: f64) -> Option<String> {
    let reads_as_one = value != 1.0 && plain(value).parse() == Ok(1.0);
    /// Of the distance from 1, so much may be lost.
    const LOST: f64 = 0.05;
    let seen = |read: f64| (read - value).abs() <= LOST * (value - 1.0).abs();
    decimals_until(value, 3..=12, seen).filter(|_| reads_as_one)
}

/// A cell with a number that must not read as 1 if it is another.
///
/// ```
/// use demos::kit::findings::Cell;
/// use demos::kit::number::never_as_one;
/// assert!(matches!(never_as_one(1.25), Cell::Number(1.25)));
/// assert!(matches!(never_as_one(1.0001), Cell::Words(_)));
/// ```
pub fn never_as_one(value: f64) -> Cell {
    beside_one(value).map_or(Cell::Number(value), |shown| Cell::Words(Text::same(shown)))
}

/// A number of about one without what sums left in its last digits: with twelve decimals. It would show as 1.000.
///
/// ```
/// assert_eq!(demos::kit::number::without_rounding(0.1 + 0.2 + 0.7), 1.0);
/// ```
pub fn without_rounding(value: f64) -> f64 {
    (value * 1e12).round() / 1e12
}

/// Two numbers with as many decimals as it takes to see that they differ, `fewest` at least and nine at most.
///
/// ```
/// use demos::kit::number::told_apart;
/// assert_eq!(told_apart([1.9, 1.5], 2), ["1.90", "1.50"]);
/// assert_eq!(told_apart([1.1667, 7.0 / 6.0], 2), ["1.16670", "1.16667"]);
/// assert_eq!(told_apart([0.5, 0.5], 3), ["0.500", "0.500"]);
/// ```
pub fn told_apart(numbers: [f64; 2], fewest: usize) -> [String; 2] {
    const MOST: usize = 9;
    let shown = |decimals: usize| {
        let form = format!(".{decimals}");
        numbers.map(|number| formatted(number, &form, Lang::En).unwrap_or_default())
    };
    (fewest..=MOST).map(shown).find(|[one, other]| one != other).unwrap_or_else(|| shown(fewest))
}

/// A number in the form that prose asked for: `.3` three decimals, `e` scientific, `%` percent, `short` without
/// zeros at the end, `big` in millions and billions; `typed`, `%-typed` and `big-typed` with all of its digits.
///
/// ```
/// use demos::kit::number::formatted;
/// use demos::kit::text::Lang;
/// let said = |form, lang| formatted(78_400_000_000.0, form, lang).unwrap();
/// assert_eq!([said("big", Lang::En), said("big", Lang::Zh)], ["78.4 billion", "784 亿"]);
/// assert_eq!(formatted(999_600_000.0, "big", Lang::En).unwrap(), "1 billion");
/// assert_eq!(formatted(99_999_999.0, "big", Lang::Zh).unwrap(), "1 亿");
/// assert_eq!(formatted(99_950_000.0, "big", Lang::Zh).unwrap(), "9995 万");
/// assert_eq!(formatted(1_278_000_000.0, "big-typed", Lang::En).unwrap(), "1.278 billion");
/// assert_eq!(formatted(123_456_000_000.0, "big-typed", Lang::Zh).unwrap(), "1234.56 亿");
/// assert_eq!(formatted(0.07, "%-typed", Lang::En).unwrap(), "7%");
/// assert_eq!(formatted(0.00123, "%-typed", Lang::En).unwrap(), "0.123%");
/// assert_eq!(formatted(0.18154, ".2", Lang::En).unwrap(), "0.18");
/// assert_eq!(formatted(0.0004, ".2", Lang::En).unwrap(), "4e-4");
/// assert_eq!(formatted(-0.0, ".4", Lang::En).unwrap(), "0.0000");
/// assert_eq!(formatted(0.0, "e", Lang::En).unwrap(), "0");
/// assert_eq!(formatted(0.0001, "%", Lang::En).unwrap(), "0.01%");
/// assert_eq!(formatted(1e308, ".2", Lang::En).unwrap(), "1e308");
/// assert_eq!(formatted(f64::NAN, ".2", Lang::En).unwrap(), "nothing to measure");
/// ```
pub fn formatted(value: f64, form: &str, lang: Lang) -> Option<String> {
    if let Some(words) = in_words(value) {
        return Some(words.get(lang).to_string());
    }
    match form {
        "big" => Some(big(value, lang, plain)),
        "big-typed" => Some(big(value, lang, typed)),
        "%-typed" => Some(format!("{}%", typed(hundredfold(value)))),
        "" => Some(plain(value)),
        "e" => Some(scientific(value, 1)),
        "typed" => Some(typed(value)),
        // Nobody reads hundreds of digits.
        _ if value.abs() >= 1e15 => Some(scientific(value, 2)),
        "%" if lost(value * 100.0, 1) => Some(format!("{}%", short(value * 100.0))),
        "%" => Some(without_zero_sign(format!("{:.1}%", value * 100.0))),
        "short" => Some(short(value)),
        _ => {
            let decimals: usize = form.strip_prefix('.')?.parse().ok()?;
            Some(if lost(value, decimals) {
                plain(value)
            } else {
                without_zero_sign(format!("{value:.decimals$}"))
            })
        }
    }
}

/// The same in front of what stands behind it. A Chinese unit (`784 亿个`) brings no space, a bare number needs one.
///
/// ```
/// use demos::kit::number::formatted_before;
/// use demos::kit::text::Lang;
/// let said = |value| formatted_before(value, "big", Lang::Zh, "个 token").unwrap();
/// assert_eq!([said(256.0), said(16400.0)], ["256 ", "1.64 万"]);
/// assert_eq!(formatted_before(256.0, "big", Lang::Zh, "，").unwrap(), "256");
/// ```
pub fn formatted_before(value: f64, form: &str, lang: Lang, behind: &str) -> Option<String> {
    let mut shown = formatted(value, form, lang)?;
    if form.starts_with("big") && behind.starts_with(han) && shown.ends_with(|c: char| c.is_ascii_digit()) {
        shown.push(' ');
    }
    Some(shown)
}

/// No sign in front of zeros: `0.00`, not `-0.00`, and `0 %`, not `-0 %`.
pub(crate) fn without_zero_sign(shown: String) -> String {
    match shown.strip_prefix(['-', '+']) {
        Some(rest) if !rest.contains(|c| ('1'..='9').contains(&c)) => rest.to_string(),
        _ => shown,
    }
}

/// Would so many decimals show nothing but zeros of a number that is more than rounding?
fn lost(value: f64, decimals: usize) -> bool {
    const ROUNDING: f64 = 1e-12;
    let shown = 10f64.powi(-(decimals as i32));
    value.abs() > ROUNDING && value.abs() < 0.5 * shown
}

/// A large number as it is said, its digits written by `digits`: `78.4 billion`, `784 亿`. Chinese counts by ten
/// thousands.
fn big(value: f64, lang: Lang, digits: fn(f64) -> String) -> String {
    let units: &[(f64, &str)] = match lang {
        Lang::En => &[(1e12, " trillion"), (1e9, " billion"), (1e6, " million")],
        Lang::Zh => &[(1e12, " 万亿"), (1e8, " 亿"), (1e4, " 万")],
    };
    // What would read 1000 million is said in the next unit.
    let read_in = |unit: f64| digits(value / unit).parse().unwrap_or(value / unit) * unit;
    let fits = |place: usize| {
        let smaller = units.get(place + 1).map_or(1.0, |(unit, _)| *unit);
        value.abs() < 1e16 && read_in(smaller).abs() >= units[place].0
    };
    match (0..units.len()).find(|&place| fits(place)) {
        Some(place) => {
            let (unit, name) = units[place];
            let least = if value < 0.0 { -1.0 } else { 1.0 };
            let count = value / unit;
            format!("{}{name}", digits(if count.abs() < 1.0 { least } else { count }))
        }
        None => digits(value),
    }
}

/// `1.5e-12`, and `1e-12` rather than `1.0e-12`.
fn scientific(value: f64, decimals: usize) -> String {
    if value == 0.0 {
        return "0".to_string();
    }
    let shown = format!("{value:.decimals$e}");
    match shown.split_once('e') {
        Some((digits, power)) if digits.contains('.') => {
            format!("{}e{power}", digits.trim_end_matches('0').trim_end_matches('.'))
        }
        _ => shown,
    }
}

/// What is said in the place of a number that is none: nothing could be measured, or it grows beyond all bounds.
pub fn in_words(value: f64) -> Option<Text> {
    match value {
        v if v.is_nan() => Some(text("nothing to measure", "无从测量")),
        f64::INFINITY => Some(text("infinite", "无穷大")),
        f64::NEG_INFINITY => Some(text("minus infinity", "负无穷")),
        _ => None,
    }
}

/// Are these the words that stand in the place of a number?
pub(crate) fn is_in_words(words: &Text) -> bool {
    let ours = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY];
    ours.into_iter().filter_map(in_words).any(|ours| ours == *words)
}

/// What stands before and behind [`in_words`] in a Chinese sentence: the blanks that digits need are none that words need.
///
/// ```
/// use demos::kit::number::around_words;
/// use demos::kit::text::Lang;
/// assert_eq!(around_words("到 ", "无穷大", " 倍", Lang::Zh), ("到", "倍"));
/// assert_eq!(around_words("C = ", "无穷大", "。", Lang::Zh), ("C = ", "。"));
/// assert_eq!(around_words("到 ", "猫", " 倍", Lang::Zh), ("到 ", " 倍"));
/// ```
pub fn around_words<'t>(before: &'t str, shown: &str, behind: &'t str, lang: Lang) -> (&'t str, &'t str) {
    let says = |value: f64| in_words(value).is_some_and(|words| words.get(Lang::Zh) == shown);
    if lang != Lang::Zh || ![f64::NAN, f64::INFINITY, f64::NEG_INFINITY].into_iter().any(says) {
        return (before, behind);
    }
    let tight_before = before.strip_suffix(' ').filter(|before| before.ends_with(han));
    let tight_behind = behind.strip_prefix(' ').filter(|behind| behind.starts_with(han));
    (tight_before.unwrap_or(before), tight_behind.unwrap_or(behind))
}

/// Is this a Chinese character?
fn han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// Digits and signs as a Chinese keyboard types them, in the usual width; the minus sign of a page as the hyphen that
/// numbers are written with.
///
/// ```
/// assert_eq!(demos::kit::number::half_width("２３－１．５％"), "23-1.5%");
/// assert_eq!(demos::kit::number::half_width("−７　Ｂ"), "-7 B");
/// ```
pub fn half_width(typed: &str) -> String {
    let usual = |c: char| match c {
        '！'..='～' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '−' => '-',
        '\u{3000}' => ' ',
        _ => c,
    };
    typed.chars().map(usual).collect()
}

fn special(value: f64) -> String {
    match value {
        v if v.is_nan() => "NaN".into(),
        v if v > 0.0 => "∞".into(),
        _ => "−∞".into(),
    }
}
