//! What values a knob takes, and how one is read and refused.

use concepts::scaling::parse_count;

use super::values::Value;
use super::{Knob, Refusal};
use crate::kit::number::half_width;
use crate::kit::spelling::{as_count, our_digits};
use crate::kit::text::{Lang, Text};

/// What values a knob takes.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// A whole number.
    Integer {
        /// `None`: follows from other knobs.
        default: Option<u64>,
        /// Smallest value.
        min: u64,
        /// Largest value.
        max: u64,
    },
    /// A real number.
    Number {
        /// `None`: follows from other knobs.
        default: Option<f64>,
        /// Smallest value.
        min: f64,
        /// Largest value.
        max: f64,
        /// Equal factors rather than equal steps, for instance on a slider.
        logarithmic: bool,
    },
    /// One of several words.
    Choice {
        /// The word taken when none is given; empty: found out at run time.
        default: &'static str,
        /// The words.
        options: Vec<&'static str>,
    },
    /// The person's own words.
    Text {
        /// Taken when none is given.
        default: &'static str,
        /// How many characters at most.
        max_chars: usize,
        /// Numbers or names of ours, which are read in the usual width.
        narrow: bool,
    },
    /// The person's own file.
    File,
    /// A folder.
    Folder,
    /// On or off; off when not given.
    Switch,
}

/// The value of a knob when none is given.
pub fn default(knob: &dyn Knob) -> Value {
    match knob.kind() {
        Kind::Integer { default, .. } => default.map_or(Value::Unset, Value::Integer),
        Kind::Number { default, .. } => default.map_or(Value::Unset, Value::Number),
        Kind::Choice { default, .. } => Value::Words(default.into()),
        Kind::Text { default: "", .. } | Kind::File | Kind::Folder => Value::Unset,
        Kind::Text { default, .. } => Value::Words(default.into()),
        Kind::Switch => Value::Switch(false),
    }
}

/// Reads a value and checks its range. Numbers and our own words may be typed in full width.
///
/// # Errors
/// [`Refusal`] naming the flag, the value and the range.
pub fn parse(knob: &dyn Knob, raw: &str) -> Result<Value, Refusal> {
    let usual = half_width(raw);
    let plain = usual.trim();
    let value = match knob.kind() {
        Kind::Integer { min, max, .. } => {
            plain.parse().ok().filter(|n| (min..=max).contains(n)).map(Value::Integer)
        }
        Kind::Number { min, max, .. } => {
            plain.parse().ok().filter(|x| (min..=max).contains(x)).map(Value::Number)
        }
        Kind::Choice { options, .. } => options.contains(&plain).then(|| Value::Words(plain.into())),
        Kind::Text { max_chars, narrow, .. } => {
            let fits = !raw.trim().is_empty() && raw.chars().count() <= max_chars;
            fits.then(|| Value::Words(if narrow { half_width(raw) } else { raw.into() }))
        }
        Kind::File | Kind::Folder => (!raw.is_empty()).then(|| Value::File(raw.into())),
        Kind::Switch => Some(Value::Switch(true)),
    };
    value.ok_or_else(|| refuse(knob, raw))
}

fn refuse(knob: &dyn Knob, raw: &str) -> Refusal {
    let (name, kind) = (knob.name(), knob.kind());
    let range = kind.range();
    let shown: String = raw.chars().take(40).collect();
    let shown = if shown.trim().is_empty() { format!("\"{shown}\"") } else { shown };
    if let Some(number) = meant(&kind, raw) {
        return Refusal::new(
            format!("--{name} {shown}: write it as {number}"),
            format!("--{name} {shown}：请写成 {number}"),
        );
    }
    Refusal::new(
        format!("--{name} {shown}: give {}", range.get(Lang::En)),
        format!("--{name} {shown}：请给出{}", range.get(Lang::Zh)),
    )
}

/// The number that a person seems to mean, as it is to be written, if the knob takes it: one in groups of digits, with
/// the comma of other countries, as a share or a power, with a unit, or in the digits of another script.
fn meant(kind: &Kind, raw: &str) -> Option<String> {
    let typed = our_digits(raw);
    let ungrouped = |separator: char| {
        let groups: Vec<&str> = typed.split(separator).collect();
        let threes = groups[1..].iter().all(|group| group.split('.').next().is_some_and(|g| g.len() == 3));
        (groups.len() > 1 && threes && !groups[0].starts_with('0')).then(|| groups.concat())
    };
    let number = |text: &str| text.trim().parse::<f64>().ok().filter(|x| x.is_finite());
    let share = || Some(number(typed.strip_suffix('%')?)? / 100.0);
    let ratio = || typed.split_once('/').and_then(|(a, b)| Some(number(a)? / number(b)?));
    let value = number(&typed)
        .or_else(|| number(&ungrouped(',')?))
        .or_else(|| number(&ungrouped('_').or_else(|| ungrouped(' '))?))
        .or_else(|| number(&typed.replacen(',', ".", 1)))
        .or_else(share)
        .or_else(ratio)
        .or_else(|| parse_count(&as_count(raw)?).ok())?;
    match kind {
        Kind::Integer { min, max, .. } => {
            let whole = value.fract() == 0.0 && (0.0..1e15).contains(&value);
            let fits = whole && (*min..=*max).contains(&(value as u64));
            fits.then(|| (value as u64).to_string())
        }
        Kind::Number { min, max, .. } => (*min..=*max).contains(&value).then(|| value.to_string()),
        _ => None,
    }
}

