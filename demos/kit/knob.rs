//! The parameters of a lesson, as data.
//!
//! From one list of knobs come the flags of the command line, their help, the checks and the JSON.
//! A value out of range is refused when it is set; the computation only meets checked values.

use std::path::PathBuf;

use super::text::{Lang, Text};

/// One parameter of a lesson.
#[derive(Debug, Clone)]
pub struct Knob {
    /// Name of the flag, without dashes.
    pub name: &'static str,
    /// One line for `--help`.
    pub help: Text,
    /// What values it takes.
    pub kind: Kind,
}

/// What values a knob takes.
#[derive(Debug, Clone)]
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
        /// The word taken when none is given.
        default: &'static str,
        /// The words.
        options: &'static [&'static str],
    },
    /// The person's own words.
    Text {
        /// Taken when none is given.
        default: &'static str,
        /// How many characters at most.
        max_chars: usize,
    },
    /// The person's own file.
    File,
    /// On or off; off when not given.
    Switch,
}

/// The value of a knob.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Of [`Kind::Integer`]
    Integer(u64),
    /// Of [`Kind::Number`]
    Number(f64),
    /// Of [`Kind::Choice`] and [`Kind::Text`]
    Words(String),
    /// Of [`Kind::File`]
    File(PathBuf),
    /// Of [`Kind::Switch`]
    Switch(bool),
    /// Not given, and without a default of its own.
    Unset,
}

/// A request that cannot be met, and what to do about it. The program exits with 2.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.get(Lang::En))]
pub struct Refusal(pub Text);

impl Refusal {
    /// A refusal in both languages.
    pub fn new(en: impl Into<String>, zh: impl Into<String>) -> Refusal {
        Refusal(Text::new(en.into(), zh.into()))
    }
}

/// The checked values of all knobs of a lesson, in the order of its list.
#[derive(Debug, Clone, PartialEq)]
pub struct Values(Vec<(&'static str, Value)>);

impl Values {
    /// Reads the values that were given (flag name and words; a switch has none) and fills in the
    /// defaults.
    ///
    /// # Errors
    /// [`Refusal`] naming the flag, the value and the range.
    pub fn read<'a>(knobs: &[Knob], given: impl Fn(&str) -> Option<&'a str>) -> Result<Values, Refusal> {
        knobs
            .iter()
            .map(|knob| {
                let value = given(knob.name).map_or_else(|| Ok(knob.default()), |raw| knob.parse(raw))?;
                Ok((knob.name, value))
            })
            .collect::<Result<_, _>>()
            .map(Values)
    }

    /// The defaults of all knobs.
    pub fn defaults(knobs: &[Knob]) -> Values {
        Values(knobs.iter().map(|knob| (knob.name, knob.default())).collect())
    }

    /// All values, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &Value)> {
        self.0.iter().map(|(name, value)| (*name, value))
    }

    fn get(&self, name: &str) -> Option<&Value> {
        self.0.iter().find(|(n, _)| *n == name).map(|(_, value)| value)
    }

    /// A whole number, if it was given or has a default.
    pub fn integer(&self, name: &str) -> Option<usize> {
        match self.get(name) {
            Some(Value::Integer(n)) => usize::try_from(*n).ok(),
            _ => None,
        }
    }

    /// A real number, if it was given or has a default.
    pub fn number(&self, name: &str) -> Option<f64> {
        match self.get(name) {
            Some(Value::Number(x)) => Some(*x),
            _ => None,
        }
    }

    /// The words of a text or choice, if there are any.
    pub fn words(&self, name: &str) -> Option<&str> {
        match self.get(name) {
            Some(Value::Words(words)) => Some(words),
            _ => None,
        }
    }

    /// The path of a file, if one was given.
    pub fn file(&self, name: &str) -> Option<&std::path::Path> {
        match self.get(name) {
            Some(Value::File(path)) => Some(path),
            _ => None,
        }
    }

    /// Is the switch on?
    pub fn is_on(&self, name: &str) -> bool {
        matches!(self.get(name), Some(Value::Switch(true)))
    }
}

impl Knob {
    /// The value when none is given.
    pub fn default(&self) -> Value {
        match &self.kind {
            Kind::Integer { default, .. } => default.map_or(Value::Unset, Value::Integer),
            Kind::Number { default, .. } => default.map_or(Value::Unset, Value::Number),
            Kind::Choice { default, .. } => Value::Words((*default).into()),
            Kind::Text { default: "", .. } => Value::Unset,
            Kind::Text { default, .. } => Value::Words((*default).into()),
            Kind::File => Value::Unset,
            Kind::Switch => Value::Switch(false),
        }
    }

    /// Reads a value and checks its range.
    ///
    /// # Errors
    /// [`Refusal`] naming the flag, the value and the range.
    pub fn parse(&self, raw: &str) -> Result<Value, Refusal> {
        let value = match &self.kind {
            Kind::Integer { min, max, .. } => {
                raw.parse().ok().filter(|n| (min..=max).contains(&n)).map(Value::Integer)
            }
            Kind::Number { min, max, .. } => {
                raw.parse().ok().filter(|x| (min..=max).contains(&x)).map(Value::Number)
            }
            Kind::Choice { options, .. } => options.contains(&raw).then(|| Value::Words(raw.into())),
            Kind::Text { max_chars, .. } => (!raw.trim().is_empty() && raw.chars().count() <= *max_chars)
                .then(|| Value::Words(raw.into())),
            Kind::File => (!raw.is_empty()).then(|| Value::File(raw.into())),
            Kind::Switch => Some(Value::Switch(true)),
        };
        value.ok_or_else(|| self.refuse(raw))
    }

    fn refuse(&self, raw: &str) -> Refusal {
        let range = self.range();
        let name = self.name;
        let shown: String = raw.chars().take(40).collect();
        let shown = if shown.trim().is_empty() { format!("\"{shown}\"") } else { shown };
        Refusal::new(
            format!("--{name} {shown}: give {}", range.get(Lang::En)),
            format!("--{name} {shown}：请给出{}", range.get(Lang::Zh)),
        )
    }

    /// The range, in words.
    pub fn range(&self) -> Text {
        match &self.kind {
            Kind::Integer { min, max, .. } => Text::new(
                format!("a whole number from {min} to {max}"),
                format!(" {min} 到 {max} 之间的整数"),
            ),
            Kind::Number { min, max, .. } => {
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
            Kind::Switch => Text::new("no value", "开关，不带值"),
        }
    }
}
