//! The typed knobs that are numbers. Each says what it takes, and reads its own value back as what it is.

use super::{Kind, Knob, Value, Values};

/// A whole number.
#[derive(Debug)]
pub struct Whole {
    name: &'static str,
    default: Option<u64>,
    min: u64,
    max: u64,
    sections: &'static [usize],
}

/// A real number.
#[derive(Debug)]
pub struct Real {
    name: &'static str,
    default: Option<f64>,
    min: f64,
    max: f64,
    logarithmic: bool,
    sections: &'static [usize],
}

/// A number that may be left out, because it then follows from other knobs.
#[derive(Debug)]
pub struct Maybe<K>(K);

impl Whole {
    /// A whole number from `min` to `max`; the smallest one unless [`Whole::default`] says otherwise.
    pub const fn new(name: &'static str, min: u64, max: u64) -> Whole {
        Whole { name, default: Some(min), min, max, sections: &[] }
    }

    /// The value when none is given.
    #[must_use]
    pub const fn default(self, default: u64) -> Whole {
        Whole { default: Some(default), ..self }
    }

    /// Of the lesson's page it changes these sections and no other.
    #[must_use]
    pub const fn only_in(self, sections: &'static [usize]) -> Whole {
        Whole { sections, ..self }
    }

    /// Nothing when none is given.
    pub const fn optional(self) -> Maybe<Whole> {
        Maybe(Whole { default: None, ..self })
    }

    /// The value.
    pub fn of(&self, values: &Values) -> usize {
        self.read(values).or(self.default).map_or(0, |n| n as usize)
    }

    fn read(&self, values: &Values) -> Option<u64> {
        match values.value(self) {
            Value::Integer(n) => Some(*n),
            _ => None,
        }
    }
}

impl Maybe<Whole> {
    /// The value, if it was given.
    pub fn of(&self, values: &Values) -> Option<usize> {
        self.0.read(values).map(|n| n as usize)
    }
}

impl Real {
    /// A number from `min` to `max`, both included.
    pub const fn new(name: &'static str, min: f64, max: f64) -> Real {
        Real { name, default: Some(min), min, max, logarithmic: false, sections: &[] }
    }

    /// The value when none is given.
    #[must_use]
    pub const fn default(self, default: f64) -> Real {
        Real { default: Some(default), ..self }
    }

    /// Equal factors rather than equal steps, for instance on a slider.
    #[must_use]
    pub const fn logarithmic(self) -> Real {
        Real { logarithmic: true, ..self }
    }

    /// Of the lesson's page it changes these sections and no other.
    #[must_use]
    pub const fn only_in(self, sections: &'static [usize]) -> Real {
        Real { sections, ..self }
    }

    /// Nothing when none is given.
    pub const fn optional(self) -> Maybe<Real> {
        Maybe(Real { default: None, ..self })
    }

    /// The value.
    pub fn of(&self, values: &Values) -> f64 {
        self.read(values).or(self.default).unwrap_or(self.min)
    }

    fn read(&self, values: &Values) -> Option<f64> {
        match values.value(self) {
            Value::Number(x) => Some(*x),
            _ => None,
        }
    }
}

impl Maybe<Real> {
    /// The value, if it was given.
    pub fn of(&self, values: &Values) -> Option<f64> {
        self.0.read(values)
    }
}

impl Knob for Whole {
    fn name(&self) -> &'static str {
        self.name
    }

    fn kind(&self) -> Kind {
        Kind::Integer { default: self.default, min: self.min, max: self.max }
    }

    fn sections(&self) -> &'static [usize] {
        self.sections
    }
}

impl Knob for Real {
    fn name(&self) -> &'static str {
        self.name
    }

    fn kind(&self) -> Kind {
        let Real { default, min, max, logarithmic, .. } = *self;
        Kind::Number { default, min, max, logarithmic }
    }

    fn sections(&self) -> &'static [usize] {
        self.sections
    }
}

impl<K: Knob> Knob for Maybe<K> {
    fn name(&self) -> &'static str {
        self.0.name()
    }

    fn kind(&self) -> Kind {
        self.0.kind()
    }

    fn sections(&self) -> &'static [usize] {
        self.0.sections()
    }
}
