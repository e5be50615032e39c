//! Cells as numbers.

use super::{Csv, SHOWN};
use crate::kit::knob::Refusal;
use crate::kit::number::half_width;
use crate::kit::text::{Text, text};

impl Csv {
    /// The cells of a column as numbers.
    ///
    /// # Errors
    /// The first cell that is empty or no finite number, with its line. Numbers without the name of what they are.
    pub fn numbers(&self, column: usize) -> Result<Vec<f64>, Refusal> {
        self.numbers_or(column, |_| None)
    }

    /// The numbers of a column in which a cell may be written in another way as well, for instance `7B`.
    ///
    /// # Errors
    /// As [`Csv::numbers`].
    pub fn numbers_or(&self, column: usize, read: impl Fn(&str) -> Option<f64>) -> Result<Vec<f64>, Refusal> {
        self.numbers_with(column, |cell| read(cell).filter(|x| x.is_finite()))
    }

    /// The numbers of a column in which a cell may say something else as well, an infinite number among it where that
    /// has a meaning: of a logit, −∞ is a token that cannot come.
    ///
    /// # Errors
    /// As [`Csv::numbers`], unless `read` knows the cell.
    pub fn numbers_with(
        &self,
        column: usize,
        read: impl Fn(&str) -> Option<f64>,
    ) -> Result<Vec<f64>, Refusal> {
        let of = |(line, cell)| {
            let otherwise = |why| {
                let pointed = self.pointed(cell)?;
                read(&pointed).ok_or(why)
            };
            let number = self.number(cell).or_else(otherwise);
            number.map_err(|why| self.refused_at(line, column, &why))
        };
        let numbers = self.cells(column).map(of).collect::<Result<_, _>>()?;
        if self.is_unnamed(column) { Err(self.no_name(column)) } else { Ok(numbers) }
    }

    /// The columns that have a name and of which every cell is a finite number.
    pub fn numeric(&self) -> Vec<usize> {
        let is = |&c: &usize| self.cells(c).all(|(_, cell)| self.number(cell).is_ok());
        (0..self.header.len()).filter(|&c| !self.is_unnamed(c)).filter(is).collect()
    }

    /// Does a column hold words alone? A person may be called Nan; one number, however it is written, makes it a
    /// column of numbers.
    pub fn is_words(&self, column: usize) -> bool {
        let written = |cell: &str| plain(cell).is_some() || cell.parse::<f64>().is_ok_and(f64::is_finite);
        let number = |cell: &str| self.number(cell).is_ok() || written(cell);
        self.cells(column).all(|(_, cell)| !number(cell))
            && self.cells(column).any(|(_, cell)| cell.parse::<f64>().is_err())
    }

    fn number(&self, cell: &str) -> Result<f64, Text> {
        let pointed = self.pointed(cell)?;
        let number = pointed.parse::<f64>().or_else(|_| half_width(&pointed).parse());
        let shown: String = cell.chars().take(SHOWN).collect();
        let shown = if shown == cell { shown } else { shown + "…" };
        match number {
            Ok(number) if number.is_finite() => Ok(number),
            Ok(_) => {
                Err(Text::new(format!("{shown} is not a finite number"), format!("{shown} 不是有限的数")))
            }
            Err(_) if cell.is_empty() => Err(text("the cell is empty", "单元格是空的")),
            Err(_) => Err(match self.plainly(cell).filter(|plain| plain.len() <= SHOWN) {
                Some(plain) if cell.ends_with(['%', '％']) => in_percent(&shown, &plain),
                Some(plain) => Text::new(
                    format!("“{shown}” is not a number as it is written; write {plain}"),
                    format!("“{shown}”这种写法不是数字；请写成 {plain}"),
                ),
                None => Text::new(format!("“{shown}” is not a number"), format!("“{shown}”不是数字")),
            }),
        }
    }
}

/// Of a hundred or of one: that is for the person to say who named the column.
fn in_percent(shown: &str, plain: &str) -> Text {
    let share = plain.replace(',', ".").parse::<f64>().map_or(f64::NAN, |percent| percent / 100.0);
    let share = if plain.contains(',') { format!("{share}").replace('.', ",") } else { format!("{share}") };
    Text::new(
        format!(
            "“{shown}” is not a number as it is written; write {share}, or {plain} where the column is in percent"
        ),
        format!("“{shown}”这种写法不是数字；请写成 {share}，如果这一列本来就以百分数计，则写 {plain}"),
    )
}

/// What a person meant who wrote something between or behind the digits: `10,377`, `12.5 %`, `0,5`.
pub(super) fn plain(cell: &str) -> Option<String> {
    let bare = cell.trim_end_matches(['%', '％']).trim_end();
    let decimal = || {
        let (whole, fraction) = bare.split_once(',')?;
        (is_digits(unsigned(whole)) && is_digits(fraction)).then(|| format!("{whole}.{fraction}"))
    };
    let between =
        [(',', '.'), (' ', '.'), ('\u{a0}', '.'), ('\u{202f}', '.'), ('\'', '.'), (' ', ','), ('.', ',')];
    let grouped = between.into_iter().find_map(|(separator, point)| grouped(bare, separator, point));
    let written = grouped.or_else(decimal).or_else(|| (bare != cell).then(|| bare.to_string()))?;
    written.parse().is_ok_and(f64::is_finite).then_some(written)
}

/// Groups of three digits without what stands between them.
fn grouped(bare: &str, separator: char, point: char) -> Option<String> {
    let (whole, fraction) = bare.split_once(point).map_or((bare, None), |(whole, part)| (whole, Some(part)));
    // Points alone also stand in addresses and versions.
    if separator == '.' && fraction.is_none() {
        return None;
    }
    let mut groups = whole.split(separator);
    let first = unsigned(groups.next()?);
    let rest: Vec<&str> = groups.collect();
    let threes = !rest.is_empty() && rest.iter().all(|group| group.len() == 3 && is_digits(group));
    let fits = threes
        && first.len() <= 3
        && is_digits(first)
        && !first.starts_with('0')
        && fraction.is_none_or(is_digits);
    fits.then(|| whole.replace(separator, "") + &fraction.map_or_else(String::new, |part| format!(".{part}")))
}

pub(super) fn unsigned(number: &str) -> &str {
    number.trim_start_matches(['-', '+'])
}

pub(super) fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