/// An end of a range; nobody counts zeros.
fn bound(end: f64) -> String {
    let plain = end == 0.0 || (1e-6..1e15).contains(&end.abs());
    if plain { format!("{end}") } else { format!("{end:e}") }
}

impl Kind {
    /// The range, in words.
    pub fn range(&self) -> Text {
        match self {
            Kind::Integer { min, max, .. } => Text::new(
                format!("a whole number from {min} to {max}"),
                format!(" {min} 到 {max} 之间的整数"),
            ),
            Kind::Number { min, max, .. } => {
                let (min, max) = (bound(*min), bound(*max));
                Text::new(format!("a number from {min} to {max}"), format!(" {min} 到 {max} 之间的数"))
            }
            Kind::Choice { options, .. } => {
                Text::new(format!("one of {}", options.join(", ")), format!(" {} 之一", options.join("、")))
            }
            Kind::Text { max_chars, .. } => Text::new(
                format!("a text of 1 to {max_chars} characters that is not blank"),
                format!(" 1 到 {max_chars} 个字符的文本，不能全是空白"),
            ),
            Kind::File => Text::new("the path of a file", "文件路径"),
            Kind::Folder => Text::new("the path of a folder", "目录路径"),
            Kind::Switch => Text::new("no value", "开关，不带值"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::knob::{Choice, Real, Sentence, Whole};

    #[test]
    fn numbers_and_words_may_be_typed_in_full_width() {
        static HEADS: Whole = Whole::new("heads", 1, 256);
        static X: Real = Real::new("x", -5.0, 5.0);
        static LAYOUT: Choice<u8> = Choice::new("layout", &[("halves", 1)]);
        static TEXT: Sentence = Sentence::new("text", 9);
        static SIZE: Sentence = Sentence::new("size", 9).narrow();
        let read = |knob: &dyn Knob, raw| parse(knob, raw).map_err(|refused| refused.to_string());
        assert_eq!(read(&HEADS, "１２"), Ok(Value::Integer(12)));
        assert_eq!(read(&X, "−１．５"), Ok(Value::Number(-1.5)));
        assert_eq!(read(&LAYOUT, "ｈａｌｖｅｓ"), Ok(Value::Words("halves".into())));
        assert_eq!(read(&SIZE, "７Ｂ，8B"), Ok(Value::Words("7B,8B".into())));
        assert_eq!(read(&TEXT, "７Ｂ"), Ok(Value::Words("７Ｂ".into())));
        assert_eq!(read(&X, "６").unwrap_err(), "--x ６: give a number from -5 to 5");
    }

    /// A range alone is no help to whoever wrote a number that lies in it.
    #[test]
    fn a_number_in_another_spelling_is_refused_with_the_right_one() {
        static K: Whole = Whole::new("k", 0, 1_000_000);
        static P: Real = Real::new("p", 0.0, 1.0);
        let said = |knob: &dyn Knob, raw| parse(knob, raw).unwrap_err().to_string();
        let spellings =
            [("1,000", "1000"), ("1_000", "1000"), ("1 000", "1000"), ("1e3", "1000"), ("5.0", "5")];
        let units =
            [("٣", "3"), ("-0", "0"), ("2k", "2000"), ("1,5k", "1500"), ("2×10^3", "2000"), ("10⁴", "10000")];
        for (raw, right) in spellings.into_iter().chain(units) {
            assert!(said(&K, raw).ends_with(&format!(": write it as {right}")), "{}", said(&K, raw));
        }
        for (raw, right) in
            [("0,5", "0.5"), ("0,500", "0.5"), ("50%", "0.5"), ("１／４", "0.25"), ("1,0", "1")]
        {
            assert!(said(&P, raw).ends_with(&format!(": write it as {right}")), "{}", said(&P, raw));
        }
        for raw in ["1e400", "inf", "nan", "∞", "1/0", "2", "-1", "", "x", "0x10", "0/0"] {
            assert!(said(&P, raw).ends_with(": give a number from 0 to 1"), "{}", said(&P, raw));
        }
        for raw in ["1.5", "1,5", "-3", "1e7", "1e400", "1,000,000,000", ","] {
            assert!(said(&K, raw).ends_with(": give a whole number from 0 to 1000000"), "{}", said(&K, raw));
        }
        assert_eq!(parse(&K, " 5 "), Ok(Value::Integer(5)));
    }
}
