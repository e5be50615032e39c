//! Which sign is the decimal point. Where semicolons or tabs part the cells a comma may be it, as in German or French;
//! the file's own numbers tell.

use std::borrow::Cow;

use super::numbers::{is_digits, plain, unsigned};
use super::{Csv, SHOWN};
use crate::kit::text::Text;

/// What the signs of one number tell of the decimal point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Told {
    /// It is a comma: `0,5`, `1.234,5`.
    Comma,
    /// It is a point: `0.5`, `1,234.5`.
    Point,
    /// A comma is there, as the decimal point or between thousands: `1,234`.
    SomeComma,
}

/// A number, perhaps with a unit behind it.
pub(super) fn told(cell: &str) -> Option<Told> {
    let begins = |sign: char| sign.is_ascii_digit() || "+-−.,".contains(sign);
    if !cell.contains([',', '.']) || !cell.trim_start().starts_with(begins) {
        return None;
    }
    let unit = |sign: char| sign.is_alphabetic() || sign.is_whitespace() || ['%', '％'].contains(&sign);
    let cell = cell.trim().replace('−', "-");
    let bare = cell.trim_end_matches(unit);
    let commas = bare.matches(',').count();
    let points = bare.matches('.').count();
    let number = |text: String| text.parse::<f64>().is_ok() && text.contains(|c: char| c.is_ascii_digit());
    match (commas, points) {
        (1, 0) if number(bare.replace(',', ".")) => {
            Some(if thousands(bare, ',') { Told::SomeComma } else { Told::Comma })
        }
        (0, 1) if number(bare.into()) => (!thousands(bare, '.')).then_some(Told::Point),
        // Both signs, or one that stands there twice, part thousands.
        _ if parts_thousands(bare, ',') => Some(Told::Point),
        _ if parts_thousands(bare, '.') => Some(Told::Comma),
        _ => None,
    }
}

/// May the sign part thousands, in `1,234`?
fn thousands(number: &str, sign: char) -> bool {
    number.split_once(sign).is_some_and(|(whole, fraction)| {
        let whole = unsigned(whole);
        let first = (1..=3).contains(&whole.len()) && is_digits(whole) && !whole.starts_with('0');
        first && fraction.len() == 3 && is_digits(fraction)
    })
}

/// Groups of three digits behind a first one, with this sign between them; the other may be the decimal point.
fn parts_thousands(number: &str, sign: char) -> bool {
    let point = if sign == ',' { '.' } else { ',' };
    let (whole, fraction) = number.split_once(point).unwrap_or((number, "0"));
    let mut groups = unsigned(whole).split(sign);
    let first = |first: &str| (1..=3).contains(&first.len()) && is_digits(first) && !first.starts_with('0');
    groups.next().is_some_and(first)
        && is_digits(fraction)
        && groups.all(|group| group.len() == 3 && is_digits(group))
}

impl Csv {
    /// Is a comma the decimal point? With semicolons it is unless the file has points as such; with tabs only where
    /// a comma can be nothing else.
    pub(super) fn has_decimal_commas(&self) -> bool {
        if self.separator == ',' {
            return false;
        }
        let all = || self.rows.iter().flat_map(|(_, row)| row.iter()).filter_map(told);
        let there = |what: Told| all().any(|told| told == what);
        there(Told::Comma) || (self.separator == ';' && there(Told::SomeComma) && !there(Told::Point))
    }

    /// A cell with a point as the decimal point, whatever the file has.
    ///
    /// # Errors
    /// A point in a number, in a file whose decimal point is a comma: it may part thousands or be another decimal
    /// point.
    pub fn pointed<'a>(&self, cell: &'a str) -> Result<Cow<'a, str>, Text> {
        if !self.decimal_comma || !cell.contains([',', '.']) {
            return Ok(Cow::Borrowed(cell));
        }
        let number = cell.trim_end_matches(char::is_alphabetic);
        let bare = number.trim_end().replace('−', "-");
        let groups = parts_thousands(&bare, '.');
        if bare.contains('.') && (groups || bare.parse::<f64>().is_ok() || parts_thousands(&bare, ',')) {
            let shown: String = cell.chars().take(SHOWN).collect();
            let meant = if groups { bare.replace('.', "") } else { bare.replace(',', "").replace('.', ",") };
            let meant = meant + &cell[number.len()..];
            return Err(Text::new(
                format!(
                    "“{shown}” has a point, and in this file a comma is the decimal point; write {meant}, or points \
                     for all"
                ),
                format!("“{shown}”里有点号，而这个文件用逗号作小数点；请写成 {meant}，或者全部改用点号"),
            ));
        }
        Ok(Cow::Owned(cell.replace(',', ".")))
    }

    /// How a number that is written otherwise is to be written in this file.
    pub(super) fn plainly(&self, cell: &str) -> Option<String> {
        let written = plain(cell)?;
        Some(if self.decimal_comma { written.replace('.', ",") } else { written })
    }
}
